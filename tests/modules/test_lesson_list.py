"""The list of lessons in the editor: what each still needs, in few queries however many there are."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from language.models import Fact, GlossaryTerm
from media.speech.models import Clip, Script
from media.speech.queries import SoundStatus
from modules.explorer import COLUMNS, LessonIndexView, sound_in_words
from modules.models import CataloguePage, LessonFigures, ModulePage
from modules.readability import module_report
from modules.services.figures import _without_edition
from modules.speech import sound_status, sound_statuses
from modules.steps import Steps
from tests.factories import curriculum_folder, lesson_file
from tests.modules.test_editing import member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(as_user):
    return as_user(member_of("Auteurs"))


def address(query: str = "") -> str:
    return f"/admin/pages/{CataloguePage.objects.get().pk}/{query}"


def row(client, code: str, query: str = "") -> str:
    """The text of one row of the list."""
    import re

    page = client.get(address(query)).content.decode()
    rows = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found)) for found in page.split("<tr")]
    return next(found for found in rows if f" {code} " in found)


def change(lesson: ModulePage, publish: bool = False, **steps: dict) -> None:
    """Save a draft with other values in some steps (by type)."""
    raw = lesson.steps.get_prep_value()
    for step in raw:
        step["value"] |= steps.get(step["type"], {})
    lesson.steps = lesson.steps.stream_block.to_python(raw)
    revision = lesson.save_revision(clean=False)
    if publish:
        revision.publish()


def test_a_whole_lesson_is_called_so(author, lesson):
    found = row(author, "B2")
    assert "Compleet" in found
    assert "Online" in found or "live" in found.lower()


def test_a_draft_says_how_many_texts_miss_per_variant(author, lesson):
    change(lesson, screen={"title": {"standaard": "Titel", "makkelijk": ""}})
    assert "1 leeg in Makkelijk" in row(author, "E99")
    assert Steps(ModulePage.objects.get(code="E99").steps.get_prep_value())  # what is live is whole


def test_what_of_the_anatomy_misses_is_counted(author, lesson):
    assert "onderdelen missen" in row(author, "E99") or "onderdeel mist" in row(author, "E99")


def test_a_lesson_without_steps_says_so(author, coming):
    assert "Nog geen stappen" in row(author, "E97")


def test_facts_that_are_due_are_named_at_their_lesson(author, lesson):
    assert "F901" not in row(author, "E99")
    Fact.objects.filter(code="F901").update(review_by=timezone.localdate())
    assert "F901" in row(author, "E99")
    assert "F901" not in row(author, "B2")


def test_the_number_of_queries_does_not_grow_with_the_lessons(author, tmp_path):
    from modules.services import load_curriculum

    author.get(address())
    cache.clear()  # Redis is shared with other processes, which clear it at any moment
    with CaptureQueriesContext(connection) as few:
        author.get(address())
    more = [lesson_file(id=f"E{n}", slug=f"les-{n}") for n in range(87, 90)]
    load_curriculum(curriculum_folder(tmp_path, *more))
    author.get(address())
    cache.clear()
    with CaptureQueriesContext(connection) as many:
        page = author.get(address()).content.decode()
    assert "E89" in page
    assert len(many) <= len(few), "\n".join(query["sql"][-300:] for query in many)
    assert len(many) < 45


def test_figures_are_counted_once_per_version(author, lesson):
    author.get(address())
    before = {row.page_id: row.version for row in LessonFigures.objects.all()}
    with CaptureQueriesContext(connection) as queries:
        author.get(address())
    assert not [query for query in queries if "UPDATE" in query["sql"] and "lessonfigures" in query["sql"]]
    change(lesson, screen={"title": {"standaard": "Anders", "makkelijk": "Anders"}})
    author.get(address())
    after = {row.page_id: row.version for row in LessonFigures.objects.all()}
    assert [key for key in after if after[key] != before[key]] == [lesson.pk]


@pytest.mark.parametrize(
    "order",
    [
        "code",
        "title",
        "figures__texts_missing",
        "figures__blocks",
        "latest_revision_created_at",
        "live",
    ],
)
def test_the_list_can_be_sorted_both_ways(author, lesson, coming, order):
    change(lesson, screen={"title": {"standaard": "Titel", "makkelijk": ""}})

    def codes(query: str) -> list[str]:
        context = author.get(address(query)).context
        return [page.code for page in context["object_list"]]

    up, down = codes(f"?ordering={order}"), codes(f"?ordering=-{order}")
    assert sorted(up) == sorted(down)
    if "texts" in order:
        assert down[0] == "E99"
    if order == "code":
        assert up == sorted(up)
        assert codes("") == up


def test_what_is_searched_is_sorted_by_what_every_page_has():
    """The search index knows no codes; asking for their order must not break the page."""
    view = LessonIndexView(model=ModulePage, index_url_name="wagtailadmin_explore", columns=COLUMNS)
    for searching in (True, False):
        view.is_searching, view.is_filtering = searching, False
        assert ("code" in view.get_valid_orderings()) is not searching
        assert "title" in view.get_valid_orderings()


def test_a_lesson_in_review_says_so(author, lesson):
    change(lesson, screen={"title": {"standaard": "Nieuw", "makkelijk": "Nieuw"}})
    lesson.get_workflow().start(lesson, None)
    assert "goedkeuring" in row(author, "E99")


@pytest.mark.parametrize("name", ["anna", "bram", "chantal", "driss"])
def test_others_do_not_see_the_list(as_user, request, name):
    reply = as_user(request.getfixturevalue(name)).get(address())
    assert reply.status_code == 302
    assert "inloggen" in reply.url


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (None, "Nog geen"),
        (SoundStatus(0, 0, 0), "Nog geen"),
        (SoundStatus(3, 8, 0), "3 van 8"),
        (SoundStatus(8, 8, 0), "Compleet"),
        (SoundStatus(6, 8, 2), "6 van 8, 2 lukt niet"),
    ],
)
def test_sound_is_said_in_words(status, words):
    assert words in sound_in_words(status)


def test_the_sound_of_all_lessons_comes_in_one_query_and_says_the_same(lesson, django_assert_num_queries):
    script = Script.objects.create(name="les:E99", digest="x", wanted=3, changed_at=timezone.now())
    for n, values in enumerate(({"made_at": timezone.now()}, {"problem": "lukt niet"}, {})):
        clip = Clip.objects.create(key=str(n), text="a", language="nl", backend="nep", voice="v", rate=1, **values)
        script.uses.create(clip=clip)
    with django_assert_num_queries(1):
        statuses = sound_statuses()
    assert statuses["E99"] == sound_status(lesson) == (1, 3, 1)


def test_the_level_and_minutes_of_each_variant_stand_beside_the_lesson(author):
    found = row(author, "B2")
    lesson = ModulePage.objects.get(code="B2")
    report = module_report(lesson)
    assert f"Gewoon {report.standaard.level}" in found
    assert f"Makkelijk {report.makkelijk.level}" in found
    minutes = report.makkelijk
    assert f"{minutes.minutes_to_read} lezen {minutes.minutes_to_listen} luisteren" in found


def test_a_new_word_counts_only_the_lessons_anew_that_have_it(author, lesson):
    author.get(address())
    before = {row.page.code: _without_edition(row.version) for row in LessonFigures.objects.select_related("page")}
    GlossaryTerm.objects.create(term="woningcorporatie", slug="woningcorporatie", explanation="Verhuurt huizen.")
    author.get(address())
    after = {row.page.code: _without_edition(row.version) for row in LessonFigures.objects.select_related("page")}
    assert [code for code in after if after[code] != before[code]] == ["B2"]
    assert "woningcorporatie" in LessonFigures.objects.get(page__code="B2").words


def test_a_fact_that_changed_counts_its_lessons_anew(author, lesson):
    author.get(address())
    before = {row.page.code: row.version for row in LessonFigures.objects.select_related("page")}
    Fact.objects.filter(code="F901").update(text_makkelijk="Iets anders.")
    author.get(address())
    after = {row.page.code: row.version for row in LessonFigures.objects.select_related("page")}
    assert [code for code in after if after[code] != before[code]] == ["E99"]
