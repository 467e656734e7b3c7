"""Agents who change what they wrote in a topic: each message is read again as what it now says."""

from datetime import datetime, timedelta

import pytest

from bot.delivery.corrections import WITHDRAWN
from bot.messages.thread import Author, OutboxEntry
from bot.model.conversation import Status
from channels.outgoing import RenderedMessage
from jobs.delivery.channel_health import ChannelHealth
from jobs.delivery.send_entry import EntrySender
from sandbox.control_client import Phone
from store.leases import leased
from store.outbox.circuit_breaker import CircuitBreaker
from store.outbox.in_flight import InFlight
from store.outbox.outbox import Outbox
from tests.fixtures.forum_desk import ForumDesk

CHANNEL = {"id": -1009, "type": "channel", "title": "News"}
POLL = {
    "id": "1", "question": "When?", "options": [], "total_voter_count": 0, "is_closed": False,
    "is_anonymous": False, "type": "regular", "allows_multiple_answers": False, "allows_revoting": False,
    "members_only": False,
}  # fmt: skip


@pytest.mark.parametrize("now", ["// this customer never pays", "/resolve"])
def test_a_reply_that_is_one_no_more_is_deleted_where_the_customer_reads_it(
    forum: ForumDesk, now: str
) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    number = forum.speak(forum.ana, ticket_id, "We are looking at it")
    _edit(forum, number, "We looked at it")
    _edit(forum, number, now)
    seen = [m["text"] for m in leo.messages()]
    assert not [text for text in seen if "look" in text or now in text]
    notes = [e.text for e in forum.wiring.queries.ticket(ticket_id).entries if e.author is Author.NOTE]
    assert notes == (["this customer never pays"] if "pays" in now else [])


