"""A word in the admin: its forms and languages, and compounds found in lessons, kept or refused with one tap."""

import pytest

from language.models import GlossaryTerm, Origin, WordForm, WordTranslation
from language.queries import WordsAndFacts
from modules.authors import ensure_author_group
from modules.models import CataloguePage
from modules.services import load_curriculum
from modules.services.winner import Force
from modules.word_proposals import proposals_for
from people.models import User
from tests.factories import GLOSSARY, curriculum_folder, lesson_file, twin

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/language/glossaryterm/"


@pytest.fixture
def author(as_user):
    eva = User.objects.create_user("eva", first_name="Eva")
    eva.groups.add(ensure_author_group(CataloguePage.objects.get()))
    return as_user(eva)


@pytest.fixture
def word(tmp_path) -> GlossaryTerm:
    steps = lesson_file()["steps"]
    steps[1]["text"] = twin(
        "Een proefwoordlijst. Het proefwoordje? Proef-proefwoord en superproefwoord!", "Een proefwoord."
    )
    load_curriculum(curriculum_folder(tmp_path, lesson_file(steps=steps)))
    return GlossaryTerm.objects.get(slug="proefwoord")


def rows(name: str, *found: dict, before: int = 0) -> dict:
    data = {f"{name}-TOTAL_FORMS": len(found), f"{name}-INITIAL_FORMS": before, f"{name}-MIN_NUM_FORMS": 0,
            f"{name}-MAX_NUM_FORMS": 1000}  # fmt: skip
    return data | {
        f"{name}-{number}-{field}": value for number, row in enumerate(found) for field, value in row.items()
    }


def form(word: GlossaryTerm, *, forms: list | None = None, translations: list | None = None, **changes) -> dict:
    there = [{"id": row.pk, "form": row.form, **({"refused": "on"} if row.refused else {})} for row in word.forms.all()]
    spoken = [{"id": row.pk, "language": row.language, "text": row.text} for row in word.translations.all()]
    return {
        "term": word.term, "slug": word.slug, "explanation": word.explanation, "pictogram": word.pictogram,
        **rows("forms", *(there if forms is None else forms), before=sum("id" in row for row in forms or there)),
        **rows("translations", *(spoken if translations is None else translations)),
    } | changes  # fmt: skip


def edit(client, word: GlossaryTerm, **changes):
    return client.post(f"{LIST}edit/{word.pk}/", form(word, **changes))


def decide(client, word: GlossaryTerm, form: str, answer: str):
    return client.post(f"/admin/woorden/{word.pk}/vorm/", {"form": form, "answer": answer})


def forms(word: GlossaryTerm, **fields) -> set[str]:
    return set(WordForm.objects.filter(term=word, **fields).values_list("form", flat=True))


def test_a_new_word_gets_its_forms(author):
    new = {"term": "kluis", "slug": "kluis", "explanation": "Kast met een slot.", "pictogram": "lock"}
    reply = author.post(f"{LIST}add/", new | rows("forms") | rows("translations"))
    assert reply.status_code == 302
    assert forms(GlossaryTerm.objects.get(slug="kluis")) == {"kluis", "kluizen"}


def test_an_author_adds_a_form_and_refuses_a_made_one(author, word):
    made = [
        {"id": row.pk, "form": row.form, "refused": "on" if row.form != word.term else ""} for row in word.forms.all()
    ]
    assert edit(author, word, forms=[*made, {"form": "proefterm"}]).status_code == 302
    assert forms(word, refused=False) == {"proefwoord", "proefterm"}
    assert forms(word, refused=True) == {"proefwoorden"}
    assert [place.key for place in WordsAndFacts().matcher.find("Een proefterm, twee proefwoorden.")] == ["proefwoord"]


def test_a_form_twice_is_told_and_nothing_is_lost(author, word):
    made = [{"id": row.pk, "form": row.form} for row in word.forms.all()]
    reply = edit(author, word, forms=[*made, {"form": "proefwoorden"}], explanation="Mijn nieuwe uitleg.")
    assert reply.status_code == 200
    assert "Mijn nieuwe uitleg." in reply.content.decode()
    assert forms(word) == {"proefwoord", "proefwoorden"}


