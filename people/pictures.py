"""The twelve pictures of a picture code, as they stand on the screen: the order never changes.

Three different ones in order make a code: 12 x 11 x 10 = 1,320 codes. A picture counts once, so that a hand that
shakes and taps twice chooses one picture (docs/decisions/0028-picture-codes.md).
"""

from dataclasses import dataclass

LENGTH = 3


@dataclass(frozen=True)
class Picture:
    """One picture: `name` in forms, `word` on the screen, `pictogram` its drawing."""

    name: str
    word: str
    pictogram: str


PICTURES = (
    Picture("fiets", "Fiets", "fiets"),
    Picture("boom", "Boom", "boom"),
    Picture("kop", "Kop", "kop"),
    Picture("vis", "Vis", "vis"),
    Picture("zon", "Zon", "zon"),
    Picture("huis", "Huis", "huis"),
    Picture("boot", "Boot", "boot"),
    Picture("ster", "Ster", "ster"),
    Picture("paraplu", "Paraplu", "plu"),
    Picture("hamer", "Hamer", "hamer"),
    Picture("appel", "Appel", "appel"),
    Picture("bel", "Bel", "bel"),
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
