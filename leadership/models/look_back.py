from django.db import models
from django.utils import timezone

from leadership.models.group import ProgrammeGroup
from people.models import User


class Success(models.TextChoices):
    """What went well; a fixed list, so that nobody can be named in it."""

    WORK = "werk", "Een taak gaat beter"
    SAFE = "veilig", "We gaan veiliger om met gegevens"
    RULES = "afspraken", "Onze AI-afspraken zijn bekend"
    TALK = "meepraten", "Het team praat mee over AI"
    LEARNED = "geleerd", "Meer mensen leerden over AI"
    NOTHING = "niets", "Nog niets"


class Obstacle(models.TextChoices):
    """What held back; a fixed list as well."""

    TIME = "tijd", "Te weinig tijd"
    KNOWLEDGE = "kennis", "Te weinig kennis over AI"
    WORRIES = "zorgen", "Zorgen over AI of over werk"
    LAW = "regels", "Niet zeker over regels en privacy"
    SYSTEMS = "systemen", "Systemen of gegevens zijn niet op orde"
    MONEY = "geld", "Te weinig geld"
    NOTHING = "niets", "Niets"


class LookBack(models.Model):
    """What one lead says to the region at the end of a programme: once, by choice, and of each list one or none."""

    group = models.ForeignKey(ProgrammeGroup, models.SET_NULL, null=True, related_name="look_backs")
    user = models.ForeignKey(User, models.CASCADE, related_name="look_backs")
    success = models.CharField("succes", max_length=10, choices=Success, blank=True)
    obstacle = models.CharField("knelpunt", max_length=10, choices=Obstacle, blank=True)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="one_look_back_per_group")]
        verbose_name = "antwoord aan de regio"
        verbose_name_plural = "antwoorden aan de regio"

    def __str__(self) -> str:
        return f"{self.user} over {self.group}"
