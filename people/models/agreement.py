from datetime import date

from django.db import models

from people.models.organisation import Organisation


class Agreement(models.Model):
    """What an employer and its OR or PVT agreed about seeing who finished assigned lessons.

    Without a row in force nothing is shown per person. What enforces this and what explains it
    ('Wie ziet wat?') read the same rows. Source: WOR art. 27(1)k and l; design, section 1.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="agreements")
    agreed_with = models.CharField("afgesproken met", max_length=120, help_text="Bijvoorbeeld: de OR")
    agreed_on = models.DateField("afgesproken op")
    document = models.CharField("document", max_length=160, blank=True, help_text="Naam of nummer, en waar het ligt")
    ends_on = models.DateField("geldt tot", null=True, blank=True)

    class Meta:
        verbose_name = "afspraak met OR of PVT"
        verbose_name_plural = "afspraken met OR of PVT"

    def __str__(self) -> str:
        return f"{self.organisation}: afspraak met {self.agreed_with} van {self.agreed_on}"

    def holds_on(self, day: date) -> bool:
        """True from the day it was agreed on to the day before it ends."""
        return self.agreed_on <= day and (self.ends_on is None or day < self.ends_on)
