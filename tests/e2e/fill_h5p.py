"""A lesson that plays packages, which are made here: two that behave, and one that tries everything."""

from io import BytesIO
from typing import Any

from django.utils import timezone

from media.h5p.models import H5PLibrary, H5PPackage
from media.h5p.registry import approve_library
from media.h5p.services import LibrariesLacking, import_package
from modules.models import CataloguePage, ModulePage
from tests.e2e.groups import H5P_CODE, H5P_SLUG
from tests.media.h5p import packages as h5p

QUESTION = """
H5P.Proef = function (params, id, extras) {
  H5P.EventDispatcher.call(this);
  var self = this, chosen = (extras && extras.previousState && extras.previousState.chosen) || '';
  self.attach = function ($container) {
    self.setActivityStarted();
    var element = $container.get(0);
    element.innerHTML = '<p class="proef">' + params.question + '</p>';
    ['ja', 'nee'].forEach(function (word) {
      var button = document.createElement('button');
      button.textContent = word;
      button.setAttribute('aria-pressed', String(word === chosen));
      button.onclick = function () {
        chosen = word;
        element.querySelectorAll('button').forEach(function (one) {
          one.setAttribute('aria-pressed', String(one.textContent === word));
        });
        var event = self.createXAPIEventTemplate('answered');
        event.setScoredResult(word === params.right ? 1 : 0, 1, self, true, word === params.right);
        self.trigger(event);
      };
      element.appendChild(button);
    });
  };
  self.getCurrentState = function () { return { chosen: chosen }; };
};
H5P.Proef.prototype = Object.create(H5P.EventDispatcher.prototype);
"""


def _import(files: h5p.Files, title: str) -> H5PPackage:
    """As an administrator would: what lacks is approved, then it comes in."""
    file = h5p.zipped(files)
    try:
        version = import_package(file=file)
    except LibrariesLacking as lacking:
        for library in lacking.libraries:
            approve_library(library=library, by=None, now=timezone.now())
        version = import_package(file=BytesIO(file.getvalue()))
    version.package.title = title
    version.package.save()
    return version.package


def question(title: str, text: str) -> H5PPackage:
    """One question, with the library of this file."""
    made = h5p.library("H5P.Proef 1.0", code=QUESTION)
    return _import(h5p.package(libraries=(made,), content={"question": text, "right": "nee"}), title)


def hostile(code: str) -> H5PPackage:
    """A package whose library runs this."""
    made = h5p.library("H5P.Kwaad 1.0", code=code)
    return _import(h5p.package("H5P.Kwaad 1.0", libraries=(made,), content={"x": 1}), "Kwaad")


def lesson(*steps: H5PPackage, code: str = H5P_CODE, slug: str = H5P_SLUG) -> ModulePage:
    """A published lesson: a screen, a step per package, and a card."""
    twin = {"standaard": "Een proef met H5P.", "makkelijk": "Een proef."}
    picture = {"scene": "naam-weg", "pictograms": [], "alt": "Een gum haalt een naam weg."}
    raw: list[dict[str, Any]] = [
        {"type": "screen", "id": "p-scherm", "value": {"title": twin, "picture": picture, "text": twin, "trades": []}}
    ]
    for number, package in enumerate(steps, 1):
        value = {"title": twin, "package": package.pk, "text": twin, "counts": True}
        raw.append({"type": "h5p", "id": f"p-h5p-{number}", "value": value})
    lines = [{"type": "item", "id": f"p-{n}", "value": {"pictogram": "erase", "text": twin}} for n in (1, 2, 3)]
    raw.append({"type": "card", "id": "p-kaart", "value": {"lines": lines}})
    page = ModulePage(
        title="Oefenen met H5P",
        title_makkelijk="Oefen met H5P",
        slug=slug,
        code=code,
        goals="Je oefent.",
        goals_makkelijk="Je oefent.",
        track="A",
    )
    page.steps = page.steps.stream_block.to_python(raw)
    CataloguePage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return page


def fill() -> None:
    lesson(question("Delen of niet", "Deel je een wachtwoord?"), question("Nog een", "Deel je een naam?"))
    H5PLibrary.objects.get(machine_name="H5P.Proef")
