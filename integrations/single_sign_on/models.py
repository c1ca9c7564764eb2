"""Who may say who someone is, and by which key they know them."""

import re
import uuid

from django.db import models

from people.models import Organisation, User

_TENANT = re.compile(r"/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/v2\.0$")


class SignOnProvider(models.Model):
    """An OpenID provider for the people of one organisation, as an administrator wrote it down.

    `sealed` is the secret, encrypted. `home_claim` and `home_value`: only who has this claim with this value comes in;
    one provider can serve many organisations. `second_claim`: a claim that stays when the subject changes.
    `step_value`: what `acr`, `amr` or `acrs` must say for its sign-in to count as a second step; empty: it never does.
    """

    class Kind(models.TextChoices):
        SURFCONEXT = "surfconext", "SURFconext"
        ENTRA = "entra", "Microsoft Entra ID"
        OTHER = "other", "Een andere (OpenID Connect)"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="sign_on_providers")
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=40)
    issuer = models.CharField(max_length=255)
    client_id = models.CharField(max_length=200)
    sealed = models.TextField()
    home_claim = models.CharField(max_length=60, blank=True)
    home_value = models.CharField(max_length=200, blank=True)
    second_claim = models.CharField(max_length=60, blank=True)
    step_value = models.CharField(max_length=200, blank=True)
    asks_name = models.BooleanField(default=False)
    asks_email = models.BooleanField(default=False)
    shown = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "organisatie-login"
        verbose_name_plural = "organisatie-logins"

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})"

    @property
    def scope(self) -> str:
        """What is asked for: nothing but who it is, unless an administrator chose more."""
        return " ".join(["openid", *(["profile"] if self.asks_name else []), *(["email"] if self.asks_email else [])])

    @property
    def tenant(self) -> str:
        """Of Entra: the directory that the issuer names; '' where it names none, such as `common`."""
        found = _TENANT.search(self.issuer)
        return found[1] if found else ""


class SignOnIdentity(models.Model):
    """By which key an issuer knows someone. One person can have several: a subject changes where a school changes how
    it signs in.

    `second` is a keyed digest of the claim that stays, so that what other services know someone by is not kept here.
    `provider`: the last that it came by; it goes with its organisation, the identity does not.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_on_identities")
    provider = models.ForeignKey(SignOnProvider, models.SET_NULL, null=True, related_name="identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    second = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_person_per_subject")]
        indexes = [models.Index(fields=["issuer", "second"], name="second_of_an_issuer")]

    def __str__(self) -> str:
        return f"kenmerk {self.pk}"
