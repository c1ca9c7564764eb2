"""Authors upload and replace packages, administrators approve libraries, others see none of it."""

import io
import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from media.h5p.core.package import Package, resolve
from media.h5p.importing import run_import
from media.models import H5PImport, H5PLibrary, H5PPackage, H5PVersion
from people.models import User
from tests.media.h5p.packages import library, package, zipped

pytestmark = pytest.mark.django_db
LIST, UPLOAD, LIBRARIES = "/admin/h5p/", "/admin/h5p/nieuw/", "/admin/h5p/bibliotheken/"


def sent(files=None, name: str = "les.h5p") -> SimpleUploadedFile:
    content = files if isinstance(files, bytes) else zipped(files or package()).getvalue()
    return SimpleUploadedFile(name, content, "application/octet-stream")


def send(browser, files=None, address: str = UPLOAD, **fields):
    """Upload, and let the worker do its part; gives the page of the import."""
    reply = browser.post(address, {"file": sent(files), **fields})
    assert reply.status_code == 302, reply.content.decode()[-3000:]
    work()
    return browser.get(reply.url)


def work() -> None:
    from django.utils import timezone

    for row in H5PImport.objects.filter(state=H5PImport.State.WAITING):
        run_import(key=row.key, now=timezone.now())


def text(reply) -> str:
    return " ".join(reply.content.decode().split())


def approve(browser, *rows: H5PLibrary):
    chosen = rows or H5PLibrary.objects.requested()
    reply = browser.post(f"{LIBRARIES}goed/", {"library": [row.pk for row in chosen]}, follow=True)
    work()
    return reply


def taken_in(author, chief, files=None) -> H5PPackage:
    send(author, files)
    approve(chief)
    return H5PPackage.objects.latest("pk")


def test_an_author_is_told_what_is_lacking_and_after_approval_it_goes_on(author, chief, eva, jan):
    page = text(send(author))
    assert "wacht op een beheerder" in page
    assert "H5P.Proef 1.0.0" in page
    assert "Keur deze" not in page
    asked = text(chief.get(LIBRARIES))
    assert "Proef" in asked
    assert str(eva) in asked
    assert "1 goedgekeurd. Wat erop wachtte, gaat verder." in text(approve(chief))
    row = H5PLibrary.objects.get()
    assert (row.approved_by, row.requested_by) == (jan, eva)
    assert ModelLogEntry.objects.filter(action="media.approve_library", user=jan).exists()
    listed = text(author.get(LIST))
    assert "Wel of niet delen" in listed
    assert H5PImport.objects.get().state == H5PImport.State.DONE


def test_an_administrator_approves_on_the_page_of_the_upload(chief):
    page = text(send(chief))
    assert "Keur deze 1 goed" in page
    approve(chief)
    assert H5PVersion.objects.count() == 1


def test_a_reason_is_said_in_dutch_with_the_file(author):
    page = text(send(author, package() | {"content/plaat.png": b"<html>"}))
    assert "Dit bestand kan niet." in page
    assert "Dit is geen echt png-bestand." in page
    assert "content/plaat.png" in page
    assert "Er is niets van bewaard." in page
    assert "geen echt png-bestand" in text(author.get(LIST))


def test_what_a_package_calls_itself_is_text_on_every_page(author, chief):
    evil = "<script>alert(1)</script>"
    files = package(title=evil, authors=[{"name": evil}], libraries=(library(title=evil),))
    send(author, files)
    pages = [chief.get(LIBRARIES), chief.get(f"{LIBRARIES}{H5PLibrary.objects.get().pk}/")]
    approve(chief)
    home = H5PPackage.objects.get()
    pages += [author.get(LIST), author.get(f"{LIST}{home.pk}/"), author.get(f"{LIST}{home.pk}/weg/")]
    for page in pages:
        assert evil not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in pages[-2].content.decode()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Kies eerst een bestand."),
        (sent(b""), "Dit bestand is leeg."),
        (sent(b"x", "les.zip"), "Dit is geen H5P-bestand."),
        (sent(b"x", "les.h5p.exe"), "Dit is geen H5P-bestand."),
        ("geen bestand", "Kies eerst een bestand."),
    ],
)
def test_what_is_no_upload_is_asked_for_again(author, file, sentence):
    reply = author.post(UPLOAD, {"file": file} if file else {})
    assert reply.status_code == 200
    assert sentence in text(reply)
    assert not H5PImport.objects.exists()


