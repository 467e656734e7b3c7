"""Changes to a ticket: the first is told at once, those of the next minute as one, and nothing that is over."""

from dataclasses import replace

import pytest

from bot.actions.merge_contacts import merge_conversations
from bot.messages.inbound import Address
from bot.messages.pending_notifications import PendingNotification
from bot.messages.thread import Author
from bot.model.conversation import Conversation, Stage
from bot.policy.policy import load_policy
from tests.fixtures.paths import POLICIES
from tests.fixtures.rules_desk import HALF_PAST_NINE, Act, RulesDesk, act, desk_with_two_tickets

DEMO = load_policy(POLICIES / "demo.toml")

ACCEPTED = "Ana is now working on #K4-217."
REOPENED = "#K4-217 is open again."
TO_LOW = "The priority of #K4-217 is now Low instead of Medium."
AIM = "We aim to reply by"
RESOLVE, REOPEN = act("resolve"), act("reopen")
ASK = act("return", text="Which version?")
REPLY = act("reply", text="Try this")
HOLD = act("hold")


def claim() -> Act:
    return act("claim")


def to(priority: str) -> Act:
    return act("prioritise", priority=priority)


@pytest.fixture
def desk() -> RulesDesk:
    """Its customer was told of a first change just now: the priority is Low."""
    desk = desk_with_two_tickets(DEMO)
    [told] = desk.do(to("low"))
    assert told.startswith(TO_LOW)
    return desk


@pytest.mark.parametrize("first", [claim(), to("high"), RESOLVE], ids=["accepted", "priority", "solved"])
def test_the_first_change_is_told_at_once(first: Act) -> None:
    desk = desk_with_two_tickets(DEMO)
    assert len(desk.do(first)) == 1
    assert desk.wait(100) == []


def test_a_second_change_waits_until_the_minute_is_over(desk: RulesDesk) -> None:
    assert desk.do(claim()) == []
    assert desk.wait(57.9) == []
    assert desk.wait(0.1) == [ACCEPTED]
    assert desk.wait(100) == []


def test_a_change_after_the_minute_is_told_at_once(desk: RulesDesk) -> None:
    desk.wait(59)
    assert desk.do(claim()) == [ACCEPTED]


def test_the_minute_begins_anew_with_what_is_told(desk: RulesDesk) -> None:
    desk.do(claim())
    assert desk.wait(60) == [ACCEPTED]
    assert desk.do(to("medium")) == []
    assert len(desk.wait(60)) == 1


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ((to("medium"), to("high")), ["The priority of #K4-217 is now High instead of Low."]),
        ((to("urgent"), to("low")), []),
        ((to("medium"), to("low"), to("high")), ["The priority of #K4-217 is now High instead of Low."]),
        ((claim(), to("high")), [ACCEPTED, "The priority of #K4-217 is now High instead of Low."]),
        ((to("high"), claim(), to("low")), [ACCEPTED]),
        ((claim(), act("assign", to="b")), ["Bruno is now working on #K4-217."]),
        ((claim(), act("assign", to="")), ["Our team is now working on #K4-217."]),
        ((act("rename", subject="Another subject"), act("tag", tags=["till"]), HOLD), []),
    ],
)
def test_what_waits_becomes_one_message_about_how_things_stand(
    desk: RulesDesk, changes: tuple[Act, ...], lines: list[str]
) -> None:
    assert desk.do(*changes) == []
    told = desk.wait(60)
    assert len(told) == (1 if lines else 0)
    shown = told[0].split("\n") if told else []
    assert [line.split(" We aim")[0] for line in shown] == lines


def test_the_aim_is_told_once_and_is_the_last_one(desk: RulesDesk) -> None:
    desk.do(claim(), to("medium"), to("high"))
    [told] = desk.wait(60)
    assert told.count(AIM) == 1
    assert told.endswith("by 10:34 today.")  # 4 minutes from its opening at 10:30 in Paris


def test_no_aim_is_told_once_the_clock_is_held(desk: RulesDesk) -> None:
    desk.do(to("high"), HOLD)
    assert desk.wait(60) == ["The priority of #K4-217 is now High instead of Low."]


def test_solved_is_told_at_once_and_that_somebody_works_on_it_no_more(desk: RulesDesk) -> None:
    [told] = desk.do(claim(), to("high"), RESOLVE)
    changed, solved, asked = told.split("\n")
    assert changed == "The priority of #K4-217 is now High instead of Low."
    assert solved.startswith("🟢 #K4-217 is solved")
    assert asked.startswith("How satisfied")
    assert desk.who.stage is Stage.RATING
    assert desk.wait(100) == []


def test_solved_and_open_again_within_a_minute_is_told_as_that(desk: RulesDesk) -> None:
    desk.do(RESOLVE)
    assert desk.do(REOPEN) == []
    [told] = desk.wait(60)
    assert told.startswith(REOPENED + " " + AIM)


def test_who_was_told_that_it_is_solved_is_not_told_and_asked_twice(desk: RulesDesk) -> None:
    assert len(desk.do(RESOLVE)) == 1
    assert desk.do(REOPEN, RESOLVE) == []
    assert desk.wait(100) == []
    assert desk.who.stage is Stage.RATING


