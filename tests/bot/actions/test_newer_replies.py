"""Whether a colleague's reply crossed an agent's own."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.actions.newer_replies import answered_meanwhile
from bot.messages.thread import Author, ThreadEntry

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def entry(author: Author, by: str = "", after: float = 0, **more: object) -> ThreadEntry:
    at = NOW + timedelta(seconds=after)
    return ThreadEntry(f"{author}{after}", "t-1", at, author, by, **more)  # type: ignore[arg-type]


def test_an_answer_that_crossed_a_colleagues_is_noticed() -> None:
    thread = [entry(Author.CUSTOMER), entry(Author.AGENT, "ana", 10)]
    assert answered_meanwhile(thread, "bruno", NOW + timedelta(seconds=15)) == "ana"
    assert answered_meanwhile(thread, "bruno", NOW + timedelta(seconds=5)) == "ana"


@pytest.mark.parametrize(
    ("thread", "agent_id", "after"),
    [
        ([entry(Author.AGENT, "ana", 10)], "ana", 15),
        ([entry(Author.AGENT, "ana", 10)], "bruno", 31),
        ([entry(Author.AGENT, "ana", 10), entry(Author.CUSTOMER, after=12)], "bruno", 15),
        ([entry(Author.NOTE, "ana", 10)], "bruno", 15),
        ([entry(Author.AGENT, "ana", 10, is_edit=True)], "bruno", 15),
        ([], "bruno", 0),
    ],
)
def test_an_answer_of_its_own_turn_is_not(thread: list[ThreadEntry], agent_id: str, after: float) -> None:
    assert answered_meanwhile(thread, agent_id, NOW + timedelta(seconds=after)) == ""
