"""Which call brings a topic up to date next, and how lines become posts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.forum.topic import (
    CreateTopic,
    PinCard,
    PostMessage,
    RenameTopic,
    SetClosed,
    SetReaction,
    ShowCard,
    Topic,
    Urgency,
)
from bot.forum.topic_posts import MAX_ENTRIES_PER_POST, channel_switches, next_post, post_lines
from bot.forum.topic_sync import DesiredTopic, card_fingerprint, next_call
from bot.messages.inbound import Address, MessageKind
from bot.messages.outgoing import Attachment, Line, Outgoing, Translatable
from bot.messages.thread import Author, DeliveryStatus, OutboxEntry, ThreadEntry
from bot.model.conversation import Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TICKET = Ticket(
    "c-1", "c", "K4-217", Address("telegram", "42"), "en", "v", NOW, contact_name="Marie Dubois"
).with_event(TicketEventKind.OPENED, NOW, "customer")
CARD = Outgoing(("card",))
FINGERPRINT = card_fingerprint(CARD)
UP_TO_DATE = Topic("c-1", 7, "name", card_id=8, card=FINGERPRINT, card_at=NOW, is_pinned=True, shown=0)
PHOTO = Attachment("image", "image/png", "a.png", 9, ref="r")
KEPT = replace(PHOTO, file_id="f" * 32)
LATER = NOW + timedelta(minutes=5)


def said(text: str, n: int = 0, author: Author = Author.CUSTOMER, **more: object) -> ThreadEntry:
    by = "ana" if author in (Author.AGENT, Author.NOTE) else ""
    at = NOW + timedelta(seconds=10 + n)
    return ThreadEntry(f"e{n}", "c-1", at, author, by, text=text, **more)  # type: ignore[arg-type]


def wanted(*entries: ThreadEntry, **more: object) -> DesiredTopic:
    given = {"ticket": TICKET, "deliveries": {}, "name": "name", "card": CARD, "link": "link"}
    given |= {"is_urgent": False, "is_being_answered": False, "now": LATER}
    given |= {"render": rendered, "said": lambda entry: entry.text, "agent_name": str, **more}
    return DesiredTopic(entries=entries, **given)  # type: ignore[arg-type]


def rendered(line: Line) -> str:
    return line.phrase.text if isinstance(line, Translatable) else str(line)


def call(topic: Topic, want: DesiredTopic) -> object:
    planned = next_call(topic, want)
    return planned.call if planned else None


def posted(topic: Topic, want: DesiredTopic) -> PostMessage:
    found = call(topic, want)
    assert isinstance(found, PostMessage)
    return found


def delivery(status: DeliveryStatus, n: int = 0) -> dict[str, OutboxEntry]:
    address = Address("telegram", "42")
    return {f"e{n}": OutboxEntry(f"e{n}", "c", address, "en", Outgoing(()), NOW, status=status)}


def test_a_topic_begins_with_its_card_and_ends_with_nothing_to_do() -> None:
    assert call(Topic("c-1"), wanted()) == CreateTopic("name", "telegram")
    assert call(Topic("c-1", 7, "name"), wanted()) == ShowCard(CARD)
    assert call(replace(UP_TO_DATE, is_pinned=False), wanted()) == PinCard()
    assert call(UP_TO_DATE, wanted()) is None


def test_lines_go_before_names_and_names_before_cards() -> None:
    topic = replace(UP_TO_DATE, name="old", card="old", card_at=NOW)
    assert posted(topic, wanted(said("hello"))).entry_ids == ("e0",)
    assert call(topic, wanted()) == RenameTopic("name")
    assert call(replace(topic, name="name"), wanted()) == ShowCard(CARD)


def test_a_card_that_was_just_edited_waits() -> None:
    topic = replace(UP_TO_DATE, card="old", card_at=LATER)
    planned = next_call(topic, wanted())
    assert planned
    assert (planned.call, planned.urgency) == (ShowCard(CARD), Urgency.LAST)
    assert planned.not_before == LATER + timedelta(seconds=8)


def test_new_tickets_and_urgent_customers_come_first_and_colleagues_later() -> None:
    def urgency(topic: Topic, want: DesiredTopic) -> Urgency | None:
        planned = next_call(topic, want)
        return planned.urgency if planned else None

    assert urgency(Topic("c-1"), wanted()) is Urgency.FIRST
    assert urgency(UP_TO_DATE, wanted(said("help"), is_urgent=True)) is Urgency.FIRST
    assert urgency(UP_TO_DATE, wanted(said("help"))) is Urgency.SOON
    assert urgency(UP_TO_DATE, wanted(said("a note", author=Author.NOTE))) is Urgency.LATER


def test_a_note_before_an_urgent_line_does_not_hold_it_up() -> None:
    planned = next_call(
        UP_TO_DATE, wanted(said("a note", author=Author.NOTE), said("help", 1), is_urgent=True)
    )
    assert planned
    assert planned.urgency is Urgency.FIRST


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED])
def test_an_ended_ticket_closes_its_topic_and_gets_no_new_one(status: Status) -> None:
    ended = replace(TICKET, status=status)
    assert call(UP_TO_DATE, wanted(ticket=ended)) == SetClosed(is_closed=True)
    assert call(Topic("c-1"), wanted(ticket=ended)) is None
    assert call(replace(UP_TO_DATE, is_closed=True), wanted()) == SetClosed(is_closed=False)


def test_a_deleted_topic_is_made_again_and_tells_what_it_had_shown() -> None:
    deleted = replace(UP_TO_DATE, shown=2).deleted()
    entries = [said("one"), said("two", 1), said("three", 2)]
    assert call(deleted, wanted(*entries)) == CreateTopic("name", "telegram")
    again = replace(deleted, thread_id=9, name="name", card_id=10, card=FINGERPRINT, is_pinned=True)
    recap = posted(again, wanted(*entries))
    assert recap.text.splitlines()[1:] == ["👤 %(name)s:", "one", "two"]
    assert posted(replace(again, recap_to=0), wanted(*entries)).entry_ids == ("e2",)


def test_what_the_customer_said_before_the_ticket_is_on_its_card() -> None:
    opened = said("#K4-217 is open", 1, Author.BOT, said=Outgoing(("opened",)))
    intake = (said("it fails"), replace(opened, at=NOW))
    assert next_post(TICKET, intake, -1, 0, {}) is not None, "a ticket without a description tells the words"
    told = replace(TICKET, details={"description": object()})  # type: ignore[dict-item]
    assert next_post(told, intake, -1, 0, {}) is None
    with_file = (replace(intake[0], attachments=(KEPT,)), intake[1])
    post = next_post(told, with_file, -1, 0, {})
    assert post
    assert (post.end, list(post.files.values())) == (2, [KEPT])


def test_a_line_written_in_the_second_of_the_opening_is_not_lost() -> None:
    opened = replace(said("", 0, Author.BOT, said=Outgoing(("opened",))), at=NOW)
    quick = replace(said("and another thing", 1), at=NOW - timedelta(seconds=1))
    post = next_post(TICKET, (opened, quick), -1, 0, {})
    assert post
    assert post.entries == (quick,)


def test_lines_are_folded_until_something_must_stand_alone() -> None:
    thread = [said("one"), said("two", 1), said("a note", 2, Author.NOTE), said("three", 3)]
    posts = []
    shown = 0
    while post := next_post(TICKET, thread, shown, 0, {}):
        posts.append([entry.text for entry in post.entries])
        shown = post.end
    assert posts == [["one", "two"], ["a note"], ["three"]]


def test_a_post_under_way_does_not_grow() -> None:
    thread = [said(str(n), n) for n in range(5)]
    post = next_post(TICKET, thread, 0, 2, {})
    assert post
    assert (len(post.entries), post.end) == (2, 2)


def test_a_fold_has_an_end() -> None:
    post = next_post(TICKET, [said("x", n) for n in range(100)], 0, 0, {})
    assert post
    assert len(post.entries) == MAX_ENTRIES_PER_POST
    long = next_post(TICKET, [said("x" * 2000, n) for n in range(3)], 0, 0, {})
    assert long
    assert len(long.entries) == 1


def test_what_was_written_in_the_topic_is_not_shown_again() -> None:
    own = said("from here", 0, Author.AGENT, posted_as="-100:9")
    shown = said("shown", 1)
    assert next_post(TICKET, [own, shown], 0, 0, {"e1": (57,)}) is None
    assert next_post(TICKET, [said("👍", kind=MessageKind.REACTION)], 0, 0, {}) is None


def test_files_are_awaited_for_a_while_and_then_follow() -> None:
    line = said("look", attachments=(PHOTO,))
    soon = next_call(UP_TO_DATE, wanted(line, now=line.at))
    assert soon
    assert soon.not_before == line.at + timedelta(seconds=25)
    planned = next_call(UP_TO_DATE, wanted(line))
    assert planned
    assert planned.after.late == ("e0/0",)
    late = replace(UP_TO_DATE, shown=1, late=("e0/0",))
    assert call(late, wanted(line)) is None
    assert posted(late, wanted(replace(line, attachments=(KEPT,)))).files == (KEPT,)


def test_an_album_is_one_post_and_waits_for_its_last_picture() -> None:
    pair = [said("look", n, attachments=(KEPT,), album_id="a") for n in range(2)]
    post = next_post(TICKET, pair, 0, 0, {})
    assert post
    assert (len(post.entries), post.not_before) == (2, pair[1].at + timedelta(seconds=2))
    followed = next_post(TICKET, [*pair, said("that is all", 5)], 0, 0, {})
    assert followed
    assert (len(followed.entries), followed.not_before) == (2, None)


def test_agents_see_how_far_their_words_have_got() -> None:
    line = said("hello", author=Author.AGENT, posted_as="-100:9")
    topic = replace(UP_TO_DATE, shown=1)

    def after(status: DeliveryStatus, **reactions: str) -> object:
        return call(replace(topic, reactions=reactions), wanted(line, deliveries=delivery(status)))

    assert after(DeliveryStatus.QUEUED) is None
    assert after(DeliveryStatus.SENT) == SetReaction(9, "👍")
    assert after(DeliveryStatus.READ, e0="sent") == SetReaction(9, "👀")
    failed = {"e0": "failed"}
    explanation = PostMessage("⚠ Not delivered: %(reason)s", quoted=9)
    assert after(DeliveryStatus.FAILED, **failed) == explanation
    assert after(DeliveryStatus.FAILED, **failed, **{"e0!": "failed"}) is None


def test_a_refused_post_is_not_tried_again_and_neither_are_its_late_files() -> None:
    planned = next_call(UP_TO_DATE, wanted(said("look", attachments=(PHOTO,))))
    assert planned
    assert (planned.after.late, planned.begun and planned.begun.post_end) == (("e0/0",), 1)
    given_up = planned.given_up()
    assert (given_up.shown, given_up.posts, given_up.late) == (1, {"e0": (0,)}, ())


def test_numbers_of_cards_never_reach_a_post() -> None:
    lines = post_lines([said("4111 1111 1111 1111")], TICKET, lambda e: e.text, str)
    assert lines[1] == "•••1111"
    assert isinstance(lines[0], Translatable)


def test_a_topic_tells_that_its_customer_goes_on_in_the_other_app() -> None:
    thread = [
        said("It fails", 0, channel="whatsapp"),
        said("Try again", 1, Author.AGENT, channel="whatsapp"),
        said("/start", 2, channel="telegram"),
        said("It works", 3, channel="telegram"),
        said("Not quite", 4, channel="whatsapp"),
    ]
    told = post_lines(thread, TICKET, lambda e: e.text, str, moved=channel_switches(thread))
    shown = [
        (line.phrase.text, line.params.get("channel")) if isinstance(line, Translatable) else line
        for line in told
    ]
    assert shown[4:] == [
        ("➡️ %(name)s continues on %(channel)s", "Telegram"),
        ("👤 %(name)s:", None),
        "It works",
        ("➡️ %(name)s continues on %(channel)s", "WhatsApp"),
        ("👤 %(name)s:", None),
        "Not quite",
    ]


def test_who_writes_in_one_app_moves_nowhere() -> None:
    notes = [said("a note", 1, Author.NOTE), said("an app’s words", 2, channel="portal")]
    assert (
        channel_switches(
            [said("It fails", 0, channel="telegram"), *notes, said("still", 3, channel="telegram")]
        )
        == {}
    )