def test_a_form_of_another_word_is_told(author, word):
    made = [{"id": row.pk, "form": row.form} for row in word.forms.all()]
    reply = edit(author, word, forms=[*made, {"form": "datalek"}])
    assert "De vorm ‘datalek’ hoort al bij ‘datalek’." in reply.content.decode()
    assert "datalek" not in forms(word)


def test_a_word_gets_languages_in_their_own_script(author, word):
    said = [{"language": "ar", "text": "كلمة"}, {"language": "uk", "text": "слово", "explanation": "Пояснення."}]
    assert edit(author, word, translations=said).status_code == 302
    assert list(WordTranslation.objects.filter(term=word).values_list("language", "text")) == [
        ("ar", "كلمة"), ("uk", "слово")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"language": "ar", "text": "word"}, "Arabisch schrijf je met Arabische letters."),
        ({"language": "ti", "text": "слово"}, "Tigrinya heeft Ethiopische letters"),
        ({"language": "uk", "text": "slovo"}, "Oekraïens schrijf je met cyrillische letters."),
        ({"language": "pl", "text": "слово"}, "Pools heeft Latijnse letters"),
        ({"language": "en", "text": "wo\u202erd"}, "teken in dat je niet ziet"),
        ({"language": "en", "text": "word", "explanation": "говорить"}, "Engels heeft Latijnse letters"),
        ({"language": "xx", "text": "word"}, "xx"),
        ({"language": "en", "text": "x" * 81}, "80"),
        ({"language": "en", "text": "123"}, "Engels schrijf je met Latijnse letters."),
    ],
)
def test_a_language_in_another_script_is_refused_and_nothing_is_lost(author, word, said, message):
    reply = edit(author, word, translations=[said], explanation="Mijn nieuwe uitleg.")
    page = reply.content.decode()
    assert reply.status_code == 200
    assert message in page
    assert "Mijn nieuwe uitleg." in page
    assert not WordTranslation.objects.filter(term=word).exists()


def test_one_language_stands_once(author, word):
    said = {"language": "en", "text": "word"}
    assert edit(author, word, translations=[said, said]).status_code == 200
    assert not WordTranslation.objects.filter(term=word).exists()


def test_compounds_in_lessons_are_proposed_with_their_sentence(author, word):
    assert [(one.form, one.sentence) for one in proposals_for(word)] == [
        ("Proef-proefwoord", "Proef-proefwoord en superproefwoord!"),
        ("proefwoordlijst", "Een proefwoordlijst."),
        ("superproefwoord", "Proef-proefwoord en superproefwoord!"),
    ]
    page = author.get(f"{LIST}edit/{word.pk}/").content.decode()
    assert "Een proefwoordlijst." in page
    assert f'data-word-proposals="/admin/woorden/{word.pk}/vorm/"' in page


def test_one_tap_confirms_a_compound_and_lessons_mark_it(author, word, client):
    assert decide(author, word, "proefwoordlijst", "hoort").json() == {"form": "proefwoordlijst", "refused": False}
    assert forms(word, origin=Origin.COMPOUND, refused=False) == {"proefwoordlijst"}
    assert "proefwoordlijst" not in [one.form for one in proposals_for(word)]
    assert (
        '<a class="word" href="/woord/proefwoord/">proefwoordlijst</a>' in client.get("/les/proefles/").content.decode()
    )


def test_what_is_refused_never_comes_back(author, word):
    decide(author, word, "proefwoordlijst", "nooit")
    decide(author, word, "proefwoordlijst", "nooit")
    assert forms(word, refused=True) == {"proefwoordlijst"}
    assert edit(author, GlossaryTerm.objects.get(pk=word.pk)).status_code == 302
    assert "proefwoordlijst" not in [one.form for one in proposals_for(word)]
    assert not list(WordsAndFacts().matcher.find("Een proefwoordlijst."))


