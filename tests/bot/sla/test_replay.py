"""One policy beside another, on tickets whose story is known."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.messages.inbound import Address
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER, TicketEventKind
from bot.policy.policy import Policy, load_policy
from bot.sla.replay import EXAMPLES, Replay
from tests.fixtures.paths import POLICIES

DEMO = load_policy(POLICIES / "demo.toml")  # always open; high: 4 minutes, solved in 20
WEEKDAY = load_policy(POLICIES / "weekday-desk.toml")  # high: reviewed in 1 hour, solved in 24
PREMIUM = load_policy(POLICIES / "premium.toml")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
LATER = MONDAY + timedelta(days=20)


def test_each_promise_is_counted_under_both_policies() -> None:
    found = replayed(DEMO, stricter("high", first_response="2 minutes"), answered(3))
    assert shares(found, "first_response") == ((1, 0, 0), (0, 1, 0))
    assert [(one.number, one.target, one.is_kept) for one in found.turned] == [
        ("K4-217", "first_response", False)
    ]


def test_what_was_missed_may_have_been_kept() -> None:
    found = replayed(DEMO, stricter("high", first_response="10 minutes"), answered(8))
    assert shares(found, "first_response") == ((0, 1, 0), (1, 0, 0))
    assert found.found["first_response", "high"].newly_kept == 1


def test_the_same_policy_changes_nothing() -> None:
    found = replayed(DEMO, DEMO, answered(3), answered(8), ticket())
    assert found.turned == []
    for compared in found.found.values():
        assert compared.before == compared.after


def test_what_is_not_due_yet_counts_for_neither() -> None:
    found = replayed(DEMO, WEEKDAY, ticket(), now=MONDAY + timedelta(minutes=1))
    assert shares(found, "first_response") == ((0, 0, 1), (0, 0, 0))
    assert found.found["first_response", "high"].before.percent is None


def test_what_is_on_hold_counts_for_neither() -> None:
    held = answered(3).held(MONDAY + timedelta(minutes=5), "ana")
    assert shares(replayed(DEMO, DEMO, held), "resolution") == ((0, 0, 1), (0, 0, 1))


def test_what_was_merged_away_counts_for_nothing() -> None:
    merged = ticket().merged(MONDAY + timedelta(minutes=1), "ana", ticket())
    assert replayed(DEMO, DEMO, merged).found == {}


def test_a_priority_that_the_other_policy_lacks_is_named_with_its_tickets() -> None:
    found = replayed(DEMO, WEEKDAY, ticket("urgent"), ticket("urgent"), ticket("high"))
    assert found.lacking == {("priority", "urgent"): 2}
    assert shares(found, "resolution", "urgent") == ((0, 2, 0), (0, 0, 0))


def test_a_plan_that_the_other_policy_lacks_is_named_and_counts_as_none() -> None:
    found = replayed(PREMIUM, DEMO, ticket(plan="pro"))
    assert found.lacking == {("plan", "pro"): 1}
    assert shares(found, "first_response")[1] == (0, 1, 0)


def test_whether_a_clock_runs_is_for_the_other_policy_to_say() -> None:
    quote = ticket(category="technical_service", has_clock=False)
    asks_no_quote = changed(DEMO, categories=[])
    assert replayed(DEMO, DEMO, quote).found == {}
    assert replayed(DEMO, asks_no_quote, quote).found == {}, "an unknown category stays what it was"
    support = ticket(category="technical_service")
    assert shares(replayed(asks_no_quote, DEMO, support), "resolution") == ((0, 1, 0), (0, 0, 0))


def test_an_emergency_counts_open_hours_where_there_is_no_emergency_line() -> None:
    sunday = MONDAY - timedelta(days=1)
    night = ticket(opened_at=sunday, is_emergency=True)
    found = replayed(PREMIUM, WEEKDAY, night, now=sunday + timedelta(hours=20))
    assert shares(found, "resolution")[0] == (0, 1, 0)
    assert shares(found, "resolution")[1] == (0, 0, 1)


def test_whatsapps_window_hurries_neither() -> None:
    slow = stricter("high", first_response="40 hours")
    found = replayed(slow, slow, ticket(address="whatsapp:+33612345678"), now=MONDAY + timedelta(hours=25))
    assert shares(found, "first_response") == ((0, 0, 1), (0, 0, 1))


def test_only_some_tickets_are_named_however_many_turn() -> None:
    found = replayed(DEMO, stricter("high", first_response="2 minutes"), *[answered(3)] * 50)
    assert len(found.turned) == EXAMPLES
    assert found.found["first_response", "high"].newly_missed == 50


def test_a_program_reads_targets_in_order_and_the_highest_priority_first() -> None:
    found = replayed(DEMO, DEMO, ticket("low"), ticket("urgent"), ticket("high")).to_json()
    rows = [(row["target"], row["priority"]) for row in found["compared"]]
    assert rows == [
        (target, key) for target in ("first_response", "resolution") for key in ("urgent", "high", "low")
    ]
    assert found["compared"][0]["before_percent"] == 0.0


@pytest.mark.parametrize("minutes", [4, 5])
def test_the_due_instant_itself_is_in_time_under_both(minutes: int) -> None:
    found = replayed(DEMO, DEMO, answered(minutes))
    assert shares(found, "first_response") == (((1, 0, 0),) * 2 if minutes == 4 else ((0, 1, 0),) * 2)


def replayed(own: Policy, other: Policy, *tickets: Ticket, now: datetime = LATER) -> Replay:
    replay = Replay(other, now)
    for each in tickets:
        replay.take(each, own)
    return replay


def shares(found: Replay, target: str, priority: str = "high") -> tuple[tuple[int, int, int], ...]:
    compared = found.found[target, priority]
    return tuple((share.kept, share.missed, share.running) for share in (compared.before, compared.after))


def answered(minutes: int) -> Ticket:
    return ticket().replied(MONDAY + timedelta(minutes=minutes), "ana")


def ticket(
    priority: str = "high", address: str = "telegram:42", opened_at: datetime = MONDAY, **more: object
) -> Ticket:
    opened = Ticket(
        "c1-1", "c1", "K4-217", Address.parse(address), "fr", "v1", opened_at,
        priority=priority, last_customer_at=opened_at, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return opened.with_event(TicketEventKind.OPENED, opened_at, CUSTOMER, priority=priority)


def stricter(priority: str, **targets: str) -> Policy:
    content = DEMO.model_dump(mode="json", exclude_defaults=True)
    for each in content["priorities"]:
        if each["key"] == priority:
            each["targets"] |= targets
    return Policy.model_validate(content)


def changed(policy: Policy, **parts: object) -> Policy:
    return Policy.model_validate(policy.model_dump(mode="json", exclude_defaults=True) | parts)
