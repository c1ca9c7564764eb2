"""Asking a teacher for help, and telling authors that a lesson is wrong without saying who."""

import pytest

from assessments.models import Response
from learning.asking import end_help_request
from learning.models import HelpRequest, LessonReport, Progress
from learning.views.help import REPORTS
from modules.authors import ensure_author_group
from modules.models import CataloguePage
from people.models import AuditEntry, User
from people.services import close_cohort
from tests.factories import CohortFactory, CohortMemberFactory, UserFactory
from xapi.models import Statement

pytestmark = pytest.mark.usefixtures("own_limits")


def text(reply) -> str:
    return " ".join(reply.content.decode().split())


def test_a_learner_in_a_class_asks_and_takes_it_back(as_user, anna, lesson):
    client = as_user(anna)
    assert "Vraag om hulp" in text(client.get("/hulp/?les=proefles"))
    client.post("/hulp/vragen/", {"les": "proefles"})
    client.post("/hulp/vragen/", {"les": "proefles"})  # a double tap
    assert HelpRequest.objects.get().module == "E99"
    assert "Je vraagt om hulp" in text(client.get("/hulp/"))
    client.post("/hulp/klaar/")
    assert not HelpRequest.objects.exists()


def test_who_has_no_teacher_here_gets_no_button(as_user, driss, phone):
    phone.keep(phone.event("e-haakje"))
    for client in (as_user(driss), phone.client, as_user(None)):
        assert "Vraag om hulp" not in text(client.get("/hulp/"))
        assert client.post("/hulp/vragen/").status_code == 302
    assert not HelpRequest.objects.exists()


@pytest.mark.parametrize("how", ["leaves", "class stops", "class is removed"])
def test_who_is_out_of_the_class_asks_nobody_any_more(as_user, anna, bram, school_class, how):
    """Else the teacher of a next class reads an old question, and Anna that hers can be seen."""
    client = as_user(anna)
    client.post("/hulp/vragen/")
    if how == "leaves":
        client.post(f"/mijn/groepen/{school_class.pk}/verlaten/")
    elif how == "class stops":
        close_cohort(cohort=school_class, actor=bram)
    else:
        school_class.delete()
    assert not HelpRequest.objects.exists()


def test_out_of_one_class_the_teacher_of_the_other_still_sees_the_question(as_user, anna, school_class, school):
    CohortMemberFactory(cohort=CohortFactory(organisation=school), user=anna)
    client = as_user(anna)
    client.post("/hulp/vragen/")
    client.post(f"/mijn/groepen/{school_class.pk}/verlaten/")
    assert HelpRequest.objects.filter(user=anna).exists()


def test_a_lesson_that_does_not_exist_does_no_harm(as_user, anna):
    for slug in ("weg", "x" * 9000, "../admin", "\x00"):
        assert as_user(anna).get("/hulp/", {"les": slug}).status_code == 200
        as_user(anna).post("/hulp/vragen/", {"les": slug})
    assert HelpRequest.objects.get().module == ""


def report(client, **data):
    return client.post("/les/proefles/klopt-niet/", {"kind": "wrong", "text": "", "step": "e-keuze", **data})


def test_a_report_reaches_the_authors_without_a_name(as_user, anna, lesson):
    assert "Dank je" in text(report(as_user(anna), text="Het antwoord klopt niet."))
    made = LessonReport.objects.get()
    assert (made.module, made.step, made.kind, made.text) == ("E99", "e-keuze", "wrong", "Het antwoord klopt niet.")
    assert not [field for field in LessonReport._meta.get_fields() if field.is_relation]
    assert not AuditEntry.objects.exists()
    eva = UserFactory(username="eva")
    eva.groups.add(ensure_author_group(CataloguePage.objects.get()))
    client = as_user(eva)
    assert "1 melding over lessen" in text(client.get("/admin/"))
    page = text(client.get("/admin/snippets/learning/lessonreport/"))
    assert "Er staat iets wat niet klopt" in page
    assert "Het antwoord klopt niet." in page
    assert "Anna" not in page


def test_an_author_ticks_a_report_off(as_user, lesson):
    report(as_user(None))
    made = LessonReport.objects.get()
    eva = UserFactory(username="eva")
    eva.groups.add(ensure_author_group(CataloguePage.objects.get()))
    client = as_user(eva)
    assert client.post(f"/admin/snippets/learning/lessonreport/edit/{made.pk}/", {"handled": "on"}).status_code == 302
    assert LessonReport.objects.get().handled
    assert "over lessen" not in text(client.get("/admin/"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"kind": ""}, "Kies wat er is."),
        ({"kind": "nonsense"}, "Kies wat er is."),
        ({"text": "x" * 501}, "Gebruik hoogstens 500 letters."),
        ({"text": "x" * 10_000}, "Gebruik hoogstens 500 letters."),
    ],
)
def test_a_report_that_is_not_right_says_why_and_keeps_the_words(as_user, lesson, data, says):
    reply = report(as_user(None), **{"text": "Mijn woorden", **data})
    assert reply.status_code == 422
    assert says in text(reply)
    assert (data.get("text") or "Mijn woorden") in text(reply)
    assert not LessonReport.objects.exists()


