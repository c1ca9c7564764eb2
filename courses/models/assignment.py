from datetime import date

from django.db import models
from django.db.models import Q

from courses.models.items import PathLesson
from courses.models.path import CoursePath
from people.models import Cohort, CohortMember


class Assignment(models.Model):
    """A path that a class or team does. Who is in the group follows it without a row of their own: leaving ends it.

    One path is for everybody in the group (`is_main`); another can be there for the places in `AssignedPlace`. Nobody
    but who leads the group can tell which of the two a learner has. Weeks count from `starts_on`.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="assignments")
    path = models.ForeignKey(CoursePath, models.CASCADE, related_name="assignments")
    is_main = models.BooleanField("voor iedereen", default=True)
    starts_on = models.DateField("begint op", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort"], condition=Q(is_main=True), name="one_main_path_per_cohort"),
            models.UniqueConstraint(
                fields=["cohort", "path"], condition=Q(is_main=False), name="one_other_path_per_cohort"
            ),
        ]
        verbose_name = "route van een groep"
        verbose_name_plural = "routes van groepen"

    def __str__(self) -> str:
        return f"{self.cohort}: {self.path}"

    def day_of(self, lesson: PathLesson) -> date | None:
        """The day from which this lesson is on, where the path has weeks or dates."""
        return lesson.day(self.path.pace, self.starts_on)


class AssignedPlace(models.Model):
    """A learner of a group who does another path than the others. Out of the group, and this is gone."""

    place = models.OneToOneField(CohortMember, models.CASCADE, related_name="assigned")
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="places")

    def __str__(self) -> str:
        return f"{self.place}: {self.assignment.path}"
