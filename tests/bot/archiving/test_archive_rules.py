"""Which tickets may leave for the archive: over, still for long, and spoken of by nobody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.archiving.archive_rules import after_archiving, after_restoring, can_archive
from bot.conversation.idle import REOPENED_WITHIN
from bot.messages.errors import NotAllowed
from bot.messages.inbound import Address
from bot.model.conversation import MAX_SUMMARIES, Conversation, Stage, Status
from bot.model.ticket import Ticket
from bot.policy.policy import Policy, load_policy
from bot.policy.policy_errors import PolicyError
from bot.sla.outlook import CLOSES_AFTER
from tests.fixtures.paths import ROOT

POLICY = load_policy(ROOT / "policies/demo.toml")
THEN = datetime(2026, 1, 5, 9, tzinfo=UTC)
MARIE = Address("telegram", "42")
DAYS = 90
LATER = THEN + timedelta(days=DAYS)


def ticket(count: int = 1) -> Ticket:
    opened = Ticket(f"c-{count}", "c", f"K4-00{count}", MARIE, "en", POLICY.version, THEN, priority="medium")
    return opened.resolved(THEN, "ana").closed(THEN)


def conversation(**more: object) -> Conversation:
    return Conversation("c", MARIE, tickets=(ticket().summary,), ticket_count=1).evolve(**more)


def test_one_that_is_closed_and_still_may_leave() -> None:
    assert can_archive(ticket(), conversation(), POLICY, LATER, DAYS)


def test_not_a_second_too_early() -> None:
    assert not can_archive(ticket(), conversation(), POLICY, LATER - timedelta(seconds=1), DAYS)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.CLOSED])
def test_one_that_is_not_closed_stays(status: Status) -> None:
    assert not can_archive(replace(ticket(), status=status), conversation(), POLICY, LATER, DAYS)


@pytest.mark.parametrize(
    "spoken_of",
    [
        {"ticket_id": "c-1"},
        {"draft_id": "c-1"},
        {"stage": Stage.CONFIRMING, "asking": "quote:c-1"},
    ],
)
def test_one_that_the_customers_next_words_may_be_about_stays(spoken_of: dict[str, object]) -> None:
    assert not can_archive(ticket(), conversation(**spoken_of), POLICY, LATER, DAYS)


def test_stars_that_were_never_given_keep_nothing_here() -> None:
    asked = conversation(stage=Stage.RATING, asking="c-1")
    assert can_archive(ticket(), asked, POLICY, LATER, DAYS)


def test_once_it_has_left_it_is_remembered_and_no_rule_finds_it() -> None:
    after = after_archiving(conversation(), ticket())
    assert (after.tickets, [head.ticket_id for head in after.archived]) == ((), ["c-1"])
    assert after.ticket_summary("c-1") is None
    assert after.request("1") is None
    assert after.ticket_count == 1


def test_the_last_few_that_left_are_remembered() -> None:
    after = conversation()
    for count in range(1, MAX_SUMMARIES + 5):
        after = after_archiving(after, ticket(count))
    assert [head.ticket_id for head in after.archived][-1] == f"c-{MAX_SUMMARIES + 4}"
    assert len(after.archived) == MAX_SUMMARIES


def test_once_it_is_back_it_is_one_of_theirs_again() -> None:
    back = ticket().brought_back(LATER, "ana")
    after = after_restoring(after_archiving(conversation(), ticket()), back)
    assert (after.archived, [head.status for head in after.tickets]) == ((), [Status.RESOLVED])
    assert after.tickets[0].ended_at == LATER


@pytest.mark.parametrize("status", [Status.OPEN, Status.RESOLVED])
def test_only_what_is_closed_can_be_brought_back(status: Status) -> None:
    with pytest.raises(NotAllowed):
        replace(ticket(), status=status).brought_back(LATER, "ana")


def written(days: str) -> Policy:
    text = (ROOT / "policies/demo.toml").read_text(encoding="utf-8")
    return Policy.from_toml(text.replace("\n[hours]", f"archive_after = {days}\n\n[hours]", 1))


@pytest.mark.parametrize("days", ["7", "0", "-1", '"90 days"', "90.5", "100000", "true"])
def test_an_age_that_makes_no_sense_is_refused_with_its_line(days: str) -> None:
    with pytest.raises(PolicyError) as raised:
        written(days)
    assert "archive_after" in str(raised.value)


def test_the_shortest_age_is_longer_than_a_solved_ticket_can_be_opened_by_writing() -> None:
    shortest = timedelta(days=written("8").archive_after)
    assert shortest > max(REOPENED_WITHIN, CLOSES_AFTER)
    assert POLICY.archive_after == DAYS
