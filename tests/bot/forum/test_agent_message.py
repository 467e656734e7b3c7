"""What an agent's words in a topic are taken as."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.forum.agent_message import (
    MessageIntent,
    entry_shown_as,
    external_id_for_quote,
    parse_agent_message,
)
from bot.messages.inbound import Address
from bot.messages.outgoing import Outgoing
from bot.messages.thread import Author, OutboxEntry, ThreadEntry

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "meaning", "words"),
    [
        ("Have you tried again?", MessageIntent.REPLY, "Have you tried again?"),
        ("  // he pays late ", MessageIntent.NOTE, "he pays late"),
        ("//", MessageIntent.NOTE, ""),
        ("/link K4XX-7YQA", MessageIntent.LINK, "K4XX-7YQA"),
        ("/LINK@guichet_bot k4xx", MessageIntent.LINK, "k4xx"),
        ("/resolve", MessageIntent.COMMAND, "/resolve"),
        ("/ 5 of them", MessageIntent.REPLY, "/ 5 of them"),
        ("see http://a.b//c", MessageIntent.REPLY, "see http://a.b//c"),
        ("/linkage is not it", MessageIntent.COMMAND, "/linkage is not it"),
    ],
)
def test_words_mean_what_they_begin_with(text: str, meaning: MessageIntent, words: str) -> None:
    assert (parse_agent_message(text).meaning, parse_agent_message(text).text) == (meaning, words)


def test_a_button_decides_for_plain_words_only() -> None:
    assert parse_agent_message("Which version?", "return").meaning is MessageIntent.RETURN
    assert parse_agent_message("he is angry", "note").meaning is MessageIntent.NOTE
    assert parse_agent_message("// still a note", "return").meaning is MessageIntent.NOTE


def entry(author: Author, by: str = "", after: float = 0, **more: object) -> ThreadEntry:
    at = NOW + timedelta(seconds=after)
    return ThreadEntry(f"{author}{after}", "t-1", at, author, by, **more)  # type: ignore[arg-type]


def test_a_message_that_shows_several_lines_stands_for_the_last() -> None:
    first, last = entry(Author.CUSTOMER), entry(Author.CUSTOMER, after=1)
    posts = {first.entry_id: (57, 58), last.entry_id: (57, 58)}
    assert entry_shown_as(58, [first, last], posts) is last
    assert entry_shown_as(59, [first, last], posts) is None


def test_quotes_carry_the_name_that_the_customers_channel_knows() -> None:
    theirs = entry(Author.CUSTOMER, external_id="42:7")
    ours = entry(Author.AGENT, "ana", posted_as="-100:9")
    sent = OutboxEntry(
        ours.entry_id, "l", Address("telegram", "42"), "en", Outgoing(()), NOW, external_ids=("42:8",)
    )
    assert entry_shown_as(9, [theirs, ours], {}) is ours
    assert external_id_for_quote(theirs, {}) == "42:7"
    assert external_id_for_quote(ours, {ours.entry_id: sent}) == "42:8"
    assert external_id_for_quote(ours, {}) == ""
    assert external_id_for_quote(None, {}) == ""
