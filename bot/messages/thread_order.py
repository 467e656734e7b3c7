"""A thread in the order people wrote, also when some lines arrived late, such as those fetched after an outage. Pure.

Providers tell the time of a message to the second, so lines of the same second stay as they arrived. Only the
customer's lines can be late, and only by the customer's other lines: the provider's clock may differ from ours.
"""

from collections.abc import Iterable, Iterator, Sequence

from bot.messages.thread import Author, ThreadEntry


def in_order(entries: Iterable[ThreadEntry]) -> list[ThreadEntry]:
    """The entries, given as they arrived; a late one stands where it was written."""
    on_time: list[ThreadEntry] = []
    late: list[ThreadEntry] = []
    latest, is_late = 0, False
    for entry in entries:
        if entry.author is not Author.CUSTOMER:
            on_time.append(entry)
            continue
        second = _second(entry)
        is_last_of_run = is_late and second == latest and not entry.at.microsecond  # fetched: to the second
        is_late = second < latest or is_last_of_run
        (late if is_late else on_time).append(entry)
        latest = max(latest, second)
    return list(_merged(on_time, sorted(late, key=_second))) if late else on_time


def _merged(on_time: Sequence[ThreadEntry], late: Sequence[ThreadEntry]) -> Iterator[ThreadEntry]:
    """Late lines that follow each other stay together: what came on time in their second was before or after all."""
    place, is_first = 0, True
    for entry in late:
        while place < len(on_time) and _second(on_time[place]) < _second(entry):
            yield on_time[place]
            place, is_first = place + 1, True
        while is_first and place < len(on_time) and _second(on_time[place]) == _second(entry):
            yield on_time[place]
            place += 1
        yield entry
        is_first = False
    yield from on_time[place:]


def _second(entry: ThreadEntry) -> int:
    return int(entry.at.timestamp())
