"""The catalogue as someone asks for it: by words, trade and level. What is asked is kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from learning.queries import Line, Stop, by_track
from modules.choices import TRADE_PICTOGRAMS, Level, Track, Trade
from modules.models import ModulePage
from modules.queries import search_index
from modules.search import clean


@dataclass(frozen=True)
class Choice:
    """One link of a filter."""

    label: str
    address: str
    chosen: bool
    pictogram: str


@dataclass(frozen=True)
class Wish:
    """What someone wants to see. `asked_trade` is None when the address says nothing, '' for every trade."""

    words: str = ""
    asked_trade: str | None = None
    own_trade: Trade | None = None
    level: Level | None = None

    @property
    def trade(self) -> Trade | None:
        """The trade asked for; without one, the trade chosen on this phone."""
        if self.asked_trade is None:
            return self.own_trade
        return Trade(self.asked_trade) if self.asked_trade else None

    @property
    def is_own_trade(self) -> bool:
        """The trade was not asked for here: the phone knows it."""
        return self.asked_trade is None and self.own_trade is not None

    @property
    def whom(self) -> str:
        """For whom, in words: 'Zorg, mbo 2'."""
        return ", ".join(str(choice.label) for choice in (self.trade, self.level) if choice)

    @property
    def said(self) -> dict[str, str]:
        """The wish as it stands in the address."""
        said = {"zoek": self.words or None, "vak": self.asked_trade, "voor": self.level and self.level.value}
        return {name: value for name, value in said.items() if value is not None}

    @property
    def filters(self) -> dict[str, str]:
        """What the search form sends along."""
        return {name: value for name, value in self.said.items() if name != "zoek"}

    @property
    def kept_query(self) -> str:
        """For the switch Makkelijk | Gewoon: it keeps what was asked."""
        return f"{urlencode(self.said)}&" if self.said else ""

    def address(self, **changes: str | None) -> str:
        """A link to this wish with changes; None leaves a part out."""
        changed = {name: value for name, value in (self.said | changes).items() if value is not None}
        return f"?{urlencode(changed)}"

    @property
    def everything(self) -> str:
        """The same words, for every trade and everybody."""
        return self.address(vak="", voor=None)

    @property
    def without_words(self) -> str:
        return self.address(zoek=None)

    @property
    def trade_choices(self) -> list[Choice]:
        return [
            Choice("Elk vak", self.address(vak=""), self.trade is None, "work"),
            *(
                Choice(str(trade.label), self.address(vak=trade.value), self.trade is trade, TRADE_PICTOGRAMS[trade])
                for trade in Trade
            ),
        ]

    @property
    def level_choices(self) -> list[Choice]:
        return [
            Choice("Iedereen", self.address(voor=None), self.level is None, "group"),
            *(
                Choice(str(level.label), self.address(voor=level.value), self.level is level, "person")
                for level in Level
            ),
        ]

    def fits(self, module: ModulePage) -> bool:
        """Whether a lesson is for this trade and level; without trades or levels it is for all."""
        return (self.trade is None or not module.trades or self.trade.value in module.trades) and (
            self.level is None or not module.levels or self.level.value in module.levels
        )


def wish_of(asked: Mapping[str, str], own_trade: str) -> Wish:
    """What an address asks for, on a phone with this trade; what is unknown is ignored."""
    trade, level = asked.get("vak"), asked.get("voor")
    return Wish(
        words=clean(asked.get("zoek", "")),
        asked_trade=trade if trade in ("", *Trade.values) else None,
        own_trade=Trade(own_trade) if own_trade in Trade.values else None,
        level=Level(level) if level in Level.values else None,
    )


@dataclass(frozen=True)
class Shown:
    """What the catalogue shows: what was found, or every lesson and a way on."""

    wish: Wish
    stops: list[Stop]
    found: bool = True
    nearest: str = ""  # the word that would find something
    elsewhere: int = 0  # how many lessons would be found without the filters

    @property
    def is_ranked(self) -> bool:
        """A list with the best first, instead of tracks."""
        return self.found and bool(self.wish.words)

    @property
    def tracks(self) -> list[tuple[Track, list[Stop]]]:
        return by_track(self.stops)

    @property
    def coming(self) -> int:
        return sum(stop.coming for stop in self.stops)

    @property
    def nearest_address(self) -> str:
        return self.wish.address(zoek=self.nearest)


def show(line: Line, wish: Wish) -> Shown:
    """What fits the wish, best first; where nothing does, every lesson and what would find something."""
    fitting = [stop for stop in line.stops if wish.fits(stop.module)]
    if not wish.words:
        return Shown(wish, fitting) if fitting else Shown(wish, line.stops, found=False)
    index = search_index(stop.module for stop in line.stops)
    codes = index.search(wish.words)
    by_code = {stop.module.code: stop for stop in fitting}
    if found := [by_code[code] for code in codes if code in by_code]:
        return Shown(wish, found)
    nearest = "" if codes else index.nearest(wish.words, by_code)
    return Shown(wish, line.stops, found=False, nearest=nearest, elsewhere=len(codes))
