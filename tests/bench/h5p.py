"""Memory and time of the worst packages, each opened in a process of its own: make bench-h5p.

Peak memory (VmHWM, so Linux only) above that of the same process with an ordinary package; time is of the processor.
What must be refused, must be; the largest that is taken in shows what a worker needs.
"""

import io
import json
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from media.h5p.core.errors import PackageError  # noqa: E402
from media.h5p.core.package import Package, resolve  # noqa: E402
from tests.media.h5p.packages import library, needs, package, patched, zipped, zipped_with  # noqa: E402

MB = 1_000_000
MOST = 64  # MB above an ordinary package
MOST_CPU = 10  # seconds; a pattern that goes back over what it read would take hours
REFUSED = "bomb", "entries", "json", "svg", "dependencies"


def worst() -> dict[str, Callable[[], io.BytesIO]]:
    """What each is, and how it is made; made in another process than the one that is measured."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
    return {
        "ordinary": lambda: zipped(package()),
        "largest files": lambda: zipped(package() | {f"content/{at}.txt": _noise(at, 15 * MB) for at in range(4)}),
        "largest content": lambda: zipped(package(content=[]) | {"content/content.json": _largest_json()}),
        "300 MB bomb": lambda: zipped_with("content/leeg.bmp", b"BM" + bytes(300 * MB)),
        "bomb that lies about its size": lambda: patched(
            zipped_with("content/leeg.txt", bytes(300 * MB)), "content/leeg.txt", place=24, value=struct.pack("<L", 99)
        ),
        "60,000 entries": lambda: zipped({f"content/{at}.txt": b"" for at in range(60_000)}, store=True),
        "9,000 bombs": lambda: zipped(package() | {f"content/{at}.txt": bytes(7000) for at in range(9000)}),
        "json 100,000 deep": lambda: zipped(package() | {"content/content.json": b"[" * 100_000 + b"]" * 100_000}),
        "json of 500,000 values": lambda: zipped(package() | {"content/content.json": _many_values()}),
        "svg 100,000 deep": lambda: zipped(_stored("H5P.Proef-1.0/x.svg", svg % (b"<g>" * 100_000))),
        "svg of a million laughs": lambda: zipped(_stored("H5P.Proef-1.0/x.svg", _laughs())),
        "1,500 libraries in a row": lambda: zipped(_chain(1500)),
        "json of quotes that never end": lambda: _as_it_is({"content/content.json": b'"' + b'\\"' * 1_900_000}),
        "content of one long text": lambda: _as_it_is({"content/content.json": _text("a\\n" * 950_000)}),
        "text of tags that never end": lambda: _as_it_is({"content/content.json": _text("<a " * 1_300_000)}),
        "text of one long opening": lambda: _as_it_is({"content/content.json": _text("<" + " " * 3_900_000 + "x")}),
        "style of comments that never end": lambda: _as_it_is({"H5P.Proef-1.0/x.css": b"/*/ " * 3_900_000}),
        "style of one long address": lambda: _as_it_is({"H5P.Proef-1.0/x.css": b"url(" + b" " * 15_000_000}),
        "script of news": lambda: _as_it_is({"H5P.Proef-1.0/x.js": b"new " * 3_900_000 + b" " * 300_000}),
        "300 dependencies": lambda: zipped(package() | library(preloadedDependencies=needs("A.B 1.0") * 300)),
    }  # fmt: skip


def main() -> int:
    with TemporaryDirectory() as folder:
        base, highest, slowest = 0.0, 0.0, 0.0
        held = True
        for name, make in worst().items():
            file = Path(folder, "worst.h5p")
            file.write_bytes(make().getvalue())
            command = [sys.executable, "-m", "tests.bench.h5p", str(file)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"NOT {name}: the process died\n{done.stderr[-500:]}")
                held = False
                continue
            told = json.loads(done.stdout)
            base = base or told["peak"]
            above = told["peak"] - base
            highest, slowest = max(highest, above), max(slowest, told["cpu"])
            good = (
                (told["code"] != "") == any(word in name for word in REFUSED)
                and above <= MOST
                and told["cpu"] <= MOST_CPU
            )
            held = held and good
            size = file.stat().st_size / MB
            print(
                f"{'ok ' if good else 'NOT'} {name} ({size:.1f} MB): {told['code'] or 'taken in'}, "
                f"{above:+.0f} MB, {told['cpu']:.2f} s CPU"
            )
    told = f"{highest:.0f} MB above an ordinary package of {base:.0f} MB (<= {MOST} MB)"
    print(f"bench-h5p: {told}, slowest {slowest:.1f} s of CPU (<= {MOST_CPU} s)")
    return 0 if held else 1


def measure(path: str) -> None:
    """Open one package as a worker does, and tell what it took."""
    code = ""
    with Path(path).open("rb") as file:
        try:
            opened = Package(file)
            found = resolve(opened, lambda _: None)
            for _, content in opened.content_files():
                assert content is not None
            for name in found.lacking:
                assert sum(len(content) for _, content in opened.library_files(name))
        except PackageError as error:
            code = error.code
    print(json.dumps({"code": code, "peak": _peak(), "cpu": time.process_time()}))


def _peak() -> float:
    """MB that this process had at most. (ru_maxrss would count the one that started it too.)"""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024 / MB


def _noise(seed: int, size: int) -> bytes:
    """Text that hardly packs."""
    import random

    return random.Random(seed).randbytes(size // 2).hex().encode()


def _largest_json() -> bytes:
    """As many values as are allowed, each an object."""
    return json.dumps({f"k{at}": {"a": [at]} for at in range(37_000)}).encode()


def _many_values() -> bytes:
    return b"[" + b",".join(b"%d" % at for at in range(500_000)) + b"]"


def _text(text: str) -> bytes:
    return json.dumps({"a": text}).encode()


def _as_it_is(files: dict[str, bytes]) -> io.BytesIO:
    """Not packed, so that it is no bomb."""
    return zipped(package() | files, store=True)


def _stored(path: str, content: bytes) -> dict[str, bytes]:
    """Beside noise, so that all together are no bomb."""
    return package() | {path: content, "content/ruis.txt": _noise(1, 4 * MB)}


def _laughs() -> bytes:
    lines = [b'<!ENTITY a0 "ha">', *(b'<!ENTITY a%d "%s">' % (at, b"&a%d;" % (at - 1) * 10) for at in range(1, 10))]
    return b"<!DOCTYPE svg [%s]><svg>&a9;</svg>" % b"".join(lines)


def _chain(length: int) -> dict[str, bytes]:
    folders = [library(f"H5P.K{at} 1.0", depends=(f"H5P.K{at + 1} 1.0",)) for at in range(length)]
    return package("H5P.K0 1.0", libraries=(*folders, library(f"H5P.K{length} 1.0")))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        sys.exit(main())
