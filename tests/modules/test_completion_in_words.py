"""What the editor says about when a lesson is done, is what the rule does."""

import re

import pytest

from assessments.exercises import KINDS
from modules.completion import describe, is_complete
from modules.models import CataloguePage, ModulePage
from modules.steps import Steps
from people.models import User
from tests.factories import STEPS, twin

pytestmark = pytest.mark.django_db


def promised(steps: Steps) -> dict[int, int]:
    """Per step number how many right answers the first sentence asks; one, or that of its parts."""
    first = describe(steps)[0]
    assert first.startswith(f"Klaar = alle {len(steps)} stappen gezien")
    named = first.partition(": stap ")[2].rstrip(".")
    return {int(m[1]): int(m[2] or 1) for m in re.finditer(r"(\d+)(?: \(alle (\d+)[^)]*\))?", named)}


def follow(steps: Steps) -> dict:
    """The results of someone who does what the words ask, and no more."""
    results: dict[str, dict] = {}
    for number, count in promised(steps).items():
        step = steps.all[number - 1]
        parts = sorted(step.kind.required(step.value))
        assert len(parts) == count
        results[step.id] = dict.fromkeys(parts, True)
    for number in without_right(steps):
        results[steps.all[number - 1].id] = {"": None}
    return results


def without_right(steps: Steps) -> list[int]:
    return [int(m[1]) for line in describe(steps) if (m := re.match(r"Stap (\d+) heeft geen goed of fout", line))]


def staying(steps: Steps) -> list[int]:
    lines = describe(steps)
    return [int(m[1]) for line in lines if (m := re.fullmatch(r"Stap (\d+) blijft op de telefoon .* genoeg\.", line))]


def every_lesson(lesson: ModulePage) -> list[Steps]:
    return [page.outline for page in ModulePage.objects.live()]


def test_the_words_for_the_lesson_with_every_kind(lesson):
    graded = [number for number, step in enumerate(STEPS, 1) if step["type"] in KINDS and KINDS[step["type"]].graded]
    without = [number for number, step in enumerate(STEPS, 1) if step["type"] in ("h5p", "scenario", "dit_doe_ik")]
    plays = next(number for number, step in enumerate(STEPS, 1) if step["type"] == "h5p")
    stays = [number for number, step in enumerate(STEPS, 1) if step["type"] == "reflectie"]
    assert describe(lesson.outline) == [
        f"Klaar = alle {len(STEPS)} stappen gezien, en bij {len(graded)} vragen het goede antwoord: "
        f"stap 3 (alle 3 kaarten van Makkelijk), {', '.join(map(str, graded[1:]))}.",
        "Bij stap 3 staat 1 van de 4 kaarten alleen in Gewoon. Die overslaan mag. "
        "Wie antwoord geeft, moet het goed hebben.",
        *(
            f"Stap {number} heeft geen goed of fout. {'Afmaken' if number == plays else 'Kiezen'} moet wel."
            for number in without
        ),
        *(f"Stap {number} blijft op de telefoon van de leerling. Gezien is genoeg." for number in stays),
    ]


def test_who_does_what_the_words_say_is_done(lesson):
    for steps in every_lesson(lesson):
        assert is_complete(steps, steps.ids, follow(steps))


def test_who_leaves_out_anything_the_words_ask_is_not_done(lesson):
    for steps in every_lesson(lesson):
        results = follow(steps)
        for step_id in steps.ids:
            assert not is_complete(steps, [one for one in steps.ids if one != step_id], results)
        for step_id, parts in results.items():
            for part in parts:
                fewer = {name: verdict for name, verdict in parts.items() if name != part}
                assert not is_complete(steps, steps.ids, {**results, step_id: fewer})


def test_who_has_anything_wrong_that_the_words_ask_is_not_done(lesson):
    for steps in every_lesson(lesson):
        results = follow(steps)
        for number in promised(steps):
            step_id = steps.all[number - 1].id
            for part in results[step_id]:
                wrong = {**results[step_id], part: False}
                assert not is_complete(steps, steps.ids, {**results, step_id: wrong})


def test_a_card_for_gewoon_only_may_be_skipped_and_may_not_stay_wrong(lesson):
    steps, results = lesson.outline, follow(lesson.outline)
    assert "e-k4" not in results["e-sorteer"]
    for verdict in (True, False):
        cards = {**results["e-sorteer"], "e-k4": verdict}
        assert is_complete(steps, steps.ids, {**results, "e-sorteer": cards}) is verdict


def test_every_exercise_is_named_once(lesson):
    for steps in every_lesson(lesson):
        exercises = {steps.ids.index(step.id) + 1 for step, _ in steps.exercises()}
        assert exercises == {*promised(steps), *without_right(steps), *staying(steps)}
        assert not {*staying(steps)} & {*promised(steps), *without_right(steps)}


def test_a_lesson_without_steps_cannot_be_done_and_says_so():
    assert "nog geen stappen" in describe(Steps([]))[0]
    assert not is_complete(Steps([]), [], {})


def test_a_lesson_to_read_only_asks_to_see_it():
    screen = {"id": "a", "type": "screen", "value": {"title": twin("Titel")}}
    assert describe(Steps([screen])) == ["Klaar = de ene stap gezien."]
    assert describe(Steps([screen, {**screen, "id": "b"}])) == ["Klaar = alle 2 stappen gezien."]


def test_the_editor_shows_the_rule_of_the_lesson_and_of_a_new_one(lesson, as_user):
    from modules.authors import ensure_author_group

    eva = User.objects.create_user("eva", first_name="Eva")
    eva.groups.add(ensure_author_group(CataloguePage.objects.get()))
    page = as_user(eva).get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    assert "Wanneer is de les klaar?" in page
    assert describe(lesson.outline)[0] in page
    empty = ModulePage(title="Leeg", slug="leeg", code="E98", live=False)
    CataloguePage.objects.get().add_child(instance=empty)
    assert "nog geen stappen" in as_user(eva).get(f"/admin/pages/{empty.pk}/edit/").content.decode()
