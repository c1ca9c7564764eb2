"""Redis and object storage go away while people learn."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.house import House, Phone, production
from tests.faults.services import wait_until
from tests.faults.test_watching import Chief
from tests.faults.test_web import PHONES, amid

PULSE = "from lms.tasks import show_pulse; show_pulse.delay()"
LESSON = "/les/laat-het-weg/"


@pytest.mark.parametrize("keeps", [True, False], ids=["with its data", "without its data"])
def test_redis_restarts_while_people_answer(room: Path, told, keeps: bool):
    house = production(room, keeps=keeps)
    try:
        house.start("web", "worker")
        phones = [Phone(house).learns() for _ in range(PHONES)]
        seen: list[int] = []

        def restart() -> None:
            assert house.redis is not None
            house.redis.kill()
            for page in (LESSON, "/lessen/", "/mijn/"):
                seen.append(house.ask(page).status)
            assert house.ask("/readyz").status == 503
            time.sleep(0.5)
            house.redis.start()

        amid(phones, restart, times=2, felt=False)
        assert set(seen) == {200}
        assert {status for phone in phones for status in phone.seen} == {200}
        people = house.rows("SELECT count(*) FROM people_user WHERE owner_key IS NOT NULL AND username = ''")
        house.rows("DELETE FROM lms_pulse")
        house.shell(PULSE)
        wait_until(
            lambda: house.rows("SELECT 1 FROM lms_pulse WHERE name = 'worker'"), 60, "the worker did not come back"
        )
        assert people
        how = "with" if keeps else "without"
        told(f"Redis killed and started {how} its data, twice", "nothing: lessons and answers go on", phones, house)
    finally:
        house.end()


def test_while_redis_is_away_signing_in_waits(house: House, line):
    house.start("web")
    assert house.redis is not None
    house.redis.kill()
    page = house.ask("/inloggen/")
    assert page.status == 200
    token = re.search(r'csrfmiddlewaretoken"? value="?(\w+)', page.text)
    cookie = re.search(r"csrftoken=([^;]+)", page.headers.get("Set-Cookie", ""))
    assert token
    assert cookie
    form = f"csrfmiddlewaretoken={token[1]}&username=anna&password=x".encode()
    began = time.monotonic()
    answer = house.ask(
        "/inloggen/", form, Content_Type="application/x-www-form-urlencoded", Cookie=f"csrftoken={cookie[1]}",
        Origin=f"http://127.0.0.1:{house.port}",
    )  # fmt: skip
    assert answer.status == 503, answer.text[:300]
    assert "Dit is nog niet bewaard." in answer.text
    assert time.monotonic() - began < 10
    house.redis.start()
    wait_until(lambda: house.ask("/readyz").status == 200, 15)
    line("Redis away: signing in", "“Dit lukt nu even niet. Stuur het over een minuut nog eens.”")


def picture(house: House, chief: Chief) -> "tuple[int, str, float]":
    """An author uploads a photo: status, text, and how long it took."""
    page = house.ask("/admin/images/multiple/add/", Cookie=chief.cookies)
    assert page.status == 200, page.text[:300]
    if found := re.search(r"csrftoken=([^;]+)", page.headers.get("Set-Cookie", "")):
        chief.cookies += f"; csrftoken={found[1]}"
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token
    photo = _jpeg()
    parts = b"".join(
        b'--grens\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name, value)
        for name, value in ((b"csrfmiddlewaretoken", token[1].encode()), (b"title", b"Foto"))
    )
    parts += b'--grens\r\nContent-Disposition: form-data; name="files[]"; filename="foto.jpg"\r\n'
    parts += b"Content-Type: image/jpeg\r\n\r\n" + photo + b"\r\n--grens--\r\n"
    began = time.monotonic()
    answer = house.ask(
        "/admin/images/multiple/add/", parts, Content_Type="multipart/form-data; boundary=grens", Cookie=chief.cookies,
        X_Requested_With="XMLHttpRequest", Origin=f"http://127.0.0.1:{house.port}", timeout=60,
    )  # fmt: skip
    return answer.status, answer.text, time.monotonic() - began


def _jpeg() -> bytes:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.effect_noise((900, 600), 80).convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("how", ["killed", "silent"])
def test_object_storage_goes_away(room: Path, told, how: str):
    house = production(room, objects=True, SECOND_STEP_FROM="nooit")
    try:
        house.start("web")
        chief = Chief(house)
        status, text, _ = picture(house, chief)
        assert (status, text[:1]) == (200, "{"), text[:500]
        before = house.rows(
            "SELECT (SELECT count(*) FROM media_picture) + (SELECT count(*) FROM wagtailcore_uploadedfile)"
        )
        assert house.objects is not None
        go: Callable[[], None] = house.objects.kill if how == "killed" else house.objects.pause
        go()
        phones = [Phone(house).learns(20)]
        phones[0].send_all()
        assert house.ask(LESSON).status == 200
        status, text, took = picture(house, chief)
        assert status == 503, (status, text[:500])
        assert took < 40, took
        assert (
            house.rows("SELECT (SELECT count(*) FROM media_picture) + (SELECT count(*) FROM wagtailcore_uploadedfile)")
            == before
        ), "no row without its file"
        sees = f"lessons go on; an upload: “nog niet bewaard”, after {took:.0f} s"
        told(f"object storage {how}", sees, phones, house)
    finally:
        house.end()
