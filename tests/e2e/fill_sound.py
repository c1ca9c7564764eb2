"""Sound for every text of a server at once: the rows are real, and each clip is one and the same tone.

Making some thousands of clips one by one takes minutes; how that goes has its own tests (tests/media/speech).
"""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from media.speech.backends.fake import BACKEND
from media.speech.encode import WEBM, encode
from media.speech.models import Clip
from media.speech.services import refresh_script
from media.speech.sources import all_names
from media.speech.words import share_out

TEXT = "Een toon van een seconde of twee."


def sound() -> None:
    """To be run on the data of a server that nobody uses."""
    for name in all_names():
        refresh_script(name)
    pcm, _ = BACKEND.synth(TEXT, "nl", 100)
    tone = encode(pcm, WEBM)
    clips = list(Clip.objects.to_make())
    for clip in clips:
        default_storage.save(clip.file(WEBM.ending), ContentFile(tone))
        clip.ms, clip.bytes, clip.made_at = pcm.ms, len(tone), timezone.now()
        clip.words = share_out(clip.text, pcm.ms)
    Clip.objects.bulk_update(clips, ["ms", "bytes", "made_at", "words"], batch_size=200)
