"""Fixed quarters: figures of the region are of one, never of days that someone chose."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

WAITS = timedelta(days=7)  # phones tell within five days (insight/static/insight/use.js)


def quarter_of(day: date) -> tuple[date, date]:
    """The first day of the quarter that `day` is in, and of the one after."""
    begin = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return begin, date(begin.year + begin.month // 10, (begin.month + 2) % 12 + 1, 1)


def last_whole_quarter(today: date) -> date:
    """The first day of the last quarter that is over."""
    return quarter_of(quarter_of(today)[0] - timedelta(days=1))[0]


def moments_of(quarter: date) -> tuple[datetime, datetime]:
    """When a quarter begins, and when the next one does, on the clock here."""
    begin, end = quarter_of(quarter)
    return _midnight(begin), _midnight(end)


def can_be_told(quarter: date, today: date) -> bool:
    """Whether all of a quarter came in."""
    return today >= quarter_of(quarter)[1] + WAITS


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
