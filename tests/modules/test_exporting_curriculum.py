"""Exporting is loading in reverse: nothing is lost, nothing changes on the way round."""

import os
from copy import deepcopy
from pathlib import Path
from string import ascii_lowercase

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError
from django.forms.models import model_to_dict
from wagtail.models import Revision

from courses.models import CoursePath
from language.models import Fact, GlossaryTerm, HardWord
from leadership.models import Programme
from media.models import Pronunciation
from modules.choices import Trade
from modules.curriculum.content import digest, file_digest, module_data
from modules.curriculum.convert import file_steps, stored_steps
from modules.curriculum.emit import facts_yaml, module_yaml
from modules.curriculum.export import export_curriculum
from modules.curriculum.problems import CurriculumError
from modules.curriculum.reader import parse, read_curriculum, read_file
from modules.models import CataloguePage, ModulePage
from modules.services import load_curriculum
from tests.conftest import CURRICULUM
from tests.factories import FACTS, GLOSSARY, STEPS, curriculum_folder, lesson_file, twin

pytestmark = pytest.mark.django_db
LESSONS = [source.data for source in read_curriculum(CURRICULUM).modules] + [lesson_file()]


def rows() -> list:
    """Everything in the database that loading can touch."""
    pages = [(page.pk, page.latest_revision_id, page.live_revision_id, page.to_json()) for page in modules()]
    entries = [model_to_dict(row) for model in (Fact, GlossaryTerm, Pronunciation) for row in model.objects.all()]
    return [pages, entries, Revision.objects.count()]


def modules() -> list[ModulePage]:
    return list(ModulePage.objects.order_by("code"))


