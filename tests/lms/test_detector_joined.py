"""The detector as a phone gets it: its files joined into one."""

import json
import subprocess

import brotli
import pytest

from lms.bundles import join_js, source_of
from lms.exercise_files import needed_files
from tests.detector import find_all

TEXTS = [
    "Mevrouw De Vries (12-03-1941) woont op Kerkstraat 3a, 9401 AB. Zij heeft diabetes.",
    "Bel J. Bakker op 06-12345678 of mail j@b.nl, klantnummer 48213, wachtwoord: Welkom01!",
    "BSN 111222333, NL91ABNA0417164300, kenteken XK-123-B.",
    "De boer belt.",
]
KINDS = [
    "naam",
    "adres",
    "postcode",
    "geboortedatum",
    "bsn",
    "iban",
    "telefoon",
    "email",
    "kenteken",
    "gezondheid",
    "nummer",
    "wachtwoord",
    "te-lang",
]


@pytest.fixture
def joined(settings):
    parts = dict.fromkeys([*needed_files("language/detector/find.js"), *needed_files("language/detector/advice.js")])
    return join_js({part: source_of(part) for part in parts}, exported=("findPersonalData", "advice", "useLists"))


def run_joined(joined, ask, tmp_path):
    script = tmp_path / "joined.mjs"
    lists = source_of("language/detector/lists.json")
    script.write_text(f"{joined}\nuseLists({lists});process.stdout.write(JSON.stringify({ask}));", encoding="utf-8")
    return json.loads(subprocess.run(["node", str(script)], capture_output=True, text=True, check=True).stdout)


def test_joined_it_finds_the_same(joined, tmp_path):
    assert run_joined(joined, f"{json.dumps(TEXTS)}.map(findPersonalData)", tmp_path) == find_all(TEXTS)


def test_it_is_small_enough_for_a_page_of_20_kb_script(joined):
    assert len(brotli.compress(joined.encode(), quality=11)) < 7_000
    assert len(brotli.compress(source_of("language/detector/lists.json").encode(), quality=11)) < 3_300


def test_without_its_lists_it_calls_no_text_clean(joined, tmp_path):
    script = tmp_path / "joined.mjs"
    script.write_text(f'{joined}\nfindPersonalData("Vandaag is het maandag.");', encoding="utf-8")
    done = subprocess.run(["node", str(script)], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "the lists of the detector are not here yet" in done.stderr


def test_every_kind_says_what_it_is_and_what_to_write_in_both_variants(joined, tmp_path):
    said = run_joined(joined, f"{json.dumps(KINDS)}.map(advice)", tmp_path)
    for advice in said:
        for twin in (advice["what"], advice["instead"]):
            for variant, most in (("makkelijk", 10), ("standaard", 18)):
                sentences = [sentence for sentence in twin[variant].split(". ") if sentence]
                assert sentences
                assert all(len(sentence.split()) <= most for sentence in sentences)


def test_it_asks_nothing_of_page_or_network(joined):
    for word in ("document", "window", "fetch", "localStorage", "indexedDB", "navigator", "XMLHttpRequest", "console"):
        assert word not in joined
