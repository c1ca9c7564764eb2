import uuid

from django.db import models

from people.models.cohort import Cohort
from people.models.organisation import Organisation
from people.models.user import User


class ListImport(models.Model):
    """A list of names on its way into a class, or into more classes of a school.

    The id was made with the form, so that the same list sent twice is taken once. The list itself (`content`) is gone
    once it was taken or refused; the row follows after a day. Nothing is half taken: all rows are good, or none is in.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "wacht"
        BUSY = "busy", "bezig"
        DONE = "done", "klaar"
        REFUSED = "refused", "niet toegevoegd"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    actor = models.ForeignKey(User, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True, related_name="+")
    is_text = models.BooleanField(default=False)
    content = models.BinaryField(default=bytes)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    read = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    groups = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    problem_count = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.written} van {self.total}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.REFUSED)
