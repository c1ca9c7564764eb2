"""Every Dutch text of the interface is found, with its file and line; nothing that no one reads."""

import pytest

from lms.interface_texts import Audience, in_python, in_script, in_template, interface_texts, whole_lines


def test_a_template_gives_its_texts_and_the_attributes_that_are_read_aloud():
    source = """{% load x %}{# not this #}
<h1>Mijn <b>lessen</b></h1>
<button aria-label="Sluit het venster" class="Geen tekst hier">Sluit</button>
<p>Hallo {{ name }}, fijn dat je er bent.</p><script>let a = "Niet dit.";</script>
{% if a %}Eerste zin.{% else %}Tweede zin.{% endif %}"""
    assert list(in_template(source)) == [
        (2, "Mijn lessen"),
        (3, "Sluit"),
        (4, "Hallo …, fijn dat je er bent."),
        (5, "Eerste zin."),
        (5, "Tweede zin."),
        (3, "Sluit het venster"),
    ]


def test_a_script_gives_its_sentences_and_no_selectors():
    source = """// Geen tekst, want dit is uitleg.
import { a } from "lms/element.js";
const b = document.querySelector("[data-Kies de kaart]") ?? /"Niet dit"/;
say("Zeg eerst wie je bent."); tell(`Stap ${n} van ${most}`); put('Kijk na');"""
    assert [text for _, text in in_script(source)] == ["Zeg eerst wie je bent.", "Stap … van …", "Kijk na"]


def test_python_gives_messages_and_labels_and_no_docstrings():
    source = '''"""Dit is de uitleg van een module."""
name = CharField(label="naam", help_text=f"Hoogstens {most} letters.")
raise ValidationError("Kies een uur uit de lijst.")
log("the notice was not mailed")
'''
    assert list(in_python(source)) == [
        (2, "naam"),
        (2, "Hoogstens … letters."),
        (3, "Kies een uur uit de lijst."),
    ]


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("Deze pagina is er niet", Audience.LEARNER),
        ("Zeg eerst wie je bent.", Audience.LEARNER),
        ("Geen verbinding. We bewaren alles op je telefoon.", Audience.LEARNER),
        ("Eén regel, in Gewoon en in Makkelijk.", Audience.ADMIN),
    ],
)
def test_texts_of_templates_scripts_and_python_are_found_for_who_reads_them(text, audience):
    assert (text, audience) in {(one.text, one.audience) for one in interface_texts()}


def test_every_text_points_to_its_line():
    for one in interface_texts():
        if one.is_whole and len(one.text.split()) == 1 and one.file.suffix == ".html":
            assert one.text in one.file.read_text(encoding="utf-8").splitlines()[one.line - 1]


def test_what_can_be_said_beforehand_has_nothing_to_fill_in():
    lines = whole_lines()
    assert "Luister" in lines
    assert not any("…" in line or "{" in line for line in lines)


def test_of_a_text_with_something_filled_in_the_other_sentences_can_be_said():
    said = whole_lines(Audience.LEARNER)
    assert {"Deze code klopt niet.", "Kijk in je mail."} <= set(said)
    assert not any("…" in line and "keer" in line for line in said)
