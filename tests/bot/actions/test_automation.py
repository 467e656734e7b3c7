"""What rules do within the change that sets them off: each action and its limits, and nothing in circles."""

from datetime import timedelta

import pytest

from bot.actions.automation import run_rules
from bot.model.conversation import Status
from bot.model.ticket_events import TicketEventKind
from bot.policy.policy import load_policy
from bot.sla.outlook import timeline_of
from bot.sla.replay import Replay
from bot.sla.waiting_turns import turn_history
from tests.fixtures.paths import ROOT
from tests.fixtures.rules_desk import (
    BACK,
    MONDAY,
    STORY,
    WROTE,
    RulesDesk,
    desk_with_ticket,
    policy,
    rule,
    rules_desk,
)

TO_HIGH = 'priority = "high"'


def test_a_policy_without_rules_changes_nothing_and_asks_for_nobody() -> None:
    plain = desk_with_ticket()
    plain.customer_writes("And the printer too")
    assert [fact.kind for fact in plain.ticket.facts] == [
        TicketEventKind.OPENED,
        TicketEventKind.CUSTOMER_WROTE,
    ]
    assert (plain.events_by_rules(), plain.notes(), plain.asked) == ([], [], [])


def test_a_policy_without_rules_costs_one_look_and_reads_nothing_else() -> None:
    plain = desk_with_ticket()
    unread = object()  # whoever looks at one of these fails
    given = (unread, plain.ticket, plain.current, unread, unread, unread, unread)
    assert run_rules(*given) is plain.ticket  # type: ignore[arg-type]


def test_tags_are_added_to_those_that_are_there_each_once() -> None:
    ruled = desk_with_ticket(rule('tags = ["Till", "porto"]'), rule('tags = "till"', key="two"))
    assert ruled.ticket.tags == ("till", "porto")
    assert ruled.events_by_rules() == [("tagged", "one", "till,porto")]


def test_tags_of_agents_stay_when_a_rule_adds_its_own() -> None:
    ruled = desk_with_ticket(rule('tags = "angry"', '{ words = "unacceptable" }', WROTE))
    ruled.act("tag", "a", tags=["vip"])
    ruled.customer_writes("This is unacceptable")
    assert ruled.ticket.tags == ("vip", "angry")


def test_a_ticket_with_twenty_tags_takes_no_more() -> None:
    ruled = desk_with_ticket(rule('tags = "angry"', on=WROTE))
    ruled.act("tag", "a", tags=[f"t{n}" for n in range(20)])
    ruled.customer_writes("Hello again")
    assert "angry" not in ruled.ticket.tags
    assert ruled.events_by_rules() == []


@pytest.mark.parametrize("way", ["in chat", "by the API"])
def test_a_priority_raised_at_opening_is_the_one_that_is_promised_from_the_start(way: str) -> None:
    ruled, plain = rules_desk(rule('priority = "urgent"')), rules_desk()
    [told] = (ruled.open_in_chat() if way == "in chat" else ruled.open_ticket())[-1:]
    plain.open_ticket(priority="urgent")
    assert ruled.ticket.priority == "urgent"
    for target in ("first_response", "resolution"):
        mine, other = ruled.deadline(target), plain.deadline(target)
        length, same = mine.due_at - ruled.ticket.opened_at, other.due_at - plain.ticket.opened_at
        assert (length, mine.allowance) == (same, other.allowance)
    assert "14:0" in told  # four business hours, not the business day of a medium one
    if way == "by the API":
        assert "Urgent" in told


def test_a_request_opened_in_chat_keeps_the_customers_words_in_the_list() -> None:
    ruled = rules_desk(rule('tags = "till", priority = "high", note = "Look at the till first"'))
    ruled.open_in_chat()
    assert (ruled.ticket.last_words, ruled.ticket.last_by) == (STORY, "customer")


def test_a_priority_is_never_lowered() -> None:
    ruled = rules_desk(rule(TO_HIGH))
    ruled.open_ticket(priority="urgent")
    assert (ruled.ticket.priority, ruled.events_by_rules()) == ("urgent", [])


