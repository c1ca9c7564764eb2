"""One person with data in every table that can hold some: for tests that erase, move or put back.

Every model is in one of three places: it leads to a person (found by itself, and filled by itself), it knows one by
something else than a relation (OTHERWISE), or nobody stands in it (NOBODY, with why). A new model fits nowhere until
somebody says which.
"""

import gzip
import itertools
import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.serializers import JSONSerializer
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, models
from django.utils import timezone

from people.models import User
from people.session_store import SessionStore
from xapi.core.packing import unpack

MARK = "zuiderw"
NUMBER = 7_346_918_205  # of the person's row: as text it is found wherever a number of hers is left
CONTENT = "les, beeld of woord: van iedereen; wie het maakte staat in andere tabellen"
SITE = "instelling van de site"
GROUP = "van een groep of organisatie, zonder wie erin zit"
FIGURE = "een cijfer over velen, dat niemand aanwijst"

NOBODY: dict[str, str] = {
    **dict.fromkeys(
        (
            "courses.PathFile", "courses.PathLesson", "courses.PathPage", "language.Fact", "language.GlossaryTerm",
            "language.HardWord", "language.WordForm", "language.WordTranslation", "leadership.Programme", "media.Clip",
            "media.ClipUse", "media.H5PImport_lacking", "media.H5PVersion_libraries", "media.Pronunciation",
            "media.Recording", "media.Rendition", "media.Script", "modules.CataloguePage", "modules.LessonFigures",
            "modules.LessonsEdition", "modules.ModulePage", "modules.ModulePage_prerequisites", "taggit.Tag",
            "taggit.TaggedItem", "wagtailembeds.Embed", "wagtailimages.Rendition", "wagtailsearch.IndexEntry",
            "wagtailsearch.SQLiteFTSIndexEntry", "wagtailcore.ReferenceIndex", "xapi.Activity",
        ),
        CONTENT,
    ),
    **dict.fromkeys(
        (
            "auth.Group", "auth.Group_permissions", "auth.Permission", "contenttypes.ContentType",
            "integrations.LtiPlatform", "integrations.SignOnProvider", "lti_tool.Key", "lti_tool.LtiDeployment",
            "lti_tool.LtiPlatformInstance", "lti_tool.LtiRegistration", "modules.ReviewTask",
            "modules.ReviewTask_groups", "wagtailadmin.Admin", "wagtailcore.Collection",
            "wagtailcore.CollectionViewRestriction", "wagtailcore.CollectionViewRestriction_groups",
            "wagtailcore.GroupApprovalTask", "wagtailcore.GroupApprovalTask_groups",
            "wagtailcore.GroupCollectionPermission", "wagtailcore.GroupPagePermission",
            "wagtailcore.GroupSitePermission", "wagtailcore.Locale", "wagtailcore.PageViewRestriction",
            "wagtailcore.PageViewRestriction_groups", "wagtailcore.Site", "wagtailcore.Task", "wagtailcore.Workflow",
            "wagtailcore.WorkflowContentType", "wagtailcore.WorkflowPage", "wagtailcore.WorkflowTask",
            "xapi.Credential", "xapi.ForwardTarget", "lms.Pulse", "people.AuditTerm",
        ),
        SITE,
    ),
    **dict.fromkeys(
        (
            "courses.Assignment", "leadership.AiSystem", "leadership.Dossier", "leadership.DossierFile",
            "leadership.DossierVersion", "leadership.Evaluation", "leadership.Meeting", "leadership.ProgrammeGroup",
            "leadership.RoleGoal", "leadership.RoleGoal_systems", "leadership.SystemChange", "lti_tool.LtiContext",
            "lti_tool.LtiLineItem", "lti_tool.LtiResourceLink", "people.Agreement", "people.Cohort",
            "people.JoinCode", "people.Organisation",
        ),
        GROUP,
    ),
    **dict.fromkeys(
        (
            "insight.DailyUse", "insight.PlanFigure", "insight.QuestionFigure", "insight.Release",
            "insight.ReleasedFigure",
        ),
        FIGURE,
    ),
    "integrations.LtiNonce": "een afdruk van een keer binnenkomen, een dag lang",
    "learning.LessonReport": "een melding over een les, van niemand",
    "learning.StatusSlot": "een plek op de lijst van ingetrokken bewijzen; blijft bezet, van niemand",
    "people.WrongTry": "een afdruk van een poging, van niemand",
    "sessions.Session": "tabel van Django; blijft leeg (people.Session)",
    "xapi.StatementId": "waar een statement staat (PostgreSQL)",
}  # fmt: skip
OTHERWISE = (
    "lms.FailedTask", "people.AuditEntry", "people.Session", "xapi.Attachment", "xapi.Document", "xapi.Forward",
    "xapi.ForwardName", "xapi.ForwardRecall", "xapi.Reference", "xapi.Related", "xapi.Statement",
)  # fmt: skip
KEPT_WORDS = ("wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry", "wagtailcore.TaskState")
"""What happened to a lesson, with what was said when it was approved: stays, without who."""
MADE_FOR_OTHERS = (  # what hangs on these is not about who made them
    "courses.CoursePath", "media.H5PImport", "media.H5PLibrary", "media.H5PPackage", "media.H5PVersion",
    "media.Picture", "people.RetentionRun", "people.RetentionTerm", "wagtailcore.Page",
    "wagtailcore.Revision", "wagtaildocs.Document", "wagtailimages.Image",
)  # fmt: skip


