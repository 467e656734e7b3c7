"""Shortens an explanation for people: merges skipped periods, and folds days and weeks that repeat.

It only decides the order of lines; the pages that show them choose words and formats.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from bot.sla.explain import Reason, Stretch

SHORT = 8
"""How many lines are easy to read; only longer explanations are folded."""

_LONGEST_PERIOD = 12  # lines; a day with three intervals has six, a week of folded days about as many
_PAUSES = (Reason.ON_HOLD, Reason.RESOLVED)


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """A counted period, or all that was skipped between two of them (night, weekend, night)."""

    stretches: tuple[Stretch, ...]

    @property
    def start(self) -> datetime:
        """When it begins."""
        return self.stretches[0].start

    @property
    def end(self) -> datetime:
        """When it ends."""
        return self.stretches[-1].end

    @property
    def is_counted(self) -> bool:
        """Whether this time counts."""
        return self.stretches[0].is_counted

    @property
    def counted(self) -> timedelta:
        """How much of it counts: all or nothing."""
        return self.end - self.start if self.is_counted else timedelta()


@dataclass(frozen=True, slots=True)
class RepeatedLines:
    """The same lines several times in a row; `lines` are those of the first time."""

    times: int
    lines: "tuple[SummaryItem, ...]"
    start: datetime
    end: datetime
    counted: timedelta  # of all repetitions together
    every: timedelta  # from one repetition to the next, on the desk's clock


SummaryItem = ExplanationLine | RepeatedLines


def summarise(stretches: Sequence[Stretch], zone: ZoneInfo) -> tuple[SummaryItem, ...]:
    """The lines to show; two nights are compared in `zone`."""
    lines: tuple[SummaryItem, ...] = tuple(_merged(stretches))
    while len(lines) > SHORT:
        folded = tuple(_folded(lines, zone))
        if len(folded) == len(lines):
            break
        lines = folded
    return lines


def _merged(stretches: Sequence[Stretch]) -> Iterator[ExplanationLine]:
    for is_separate, group in groupby(
        stretches, key=lambda s: s.reason if s.is_counted or s.reason in _PAUSES else None
    ):
        found = tuple(group)
        yield from (ExplanationLine((one,)) for one in found) if is_separate else (ExplanationLine(found),)


def _folded(lines: Sequence[SummaryItem], zone: ZoneInfo) -> Iterator[SummaryItem]:
    """Merge every run of repeated lines, the shortest period first; each repetition begins with a night."""
    signatures = [_signature(line, zone) for line in lines]
    at = 0
    while at < len(lines):
        period, times = _repeats(signatures, at) if _is_night(lines[at], zone) else (1, 1)
        if times == 1:
            yield lines[at]
        else:
            yield _fold(lines[at : at + period * times], period, zone)
        at += period * times


def _is_night(line: SummaryItem, zone: ZoneInfo) -> bool:
    return not line.counted and _shown(line.start, zone).date() != _shown(line.end, zone).date()


def _repeats(signatures: Sequence[Any], at: int) -> tuple[int, int]:
    """How many lines repeat from there, and how often; (1, 1) if none do."""
    for period in range(2, _LONGEST_PERIOD + 1):
        first, times = signatures[at : at + period], 1
        while signatures[at + period * times : at + period * (times + 1)] == first:
            times += 1
        if times > 1:
            return period, times
    return 1, 1


def _fold(lines: Sequence[SummaryItem], period: int, zone: ZoneInfo) -> RepeatedLines:
    return RepeatedLines(
        times=len(lines) // period,
        lines=tuple(lines[:period]),
        start=lines[0].start,
        end=lines[-1].end,
        counted=sum((line.counted for line in lines), timedelta()),
        every=_shown(lines[period].start, zone) - _shown(lines[0].start, zone),
    )


def _signature(line: SummaryItem, zone: ZoneInfo) -> Any:
    """What two lines must have in common to count as equal."""
    if isinstance(line, RepeatedLines):
        return line.times, tuple(_signature(each, zone) for each in line.lines)
    reasons = tuple((stretch.reason, stretch.name) for stretch in line.stretches)
    start, end = _shown(line.start, zone), _shown(line.end, zone)
    return reasons, start.time(), end.time(), (end.date() - start.date()).days


def _shown(at: datetime, zone: ZoneInfo) -> datetime:
    """The local time in the zone, so that nights stay equal when clocks change."""
    return at.astimezone(zone).replace(tzinfo=None)
