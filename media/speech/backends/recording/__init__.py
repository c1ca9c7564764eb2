"""A sentence as a person said it. Nothing else sounds as good, so it goes first."""

from collections.abc import Iterable

from django.core.files.storage import default_storage

from media.speech.align import align
from media.speech.backend import Pcm, Sentence, SpeechError, WordTime
from media.speech.encode import decode_flac
from media.speech.recordings import recorded


class Recorded:
    name = "recording"
    label = "Opname"
    low = False
    respells = False

    def voices_for(self, sentences: Iterable[Sentence]) -> dict[Sentence, str]:
        """The voice is the recording: another one is another clip."""
        return recorded(list(sentences))

    def version(self) -> str:
        return "1"

    def synth(self, text: str, voice: str, rate: int) -> tuple[Pcm, list[WordTime]]:
        try:
            with default_storage.open(f"opnamen/{voice}.flac") as file:
                pcm = decode_flac(file.read())
        except OSError as error:
            raise SpeechError("Het bestand van deze opname is weg. Zet de opname er opnieuw bij.") from error
        return pcm, align(text, pcm)


BACKEND = Recorded()
