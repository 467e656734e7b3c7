"""A thread is in the order people wrote, however late some of its lines arrived."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.messages.thread import Author, ThreadEntry
from bot.messages.thread_order import in_order

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
PER_SECOND = 7


def line(number: int) -> ThreadEntry:
    """The customer's `number`-th line, several a second; its time is as exact as when it came in on time."""
    at = NOON + timedelta(seconds=number / PER_SECOND)
    return ThreadEntry(str(number), "c-1", at, Author.CUSTOMER)


def fetched(number: int) -> ThreadEntry:
    """The same line from the provider's record, which tells only the second."""
    entry = line(number)
    return replace(entry, at=entry.at.replace(microsecond=0))


def ours(name: str, seconds: float) -> ThreadEntry:
    return ThreadEntry(name, "c-1", NOON + timedelta(seconds=seconds), Author.BOT)


def names(entries: list[ThreadEntry]) -> list[str]:
    return [entry.entry_id for entry in in_order(entries)]


@pytest.mark.parametrize(
    ("first", "last", "seen"), [(61, 82, 83), (61, 82, 120), (40, 61, 200), (1, 21, 22), (57, 77, 199)]
)
def test_lines_fetched_after_an_outage_stand_where_they_were_written(
    first: int, last: int, seen: int
) -> None:
    missed = range(first, last + 1)
    on_time = [line(n) for n in range(1, seen + 1) if n not in missed]
    late = [fetched(n) for n in missed]
    rest = [line(n) for n in range(seen + 1, seen + 10)]
    assert names([*on_time, *late, *rest]) == [str(n) for n in range(1, seen + 10)]


def test_two_outages_are_two_gaps() -> None:
    missed = [*range(10, 35), *range(100, 130)]
    on_time = [line(n) for n in range(1, 160) if n not in missed]
    assert names([*on_time, *(fetched(n) for n in missed)]) == [str(n) for n in range(1, 160)]


def test_lines_that_came_on_time_stay_as_they_came_whatever_the_clocks_say() -> None:
    """Telegram tells seconds, and its clock may be behind ours."""
    told = [ours("hello", 5.9), fetched(28), ours("name?", 5.95), fetched(31), ours("thanks", 9), fetched(32)]
    assert names(told) == ["hello", "28", "name?", "31", "thanks", "32"]


def test_what_we_answered_to_a_late_line_stays_behind_the_lines_before_it() -> None:
    told = [line(7), line(70), ours("answer to 7 and 70", 10.2), fetched(35), ours("answer to 35", 11)]
    assert names(told) == ["7", "35", "70", "answer to 7 and 70", "answer to 35"]


def test_an_empty_thread_has_no_order() -> None:
    assert in_order([]) == []
