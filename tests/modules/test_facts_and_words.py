"""Facts and words in the admin: which lessons use them, what must be checked again, and nothing used disappears."""

import datetime as dt
from copy import deepcopy

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from language.models import Fact, GlossaryTerm
from modules.authors import ensure_author_group
from modules.models import CataloguePage, ModulePage
from modules.services import load_curriculum
from modules.usage import names_of, where_used
from people.models import User
from tests.factories import FACTS, GLOSSARY, UserFactory, curriculum_folder, lesson_file, twin

pytestmark = pytest.mark.django_db
FACTS_LIST = "/admin/snippets/language/fact/"
WORDS_LIST = "/admin/snippets/language/glossaryterm/"


@pytest.fixture
def author(as_user):
    eva = User.objects.create_user("eva", first_name="Eva")
    eva.groups.add(ensure_author_group(CataloguePage.objects.get()))
    return as_user(eva)


@pytest.fixture
def chief(as_user):
    return as_user(UserFactory(username="chief", is_superuser=True, is_staff=True))


def fact_form(fact: Fact, **changes) -> dict:
    data = {
        "code": fact.code, "text_standaard": fact.text_standaard, "text_makkelijk": fact.text_makkelijk,
        "source": fact.source, "checked_on": fact.checked_on.isoformat(), "review_by": fact.review_by.isoformat(),
    }  # fmt: skip
    return data | changes


def word_form(word: GlossaryTerm, **changes) -> dict:
    return {
        "term": word.term, "slug": word.slug, "explanation": word.explanation, "pictogram": word.pictogram,
        "forms-TOTAL_FORMS": 0, "forms-INITIAL_FORMS": 0,
        "translations-TOTAL_FORMS": 0, "translations-INITIAL_FORMS": 0,
    } | changes  # fmt: skip


def write(lesson: ModulePage, text: dict, *, publish: bool) -> None:
    raw = deepcopy(lesson.steps.get_prep_value())
    raw[1]["value"]["text"] = text
    lesson.steps = lesson.steps.stream_block.to_python(raw)
    revision = lesson.save_revision()
    if publish:
        revision.publish()


def test_uses_are_found_in_both_texts_of_every_kind_of_step(lesson, tmp_path):
    steps = lesson_file()["steps"]
    steps[3]["options"][0]["why"] = twin("Zie {F9}.", "Het [[datalek]].")
    steps[2]["cards"][3]["hint"] = twin("Een [[cloud|wolk]].")
    facts = [*FACTS, {**FACTS[0], "code": "F9"}]
    words = [*GLOSSARY, {**GLOSSARY[0], "term": "datalek"}, {**GLOSSARY[0], "term": "cloud"}]
    load_curriculum(curriculum_folder(tmp_path, lesson_file(steps=steps), facts=facts, glossary=words))
    usage = where_used()
    mine = "E99 De proefles"
    assert [use.step for use in usage.facts["F9"] if use.name == mine] == ["Stap 4: Keuze"]
    assert [use.step for use in usage.words["datalek"] if use.name == mine] == ["Stap 4: Keuze"]
    assert [use.step for use in usage.words["cloud"] if use.name == mine] == ["Stap 3: Sorteer"]
    assert [use.step for use in usage.words["proefwoord"]] == ["Stap 2: Scherm"]


def test_a_use_in_a_draft_is_found_and_called_so(lesson):
    write(lesson, twin("Nu {F9}.", "Nu {F9}."), publish=False)
    uses = where_used()
    assert [(use.step, use.is_draft) for use in uses.facts["F9"] if use.name.startswith("E99")] == [
        ("Stap 2: Scherm", True)
    ]
    assert [(use.step, use.is_draft) for use in uses.facts["F901"]] == [("Stap 2: Scherm", False)]


def test_a_word_in_a_fact_is_used_too():
    assert "Feit F6" in names_of(where_used().words["bsn"])
    assert "Feit F6" not in names_of(where_used().words["bsn"], lessons_only=True)


def test_the_list_of_facts_shows_text_source_dates_and_lessons(lesson, author):
    page = author.get(FACTS_LIST).content.decode()
    for said in (
        "F901",
        "Het feit van de proefles.",
        "De test",
        "1 januari 2026",
        "1 januari 2027",
        "Opnieuw nakijken voor",
    ):
        assert said in page


