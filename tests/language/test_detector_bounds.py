"""The detector on any text: nothing thrown, places inside the text, no overlap, work that grows with length."""

import random
import re

import pytest

from tests.detector import find_all, run_node, utf16

KINDS = {
    "naam", "adres", "postcode", "geboortedatum", "bsn", "iban", "telefoon", "email", "kenteken",
    "gezondheid", "nummer", "wachtwoord", "te-lang",
}  # fmt: skip
PIECES = [
    "Jan", "de", "Vries", "mw.", "J.", "Kerkstraat", "12", "9401 AB", "06-12345678",
    "NL91ABNA0417164300", "111222333", "wachtwoord:", "klantnummer", "geboren", "12-03-1984", "a@b.nl",
    "@", ".", "-", "'", "’", "\n", "\t", " ", "  ", "\0", "#", "XK-123-B", "diabetes", "Hij", "woont",
    "op", "nummer", "é", "e\u0301", "\u202e", "\u200b", "\ufeff", "👩‍👩‍👧", "🏳️‍🌈", "ﷺ", "ﬁ", "\ud83d",
    "\udc69", "１２", "Ω", "你好", "שלום", "مرحبا", "İ", "ı", "ß", "<script>", "(", "[", "\\", "+31", "0031",
    "€",
]  # fmt: skip
HOSTILE = [
    "a", "A", "1", "0", ".", "-", "'", " ", "\n", "@", "a.", "a-", "a'", "A ", "1 ", "1-", "0 ", "+1",
    "de ", "van de ", "Jan ", "J.", "mw. ", "ik ben ", "nummer ", "wachtwoord ", "geboren ", "woont op ",
    "NL91", "NL91 ", "a@", "a@a.", "straat ", "Aweg ", "A'weg 1 ", "kenteken ", "é", "e\u0301", "\u0301",
    "\u200b", "\u202e", "👩", "ﷺ", "ziek ", "Hij is ziek. ", "naam:",
]  # fmt: skip
DICE = random.Random(2026)


def random_text() -> str:
    return "".join(DICE.choice(PIECES) + DICE.choice(["", " ", " "]) for _ in range(DICE.randint(0, 60)))


def test_any_text_gives_finds_in_order_without_overlap_inside_the_text():
    texts = [random_text() for _ in range(3000)]
    seen = set()
    for text, finds in zip(texts, find_all(texts), strict=True):
        last = 0
        raw = text.encode("utf-16-le", "surrogatepass")
        for find in finds:
            assert last <= find["start"] < find["end"] <= utf16(text)
            piece = raw[2 * find["start"] : 2 * find["end"]]
            assert piece.decode("utf-16-le", "surrogatepass") == find["text"]
            seen.add(find["kind"])
            last = find["end"]
    assert seen == KINDS - {"te-lang"}


@pytest.mark.parametrize("limit", [19_999, 20_000, 20_001])
def test_a_sign_of_two_halves_on_the_limit_is_kept_in_place(limit):
    text = "a" * (limit - 1) + "👩" + "Jan"
    finds = find_all([text])[0]
    assert [find["kind"] for find in finds] == ["te-lang"]
    assert finds[0]["end"] == utf16(text)


def test_twice_the_text_is_at_most_twice_the_work():
    few, many = ([piece * (size // utf16(piece)) for piece in HOSTILE] for size in (9_000, 18_000))
    counts = run_node("count.mjs", [*few, *many])
    grown = dict(zip(HOSTILE, zip(counts[: len(few)], counts[len(few) :], strict=True), strict=True))
    assert {piece: pair for piece, pair in grown.items() if pair[1] > 2.1 * pair[0] + 200} == {}
    assert max(counts) > 1000  # the counter counts


def test_200_kb_is_read_up_to_the_limit_only():
    texts = [piece * (200_000 // utf16(piece)) for piece in HOSTILE]
    assert all(finds[-1]["kind"] == "te-lang" for finds in find_all(texts))
    counts = run_node("count.mjs", texts)
    assert max(counts) < 1_000_000


def test_every_repeat_in_a_rule_has_an_upper_bound():
    """Else one text could make one look-up slow, which counting look-ups does not show."""
    rules = run_node("rules.mjs", None)
    assert len(rules) > 20
    unbounded = [
        rule for rule in rules if re.search(r"(?<!\\)(?:\*|\+|\{\d+,\})", re.sub(r"\[[^\]]*\]|\\.", "x", rule))
    ]
    assert unbounded == []
