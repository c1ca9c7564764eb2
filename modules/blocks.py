"""The steps of a module that ask nothing: hook, screen and card. Exercises come from `assessments`."""

from typing import Any

from wagtail import blocks

from assessments.exercises import KINDS
from language.blocks import TwinLineBlock, TwinTextBlock
from language.queries import checking_against, known_references
from language.variant import Variant
from media.blocks import PictogramBlock, PictureBlock
from modules.choices import Trade

__all__ = ["CardBlock", "HookBlock", "ScreenBlock", "StepsBlock"]


class TradeVersionBlock(blocks.StructBlock):
    trade = blocks.ChoiceBlock(label="Vak", choices=Trade.choices)
    text = TwinTextBlock()

    class Meta:
        icon = "group"
        label = "Voor een vak"
        description = "Dezelfde scène in een ander vak."


class _TextStepBlock(blocks.StructBlock):
    """A title, a picture and a text; a version of the text per trade where there is one."""

    title = TwinLineBlock(label="Titel")
    picture = PictureBlock()
    text = TwinTextBlock()
    trades = blocks.ListBlock(
        TradeVersionBlock(), label="Anders per vak", default=[], help_text="Het vak van de leerling kiest."
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`text`: the version for the learner's trade, else the general one."""
        context = super().get_context(value, parent_context)
        context.setdefault("variant", Variant.MAKKELIJK)
        fitting = [version["text"] for version in value["trades"] if version["trade"] == context.get("trade")]
        context["text"] = fitting[0] if fitting else value["text"]
        return context


class HookBlock(_TextStepBlock):
    class Meta:
        template = "modules/steps/screen.html"
        icon = "view"
        label = "Haakje"
        description = "Eén scène uit de praktijk, die eindigt met een vraag. 30 seconden."
        preview_value = {
            "title": {"standaard": "Een brief voor één huurder", "makkelijk": "Een brief schrijven"},
            "picture": {"scene": "naam-weg", "pictograms": [], "alt": "Een gum haalt een naam weg."},
            "text": {
                "standaard": "Anouk werkt bij een woningcorporatie. Ze wil hulp van AI bij een brief.",
                "makkelijk": "Anouk wil een brief.\nZij vraagt AI om hulp.\nWat mag zij typen?",
            },
            "trades": [],
        }


class ScreenBlock(_TextStepBlock):
    class Meta:
        template = "modules/steps/screen.html"
        icon = "doc-full"
        label = "Scherm"
        description = "Eén idee: titel, plaatje en hoogstens 60 woorden (35 in Makkelijk)."
        preview_value = {
            "title": {"standaard": "Vraag om de vorm, niet over de persoon", "makkelijk": "Laat de naam weg"},
            "picture": {"scene": "naam-weg", "pictograms": [], "alt": "Een gum haalt een naam weg."},
            "text": {
                "standaard": "Schrijf: ‘een huurder’. Laat naam, adres, bedrag en ziekte weg.",
                "makkelijk": "Typ: een huurder.\nTyp geen naam in.",
            },
            "trades": [],
        }


class CardLineBlock(blocks.StructBlock):
    pictogram = PictogramBlock(label="Pictogram")
    text = TwinLineBlock()

    class Meta:
        icon = "tag"
        label = "Regel"


class CardBlock(blocks.StructBlock):
    """The card to take away: three lines and three pictograms."""

    lines = blocks.ListBlock(CardLineBlock(), label="Regels", min_num=3, max_num=3)

    class Meta:
        template = "modules/steps/card.html"
        icon = "clipboard-list"
        label = "Kaart"
        description = "Drie regels met drie plaatjes om mee te nemen. De laatste stap."
        preview_value = {
            "lines": [
                {
                    "pictogram": "erase",
                    "text": {"standaard": "Vraag om de vorm.", "makkelijk": "Laat de naam weg."},
                },
                {
                    "pictogram": "person",
                    "text": {"standaard": "Maak van een naam ‘een klant’.", "makkelijk": "Typ: een klant."},
                },
                {
                    "pictogram": "letter",
                    "text": {
                        "standaard": "Mail je het niet aan een vreemde? Typ het dan niet.",
                        "makkelijk": "Mag een vreemde dit lezen?",
                    },
                },
            ]
        }


class StepsBlock(blocks.StreamBlock):
    """The steps of a module, in order. The id of a step survives edits, moving and publishing."""

    hook = HookBlock(group="Lezen")
    screen = ScreenBlock(group="Lezen")
    card = CardBlock(group="Lezen")

    def __init__(self, local_blocks: Any = None, **options: Any) -> None:
        exercises = [(kind.name, kind.block(group="Doen")) for kind in KINDS.values()]
        super().__init__([*exercises, *(local_blocks or [])], **options)

    def clean(self, value: Any) -> Any:
        """What texts may refer to is read once, not once per text."""
        with checking_against(known_references()):
            return super().clean(value)

    class Meta:
        block_counts = {"hook": {"max_num": 1}, "card": {"max_num": 1}, "dit_doe_ik": {"max_num": 1}}