@pytest.mark.parametrize(("days", "due"), [(-1, True), (0, True), (1, False)])
def test_a_fact_that_must_be_checked_again_is_marked_and_can_be_filtered(lesson, author, days, due):
    Fact.objects.update(review_by=dt.date(2099, 1, 1))
    Fact.objects.filter(code="F901").update(review_by=dt.date.today() + dt.timedelta(days=days))
    assert ("Nakijken: " in author.get(FACTS_LIST).content.decode()) is due
    assert ("F901" in author.get(FACTS_LIST, {"due": "ja"}).content.decode()) is due
    assert ("F901" in author.get(FACTS_LIST, {"due": "nee"}).content.decode()) is not due
    assert author.get(FACTS_LIST, {"due": "<b>"}).status_code == 200


@pytest.mark.parametrize(
    ("address", "asked", "found", "not_found"),
    [
        (FACTS_LIST, "proefles", "F901", "F21"),
        (FACTS_LIST, "F21", "F21", "F901"),
        (WORDS_LIST, "phishing-niets", None, "proefwoord"),
        (WORDS_LIST, "om te proberen", "proefwoord", "algoritme"),
        (WORDS_LIST, "%' OR 1=1 --", None, "proefwoord"),
    ],
)
def test_facts_and_words_can_be_searched(lesson, author, address, asked, found, not_found):
    page = author.get(f"{address}results/", {"q": asked}).content.decode()
    assert found is None or found in page
    assert f">{not_found}" not in page.replace("\n", "").replace("  ", "")


def test_the_lists_ask_no_query_per_row(lesson, author):
    def queries(address: str) -> int:
        author.get(address)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            author.get(address)
        return len(caught)

    before = [queries(FACTS_LIST), queries(WORDS_LIST)]
    for number in range(20):
        Fact.objects.create(code=f"F{1000 + number}", text_standaard="x", text_makkelijk="x", source="x",
                            checked_on="2026-01-01", review_by="2027-01-01")  # fmt: skip
        GlossaryTerm.objects.create(term=f"woord{number}", slug=f"woord{number}", explanation="x")
    assert [queries(FACTS_LIST), queries(WORDS_LIST)] == before


def test_the_edit_page_links_to_the_lessons_and_names_the_steps(lesson, author):
    page = author.get(f"{FACTS_LIST}edit/{Fact.objects.get(code='F901').pk}/").content.decode()
    assert "Gebruikt in" in page
    assert f'<a href="/admin/pages/{lesson.pk}/edit/">E99 De proefles</a>' in page
    assert "Stap 2: Scherm" in page
    word = author.get(f"{WORDS_LIST}edit/{GlossaryTerm.objects.get(slug='bsn').pk}/").content.decode()
    assert f'<a href="{FACTS_LIST}edit/{Fact.objects.get(code="F6").pk}/">Feit F6</a>' in word


def test_what_no_lesson_uses_says_so(author):
    word = GlossaryTerm.objects.create(term="kwibus", slug="kwibus", explanation="x")
    assert "Nog in geen enkele les." in author.get(f"{WORDS_LIST}edit/{word.pk}/").content.decode()
    assert "Nog in geen enkele les." in author.get(f"{FACTS_LIST}add/").content.decode()


