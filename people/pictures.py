"""The twelve pictures of a picture code, as they stand on the screen: the order never changes.

Three different ones in order make a code: 12 x 11 x 10 = 1,320 codes. A picture counts once, so that a hand that
shakes and taps twice chooses one picture (docs/decisions/0028-picture-codes.md).
"""

from dataclasses import dataclass

LENGTH = 3
CHOOSE = "/plaatjes/kiezen/"  # people:choose_pictures, as a notice keeps it
OFFER = "Kies 3 plaatjes. Dan kun je op elke telefoon verder."
RESET = "Je docent haalde je oude plaatjes weg. Kies 3 nieuwe plaatjes."


@dataclass(frozen=True)
class Picture:
    """One picture: `name` in forms, `pictogram` its drawing, `label` its word on the screen."""

    name: str
    pictogram: str
    label: str


PICTURES = (
    Picture("fiets", "fiets", label="Fiets"),
    Picture("boom", "boom", label="Boom"),
    Picture("kop", "kop", label="Kop"),
    Picture("vis", "vis", label="Vis"),
    Picture("zon", "zon", label="Zon"),
    Picture("huis", "huis", label="Huis"),
    Picture("boot", "boot", label="Boot"),
    Picture("ster", "ster", label="Ster"),
    Picture("paraplu", "plu", label="Paraplu"),
    Picture("hamer", "hamer", label="Hamer"),
    Picture("appel", "appel", label="Appel"),
    Picture("bel", "bel", label="Bel"),
)
BY_NAME = {picture.name: picture for picture in PICTURES}
Drawn = tuple[Picture, ...]


def read_drawn(sent: str) -> Drawn:
    """Pictures as a form sends them, 'huis,vis': each once, at most three; what is no picture is left out."""
    names = dict.fromkeys(name for name in sent[:200].split(",") if name in BY_NAME)
    return tuple(BY_NAME[name] for name in list(names)[:LENGTH])


def tap(drawn: Drawn, name: str) -> Drawn:
    """After a tap on this picture: chosen when there is room, taken back when it was chosen already."""
    picture = BY_NAME.get(name)
    if picture is None:
        return drawn
    if picture in drawn:
        return tuple(one for one in drawn if one != picture)
    return (*drawn, picture)[:LENGTH]


def as_sent(drawn: Drawn) -> str:
    """As a form sends them and `read_drawn` reads them."""
    return ",".join(picture.name for picture in drawn)
