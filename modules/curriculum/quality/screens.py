"""What stands together on one screen of a lesson in a file, per variant: it has to fit in 60 words, or in 35."""

from collections.abc import Iterator
from typing import Any

from assessments.exercises.zoek_de_fout.block import PLACES
from language import limits
from language.markup import plain
from language.queries import WordsAndFacts
from language.variant import Variant
from modules.curriculum.convert import lists_in
from modules.speech import KIND_HEADINGS

Step = dict[str, Any]
ANSWERS = {
    "keuze": "options",
    "waar_onwaar": "reasons",
    "volgorde": "items",
    "dit_doe_ik": "options",
    "zoek_de_fout": "parts",
    "scenario": "options",
}
OWN_PLAN = "Ik kies zelf iets.\nVandaag niet.\nAlleen jij ziet dit.\nOver 7 dagen vragen we: gelukt?"
OWN_FIELD = "Voor jezelf\nWis\nDit blijft op je telefoon.\nNiemand leest het."


def twins(value: Any) -> Iterator[dict[str, str]]:
    """Every twin text inside a value of a file, feedback and trade versions too."""
    if isinstance(value, dict) and Variant.MAKKELIJK in value:
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from twins(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from twins(inner)


def visible(holder: Step, name: str, variant: Variant) -> list[Step]:
    """The items of a list that this variant shows."""
    hides = variant is Variant.MAKKELIJK
    return [item for item in holder.get(name, []) if not (hides and item.get("only_standaard"))]


class Screens:
    """Reads the steps of files with the words and facts that stand beside them."""

    def __init__(self, texts: WordsAndFacts, plan: dict[str, str] | None = None) -> None:
        """plan: the first that the lesson proposes to do today; its card shows it again."""
        self._texts, self._plan = texts, plan

    def shown(self, twin: dict[str, str], variant: Variant) -> str:
        """One text as it is seen: without marks, with its facts."""
        return plain(twin[variant], variant, self._texts)

    def answers(self, step: Step, variant: Variant) -> list[str]:
        """What a learner chooses from in this step."""
        found = visible(step, ANSWERS.get(step["type"], ""), variant)
        for moment in step.get("moments", []):
            found = [*found, *visible(moment, "options", variant)]
        return [self.shown(item.get("text", item), variant) for item in found]

    def of(self, step: Step, variant: Variant) -> list[str]:
        """Every screen of this step, its feedback included: that comes later, and is a screen of its own."""
        reader = getattr(self, f"_{step['type']}", self._question)
        feedback = [holder for _, items in lists_in(step) for holder in items] + [step]
        told = [self.shown(holder[name], variant) for holder in feedback for name in ("why", "hint") if name in holder]
        return [*reader(step, variant), *self._told_together(step, variant), *told]

    def _hook(self, step: Step, variant: Variant) -> list[str]:
        texts = [step["text"], *step.get("trades", {}).values()]
        return [f"{self.shown(step['title'], variant)}\n{self.shown(text, variant)}" for text in texts]

    _screen = _hook

    def _question(self, step: Step, variant: Variant) -> list[str]:
        asked = self.shown(step["question"], variant)
        return ["\n".join([self._heading(step), asked, *self.answers(step, variant)])]

    def _waar_onwaar(self, step: Step, variant: Variant) -> list[str]:
        """Once it is answered, the reasons come below the answer."""
        chosen = "Waar" if step["is_true"] else "Niet waar"
        asked = [chosen, "Jouw keuze", "Waarom denk je dat?"] if step.get("reasons") else ["Waar", "Niet waar"]
        head = [self._heading(step), self.shown(step["statement"], variant)]
        return ["\n".join([*head, *asked, *self.answers(step, variant)])]

    def _heading(self, step: Step) -> str:
        """What stands above an exercise that has no title of its own."""
        return KIND_HEADINGS.get(step["type"], "")

    def _volgorde(self, step: Step, variant: Variant) -> list[str]:
        """With the number that each step gets."""
        return [self._question(step, variant)[0] + "\n1 2 3 4 5 6"[: 2 * len(visible(step, "items", variant))]]

    def _dit_doe_ik(self, step: Step, variant: Variant) -> list[str]:
        shown = 1 if variant is Variant.MAKKELIJK else 2
        plans = self.answers(step, variant)[:shown]
        return ["\n".join([self._heading(step), self.shown(step["question"], variant), *plans, OWN_PLAN])]

    def _sorteer(self, step: Step, variant: Variant) -> list[str]:
        cards = [(step["question"], card["tool"], card["text"]) for card in visible(step, "cards", variant)]
        return ["\n".join([self._heading(step), *(self.shown(part, variant) for part in card)]) for card in cards]

    def _reflectie(self, step: Step, variant: Variant) -> list[str]:
        helps = [self.shown(help, variant) for help in step["helps"]]
        return ["\n".join(["Denk even na", self.shown(step["question"], variant), "Denk aan:", *helps, OWN_FIELD])]

    def _oefenchat(self, step: Step, variant: Variant) -> list[str]:
        """As it begins, and once it is sent: then the answer stands below what was left of the note."""
        question, note = (self.shown(step[name], variant) for name in ("question", "note"))
        heads = f"Oefening. Er gaat niets naar buiten.\n{question}\nJouw opdracht\n"
        asked = f"Oefenchat\n{heads}{note}\nPas zelf aan"
        for part in visible(step, "parts", variant):
            if part["kind"] != "niets":
                instead = self.shown(part["instead"], variant) if "instead" in part else ""
                note = note.replace(self.shown(part["text"], variant), instead)
        return [asked, f"{heads}{note}\nOefen-assistent\n{self.shown(step['answer'], variant)}"]

    def _card(self, step: Step, variant: Variant) -> list[str]:
        lines = [self.shown(line["text"], variant) for line in step["lines"]]
        today = ["Vandaag:", self.shown(self._plan, variant), "Kies iets anders"] if self._plan else []
        return ["\n".join(["Klaar", "Dit neem je mee.", *lines, *today])]

    def _zoek_de_fout(self, step: Step, variant: Variant) -> list[str]:
        parts = visible(step, "parts", variant)
        speakers = {part.get("who") or str(PLACES.get(part.get("place", ""), "")): "" for part in parts}
        told = "Geen fout"  # beside what was tapped and is right
        return ["\n".join([self.shown(step["question"], variant), *speakers, *self.answers(step, variant), told])]

    def _scenario(self, step: Step, variant: Variant) -> list[str]:
        """Both decisions with their choices, and each ending."""
        back = "\nTerug naar de vorige keuze"
        first, *later = [
            "\n".join([self.shown(text, variant), *self._choices(holder, variant)])
            for text, holder in [(step["question"], step), *((moment["text"], moment) for moment in step["moments"])]
        ]
        ways = step["endings"].values()
        endings = [f"{self.shown(end['text'], variant)}\n{self.shown(end['next_time'], variant)}" for end in ways]
        title = self.shown(step["title"], variant)
        return [f"{title}\n{text}" for text in [first, *(text + back for text in later), *endings]]

    def _choices(self, holder: Step, variant: Variant) -> list[str]:
        return [self.shown(option["text"], variant) for option in visible(holder, "options", variant)]

    def _vul_de_prompt(self, step: Step, variant: Variant) -> list[str]:
        return [*self._slots(step, variant), *self._prompt_outcomes(step, variant)]

    def _slots(self, step: Step, variant: Variant) -> list[str]:
        """A screen per slot, each with the longest prompt that can stand above it; the task stands on the first."""
        found: list[str] = []
        above = self.shown(step["task"], variant)
        for slot in step["slots"]:
            tiles = [self.shown(tile["text"], variant) for tile in visible(slot, "tiles", variant)]
            longest = max(tiles, key=lambda text: len(limits.words(text)))
            lines = [self.shown(step["question"], variant), above, longest, self.shown(slot["name"], variant), *tiles]
            found.append("\n".join([*lines, "Jouw opdracht", *(["Vorige"] if found else [])]))
            above = f"{above} {longest}" if len(found) > 1 else longest
        return found

    def _prompt_outcomes(self, step: Step, variant: Variant) -> list[str]:
        """The feedback with the answer of the assistant: on a good prompt and on each vague one."""
        same = "Zo zou een antwoord kunnen zijn\nOefening. Er gaat niets naar buiten."
        vague = [tile for slot in step["slots"] for tile in visible(slot, "tiles", variant) if tile["sort"] == "vaag"]
        pairs = [("Klopt. Waarom?", step["why"], step["answer"])]
        pairs += [("Nog niet. Kijk hiernaar", tile["why"], step["vague_answer"]) for tile in vague]
        return [
            "\n".join([told, self.shown(why, variant), same, self.shown(answer, variant)])
            for told, why, answer in pairs
        ]

    def _told_together(self, step: Step, variant: Variant) -> list[str]:
        """What a keuze with more right answers says at once: of all that is right, of all that is not."""
        if step["type"] != "keuze" or sum(option.get("right", False) for option in step["options"]) < 2:
            return []
        whys: dict[bool, list[str]] = {True: [], False: []}
        for option in visible(step, "options", variant):
            whys[option.get("right", False)].append(self.shown(option["why"], variant))
        return ["\n".join(["Klopt. Waarom?", *whys[True]]), "\n".join(["Nog niet. Kijk hiernaar", *whys[False]])]
