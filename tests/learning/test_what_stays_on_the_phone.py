"""What a learner writes for themselves is not taken, whatever sends it; its words are not kept and not logged."""

import logging
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers

from learning.models import Event, Progress

SECRET = "zeehondenbrood"
LES = "/les/proefles/"


def everything_kept() -> str:
    """All rows of all tables, as text."""
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return "".join(serializers.serialize("json", model._default_manager.all()) for model in models)


@pytest.mark.parametrize("answer", [SECRET, [SECRET], {"response": SECRET}, {SECRET: True}, SECRET * 1000, 1, False])
@pytest.mark.parametrize("named", ["e-denk", "", "e-keuze"])
def test_any_answer_to_it_is_refused_and_nothing_of_it_is_kept_or_logged(phone, caplog, answer: Any, named: str):
    caplog.set_level(logging.DEBUG)
    reply = phone.send(phone.event("e-haakje"), phone.event("e-denk", answer, exercise=named))
    assert reply.status_code == 200
    assert len(reply.json()["safe"]) == 1
    assert len(reply.json()["refused"]) == 1
    assert SECRET not in reply.content.decode()
    assert SECRET not in caplog.text
    assert SECRET not in everything_kept()
    assert Event.objects.get().step == "e-haakje"


def test_being_seen_is_enough(phone):
    events = [event for event in phone.whole_lesson() if event["step"] != "e-denk"]
    phone.keep(*events)
    assert Progress.objects.get().completed_at is None
    phone.keep(phone.event("e-denk"))
    assert Progress.objects.get().completed_at is not None


def test_without_javascript_there_is_a_question_and_no_field(phone):
    page = phone.client.get(LES).content.decode()
    part = page.split('data-step="e-denk"', 1)[1].split("</section>", 1)[0]
    assert "Wat vind jij?" in part
    assert "een taak" in part
    before_scripts = part.split("<template", 1)[0]
    assert "<form" not in part
    assert "<textarea" not in before_scripts
    assert "name=" not in part


def test_a_form_that_is_posted_all_the_same_leads_to_the_lesson_and_is_not_kept(phone, caplog):
    caplog.set_level(logging.DEBUG)
    for reply in (
        phone.client.get(f"{LES}e-denk/"),
        phone.client.post(f"{LES}e-denk/", {"response": SECRET}),
    ):
        assert (reply.status_code, reply.url) == (302, LES)
    assert SECRET not in everything_kept()
    assert SECRET not in caplog.text
