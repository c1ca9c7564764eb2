"""Who tries Kortwijs finds a leadership group that is under way."""

import pytest

from leadership.demo import FACILITATOR, LEADS, load_demo_programme
from leadership.models import ProgrammeGroup
from leadership.queries import partners_of
from people.demo import load_demo, remove_demo
from people.models import Organisation, User

pytestmark = pytest.mark.django_db


def test_the_demo_group_is_in_its_third_week_and_is_made_once(as_user):
    load_demo()
    for _ in range(2):
        load_demo_programme()

    group = ProgrammeGroup.objects.get()
    chantal = User.objects.get(username=LEADS[0])
    assert [user.username for user in partners_of(chantal, group)] == [LEADS[1]]
    page = as_user(chantal).get(f"/programma/{group.pk}/").text
    assert "Opent maandag" in page
    assert as_user(User.objects.get(username=FACILITATOR)).get(f"/programma/{group.pk}/begeleiden/").status_code == 200


def test_without_the_demo_people_there_is_no_demo_group():
    load_demo_programme()

    assert not ProgrammeGroup.objects.exists()


def test_the_demo_group_goes_with_its_people():
    load_demo()
    load_demo_programme()
    remove_demo()

    assert not ProgrammeGroup.objects.exists()
    assert not Organisation.objects.filter(name="Voorbeeldregio").exists()