def test_a_file_that_is_too_big_is_refused_before_it_is_kept(author, files, monkeypatch):
    from media.h5p import forms

    monkeypatch.setattr(forms, "DEFAULT", forms.DEFAULT.__class__(archive_bytes=100))
    assert "Het bestand is te groot" in text(author.post(UPLOAD, {"file": sent()}))
    assert not list(files.rglob("*.h5p"))


def test_progress_is_asked_for_and_never_kept_by_a_cache(author):
    reply = author.post(UPLOAD, {"file": sent()})
    key = H5PImport.objects.get().key
    state = author.get(f"{LIST}import/{key}/stand/")
    assert 'data-ask="often"' in state.content.decode()
    assert "no-store" in state["Cache-Control"]
    assert "<progress" in text(author.get(reply.url))


def test_a_package_page_shows_what_is_in_it_and_what_to_mind(author, chief):
    content = {
        "beeld": {"file": {"path": "images/x.png", "mime": "image/png"}},
        "film": [{"path": "https://www.youtube.com/watch?v=1", "mime": "video/YouTube"}],
        "tekst": "<p onclick='x()'>Hoi</p>",
    }
    files = package(content=content, libraries=(library(code="eval(x)"),), authors=[{"name": "Klas 2A"}])
    home = taken_in(author, chief, files)
    page = text(author.get(f"{LIST}{home.pk}/"))
    for said in (
        "Bij 1 plaatje mist een tekst", "www.youtube.com", "oude code", "Klas 2A", "CC BY", "H5P.Proef 1.0.0",
        "Uit 1 tekst is een programma weggehaald", "Nog in geen les.", "1 film heeft geen ondertitels",
    ):  # fmt: skip
        assert said in page, said


def test_a_package_page_plays_it_in_a_frame_without_an_origin(author, chief):
    home = taken_in(author, chief, package())
    page = author.get(f"{LIST}{home.pk}/").content.decode()
    [frame] = re.findall(r"<iframe [^>]*>", page)
    assert 'sandbox="allow-scripts"' in frame
    address = re.search(r'data-h5p="([^"]+)"', frame)
    assert address
    reply = author.get(address[1])
    assert "sandbox allow-scripts" in reply.headers["Content-Security-Policy"]


def test_an_author_is_told_that_newer_libraries_are_there(author, chief):
    old = taken_in(author, chief)
    send(author, package(title="Nieuwer", libraries=(library(patch=2),)))
    assert "nieuwere bibliotheken" not in text(author.get(f"{LIST}{old.pk}/"))
    approve(chief)
    assert "nieuwere bibliotheken" in text(author.get(f"{LIST}{old.pk}/"))


def test_the_same_file_again_leads_to_the_package_that_is_there(author, chief):
    taken_in(author, chief)
    assert "Dit bestand stond er al." in text(send(author))
    assert H5PPackage.objects.count() == 1


def test_a_new_version_replaces_the_old_one_and_begins_anew_only_by_choice(author, chief):
    home = taken_in(author, chief)
    address = f"{LIST}{home.pk}/nieuwe-versie/"
    assert "Iedereen begint opnieuw" in text(author.get(address))
    send(author, package(content={"a": 1}), address)
    home.refresh_from_db()
    assert (home.current.number, home.state_round) == (2, 1)
    send(author, package(content={"a": 2}), address, reset_state="on")
    home.refresh_from_db()
    assert (home.current.number, home.state_round) == (3, 2)


def test_a_refused_version_leaves_the_old_one(author, chief):
    home = taken_in(author, chief)
    page = text(send(author, b"geen zip", f"{LIST}{home.pk}/nieuwe-versie/"))
    assert "Dit is geen H5P-bestand." in page
    home.refresh_from_db()
    assert home.current.number == 1


