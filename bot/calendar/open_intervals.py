"""All open intervals of a range of years, with running totals, so that business time is a lookup.

Instants are whole microseconds since 1970 UTC.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.opening_days import MINUTES_A_DAY, Interval, OpenDays

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """The instant in microseconds since 1970 UTC; ValueError if it's naive."""
    if at.tzinfo is None:
        raise ValueError("business time needs aware datetimes")
    return (at - EPOCH) // MICROSECOND


def from_micros(at: int) -> datetime:
    """The aware UTC datetime of that many microseconds."""
    return EPOCH + timedelta(microseconds=at)


@dataclass(frozen=True, slots=True)
class OpenIntervals:
    """The open intervals from `covers_from` to `covers_to`, in order, with gaps between them.

    `sums[i]` is the open time before interval `i`; the last sum is the total. `days` are the ordinals of the
    local dates with open time.
    """

    covers_from: int
    covers_to: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sums: tuple[int, ...]
    days: tuple[int, ...]

    def before(self, at: int) -> int:
        """The open time from `covers_from` to that instant."""
        i = bisect_right(self.starts, at) - 1
        return self.sums[i] + min(at, self.ends[i]) - self.starts[i] if i >= 0 else 0

    def reached_at(self, total: int) -> int | None:
        """The first instant with that much open time before it; None if the intervals end before."""
        i = bisect_left(self.sums, total) - 1
        if i >= len(self.starts):
            return None
        return self.starts[max(i, 0)] + total - self.sums[max(i, 0)]

    def is_open(self, at: int) -> bool:
        """Whether an interval contains that instant; it doesn't contain its own end."""
        i = bisect_right(self.starts, at) - 1
        return i >= 0 and at < self.ends[i]

    def opens_at(self, at: int) -> int | None:
        """The first open instant from then on; None if the intervals end before."""
        if self.is_open(at):
            return at
        i = bisect_right(self.starts, at)
        return self.starts[i] if i < len(self.starts) else None

    def closes_at(self, at: int) -> int | None:
        """The end of the interval at that instant, or of the next one; None if the intervals end before."""
        i = bisect_right(self.ends, at)
        return self.ends[i] if i < len(self.ends) else None

    def day_after(self, ordinal: int, count: int) -> int | None:
        """The ordinal of the `count`-th open day after that date; None if the intervals end before."""
        i = bisect_right(self.days, ordinal) + count - 1
        return self.days[i] if i < len(self.days) else None


def build_open_intervals(
    open_days: OpenDays, zone: ZoneInfo, first_year: int, last_year: int
) -> OpenIntervals:
    """The open intervals of a desk from the first year to the last, both included."""
    starts: list[int] = []
    ends: list[int] = []
    days: list[int] = []
    first, last = date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal()
    for ordinal in range(first, last + 1):
        on = date.fromordinal(ordinal)
        intervals = open_intervals_on(on, open_days.day(on).intervals, zone)
        if intervals:
            days.append(ordinal)
        for start, end in intervals:
            _append(starts, ends, start, end)
    sums = [0]
    for start, end in zip(starts, ends, strict=True):
        sums.append(sums[-1] + end - start)
    covers_to = wall_clock(date.fromordinal(last), MINUTES_A_DAY, zone)
    covers_from = wall_clock(date.fromordinal(first), 0, zone)
    return OpenIntervals(covers_from, covers_to, tuple(starts), tuple(ends), tuple(sums), tuple(days))


def open_intervals_on(on: date, intervals: tuple[Interval, ...], zone: ZoneInfo) -> list[tuple[int, int]]:
    """The intervals of a date as instants, without those that are empty because the clocks change."""
    resolved = ((wall_clock(on, i.opens, zone), wall_clock(on, i.closes, zone)) for i in intervals)
    return [(start, end) for start, end in resolved if start < end]


def wall_clock(on: date, minutes: int, zone: ZoneInfo) -> int:
    """The instant when clocks in the zone show that many minutes after midnight.

    A skipped time moves forward by the gap; of a time shown twice, it's the first (fold=0 in PEP 495).
    """
    if minutes == MINUTES_A_DAY:
        on, minutes = on + timedelta(days=1), 0
    shown = datetime(on.year, on.month, on.day, minutes // 60, minutes % 60, tzinfo=zone)
    return micros(shown)


def _append(starts: list[int], ends: list[int], start: int, end: int) -> None:
    """Add an interval, or extend the last one if they touch, or overlap because the clocks change."""
    if ends and start <= ends[-1]:
        ends[-1] = max(ends[-1], end)
        return
    starts.append(start)
    ends.append(end)
