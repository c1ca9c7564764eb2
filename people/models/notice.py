from django.db import models

from people.models.user import User


class Notice(models.Model):
    """A message to one person. `integrations` delivers it: at the next visit, by e-mail or push if asked.

    `by_mail`: the person asked for it by e-mail too. Who sends it claims it first (`mail_claimed_at`), so that
    of two only one sends; a claim of someone who died ends by itself.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    text = models.CharField("tekst", max_length=240)
    link = models.CharField("adres op deze site", max_length=240, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    by_mail = models.BooleanField("ook per e-mail", default=False)
    mail_claimed_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "bericht"
        verbose_name_plural = "berichten"

    def __str__(self) -> str:
        return self.text
