"""What follows by itself when a lesson, or a text that lessons share, changes."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from language.models import Fact, GlossaryTerm, WordForm
from media.models import Pronunciation
from media.tasks import make_speech, sweep_speech
from modules.models import ModulePage
from modules.speech import name_of


def say_lesson(instance: ModulePage, **_: Any) -> None:
    """A lesson that changed is said anew: only the sentences that changed."""
    transaction.on_commit(partial(make_speech.delay, name_of(instance)), robust=True)


def say_what_changed(**_: Any) -> None:
    """Facts, words and pronunciations stand in many lessons; however many change at once, all are looked at once."""
    if not any(what is _sweep for _, what, _ in transaction.get_connection().run_on_commit):
        transaction.on_commit(_sweep, robust=True)


def _sweep() -> None:
    sweep_speech.delay()


def connect() -> None:
    for signal in (page_published, page_unpublished):
        signal.connect(say_lesson, sender=ModulePage, dispatch_uid=f"modules.say_lesson.{id(signal)}")
    post_delete.connect(say_lesson, sender=ModulePage, dispatch_uid="modules.say_lesson.deleted")
    for model in (Fact, GlossaryTerm, WordForm, Pronunciation):
        for signal in (post_save, post_delete):
            signal.connect(
                say_what_changed, sender=model, dispatch_uid=f"modules.say_what_changed.{model.__name__}.{id(signal)}"
            )
