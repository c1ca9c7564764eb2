from django.db import models

from people.models import Cohort, Organisation

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


class Release(models.Model):
    """What was told of one quarter: to one employer, or, without organisation, of the region. Made once.

    Pages and files read it and count nothing, so that no two looks differ (decision 0045). That of the region is kept
    per indicator; nobody is told anything of it before it is_whole.
    """

    quarter = models.DateField("kwartaal", help_text="de eerste dag ervan")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="releases")
    made_at = models.DateTimeField(auto_now_add=True)
    is_whole = models.BooleanField(default=True)

    class Meta:
        ordering = ["-quarter", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["quarter", "organisation"], name="one_release_per_employer"),
            models.UniqueConstraint(
                fields=["quarter"], condition=models.Q(organisation=None), name="one_release_of_the_region"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or 'regio'}, {self.in_words}"

    @property
    def number(self) -> int:
        """Which quarter of its year."""
        return self.quarter.month // 3 + 1

    @property
    def in_words(self) -> str:
        return f"kwartaal {self.number} van {self.quarter.year}"


class ReleasedFigure(models.Model):
    """One cell as it is shown: a rounded figure in words, or why there is none. No count, no number of people, nobody.

    indicator, category: what it is of (insight.registry). group: 'alles', 'team:12', 'sector:zorg'. name: what the
    group was called.
    """

    class Hidden(models.TextChoices):
        SHOWN = "", "Getoond"
        FEW = "few", "Te weinig antwoorden om te tonen"
        ALONG = "along", "Verborgen, anders kun je het andere getal uitrekenen"

    release = models.ForeignKey(Release, models.CASCADE, related_name="figures")
    indicator = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    group = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    told = models.CharField(max_length=12, blank=True)
    width = models.PositiveSmallIntegerField(default=0)
    hidden = models.CharField(max_length=5, choices=Hidden, default=Hidden.SHOWN, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["release", "indicator", "category", "group"], name="one_figure_per_cell"),
            models.CheckConstraint(
                condition=models.Q(hidden="") | models.Q(told="", width=0), name="hidden_figure_is_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.category}, {self.group}: {self.told or self.hidden}"

    @property
    def in_words(self) -> str:
        """What a page or file shows: the figure, or why there is none."""
        return self.get_hidden_display() if self.hidden else self.told