@pytest.mark.parametrize(
    ("plan", "has", "becomes"),
    [
        ("", "low", "urgent"),
        ("enterprise", "medium", "urgent"),
        ("professional", "medium", "high"),
        ("professional", "high", "high"),
        ("essential", "low", "medium"),
        ("essential", "medium", "medium"),
        ("of long ago", "medium", "urgent"),
    ],
)
def test_a_priority_goes_no_higher_than_the_plan_includes(plan: str, has: str, becomes: str) -> None:
    ruled = rules_desk(rule('priority = "urgent", tags = "till"'))
    ruled.has_plan(plan)
    ruled.open_ticket(priority=has)
    assert ruled.ticket.priority == becomes
    assert ruled.ticket.tags == ("till",)  # the rest of the rule happens all the same


def test_a_later_priority_is_told_with_the_new_aim() -> None:
    ruled = desk_with_ticket(rule(TO_HIGH, '{ words = "nothing works" }', WROTE))
    [told] = ruled.customer_writes("Now NOTHING  works")
    assert told.startswith("The priority of #K4-217 is now High instead of Medium. We aim to reply by")
    assert ruled.customer_writes("nothing works, still") == []


def test_what_is_written_in_a_portal_sets_off_the_same() -> None:
    ruled = desk_with_ticket(rule(TO_HIGH, '{ channel = "portal" }', WROTE))
    assert ruled.customer_writes("in the chat") == []
    [told] = ruled.customer_writes_in_portal("in the portal")
    assert "is now High instead of Medium" in told


def test_a_desk_that_does_not_tell_priorities_raises_them_in_silence() -> None:
    text = "[tells]\npriority = false\n"
    ruled = RulesDesk(policy(text, rule(TO_HIGH, on='["customer_wrote", "reopened"]')))
    ruled.open_ticket()
    assert ruled.customer_writes("more of it") == []
    assert ruled.ticket.priority == "high"


def test_mere_thanks_set_off_nothing() -> None:
    ruled = desk_with_ticket(rule(on=WROTE))
    ruled.customer_writes("thank you!")
    assert ruled.events_by_rules() == []


def test_a_solved_request_that_is_opened_again_is_told_with_its_priority_in_one_message() -> None:
    ruled = desk_with_ticket(rule(TO_HIGH + ', tags = "came back"', on=BACK))
    ruled.act("resolve", "a")
    [told] = ruled.customer_writes("It does not open again")
    first, second = told.split("\n")
    assert first == "#K4-217 is open again."
    assert second.startswith("The priority of #K4-217 is now High instead of Medium. We aim to reply by")
    assert (ruled.ticket.status, ruled.ticket.tags) == (Status.OPEN, ("came back",))


def test_a_message_that_reopens_is_that_and_no_other_occasion() -> None:
    ruled = desk_with_ticket(
        rule('tags = "wrote"', on=WROTE, key="a"),
        rule('tags = "back"', on=BACK, key="b"),
        rule('tags = "both"', on='["customer_wrote", "reopened"]', key="c"),
    )
    ruled.act("resolve", "a")
    ruled.customer_writes_in_portal("It does not open again")
    assert [done[1] for done in ruled.events_by_rules()] == ["b", "c"]


def test_what_an_agent_does_sets_off_nothing() -> None:
    ruled = desk_with_ticket(rule(on='["customer_wrote", "reopened"]'))
    ruled.act("prioritise", "a", priority="high")
    ruled.act("resolve", "a")
    ruled.act("reopen", "a")
    ruled.act("reply", "a", text="Try this")
    ruled.act("note", "a", text="seen")
    assert ruled.events_by_rules() == []


def test_what_a_rule_does_sets_off_no_other_and_is_no_reason_for_one() -> None:
    ruled = desk_with_ticket(
        rule('priority = "urgent", tags = "till"', key="a"),
        rule('tags = "seen urgent"', '{ priority = "urgent" }', key="b"),
        rule('tags = "seen medium"', '{ priority = "medium" }', key="c"),
    )
    assert ruled.ticket.tags == ("till", "seen medium")


