"""Joins the small CSS and script files into one file per kind of page when static files are collected.

No bundler: stylesheets are put behind each other; ES modules too, after their `import` lines and the
word `export` are taken away, so a name may be used at the top level of one file only (the check below
says where it is not). They stand in one function, so that the minifier may shorten those names.
Why: docs/decisions/0007-joined-static-files.md.
"""

import gzip
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile

BASE_CSS = ("lms/tokens.css", "lms/base.css", "lms/frame.css", "lms/parts.css", "lms/modes.css")
BASE_JS = (
    "lms/element.js",
    "lms/owner.js",
    "lms/afterwards.js",
    "language/variant.js",
    "media/speech/button.js",
    "language/glossary.js",
    "lms/own_words.js",
    "learning/outbox.js",
    "learning/sending.js",
    "learning/saved.js",
)
DETECTOR = tuple(
    f"language/detector/{name}.js"
    for name in ("words", "numbers", "text", "lists", "patterns", "addresses", "names", "health", "find")
)
LESSON_LATER = (
    "lms/own_words.js",
    "learning/sending.js",
    "modules/recall.js",
    "modules/step_notes.js",
    "lms/afterwards.js",
    "media/speech/button.js",
    "language/glossary.js",
    "learning/saved.js",
    "learning/hand.js",
)
"""What a lesson has that no first answer waits for: it comes with the other exercises (lms/exercise_files.py)."""

BUNDLES: dict[str, tuple[str, ...]] = {
    "site.css": (*BASE_CSS, "lms/route.css", "lms/catalogue.css", "learning/digiscan.css"),
    "kept.css": ("learning/kept.css",),
    "desk.css": (*BASE_CSS, "lms/route.css", "lms/desk.css"),
    "lti.js": ("lms/afterwards.js", "integrations/lti.js"),  # passes on what a learning system sends
    "print.js": ("lms/print.js",),  # beside site.js, on pages to print
    "fresh.js": ("lms/fresh.js",),  # beside site.js, where something goes on by itself
    "peers.css": ("leadership/peers.css",),  # beside desk.css
    "review.js": ("lms/element.js", "lms/owner.js", "lms/own_words.js", "leadership/review.js"),
    "sharing.js": (
        "lms/element.js",
        *DETECTOR,
        "leadership/persons.js",
        "leadership/sharing.js",
    ),
    "reflection.js": ("lms/element.js", "lms/owner.js", "lms/own_words.js", "leadership/reflection.js"),
    "sheet.css": ("leadership/sheet.css",),  # beside desk.css, where something is printed
    "builder.css": ("courses/builder.css",),
    "builder.js": (
        "npm:sortablejs/Sortable.min.js",
        "lms/element.js",
        "courses/builder.js",
    ),  # on the path builder only
    "programme.css": ("leadership/programme.css",),
    "register.css": ("leadership/register.css",),
    "product.js": (
        "lms/element.js",
        *DETECTOR,
        "leadership/drafts.js",
        "leadership/fields.js",
        "leadership/persons.js",
        "leadership/product.js",
    ),  # on the guided forms of a programme
    "pictures.css": ("people/pictures.css",),
    "pictures.js": ("people/pictures.js",),
    "passkey.js": ("lms/element.js", "people/passkey.js"),  # beside site.js, where one signs in
    "words.js": ("language/other_languages.js",),  # comes when another language is asked for
    "lesson.css": (*BASE_CSS, "modules/lesson.css"),
    "questions.css": (*BASE_CSS, "modules/lesson.css", "assessments/questions.css"),
    "questions.js": (*BASE_JS, "assessments/questions.js", "lms/site.js"),
    "site.js": (
        *BASE_JS,
        "lms/copy.js",
        "modules/memory.js",
        "learning/own_plan.js",
        "insight/use.js",
        "lms/offline/card.js",
        "lms/offline/ask.js",
        "lms/site.js",
    ),
    "offline.js": (
        "lms/element.js",
        "lms/owner.js",
        "language/variant.js",
        "lms/offline/pages.js",
        "lms/offline/card.js",
        "lms/offline/here.js",
    ),
    "kept.js": (
        "lms/element.js",
        "lms/offline/pages.js",
        "lms/offline/sounds.js",
        "lms/offline/ask.js",
        "learning/kept.js",
    ),
    "form.js": (
        "lms/afterwards.js",
        "lms/element.js",
        "lms/owner.js",
        "language/variant.js",
        "media/speech/button.js",
        "language/glossary.js",
    ),  # beside the forms of an exercise, which stay forms
    "lesson.js": (
        "lms/element.js",
        "lms/owner.js",
        "language/variant.js",
        "learning/outbox.js",
        "modules/memory.js",
        "assessments/verdict.js",
        "assessments/exercise.js",
        "modules/player.js",
    ),
    "asking.js": ("learning/asking.js",),  # comes when someone asks for help
    "speech.js": (
        "media/speech/lines.js",
        "media/speech/sounds.js",
        "media/speech/sentences.js",
        "media/speech/voice.js",
        "media/speech/mark.js",
        "media/speech/follow.js",
        "media/speech/pace.js",
        "media/speech/pictures.js",
        "media/speech/controls.js",
        "media/speech/player.js",
    ),  # both come at the first press on Luister (docs/decisions/0031-the-player.md)
    "speech.css": ("media/speech/player.css",),
    "h5p/stage.js": (
        "assessments/verdict.js",
        "exercises/h5p_statements.js",
        "exercises/h5p_stage.js",
    ),  # comes when its step is near
    # In the frame that plays H5P, and on no page of ours (docs/decisions/0040-h5p-at-play.md).
    "h5p/core.js": ("npm:h5p-standalone/dist/frame.bundle.js",),
    "h5p/player.js": ("npm:h5p-standalone/dist/main.bundle.js", "media/h5p/frame.js"),
    "h5p/styles/core.css": ("npm:h5p-standalone/dist/styles/h5p.css", "media/h5p/frame.css"),
}
COPIED = {
    f"h5p/{name}": f"npm:h5p-standalone/dist/{name}"
    for name in (
        "fonts/h5p-core-30.woff2",
        "fonts/h5p-hub-publish.woff2",
        "fonts/h5p-theme.woff2",
        "images/throbber.gif",
    )
}
"""What stylesheets of packages refer to, as it is."""
LEFT_OUT = {"npm:h5p-standalone/dist/styles/h5p.css": re.compile(r"@font-face\s*{[^}]*'(?:Inter|Open Sans)'[^}]*}")}
"""Fonts of 50 to 120 kB each: letters are those of the phone."""

