"""When a file and an author changed the same lesson, the author's text is never overwritten in silence."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from wagtail.log_actions import log, registry
from wagtail.models import Revision

from language.models import Fact, GlossaryTerm
from modules.curriculum.export import export_curriculum
from modules.models import CataloguePage, ModulePage
from modules.services import load_curriculum
from modules.services.winner import Conflict, Force
from people.models import User
from tests.conftest import CURRICULUM, load_lesson
from tests.factories import FACTS, GLOSSARY, curriculum_folder, lesson_file, twin

pytestmark = pytest.mark.django_db
FROM_FILE = {"title": twin("Uit het bestand")}


@pytest.fixture
def eva(db) -> User:
    user = User.objects.create_user("eva", first_name="Eva", last_name="Achternaam", email="eva@voorbeeld.nl")
    user.groups.add(Group.objects.get(name="Eindredacteuren"))  # publishes in one go
    return user


def edit(lesson: ModulePage, user: User | None, title: str, *, publish: bool = True) -> None:
    lesson.title = title
    revision = lesson.save_revision(user=user)
    if publish:
        revision.publish(user=user)


def load(folder, **options) -> tuple[int, list[Conflict]]:
    conflicts: list[Conflict] = []
    return load_curriculum(folder, on_conflict=conflicts.append, **options), conflicts


def title() -> str:
    return ModulePage.objects.get(code="E99").title


def test_only_the_file_changed_so_it_loads(lesson, tmp_path):
    assert load(curriculum_folder(tmp_path, lesson_file(**FROM_FILE))) == (1, [])
    assert title() == "Uit het bestand"


def test_only_the_lesson_changed_so_it_stays(lesson, tmp_path, eva):
    edit(lesson, eva, "Van Eva")
    assert load(tmp_path) == (0, [])
    assert title() == "Van Eva"


def test_both_changed_so_the_lesson_stays_and_is_reported_and_the_rest_loads(lesson, tmp_path, eva):
    edit(lesson, eva, "Van Eva")
    revisions = Revision.objects.count()
    other = lesson_file(id="E98", slug="ander")
    changed, [conflict] = load(curriculum_folder(tmp_path, other, lesson_file(**FROM_FILE)))
    assert (changed, title()) == (1, "Van Eva")
    assert (conflict.code, conflict.edited_by) == ("E99", "eva")
    assert Revision.objects.count() == revisions + 1  # of E98
    assert [one.code for one in load(tmp_path)[1]] == ["E99"]  # until someone chooses


@pytest.mark.parametrize("user", ["eva", None])
def test_a_draft_that_was_not_published_yet_counts_too(lesson, tmp_path, eva, user):
    edit(lesson, eva if user else None, "Een concept", publish=False)
    _, [conflict] = load(curriculum_folder(tmp_path, lesson_file(**FROM_FILE)))
    assert conflict.edited_by == user
    assert ModulePage.objects.get(code="E99").get_latest_revision_as_object().title == "Een concept"


def test_the_command_says_which_by_whom_and_the_ways_out_and_ends_well(lesson, tmp_path, eva, capsys):
    edit(lesson, eva, "Van Eva")
    call_command("load_curriculum", curriculum_folder(tmp_path, lesson_file(**FROM_FILE)))
    said = capsys.readouterr().out
    assert said.startswith("Niets veranderd.\nDeze zijn veranderd in het bestand én in de editor.")
    assert "- E99 Van Eva: laatst bewaard op " in said
    assert said.endswith("uur door eva\n")
    assert f"manage.py export_curriculum {tmp_path} CODE" in said
    assert f"manage.py load_curriculum {tmp_path} --force CODE" in said
    assert "Achternaam" not in said
    assert "voorbeeld.nl" not in said


def test_force_takes_the_file_and_keeps_the_authors_text_in_the_history(lesson, tmp_path, eva):
    edit(lesson, eva, "Van Eva")
    before = lesson.revisions.count()
    curriculum_folder(tmp_path, lesson_file(**FROM_FILE))
    assert load(tmp_path, force=Force()) == (1, [])
    assert title() == "Uit het bestand"
    assert lesson.revisions.count() == before + 1
    assert "Van Eva" in {revision.content["title"] for revision in lesson.revisions.all()}
    assert load(tmp_path) == (0, [])


def test_force_with_codes_takes_those_and_leaves_the_others(lesson, tmp_path, eva):
    load(curriculum_folder(tmp_path, lesson_file(id="E98", slug="ander")))
    for page in ModulePage.objects.filter(code__in=["E98", "E99"]):
        edit(page, eva, "Van Eva")
    curriculum_folder(tmp_path, lesson_file(**FROM_FILE), lesson_file(id="E98", slug="ander", **FROM_FILE))
    changed, conflicts = load(tmp_path, force=Force(frozenset({"e98"})))
    assert (changed, [conflict.code for conflict in conflicts]) == (1, ["E99"])
    assert (title(), ModulePage.objects.get(code="E98").title) == ("Van Eva", "Uit het bestand")


def test_force_without_codes_leaves_what_only_the_author_changed(lesson, tmp_path, eva):
    edit(lesson, eva, "Van Eva")
    assert load(tmp_path, force=Force()) == (0, [])
    assert title() == "Van Eva"


def test_force_with_a_code_goes_back_to_the_file(lesson, tmp_path, eva):
    edit(lesson, eva, "Van Eva")
    assert load(tmp_path, force=Force(frozenset({"E99"}))) == (1, [])
    assert title() == "De proefles"
    assert load(tmp_path, force=Force(frozenset({"E99"}))) == (0, [])


def test_a_code_to_force_that_is_in_no_file_stops_everything(lesson, tmp_path):
    curriculum_folder(tmp_path, lesson_file(**FROM_FILE))
    with pytest.raises(CommandError, match="'E42' staat niet in de bestanden; een map noem je vóór --force"):
        call_command("load_curriculum", tmp_path, "--force", "E99", "E42")
    assert title() == "De proefles"


def test_exporting_ends_the_conflict_without_a_new_revision(lesson, tmp_path, eva):
    edit(lesson, eva, "Van Eva")
    curriculum_folder(tmp_path, lesson_file(**FROM_FILE))
    assert load(tmp_path)[1]
    revisions = Revision.objects.count()
    export_curriculum(tmp_path, ["E99"])
    assert load(tmp_path) == (0, [])
    assert (title(), Revision.objects.count()) == ("Van Eva", revisions)
    curriculum_folder(tmp_path, lesson_file(**FROM_FILE))
    assert load(tmp_path) == (1, [])  # a later change of the file loads again


def test_both_made_the_same_change_so_there_is_no_conflict(lesson, tmp_path, eva):
    edit(lesson, eva, "Uit het bestand")
    lesson.title_makkelijk = FROM_FILE["title"]["makkelijk"]
    lesson.save_revision(user=eva).publish()
    assert load(curriculum_folder(tmp_path, lesson_file(**FROM_FILE))) == (0, [])


def test_another_way_to_write_the_same_file_is_no_change(lesson, tmp_path, eva):
    edit(lesson, eva, "Van Eva")
    file = tmp_path / "modules/E99/module.yaml"
    file.write_text("# een opmerking\n" + file.read_text().replace('", "', '",\n  "'))
    assert load(tmp_path) == (0, [])


def test_publishing_without_a_change_is_no_edit(lesson, tmp_path, eva):
    lesson.goals = lesson.goals + "\r\n"
    lesson.save_revision(user=eva).publish(user=eva)
    assert load(curriculum_folder(tmp_path, lesson_file(**FROM_FILE))) == (1, [])


def test_an_author_who_brings_an_old_revision_back_is_not_overruled(lesson, tmp_path, eva):
    old = lesson.latest_revision
    load(curriculum_folder(tmp_path, lesson_file(**FROM_FILE)))
    old.as_object().save_revision(user=eva).publish(user=eva)
    assert load(tmp_path) == (0, [])
    _, conflicts = load(curriculum_folder(tmp_path, lesson_file(title=twin("Weer anders"))))
    assert [conflict.code for conflict in conflicts] == ["E99"]
    assert title() == "De proefles"


def test_taking_a_lesson_off_the_site_is_a_change_too(lesson, tmp_path):
    lesson.unpublish()
    _, conflicts = load(curriculum_folder(tmp_path, lesson_file(**FROM_FILE)))
    assert [conflict.code for conflict in conflicts] == ["E99"]
    assert not ModulePage.objects.get(code="E99").live


def test_what_comes_first_is_part_of_a_lesson(lesson, tmp_path, eva):
    load(curriculum_folder(tmp_path, lesson_file(id="E98", slug="ander"), lesson_file(prerequisites=["E98"])))
    page = ModulePage.objects.get(code="E99")
    assert page.latest_revision.content["prerequisites"] == [ModulePage.objects.get(code="E98").pk]
    page.prerequisites.clear()
    page.save_revision(user=eva).publish(user=eva)
    assert load(tmp_path) == (0, [])
    assert not ModulePage.objects.get(code="E99").prerequisites.exists()


def test_a_lesson_that_an_author_made_under_the_code_of_a_file_is_not_overwritten(tmp_path, eva):
    own = ModulePage(title="Van Eva", title_makkelijk="x", slug="eva", code="E99", goals="x", goals_makkelijk="x",
                     track="E")  # fmt: skip
    CataloguePage.objects.get().add_child(instance=own)
    _, conflicts = load(curriculum_folder(tmp_path, lesson_file()))
    assert [conflict.code for conflict in conflicts] == ["E99"]
    assert title() == "Van Eva"


def test_an_announced_lesson_that_becomes_real_loads_also_where_the_digest_is_an_old_one(tmp_path):
    load(curriculum_folder(tmp_path, lesson_file(status="announced", steps=[])))
    ModulePage.objects.filter(code="E99").update(source_digest="0" * 64)
    assert load(curriculum_folder(tmp_path, lesson_file(**FROM_FILE))) == (1, [])
    assert ModulePage.objects.get(code="E99").live


def test_an_announced_lesson_that_an_author_is_writing_is_not_overwritten(tmp_path, eva):
    load(curriculum_folder(tmp_path, lesson_file(status="announced", steps=[])))
    edit(ModulePage.objects.get(code="E99"), eva, "Van Eva", publish=False)
    assert [conflict.code for conflict in load(curriculum_folder(tmp_path, lesson_file()))[1]] == ["E99"]


@pytest.mark.parametrize("old", ["", "0" * 64])
def test_rows_of_before_this_rule_that_equal_their_file_are_untouched(lesson, tmp_path, old):
    for model in (ModulePage, Fact, GlossaryTerm):
        model.objects.all().update(source_digest=old)
    revisions = Revision.objects.count()
    assert load(tmp_path) == load(CURRICULUM) == (0, [])
    assert Revision.objects.count() == revisions
    assert load(curriculum_folder(tmp_path, lesson_file(**FROM_FILE))) == (1, [])


def test_rows_of_before_this_rule_that_differ_from_their_file_count_as_edited(lesson, tmp_path):
    ModulePage.objects.filter(code="E99").update(source_digest="0" * 64)
    Fact.objects.filter(code="F901").update(source_digest="0" * 64)
    curriculum_folder(tmp_path, lesson_file(**FROM_FILE), facts=[{**FACTS[0], "source": "Anders"}])
    assert {conflict.code for conflict in load(tmp_path)[1]} == {"E99", "F901"}


def test_revisions_of_before_learn_what_comes_first(tmp_path):
    from importlib import import_module

    from django.apps import apps

    page = ModulePage.objects.get(code="B2")
    first = sorted(page.latest_revision.content["prerequisites"])
    assert first == sorted(page.prerequisites.values_list("pk", flat=True))
    revision = page.latest_revision
    revision.content["prerequisites"] = []
    revision.save()
    import_module("modules.migrations.0002_revisions_know_what_comes_first").put_links_in(apps, None)
    assert sorted(Revision.objects.get(pk=revision.pk).content["prerequisites"]) == first


NEW_FACT = [{**FACTS[0], **twin("Nieuw feit.")}]
NEW_WORD = [{**GLOSSARY[0], "explanation": "Nieuw uit het bestand."}]


def test_a_fact_and_a_word_that_only_an_author_changed_stay(lesson, tmp_path):
    Fact.objects.filter(code="F901").update(text_standaard="Van Eva.")
    GlossaryTerm.objects.filter(slug="proefwoord").update(explanation="Van Eva.")
    assert load(tmp_path) == (0, [])
    assert Fact.objects.get(code="F901").text_standaard == "Van Eva."
    assert GlossaryTerm.objects.get(slug="proefwoord").explanation == "Van Eva."


def test_a_fact_and_a_word_that_changed_on_both_sides_stay_and_are_reported(lesson, tmp_path, eva):
    fact, word = Fact.objects.get(code="F901"), GlossaryTerm.objects.get(slug="proefwoord")
    fact.text_standaard = word.explanation = "Van Eva."
    for row in (fact, word):
        row.save()
        log(row, "wagtail.edit", user=eva)
    curriculum_folder(tmp_path, facts=NEW_FACT, glossary=NEW_WORD)
    changed, conflicts = load(tmp_path)
    assert changed == 0
    assert [(one.code, one.title, one.edited_by) for one in conflicts] == [
        ("F901", "(feit)", "eva"), ("proefwoord", "(woord)", "eva")
    ]  # fmt: skip
    assert Fact.objects.get(code="F901").text_standaard == "Van Eva."
    assert GlossaryTerm.objects.get(slug="proefwoord").explanation == "Van Eva."


def test_force_on_a_fact_says_what_stood_there_and_keeps_it_in_the_log(lesson, tmp_path):
    Fact.objects.filter(code="F901").update(text_standaard="Van Eva.")
    Fact.objects.filter(code="F9").update(source="Ook van Eva")
    said: list[str] = []
    curriculum_folder(tmp_path, facts=NEW_FACT)
    assert load(tmp_path, force=Force(frozenset({"f901"})), report=said.append) == (0, [])
    fact = Fact.objects.get(code="F901")
    assert fact.text_standaard == "Nieuw feit."
    assert said == ["F901: vervangen. Er stond: Van Eva. | Het feit."]
    assert registry.get_logs_for_instance(fact).first().data["was"]["text_standaard"] == "Van Eva."
    assert Fact.objects.get(code="F9").source == "Ook van Eva"


def test_a_load_that_is_interrupted_in_the_middle_writes_nothing(lesson, tmp_path):
    revisions = Revision.objects.count()
    other = lesson_file(id="E98", slug="ander")
    curriculum_folder(tmp_path, other, lesson_file(**FROM_FILE), facts=NEW_FACT, glossary=NEW_WORD)

    def interrupted(line: str) -> None:
        if line.startswith("E98"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_curriculum(tmp_path, report=interrupted)
    assert (title(), Revision.objects.count()) == ("De proefles", revisions)
    assert not ModulePage.objects.filter(code="E98").exists()
    assert Fact.objects.get(code="F901").text_standaard == "Het feit van de proefles."
    assert load(tmp_path) == (2, [])


def test_two_loads_at_once_give_one_lesson_and_one_revision(real_transactions, tmp_path):
    load_lesson(tmp_path)
    before = Revision.objects.count()
    curriculum_folder(tmp_path, lesson_file(**FROM_FILE), lesson_file(id="E98", slug="ander"), facts=NEW_FACT)
    gate, results = threading.Barrier(2), []

    def run() -> None:
        try:
            gate.wait()
            results.append(load_curriculum(tmp_path))
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results, key=str) == [0, 2]
    assert Revision.objects.count() == before + 2
    assert ModulePage.objects.filter(code="E98").count() == 1
    assert title() == "Uit het bestand"
