"""A filled school goes from one Kortwijs to another that has people of its own: all is there, and learners go on."""

import json
import re
import shutil
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.serving import CURRICULUM, Server, free_port, migrated
from tests.e2e.test_erased_from_files import Phone
from tests.everywhere import MARK, NUMBER, PASSWORD

LESSON = "B2"
FILL = """
import json
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from courses.models import PathFile
from learning.models import Progress
from people.models import Cohort, Organisation, Role, User
from tests.everywhere import fill
filled = fill()
school, cohort = Organisation.objects.get(name='School overal'), Cohort.objects.get(name='Klas overal')
key = '11111111-2222-4333-8444-555555555555'
quiet = User.objects.new_nameless(key)
quiet.save()
cohort.members.create(user=quiet)
Progress.objects.create(user=quiet, module='B2', attempt=key, revision=1, step='b2-haak', saved_at=timezone.now(),
                        step_number=4, step_count=9)
both = User.objects.create(username='beide', first_name='Beide')
other = Organisation.objects.create(name='Ander bedrijf', kind='employer')
other.memberships.create(user=both, role=Role.LEARNER)
cohort.members.create(user=both)
Progress.objects.create(user=both, module='B2', attempt=key, revision=1, step='x', saved_at=timezone.now())
file = PathFile.objects.create(organisation=school, digest='ab' * 32, kind='pdf', name='kaart.pdf', size=4)
storages['paths'].save(file.place, ContentFile(b'%PDF'))
"""
OTHERS = """
from leadership.models import Programme
from people.models import Cohort, Organisation, User
for number in range(40):
    User.objects.create(username=f'ander-{number}')
Cohort.objects.create(organisation=Organisation.objects.create(name='Hier al', kind='school'), name='Klas 1')
User.objects.create(username='zuiderw-gebruiker')
Programme.objects.create(slug='overal', content='{}')
"""
LOOK = """
import json
from hashlib import sha256
from lms.moving.choose import choose
from lms.moving.what import moved
from people.models import Notice, Organisation, Pseudonym, User
from xapi.models import Attachment, Document, Statement
Notice.objects.filter(text__contains='is verhuisd').delete()
chosen = choose(Organisation.objects.get(name='School overal'))
left_out = {'username', 'sealed', 'shown', 'revision', 'is_staff', 'is_superuser'}
def told(model):
    fields = [one for one in model._meta.concrete_fields if not one.is_relation and one.name not in left_out
              and not (one.primary_key and one.get_internal_type().endswith('AutoField'))]
    rows = model._base_manager.filter(pk__in=chosen.of(model))
    lines = sorted(json.dumps([one.value_to_string(row) for one in fields], default=str) for row in rows)
    return [len(lines), sha256(''.join(lines).encode()).hexdigest()]
found = {model._meta.label: told(model) for model in moved()}
names = list(Pseudonym.objects.filter(user__in=chosen.of(User) - chosen.elsewhere).values_list('name', flat=True))
statements = Statement.objects.filter(actor__in=names)
found['statements'] = sorted(str(one.id) for one in statements)
found['documents'] = sorted(bytes(one.content).decode() for one in Document.objects.filter(actor__in=names))
print(json.dumps(found))
"""


@dataclass
class Moved:
    """Two sites, the file that went between them, and what was said."""

    old: Server
    new: Server
    folder: Path
    said: str


def shell(server: Server, code: str) -> str:
    return (server.manage("shell", "-v0", "-c", code).splitlines() or [""])[-1]


def take_in(server: Server, folder: Path, name: str = "file") -> str:
    return server.manage("import_organisation", str(folder / name), "--identity", str(folder / "key"))


@pytest.fixture(scope="module")
def moving(tmp_path_factory) -> Moved:
    folder = tmp_path_factory.mktemp("moving")
    old, new = Server(folder / "old", free_port()), Server(folder / "new", free_port())
    for server in (old, new):
        migrated(server)
    new.manage("load_curriculum", str(CURRICULUM))
    shell(old, FILL)
    shell(new, OTHERS)
    told = new.manage("make_backup_key", "--to", str(folder / "key"))
    recipient = told.partition("BACKUP_RECIPIENTS=")[2].split()[0]
    old.manage("export_organisation", "School overal", "--to", str(folder / "file"), "--recipient", recipient)
    return Moved(old, new, folder, take_in(new, folder))


def test_every_row_is_there_with_what_it_held_under_other_numbers(moving: Moved):
    before, after = json.loads(shell(moving.old, LOOK)), json.loads(shell(moving.new, LOOK))
    assert before["statements"]
    assert before["documents"]
    assert before.pop("learning.PlayState")[0] == 1
    assert after.pop("learning.PlayState")[0] == 0, "its H5P is not on the other site, and that is said"
    assert {label: (had, after[label]) for label, had in before.items() if had != after[label]} == {}
    assert sum(had[0] > 0 for label, had in before.items() if "." in label) >= 36, "nearly every kind of row"
    assert re.findall(r"\d+ × (\S+)", moving.said) == ["learning.PlayState"]
    number = shell(moving.new, f"from people.models import User; print(User.objects.filter(pk={NUMBER}).exists())")
    assert number == "False"


