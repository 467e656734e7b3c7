"""What follows from a message in a topic, by what it now says and what has become of it."""

from datetime import UTC, datetime

import pytest

from bot.forum.agent_message import MessageIntent, parse_agent_message
from bot.forum.rewritten_message import Became, History, Step, history_of, names_of, step_after
from bot.messages.inbound import Address
from bot.messages.outgoing import Outgoing
from bot.messages.thread import Author, OutboxEntry, ThreadEntry

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAME = "-100:9"


@pytest.mark.parametrize(
    ("before", "now", "step"),
    [
        (Became.NOTHING, "We look at it", Step.WRITE),
        (Became.NOTHING, "// he pays late", Step.WRITE),
        (Became.NOTHING, "/thanks", Step.REFUSE),
        (Became.REPLY, "We look at it", Step.EDIT),
        (Became.REPLY, "as before", Step.IGNORE),
        (Became.REPLY, "// as before", Step.WITHDRAW),
        (Became.REPLY, "//", Step.WITHDRAW),
        (Became.REPLY, "/resolve", Step.WITHDRAW),
        (Became.REPLY, "/link K4XX-7YQA", Step.WITHDRAW),
        (Became.NOTE, "// he pays late", Step.EDIT),
        (Became.NOTE, "//as before", Step.IGNORE),
        (Became.NOTE, "as before", Step.ASK),
        (Became.NOTE, "We look at it", Step.ASK),
        (Became.NOTE, "/resolve", Step.REFUSE),
    ],
)
def test_what_a_message_now_says_decides(before: Became, now: str, step: Step) -> None:
    read = parse_agent_message(now)
    assert step_after(read.meaning, read.text, History(before, "as before", "e", NAME)) is step


def test_a_note_announced_by_a_button_stays_one_when_its_words_change() -> None:
    read = parse_agent_message("he is very angry", "note")
    assert step_after(read.meaning, read.text, History(Became.NOTE, "he is angry", "e", NAME)) is Step.EDIT


def test_a_question_to_the_customer_is_corrected_like_a_reply() -> None:
    before = History(Became.REPLY, "Wich version?", "e", NAME)
    assert step_after(MessageIntent.RETURN, "Which version?", before) is Step.EDIT


def test_the_history_is_that_of_the_last_version() -> None:
    reply = entry("e1", Author.AGENT, "We look at it")
    edit = entry("e2", Author.AGENT, "We looked at it", is_edit=True)
    taken_back = entry("e3", Author.AGENT, "", is_edit=True)
    note = entry("e4", Author.NOTE, "he pays late")
    again = entry("e5", Author.AGENT, "Dear customer")
    deliveries = {"e1": delivery("e1"), "e2": delivery("e2", edits="e1"), "e5": delivery("e5")}

    def history(*entries: ThreadEntry) -> tuple[Became, str]:
        found = history_of(
            [NAME], [entry("x", Author.AGENT, "another", posted_as="-100:8"), *entries], deliveries
        )
        return found.became, found.entry_id

    assert history() == (Became.NOTHING, "")
    assert history(reply) == (Became.REPLY, "e1")
    assert history(reply, edit) == (Became.REPLY, "e1")
    assert history(reply, edit, taken_back) == (Became.NOTHING, "")
    assert history(reply, edit, taken_back, note) == (Became.NOTE, "e4")
    assert history(reply, taken_back, note, again) == (Became.REPLY, "e5")


def test_an_edit_of_any_file_of_an_album_is_one_of_the_message_it_was_taken_as() -> None:
    album = entry("e1", Author.AGENT, "look", posted_as="-100:7")
    assert history_of(names_of(-100, 9, is_in_album=True), [album], {}).entry_id == "e1"
    assert history_of(names_of(-100, 9, is_in_album=False), [album], {}).became is Became.NOTHING


def entry(entry_id: str, author: Author, text: str, **more: object) -> ThreadEntry:
    fields = {"posted_as": NAME, **more}
    return ThreadEntry(entry_id, "c-1", NOW, author, "ana", text=text, **fields)  # type: ignore[arg-type]


def delivery(entry_id: str, edits: str = "") -> OutboxEntry:
    return OutboxEntry(entry_id, "c", Address("telegram", "42"), "en", Outgoing(("x",), edits=edits), NOW)