def test_open_again_and_another_priority_are_one_message(desk: RulesDesk) -> None:
    desk.do(RESOLVE)
    assert desk.do(REOPEN, to("high")) == []
    [told] = desk.wait(60)
    assert told.startswith(REOPENED + "\nThe priority of #K4-217 is now High instead of Low. " + AIM)


@pytest.mark.parametrize(
    ("asks", "last"),
    [
        (ASK, "⏳ To continue with #K4-217, we need to know more: Which version?"),
        (act("quote", price="40 €", terms=""), "Do you accept this quote?"),
    ],
    ids=["a question back", "a price"],
)
def test_what_needs_an_answer_goes_at_once_with_what_waits_before_it(
    desk: RulesDesk, asks: Act, last: str
) -> None:
    [told] = desk.do(claim(), asks)
    lines = told.split("\n")
    assert (lines[0], lines[-1]) == (ACCEPTED, last)
    assert desk.wait(100) == []


def test_a_question_back_begins_a_minute_too(desk: RulesDesk) -> None:
    desk.wait(60)
    assert len(desk.do(ASK)) == 1
    assert desk.do(to("high")) == []


def test_an_answer_releases_what_waits_before_it(desk: RulesDesk) -> None:
    assert desk.do(claim(), REPLY) == [ACCEPTED, "Try this"]
    assert desk.wait(100) == []
    assert [e.author for e in desk.thread[-2:]] == [Author.BOT, Author.AGENT]


def test_an_answer_of_the_bots_does_too(desk: RulesDesk) -> None:
    desk.do(claim())
    told = desk.customer_writes("/status")
    assert told[0] == ACCEPTED
    assert len(told) == 2
    assert desk.wait(100) == []


def test_a_note_releases_nothing(desk: RulesDesk) -> None:
    assert desk.do(claim(), act("note", text="between us")) == []
    assert desk.wait(60) == [ACCEPTED]


def test_what_the_customer_writes_on_the_ticket_neither_releases_nor_loses_it(desk: RulesDesk) -> None:
    desk.do(claim())
    assert desk.customer_writes("The second till fails as well") == []
    assert desk.wait(60) == [ACCEPTED]


def test_a_customer_who_says_it_is_not_solved_is_answered_at_once(desk: RulesDesk) -> None:
    desk.do(RESOLVE)
    [told] = desk.customer_writes("No, it still fails on both tills")
    assert told.startswith(REOPENED)
    assert desk.wait(100) == []


def test_another_ticket_has_a_minute_of_its_own(desk: RulesDesk) -> None:
    [told] = desk.do(to("high"), ticket_id="c-2")
    assert "#K4-218" in told


def test_a_look_at_another_ticket_releases_nothing(desk: RulesDesk) -> None:
    desk.do(claim())
    assert desk.look("c-2") == []
    assert desk.wait(60) == [ACCEPTED]


def test_looking_many_times_tells_once(desk: RulesDesk) -> None:
    desk.do(claim())
    desk.now = HALF_PAST_NINE.replace(minute=32)
    assert [desk.look("c-1") for _ in range(3)] == [[ACCEPTED], [], []]


def test_a_ticket_that_was_joined_to_another_has_no_news_of_its_own(desk: RulesDesk) -> None:
    desk.do(claim(), to("high"))
    told = desk.do(act("merge", into="c-2"))
    assert told == ["We’ve merged #K4-217 into #K4-218, since both are about the same issue."]
    assert desk.wait(60) == []


def test_the_thread_says_what_was_sent_and_only_that(desk: RulesDesk) -> None:
    before = len(desk.thread)
    desk.do(to("medium"), claim())
    assert len(desk.thread) == before
    desk.wait(60)
    assert [entry.at for entry in desk.thread[before:]] == [desk.now]


def test_what_is_long_told_is_not_kept(desk: RulesDesk) -> None:
    desk.wait(70)
    desk.do(to("high"), ticket_id="c-2")
    assert [news.ticket_id for news in desk.who.notified] == ["c-2"]


def test_two_contacts_that_are_one_forget_no_news() -> None:
    one, other = (Conversation(name, Address("telegram", name), tickets=()) for name in ("c", "d"))
    news = {
        who.contact_id: PendingNotification(f"{who.contact_id}-1", HALF_PAST_NINE) for who in (one, other)
    }
    both = merge_conversations(*(replace(who, notified=(news[who.contact_id],)) for who in (one, other)))
    assert set(both.notified) == set(news.values())


def test_who_asks_about_a_late_request_reads_that_it_is_not_forgotten(desk: RulesDesk) -> None:
    desk.wait(3 * 3600)
    told = "\n".join(desk.customer_writes("/status"))
    assert "is taking longer than expected. We haven’t forgotten it." in told
    assert "logged." not in told


def test_a_late_request_that_waits_on_the_customer_says_so(desk: RulesDesk) -> None:
    desk.wait(3 * 3600)
    desk.do(ASK)
    assert "waiting for your reply" in "\n".join(desk.customer_writes("/status"))
