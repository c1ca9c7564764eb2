"""Joined static files, and the nightly work."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.module_loading import import_string

from lms.bundles import BUNDLES, EXPORTING, BundleStorage, join_css, join_js
from lms.celery import app
from people.models import User
from tests.factories import nobody_came_since


@pytest.mark.parametrize("name", BUNDLES)
def test_every_bundle_can_be_made_from_files_that_exist(name):
    text = BundleStorage().collected_bundle(name)
    assert text
    if name.endswith(".js") and not name.startswith("h5p/"):  # those hold a package that is no module
        assert "import " not in text.replace("import(", "")
        assert text.replace("exports", "").count("export") == (name in EXPORTING)


def test_modules_become_one_without_imports_and_exports():
    made = join_js({"a.js": 'import { b } from "b.js";\nexport const a = 1;\n', "b.js": "export function b() {}\n"})
    assert "import" not in made
    assert "export" not in made
    assert "=1" in made  # the minifier may give it a shorter name


@pytest.mark.parametrize(
    "form", ["const x = 2;", "export class x {}", "function x() {}", "export async function x() {}"]
)
def test_one_name_in_two_files_is_an_error_that_names_both(form):
    with pytest.raises(ImproperlyConfigured, match=r"'x'.*a\.js.*b\.js"):
        join_js({"a.js": "const x = 1;\n", "b.js": f"{form}\n"})


def test_a_name_inside_a_function_may_be_used_again():
    assert join_js({"a.js": "const x = 1;\n", "b.js": "function y() {\n  const x = 2;\n  return x;\n}\n"})


def test_styles_stand_behind_each_other_in_order():
    assert join_css({"a.css": "a { color: red }", "b.css": "/* x */ b { color: blue }"}) == "a{color:red}b{color:blue}"


def test_a_bundle_of_a_file_that_is_not_there_names_it(monkeypatch):
    monkeypatch.setitem(BUNDLES, "site.js", ("lms/weg.js",))
    with pytest.raises(ImproperlyConfigured, match=r"lms/weg\.js"):
        BundleStorage().collected_bundle("site.js")


def test_every_task_of_the_timetable_exists():
    app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in app.tasks
        assert callable(import_string(entry["task"]))


@pytest.mark.django_db
def test_the_nightly_work_erases_a_nameless_learner_who_stayed_away(phone):
    from people.tasks import apply_retention, clear_sessions

    phone.keep(phone.event("e-haakje"))
    apply_retention.apply(throw=True)
    assert User.objects.filter(is_nameless=True).count() == 1
    long_ago = timezone.now() - timedelta(days=settings.RETENTION_NAMELESS_DAYS + 1)
    nobody_came_since(long_ago)
    from learning.models import Event, Progress

    Event.objects.update(received_at=long_ago)
    Progress.objects.update(saved_at=long_ago)
    apply_retention.apply(throw=True)
    assert not User.objects.filter(is_nameless=True).exists()
    clear_sessions.apply(throw=True)


@pytest.mark.django_db
def test_sessions_that_ended_leave_no_row(as_user, anna):
    from people.models import Session
    from people.tasks import clear_sessions

    as_user(anna)
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    as_user(anna)
    clear_sessions.apply(throw=True)
    assert Session.objects.count() == 1
