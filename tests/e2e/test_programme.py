"""Weeks 1 and 2 of a programme, with three leads of two organisations: from the line of weeks to a printed product."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.peer_screens import group_of
from tests.e2e.serving import Server
from tests.e2e.test_products import OFFLINE, SAVED, opened, says, types

BEGINS = """
from datetime import timedelta
from django.utils import timezone
from leadership.models import PeerPlace, ProgrammeGroup, WorkProduct
from leadership.services import make_duos
from people.models import User
from people.services import leave_cohort
group = ProgrammeGroup.objects.get(cohort__name='Voorjaar')
leave_cohort(user=User.objects.get(username='ilse'), cohort=group.cohort)
WorkProduct.objects.filter(group=group).delete()
make_duos(group_id=group.pk)
today = timezone.localdate()
ProgrammeGroup.objects.filter(pk=group.pk).update(starts_on=today - timedelta(days=today.weekday()), opened=0)
print(PeerPlace.objects.filter(group=group).values('duo').distinct().count())
"""
A_WEEK_LATER = """
from datetime import timedelta
from leadership.models import ProgrammeGroup
for group in ProgrammeGroup.objects.filter(cohort__name='Voorjaar'):
    group.starts_on -= timedelta(weeks=1)
    group.save()
"""
TASKS = ("Aanvraag lezen", "Opmeten", "Materiaal kiezen", "Prijs zoeken", "Offerte schrijven", "Offerte nakijken",
         "Bestellen", "Inplannen", "Tekening nakijken", "Bonnen overtypen")  # fmt: skip


def run(server: Server, code: str) -> str:
    return server.manage("shell", "-v0", "-c", code)


def stop(page: Page, week: int):
    """A week on the line."""
    return page.locator(".weeks > li").nth(week - 1)


def at_work(page: Page, name: str) -> None:
    """From the line of weeks to the form of the week."""
    page.locator(".weeks .now").get_by_role("link", name=re.compile("Begin|Maak verder")).click()
    expect(page.get_by_role("link", name=re.compile("Begin de les"))).to_be_visible()
    page.get_by_role("link", name=re.compile("Begin met dit stuk|Maak verder")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(name))
    expect(page.locator("kw-product[data-at-work]")).to_be_visible()


def make_with_a_cut_connection(page: Page, group: str) -> Page:
    """The first product: half of it without signal, on a page that is closed in between."""
    page.goto(group)
    at_work(page, "Startpunt")
    address = page.url
    types(page, "Offertes blijven liggen")
    says(page, SAVED)
    page.context.set_offline(True)
    types(page, "De klant wacht", "merkt")
    page.locator("#metingen-0-wat").fill("Dagen tot de offerte")
    page.locator("#metingen-0-nu").fill("Ongeveer 9")
    says(page, OFFLINE)
    page.close()
    page.context.set_offline(False)
    page = opened(page.context.new_page(), address)
    expect(page.locator("#metingen-0-nu")).to_have_value("Ongeveer 9")
    page.locator("#metingen-0-hoe").fill("Datum in de mail")
    says(page, SAVED)
    expect(page.locator("[data-ready]")).to_be_visible()
    return page


def share_with_duo(page: Page) -> None:
    page.get_by_role("link", name="Deel", exact=True).click()
    page.get_by_label(re.compile("^Mijn duo")).check()
    page.get_by_role("button", name="Bewaar deze keuze").click()
    expect(page.get_by_text("Zo is het nu")).to_be_visible()


def review(page: Page, group: str) -> None:
    """A partner of another organisation reads it and answers the four questions."""
    page.goto(f"{group}gedeeld/")
    page.get_by_role("link", name=re.compile("Startpunt")).click()
    expect(page.get_by_text("Ongeveer 9")).to_be_visible()
    for question in ("echt", "gehoord", "stoppen", "maandag"):
        page.locator(f"textarea[name={question}]").fill(f"Over {question}")
    page.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.get_by_text("kan je antwoorden nu lezen.")).to_be_visible()


def print_it(page: Page, group: str) -> None:
    """Read it as a sheet, on paper only the sheet, and as PDF."""
    page.goto("/programma/stukken/")
    page.get_by_role("link", name=re.compile("Lees.*Startpunt")).click()
    expect(page.locator(".paper")).to_contain_text("Offertes blijven liggen")
    page.emulate_media(media="print")
    expect(page.locator(".desk > header")).not_to_be_visible()
    expect(page.locator(".paper")).to_be_visible()
    page.emulate_media(media="screen")
    with page.expect_download() as download:
        page.get_by_role("button", name="Als pdf").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_three_leads_of_two_organisations_do_weeks_one_and_two(new_phone: Callable[..., Page], own_server: Server):
    assert run(own_server, BEGINS) == "1", "three who are left make one trio"
    gijs, chantal, hilde = (new_phone(at=own_server) for _ in range(3))
    group = group_of(gijs, "gijs")
    assert group_of(chantal, "chantal") == group_of(hilde, "hilde") == group
    expect(stop(gijs, 2)).to_contain_text("Opent maandag")
    assert gijs.goto(f"{group}stuk/taakscan/").status == 404

    gijs = make_with_a_cut_connection(gijs, group)
    gijs.goto(group)
    expect(stop(gijs, 1)).to_contain_text("Klaar")
    chantal.goto(f"{group}gedeeld/")
    expect(chantal.locator("main")).not_to_contain_text("Startpunt")
    gijs.goto(f"{group}stuk/start/")
    share_with_duo(gijs)
    gijs.goto(group)
    expect(stop(gijs, 1)).to_contain_text("Bij je duo")

    review(chantal, group)
    gijs.goto(f"{group}week/1/")
    gijs.get_by_role("link", name="Wat je duo zei").click()
    expect(gijs.get_by_text("Over gehoord")).to_be_visible()
    print_it(gijs, group)

    run(own_server, A_WEEK_LATER)
    hilde.goto(group)
    expect(stop(hilde, 1)).to_have_class(re.compile("now"))
    gijs.goto(group)
    expect(stop(gijs, 1)).to_contain_text("Klaar")
    expect(stop(gijs, 2)).to_have_class(re.compile("now"))
    at_work(gijs, "Taakscan")
    types(gijs, "Werkvoorbereiding", "team")
    for place, task in enumerate(TASKS):
        if gijs.locator("#vraag-taken [data-row]").count() == place:
            gijs.locator("#vraag-taken [data-more]").click()
        gijs.locator(f"#taken-{place}-taak").fill(task)
        gijs.locator(f"#taken-{place}-soort").select_option("voorwerk")
        gijs.locator(f"#taken-{place}-starter").select_option("ja")
    says(gijs, SAVED)
    expect(gijs.locator("[data-lacking=taken]")).to_be_hidden()
    expect(gijs.locator("[data-lacking=minder]")).to_be_visible()
    gijs.goto(group)
    expect(stop(gijs, 2).get_by_role("link", name=re.compile("Maak verder"))).to_be_visible()
    hilde.goto(f"{group}gedeeld/")
    expect(hilde.locator("main")).to_contain_text("Startpunt")
    expect(hilde.locator("main")).not_to_contain_text("Taakscan")
