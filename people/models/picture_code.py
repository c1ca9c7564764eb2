from datetime import timedelta

from django.db import models
from django.utils import timezone

from people.models.cohort import Cohort, CohortMember
from people.models.user import User


class PictureCode(models.Model):
    """Three pictures in order, with which a learner comes in on any phone.

    Only a digest is kept, made with a salt of its own and a key that follows from the site's secret. `digest` is ""
    where someone tried pictures of a person who has none, so that this looks and counts the same, and after a teacher
    reset it (`was_reset`): then only the card, or a phone on which the learner is signed in, leads to new ones.
    """

    MOST_WRONG = 5

    user = models.OneToOneField(User, models.CASCADE, related_name="picture_code")
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    was_reset = models.BooleanField(default=False)
    last_try = models.CharField(max_length=64, blank=True)  # a digest too: the same form sent twice counts once

    def __str__(self) -> str:
        return f"plaatjescode van {self.user}"

    @property
    def is_locked(self) -> bool:
        return self.wrong >= self.MOST_WRONG


class LearnerCard(models.Model):
    """A printed card that names a learner of a class. Out of the class, and the card is gone.

    `serial` is half of what stands on the card; the other half follows from it and the site's secret, so that who
    reads the database can make no card.
    """

    place = models.OneToOneField(CohortMember, models.CASCADE, related_name="card")
    serial = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"kaart van {self.place}"


class WrongTry(models.Model):
    """A try at the door of a team that let nobody in. Of whom it was, or whether they exist, is not kept.

    Counted together they bound what can be guessed, whoever guesses: while signing in is open, and by the week
    (docs/decisions/0028-picture-codes.md). `mark` is a digest: the same form sent twice counts once.
    """

    MOST_PER_OPENING, MOST_PER_WEEK = 10, 30
    WEEK = timedelta(days=7)

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="wrong_tries")
    mark = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "mark"], name="one_wrong_try_per_form")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
