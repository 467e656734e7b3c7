"""A desk's business calendar: when it's open, and how business time is counted.

It takes aware datetimes and returns them in UTC; local time is used only inside.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.durations import CountingMode, Duration
from bot.calendar.open_intervals import MICROSECOND, OpenIntervals, build_open_intervals, from_micros, micros
from bot.calendar.opening_days import ALL_DAY, Day, OpenDays

Break = tuple[datetime, datetime]
"""Time that doesn't count even if the desk is open, such as waiting for the customer."""

Cut = tuple[int, int]
"""A break in microseconds since 1970 UTC."""

_FIRST_YEAR, _LAST_YEAR = 1970, 2200
_YEARS_AHEAD = 40


class NeverOpensError(ValueError):
    """The desk doesn't open within forty years: holidays and special days leave no open hour."""


class BusinessCalendar:
    """Counts open time in one zone; immutable, and safe to share between threads.

    It caches the open intervals of the years it's asked about, so counting takes microseconds.
    """

    def __init__(self, zone: ZoneInfo, open_days: OpenDays) -> None:
        self.zone = zone
        self.open_days = open_days
        self.is_always_open = open_days.is_always_open
        self._intervals: OpenIntervals | None = None

    def is_open(self, at: datetime) -> bool:
        """Whether the desk is open then; at the instant it closes, it isn't."""
        return self.is_always_open or self._covering(micros(at)).is_open(micros(at))

    def next_opening(self, at: datetime) -> datetime:
        """The next opening; `at` itself if the desk is open."""
        return from_micros(self._opens_at(micros(at)))

    def next_closing(self, at: datetime) -> datetime | None:
        """The end of the current opening hours, or of the next ones; None if the desk never closes."""
        if self.is_always_open:
            return None
        return from_micros(self._found(micros(at), lambda intervals: intervals.closes_at(micros(at))))

    def day(self, on: date) -> Day:
        """The hours of one local date, and the reason for them."""
        return self.open_days.day(on)

    def between(self, start: datetime, end: datetime, breaks: Sequence[Break] = ()) -> timedelta:
        """The open time from one instant to another, without the breaks; negative if `end` is earlier."""
        since, until = micros(start), micros(end)
        if until < since:
            return -self.between(end, start, breaks)
        skipped = sum(self._open_for(*cut) for cut in _cuts(breaks, since, until))
        return (self._open_for(since, until) - skipped) * MICROSECOND

    def add(self, start: datetime, duration: Duration, breaks: Sequence[Break] = ()) -> datetime:
        """The first instant at which the duration has passed since `start`, without the breaks.

        Business days keep the time of day. They count from the next opening if the desk is closed, and open
        time in breaks moves the instant from which they count.
        """
        since = micros(start)
        if duration.is_zero:
            return from_micros(since)
        cuts = _cuts(breaks, since)
        if duration.counting is CountingMode.BUSINESS_DAYS:
            return from_micros(self._add_days(since, duration.days, cuts))
        amount = duration.length // MICROSECOND
        if duration.counting is CountingMode.CALENDAR_TIME or self.is_always_open:
            return from_micros(_add_every_minute(since, amount, cuts))
        return from_micros(self._add_open_time(since, amount, cuts))

    def _add_open_time(self, since: int, amount: int, cuts: Sequence[Cut] = ()) -> int:
        for cut_from, cut_to in cuts:
            counted = self._open_for(since, cut_from)
            if counted >= amount:
                break
            since, amount = cut_to, amount - counted
        return self._found(since, lambda intervals: _reached(intervals, since, amount))

    def _add_days(self, since: int, days: int, cuts: Sequence[Cut]) -> int:
        due, held = self._days_after(since, days), 0
        for cut in cuts:
            if cut[0] >= due:
                break
            held += self._open_for(*cut)
            due = self._days_after(self._add_open_time(since, held), days) if held else due
        return due

    def _days_after(self, since: int, days: int) -> int:
        local = from_micros(self._opens_at(since)).astimezone(self.zone)
        ordinal = self._found(since, lambda intervals: intervals.day_after(local.toordinal(), days))
        on = date.fromordinal(ordinal)
        return micros(local.replace(year=on.year, month=on.month, day=on.day, fold=0))

    def _opens_at(self, at: int) -> int:
        return at if self.is_always_open else self._found(at, lambda intervals: intervals.opens_at(at))

    def _open_for(self, since: int, until: int) -> int:
        if self.is_always_open:
            return until - since
        intervals = self._covering(since, until)
        return intervals.before(until) - intervals.before(since)

    def _found(self, since: int, look: Callable[[OpenIntervals], int | None]) -> int:
        """What `look` finds; adds years to the intervals until it does."""
        intervals = self._covering(since)
        while (found := look(intervals)) is None:
            first, last, asked = (
                _year(at, self.zone) for at in (intervals.covers_from, intervals.covers_to, since)
            )
            if last - asked > _YEARS_AHEAD:
                raise NeverOpensError(f"the desk doesn't open within {_YEARS_AHEAD} years of {asked}")
            intervals = self._built(first, last + max(1, last - asked))
        return found

    def _covering(self, first: int, last: int | None = None) -> OpenIntervals:
        last = first if last is None else last
        kept = self._intervals
        if kept and kept.covers_from <= first and last < kept.covers_to:
            return kept
        if kept:
            first, last = min(first, kept.covers_from), max(last, kept.covers_to - 1)
        return self._built(_year(first, self.zone), _year(last, self.zone) + 1)

    def _built(self, first_year: int, last_year: int) -> OpenIntervals:
        if first_year < _FIRST_YEAR or last_year > _LAST_YEAR:
            raise ValueError(f"business time is only counted from {_FIRST_YEAR} to {_LAST_YEAR}")
        self._intervals = build_open_intervals(self.open_days, self.zone, first_year, last_year)
        return self._intervals


def always_open(zone: ZoneInfo) -> BusinessCalendar:
    """The calendar of a desk that never closes."""
    return BusinessCalendar(zone, OpenDays((ALL_DAY,) * 7))


def _cuts(breaks: Sequence[Break], since: int, until: int | None = None) -> list[Cut]:
    """The breaks between two instants, in order; overlapping ones are merged, so that no time counts twice."""
    whole: list[Cut] = []
    for start, end in sorted((micros(start), micros(end)) for start, end in breaks):
        cut_from, cut_to = max(start, since), end if until is None else min(end, until)
        if whole and cut_from <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], cut_to))
        elif cut_from < cut_to:
            whole.append((cut_from, cut_to))
    return whole


def _add_every_minute(since: int, amount: int, cuts: Sequence[Cut]) -> int:
    due = since + amount
    for cut_from, cut_to in cuts:
        if cut_from >= due:
            break
        due += cut_to - cut_from
    return due


def _reached(intervals: OpenIntervals, since: int, amount: int) -> int | None:
    found = intervals.reached_at(intervals.before(since) + amount)
    return found if found is None else max(found, since)


def _year(at: int, zone: ZoneInfo) -> int:
    return from_micros(at).astimezone(zone).year