def test_the_title_of_a_lesson_is_shown_not_run(lesson, author):
    ModulePage.objects.filter(pk=lesson.pk).update(title="<script>alert(1)</script>")
    page = author.get(f"{FACTS_LIST}edit/{Fact.objects.get(code='F901').pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_author_edits_a_fact_and_a_word_as_before(lesson, author):
    fact, word = Fact.objects.get(code="F901"), GlossaryTerm.objects.get(slug="proefwoord")
    assert author.post(f"{FACTS_LIST}edit/{fact.pk}/", fact_form(fact, source="Nieuw")).status_code == 302
    changed = word_form(word, term="Proefwoord", explanation="Nieuw.")  # capitals make no difference
    assert author.post(f"{WORDS_LIST}edit/{word.pk}/", changed).status_code == 302
    assert Fact.objects.get(pk=fact.pk).source == "Nieuw"
    assert GlossaryTerm.objects.get(pk=word.pk).term == "Proefwoord"
    new = fact_form(fact, code="F902")
    assert author.post(f"{FACTS_LIST}add/", new).status_code == 302
    assert Fact.objects.filter(code="F902").exists()


def test_the_code_of_a_used_fact_and_the_spelling_of_a_used_word_stay(lesson, author):
    fact, word = Fact.objects.get(code="F901"), GlossaryTerm.objects.get(slug="proefwoord")
    for address, data in (
        (f"{FACTS_LIST}edit/{fact.pk}/", fact_form(fact, code="F902")),
        (f"{WORDS_LIST}edit/{word.pk}/", word_form(word, term="proefwoorden")),
    ):
        reply = author.post(address, data)
        assert reply.status_code == 200
        assert "Dit staat in: E99 De proefles. Pas eerst die teksten aan." in reply.content.decode()
    fact.refresh_from_db()
    word.refresh_from_db()
    assert (fact.code, word.term) == ("F901", "proefwoord")


def test_a_code_that_no_text_names_may_change(lesson, author):
    fact = Fact.objects.get(code="F901")
    write(lesson, twin("Geen feit."), publish=True)
    assert author.post(f"{FACTS_LIST}edit/{fact.pk}/", fact_form(fact, code="F951")).status_code == 302


def test_what_a_draft_uses_is_not_deleted_either(lesson, chief):
    write(lesson, twin("Geen feit."), publish=True)
    fact = Fact.objects.get(code="F901")
    write(lesson, twin("Toch {F901}."), publish=False)
    chief.post(f"{FACTS_LIST}delete/{fact.pk}/")
    assert Fact.objects.filter(pk=fact.pk).exists()


def test_a_word_keeps_the_address_that_its_file_gives_it(lesson, author, tmp_path):
    """With another address the next loading would stop."""
    word = GlossaryTerm.objects.get(slug="proefwoord")
    reply = author.post(f"{WORDS_LIST}edit/{word.pk}/", word_form(word, slug="iets-anders"))
    assert "Schrijf hier: proefwoord" in reply.content.decode()
    nameless = author.post(f"{WORDS_LIST}add/", word_form(word, term="?!", slug="x"))
    assert "Van dit woord is geen adres te maken." in nameless.content.decode()
    new = word_form(word, term="Nieuw woord", slug="nieuw-woord")
    assert author.post(f"{WORDS_LIST}add/", new).status_code == 302
    assert load_curriculum(tmp_path) == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_deleting_what_is_used_is_refused_with_the_lessons(lesson, chief, method):
    word = GlossaryTerm.objects.get(slug="proefwoord")
    reply = getattr(chief, method)(f"{WORDS_LIST}delete/{word.pk}/", follow=True)
    said = [str(message) for message in reply.context["messages"]]
    assert said == ["‘proefwoord’ is niet weggehaald. Dit staat in: E99 De proefles. Pas eerst die teksten aan."]
    assert GlossaryTerm.objects.filter(pk=word.pk).exists()


def test_deleting_many_of_which_one_is_used_deletes_none(lesson, chief):
    free = GlossaryTerm.objects.create(term="vrij", slug="vrij", explanation="x")
    used = GlossaryTerm.objects.get(slug="proefwoord")
    address = f"/admin/bulk/language/glossaryterm/delete/?id={free.pk}&id={used.pk}&next={WORDS_LIST}"
    chief.post(address)
    assert GlossaryTerm.objects.filter(pk__in=[free.pk, used.pk]).count() == 2


def test_what_no_text_uses_can_be_deleted_by_who_may(chief, author):
    free = GlossaryTerm.objects.create(term="vrij", slug="vrij", explanation="x")
    author.post(f"{WORDS_LIST}delete/{free.pk}/")
    assert GlossaryTerm.objects.filter(pk=free.pk).exists()  # authors add and change
    assert chief.post(f"{WORDS_LIST}delete/{free.pk}/").status_code == 302
    assert not GlossaryTerm.objects.filter(pk=free.pk).exists()


def test_the_rights_of_authors_did_not_change(author):
    rights = Permission.objects.filter(group__name="Auteurs", content_type__app_label="language")
    assert set(rights.values_list("codename", flat=True)) == {
        "add_fact", "change_fact", "add_glossaryterm", "change_glossaryterm", "add_hardword", "change_hardword"
    }  # fmt: skip


def test_strangers_see_no_facts_or_words_in_the_admin(lesson, as_user, anna, bram, chantal, driss):
    for user in (anna, bram, chantal, driss, None):
        for address in (FACTS_LIST, WORDS_LIST, f"{FACTS_LIST}edit/{Fact.objects.get(code='F901').pk}/"):
            assert as_user(user).get(address).status_code == 302
