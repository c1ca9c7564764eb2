"""For each task: what there is to do, when beat comes by again, and what may happen twice.

A task without a line here fails tests/faults/test_tasks.py. `arrange` runs inside Django, once, on tables with lessons,
the demo accounts and the groups of tests/e2e/fill.py; it gives what the task is asked with.
"""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.faults.outside import Outside

Arrange = Callable[[Outside], list[Any] | None]


@dataclass(frozen=True)
class Scene:
    """What there is to do for a task.

    `sweeps`: what beat asks afterwards, for a task that beat does not ask itself. `twice`: what is doubled, and why.
    `later`: when beat comes by again. `unsure`: what is not done then, and how that is told. `due`: makes what waits
    due at once, where another system looks at the clock too.
    """

    arrange: Arrange
    sweeps: tuple[str, ...] = ()
    twice: str = ""
    later: timedelta = timedelta(hours=3)
    unsure: str = ""
    due: Callable[[], object] = lambda: None


def nothing(_: Outside) -> None:
    """What the demo and the groups bring is work enough."""


def old_failures(_: Outside) -> None:
    from django.utils import timezone

    from lms.watch.failures import keep_failure

    for days in (1, 31, 40):
        moment = timezone.now() - timedelta(days=days)
        keep_failure(name="x", args=(days,), kwargs={}, error=KeyError(), now=moment)


def a_backup(_: Outside) -> None:
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages

    storages["default"].save("beelden/foto.txt", ContentFile(b"foto" * 10_000))


def people_of_long_ago(_: Outside) -> None:
    from django.utils import timezone

    from people.models import User
    from people.services import send_notice

    for number in range(3):
        user = User.objects.new_nameless(uuid.UUID(int=number + 1))
        user.save()
        send_notice(user=user, text="Hallo.")
    past = timezone.now() - timedelta(days=500)
    User.objects.filter(owner_key__in=[uuid.UUID(int=number + 1) for number in range(3)]).update(
        date_joined=past, last_login=past
    )


def a_run(_: Outside) -> list[Any]:
    from django.utils import timezone

    from people.services.retention_runs import new_run_by_clock

    people_of_long_ago(_)
    return [str(new_run_by_clock(timezone.now()).pk)]


def reminders(_: Outside) -> None:
    from django.utils import timezone

    from learning.models import ReviewChoice
    from people.models import User

    hour = timezone.localtime().hour
    for name in ("herhaalt", "herhaalt-fout", "herhaalt-formulier"):
        user = User.objects.get(username=name)
        ReviewChoice.objects.update_or_create(user=user, defaults={"reminder": "mail", "hour": hour, "stopped": False})


def lti(outside: Outside) -> None:
    from django.test import Client
    from lti_tool.models import Key

    from integrations.lti.services import invite_platform, register_platform
    from people.models import Organisation
    from tests.integrations.lti_platform import TOOL_KEY
    from tests.learning.test_routes import did

    Key.objects.create_from_jwk(TOOL_KEY)
    school = Organisation.objects.filter(kind="school").order_by("pk").first()
    platform = invite_platform(organisation=school, name="Moodle", address=outside.school.address, actor=None)
    register_platform(platform=platform, values=outside.school.values(), actor=None)
    outside.tool_keys.write_text(json.dumps(Key.objects.as_jwks()))
    for number in (7, 8):
        tab = Client(headers={"sec-fetch-site": "same-origin"})
        outside.school.launch(tab, who=f"leerling-{number}", line_item=f"{outside.school.address}/items/1")
        did(_who(tab), "A1")


def lti_is_due() -> None:
    """The learning system refuses a key of three hours from now."""
    from django.utils import timezone

    from integrations.models import LtiCompletion

    LtiCompletion.objects.exclude(next_try_at=None).update(next_try_at=timezone.now() - timedelta(seconds=1))


def _who(client: Any) -> Any:
    from people.models import User

    return User.objects.get(pk=client.session["_auth_user_id"])


