"""What every test stands on: real lessons in the database, collected static files, the same cast."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import settings as hypothesis_settings
from wagtail.signal_handlers import disable_reference_index_auto_update
from whitenoise import WhiteNoise

from language.models import Fact
from modules.models import ModulePage
from people.models import Organisation, Role, User
from tests.factories import (
    CohortFactory,
    CohortMemberFactory,
    MembershipFactory,
    OrganisationFactory,
    Phone,
    UserFactory,
    curriculum_folder,
    lesson_file,
)
from tests.kept_rows import KeptRows

hypothesis_settings.register_profile("kortwijs", deadline=None)  # no test fails on a clock
hypothesis_settings.load_profile("kortwijs")
CURRICULUM = Path(settings.BASE_DIR) / "curriculum"
_kept: list[KeptRows] = []  # the rows of `lesson`, made once


def pytest_configure() -> None:
    """A password is hashed in no time, for that it is slow is Django's to test. Each process has its own Redis."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["erasures"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    for cache in settings.CACHES.values():  # who empties the cache empties no other's
        if str(cache.get("LOCATION", "")).startswith("redis"):
            cache["LOCATION"] = f"{cache['LOCATION'].rpartition('/')[0]}/{worker + 1}"


ONLY_DATABASE = "KORTWIJS_ONLY_DATABASE"
DATABASE = {"db", "transactional_db", "django_db_setup", "own_limits"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL and Redis only what asks a database or counts tries: the rest ran already and would be the same."""
    if not os.environ.get(ONLY_DATABASE):
        return
    same = [one for one in items if not DATABASE & set(one.fixturenames) and not one.get_closest_marker("django_db")]
    config.hook.pytest_deselected(items=same)
    left_out = set(same)
    items[:] = [one for one in items if one not in left_out]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Pages name collected static files, so they are collected once, before workers start; so is the word data."""
    if not hasattr(session.config, "workerinput"):
        import django

        django.setup()
        from language.readability import words

        if words.missing_data():
            subprocess.run([sys.executable, "bin/make_word_data.py"], cwd=settings.BASE_DIR, check=True)
            words.forget()
        from lms.start import collect_static

        collect_static()


@pytest.fixture(scope="session", autouse=True)
def messages_stay_in_this_process() -> None:
    """What a test asks a worker is for no worker of this machine."""
    from lms.celery import app

    app.conf.update(broker_url="memory://", broker_transport_options={})


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_emptied() -> Iterator[None]:
    """After a test on real transactions; the audit trail refuses it, and migrating, which follows, puts that back."""
    from django.core.management.commands import flush

    from people.append_only import lifting

    emptying = flush.sql_flush

    def sql_flush(style: Any, connection: Any, **options: Any) -> list[str]:
        return [*lifting(connection), *emptying(style, connection, **options)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", sql_flush)
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files_are_listed_once() -> Iterator[None]:
    """Every test client starts the middleware anew; the collected files are the same all the while."""
    listed: dict[tuple[str, str], dict[str, Any]] = {}
    lister = WhiteNoise.update_files_dictionary

    def update_files_dictionary(self: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in listed:
            lister(self, root, prefix)
            listed[root, prefix] = dict(self.files)
        self.files.update(listed[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", update_files_dictionary)
        yield


@pytest.fixture(scope="session", autouse=True)
def a_file_of_lessons_is_parsed_once() -> Iterator[None]:
    """Most tests that load lessons load the same ones. What is wrong with a file is found anew each time."""
    from modules.curriculum import reader

    parsed: dict[tuple[bytes, int], bytes] = {}
    read = reader.read_data

    def read_data(file: Path, content: bytes, schema: Any, problems: list[Any]) -> Any:
        key, before = (content, id(schema)), len(problems)
        if key in parsed:
            return pickle.loads(parsed[key])
        data = read(file, content, schema, problems)
        if len(problems) == before:
            parsed[key] = pickle.dumps(data)
        return data

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "read_data", read_data)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> None:
    from django.db import connection

    from language.queries import WordsAndFacts
    from modules.services import load_curriculum
    from modules.services.figures import refresh_figures
    from xapi.partitions import divide

    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            divide(editor)
        plant_roots()
        load_curriculum(CURRICULUM)
        refresh_figures(WordsAndFacts())
        folder = tmp_path_factory.mktemp("lesson")
        _kept.append(KeptRows.of(lambda: load_lesson(folder)))


def plant_roots() -> None:
    """The tables are made without running migrations; here is what those add to them."""
    from wagtail.models import Collection, Locale, Page

    if not Page.objects.filter(depth=1).exists():
        Locale.objects.get_or_create(language_code="nl")
        Page.add_root(title="Root", slug="root")
        Collection.add_root(name="Root")


@pytest.fixture(autouse=True)
def the_record_store_begins_its_clock_anew() -> None:
    """A test that sets the time is not told that it was later in the one before."""
    from xapi.consistency import forget

    forget()


@pytest.fixture(autouse=True)
def no_revision_was_read_before() -> None:
    """With the clock stopped, two tests can give two lessons one number and one moment."""
    from modules.queries import forget_revisions

    forget_revisions()


@pytest.fixture
def real_transactions(transactional_db: None) -> None:
    """For tests with more than one connection; these run last and leave empty tables behind: no lessons here."""
    from django.core.cache import cache

    cache.clear()  # Wagtail keeps the site's root there
    plant_roots()


@pytest.fixture
def lesson(db: None, tmp_path: Path) -> ModulePage:
    """A published lesson with every kind of exercise, and its files in `tmp_path`."""
    from modules.models import CataloguePage

    alone = not Fact.objects.filter(code="F901").exists()  # no other lesson of a test came first
    if not (alone and CataloguePage.objects.exists() and _kept[0].fits()):  # no catalogue: after real_transactions
        return load_lesson(tmp_path)
    curriculum_folder(tmp_path, lesson_file())
    _kept[0].put_back()
    return ModulePage.objects.get(code="E99")


@pytest.fixture
def coming(db: None, tmp_path: Path) -> ModulePage:
    """A lesson that is announced ('komt nog')."""
    from modules.services import load_curriculum

    folder = tmp_path / "coming"
    folder.mkdir()
    stub = lesson_file(id="E97", slug="komt-nog", status="announced")
    del stub["steps"]
    load_curriculum(curriculum_folder(folder, stub))
    return ModulePage.objects.get(code="E97")


def load_lesson(folder: Path, **changes: Any) -> ModulePage:
    from modules.services import load_curriculum

    with disable_reference_index_auto_update():  # what uses which photo: most of the work, and asked by few
        load_curriculum(curriculum_folder(folder, lesson_file(**changes)))
    return ModulePage.objects.get(code="E99")


@pytest.fixture
def phone(lesson: ModulePage, as_user) -> Phone:
    """A phone on which nobody has an account."""
    return Phone(as_user(None), lesson)


@pytest.fixture
def phone_of(lesson: ModulePage, as_user):
    """A phone on which this person is signed in."""

    def given_to(user: User) -> Phone:
        return Phone(as_user(user), lesson, owner=user.owner_key)

    return given_to


@pytest.fixture
def school(db: None) -> Organisation:
    return OrganisationFactory(name="Voorbeeldschool")


@pytest.fixture
def employer(db: None) -> Organisation:
    return OrganisationFactory(name="Voorbeeldbedrijf", kind=Organisation.Kind.EMPLOYER)


@pytest.fixture
def school_class(school: Organisation):
    return CohortFactory(organisation=school, name="Klas Zorg 2A")


@pytest.fixture
def anna(school: Organisation, school_class) -> User:
    """The learner."""
    user = UserFactory(username="anna", first_name="Anna")
    MembershipFactory(user=user, organisation=school, role=Role.LEARNER)
    CohortMemberFactory(cohort=school_class, user=user)
    return user


@pytest.fixture
def bram(school: Organisation, school_class) -> User:
    """Anna's teacher."""
    user = UserFactory(username="bram", first_name="Bram")
    MembershipFactory(user=user, organisation=school, role=Role.TEACHER)
    CohortMemberFactory(cohort=school_class, user=user, leads=True)
    return user


@pytest.fixture
def chantal(employer: Organisation) -> User:
    """The HR lead of another organisation."""
    user = UserFactory(username="chantal", first_name="Chantal")
    MembershipFactory(user=user, organisation=employer, role=Role.HR_LEAD)
    return user


@pytest.fixture
def driss(db: None) -> User:
    """The stranger with an account: no organisation, no role."""
    return UserFactory(username="driss", first_name="Driss")


@pytest.fixture
def as_user():
    """A browser in which this person is signed in; None is someone who never came before."""

    def signed_in(user: User | None) -> Client:
        client = Client(headers={"sec-fetch-site": "same-origin"})
        if user is not None:
            client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def own_limits(settings, tmp_path: Path) -> None:
    """What was tried in one test counts for no other."""
    place = {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": tmp_path / "limits",
        "TIMEOUT": 7200,
    }
    settings.CACHES = {**settings.CACHES, "limits": place}


@pytest.fixture
def own_files(settings, tmp_path: Path) -> None:
    """What is uploaded with a path in one test lies nowhere else."""
    place = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "paths", "base_url": None},
    }
    settings.STORAGES = {**settings.STORAGES, "paths": place}