def content(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def rewrite(lesson: ModulePage, number: int, change, *, publish: bool = True) -> None:
    """An author changes the value of one step in place."""
    raw = deepcopy(lesson.steps.get_prep_value())
    change(raw[number]["value"])
    lesson.steps = lesson.steps.stream_block.to_python(raw)
    revision = lesson.save_revision()
    if publish:
        revision.publish()


def step(folder: Path, number: int) -> dict:
    return read_file(folder / "modules/E99/module.yaml", "module")["steps"][number]


def without_false(value):
    """A file may say `right: false`; leaving it out says the same."""
    if isinstance(value, dict):
        return {
            name: without_false(inner)
            for name, inner in value.items()
            if inner or name not in ("right", "only_standaard")
        }
    return [without_false(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("data", LESSONS, ids=[data["id"] for data in LESSONS])
def test_steps_come_back_from_their_stored_form_as_they_were(data):
    stored = stored_steps(data.get("steps", []))
    back = file_steps(stored)
    assert back == without_false(data.get("steps", []))
    assert stored_steps(back) == stored


def test_the_lesson_of_the_tests_has_every_kind_of_step():
    from modules.blocks import StepsBlock

    assert {one["type"] for one in STEPS} == set(StepsBlock().child_blocks)


def test_a_database_that_gives_keys_in_another_order_gives_the_same_file():
    def turned(value):
        if isinstance(value, dict):
            return {name: turned(value[name]) for name in reversed(value)}
        return [turned(one) for one in value] if isinstance(value, list) else value

    stored = stored_steps(deepcopy(STEPS))
    assert module_yaml({"steps": file_steps(turned(stored))}) == module_yaml({"steps": file_steps(stored)})


def test_loading_what_was_exported_changes_no_row_and_makes_no_revision(lesson, tmp_path):
    before = rows()
    done = export_curriculum(tmp_path / "out")
    assert done.problems == done.drafts == []
    assert load_curriculum(tmp_path / "out") == 0
    assert rows() == before


def test_a_second_site_that_loads_the_export_exports_the_same_bytes(lesson, tmp_path):
    export_curriculum(tmp_path / "one")
    Fact.objects.all().delete()
    GlossaryTerm.objects.all().delete()
    Pronunciation.objects.all().delete()
    HardWord.objects.all().delete()
    CoursePath.objects.all().delete()
    for page in modules():
        page.delete()
    assert load_curriculum(tmp_path / "one") == len(list((tmp_path / "one" / "modules").iterdir()))
    export_curriculum(tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_exporting_over_the_own_files_touches_none(lesson, tmp_path):
    before = content(CURRICULUM)
    assert export_curriculum(CURRICULUM, ["A1", "A3", "B1", "B2", "F9", "BSN"]).written == []
    assert content(CURRICULUM) == before


def test_what_is_exported_looks_like_the_files_that_people_write(tmp_path):
    export_curriculum(tmp_path)
    assert (tmp_path / "modules/A1/module.yaml").read_text() == (CURRICULUM / "modules/A1/module.yaml").read_text()
    assert (tmp_path / "glossary.yaml").read_text() == (CURRICULUM / "glossary.yaml").read_text()
    for file in tmp_path.rglob("*.yaml"):
        text = file.read_text()
        assert not [event for event in yaml.parse(text) if getattr(event, "anchor", None)]
        assert not [token for token in yaml.scan(text) if getattr(token, "style", None) in ("'", ">")]


def test_a_lesson_edited_in_the_admin_exports_its_published_text(lesson, tmp_path):
    rewrite(lesson, 1, lambda value: value["text"].update(standaard="Nieuw op de site."))
    rewrite(lesson, 1, lambda value: value["text"].update(standaard="Nog een concept."), publish=False)
    export_curriculum(tmp_path, ["E99"])
    assert step(tmp_path, 1)["text"]["standaard"] == "Nieuw op de site."
    export_curriculum(tmp_path, ["E99"], draft=True)
    assert step(tmp_path, 1)["text"]["standaard"] == "Nog een concept."


def test_the_line_ends_of_a_browser_and_spaces_at_the_end_become_plain_lines(lesson, tmp_path):
    rewrite(lesson, 1, lambda value: value["text"].update(makkelijk="Een zin. \r\nNog een zin.\r\n"))
    export_curriculum(tmp_path, ["E99"])
    assert step(tmp_path, 1)["text"]["makkelijk"] == "Een zin.\nNog een zin."
    assert (
        "makkelijk: |-\n        Een zin.\n        Nog een zin.\n" in (tmp_path / "modules/E99/module.yaml").read_text()
    )


@pytest.mark.parametrize(
    "text",
    [
        "ja", "no", "null", "~", "12", "1.5", "2026-11-21", "0x1F", "1_000", "- streep", "# hekje", "a: b", "a #b",
        "'enkel'", '"dubbel"', "{F9} begint", "[[woord]]", "* ster", "&anker", "!tag", "%teken", "@at", "`tik`",
        "| pijp", "> groter", "? vraag", "back\\slash", "emoji 😀 en é", "harde\u00a0spatie", "zacht\u00adstreepje",
        "a\nb: c\n# d", "- a\n- b", "\nbegint leeg", "  inspringen\nen niet", "a\n\nb", "tab\tin", "x" * 5000,
        "regel\u2028scheiding", "oud\u0085einde", "\ufeffbom", "a\u2029b\nc", "---", "...", "--- a\n...", "=", "<<",
        "a,b", "a, b}", "einde:", ":begin", "<b>html</b>", "spatie \naan het eind", "regeleinde\n", " ",
    ],
)  # fmt: skip
def test_any_text_comes_back_as_it_was(text):
    data = {"title": twin(text, text), "steps": [{"text": twin(text, text), "picture": {"alt": text}, "names": [text]}]}
    assert parse(Path("x"), module_yaml(data).encode(), "module", []).data == data
    assert parse(Path("x"), facts_yaml([{"a": text}]).encode(), "facts", []).data == [{"a": text}]


def test_a_draft_that_misses_makkelijk_is_named_and_the_others_are_written(lesson, tmp_path):
    rewrite(lesson, 1, lambda value: value["text"].update(makkelijk=""), publish=False)
    with pytest.raises(CommandError) as caught:
        call_command("export_curriculum", tmp_path / "out", "--draft")
    assert "modules/E99/module.yaml: steps.1.text.makkelijk: is leeg" in str(caught.value)
    assert caught.value.returncode == 1
    others = [page.code for page in modules() if page.code != "E99"]
    assert set(content(tmp_path / "out")) == {
        "facts.yaml", "glossary.yaml", "hard_words.yaml", "pronunciation.yaml",
        *(f"modules/{code}/module.yaml" for code in others),
        *(f"paths/{path.slug}.yaml" for path in CoursePath.objects.all()),
        *(f"programmes/{programme.slug}.yaml" for programme in Programme.objects.all()),
        *(f"programmes/{each.slug}/{trade}.yaml" for each in Programme.objects.all() for trade in Trade.values),
    }  # fmt: skip
    assert export_curriculum(tmp_path / "live").problems == []


def test_two_texts_for_one_trade_are_named_and_not_lost_in_silence(lesson, tmp_path):
    rewrite(lesson, 0, lambda value: value["trades"].append({**value["trades"][0], "id": "twee"}))
    [problem] = export_curriculum(tmp_path, ["E99"]).problems
    assert problem.field.startswith("steps.0.trades")


@pytest.mark.parametrize(
    "change",
    [{"code": "X1"}, {"code": "../x"}, {"code": "E"}, {"goals": "Een.\nTwee."}, {"levels": []}, {"minutes": 99},
     {"digcomp": "veel"}, {"pictogram": "bestaatniet"}],
)  # fmt: skip
def test_what_no_file_can_say_is_named(lesson, tmp_path, change):
    ModulePage.objects.filter(pk=lesson.pk).update(**change)
    done = export_curriculum(tmp_path / "out", [change.get("code", "E99")])
    assert done.problems
    assert set(content(tmp_path)) - {"out/facts.yaml", "out/glossary.yaml"} == {
        "facts.yaml", "glossary.yaml", "modules/E99/module.yaml"
    }  # fmt: skip


def test_a_lesson_that_was_never_published_stays_behind_unless_drafts_are_asked(tmp_path, capsys):
    root = CataloguePage.objects.get()
    load_curriculum(curriculum_folder(tmp_path, lesson_file()))
    page = ModulePage.objects.get(code="E99")
    page.unpublish()
    assert root.get_children().filter(pk=page.pk).exists()
    call_command("export_curriculum", tmp_path / "out")
    assert "Nog niet gepubliceerd, dus niet geschreven: E99 De proefles." in capsys.readouterr().out
    with pytest.raises(CommandError, match="met --draft komt het concept mee"):
        call_command("export_curriculum", tmp_path / "out", "E99")
    call_command("export_curriculum", tmp_path / "out", "E99", "--draft")
    assert read_file(tmp_path / "out/modules/E99/module.yaml", "module")["status"] == "published"


def test_one_lesson_leaves_the_other_files_alone_and_brings_the_words_it_needs(lesson, tmp_path):
    folder = tmp_path / "out"
    curriculum_folder(
        folder_of(folder), facts=[{**FACTS[0], "code": "F1"}], glossary=[{**GLOSSARY[0], "explanation": "Van mij."}]
    )
    other = folder / "modules/E98/module.yaml"
    other.parent.mkdir(parents=True)
    other.write_text("van een ander")
    export_curriculum(folder, ["e99"])
    assert other.read_text() == "van een ander"
    assert [fact["code"] for fact in read_file(folder / "facts.yaml", "facts")] == ["F1", "F901"]
    words = {word["term"]: word["explanation"] for word in read_file(folder / "glossary.yaml", "glossary")}
    assert words["proefwoord"] == "Van mij."
    assert "feit" in words  # marked by itself, so it goes along


def test_one_lesson_in_an_empty_folder_brings_all_that_its_loading_needs(tmp_path):
    export_curriculum(tmp_path, ["B1"])
    assert "BSN" in {word["term"] for word in read_file(tmp_path / "glossary.yaml", "glossary")}
    assert load_curriculum(tmp_path) == 0


def folder_of(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_fact_or_word_by_name_replaces_its_own_entry_only(lesson, tmp_path):
    Fact.objects.filter(code="F901").update(source="Een auteur")
    GlossaryTerm.objects.filter(slug="proefwoord").update(explanation="Van een auteur.")
    curriculum_folder(tmp_path, facts=[*FACTS, {**FACTS[0], "code": "F10"}])
    export_curriculum(tmp_path, ["F901"])
    assert [(fact["code"], fact["source"]) for fact in read_file(tmp_path / "facts.yaml", "facts")] == [
        ("F10", "De test"), ("F901", "Een auteur")
    ]  # fmt: skip
    assert read_file(tmp_path / "glossary.yaml", "glossary") == GLOSSARY
    export_curriculum(tmp_path, ["Proefwoord"])
    assert read_file(tmp_path / "glossary.yaml", "glossary")[0]["explanation"] == "Van een auteur."


def test_facts_stand_in_the_order_of_their_numbers(tmp_path):
    export_curriculum(tmp_path)
    codes = [fact["code"] for fact in read_file(tmp_path / "facts.yaml", "facts")]
    numbers = [int(code[1:].rstrip(ascii_lowercase)) for code in codes]
    assert numbers == sorted(numbers)
    assert codes.index("F2") < codes.index("F2a") < codes.index("F9") < codes.index("F21")


def test_a_word_with_an_address_of_its_own_is_named(tmp_path):
    GlossaryTerm.objects.filter(slug="cloud").update(slug="wolk")
    [problem] = export_curriculum(tmp_path).problems
    assert (problem.field, "'wolk'" in problem.message) == ("cloud", True)
    assert "cloud" not in {word["term"] for word in read_file(tmp_path / "glossary.yaml", "glossary")}


def test_a_file_with_facts_that_is_broken_is_named_and_left(lesson, tmp_path):
    (tmp_path / "facts.yaml").write_text("- [half")
    done = export_curriculum(tmp_path, ["F901"])
    assert [problem.file.name for problem in done.problems] == ["facts.yaml"]
    assert (tmp_path / "facts.yaml").read_text() == "- [half"


def test_a_code_that_is_not_there_is_said_and_nothing_is_written(tmp_path):
    with pytest.raises(CommandError, match="E42: deze les of route, dit feit of dit woord is er niet"):
        call_command("export_curriculum", tmp_path / "out", "B2", "E42")
    assert not (tmp_path / "out").exists()
    with pytest.raises(CurriculumError):
        export_curriculum(tmp_path, ["../x"])


def test_a_folder_that_cannot_be_written_gives_one_clear_sentence(tmp_path):
    (tmp_path / "out").write_text("een bestand")
    with pytest.raises(CommandError) as caught:
        call_command("export_curriculum", tmp_path / "out", "B2")
    assert str(caught.value).startswith(f"De map {tmp_path / 'out'} is niet te gebruiken: ")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_gives_the_same_sentence(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(CommandError, match="is niet te gebruiken"):
        call_command("export_curriculum", tmp_path / "out", "B2")


def test_no_half_written_file_is_left_behind(lesson, tmp_path):
    export_curriculum(tmp_path / "out")
    assert {file.suffix for file in (tmp_path / "out").rglob("*") if file.is_file()} == {".yaml"}


@pytest.mark.parametrize("data", LESSONS, ids=[data["id"] for data in LESSONS])
def test_a_page_and_its_file_have_the_same_digest(lesson, data):
    assert digest(module_data(ModulePage.objects.get(code=data["id"]))) == file_digest(data)
