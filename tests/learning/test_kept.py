"""Leren zonder internet: which lessons a phone is asked to keep, and what they weigh."""

import re

import pytest
from django.utils import timezone

from courses.models import CoursePath, PathLesson
from learning.kept import to_keep
from learning.queries import line_of
from media.speech.encode import MP3, WEBM
from media.speech.models import Clip, ClipUse, Script
from modules.models import ModulePage

pytestmark = pytest.mark.django_db


def test_home_names_its_lessons_with_their_version(as_user, anna, lesson):
    page = as_user(anna).get("/mijn/").content.decode()
    (told,) = re.findall(r'data-keep="([^"]*)"', page)
    lines = told.split("|")
    assert f"/les/{lesson.slug}/ {lesson.live_revision_id or 0}." in lines
    assert len(lines) == len(set(lines))
    assert all(re.fullmatch(r"/les/[\w-]+/ \d+\.\w*", line) for line in lines)


def test_another_trade_and_another_edition_are_other_versions(lesson):
    [stop] = [stop for stop in line_of(None).stops if stop.module.pk == lesson.pk]
    before = to_keep([stop], "")
    assert to_keep([stop], "zorg") != before
    lesson.save_revision().publish()
    [after] = [stop for stop in line_of(None).stops if stop.module.pk == lesson.pk]
    assert to_keep([after], "") != before


def test_what_is_only_announced_is_not_kept(lesson):
    ModulePage.objects.filter(pk=lesson.pk).update(live=False, announced=True)
    assert f"/les/{lesson.slug}/" not in to_keep(line_of(None).stops, "")


def test_the_size_of_the_sound_is_that_of_one_form(as_user, anna, lesson):
    script = Script.objects.create(name=f"les:{lesson.code}", digest="x", lines=[], changed_at=timezone.now())
    for number in range(2):
        clip = Clip.objects.create(
            key=f"{number:032}", text="x", language="nl", backend="fake", voice="v", rate=100, spoken="x",
            bytes=4_400_000, made_at=timezone.now(),
        )  # fmt: skip
        ClipUse.objects.create(script=script, clip=clip)
    page = as_user(anna).get("/onderweg/").content.decode()
    share = WEBM.bits / (WEBM.bits + MP3.bits)
    row = re.search(rf'data-lesson-here="/les/{lesson.slug}/ [^"]*" data-sound="(\d+)"', page)
    assert row
    assert int(row[1]) == round(8_800_000 * share)


@pytest.mark.parametrize("slug", ["bestaat-niet", "zorg'--", "%00", "x" * 5000])
def test_a_route_that_is_not_offered_is_not_there(as_user, anna, lesson, slug):
    assert as_user(anna).get(f"/onderweg/?route={slug}").status_code == 404


def test_a_route_of_an_organisation_can_be_kept_by_its_own_people_only(as_user, anna, driss, lesson):
    school = anna.memberships.get().organisation
    path = CoursePath.objects.create(organisation=school, title="Van school", slug="van-school")
    PathLesson.objects.create(path=path, module=lesson.code, place=1)
    assert f"/les/{lesson.slug}/" in as_user(anna).get("/onderweg/?route=van-school").content.decode()
    for other in (driss, None):
        assert as_user(other).get("/onderweg/?route=van-school").status_code == 404


def test_nobody_is_made_and_nothing_is_kept_by_looking(client, lesson):
    page = client.get("/onderweg/")
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert not page.cookies
    assert client.post("/onderweg/").status_code == 405
