"""Fixed quarters: figures of the region are of one, never of days that someone chose."""

from datetime import date


def quarter_of(day: date) -> tuple[date, date]:
    """The first day of the quarter that `day` is in, and of the one after."""
    begin = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return begin, date(begin.year + begin.month // 10, (begin.month + 2) % 12 + 1, 1)