def test_two_rules_that_raise_each_other_end_at_the_highest() -> None:
    rules = (rule('priority = "urgent"', key="a"), rule(TO_HIGH, key="b"))
    assert (
        desk_with_ticket(*rules).ticket.priority == desk_with_ticket(*rules[::-1]).ticket.priority == "urgent"
    )


def test_after_a_rule_that_stops_no_later_one_acts_on_that_occasion() -> None:
    ruled = desk_with_ticket(
        rule('tags = "first", stop = true', on='["opened", "customer_wrote"]', when='{ words = "porto" }'),
        rule('tags = "second"', on='["opened", "customer_wrote"]', key="two"),
    )
    assert ruled.ticket.tags == ("first",)
    ruled.customer_writes("Another word")
    assert ruled.ticket.tags == ("first", "second")


def test_a_raised_priority_is_no_review() -> None:
    ruled = desk_with_ticket(rule(TO_HIGH, on=WROTE))
    ruled.act("claim", "a")
    ruled.customer_writes("more of it")
    assert ruled.ticket.facts[-1].rule == "one"
    reviews = [turn for turn in turn_history(timeline_of(ruled.ticket)).turns if turn.target == "review"]
    assert [turn.met_at is None for turn in reviews] == [False, True]
    ruled.act("prioritise", "a", priority="urgent")
    reviews = [turn for turn in turn_history(timeline_of(ruled.ticket)).turns if turn.target == "review"]
    assert [turn.met_at is None for turn in reviews] == [False, False]


def test_rules_of_the_policy_that_the_request_was_promised_under_hold_for_it() -> None:
    ruled = desk_with_ticket(rule('tags = "old"', on=WROTE))
    then, ruled.current = ruled.current, policy(rule('tags = "new"', on=WROTE))
    ruled.of = lambda _: then  # type: ignore[method-assign]
    ruled.customer_writes("more of it")
    assert ruled.ticket.tags == ("old",)


def test_night_rules_go_by_the_clock_of_the_desk() -> None:
    night = rule('tags = "night"', '{ hours = "closed" }')
    assert desk_with_ticket(night).ticket.tags == ()
    late = rules_desk(night)
    late.now = MONDAY.replace(hour=21)
    late.open_ticket()
    assert late.ticket.tags == ("night",)


def test_what_if_counts_it_under_the_raised_priority_and_tries_no_other_rules() -> None:
    ruled, other = desk_with_ticket(rule('priority = "urgent"')), policy(rule(TO_HIGH, key="other"))
    replay = Replay(other, MONDAY + timedelta(hours=5))  # four are promised
    replay.take(ruled.ticket, ruled.current)
    found = replay.found["first_response", "urgent"]
    assert [(target, key) for target, key in replay.found if key != "urgent"] == []
    assert (found.before.missed, found.after.missed) == (1, 1)


PREMIUM = load_policy(ROOT / "policies" / "premium.toml")


@pytest.mark.parametrize(
    ("words", "plan", "priority", "tags"),
    [
        ("Notre site a été piraté cette nuit", "enterprise", "urgent", ("security",)),
        ("Nuestro sitio ha sido hackeado esta noche", "standard", "high", ("security",)),
        ("Somebody sends PHISHING from our server", "plus", "urgent", ("security",)),
        ("Notre site ne répond plus depuis cette nuit", "enterprise", "low", ()),
    ],
)
def test_premium_raises_what_is_about_security_as_far_as_the_plan_goes(
    words: str, plan: str, priority: str, tags: tuple[str, ...]
) -> None:
    premium = RulesDesk(PREMIUM)
    premium.has_plan(plan)
    premium.open_ticket(words, category="diagnosis", priority="low")
    assert (premium.ticket.priority, premium.ticket.tags) == (priority, tags)


@pytest.mark.parametrize(("plan", "priority"), [("pro", "high"), ("plus", "low"), ("", "low")])
def test_premium_raises_what_comes_back_for_its_best_plans(plan: str, priority: str) -> None:
    premium = RulesDesk(PREMIUM)
    premium.has_plan(plan)
    premium.open_ticket("The mails of our domain do not arrive", category="diagnosis", priority="low")
    premium.act("resolve", "a")
    premium.customer_writes("They do not arrive, again")
    assert premium.ticket.priority == priority
