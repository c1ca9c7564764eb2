"""The sound of a lesson in the editor: progress, every sentence, a recording; for who may change the lesson only."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.log_actions import registry

from media.models import Clip, Recording
from media.speech.backend import Pcm
from media.speech.encode import MP3, encode
from media.speech.services import make_script, refresh_script
from media.tasks import make_speech, sweep_speech
from modules.authors import ensure_author_group
from modules.models import CataloguePage, ModulePage
from people.models import User
from tests.conftest import load_lesson
from tests.factories import STEPS, UserFactory
from tests.media.speech.test_voices import silence, tone

pytestmark = pytest.mark.django_db
SENTENCE = "Voor iedereen."


@pytest.fixture(autouse=True)
def quiet(settings, tmp_path, monkeypatch) -> None:
    """The voice for tests, files of this test only, no messages."""
    settings.SPEECH_BACKENDS = ["recording", "fake"]
    settings.MEDIA_ROOT = tmp_path / "media"
    for task in (make_speech, sweep_speech):
        monkeypatch.setattr(task, "delay", lambda *_: None)


@pytest.fixture
def spoken(tmp_path) -> ModulePage:
    return load_lesson(tmp_path, steps=[step for step in STEPS if step["id"] in ("e-haakje", "e-scherm", "e-keuze")])


@pytest.fixture
def eva() -> User:
    user = UserFactory(username="eva")
    user.groups.add(ensure_author_group(CataloguePage.objects.get()))
    return user


@pytest.fixture
def author(as_user, eva):
    return as_user(eva)


def address(spoken: ModulePage, rest: str = "") -> str:
    return f"/admin/lessen/{spoken.pk}/geluid/{rest}"


def upload(content: bytes | None = None, name: str = "zin.mp3") -> SimpleUploadedFile:
    spoken = encode(Pcm(silence(100) + tone(600), 16_000), MP3) if content is None else content
    return SimpleUploadedFile(name, spoken, "audio/mpeg")


def text_of(reply) -> str:
    return " ".join(reply.content.decode().split())


def test_the_editor_shows_a_place_for_sound(author, spoken):
    editor = text_of(author.get(f"/admin/pages/{spoken.pk}/edit/"))
    assert f'data-state="{address(spoken, "stand/")}"' in editor
    assert "modules/sound" in editor


def test_progress_says_how_much_is_made_of_how_much_and_asks_on_while_busy(author, spoken):
    assert "Het geluid wordt zo gemaakt." in text_of(author.get(address(spoken, "stand/")))
    refresh_script("les:E99")
    waiting = text_of(author.get(address(spoken, "stand/")))
    assert "data-busy" in waiting
    assert "<b>0 van" in waiting
    make_script("les:E99")
    done = text_of(author.get(address(spoken, "stand/")))
    assert "data-busy" not in done
    count = Clip.objects.filter(uses__script__name="les:E99").count()
    assert f"<b>{count} van {count} zinnen zijn te horen.</b>" in done
    assert f"Proefstem: {count} zinnen" in done


def test_what_failed_stands_there_with_why_and_can_be_tried_again(author, spoken):
    make_script("les:E99")
    clip = Clip.objects.filter(uses__script__name="les:E99").first()
    Clip.objects.filter(pk=clip.pk).update(made_at=None, problem="De stem zweeg.", tries=3)
    told = text_of(author.get(address(spoken, "stand/")))
    assert "Dit lukt niet:" in told
    assert "De stem zweeg." in told
    author.post(address(spoken, "opnieuw/"))
    assert Clip.objects.get(pk=clip.pk).problem == ""


def test_without_a_voice_it_says_so_and_does_not_keep_asking(author, spoken, settings):
    settings.SPEECH_BACKENDS = []
    make_script("les:E99")
    told = text_of(author.get(address(spoken, "stand/")))
    assert "Telefoons lezen die zelf voor." in told
    assert "data-busy" not in told


def test_a_lesson_that_is_not_online_has_no_sound_yet(author, spoken):
    spoken.unpublish()
    assert "Geluid komt als de les online staat." in text_of(author.get(address(spoken, "stand/")))


def test_every_sentence_can_be_heard(author, spoken):
    make_script("les:E99")
    shown = text_of(author.get(address(spoken)))
    for clip in Clip.objects.filter(uses__script__name="les:E99"):
        assert f"/geluid/{clip.key}.mp3" in shown


def test_a_recording_is_heard_at_once_and_can_go_again(author, spoken, eva):
    make_script("les:E99")
    reply = author.post(address(spoken, "opname/"), {"text": SENTENCE, "file": upload()}, follow=True)
    assert "klinkt nu als je opname" in text_of(reply)
    clip = Clip.objects.get(text=SENTENCE, backend="recording")
    assert clip.made_at
    assert clip.scripts.filter(name="les:E99").exists()
    entry = author.get("/geluid/les/proefles.json").json()["lines"][SENTENCE][0]
    assert (entry["key"], entry["low"]) == (clip.key, False)
    log = registry.get_logs_for_instance(spoken).filter(action="modules.record").get()
    assert (log.user, log.data["sentence"]) == (eva, SENTENCE)
    author.post(address(spoken, "opname/weg/"), {"text": SENTENCE})
    assert not Recording.objects.exists()
    assert author.get("/geluid/les/proefles.json").json()["lines"][SENTENCE][0]["key"] != clip.key


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Dit bestand is leeg."),
        (b"geen geluid", "kan ik niet afspelen"),
        (b"#EXTM3U\nfile:///etc/passwd", "kan ik niet afspelen"),
        (b"ID3" + b"\xff" * 3000, "kan ik niet afspelen"),
    ],
)
def test_a_wrong_upload_is_said_and_the_recording_of_before_stays(author, spoken, content, says):
    make_script("les:E99")
    author.post(address(spoken, "opname/"), {"text": SENTENCE, "file": upload()})
    before = Recording.objects.get().digest
    reply = author.post(address(spoken, "opname/"), {"text": SENTENCE, "file": upload(content)}, follow=True)
    assert reply.status_code == 200
    told = text_of(reply)
    assert says in told or "Kies eerst een bestand" in told
    assert "Wat er was, is er nog." in told
    assert Recording.objects.get().digest == before


@pytest.mark.parametrize("fields", [{}, {"text": SENTENCE}, {"text": "Staat er niet."}, {"text": "x" * 100_000}])
def test_half_a_form_keeps_nothing(author, spoken, fields):
    make_script("les:E99")
    given = {**fields, **({"file": upload()} if fields.get("text") not in (None, SENTENCE) else {})}
    assert author.post(address(spoken, "opname/"), given).status_code == 302
    assert not Recording.objects.exists()


def test_a_name_of_a_file_means_nothing(author, spoken):
    make_script("les:E99")
    author.post(address(spoken, "opname/"), {"text": SENTENCE, "file": upload(name="../../<script>.php")})
    assert Recording.objects.get().file == f"opnamen/{Recording.objects.get().digest}.flac"


@pytest.mark.parametrize("rest", ["", "stand/", "opname/", "opname/weg/", "opnieuw/"])
def test_strangers_and_learners_do_not_come_here(as_user, spoken, anna, bram, chantal, driss, rest):
    make_script("les:E99")
    for user in (anna, bram, chantal, driss, None):
        phone = as_user(user)
        asked = phone.post if rest in ("opname/", "opname/weg/", "opnieuw/") else phone.get
        assert asked(address(spoken, rest), {"text": SENTENCE, "file": io.BytesIO(b"x")}).status_code in (302, 403)
    assert not Recording.objects.exists()


def test_a_lesson_that_is_not_there_is_not_found(author):
    assert author.get("/admin/lessen/999999/geluid/").status_code == 404
