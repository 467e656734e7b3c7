"""Business time counted the naive way, one minute after another, to hold the real calendar against.

Written apart from it: no ledger, no bisection, no `fold`. A minute of the wall clock is found by looking
which UTC minutes show it. Beyond its window of dates it raises IndexError.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def shown_in(zone, first, days):
    """What the clocks of a zone show at each UTC minute of those days, and when each was shown first."""
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    utc = (midnight + n * MINUTE for n in range(days * 1440))
    shown = [at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for at in utc]
    first_shown = {}
    for number, local in enumerate(shown):
        first_shown.setdefault(local, number)
    return shown, first_shown


class MinuteByMinute:
    """A desk's minutes in a window of dates: those that are open, and those that breaks take away.

    `hours` is a function from a date to its intervals, in minutes after midnight.
    """

    def __init__(self, zone, hours, first, days):
        self.first = datetime(first.year, first.month, first.day, tzinfo=UTC)
        self.last = first + (days - 2) * DAY
        self.shown, self.first_shown = shown_in(zone, first, days)
        self.open = bytearray(len(self.shown))
        self.open_days = set()
        for n in range(-1, days + 1):
            for opens, closes in hours(first + n * DAY):
                start, end = self.number_of(first + n * DAY, opens), self.number_of(first + n * DAY, closes)
                for number in range(start, end):
                    self.open[number] = 1
                    self.open_days.add(first + n * DAY)

    def number_of(self, on, minutes):
        """The UTC minute that first shows this wall-clock time; one that is skipped, later by the gap."""
        local = datetime.combine(on, datetime.min.time()) + minutes * MINUTE
        if local < self.shown[0]:
            return 0
        if local > self.shown[-1]:
            return len(self.shown)
        if local in self.first_shown:
            return self.first_shown[local]
        before = local
        while before not in self.first_shown:
            before -= MINUTE
        last_before_gap = self.first_shown[before]
        gap = self.shown[last_before_gap + 1] - self.shown[last_before_gap] - MINUTE
        return self.first_shown[local + gap]

    def number(self, at):
        return int((at - self.first) / MINUTE)

    def instant(self, number):
        return self.first + number * MINUTE

    def held(self, breaks):
        minutes = bytearray(len(self.open))
        for start, end in breaks:
            for number in range(self.number(start), min(self.number(end), len(minutes))):
                minutes[number] = 1
        return minutes

    def between(self, start, end, breaks=()):
        held = self.held(breaks)
        numbers = range(self.number(start), self.number(end))
        return sum(self.open[n] and not held[n] for n in numbers) * MINUTE

    def add_minutes(self, start, minutes, breaks=()):
        held, number, left = self.held(breaks), self.number(start), minutes
        while left:
            left -= self.open[number] and not held[number]
            number += 1
        return self.instant(number)

    def add_days(self, start, days, breaks=()):
        """Days after the opening; each open minute of a break moves the start of counting by a minute.

        A break that began before the due instant counts whole.
        """
        held, counted_from = self.held(breaks), start
        number, due = self.number(start), self.number(self.days_after(start, days))
        began = number
        while number < due or (held[number] and number > began and held[number - 1]):
            if self.open[number] and held[number]:
                counted_from = self.add_minutes(counted_from, 1)
                due = self.number(self.days_after(counted_from, days))
            number += 1
        return self.instant(due)

    def days_after(self, start, days):
        number = self.number(self.next_opening(start))
        local, left = self.shown[number], days
        on = local.date()
        while left:
            on += DAY
            if on > self.last:
                raise IndexError("beyond the window")
            left -= on in self.open_days
        return self.instant(self.number_of(on, local.hour * 60 + local.minute))

    def next_opening(self, start):
        number = self.number(start)
        while not self.open[number]:
            number += 1
        return self.instant(number)

    def is_open(self, at):
        return bool(self.open[self.number(at)])