def tables() -> list[type[models.Model]]:
    """Every model with a table of its own."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def about_a_person() -> list[type[models.Model]]:
    """The models from which relations lead to a person, those that others need first."""
    found: list[type[models.Model]] = [User]
    while True:
        more = [model for model in tables() if model not in found and _leads_to(model, found)]
        if not more:
            return found
        found += more


def _leads_to(model: type[models.Model], found: list[type[models.Model]]) -> bool:
    near = [one for one in found if one._meta.label not in MADE_FOR_OTHERS]
    return any(one.related_model in near for one in model._meta.local_fields if one.is_relation)


@dataclass
class Filled:
    """Who was written, and all that can only be of them: by table for the words, and ids."""

    user: User
    words: dict[str, set[str]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    at_targets: set[str] = field(default_factory=set)
    """By what another record store knows them: it is asked back by that, so it stays until it is gone there."""

    @property
    def traces(self) -> set[str]:
        """What may be nowhere once they are gone."""
        return {MARK, str(NUMBER), *self.ids, *(one.replace("-", "") for one in self.ids)}

    @property
    def audit_keys(self) -> set[str]:
        """Under which lines of the audit trail stay."""
        return {str(self.user.audit_key), str(self.user.audit_key).replace("-", "")}


class _Filler:
    def __init__(self, given: dict[str, dict[str, Any]]) -> None:
        self.given, self.rows, self.count = given, dict[str, models.Model](), itertools.count(1)
        self.filled: Filled

    def row(self, model: type[models.Model]) -> models.Model:
        """One row of this model about the person, made once; every field that can say something does."""
        label = model._meta.label
        if label in self.rows:
            return self.rows[label]
        given = self.given.get(label, {})
        values = {}
        for one in model._meta.local_fields:
            if one.name in given:
                values[one.name] = given[one.name]
            elif (value := self.value(model, one)) is not None:
                values[one.name] = value
        made = model(**values)
        models.Model.save(made)  # auto_now and the like stay out of what a test compares
        self.rows[label] = made
        self.remember(label, made)
        return made

    def remember(self, label: str, made: models.Model) -> None:
        words = self.filled.words.setdefault(label, set())
        for one in made._meta.local_fields:
            value = getattr(made, one.attname)
            if isinstance(value, uuid.UUID):
                words.add(str(value))
                if label not in (*MADE_FOR_OTHERS, *KEPT_WORDS):
                    self.filled.ids.add(str(value))
            elif isinstance(value, datetime):
                words.add(value.isoformat())
                words.add(value.isoformat()[:19])
            elif MARK in str(value):
                words.add(value if isinstance(value, str) else f"{MARK}-{label}-{one.name}".lower())

    def value(self, model: type[models.Model], one: Any) -> Any:
        """Something for this field that tells whose it is; None leaves it as it would be."""
        if one.is_relation:
            if one.related_model is User:
                return self.filled.user
            label = one.related_model._meta.label
            if label in self.rows or not (one.null or label in self.given["*"]):
                return self.row(one.related_model)
            return None if one.null else self.given["*"][label]
        if one.primary_key and not isinstance(one, models.UUIDField | models.CharField):
            return None
        if one.choices:
            return next(value for value, _ in one.flatchoices if value != "")
        whose = "overal" if model._meta.label in (*MADE_FOR_OTHERS, *KEPT_WORDS) else MARK
        return _of_kind(one, f"{whose}-{model._meta.label}-{one.name}".lower(), next(self.count))


def _of_kind(one: Any, text: str, number: int) -> Any:
    at = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(seconds=number)
    if isinstance(one, models.EmailField):
        return f"{text.replace('.', '-')}@voorbeeld.nl"
    if isinstance(one, models.URLField):
        return f"https://voorbeeld.nl/{text}"
    if isinstance(one, models.FileField):
        return one.storage.save(f"{one.name}/{text.replace('.', '-')}.txt", ContentFile(text.encode()))
    if isinstance(one, models.SlugField):
        return text.replace(".", "-")
    if isinstance(one, models.CharField):
        return text[: one.max_length] if (one.max_length or 999) >= len(MARK) else None
    for kind, value in (
        (models.TextField, text),
        (models.JSONField, {"wat": text}),
        (models.BinaryField, text.encode()),
        (models.UUIDField, uuid.uuid4()),
        (models.DateTimeField, at),
        (models.DateField, date(2026, 11, 2)),
        (models.BooleanField, None if one.has_default() else False),
        (models.IntegerField, 1),
        (models.FloatField, 1.0),
    ):
        if isinstance(one, kind):
            return value
    return None


def fill() -> Filled:
    """Write a person, `NUMBER`, into every table; who else is there is left alone."""
    made = User(
        pk=NUMBER, username=f"{MARK}-gebruiker", first_name=f"Anna {MARK}-voornaam", last_name=f"{MARK}-achternaam",
        email=f"{MARK}@voorbeeld.nl", login_email=f"{MARK}-inloggen@voorbeeld.nl",
    )  # fmt: skip
    made.set_password(PASSWORD)
    made.save()
    filler = _Filler(_given())
    filler.filled = Filled(made)
    filler.rows["people.User"] = made
    filler.remember("people.User", made)
    page = filler.rows["wagtailcore.Page"] = filler.given["*"]["wagtailcore.Page"]
    type(page).objects.filter(pk=page.pk).update(owner=made, locked=True, locked_by=made)
    for model in about_a_person():
        filler.row(model)
    _otherwise(filler)
    _figures(filler.given["*"]["people.Cohort"])
    return filler.filled


PASSWORD = "heel-lang-wachtwoord-van-anna"


def _given() -> dict[str, dict[str, Any]]:
    """What these rows lean on, and fields in which only something of a kind makes sense."""
    from lti_tool.models import LtiContext, LtiDeployment, LtiRegistration
    from wagtail.models import Collection, Locale, Page, Task, Workflow

    from courses.models import Assignment, CoursePath
    from integrations.models import SignOnProvider
    from leadership.models import Programme, ProgrammeGroup
    from learning.models import StatusSlot
    from people.models import Cohort, Organisation

    school = Organisation.objects.create(name="School overal", kind=Organisation.Kind.SCHOOL)
    cohort = Cohort.objects.create(organisation=school, name="Klas overal", kind=Cohort.Kind.CLASS)
    path = CoursePath.objects.create(organisation=school, title="Route overal", slug="route-overal")
    programme = Programme.objects.first() or Programme.objects.create(slug="overal", content="{}")
    leads = Cohort.objects.create(organisation=school, name="Leergroep overal", kind=Cohort.Kind.PROGRAMME)
    group = ProgrammeGroup.objects.create(cohort=leads, programme=programme, starts_on=date(2026, 9, 1))
    provider = SignOnProvider.objects.create(
        organisation=school, kind="other", name="Overal", issuer="https://overal.example", client_id="kortwijs",
        sealed="", created_at=timezone.now(),
    )  # fmt: skip
    registration = LtiRegistration.objects.create(name="Overal", issuer="https://leren.example")
    deployment = LtiDeployment.objects.create(registration=registration, deployment_id="1")
    page = Page.objects.filter(depth__gt=1).first() or Page.get_first_root_node()
    assert page is not None
    kind = ContentType.objects.get_for_model(Page)
    on_page = {"content_type": kind, "object_id": str(page.pk), "base_content_type": kind}
    result = {"level": None, "lessons": []}
    return {
        "*": {
            "people.Organisation": school, "people.Cohort": cohort, "courses.CoursePath": path,
            "courses.Assignment": Assignment.objects.create(cohort=cohort, path=path),
            "leadership.Programme": programme, "leadership.ProgrammeGroup": group,
            "integrations.SignOnProvider": provider, "lti_tool.LtiRegistration": registration,
            "lti_tool.LtiContext": LtiContext.objects.create(deployment=deployment, id_on_platform="1"),
            "learning.StatusSlot": StatusSlot.objects.create(place=77_777), "wagtailcore.Page": page,
            "contenttypes.ContentType": kind, "wagtailcore.Task": Task.objects.first() or Task.objects.create(
                name="Overal", content_type=ContentType.objects.get_for_model(Task)
            ),
            "wagtailcore.Workflow": Workflow.objects.first() or Workflow.objects.create(name="Overal"),
            "wagtailcore.Locale": Locale.objects.first(), "wagtailcore.Collection": Collection.objects.first(),
            "auth.Group": _group(), "auth.Permission": _permission(),
        },
        "assessments.QuestionnaireAnswers": {"questionnaire": "startmeting", "result": result},
        "assessments.Response": {"kind": "reflection"},
        "integrations.StatementExport": _export(),
        "people.RoleInvite": {"email": f"{MARK}-inloggen@voorbeeld.nl"},
        "learning.Progress": {"seen": [MARK], "results": {}},
        "leadership.WorkProduct": {"values": {"doel": f"{MARK}-stuk"}},
        "wagtailcore.Revision": {**on_page, "content": {**page.serializable_data(), "owner": NUMBER}},
        "wagtailcore.WorkflowState": on_page,
        "wagtailcore.TaskState": {"content_type": ContentType.objects.get_for_model(Task)},
        "wagtailcore.ModelLogEntry": {"content_type": kind, "object_id": "1"},
        "wagtailcore.PageLogEntry": {"data": {"comment": {"id": 1, "text": f"{MARK}-opmerking"}}},
        "mfa.Authenticator": {"type": "recovery_codes"},
        "media.H5PLibrary": {"approved_at": None},
        "media.H5PPackage": {"title": "H5P overal"}, "media.H5PVersion": {"title": "H5P overal"},
    }  # fmt: skip


def _group() -> models.Model:
    return apps.get_model("auth.Group").objects.get_or_create(name="Overal")[0]


def _permission() -> models.Model:
    return apps.get_model("auth.Permission").objects.first()


def _export() -> dict[str, Any]:
    """A file that is ready, and where it lies."""
    key = uuid.uuid4()
    part = storages["xapi"].save(f"uitvoer/{key}/00000", ContentFile(gzip.compress(MARK.encode())))
    return {"key": key, "state": "klaar", "parts": [part], "filters": {"van": MARK}}


def _otherwise(filler: _Filler) -> None:
    """What knows a person by something else than a relation."""
    from people.services import record_audit
    from xapi.core import statements as xapi
    from xapi.core.validation import check_statement
    from xapi.core.versions import Version
    from xapi.documents import Conditions, Sent, Shelf, put_document
    from xapi.forwarding.services import create_target
    from xapi.models import Forward, ForwardName, Kind
    from xapi.services import create_credential, receive_statements, record_statements

    person, site = filler.filled.user, settings.BASE_URL
    name = person.pseudonyms.get(target="").name
    filler.filled.ids.add(str(name))
    target = create_target(name="Leerlog", kind="operator", address="https://lrs.example/xapi", key="a", secret="b")
    file = f"{MARK}-bijlage".encode()
    own = xapi.statement(
        id=uuid.uuid4(), actor=xapi.actor(site, name), verb="answered", timestamp=timezone.now(),
        object=xapi.activity(f"{site}/xapi/activities/B2/overal", "step", "Een vraag"),
        result={"response": f"{MARK}-antwoord"},
    )  # fmt: skip
    of_client = xapi.statement(
        id=uuid.uuid4(), actor={"mbox": "mailto:ander@voorbeeld.nl"}, verb="experienced", timestamp=timezone.now(),
        object=xapi.activity(f"{site}/xapi/activities/B2/overal", "step"),
    )  # fmt: skip
    of_client["context"] = {"instructor": xapi.actor(site, name)}
    of_client["attachments"] = [
        {
            "usageType": "http://adlnet.gov/expapi/attachments/supporting_media", "display": {"nl": "foto"},
            "contentType": "text/plain", "length": len(file), "sha2": sha256(file).hexdigest(),
        }
    ]  # fmt: skip
    about = {**own, "id": str(uuid.uuid4()), "object": {"objectType": "StatementRef", "id": own["id"]}, "context": {}}
    filler.filled.ids |= {own["id"], of_client["id"], about["id"]}
    filler.filled.words["xapi.Statement"] = {f"{MARK}-antwoord"}
    client, _ = create_credential("Leersysteem", scopes=("all",))
    record_statements([own, about])
    sent = [check_statement(of_client, Version.V1)]
    receive_statements(sent, credential=client, version=Version.V1, contents={sha256(file).hexdigest(): file})
    shelf = Shelf(Kind.STATE, None, "https://overal.example/les", xapi.actor(site, name))
    put_document(
        shelf, f"{MARK}-stand", Sent(MARK.encode(), "text/plain"), Conditions(), careful=False, new_needs=False
    )
    at_target = uuid.uuid4()
    filler.filled.at_targets |= {str(at_target), own["id"]}
    filler.filled.ids.add(str(at_target))
    ForwardName.objects.create(target=target, actor=name, name=at_target)
    Forward.objects.filter(target=target).delete()
    Forward.objects.create(
        target=target, seq=1, statement_id=own["id"], actor=name, state=Forward.State.SENT, sent_at=timezone.now()
    )
    waiting = {"wat": MARK}
    Forward.objects.create(target=target, seq=2, statement_id=uuid.uuid4(), actor=name, document=waiting)
    for action in ("look_at_statements", "download_statements", "change_role"):
        record_audit(actor=person, action=action, person=person, looked=True)
    session = SessionStore()
    session.update({SESSION_KEY: str(person.pk), "naam": MARK, "eigenaar": str(person.owner_key)})
    session.save()
    _in_the_editor(person)


def _figures(cohort: models.Model) -> None:
    """What was told of her group before she went."""
    from insight.models import DailyUse, PlanFigure, QuestionFigure, Release, ReleasedFigure

    day = date(2026, 11, 2)
    DailyUse.objects.create(day=day, what="startmeting", phones=12)
    PlanFigure.objects.create(cohort=cohort, people=12, succeeded=8, counted_on=day)
    QuestionFigure.objects.create(
        cohort=cohort, module="B2", exercise="x", people=12, right=7, choices={}, parts={}, counted_on=day
    )
    release = Release.objects.create(quarter=date(2026, 7, 1), made_at=timezone.now())
    ReleasedFigure.objects.create(release=release, indicator="bereik", name="mensen", told="12", width=1)


def _in_the_editor(person: User) -> None:
    """What Wagtail keeps of a person in what is another's: an administrator changed their account."""
    from wagtail.admin.models import EditingSession, FormState
    from wagtail.log_actions import log
    from wagtail.models import Revision

    chief = User.objects.create(username="overal-beheer", is_superuser=True, is_staff=True)
    kind = ContentType.objects.get_for_model(User)
    log(instance=person, action="wagtail.edit", user=chief, content_changed=True)
    EditingSession.objects.create(user=chief, content_type=kind, object_id=str(person.pk), last_seen_at=timezone.now())
    FormState.objects.create(
        user=chief, content_type=kind, object_id=str(person.pk), data=json.dumps({"first_name": person.first_name}),
        parent_object_id="", last_updated_at=timezone.now(),
    )  # fmt: skip
    revision = Revision.objects.filter(user=person).get()
    comment = {"pk": 1, "user": person.pk, "text": f"{MARK}-opmerking", "replies": [], "contentpath": "title"}
    revision.content = {**revision.content, "locked_by": person.pk, "wagtail_admin_comments": [comment]}
    revision.save(update_fields=["content"])


def traces_in_tables(traces: set[str]) -> dict[str, str]:
    """In which columns of which tables one of these is, packed or not, with what stands there."""
    found: dict[str, str] = {}
    for model in tables():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    text = _as_text(value, packed=name == "document")
                    if any(trace in text for trace in traces):
                        found[f"{model._meta.label}.{name}"] = text[:300]
    return found


def _as_text(value: Any, *, packed: bool) -> str:
    if isinstance(value, bytes | memoryview):
        return unpack(bytes(value)) if packed else bytes(value).decode("latin-1")
    text = str(value)
    return f"{text} {_session(text)}" if text.count(":") == 2 else text


def _session(text: str) -> str:
    """What is in a session, which is signed and packed."""
    try:
        return str(signing.loads(text, salt=SessionStore().key_salt, serializer=JSONSerializer))
    except (signing.BadSignature, ValueError):
        return ""