def an_export(_: Outside) -> list[Any]:
    from integrations.models import StatementExport
    from integrations.statements.exports import begin_export
    from integrations.statements.forms import LookForm
    from people.models import User

    statements(10)
    chief = User.objects.create(username="chief", is_superuser=True)
    form = LookForm({})
    assert form.is_valid()
    begin_export(form=form, by=chief)
    return [str(StatementExport.objects.get().pk)]


def statements(number: int) -> None:
    from django.conf import settings
    from django.utils import timezone

    from xapi.core import statements as xapi
    from xapi.services import record_statements

    made = [
        xapi.statement(
            id=uuid.UUID(int=place + 1000),
            actor=xapi.actor(settings.BASE_URL, uuid.UUID(int=place % 3 + 1)),
            verb="answered",
            object=xapi.activity("http://localhost/xapi/activities/A01/s1", "interaction", "Vraag"),
            timestamp=timezone.now(),
        )
        for place in range(number)
    ]
    record_statements(made)


def forwarding(outside: Outside) -> list[Any]:
    from xapi.forwarding.services import create_target

    target = create_target(name="ander", kind="operator", address=outside.store, key="a", secret="b")
    statements(60)
    return [target.pk]


def a_month_lacks(_: Outside) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'xapi_statement'::regclass")
        names = sorted(name for (name,) in cursor.fetchall() if "_y" in name)
        for name in names[-2:]:
            cursor.execute(f"DROP TABLE {name}")
    statements(5)


def mails(_: Outside) -> None:
    from people.models import Notice, User

    for number in range(4):
        user = User.objects.create(username=f"mail{number}", email=f"mail{number}@voorbeeld.nl", login_email=None)
        Notice.objects.create(user=user, text=f"Er is iets {number}. Kijk maar.", by_mail=True)


def desks(_: Outside) -> None:
    from learning.models import DeskMessage
    from people.models import User

    user = User.objects.order_by("pk").first()
    for number in range(3):
        DeskMessage.objects.create(
            user=user, scan=uuid.UUID(int=number + 1), region=f"r{number}", desk="Loket", subject="Digiscan",
            email=f"loket{number}@voorbeeld.nl", text="De uitkomst.",
        )  # fmt: skip


def no_duos(_: Outside) -> None:
    from leadership.models import PeerPlace

    PeerPlace.objects.all().delete()


def dossier(_: Outside) -> list[Any]:
    from leadership.models import DossierFile, DossierVersion

    DossierFile.objects.all().delete()
    found = DossierVersion.objects.order_by("pk").first()
    assert found is not None
    return [found.pk]


def a_list(_: Outside) -> list[Any]:
    from people.models import Cohort, ListImport, User

    cohort = Cohort.objects.get(name="Klas Horeca 1C")
    kept = ListImport.objects.create(
        actor=User.objects.get(username="bram"), organisation=cohort.organisation, cohort=cohort, is_text=True,
        content="\n".join(f"Naam{number}" for number in range(12)).encode(), total=12,
    )  # fmt: skip
    return [str(kept.pk)]


def old_sessions(_: Outside) -> None:
    from django.utils import timezone

    from people.models import Session

    for number in range(4):
        Session.objects.create(
            session_key=f"{number}" * 32, session_data="x", expire_date=timezone.now() - timedelta(days=number - 1)
        )


def scheduled(_: Outside) -> None:
    from django.utils import timezone
    from wagtail.models import Revision

    from modules.queries import live_modules

    for page in live_modules()[:3]:
        page.title += " 2"
        page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 3


def facts(_: Outside) -> None:
    from django.contrib.auth.models import Group
    from django.utils import timezone

    from language.models import Fact
    from people.models import User

    for fact in Fact.objects.order_by("pk")[:3]:
        Fact.objects.filter(pk=fact.pk).update(review_by=timezone.localdate() - timedelta(days=1))
    for number, group in enumerate(Group.objects.all()):
        user = User.objects.create(username=f"auteur{number}")
        user.groups.add(group)


def only_one_lesson_is_said() -> str:
    """To say all lessons takes minutes; one goes the same way. Gives its name."""
    from media.speech import services, sources

    name = next(one for one in sources.all_names() if one.endswith("B2"))
    services.all_names = lambda: [name]
    return name