def test_a_step_that_is_not_in_the_lesson_is_left_out(as_user, lesson):
    assert report(as_user(None), step="weg").status_code == 200
    assert LessonReport.objects.get().step == ""


def test_nobody_floods_the_authors(as_user, lesson):
    for _ in range(REPORTS.most):
        assert report(as_user(None)).status_code == 200
    assert report(as_user(None)).status_code == 429
    assert LessonReport.objects.count() == REPORTS.most


def test_a_report_comes_from_our_own_page(as_user, lesson):
    reply = as_user(None).post("/les/proefles/klopt-niet/", {"kind": "wrong"}, headers={"sec-fetch-site": "cross-site"})
    assert reply.status_code == 403


def test_a_lesson_has_a_button_to_ask_for_help_that_is_the_same_for_everybody(as_user, anna, driss, lesson):
    page = as_user(anna).get("/les/proefles/").content.decode()
    assert "Ik wil hulp" in page
    assert page == as_user(driss).get("/les/proefles/").content.decode()


def test_the_script_of_a_lesson_hears_how_it_stands(as_user, anna, driss, lesson):
    client = as_user(anna)
    assert client.get("/hulp/stand/").json() == {"lesson": None, "teacher": True}
    client.post("/hulp/vragen/", {"les": "proefles"})
    assert client.get("/hulp/stand/").json() == {"lesson": "proefles", "teacher": True}
    for other in (driss, None):
        assert as_user(other).get("/hulp/stand/").json() == {"lesson": None, "teacher": False}


def test_a_question_that_waited_on_a_phone_is_asked_once(phone_of, anna, lesson):
    """Also where the reply got lost and the teacher helped meanwhile."""
    phone = phone_of(anna)
    asked = phone.event("e-haakje", help=True)
    for _ in range(2):
        assert phone.post({"events": [asked]}).json()["safe"] == [asked["id"]]
        assert HelpRequest.objects.get().module == "E99"
    end_help_request(user=anna)
    assert phone.post({"events": [asked]}).json()["safe"] == [asked["id"]]
    assert not HelpRequest.objects.exists()


def test_what_was_taken_back_before_there_was_signal_is_not_asked(phone_of, anna, lesson):
    phone = phone_of(anna)
    phone.keep(phone.event("e-haakje", help=True), phone.event("e-haakje", help=False))
    assert not HelpRequest.objects.exists()
    phone.keep(phone.event("e-haakje", help=False), phone.event("e-haakje", help=True))
    assert HelpRequest.objects.exists()


def test_asking_for_help_is_no_step_and_stands_in_no_record(phone_of, anna, lesson):
    phone = phone_of(anna)
    phone.keep(phone.event("e-haakje", help=True))
    assert not Progress.objects.exists()
    assert not Statement.objects.exists()
    assert not Response.objects.exists()


def test_who_has_no_teacher_asks_nobody_and_is_made_nobody(phone, phone_of, driss, lesson):
    for one in (phone, phone_of(driss)):
        users = User.objects.count()
        asked = one.event("e-haakje", help=True)
        assert one.post({"events": [asked]}).json()["refused"] == {asked["id"]: "geen docent"}
        assert User.objects.count() == users
    assert not HelpRequest.objects.exists()


@pytest.mark.parametrize("wrong", [{"help": "misschien"}, {"help": [1]}, {"exercise": "e-keuze", "response": "e-o1"},
                                   {"step": "weg"}, {"module": "Z9", "revision": 0}])  # fmt: skip
def test_a_question_that_is_not_right_is_refused_and_the_rest_is_kept(phone_of, anna, lesson, wrong):
    phone = phone_of(anna)
    asked, seen = phone.event("e-haakje", help=True) | wrong, phone.event("e-haakje")
    receipt = phone.post({"events": [asked, seen]}).json()
    assert list(receipt["refused"]) == [asked["id"]]
    assert receipt["safe"] == [seen["id"]]
    assert not HelpRequest.objects.exists()


def test_a_question_of_another_on_the_same_phone_waits_for_its_owner(phone_of, anna, school_class, lesson):
    bea = CohortMemberFactory(cohort=school_class).user
    hers = phone_of(anna).event("e-haakje", help=True)
    assert phone_of(bea).post({"events": [hers]}).json()["refused"] == {hers["id"]: "van een ander"}
    assert not HelpRequest.objects.exists()


def test_help_outside_a_lesson_and_in_one_that_is_gone_is_shown_too(as_user, anna, lesson):
    for module in ("", "Z9"):
        HelpRequest.objects.update_or_create(user=anna, defaults={"module": module})
        assert as_user(anna).get("/hulp/stand/").json()["lesson"] == ""
