from django.db import models

from people.models import Cohort

GROUP_FROM = 10  # figures of a group where nothing is shown per person (design, section 1)


class PlanFigure(models.Model):
    """At how many people of a cohort a plan worked: one count, made once and never again, of 10 people or more.

    Two numbers and nobody's name or key. No answer is in two figures of one organisation
    (docs/decisions/0023-figures-in-blocks.md), so that no two figures differ by one person.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="plan_figures")
    people = models.PositiveIntegerField()
    succeeded = models.PositiveIntegerField()
    counted_on = models.DateField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(people__gte=GROUP_FROM), name="plan_figure_of_a_group"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.told}"

    @property
    def told(self) -> str:
        """In words. All or nobody is never told, for then it would be known of everyone."""
        if self.succeeded <= 1:
            return f"Van {self.people} mensen is het bij bijna niemand gelukt."
        if self.succeeded >= self.people - 1:
            return f"Van {self.people} mensen is het bij bijna iedereen gelukt."
        return f"Van {self.people} mensen is het bij {self.succeeded} gelukt."


class QuestionFigure(models.Model):
    """What may be told of one question over one class: shares in steps, of the first answers of 10 people or more.

    `people` is how many were counted and is shown to nobody: the next count waits for 5 more. Where the answers were
    (nearly) all the same nothing is kept but that number. Nobody's name or key (decision 0037).
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="question_figures")
    module = models.CharField(max_length=40)
    exercise = models.CharField(max_length=64)
    people = models.PositiveIntegerField()
    right = models.PositiveSmallIntegerField(null=True)
    choices = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    counted_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "module", "exercise"], name="one_figure_per_question"),
            models.CheckConstraint(condition=models.Q(people__gte=GROUP_FROM), name="question_figure_of_a_group"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.module} {self.exercise}"


class DailyUse(models.Model):
    """On how many phones a lesson was finished today, and how: a number per day and nothing else.

    No person, no address, no time, no lesson, no group. A phone is counted once a quarter, some days after
    (insight/static/insight/use.js), so that no row says what someone did that day.
    Why: docs/decisions/0030-the-choice-stays-private.md.
    """

    class What(models.TextChoices):
        LESSON = "les", "een les gemaakt"
        MAKKELIJK = "makkelijk", "in Makkelijk"
        STANDAARD = "gewoon", "in Gewoon"
        LISTENED = "luister", "met Luister"

    day = models.DateField("dag")
    what = models.CharField("wat", max_length=12, choices=What)
    phones = models.PositiveIntegerField("telefoons", default=0)

    class Meta:
        ordering = ["day", "what"]
        constraints = [models.UniqueConstraint(fields=["day", "what"], name="one_count_per_day")]
        verbose_name = "gebruik per dag"
        verbose_name_plural = "gebruik per dag"

    def __str__(self) -> str:
        return f"{self.day}, {self.get_what_display()}: {self.phones}"