def test_what_is_downloaded_comes_in_again_as_the_same(author, chief):
    home = taken_in(author, chief)
    reply = author.get(f"{LIST}{home.pk}/bestand/")
    content = b"".join(reply.streaming_content)
    assert reply["Content-Disposition"].endswith('les.h5p"') or ".h5p" in reply["Content-Disposition"]
    again = Package(io.BytesIO(content))
    [found] = resolve(again, lambda _: None).lacking.values()
    assert found.digest == H5PLibrary.objects.get().digest
    assert again.parameters == Package(zipped(package())).parameters
    assert again.description.title == home.title


def test_a_package_that_is_used_is_not_deleted_and_one_that_is_not_goes_with_its_files(
    author, chief, files, monkeypatch
):
    from media.h5p import admin_views, queries

    home = taken_in(author, chief)
    address = f"{LIST}{home.pk}/weg/"
    monkeypatch.setattr(admin_views, "where_used", lambda *_: [queries.Use("A1 Een les", "/admin/pages/1/edit/")])
    used = author.post(address)
    assert used.status_code == 409
    assert "A1 Een les" in text(used)
    assert H5PPackage.objects.exists()
    monkeypatch.undo()
    assert "Alle versies gaan weg." in text(author.get(address))
    assert author.post(address).status_code == 302
    assert not H5PPackage.objects.exists()
    assert not [path for path in files.rglob("*") if "inhoud" in path.parts and path.is_file()]


def test_where_a_package_is_used_is_found_online_and_in_drafts(author, chief, eva, monkeypatch):
    from wagtail.models import ReferenceIndex

    from media.h5p.queries import where_used

    home = taken_in(author, chief)
    page = Site.objects.get(is_default_site=True).root_page.specific
    wanted = (ReferenceIndex._get_base_content_type(H5PPackage).pk, str(home.pk), "steps.h5p", "steps.1")
    monkeypatch.setattr(
        ReferenceIndex,
        "_extract_references_from_object",
        lambda one: [wanted] if isinstance(one, Page) else [],
    )
    assert where_used(home) == []
    with disable_reference_index_auto_update():
        page.save_revision()
    assert [(use.name, use.is_draft) for use in where_used(home)] == [(str(page), True)]
    ReferenceIndex.create_or_update_for_object(page)
    assert [(use.name, use.is_draft) for use in where_used(home)] == [(str(page), False)]


def test_a_library_can_be_read_before_it_is_approved(author, chief):
    send(author, package(libraries=(library(code="alert('lees mij')"),)))
    row = H5PLibrary.objects.get()
    page = text(chief.get(f"{LIBRARIES}{row.pk}/"))
    assert "proef.js" in page
    assert row.digest in page
    file = chief.get(f"{LIBRARIES}{row.pk}/bestand/?pad=proef.js")
    assert file.content == b"alert('lees mij')"
    assert file["Content-Type"].startswith("text/plain")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in file["Content-Security-Policy"]
    for path in ("../library.json", "er/niet.js", "", "/etc/passwd", "\x00"):
        assert chief.get(f"{LIBRARIES}{row.pk}/bestand/", {"pad": path}).status_code == 404


def test_beside_an_approved_library_is_said_what_is_new(author, chief):
    taken_in(author, chief)
    send(author, package(title="Nieuwer", libraries=(library(patch=2, code="langer" * 40),)))
    newer = H5PLibrary.objects.requested().get()
    page = text(chief.get(f"{LIBRARIES}{newer.pk}/"))
    assert "Anders dan H5P.Proef 1.0.0" in page
    assert "proef.js" in page.split("Andere grootte:")[1]


def test_a_library_that_is_refused_says_so_to_who_waited(author, chief):
    send(author)
    chief.post(f"{LIBRARIES}afwijzen/", {"library": H5PLibrary.objects.get().pk})
    row = H5PImport.objects.get()
    assert "keurde ‘H5P.Proef 1.0.0’ niet goed" in text(author.get(f"{LIST}import/{row.key}/"))
    assert not H5PLibrary.objects.exists()


