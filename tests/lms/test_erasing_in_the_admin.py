"""Whoever deletes a person in the admin erases them from every room, not from one table."""

import pytest
from django.test import override_settings

from people.audit import done_by
from people.demo import load_demo
from people.models import User
from xapi.models import Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def beheer(as_user):
    return as_user(User.objects.create_superuser("beheer"))


def test_deleting_one_person_erases_what_every_room_holds(beheer, phone_of, anna):
    phone = phone_of(anna)
    phone.keep(phone.event("e-keuze", "e-o1"))
    assert Statement.objects.exists()

    reply = beheer.post(f"/admin/users/delete/{anna.pk}/")

    assert reply.status_code == 302
    assert not User.objects.filter(pk=anna.pk).exists()
    assert not Statement.objects.exists()
    assert done_by(User.objects.get(username="beheer")).filter(action="erase_person").count() == 1


def test_looking_at_the_question_whether_to_delete_erases_nobody(beheer, anna):
    assert beheer.get(f"/admin/users/delete/{anna.pk}/").status_code == 200
    assert User.objects.filter(pk=anna.pk).exists()


def test_deleting_several_people_erases_them_too(beheer, phone_of, anna, driss):
    phone = phone_of(anna)
    phone.keep(phone.event("e-keuze", "e-o1"))

    beheer.post(f"/admin/bulk/people/user/delete/?id={anna.pk}&id={driss.pk}")

    assert not User.objects.filter(pk__in=[anna.pk, driss.pk]).exists()
    assert not Statement.objects.exists()


def test_someone_without_the_right_erases_nobody(as_user, anna, bram):
    as_user(bram).post(f"/admin/users/delete/{anna.pk}/")
    as_user(bram).post(f"/admin/bulk/people/user/delete/?id={anna.pk}")
    assert User.objects.filter(pk=anna.pk).exists()


def test_a_worker_in_production_stops_when_there_are_demo_accounts():
    from lms.celery import _before_work

    load_demo()
    _before_work()
    with override_settings(PRODUCTION=True), pytest.raises(SystemExit, match="anna"):
        _before_work()


def test_an_author_who_may_enter_the_admin_erases_nobody(as_user, anna):
    from modules.authors import ensure_author_group
    from modules.models import CataloguePage

    eva = User.objects.create_user("eva")
    eva.groups.add(ensure_author_group(CataloguePage.objects.get()))
    as_user(eva).post(f"/admin/users/delete/{anna.pk}/")
    as_user(eva).post(f"/admin/bulk/people/user/delete/?id={anna.pk}")
    assert User.objects.filter(pk=anna.pk).exists()


def test_nobody_erases_themselves_in_the_list_by_accident(beheer):
    beheer.post(f"/admin/bulk/people/user/delete/?id={User.objects.get(username='beheer').pk}")
    assert User.objects.filter(username="beheer").exists()
