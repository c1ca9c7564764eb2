import json
from functools import cached_property

from django.db import models

from leadership.programme import ProgrammeText, from_data


class Programme(models.Model):
    """A programme for leads, as its file says (docs/reference/curriculum-files.md).

    `content` is that file as JSON, in its own order; it was checked as a whole before it was kept.
    """

    slug = models.SlugField(max_length=64, unique=True)
    content = models.TextField("inhoud", editable=False)

    class Meta:
        ordering = ["slug"]
        verbose_name = "programma"
        verbose_name_plural = "programma’s"

    def __str__(self) -> str:
        return self.text.title

    @cached_property
    def text(self) -> ProgrammeText:
        """What it says, with types."""
        return from_data(json.loads(self.content))

    @property
    def archived(self) -> bool:
        """True when no new group may begin it; who is in it goes on."""
        return bool(json.loads(self.content).get("archived"))