DATA = ("language/detector/lists.json",)  # sent compressed, like our bundles
EXPORTING: dict[str, tuple[str, ...]] = {
    "lesson.js": ("exercises/", *LESSON_LATER),
    "speech.js": (),
    "words.js": (),
    "asking.js": (),
    "h5p/stage.js": (),
}
"""What is imported, and how the scripts that do begin: it exports what these ask for. () exports all."""

_IMPORT = re.compile(r"^import\b[^;]*;[ \t]*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|class|const|let)", re.MULTILINE)
_FROM = re.compile(r'^import\b[^;]*?"([^"]+)";', re.MULTILINE)
_NAMES = re.compile(r"^import\s*\{([^}]*)\}", re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)
_TOP_LEVEL = re.compile(r"^(?:export )?(?:async function\*?|function\*?|class|const|let) (\w+)", re.MULTILINE)


class BundleStorage(ManifestStaticFilesStorage):
    """Static files under names that never change meaning, ours joined and compressed."""

    def collected_bundle(self, name: str) -> str:
        """The text of one bundle, from the files it is made of."""
        sources = {part: source_of(part) for part in BUNDLES[name]}
        if name.endswith(".css"):
            return join_css(sources)
        exported = [word for source in sources.values() for word in exported_names(source)]
        if asking := EXPORTING.get(name):
            exported = [word for word in exported if word in _asked_in(asking)]
        return join_js(sources, exported=exported if name in EXPORTING else ())

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Join and compress our bundles, then name every file after its content."""
        if not dry_run:
            joined = {part for parts in BUNDLES.values() for part in parts}.union(LESSON_LATER)
            for part in [path for path in paths if path in joined or path.startswith("exercises/")]:
                paths.pop(part)  # it is served as part of a larger file only
            for name in BUNDLES:
                self._replace(name, self.collected_bundle(name).encode())
                paths[name] = (self, name)
            for name, part in COPIED.items():
                self._replace(name, _path_of(part).read_bytes())
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)
        if not dry_run:
            self._compress(self.stored_name(name) for name in (*BUNDLES, *DATA))

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


def _asked_in(beginnings: tuple[str, ...]) -> set[str]:
    """Every name that a script imports whose own name begins so."""
    found = {path for finder in finders.get_finders() for path, _ in finder.list([])}
    scripts = [path for path in found if path.startswith(beginnings) and path.endswith(".js")]
    return {name for path in scripts for name in imported_names(source_of(path))}


NPM = "npm:"  # before what is taken from node_modules as it is


def source_of(part: str) -> str:
    """The text of one of our static files, or of a package. Raises ImproperlyConfigured when it is not there."""
    text = _path_of(part).read_text(encoding="utf-8")
    return LEFT_OUT[part].sub("", text) if part in LEFT_OUT else text


def _path_of(part: str) -> Path:
    package = settings.BASE_DIR / "node_modules" / part.removeprefix(NPM)
    found = (package.is_file() and package) if part.startswith(NPM) else finders.find(part)
    if not found:
        raise ImproperlyConfigured(f"A bundle needs {part}, but there is no such static file.")
    return Path(found)


def imported_files(part: str) -> list[str]:
    """The files a script imports, in order; './x.js' stands beside it."""
    found = _FROM.findall(source_of(part))
    return [posixpath.join(posixpath.dirname(part), name[2:]) if name.startswith("./") else name for name in found]


def imported_names(source: str) -> list[str]:
    """The names a script imports."""
    return [name for names in _NAMES.findall(source) for name in re.findall(r"\w+", names)]


def exported_names(source: str) -> list[str]:
    """The names a script exports."""
    return _EXPORTED.findall(source)


def join_css(sources: dict[str, str]) -> str:
    """Stylesheets behind each other, without comments and white space."""
    import minify  # here: it brings a runtime of its own, which no process needs that joins nothing

    return minify.string("text/css", "\n".join(sources.values()))


def join_js(sources: dict[str, str], *, exported: Iterable[str] = ()) -> str:
    """ES modules as one module that exports these names; each file's own imports and exports fall away.

    Raises ImproperlyConfigured when two files use one name at their top level.
    """
    owners: dict[str, str] = {}
    for part, source in sources.items():
        for name in _TOP_LEVEL.findall(source):
            if owners.setdefault(name, part) != part:
                raise ImproperlyConfigured(f"'{name}' stands at the top of {owners[name]} and of {part}.")
    import minify

    joined = "\n".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources.values())
    names = f"{{{','.join(exported)}}}"
    text = (
        f"const {names}=(()=>{{{joined}\nreturn{names}}})();export{names};"
        if names != "{}"
        else f"(()=>{{{joined}\n}})();"
    )
    return minify.string("text/javascript", text)
