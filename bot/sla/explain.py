"""Explains a due time: each period that was counted or skipped, its reason, and the total.

It produces no text for people: reasons are keys, and holiday names come from the policy or the library.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendar.business_calendar import BusinessCalendar
from bot.calendar.durations import CountingMode, Duration
from bot.calendar.open_intervals import from_micros, open_intervals_on, wall_clock
from bot.calendar.opening_days import MINUTES_A_DAY, Day, DayKind
from bot.messages.localized import LOCALES, LocalizedText
from bot.policy.policy import Policy
from bot.sla.deadlines import Deadline, calendar_of
from bot.sla.waiting_turns import Pause


class Reason(StrEnum):
    """Why a period was counted or skipped."""

    OPEN = "open"  # the only reason that counts
    BEFORE_OPENING = "before_opening"
    MIDDAY = "midday"  # between two intervals of one day, such as lunch
    NIGHT = "night"  # after the last interval, until the next day's first
    CLOSED_DAY = "closed_day"  # a weekday without hours, such as Sunday
    HOLIDAY = "holiday"
    SPECIAL_DAY = "special_day"  # a day the policy closes
    ON_HOLD = "on_hold"  # waiting on the customer
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period of time, counted or not."""

    start: datetime
    end: datetime
    reason: Reason
    name: LocalizedText | None = None  # of the holiday or special day

    @property
    def is_counted(self) -> bool:
        """Whether this time counts towards the deadline."""
        return self.reason is Reason.OPEN

    @property
    def length(self) -> timedelta:
        """Its length, counted or not."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Explanation:
    """The periods from a deadline's start to its due time, or to now while it is on hold."""

    allowance: Duration
    stretches: tuple[Stretch, ...]

    @property
    def counted(self) -> timedelta:
        """The total counted time: equal to the allowance, if that is a length of time."""
        return sum((stretch.length for stretch in self.stretches if stretch.is_counted), timedelta())

    def used(self, until: datetime) -> timedelta:
        """How much counted time has passed by then."""
        passed = (min(s.end, until) - s.start for s in self.stretches if s.is_counted and s.start < until)
        return sum(passed, timedelta())

    def to_json(self) -> dict[str, Any]:
        """As JSON: times in ISO format and UTC, lengths in seconds."""
        return {
            "allowance": str(self.allowance),
            "counted_seconds": self.counted.total_seconds(),
            "stretches": [_as_json(stretch) for stretch in self.stretches],
        }


def explain(deadline: Deadline, policy: Policy, now: datetime) -> Explanation:
    """Every counted and skipped period of the deadline, in order and without gaps."""
    calendar = calendar_of(policy, is_emergency=deadline.is_emergency)
    start, end = deadline.started_at.astimezone(UTC), (deadline.due_at or now).astimezone(UTC)
    if deadline.allowance.counting is CountingMode.CALENDAR_TIME:
        whole: Iterator[Stretch] = iter([Stretch(start, end, Reason.OPEN)])
    else:
        whole = _periods(calendar, start, end)
    remaining = _cut_pauses(_clipped(whole, start, end), deadline.pauses, end)
    return Explanation(deadline.allowance, tuple(_merged(remaining)))


def _periods(calendar: BusinessCalendar, start: datetime, end: datetime) -> Iterator[Stretch]:
    """The open and closed periods of every local date between the two times."""
    on, last = start.astimezone(calendar.zone).date(), end.astimezone(calendar.zone).date()
    while on <= last:
        yield from _periods_on(on, calendar.day(on), calendar.zone)
        on += timedelta(days=1)


def _periods_on(on: date, day: Day, zone: ZoneInfo) -> Iterator[Stretch]:
    at, midnight = from_micros(wall_clock(on, 0, zone)), from_micros(wall_clock(on, MINUTES_A_DAY, zone))
    before, between, after = _closed_reasons(day)
    for opens, closes in open_intervals_on(on, day.intervals, zone):
        yield Stretch(at, from_micros(opens), before, day.name)
        yield Stretch(from_micros(opens), from_micros(closes), Reason.OPEN)
        at, before = from_micros(closes), between
    yield Stretch(at, midnight, after, day.name)


def _closed_reasons(day: Day) -> tuple[Reason, Reason, Reason]:
    """Why the day is closed before, between and after its intervals."""
    if day.kind is DayKind.SPECIAL:
        return (Reason.SPECIAL_DAY,) * 3
    if day.kind is DayKind.HOLIDAY:
        return (Reason.HOLIDAY,) * 3
    if not day.intervals:
        return (Reason.CLOSED_DAY,) * 3
    return Reason.BEFORE_OPENING, Reason.MIDDAY, Reason.NIGHT


def _clipped(stretches: Iterator[Stretch], start: datetime, end: datetime) -> Iterator[Stretch]:
    """The part between the two times, each moment once even when clocks change."""
    at = start
    for stretch in stretches:
        inside = Stretch(max(stretch.start, at), min(stretch.end, end), stretch.reason, stretch.name)
        if inside.start < inside.end:
            yield inside
            at = inside.end


def _cut_pauses(stretches: Iterator[Stretch], pauses: Sequence[Pause], end: datetime) -> Iterator[Stretch]:
    """The periods with pauses cut out and labelled with the pause's reason."""
    for stretch in stretches:
        at = stretch.start
        for pause in pauses:
            begins, ends = max(pause.since, at), min(pause.until or end, stretch.end)
            if begins < ends:
                yield Stretch(at, begins, stretch.reason, stretch.name)
                yield Stretch(begins, ends, Reason(pause.reason))
                at = ends
        yield Stretch(at, stretch.end, stretch.reason, stretch.name)


def _merged(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Merge neighbours with the same reason; the hours before opening join the night."""
    last: Stretch | None = None
    for stretch in stretches:
        if stretch.start >= stretch.end:
            continue
        if last and _belong_together(last, stretch):
            last = Stretch(last.start, stretch.end, last.reason, last.name)
            continue
        if last:
            yield last
        last = stretch
    if last:
        yield last


def _belong_together(first: Stretch, second: Stretch) -> bool:
    if (first.reason, second.reason) == (Reason.NIGHT, Reason.BEFORE_OPENING):
        return True
    return (first.reason, first.name) == (second.reason, second.name)


def _as_json(stretch: Stretch) -> dict[str, Any]:
    return {
        "from": stretch.start.isoformat(),
        "to": stretch.end.isoformat(),
        "seconds": stretch.length.total_seconds(),
        "counted": stretch.is_counted,
        "reason": str(stretch.reason),
        "name": {locale: stretch.name.in_(locale) for locale in LOCALES} if stretch.name else None,
    }
