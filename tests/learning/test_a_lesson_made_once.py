"""A lesson's page is made once and given to everybody, until something that it shows changes."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from language.models import Fact, GlossaryTerm
from learning import lesson_page
from modules.edition import LessonsEdition
from modules.models import ModulePage
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LESSON = "/les/proefles/"


@pytest.fixture(autouse=True)
def nothing_made() -> None:
    lesson_page._page.cache_clear()
    lesson_page._trades.cache_clear()


def made() -> int:
    return lesson_page._page.cache_info().misses


def page(client, **headers: str) -> str:
    reply = client.get(LESSON, headers=headers)
    assert reply.status_code == 200
    return reply.content.decode()


def test_the_second_who_asks_gets_what_the_first_had_made_in_one_query(
    as_user, anna, bram, lesson, django_assert_num_queries
):
    first = page(as_user(anna))
    client = as_user(bram)
    with django_assert_num_queries(1):
        assert page(client) == first
    assert made() == 1


def test_nothing_of_who_asked_first_is_in_it(as_user, lesson):
    zara = UserFactory(username="zara-de-eerste", first_name="Zarathoestra")
    client = as_user(zara)
    client.cookies["eigenaar"] = str(zara.owner_key)
    client.cookies["naam"] = "Zarathoestra"
    client.cookies["vak"] = "<script>"
    kept = page(client)
    for own in ("Zarathoestra", "zara-de-eerste", str(zara.owner_key), "<script>", client.cookies["kortwijs"].value):
        assert own not in kept


def test_variants_are_pages_of_their_own(as_user, lesson):
    easy, plain = page(as_user(None)), as_user(None).get(LESSON, {"soort": "gewoon"}).content.decode()
    assert 'data-variant="makkelijk"' in easy
    assert 'data-variant="standaard"' in plain
    assert made() == 2


def test_a_trade_without_words_of_its_own_gets_the_page_of_all(as_user, lesson):
    lesson_of_all = page(as_user(None))
    other = as_user(None)
    other.cookies["vak"] = "overheid"
    assert "overheid" not in {v["value"]["trade"] for s in lesson.outline.values for v in s.get("trades") or ()}
    assert page(other) == lesson_of_all
    assert made() == 1


def test_a_lesson_published_anew_is_seen_at_once_and_a_draft_is_not(as_user, lesson):
    before = page(as_user(None))
    lesson = ModulePage.objects.get(pk=lesson.pk)
    lesson.title = lesson.title_makkelijk = "Een heel nieuwe titel"
    revision = lesson.save_revision()
    assert page(as_user(None)) == before
    revision.publish()
    assert "Een heel nieuwe titel" in page(as_user(None))


def test_a_lesson_taken_off_is_gone_at_once_and_comes_back(as_user, lesson):
    page(as_user(None))
    lesson = ModulePage.objects.get(pk=lesson.pk)
    lesson.unpublish()
    assert as_user(None).get(LESSON).status_code == 404
    lesson.save_revision().publish()
    page(as_user(None))


def test_a_lesson_taken_off_is_gone_also_where_only_the_row_says_so(as_user, lesson):
    page(as_user(None))
    ModulePage.objects.filter(pk=lesson.pk).update(live=False)
    assert as_user(None).get(LESSON).status_code == 404


def test_a_lesson_of_another_address_leaves_the_old_one(as_user, lesson):
    page(as_user(None))
    lesson = ModulePage.objects.get(pk=lesson.pk)
    lesson.slug = "verhuisd"
    lesson.save()
    assert as_user(None).get(LESSON).status_code == 404
    assert "/les/verhuisd/" in as_user(None).get("/les/verhuisd/").content.decode()


@pytest.mark.parametrize("model", [Fact, GlossaryTerm])
def test_a_word_or_fact_that_is_saved_makes_every_lesson_anew(as_user, lesson, model):
    page(as_user(None))
    row = model.objects.first()
    row.save()
    page(as_user(None))
    assert made() == 2


def test_a_new_day_is_a_new_page_for_facts_grow_old(as_user, lesson):
    page(as_user(None))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        page(as_user(None))
    assert made() == 2


def test_no_name_of_an_edition_comes_back(lesson):
    names = set()
    for _ in range(3):
        Fact.objects.first().save()
        names.add(LessonsEdition.objects.get().name)
    assert len(names) == 3


def test_without_an_edition_one_is_begun(as_user, lesson):
    LessonsEdition.objects.all().delete()
    page(as_user(None))
    assert isinstance(LessonsEdition.objects.get().name, uuid.UUID)


def test_a_phone_that_has_the_page_is_told_so_and_after_a_change_gets_the_new_one(as_user, lesson):
    etag = as_user(None).get(LESSON).headers["ETag"]
    assert as_user(None).get(LESSON, headers={"if-none-match": etag}).status_code == 304
    lesson = ModulePage.objects.get(pk=lesson.pk)
    lesson.title = lesson.title_makkelijk = "Een heel nieuwe titel"
    lesson.save_revision().publish()
    assert as_user(None).get(LESSON, headers={"if-none-match": etag}).status_code == 200
