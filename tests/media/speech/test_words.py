"""Places of words: on the text as it stands on screen, whatever a voice makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.speech.pronunciation import Entry, respell, times_on_screen
from media.speech.words import normal, share_out, times_of_words, word_spans

LIST = [Entry("AI", "A I"), Entry("BSN", "B S N"), Entry("phishing*", "fisjing"), Entry("AI-beleid", "A I beleid")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Laat ‘naam’, adres (bedrag) weg!", ["Laat", "naam", "adres", "bedrag", "weg"]),
        ("Ze loopt € 840 achter.", ["Ze", "loopt", "€ 840", "achter"]),
        ("’s Ochtends om 8.30 uur – of later…", ["s", "Ochtends", "om", "8.30", "uur", "of", "later"]),
        ("Een AI-assistent: 1.250 mensen, 5%.", ["Een", "AI-assistent", "1.250", "mensen", "5%"]),
        ("– … !", []),
    ],
)  # fmt: skip
def test_a_word_is_what_a_reader_calls_one(text, words):
    assert [text[start:end] for start, end in word_spans(text)] == words


def test_a_text_is_looked_up_as_a_screen_shows_it():
    assert normal("  Een\n  cafe\u0301\u00a0dicht ") == "Een café dicht"


def test_a_number_that_is_more_words_lights_up_once():
    text = "In 2026 en later."
    times = times_of_words(text, [(0, 0), (3, 200), (4, 500), (4, 900), (8, 1300), (11, 1500)], 2000)
    assert [(text[word.start : word.end], word.t0, word.t1) for word in times] == [
        ("In", 0, 200), ("2026", 200, 1300), ("en", 1300, 1500), ("later", 1500, 2000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Vraag AI.", "Vraag A I."),
        ("Een AI-assistent", "Een A I-assistent"),
        ("ai en AIX blijven", "ai en AIX blijven"),
        ("Geen BSN.", "Geen B S N."),
        ("Phishingmails en phishing", "fisjingmails en fisjing"),
        ("Het AI-beleid", "Het A I beleid"),
    ],
)
def test_words_on_the_list_go_to_the_voice_in_other_letters(text, spoken):
    assert respell(text, LIST).text == spoken


def test_offsets_point_into_the_text_on_screen():
    text = "Geef AI je BSN niet."
    said = respell(text, LIST)
    assert said.text == "Geef A I je B S N niet."
    times = times_on_screen(text, said, share_out(said.text, 2300), 2300)
    assert [text[word.start : word.end] for word in times] == ["Geef", "AI", "je", "BSN", "niet"]


@given(st.text(alphabet="AIBSN phisng-.€1 ", max_size=60))
def test_every_place_in_what_is_said_has_a_place_on_screen(text):
    said = respell(text, LIST)
    places = [said.place(at) for at in range(len(said.text))]
    assert places == sorted(places)
    assert all(0 <= place < max(1, len(text)) for place in places)


@given(st.text(max_size=80), st.integers(0, 60_000))
def test_shared_out_times_never_run_back(text, ms):
    times = share_out(normal(text), ms)
    edges = [edge for word in times for edge in (word.t0, word.t1)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= ms for edge in edges)
