"""What a plan allows, and how plans change, as the policy says."""

from datetime import UTC, date, datetime

import pytest

from bot.model.account import Account
from bot.model.plan import (
    allowed_priority,
    find_plan,
    is_emergency,
    month_of,
    plan_change_problem,
    term_ends_on,
)
from tests.fixtures.conversation_script import policy

PREMIUM, FIELD = policy("premium"), policy("field-service")


@pytest.mark.parametrize(
    ("plan", "wanted", "given"),
    [
        ("essential", "low", "low"),
        ("essential", "urgent", "medium"),
        ("professional", "urgent", "high"),
        ("enterprise", "urgent", "urgent"),
        ("essential", "gone from the policy", "low"),
    ],
)
def test_a_priority_beyond_the_plan_becomes_the_highest_below_it(plan: str, wanted: str, given: str) -> None:
    assert allowed_priority(wanted, find_plan(FIELD, plan), FIELD) == given


def test_nobody_without_a_plan_is_bounded() -> None:
    assert allowed_priority("urgent", None, FIELD) == "urgent"


@pytest.mark.parametrize(
    ("category", "plan", "locale", "is_one"),
    [
        ("infrastructure", "plus", "fr", True),
        ("infrastructure", "plus", "en", True),
        ("infrastructure", "plus", "es", False),
        ("infrastructure", "standard", "fr", False),
        ("infrastructure", "", "fr", False),
        ("diagnosis", "enterprise", "fr", False),
        ("gone", "enterprise", "fr", False),
    ],
)
def test_the_emergency_line_is_for_its_kinds_plans_and_languages(
    category: str, plan: str, locale: str, is_one: bool
) -> None:
    assert is_emergency(category, plan, locale, PREMIUM) is is_one


def test_a_desk_without_an_emergency_line_has_no_emergencies() -> None:
    assert not is_emergency("fault", "", "en", FIELD)


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (datetime(2026, 3, 31, 22, 30, tzinfo=UTC), "2026-03"),
        (datetime(2026, 3, 31, 23, 30, tzinfo=UTC), "2026-04"),  # half past midnight in Lisbon's summer
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "2026-12"),
    ],
)
def test_a_month_is_the_desks_own(at: datetime, month: str) -> None:
    assert month_of(at, FIELD) == month


@pytest.mark.parametrize(
    ("began", "ends"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 12, 30)),
    ],
)
def test_a_firm_term_ends_months_later_on_a_day_that_exists(began: date, ends: date) -> None:
    account = Account("a", "Acme", "plus", began)
    assert term_ends_on(account, PREMIUM.plan("plus")) == ends


@pytest.mark.parametrize(
    ("before", "plan", "today", "said"),
    [
        ("plus", "pro", date(2026, 2, 1), ""),
        ("plus", "plus", date(2026, 2, 1), ""),
        ("enterprise", "pro", date(2030, 2, 1), "only change upwards"),
        ("plus", "", date(2026, 7, 14), "minimum term until 2026-07-15"),
        ("plus", "", date(2026, 7, 15), ""),
        ("standard", "", date(2026, 2, 1), ""),
        ("gone", "standard", date(2026, 2, 1), ""),
    ],
)
def test_a_plan_moves_upwards_and_ends_after_its_term(before: str, plan: str, today: date, said: str) -> None:
    refused = plan_change_problem(Account("a", "Acme", before, date(2026, 1, 15)), plan, PREMIUM, today)
    assert said in refused
    assert bool(said) == bool(refused)


def test_a_new_account_may_have_any_plan() -> None:
    assert plan_change_problem(None, "standard", PREMIUM, date(2026, 1, 1)) == ""
