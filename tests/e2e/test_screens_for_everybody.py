"""Everybody can use every screen: WCAG, and the rules for people who find reading hard (looking.py)."""

import pytest

from tests.e2e.looking import LESSONS, SCREENS, WHOLE, Looker, moved


@pytest.mark.parametrize("screen", SCREENS)
def test_no_kind_of_screen_breaks_wcag(looker: Looker, screen: str):
    assert looker(screen).axe == []


@pytest.mark.parametrize("screen", SCREENS)
def test_every_kind_of_screen_keeps_our_rules(looker: Looker, screen: str):
    assert looker(screen).rules == []


@pytest.mark.skipif(not WHOLE, reason="opens every screen: a part of make check-all")
def test_the_same_button_stands_in_the_same_place_on_all_pages(looker: Looker):
    assert moved([looker(name) for name in (*SCREENS, *reversed(LESSONS))]) == {}