def sound(_: Outside) -> list[Any]:
    from django.utils import timezone

    from media.speech.models import Clip, ClipUse
    from media.speech.services import refresh_script

    name = only_one_lesson_is_said()
    refresh_script(name)
    mine = list(ClipUse.objects.filter(script__name=name).order_by("pk").values_list("clip_id", flat=True)[:3])
    Clip.objects.exclude(pk__in=mine).update(made_at=timezone.now(), bytes=1)
    return [name]


def unused_sound(_: Outside) -> None:
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from django.utils import timezone

    from media.speech.encode import FORMS
    from media.speech.models import Clip

    sound(_)
    past = timezone.now() - timedelta(days=100)
    made = [
        Clip(key=f"{number:032x}", text=f"Weg {number}.", spoken=f"Weg {number}.", made_at=past, unused_since=past,
             backend="fake", voice="x", rate=100, language="nl")
        for number in range(3)
    ]  # fmt: skip
    for clip in Clip.objects.bulk_create(made):
        for form in FORMS:
            default_storage.save(clip.file(form.ending), ContentFile(b"geluid"))


def a_picture(_: Outside) -> list[Any]:
    from media.models import Picture

    return [_picture().pk] if Picture else []


def _picture() -> Any:
    from io import BytesIO

    from django.core.files.images import ImageFile
    from PIL import Image

    from media.models import Picture

    out = BytesIO()
    Image.new("RGB", (1600, 1000), "navy").save(out, "JPEG")
    picture = Picture(title="Foto", file=ImageFile(BytesIO(out.getvalue()), name="foto.jpg"), width=1600, height=1000)
    picture.save()
    return picture


def unfinished_uploads(_: Outside) -> None:
    import os
    import time

    from django.contrib.contenttypes.models import ContentType
    from django.core.files.base import ContentFile
    from wagtail.models import UploadedFile

    from media.models import Picture

    kind = ContentType.objects.get_for_model(Picture)
    for number in range(3):
        upload = UploadedFile.objects.create(for_content_type=kind, file=ContentFile(b"x", name=f"half{number}.jpg"))
        os.utime(upload.file.path, (time.time() - 3 * 86400,) * 2)


def a_package(_: Outside) -> list[Any]:
    from django.core.files.base import ContentFile
    from django.utils import timezone

    from media.h5p.importing import begin_import, run_import
    from media.h5p.models import H5PLibrary
    from media.h5p.registry import approve_library
    from tests.media.h5p.packages import package, zipped

    content = zipped(package()).getvalue()
    first = begin_import(file=ContentFile(content), name="les.h5p", by=None)
    run_import(key=first.key, now=timezone.now())
    for library in H5PLibrary.objects.requested():
        approve_library(library=library, by=None, now=timezone.now())
    first.delete()
    row = begin_import(file=ContentFile(content), name="les.h5p", by=None)
    return [str(row.key)]


def taken_off(_: Outside) -> None:
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages
    from django.utils import timezone

    from courses.models import PathFile, PathPage
    from people.models import Organisation

    past = timezone.now() - timedelta(days=60)
    school = Organisation.objects.filter(kind="school").order_by("pk").first()
    for number in range(3):
        file = PathFile.objects.create(
            organisation=school, digest=f"{number:064x}", name=f"{number}.pdf", kind="pdf", size=6
        )
        storages["paths"].save(file.place, ContentFile(b"inhoud"))
    PathFile.objects.update(made_at=past)
    PathPage.objects.update(place=None, taken_off_at=past)


def orphans(_: Outside) -> None:
    import os
    import time

    from django.core.files.base import ContentFile
    from django.core.files.storage import storages

    for number in range(3):
        name = storages["xapi"].save(f"ab/{number:064x}", ContentFile(b"x"))
        os.utime(storages["xapi"].path(name), (time.time() - 3 * 86400,) * 2)


