"""The page that says what everybody can count on, and whom to tell when it is not so."""

import pytest

pytestmark = pytest.mark.django_db


def test_everybody_reads_it_and_help_leads_there(as_user, anna, driss):
    for user in (None, anna, driss):
        assert "WCAG, niveau AA" in as_user(user).get("/toegankelijkheid/").content.decode()
    assert 'href="/toegankelijkheid/"' in as_user(None).get("/hulp/").content.decode()


def test_it_says_whom_to_tell(as_user, settings):
    assert "Zeg het tegen je docent." in as_user(None).get("/toegankelijkheid/").content.decode()
    settings.ACCESSIBILITY_CONTACT = "hulp@voorbeeld.nl <b>"
    page = as_user(None).get("/toegankelijkheid/").content.decode()
    assert "hulp@voorbeeld.nl &lt;b&gt;" in page
    assert "Zeg het tegen je docent." not in page
