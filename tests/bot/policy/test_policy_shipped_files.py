"""The four policies we ship promise what was published, in three languages."""

import json
from dataclasses import astuple

import pytest
from pydantic import BaseModel

from bot.messages.localized import LocalizedText
from bot.policy.policy import Policy, load_policy
from bot.policy.policy_errors import PolicyError
from tests.fixtures.paths import POLICIES

SHIPPED = {path.stem: load_policy(path) for path in sorted(POLICIES.glob("*.toml"))}
EACH = pytest.mark.parametrize("policy", SHIPPED.values(), ids=SHIPPED)
A, B, C = SHIPPED["field-service"], SHIPPED["weekday-desk"], SHIPPED["premium"]


def promises(policy, plan=""):
    every = ("review", "first_response", "next_response", "resolution")
    found = {p.key: {t: policy.target(t, p.key, plan) for t in every} for p in policy.priorities}
    return {key: {t: str(value) for t, value in targets.items() if value} for key, targets in found.items()}


def test_field_service_promises_what_was_published():
    assert promises(A) == {
        "low": {"first_response": "2 business days", "resolution": "24 business hours"},
        "medium": {"first_response": "1 business day", "resolution": "24 business hours"},
        "high": {"first_response": "12 business hours", "resolution": "24 business hours"},
        "urgent": {"first_response": "4 business hours", "resolution": "24 business hours"},
    }
    assert [astuple(p.label) for p in A.priorities] == [
        ("Low", "Faible", "Baja"),
        ("Medium", "Moyenne", "Media"),
        ("High", "Élevée", "Alta"),
        ("Urgent", "Urgente", "Urgente"),
    ]
    assert A.category("technical_service").scope == "quote"
    assert not A.plan("essential").allows("urgent")
    assert A.plan("enterprise").allows("urgent")


def test_the_weekday_desk_promises_what_was_published():
    assert promises(B) == {
        "low": {"review": "1 business hour", "resolution": "72 business hours"},
        "medium": {"review": "1 business hour", "resolution": "48 business hours"},
        "high": {"review": "1 business hour", "resolution": "24 business hours"},
        "critical": {"review": "1 business hour", "resolution": "4 business hours"},
    }
    assert (B.tells.status, B.tells.priority, B.tells.returned) == (True, True, True)


def test_premium_has_what_was_published():
    ranks = {plan.key: plan.rank for plan in C.plans}
    assert sorted(ranks, key=ranks.get) == ["standard", "plus", "pro", "enterprise"]
    assert {plan.min_term_months for plan in C.plans if plan.is_premium} == {6}
    assert C.question("support_code").kind == "code"
    assert {c.key for c in C.categories if c.scope == "out_of_scope"} == {"third_party", "web_site"}
    assert all(c.notice for c in C.categories if c.scope == "out_of_scope")
    assert C.is_knowledge_first
    assert C.access.lengths


@pytest.mark.parametrize(
    ("plan", "locale", "is_covered"),
    [
        ("plus", "fr", True),
        ("enterprise", "en", True),
        ("enterprise", "es", False),
        ("standard", "fr", False),
        ("", "fr", False),
    ],
)
def test_the_emergency_line_is_for_premium_in_french_and_english(plan, locale, is_covered):
    assert C.emergency.covers(plan, locale) is is_covered


def test_a_higher_premium_plan_never_promises_less():
    ladder = ["standard", "plus", "pro", "enterprise"]
    for priority in C.priorities:
        hours = [first_response_in_hours(plan, priority.key) for plan in ladder]
        assert hours == sorted(hours, reverse=True)


def first_response_in_hours(plan, priority):
    allowance = C.target("first_response", priority, plan)
    return allowance.days * 7.5 or allowance.length.total_seconds() / 3600


@EACH
def test_only_the_demo_never_closes_and_has_targets_in_minutes(policy):
    assert policy.calendar.is_always_open is (policy.key == "demo")
    longest = max(p.targets["resolution"].length.total_seconds() for p in policy.priorities)
    assert (longest <= 3600) is (policy.key == "demo")


@EACH
def test_a_policy_survives_storage_with_its_version(policy):
    again = Policy.from_json(policy.to_json())
    assert again == policy
    assert again.version == policy.version
    assert len(policy.version) == 12


def test_a_stored_policy_stays_readable_although_a_file_like_it_is_refused():
    stored = json.loads(SHIPPED["premium"].to_json()) | {"articles": [], "default_plan": "gold"}
    policy = Policy.from_json(json.dumps(stored))
    assert (policy.is_knowledge_first, policy.articles, policy.default_plan) == (True, (), "gold")


@pytest.mark.parametrize("text", ["", "[]", "{", "{}", '{"key": 3}'])
def test_json_that_is_not_a_policy_is_refused(text):
    with pytest.raises(PolicyError):
        Policy.from_json(text)


def test_the_version_depends_on_the_content_not_on_its_format():
    text = (POLICIES / "demo.toml").read_text()
    same = Policy.from_toml("# another comment\n" + text.replace('"15 minutes"', '"15 business minutes"'))
    other = Policy.from_toml(text.replace('"15 minutes"', '"16 minutes"'))
    assert same.version == SHIPPED["demo"].version != other.version


@EACH
def test_the_lowest_priority_comes_first_and_all_have_criteria(policy):
    assert policy.priorities[0].key == "low"
    assert all(p.criteria for p in policy.priorities)
    assert policy.usual_priority.key == "medium"


@EACH
def test_an_unknown_key_raises_key_error(policy):
    for look in (policy.priority, policy.category, policy.question, policy.plan):
        with pytest.raises(KeyError):
            look("nothing")


@EACH
def test_french_and_spanish_texts_have_the_right_punctuation(policy):
    for label in labels(policy):
        assert "'" not in label.fr, label
        for sign in ":;!?":
            assert f" {sign}" not in label.fr, label  # a narrow no-break space comes first
            assert not any(before.isalnum() for before in characters_before(sign, label.fr)), label
        assert ("?" in label.es) == ("¿" in label.es), label


def characters_before(sign, text):
    return [text[place - 1] for place, letter in enumerate(text) if letter == sign and place]


def labels(section):
    for value in section.__dict__.values() if isinstance(section, BaseModel) else section:
        if isinstance(value, LocalizedText):
            yield value
        elif isinstance(value, BaseModel | tuple):
            yield from labels(value)
