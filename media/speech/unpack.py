"""The process that opens what somebody uploaded: whatever is in it, the site goes on.

Sound in, on standard input; out come 16 bits, one channel, HERTZ samples a second. Arguments: the kind of file and the
most seconds. It may not use much time or memory, and opens nothing but what it is given.
"""

import io
import resource
import sys

import av
from av.audio.resampler import AudioResampler

HERTZ = 24_000
TOO_LONG, NO_SOUND = 3, 4
_MEMORY, _SECONDS = 1_500_000_000, 20


def limit() -> None:
    """No more than a recording needs."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def unpack(content: bytes, kind: str, most_seconds: int) -> bytes:
    """The sound in a file. `kind` is the name of an FFmpeg demuxer, so that it reads no list of other files."""
    sound = bytearray()
    resampler = AudioResampler(format="s16", layout="mono", rate=HERTZ)
    with av.open(io.BytesIO(content), "r", format=kind, options={"protocol_whitelist": "none"}) as container:
        if not container.streams.audio:
            sys.exit(NO_SOUND)
        for frame in container.decode(container.streams.audio[0]):
            for part in resampler.resample(frame):
                sound += bytes(part.planes[0])[: part.samples * 2]
            if len(sound) > most_seconds * HERTZ * 2:
                sys.exit(TOO_LONG)
        for part in resampler.resample(None):
            sound += bytes(part.planes[0])[: part.samples * 2]
    return bytes(sound)


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(unpack(sys.stdin.buffer.read(), sys.argv[1], int(sys.argv[2])))