@pytest.mark.parametrize("ticked", ["", "x", "-1", "9" * 40, "1 OR 1=1", "999999"])
def test_ticking_what_is_not_there_does_nothing(author, chief, ticked):
    send(author)
    for address in ("goed/", "afwijzen/"):
        assert chief.post(LIBRARIES + address, {"library": ticked}).status_code == 302
    assert not H5PLibrary.objects.get().is_approved


def addresses(home: H5PPackage, row: H5PImport, one: H5PLibrary) -> list[str]:
    return [
        LIST, UPLOAD, f"{LIST}{home.pk}/", f"{LIST}{home.pk}/nieuwe-versie/", f"{LIST}{home.pk}/bestand/",
        f"{LIST}{home.pk}/weg/", f"{LIST}import/{row.key}/", f"{LIST}import/{row.key}/stand/", LIBRARIES,
        f"{LIBRARIES}goed/", f"{LIBRARIES}afwijzen/", f"{LIBRARIES}{one.pk}/",
        f"{LIBRARIES}{one.pk}/bestand/?pad=proef.js", reverse("h5p_chooser:choose"),
    ]  # fmt: skip


def test_a_learner_a_teacher_a_lead_and_a_stranger_get_nothing(as_user, author, chief, anna, bram, chantal, driss):
    home = taken_in(author, chief)
    send(author, package("H5P.Nieuw 1.0"))
    waiting = H5PLibrary.objects.requested().get()
    row = H5PImport.objects.first()
    for user in (anna, bram, chantal, driss, None):
        browser = as_user(user)
        for address in addresses(home, row, waiting):
            assert browser.get(address).status_code in (302, 405), address
            reply = browser.post(address, {"file": sent(package(title="Kwaad")), "library": waiting.pk})
            assert reply.status_code in (302, 405), address
            assert "inloggen" in reply.get("Location", "inloggen") or reply.url == "/admin/"
    assert H5PImport.objects.count() == 2
    waiting.refresh_from_db()
    assert not waiting.is_approved
    assert H5PPackage.objects.get() == home


def test_an_author_approves_nothing(author, chief, eva):
    send(author)
    one = H5PLibrary.objects.get()
    for address in (LIBRARIES, f"{LIBRARIES}{one.pk}/", f"{LIBRARIES}{one.pk}/bestand/?pad=proef.js"):
        assert author.get(address).status_code == 302
    for address in ("goed/", "afwijzen/"):
        author.post(LIBRARIES + address, {"library": one.pk})
    one.refresh_from_db()
    assert not one.is_approved


def test_an_author_changes_own_packages_only_and_sees_own_uploads_only(author, chief, as_user):
    from modules.authors import ensure_author_group
    from modules.models import CataloguePage

    home = taken_in(author, chief)
    send(author, b"geen zip")
    farid = User.objects.create_user("farid")
    farid.groups.add(ensure_author_group(CataloguePage.objects.get()))
    other = as_user(farid)
    row = H5PImport.objects.exclude(result__package=home).get()
    assert other.get(f"{LIST}import/{row.key}/").status_code == 404
    assert "les.h5p" not in text(other.get(LIST))
    assert other.get(f"{LIST}{home.pk}/").status_code == 200  # may be chosen in a lesson
    for address in ("nieuwe-versie/", "weg/"):
        assert other.get(f"{LIST}{home.pk}/{address}").status_code in (302, 403)
        assert other.post(f"{LIST}{home.pk}/{address}", {"file": sent(package(content={"a": 1}))}).status_code in (
            302,
            403,
        )
    home.refresh_from_db()
    assert home.current.number == 1
    assert chief.get(f"{LIST}{home.pk}/nieuwe-versie/").status_code == 200


def test_only_packages_that_can_be_played_are_chosen(author, chief):
    home = taken_in(author, chief)
    H5PPackage.objects.create(title="Zonder versie")
    listed = author.get(reverse("h5p_chooser:choose")).content.decode()
    assert home.title in listed
    assert "Zonder versie" not in listed


def test_who_may_approve_sees_the_menu_and_others_do_not(author, chief):
    assert "H5P-bibliotheken" in chief.get("/admin/").content.decode()
    assert "H5P-bibliotheken" not in author.get("/admin/").content.decode()
    assert Permission.objects.filter(codename="approve_h5plibrary").exists()
