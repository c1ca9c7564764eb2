"""The two files of a clip: WebM with Opus, and MP3 for phones that do not play that.

av brings its own FFmpeg, so nothing has to be on the machine.
"""

import io
from fractions import Fraction
from typing import NamedTuple, cast

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.filter import Graph

from media.speech.backend import Pcm
from media.speech.sound import gain


class Form(NamedTuple):
    """A kind of file: ending, container, codec, samples and bits per second."""

    ending: str
    container: str
    codec: str
    hertz: int
    bits: int
    options: dict[str, str]
    mime: str


WEBM = Form("webm", "webm", "libopus", 48_000, 20_000, {"application": "voip", "frame_duration": "60"}, "audio/webm")
MP3 = Form("mp3", "mp3", "libmp3lame", 24_000, 24_000, {}, "audio/mpeg")
FORMS = (WEBM, MP3)


def encode(pcm: Pcm, form: Form) -> bytes:
    """A file with this sound, as loud as all others."""
    file = io.BytesIO()
    options = {"fflags": "+bitexact", "write_xing": "0"} if form is MP3 else {"fflags": "+bitexact"}
    with av.open(file, "w", format=form.container, options=options) as container:
        stream = cast(AudioStream, container.add_stream(form.codec, rate=form.hertz, options=form.options))
        stream.bit_rate = form.bits
        stream.layout = "mono"
        graph = _graph(pcm, form, stream.format.name, gain(pcm))
        graph.push(_frame(pcm))
        graph.push(None)
        while True:
            try:
                frame = graph.pull()
            except (av.error.EOFError, av.error.BlockingIOError):
                break
            container.mux(stream.encode(cast(AudioFrame, frame)))
        container.mux(stream.encode(None))
    return file.getvalue()


def _frame(pcm: Pcm) -> AudioFrame:
    frame = AudioFrame(format="s16", layout="mono", samples=len(pcm.samples) // 2)
    frame.planes[0].update(pcm.samples[: frame.samples * 2])
    frame.sample_rate, frame.time_base, frame.pts = pcm.hertz, Fraction(1, pcm.hertz), 0
    return frame


def _graph(pcm: Pcm, form: Form, sample_format: str, louder: float) -> Graph:
    graph = Graph()
    source = graph.add_abuffer(sample_rate=pcm.hertz, format="s16", layout="mono", time_base=Fraction(1, pcm.hertz))
    size = {"libopus": form.hertz * 60 // 1000, "libmp3lame": 576}.get(form.codec, 1024)
    steps = [
        graph.add("volume", f"{louder:.4f}"),
        graph.add("aresample", str(form.hertz)),
        graph.add("aformat", f"sample_fmts={sample_format}:sample_rates={form.hertz}:channel_layouts=mono"),
        graph.add("asetnsamples", f"n={size}:p=0"),
        graph.add("abuffersink"),
    ]
    before = source
    for step in steps:
        before.link_to(step)
        before = step
    graph.configure()
    return graph


def encode_flac(pcm: Pcm) -> bytes:
    """A recording as we keep it: nothing lost."""
    file = io.BytesIO()
    with av.open(file, "w", format="flac", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("flac", rate=pcm.hertz)
        stream.layout = "mono"
        container.mux(stream.encode(_frame(pcm)))
        container.mux(stream.encode(None))
    return file.getvalue()


def decode_flac(content: bytes) -> Pcm:
    """What `encode_flac` made. Raises OSError when it is no such file."""
    with av.open(io.BytesIO(content), "r", format="flac") as container:
        stream = container.streams.audio[0]
        samples = b"".join(bytes(frame.planes[0])[: frame.samples * 2] for frame in container.decode(stream))
        return Pcm(samples, stream.rate)