def test_what_belongs_elsewhere_stays_there(moving: Moved):
    assert "1 mensen horen ook ergens anders" in moving.said
    look = (
        "from people.models import Organisation; from learning.models import Progress; "
        "print(Organisation.objects.filter(name='Ander bedrijf').exists(), "
        "Progress.objects.filter(user__username='beide').exists())"
    )
    assert shell(moving.new, look) == "False False"
    assert shell(moving.old, look) == "True True"


def test_files_of_pages_are_found_under_the_new_number(moving: Moved):
    look = "from courses.models import PathFile; print(PathFile.objects.get(name='kaart.pdf').open().read())"
    assert shell(moving.new, look) == "b'%PDF'"


def test_nobody_but_the_receiver_reads_the_file(moving: Moved, tmp_path):
    content = (moving.folder / "file").read_bytes()
    assert MARK.encode() not in content
    moving.new.manage("make_backup_key", "--to", str(tmp_path / "other"))
    with pytest.raises(RuntimeError, match="gaat niet open"):
        moving.new.manage("import_organisation", str(moving.folder / "file"), "--identity", str(tmp_path / "other"))


def test_it_comes_in_once(moving: Moved):
    before = shell(moving.new, LOOK)
    with pytest.raises(RuntimeError, match="School overal is hier al"):
        take_in(moving.new, moving.folder)
    assert shell(moving.new, LOOK) == before


def test_a_file_that_was_cut_off_leaves_nothing_behind(moving: Moved, tmp_path):
    content = (moving.folder / "file").read_bytes()
    (moving.folder / "half").write_bytes(content[: len(content) * 2 // 3])
    later = Server(tmp_path / "data", free_port())
    migrated(later)
    with pytest.raises(RuntimeError, match="Er is niets overgenomen"):
        take_in(later, moving.folder, "half")
    assert shell(later, "from people.models import *; print(User.objects.count(), Cohort.objects.count())") == "0 0"
    assert "is overgenomen" in take_in(later, moving.folder), "and then it can be done"


def test_who_was_erased_meanwhile_is_not_brought_back(moving: Moved, tmp_path):
    later = Server(tmp_path / "data", free_port())
    migrated(later)
    erase = (
        "from people.models import User; from people.services import erase_person; "
        f"erase_person(user=User.objects.get(pk={NUMBER}), actor=None)"
    )
    shutil.copytree(moving.old.data, tmp_path / "old")
    gone = Server(tmp_path / "old", moving.old.port)
    shell(gone, erase)
    shutil.copytree(gone.data / "erasures", later.data / "erasures")
    assert "Opnieuw gewist: 1" in take_in(later, moving.folder)
    assert (
        shell(
            later, "from people.models import User; print(User.objects.filter(first_name__contains='zuiderw').count())"
        )
        == "0"
    )


def test_who_learned_goes_on_with_their_phone_and_with_their_history(moving: Moved):
    moving.new.start()
    try:
        phone = Phone(moving.new.url)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', phone.get("/inloggen/"))
        assert token
        name = shell(
            moving.new,
            "from people.models import User; print(User.objects.get(last_name__contains='zuiderw').username)",
        )
        assert name != f"{MARK}-gebruiker", "that name was somebody's here"
        phone.post("/inloggen/", username=name, password=PASSWORD, csrfmiddlewaretoken=token[1], next="/mijn/")
        kept = json.loads(phone.get("/mijn/gegevens/bestand/"))
        assert f"{MARK}-antwoord" in json.dumps(kept["xapi"])

        key = "11111111-2222-4333-8444-555555555555"
        revision = shell(
            moving.new,
            f"from modules.models import ModulePage as M; print(M.objects.get(code='{LESSON}').live_revision_id)",
        )
        step = shell(
            moving.new,
            f"from modules.models import ModulePage as M; print(M.objects.get(code='{LESSON}').outline.ids[0])",
        )
        event = {
            "id": str(uuid.uuid4()), "owner": key, "at": 1_795_000_000_000, "module": LESSON,
            "revision": int(revision), "attempt": str(uuid.uuid4()), "step": step,
        }  # fmt: skip
        headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin", "Origin": moving.new.url}
        asked = urllib.request.Request(
            f"{moving.new.url}/leren/events", json.dumps({"events": [event]}).encode(), headers
        )
        with urllib.request.urlopen(asked, timeout=30) as reply:
            assert json.load(reply)["safe"] == [event["id"]]
        look = (
            f"from people.models import User; u = User.objects.get(owner_key='{key}'); "
            "print(u.events.count(), u.cohort_places.get().cohort.name)"
        )
        assert shell(moving.new, look) == "1 Klas overal"
    finally:
        moving.new.stop()
