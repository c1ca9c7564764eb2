from django.db import models

from people.models.user import User


class BreakGlass(models.Model):
    """An administrator of the site looks into what is kept of one person, for a while, and says why.

    The text is of this row only, which goes with the person; in the audit trail stands the word.
    """

    class Why(models.TextChoices):
        ASKED = "gevraagd", "Deze mens vroeg om hulp"
        BROKEN = "kapot", "Er is iets kapot"
        RIGHTS = "recht", "Deze mens vraagt om gegevens (AVG)"
        SAFETY = "veilig", "Voor de veiligheid van het account"

    person = models.ForeignKey(User, models.CASCADE, related_name="looked_into")
    administrator = models.ForeignKey(User, models.CASCADE, related_name="+")
    why = models.CharField("waarom", max_length=10, choices=Why)
    text = models.CharField("uitleg", max_length=200)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return f"{self.administrator}, {self.opened_at:%Y-%m-%d %H:%M}"
