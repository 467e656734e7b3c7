"""The business calendar of a desk: when it is open, and how business time is counted.

All instants in and out are aware datetimes, in UTC when they come out. Local time exists only in here.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.allowance import Allowance, Counting
from bot.calendar_days import ALL_DAY, Day, OpenDays
from bot.calendar_ledger import MICROSECOND, Ledger, build, instant, micros

Break = tuple[datetime, datetime]
"""A stretch that does not count though the desk may be open, such as waiting on the customer."""

_FIRST_YEAR, _LAST_YEAR = 1970, 2200
_YEARS_AHEAD = 40


class NeverOpensError(ValueError):
    """The desk is not open again in forty years: its week, holidays and own dates leave nothing."""


class BusinessCalendar:
    """Counts open time in one zone; immutable, and safe to share between threads.

    It keeps a ledger of the years it was asked about, so that counting is a search in it: microseconds.
    """

    def __init__(self, zone: ZoneInfo, open_days: OpenDays) -> None:
        self.zone = zone
        self.open_days = open_days
        self.is_always_open = open_days.is_always_open
        self._ledger: Ledger | None = None

    def is_open(self, at: datetime) -> bool:
        """Whether the desk is open then; at the very instant of closing it no longer is."""
        return self.is_always_open or self._covering(at).is_open(micros(at))

    def next_opening(self, at: datetime) -> datetime:
        """That instant itself when the desk is open, else the next opening."""
        if self.is_always_open:
            return at.astimezone(UTC)
        return instant(self._found(at, lambda ledger: ledger.opens_at(micros(at))))

    def next_closing(self, at: datetime) -> datetime | None:
        """When the hours that are open then, or open next, end; None for a desk that never closes."""
        if self.is_always_open:
            return None
        return instant(self._found(at, lambda ledger: ledger.closes_at(micros(at))))

    def day(self, on: date) -> Day:
        """The hours of one local date, and why they are so."""
        return self.open_days.day(on)

    def between(self, start: datetime, end: datetime, breaks: Sequence[Break] = ()) -> timedelta:
        """The open time from one instant to another, without the breaks; negative when `end` is earlier."""
        start, end = instant(micros(start)), instant(micros(end))
        if end < start:
            return -self.between(end, start, breaks)
        whole = self._open_for(start, end)
        return (whole - sum(self._open_for(*cut) for cut in _within(start, end, breaks))) * MICROSECOND

    def add(self, start: datetime, allowance: Allowance, breaks: Sequence[Break] = ()) -> datetime:
        """The first instant at which that much has really elapsed since `start`, the breaks not counted.

        Business days give the same time of day so many open days later, counted from the next opening
        when closed; open time spent in breaks moves the instant from which they are counted.
        """
        start = instant(micros(start))
        if allowance.is_zero:
            return start
        if allowance.counting is Counting.BUSINESS_DAYS:
            return self._add_days(start, allowance.days, breaks)
        if allowance.counting is Counting.CALENDAR_TIME or (self.is_always_open and not breaks):
            return _add_calendar_time(start, allowance.length, breaks)
        return self._add_time(start, allowance.length // MICROSECOND, breaks)

    def _add_time(self, start: datetime, amount: int, breaks: Sequence[Break] = ()) -> datetime:
        left = amount
        for cut_from, cut_to in _within(start, None, breaks):
            counted = self._open_for(start, cut_from)
            if counted >= left:
                break
            left, start = left - counted, cut_to
        return instant(self._found(start, lambda ledger: _reached(ledger, micros(start), left)))

    def _add_days(self, start: datetime, days: int, breaks: Sequence[Break]) -> datetime:
        due, held = self._days_after(start, days), 0
        for cut in _within(start, None, breaks):
            if cut[0] >= due:
                break
            held += self._open_for(*cut)
            due = self._days_after(self._add_time(start, held), days) if held else due
        return due

    def _days_after(self, start: datetime, days: int) -> datetime:
        local = self.next_opening(start).astimezone(self.zone)
        ordinal = self._found(start, lambda ledger: ledger.day_after(local.toordinal(), days))
        on = date.fromordinal(ordinal)
        return instant(micros(local.replace(year=on.year, month=on.month, day=on.day, fold=0)))

    def _open_for(self, start: datetime, end: datetime) -> int:
        if self.is_always_open:
            return micros(end) - micros(start)
        ledger = self._covering(start, end)
        return ledger.before(micros(end)) - ledger.before(micros(start))

    def _found(self, since: datetime, look: Callable[[Ledger], int | None]) -> int:
        """What `look` finds in the ledger, which grows until it does."""
        ledger = self._covering(since)
        while (found := look(ledger)) is None:
            last = _year(ledger.covers_to, self.zone)
            if last - since.year > _YEARS_AHEAD:
                raise NeverOpensError(f"the desk does not open again within {_YEARS_AHEAD} years of {since}")
            ledger = self._built(_year(ledger.covers_from, self.zone), last + max(1, last - since.year))
        return found

    def _covering(self, *instants: datetime) -> Ledger:
        asked = [micros(at) for at in instants]
        first, last = min(asked), max(asked)
        kept = self._ledger
        if kept and kept.covers_from <= first and last < kept.covers_to:
            return kept
        if kept:
            first, last = min(first, kept.covers_from), max(last, kept.covers_to - 1)
        return self._built(_year(first, self.zone), _year(last, self.zone) + 1)

    def _built(self, first_year: int, last_year: int) -> Ledger:
        if first_year < _FIRST_YEAR or last_year > _LAST_YEAR:
            raise ValueError(f"business time is counted between the years {_FIRST_YEAR} and {_LAST_YEAR}")
        self._ledger = build(self.open_days, self.zone, first_year, last_year)
        return self._ledger


def always_open(zone: ZoneInfo) -> BusinessCalendar:
    """The calendar of a desk that never closes."""
    return BusinessCalendar(zone, OpenDays((ALL_DAY,) * 7))


def merged(breaks: Sequence[Break]) -> tuple[Break, ...]:
    """The breaks in order, overlapping ones made one, so that nothing is taken off twice."""
    whole: list[Break] = []
    in_utc = ((start.astimezone(UTC), end.astimezone(UTC)) for start, end in breaks)
    for start, end in sorted(cut for cut in in_utc if cut[0] < cut[1]):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return tuple(whole)


def _within(start: datetime, end: datetime | None, breaks: Sequence[Break]) -> Iterator[Break]:
    for cut_from, cut_to in merged(breaks):
        clipped = (max(cut_from, start), cut_to if end is None else min(cut_to, end))
        if clipped[0] < clipped[1]:
            yield clipped


def _add_calendar_time(start: datetime, length: timedelta, breaks: Sequence[Break]) -> datetime:
    due = start + length
    for cut_from, cut_to in _within(start, None, breaks):
        if cut_from >= due:
            break
        due += cut_to - cut_from
    return due


def _reached(ledger: Ledger, start: int, amount: int) -> int | None:
    found = ledger.reached_at(ledger.before(start) + amount)
    return found if found is None else max(found, start)


def _year(at: int, zone: ZoneInfo) -> int:
    return instant(at).astimezone(zone).year
