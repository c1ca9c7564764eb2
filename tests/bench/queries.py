"""SQL queries of the learner's pages and of a batch of 20 events, on a scratch database of its own.

Everything that goes to the database is counted, BEGIN, COMMIT and savepoints included.
"""

import json
import os
import sys
import tempfile
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from modules.models import ModulePage
    from people.models import User

LESSON = "/les/laat-het-weg/"
OVERVIEWS = {
    "home": "/mijn/",
    "routes": "/routes/",
    "route": "/routes/zorg/",
    "catalogue": "/lessen/",
    "catalogue, searching": "/lessen/?zoek=wachtwoort&vak=zorg",
}


def set_up(folder: str, server: str = "") -> None:
    """Django on a database in this folder, or a new one on this PostgreSQL server, with the lessons in it."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="lms.settings", DATA=folder, KORTWIJS_MODE="embedded", DATABASE_URL=server, REDIS_URL="",
        STATIC_ROOT=os.path.join(folder, "static"),
    )  # fmt: skip
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    if server:
        from django.db import connection

        connection.settings_dict["TEST"]["NAME"] = "kortwijs_bench"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    else:
        call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_curriculum", stdout=open(os.devnull, "w"))  # noqa: SIM115


def learner(name: str) -> "User":
    from people.models import User

    return User.objects.create(username=name)


def client_of(user: "User") -> "Client":
    from django.test import Client

    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(user)
    return client


def counted(work: Any, *, show: bool = False) -> int:
    """How many queries this takes, the second time it is done (the first fills caches of the process)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        work()
    if show:
        for query in queries.captured_queries:
            print("   ", query["sql"][:110])
    return len(queries)


def open_page(client: "Client", address: str) -> None:
    reply = client.get(address)
    assert reply.status_code == 200, reply.status_code


def open_lesson(client: "Client") -> None:
    open_page(client, LESSON)


def overviews(client: "Client") -> dict[str, int]:
    """The queries of each overview, after the index for searching was made."""
    found = {}
    for name, address in OVERVIEWS.items():
        open_page(client, address)
        found[name] = counted(lambda address=address: open_page(client, address))  # type: ignore[misc]
    return found


def events_for(user: "User", module: "ModulePage", number: int) -> list[dict[str, Any]]:
    """A batch as a phone without signal saves up: all steps seen, and answers, some of them twice."""
    attempt = str(uuid.uuid4())
    right = {"keuze": _right_choice, "sorteer": _right_card}
    steps = list(module.outline.by_id.values())
    things: list[dict[str, Any]] = [{"step": step.id} for step in steps]
    answered = [step for step in steps if step.kind is not None and step.kind.name in right]
    while len(things) < number:
        step = answered[len(things) % len(answered)]
        response = right[step.kind.name](step.value)  # type: ignore[union-attr]
        things.append({"step": step.id, "exercise": step.id, "response": response})
    return [
        {
            "id": str(uuid.uuid4()), "owner": str(user.owner_key), "at": 1_800_000_000_000 + place,
            "module": module.code, "revision": module.live_revision_id, "attempt": attempt, **thing,
        }
        for place, thing in enumerate(things[:number])
    ]  # fmt: skip


