"""No cell of a table of ours is computed by a spreadsheet, whatever someone is called."""

import pytest

from insight.sheets import as_text


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        "\r=1",
        "\n1",
        " =1",
        "\u00a0=1",
        "\u2003=1",
        "\u200b=1",
        "\ufeff=1",
        "\x01=1",
        "＝1",
        " ＋1",
    ],
)
def test_a_name_that_begins_as_a_formula_is_text(typed):
    assert as_text(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["Anna", "", "Jan-Willem", "a=b", "1 + 1", "’t Hof", "é"])
def test_another_name_stays_as_it_is(typed):
    assert as_text(typed) == typed
