"""Forms and languages in glossary.yaml: what is wrong is named by word and field, and nothing is written."""

import pytest

from language.models import GlossaryTerm, WordForm, WordTranslation
from modules.curriculum.problems import CurriculumError
from modules.services import load_curriculum
from tests.factories import GLOSSARY, curriculum_folder, lesson_file

pytestmark = pytest.mark.django_db
WORD = GLOSSARY[0]


def problems(tmp_path, *words: dict) -> str:
    before = [list(model.objects.order_by("pk").values()) for model in (GlossaryTerm, WordForm, WordTranslation)]
    with pytest.raises(CurriculumError) as caught:
        load_curriculum(curriculum_folder(tmp_path, lesson_file(), glossary=list(words)))
    assert [
        list(model.objects.order_by("pk").values()) for model in (GlossaryTerm, WordForm, WordTranslation)
    ] == before
    return str(caught.value)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"languages": {"xx": "woord"}}, "dit hoort hier niet: 'xx'"),
        ({"languages": {"nl": "woord"}}, "dit hoort hier niet: 'nl'"),
        ({"languages": ["en"]}, "languages: verwacht object"),
        ({"languages": {"en": ""}}, "languages.en: is leeg"),
        ({"languages": {"en": 7}}, "languages.en: verwacht object"),
        ({"languages": {"en": "x" * 81}}, "languages.en: is te lang: hoogstens 80 tekens"),
        ({"languages": {"en": {"explanation": "x"}}}, "'word' ontbreekt"),
        ({"languages": {"en": {"word": "a", "explanation": "x" * 201}}}, "languages.en.explanation: is te lang"),
        ({"languages": {"en": {"word": "a", "klank": "b"}}}, "dit hoort hier niet: 'klank'"),
        ({"languages": {"ar": "privacy"}}, "languages.ar.word: Arabisch schrijf je met Arabische letters."),
        ({"languages": {"uk": {"word": "слово", "explanation": "كلمة"}}}, "languages.uk.explanation: Oekraïens heeft"),
        ({"languages": {"ti": "слово"}}, "languages.ti.word: Tigrinya heeft Ethiopische letters"),
        ({"languages": {"en": "a\u202eb"}}, "een teken in dat je niet ziet"),
        ({"forms": "woorden"}, "forms: verwacht array"),
        ({"forms": [""]}, "forms.0: is leeg"),
        ({"forms": ["  "]}, "een vorm is leeg"),
        ({"forms": ["x" * 81]}, "forms.0: is te lang"),
        ({"forms": [f"vorm{n}" for n in range(61)]}, "forms: heeft er te veel"),
        ({"forms": ["a"], "not_forms": ["a"]}, "'a' staat bij forms en bij not_forms"),
        ({"vormen": ["a"]}, "dit hoort hier niet: 'vormen'"),
    ],
)
def test_what_is_wrong_is_named_by_word_and_field(tmp_path, more, message):
    said = problems(tmp_path, {**WORD, **more})
    assert "glossary.yaml" in said
    assert message in said


def test_a_form_belongs_to_one_word(tmp_path):
    other = {**WORD, "term": "ander", "forms": ["proefwoord"]}
    assert "ander: de vorm 'proefwoord' hoort al bij 'proefwoord'" in problems(tmp_path, WORD, other)
    twice = [{**WORD, "forms": ["samen"]}, {**WORD, "term": "ander", "forms": ["samen"]}]
    assert "ander: de vorm 'samen' hoort al bij 'proefwoord'" in problems(tmp_path, *twice)


def test_another_order_or_a_form_twice_is_no_change(tmp_path):
    said = {**WORD, "forms": ["b", "a"], "languages": {"ar": "كلمة", "en": {"word": "word"}}}
    load_curriculum(curriculum_folder(tmp_path, lesson_file(), glossary=[said]))
    digest = GlossaryTerm.objects.get(slug="proefwoord").source_digest
    same = {**WORD, "languages": {"en": "word", "ar": " كلمة "}, "forms": ["a", "b", "a "]}
    heard: list[str] = []
    load_curriculum(curriculum_folder(tmp_path, lesson_file(), glossary=[same]), heard.append)
    assert GlossaryTerm.objects.get(slug="proefwoord").source_digest == digest
    assert not [line for line in heard if "proefwoord" in line]
    assert WordForm.objects.filter(term__slug="proefwoord", form="a").count() == 1


def test_a_word_without_forms_or_languages_keeps_its_digest(tmp_path):
    """Lists of before this had no forms: they must not all look edited."""
    from modules.curriculum.content import digest

    load_curriculum(curriculum_folder(tmp_path, lesson_file()))
    assert GlossaryTerm.objects.get(slug="proefwoord").source_digest == digest(WORD)


def test_what_an_author_had_is_told_when_the_file_wins(tmp_path):
    load_curriculum(curriculum_folder(tmp_path, lesson_file(), glossary=[{**WORD, "forms": ["a"]}]))
    term = GlossaryTerm.objects.get(slug="proefwoord")
    WordTranslation.objects.create(term=term, language="en", text="word")
    from modules.services.winner import Force

    heard: list[str] = []
    load_curriculum(
        curriculum_folder(tmp_path, lesson_file(), glossary=[WORD]),
        heard.append,
        force=Force(frozenset({"proefwoord"})),
    )
    assert "proefwoord: vervangen. Er stond: a | en: word" in heard
