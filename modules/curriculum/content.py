"""What a lesson, fact or word says, in the form of its curriculum file, and a digest that tells whether two agree.

Two texts that look the same on screen are the same here: spaces at the ends of lines, the line ends that a browser
sends and the order of a list without order make no difference. A field that is not used is left out, so that a new
kind of field changes no digest.
"""

import hashlib
import json
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from language.languages import LANGUAGES
from language.models import Fact, GlossaryTerm, HardWord
from media.models import Pronunciation
from modules.choices import Level, Trade
from modules.curriculum.convert import Data, file_steps, stored_steps
from modules.curriculum.photos import identity
from modules.models import ModulePage

FLAGS = {"may_change": "may_change", "secondary": "is_secondary"}
"""Of a fact: how its file calls what is true or left out, and the field of the row."""
SPOKEN = "uitspraak:"  # before the word, to name its pronunciation and not the word of the list


def page_fields(data: Data) -> Data:
    """The fields of the page for what a module file says; not its steps and what comes first."""
    return {
        "slug": data["slug"],
        "title": data["title"]["standaard"],
        "draft_title": data["title"]["standaard"],
        "title_makkelijk": data["title"]["makkelijk"],
        "goals": "\n".join(goal["standaard"] for goal in data["goals"]),
        "goals_makkelijk": "\n".join(goal["makkelijk"] for goal in data["goals"]),
        "minutes": data["minutes"],
        "track": data["track"],
        "trades": data.get("trades", []),
        "levels": data["levels"],
        "digcomp": ", ".join(data.get("digcomp", [])),
        "pictogram": data["pictogram"],
        "announced": data.get("status") == "announced",
    }


def fill_page(page: ModulePage, data: Data, **options: Any) -> ModulePage:
    """Give a page what its file says; `options` as of `stored_steps`."""
    for name, value in page_fields(data).items():
        setattr(page, name, value)
    page.steps = json.dumps(stored_steps(data.get("steps", []), **options))
    return page


def module_data(page: ModulePage, first: Iterable[str] | None = None) -> Data:
    """What a page, or a draft of it, says in the form of module.yaml; `first`: codes of what comes first.

    A page that is neither published nor announced has the status 'draft', which no file may have.
    """
    codes = [other.code for other in page.prerequisites.all()] if first is None else first
    goals = zip_longest(_lines(page.goals), _lines(page.goals_makkelijk), fillvalue="")
    data = {
        "id": page.code,
        "slug": page.slug,
        "title": page.title_twin,
        "goals": [{"standaard": standaard, "makkelijk": makkelijk} for standaard, makkelijk in goals],
        "minutes": page.minutes,
        "track": page.track,
        "trades": [trade for trade in Trade.values if trade in page.trades],
        "levels": [level for level in Level.values if level in page.levels],
        "digcomp": [code.strip() for code in page.digcomp.split(",") if code.strip()],
        "pictogram": page.pictogram,
        "prerequisites": sorted(codes),
        "status": "published" if page.live else "announced" if page.announced else "draft",
        "steps": file_steps(page.steps.get_prep_value()),
    }
    return tidy({name: value for name, value in data.items() if value not in ([], "")})


def file_digest(data: Data) -> str:
    """The digest of what a page would say after loading this module file."""
    page = fill_page(ModulePage(code=data["id"], live=data.get("status", "published") == "published"), data)
    return digest(module_data(page, data.get("prerequisites", [])))


def fact_values(entry: Data) -> Data:
    """The fields of a fact for what facts.yaml says."""
    return tidy(
        {
            "text_standaard": entry["standaard"],
            "text_makkelijk": entry["makkelijk"],
            "source": entry["source"],
            "checked_on": entry["checked_on"],
            "review_by": entry["review_by"],
            **{field: True for name, field in FLAGS.items() if entry.get(name)},
        }
    )


def word_values(entry: Data) -> Data:
    """The fields of a word for what glossary.yaml says."""
    values = {name: entry[name] for name in ("term", "explanation", "pictogram")}
    languages = entry.get("languages", {})
    more = {
        "forms": sorted(set(tidy(entry.get("forms", [])))),
        "not_forms": sorted(set(tidy(entry.get("not_forms", [])))),
        "languages": {code: _in_language(languages[code]) for code in LANGUAGES if code in languages},
    }
    return tidy(values | {name: value for name, value in more.items() if value})


def spoken_values(entry: Data) -> Data:
    """The fields of a pronunciation for what pronunciation.yaml says."""
    return tidy({name: entry[name] for name in ("written", "spoken")})


def spoken_data(row: Pronunciation) -> Data:
    """A pronunciation in the form of pronunciation.yaml."""
    return tidy({"written": row.written, "spoken": row.spoken})


def hard_word_values(entry: Data) -> Data:
    """The fields of a hard word for what hard_words.yaml says."""
    return tidy({"term": entry["term"], "plainer": entry.get("plainer", "")})


def hard_word_data(word: HardWord) -> Data:
    """A hard word in the form of hard_words.yaml."""
    return {
        name: value for name, value in hard_word_values({"term": word.term, "plainer": word.plainer}).items() if value
    }


def fact_data(fact: Fact) -> Data:
    """A fact in the form of facts.yaml."""
    return tidy(
        {
            "code": fact.code,
            "standaard": fact.text_standaard,
            "makkelijk": fact.text_makkelijk,
            "source": fact.source,
            "checked_on": fact.checked_on.isoformat(),
            "review_by": fact.review_by.isoformat(),
            **{name: True for name, field in FLAGS.items() if getattr(fact, field)},
        }
    )


def word_data(term: GlossaryTerm) -> Data:
    """A word in the form of glossary.yaml."""
    forms = term.forms.all()
    return word_values(
        {
            "term": term.term,
            "explanation": term.explanation,
            "pictogram": term.pictogram,
            "forms": [row.form for row in forms if not row.is_made and not row.refused],
            "not_forms": [row.form for row in forms if row.refused],
            "languages": {
                row.language: {"word": row.text, "explanation": row.explanation} for row in term.translations.all()
            },
        }
    )


def digest(data: Data) -> str:
    """Equal for equal content, whatever the order of the keys and the names of photos."""
    return hashlib.sha256(json.dumps(_with_identities(data), sort_keys=True).encode()).hexdigest()


def _with_identities(data: Data) -> Data:
    steps = [
        {**step, "picture": {**step["picture"], "photo": identity(step["picture"]["photo"])}}
        if isinstance(step.get("picture"), dict) and step["picture"].get("photo")
        else step
        for step in data.get("steps", [])
    ]
    return {**data, "steps": steps} if steps else data


def tidy(value: Any) -> Any:
    """The same content without spaces that nobody sees."""
    if isinstance(value, str):
        return "\n".join(line.rstrip() for line in value.strip().replace("\r\n", "\n").split("\n"))
    if isinstance(value, dict):
        return {name: tidy(inner) for name, inner in value.items()}
    return [tidy(inner) for inner in value] if isinstance(value, list) else value


def _in_language(entry: Any) -> Any:
    """The word alone, or with its explanation where there is one."""
    if isinstance(entry, dict) and not entry.get("explanation"):
        return entry["word"]
    return entry


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
