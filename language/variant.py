from enum import StrEnum


class Variant(StrEnum):
    """The two texts of one step: B1 (on screen 'Gewoon') and A2 (on screen 'Makkelijk')."""

    STANDAARD = "standaard"
    MAKKELIJK = "makkelijk"

    @property
    def label(self) -> str:
        return "Gewoon" if self is Variant.STANDAARD else "Makkelijk"