def test_a_tap_while_the_word_is_being_edited_is_not_lost_by_saving(author, word):
    being_edited = form(word, explanation="Anders.")
    decide(author, word, "superproefwoord", "hoort")
    assert author.post(f"{LIST}edit/{word.pk}/", being_edited).status_code == 302
    assert "superproefwoord" in forms(word, refused=False)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("", "hoort"),
        ("x" * 81, "hoort"),
        ("a\x00b", "hoort"),
        ("a\u202eb", "nooit"),
        ("woord", "misschien"),
        ("woord", ""),
    ],
)
def test_an_answer_that_means_nothing_keeps_nothing(author, word, asked, answer):
    before = forms(word)
    reply = decide(author, word, asked, answer)
    assert (reply.status_code, forms(word)) == (400, before)
    assert "knoppen" in reply.json()["problem"]
    assert author.get(f"/admin/woorden/{word.pk}/vorm/").status_code == 405
    assert decide(author, GlossaryTerm(pk=999_999), "woord", "hoort").status_code == 404


def test_only_an_author_decides(word, as_user, anna, bram, chantal, driss):
    for user in (anna, bram, chantal, driss, None):
        assert decide(as_user(user), word, "proefwoordlijst", "hoort").status_code in (302, 403)
    assert "proefwoordlijst" not in forms(word)


def test_a_compound_with_html_in_its_sentence_is_shown_not_run(author, tmp_path):
    steps = lesson_file()["steps"]
    steps[1]["text"] = twin("<script>alert(1)</script> proefwoordlijst", "Een proefwoord.")
    load_curriculum(curriculum_folder(tmp_path, lesson_file(steps=steps)))
    word = GlossaryTerm.objects.get(slug="proefwoord")
    assert "<script>alert(1)" not in author.get(f"{LIST}edit/{word.pk}/").content.decode()


def test_forms_and_languages_go_to_a_file_and_back(word, tmp_path):
    from modules.curriculum.export import export_curriculum
    from modules.curriculum.reader import read_file

    said = {
        **GLOSSARY[0], "forms": ["proefterm", "proefwoordlijst"], "not_forms": ["proefwoorden"],
        "languages": {"en": "trial word", "ar": {"word": "كلمة", "explanation": "شرح"}},
    }  # fmt: skip
    folder = tmp_path / "more"
    folder.mkdir()
    load_curriculum(curriculum_folder(folder, lesson_file(), glossary=[said]))
    assert forms(word, refused=False) == {"proefwoord", "proefterm", "proefwoordlijst"}
    assert forms(word, refused=True) == {"proefwoorden"}
    out = tmp_path / "out"
    export_curriculum(out, ["proefwoord"])
    assert read_file(out / "glossary.yaml", "glossary") == [said]
    load_curriculum(curriculum_folder(folder, lesson_file(), glossary=[{**GLOSSARY[0], "forms": ["proefterm"]}]))
    assert forms(word, refused=False) == {"proefwoord", "proefterm", "proefwoorden"}
    assert not WordTranslation.objects.filter(term=word).exists()


def test_forms_that_an_author_changed_win_from_an_unchanged_file(author, word, tmp_path):
    decide(author, word, "proefwoordlijst", "hoort")
    assert load_curriculum(tmp_path) == 0
    assert "proefwoordlijst" in forms(word)


def test_a_form_and_a_changed_file_are_a_conflict(author, word, tmp_path):
    decide(author, word, "proefwoordlijst", "hoort")
    curriculum_folder(tmp_path, glossary=[{**GLOSSARY[0], "explanation": "Uit het bestand."}])
    conflicts: list = []
    load_curriculum(tmp_path, on_conflict=conflicts.append)
    assert [conflict.code for conflict in conflicts] == ["proefwoord"]
    assert "proefwoordlijst" in forms(word)
    load_curriculum(tmp_path, force=Force(frozenset({"proefwoord"})))
    assert "proefwoordlijst" not in forms(word)