def _items(values: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [(item["id"], item.get("value", item)) for item in values]


def _right_choice(value: dict[str, Any]) -> str:
    return next(key for key, option in _items(value["options"]) if option.get("right"))


def _right_card(value: dict[str, Any]) -> dict[str, str]:
    key, card = _items(value["cards"])[0]
    return {key: card["sign"]}


def post(client: "Client", events: list[dict[str, Any]]) -> None:
    reply = client.post("/leren/events", json.dumps({"events": events}), content_type="application/json")
    assert reply.status_code == 200, reply.content
    assert len(reply.json()["safe"]) == len(events), reply.json()


def three_times_the_steps(module: "ModulePage") -> None:
    raw = list(module.steps.get_prep_value())
    more = [{**block, "id": f"{block['id']}-{time}"} for time in (2, 3) for block in raw]
    module.steps = json.dumps([*raw, *more])
    module.save_revision().publish()


def more_lessons(module: "ModulePage", number: int) -> None:
    from modules.models import ModulePage

    root = module.get_parent()
    for place in range(number):
        copy = ModulePage(
            title=f"Les {place}", slug=f"les-{place}", code=f"Z{place}", title_makkelijk=f"Les {place}",
            goals="Iets", goals_makkelijk="Iets", track=module.track, steps=json.dumps(module.steps.get_prep_value()),
        )  # fmt: skip
        root.add_child(instance=copy)
        copy.save_revision().publish()


def more_learners(number: int) -> None:
    from people.models import User

    people = User.objects.bulk_create([User(username=f"mens-{place}") for place in range(number)])
    from modules.models import ModulePage

    module = ModulePage.objects.get(code="B2")
    for user in people[:20]:
        post(client_of(user), events_for(user, module, 20))


def joining(number: int) -> dict[str, int]:
    """A newcomer opens the page of a code and joins a class with so many learners in it."""
    from django.test import Client

    from people.models import Cohort, CohortMember, Organisation, User
    from people.services import renew_join_code

    school, _ = Organisation.objects.get_or_create(name="School", defaults={"kind": Organisation.Kind.SCHOOL})
    cohort = Cohort.objects.create(organisation=school, name=f"Klas van {number}", kind=Cohort.Kind.CLASS)
    made = User.objects.bulk_create([User(username=f"klas-{number}-{place}") for place in range(number)])
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    CohortMember.objects.bulk_create([CohortMember(cohort=cohort, user=user, joined_at=long_ago) for user in made])
    address = f"/meedoen/{renew_join_code(cohort=cohort, actor=None).code}/"
    stranger = Client(headers={"sec-fetch-site": "same-origin"})

    def join() -> None:
        reply = stranger.post(address, {"naam": "Amina"})
        assert reply.status_code == 302, reply.content

    return {"page of a code": counted(lambda: stranger.get(address)), "joining": counted(join)}


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kortwijs-") as folder:
        set_up(folder)
        from modules.models import ModulePage

        anna = learner("anna")
        client = client_of(anna)
        module = ModulePage.objects.get(code="B2")
        from django.test import Client

        from people.models import User

        batch = events_for(anna, module, 20)
        post(client, batch)
        open_lesson(client)
        rows = [("lesson page, signed in", counted(lambda: open_lesson(client), show=True), 10)]
        first = rows[0][1]
        fresh = events_for(anna, module, 20)
        rows.append(("batch of 20 events", counted(lambda: post(client, fresh), show=True), 15))
        rows.append(("the same batch again", counted(lambda: post(client, fresh)), 15))
        bram = learner("bram")
        other = client_of(bram)
        new = events_for(bram, module, 20)
        rows.append(("first batch of a new account", counted(lambda: post(other, new)), 15))
        # Nobody yet: this one makes the learner and the session too.
        nameless = events_for(User(owner_key=uuid.uuid4()), module, 20)
        stranger = Client(headers={"sec-fetch-site": "same-origin"})
        rows.append(("first batch of a phone without account", counted(lambda: post(stranger, nameless)), 15))
        few = overviews(client)
        rows += [(f"{name}, signed in", value, 10) for name, value in few.items()]
        small = joining(10)
        rows += [(f"{name}, 10 in the class", value, 15) for name, value in small.items()]
        three_times_the_steps(ModulePage.objects.get(code="B2"))
        open_lesson(client)
        rows.append(("lesson page, 3 times the steps", counted(lambda: open_lesson(client)), first))
        more_lessons(ModulePage.objects.get(code="B2"), 9 * ModulePage.objects.count())
        open_lesson(client)  # a page is made anew when a lesson came
        rows.append(("lesson page, 10 times the lessons", counted(lambda: open_lesson(client)), first))
        more_learners(200)
        rows.append(("lesson page, 100 times the learners", counted(lambda: open_lesson(client)), first))
        many = overviews(client)
        rows += [(f"{name}, 10 times lessons, 100 times learners", many[name], few[name]) for name in OVERVIEWS]
        large = joining(1000)
        rows += [(f"{name}, 1000 in the class", large[name], small[name]) for name in small]
        print()
        from django.db import connections

        connections.close_all()
    for name, value, goal in rows:
        print(f"{'ok ' if value <= goal else 'NOT'} {name:<58}{value:>4}   (<= {goal})")
    print(
        f"bench-queries: lesson {rows[0][1]}, batch of 20 {rows[1][1]}, "
        f"first of a nameless phone {rows[4][1]}, home {many['home']}, catalogue {many['catalogue, searching']}, "
        f"joining {large['joining']}, "
        "BEGIN and COMMIT counted (<= 10, <= 15)"
    )
    return 0 if all(value <= goal for _, value, goal in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