def test_an_album_is_deleted_with_all_its_files(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    photos = [{"sample": "photo"}, {"sample": "photo"}, {"sample": "photo"}]
    forum.speak(forum.ana, ticket_id, "look", files=photos)
    forum.settle(minutes=0.2)
    [number, *_] = [p["id"] for p in forum.posts(ticket_id) if p["attachments"]]
    assert len([m for m in leo.messages() if m["attachments"]]) == 3
    _edit(forum, number, "// not for him")
    assert not [m for m in leo.messages() if m["attachments"]]


def test_what_telegram_does_not_delete_any_more_is_told(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    number = forum.speak(forum.ana, ticket_id, "We are looking at it")
    forum.advance_clocks(hours=49)
    _edit(forum, number, "// he pays late")
    forum.until_shown()
    assert "The customer still sees it: it can’t be deleted any more." in forum.texts(ticket_id)[-1]
    assert forum.posts(ticket_id)[-1]["reply_to"]["id"] == number


def test_what_whatsapp_cannot_delete_is_told_and_the_note_kept(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    marie = forum.phone("whatsapp", "Marie")
    ticket_id = _settled(forum, forum.ticket_of(marie))
    number = forum.speak(forum.ana, ticket_id, "We are looking at it")
    before = marie.messages()
    _edit(forum, number, "// she never pays")
    assert forum.heard(marie, before) == []
    assert forum.texts(ticket_id)[-1].startswith("⚠ The customer still sees what you wrote first: WhatsApp")
    assert forum.wiring.queries.ticket(ticket_id).entries[-1].text == "she never pays"


def test_a_note_goes_to_the_customer_only_when_its_agent_says_so(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    number = forum.speak(forum.ana, ticket_id, "// it costs 900")
    _edit(forum, number, "It costs 900")
    _edit(forum, number, "It costs 90")
    assert forum.heard(leo, before) == []
    asked = forum.posts(ticket_id)[-1]
    assert asked["text"] == "This was a note. Send it to the customer now?"
    forum.ana.press(asked["id"], "Send it", chat="forum")
    forum.settle()
    assert forum.heard(leo, before) == ["It costs 90"]
    _edit(forum, number, "// or rather not")
    assert forum.heard(leo, before) == []


def test_a_note_that_stays_one_keeps_its_new_words(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    number = forum.speak(forum.ana, ticket_id, "// he pays late")
    _edit(forum, number, "he pays on time")
    asked = forum.posts(ticket_id)[-1]["id"]
    forum.ana.press(asked, "Keep as note", chat="forum")
    forum.settle()
    entry = forum.wiring.queries.ticket(ticket_id).entries[-1]
    assert (entry.author, entry.text) == (Author.NOTE, "he pays on time")
    assert forum.heard(leo, before) == []


def test_a_note_announced_by_the_button_is_edited_without_a_question(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    forum.press(forum.ana, ticket_id, "Note")
    number = forum.speak(forum.ana, ticket_id, "he is angry")
    _edit(forum, number, "he is very angry")
    assert forum.heard(leo, before) == []
    assert forum.wiring.queries.ticket(ticket_id).entries[-1].text == "he is very angry"
    assert not forum.posts(ticket_id)[-1]["buttons"]


def test_a_held_answer_goes_out_as_it_was_last_written(forum: ForumDesk) -> None:
    leo, ticket_id, number = _held_answer(forum, "That is 900 euros")
    before = leo.messages()
    _edit(forum, number, "That is 90 euros")
    forum.bruno.press(forum.posts(ticket_id)[-1]["id"], "Send it too", chat="forum")
    forum.settle()
    assert forum.heard(leo, before) == ["That is 90 euros"]


def test_a_held_answer_that_became_a_note_never_goes_out(forum: ForumDesk) -> None:
    leo, ticket_id, number = _held_answer(forum, "That is 900 euros")
    before = leo.messages()
    _edit(forum, number, "// 900 euros, or so")
    entry = forum.wiring.queries.ticket(ticket_id).entries[-1]
    assert (entry.author, entry.text) == (Author.NOTE, "900 euros, or so")
    asked = [post for post in forum.posts(ticket_id) if post["buttons"]][-1]
    forum.bruno.press(asked["id"], "Send it too", chat="forum")
    forum.settle()
    assert forum.heard(leo, before) == []
    assert forum.toast(forum.bruno) == "That’s been decided already, or it was too long ago."


@pytest.mark.parametrize(("now", "goes_out"), [("It costs 90", ["It costs 90"]), ("// 90, or so", [])])
def test_what_whatsapps_window_holds_can_be_corrected(
    forum: ForumDesk, now: str, goes_out: list[str]
) -> None:
    forum.link_agent(forum.ana, "Ana")
    marie = forum.phone("whatsapp", "Marie")
    ticket_id = _settled(forum, forum.ticket_of(marie))
    forum.pass_time(hours=25)
    number = forum.speak(forum.ana, ticket_id, "It costs 900")
    _edit(forum, number, now)
    before = marie.messages()
    marie.say("Hello again")
    forum.settle(minutes=0.1)
    assert [text for text in forum.heard(marie, before) if "90" in text] == goes_out


def test_what_was_refused_and_is_then_corrected_goes_out(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    number = forum.speak(forum.ana, ticket_id, "/thanks for waiting")
    assert _marks(forum, ticket_id, number) == ["😢"]
    _edit(forum, number, "Thanks for waiting")
    assert forum.heard(leo, before) == ["Thanks for waiting"]
    assert _marks(forum, ticket_id, number) == ["👍"]


def test_what_could_not_be_delivered_and_is_then_corrected_goes_out_once(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    leo.change(has_blocked=True)
    number = forum.speak(forum.ana, ticket_id, "It costs 900")
    leo.change(has_blocked=False)
    before = leo.messages()
    _edit(forum, number, "It costs 90")
    assert forum.heard(leo, before) == ["It costs 90"]
    first, *_ = [e for e in forum.wiring.queries.ticket(ticket_id).deliveries.values() if e.reason]
    assert first.reason == WITHDRAWN
    forum.wiring.desk.try_again(first.entry_id, "ana")
    forum.settle()
    assert forum.heard(leo, before) == ["It costs 90"]


def test_a_correction_that_crosses_the_sending_sends_the_new_words_alone(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    desk, entries = forum.wiring.desk, forum.wiring.queries
    desk.act(ticket_id, "reply", "ana", text="It costs 900")
    entry_id = entries.ticket(ticket_id).entries[-1].entry_id
    outbox, clock = Outbox(forum.redis, forum.wiring.job_queue), forum.clock

    def render(entry: OutboxEntry) -> RenderedMessage:
        words = RenderedMessage(text=str(entry.outgoing.lines[0]))
        if words.text.endswith("900"):
            desk.act(ticket_id, "edit", "ana", entry_id=entry_id, is_note=False, text="It costs 90")
        return words

    health = ChannelHealth(CircuitBreaker(forum.redis), forum.wiring.call_meter, clock)
    sender = EntrySender(
        forum.redis,
        outbox,
        InFlight(forum.redis),
        forum.wiring.channels,
        health,
        render,
        lambda _: timedelta(),
        _never,
        clock,
    )
    with leased(forum.redis, "test") as lease:
        assert lease
        assert sender.send(outbox.find(entry_id), lease) is None  # type: ignore[arg-type]
        assert forum.heard(leo, before) == []
        assert sender.send(outbox.find(entry_id), lease) is None  # type: ignore[arg-type]
    assert forum.heard(leo, before) == ["It costs 90"]


def test_a_question_keeps_the_desks_sentence_when_its_words_change(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    forum.press(forum.ana, ticket_id, "Return")
    number = forum.speak(forum.ana, ticket_id, "Wich version is it?")
    asked = leo.messages()[-1]["text"]
    _edit(forum, number, "Which version is it?")
    assert leo.messages()[-1]["text"] == asked.replace("Wich", "Which")
    assert forum.wiring.queries.ticket(ticket_id).ticket.status is Status.WAITING


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"poll": POLL}, "(a poll)"),
        ({"sender_chat": CHANNEL, "text": "We look at it"}, "as the group or a channel"),
    ],
)
def test_what_the_customer_cannot_get_is_marked_with_the_reason(
    forum: ForumDesk, content: dict[str, object], reason: str
) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    number = forum.speak(forum.ana, ticket_id, content=content)
    assert forum.heard(leo, before) == []
    assert _marks(forum, ticket_id, number) == ["😢"]
    assert reason in forum.texts(ticket_id)[-1]
    again = forum.speak(forum.ana, ticket_id, content=content)
    assert _marks(forum, ticket_id, again) == ["😢"]


def test_each_message_of_somebody_unknown_is_marked_and_told_in_each_topic(forum: ForumDesk) -> None:
    leo, marie = forum.phone("telegram", "Leo"), forum.phone("telegram", "Marie")
    tickets = [_settled(forum, forum.ticket_of(phone)) for phone in (leo, marie)]
    for ticket_id in tickets:
        numbers = [forum.speak(forum.bruno, ticket_id, text) for text in ("hello?", "anybody there?")]
        assert [_marks(forum, ticket_id, number) for number in numbers] == [["😢"], ["😢"]]
        assert [text[:21] for text in forum.texts(ticket_id)].count("I don’t know you yet,") == 1


def test_what_somebody_wrote_before_they_were_linked_goes_out_once_they_edit_it(forum: ForumDesk) -> None:
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    number = forum.speak(forum.bruno, ticket_id, "We look at it")
    forum.link_agent(forum.bruno, "Bruno")
    forum.bruno.edit(number, "We are looking at it", chat="forum")
    forum.settle()
    assert forum.heard(leo, before) == ["We are looking at it"]


def _never(entry: OutboxEntry, at: datetime) -> None:
    raise AssertionError("Telegram has no window")


def _held_answer(forum: ForumDesk, text: str) -> tuple[Phone, str, str]:
    ana = forum.link_agent(forum.ana, "Ana")
    forum.link_agent(forum.bruno, "Bruno")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    forum.wiring.desk.act(ticket_id, "reply", ana.agent_id, text="We are on it")
    number = forum.speak(forum.bruno, ticket_id, text)
    return leo, ticket_id, number


def _edit(forum: ForumDesk, number: str, text: str) -> None:
    """Its agent edits that message."""
    posts = (post for topic in forum.topics() for post in forum.sandbox.topic(topic["id"]))
    author = next(post["author"] for post in posts if post["id"] == number)
    phone = forum.ana if author == forum.ana.person["name"] else forum.bruno
    phone.edit(number, text, chat="forum")
    forum.settle()
    forum.until_shown()


def _marks(forum: ForumDesk, ticket_id: str, number: str) -> list[str]:
    forum.until_shown()
    return [emoji for post in forum.posts(ticket_id) if post["id"] == number for emoji in post["reactions"]]


def _settled(forum: ForumDesk, ticket_id: str) -> str:
    forum.settle()
    return ticket_id
