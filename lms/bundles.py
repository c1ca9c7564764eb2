"""Joins the small CSS and script files into one file per kind of page when static files are collected.

No bundler: stylesheets are put behind each other; ES modules too, after their `import` lines and the
word `export` are taken away, so a name may be used at the top level of one file only (the check below
says where it is not). Why: docs/decisions/0007-joined-static-files.md.
"""

import gzip
import re
from collections.abc import Iterable, Iterator
from typing import Any

import brotli
import rcssmin
import rjsmin
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile

BASE_CSS = ("lms/tokens.css", "lms/base.css", "lms/frame.css", "lms/parts.css", "lms/modes.css")
BASE_JS = (
    "lms/element.js",
    "lms/owner.js",
    "lms/font.js",
    "language/variant.js",
    "language/speech.js",
    "language/glossary.js",
    "learning/outbox.js",
    "learning/saved.js",
)
BUNDLES: dict[str, tuple[str, ...]] = {
    "site.css": (*BASE_CSS, "lms/route.css", "lms/catalogue.css"),
    "desk.css": (*BASE_CSS, "lms/route.css", "lms/desk.css"),
    "lesson.css": (*BASE_CSS, "modules/lesson.css"),
    "site.js": (*BASE_JS, "lms/site.js"),
    "lesson.js": (
        *BASE_JS,
        "modules/memory.js",
        "assessments/exercise.js",
        "exercises/keuze.js",
        "exercises/waar_onwaar.js",
        "exercises/sorteer.js",
        "exercises/volgorde.js",
        "exercises/dit_doe_ik.js",
        "modules/player.js",
    ),
}

_IMPORT = re.compile(r"^import\b[^;]*;[ \t]*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|class|const|let)", re.MULTILINE)
_TOP_LEVEL = re.compile(r"^(?:export )?(?:async function\*?|function\*?|class|const|let) (\w+)", re.MULTILINE)


class BundleStorage(ManifestStaticFilesStorage):
    """Static files under names that never change meaning, ours joined and compressed."""

    def collected_bundle(self, name: str) -> str:
        """The text of one bundle, from the files it is made of."""
        sources = {part: self._source(part) for part in BUNDLES[name]}
        return join_css(sources) if name.endswith(".css") else join_js(sources)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Join and compress our bundles, then name every file after its content."""
        if not dry_run:
            for part in {part for parts in BUNDLES.values() for part in parts}:
                paths.pop(part, None)  # it is served as part of a bundle only
            for name in BUNDLES:
                self._replace(name, self.collected_bundle(name).encode())
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)
        if not dry_run:
            self._compress(self.stored_name(name) for name in BUNDLES)

    def _compress(self, names: Iterable[str]) -> None:
        """Write .gz and .br beside our bundles; WhiteNoise sends the one the browser takes."""
        for name in names:
            with self.open(name) as file:
                content = file.read()
            for ending, packed in (
                (".gz", gzip.compress(content, 9, mtime=0)),
                (".br", brotli.compress(content, quality=11)),
            ):
                self._replace(name + ending, packed)

    def _replace(self, name: str, content: bytes) -> None:
        self.delete(name)
        self.save(name, ContentFile(content))

    @staticmethod
    def _source(part: str) -> str:
        found = finders.find(part)
        if not found:
            raise ImproperlyConfigured(f"lms/bundles.py names {part}, but there is no such static file.")
        with open(found, encoding="utf-8") as file:
            return file.read()


def join_css(sources: dict[str, str]) -> str:
    """Stylesheets behind each other, without comments and white space."""
    return rcssmin.cssmin("\n".join(sources.values()))


def join_js(sources: dict[str, str]) -> str:
    """ES modules as one module: each file's own imports and exports fall away.

    Raises ImproperlyConfigured when two files use one name at their top level.
    """
    owners: dict[str, str] = {}
    for part, source in sources.items():
        for name in _TOP_LEVEL.findall(source):
            if owners.setdefault(name, part) != part:
                raise ImproperlyConfigured(f"'{name}' stands at the top of {owners[name]} and of {part}.")
    return "\n".join(rjsmin.jsmin(_EXPORT.sub("", _IMPORT.sub("", source))) for source in sources.values())