RETENTION = ("people.tasks.keep_to_terms", "people.tasks.sweep_retention_runs")
ERASED_TWICE = "a line in the journal of erasures: to erase again changes nothing"
SCENES: dict[str, Scene] = {
    "lms.tasks.show_pulse": Scene(nothing),
    "lms.tasks.empty_write_ahead_log": Scene(nothing),
    "lms.tasks.forget_failures": Scene(old_failures),
    "lms.tasks.remove_files_without_a_row": Scene(orphans),
    "lms.tasks.make_nightly_backup": Scene(
        a_backup, unsure="Gezondheid: how old the copy is; the next night makes one"
    ),
    "people.tasks.apply_retention": Scene(people_of_long_ago, RETENTION, twice=ERASED_TWICE),
    "people.tasks.keep_to_terms": Scene(people_of_long_ago, RETENTION, twice=ERASED_TWICE),
    "people.tasks.do_retention_run": Scene(a_run, ("people.tasks.sweep_retention_runs",), twice=ERASED_TWICE),
    "people.tasks.sweep_retention_runs": Scene(a_run, twice=ERASED_TWICE),
    "people.tasks.clear_sessions": Scene(old_sessions),
    "people.tasks.take_list_of": Scene(a_list, ("people.tasks.sweep_lists",)),
    "people.tasks.sweep_lists": Scene(a_list),
    "learning.tasks.send_review_reminders": Scene(reminders, later=timedelta(minutes=15)),
    "learning.tasks.mail_to_desks": Scene(desks, unsure="“Misschien gestuurd”: this mail never goes twice"),
    "integrations.tasks.send_notices": Scene(mails, twice="a mail, under the same Message-ID"),
    "integrations.tasks.send_lti_completions": Scene(
        lti, twice="a score: the platform gets the same one again", later=timedelta(0), due=lti_is_due
    ),
    "integrations.tasks.forget_who_left_a_course": Scene(lti),
    "integrations.tasks.export_statements": Scene(
        an_export,
        ("integrations.tasks.sweep_statement_exports",),
        twice="a piece of a file, until the export goes after three days",
    ),
    "integrations.tasks.sweep_statement_exports": Scene(
        an_export, twice="a piece of a file, until the export goes after three days"
    ),
    "xapi.tasks.forward_statements": Scene(forwarding, twice="a statement, under the same id: it is taken once"),
    "xapi.tasks.forward_to_target": Scene(
        forwarding, ("xapi.tasks.forward_statements",), twice="a statement, under the same id: it is taken once"
    ),
    "xapi.tasks.make_months": Scene(a_month_lacks),
    "insight.tasks.count_plans_of_groups": Scene(nothing),
    "insight.tasks.count_questions_of_classes": Scene(nothing),
    "insight.tasks.release_last_quarter": Scene(nothing),
    "leadership.tasks.find_partners": Scene(no_duos),
    "leadership.tasks.tell_who_keeps_registers": Scene(nothing),
    "leadership.tasks.make_dossier_files": Scene(dossier, ("leadership.tasks.sweep_dossier_files",)),
    "leadership.tasks.sweep_dossier_files": Scene(dossier),
    "modules.tasks.publish_scheduled_lessons": Scene(
        scheduled, ("modules.tasks.publish_scheduled_lessons", "media.tasks.sweep_speech")
    ),
    "modules.tasks.tell_who_keeps_facts": Scene(facts),
    "media.tasks.make_speech": Scene(sound, ("media.tasks.sweep_speech",)),
    "media.tasks.sweep_speech": Scene(sound),
    "media.tasks.remove_unused_speech": Scene(unused_sound),
    "media.tasks.make_renditions": Scene(
        a_picture, ("media.tasks.make_renditions",), twice="a form of a photo on the disk, that no row names"
    ),
    "media.tasks.forget_unfinished_uploads": Scene(unfinished_uploads),
    "media.tasks.import_h5p": Scene(a_package, ("media.tasks.sweep_h5p",)),
    "media.tasks.sweep_h5p": Scene(a_package),
    "courses.tasks.remove_what_was_taken_off": Scene(taken_off),
}
