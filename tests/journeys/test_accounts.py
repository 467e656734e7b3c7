"""Whose customer somebody is, and what their plan gives them: in three languages, over the sandbox."""

import re

import pytest

from store import keys
from tests.fixtures.customer import Customer, imported
from tests.fixtures.paths import POLICIES
from tests.fixtures.sandbox_desk import SandboxDesk

LOCALES = ("en", "fr", "es")
CODES = {"en": "What’s your support code", "fr": "votre code client", "es": "su código de cliente"}
KNOWN = {"en": "found your account", "fr": "trouvé votre compte", "es": "Encontré su cuenta"}
UNKNOWN = {"en": "can’t find that code", "fr": "ne trouve pas ce code", "es": "No encuentro ese código"}
USED_UP = {"en": "used this month’s", "fr": "toutes vos demandes", "es": "Ya usó todas"}
BEYOND = {
    "en": "isn’t included in your plan",
    "fr": "pas incluse dans votre formule",
    "es": "incluida en su plan",
}
MENTION = {
    "en": "By the way, my support code is GV-4417, thank you",
    "fr": "Au fait, mon code client est GV-4417, merci",
    "es": "Por cierto, mi código de soporte es GV-4417, gracias",
}


def names(code: str, text: str) -> bool:
    """Whether the code stands there, and not by chance within an id or an instant."""
    return re.search(rf"(?<![0-9a-f]){code}(?![0-9a-f])", text) is not None


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def premium(desk: SandboxDesk) -> SandboxDesk:
    desk.restart(POLICIES / "premium.toml")
    return desk


@pytest.fixture
def field_service(desk: SandboxDesk) -> SandboxDesk:
    desk.restart(POLICIES / "field-service.toml")
    return desk


def stored(desk: SandboxDesk) -> str:
    """Everything in the store, as text."""
    redis, found = desk.redis, []
    for key in redis.scan_iter():
        kind = redis.type(key).decode()
        if kind == "none":
            continue
        read = {"hash": redis.hgetall, "string": redis.get, "list": lambda k: redis.lrange(k, 0, -1)}
        read |= {"set": redis.smembers, "zset": lambda k: redis.zrange(k, 0, -1), "stream": redis.xrange}
        found.append(repr(read[kind](key)))
    return "\n".join(found)


def test_a_listed_address_is_known_from_the_first_word(premium: SandboxDesk, locale: str) -> None:
    customer = Customer(premium, locale)
    imported(
        premium, {"name": "Acme SA", "plan": "pro", "vip_code": "VIP-9931", "addresses": customer.address}
    )
    heard = customer.complete_intake("diagnosis", "urgent")
    assert CODES[locale] not in heard
    assert "Stone Ltd" not in heard
    ticket = customer.ticket()
    assert (ticket.company, ticket.plan, ticket.is_vip, ticket.priority) == ("Acme SA", "pro", True, "urgent")


def test_a_code_tells_who_they_are_and_is_kept_nowhere(premium: SandboxDesk, locale: str) -> None:
    imported(premium, {"name": "Acme SA", "plan": "plus", "support_code": "GV-4417", "vip_code": "VIP-9931"})
    customer = Customer(premium, locale, code="GV-4417")
    heard = customer.complete_intake("diagnosis", "urgent")
    assert KNOWN[locale] in heard
    assert not names("4417", heard)
    ticket = customer.ticket()
    assert (ticket.plan, ticket.is_vip) == ("plus", False)
    entries = premium.wiring.queries.ticket(ticket.ticket_id).entries
    assert [entry.text for entry in entries].count("•••") == 1
    assert not names("4417", stored(premium))


def test_a_vip_code_marks_the_ticket_and_the_list(premium: SandboxDesk, locale: str) -> None:
    imported(premium, {"name": "Acme SA", "plan": "plus", "support_code": "GV-4417", "vip_code": "VIP-9931"})
    customer = Customer(premium, locale, code="vip 9931")
    customer.complete_intake("diagnosis")
    assert customer.ticket().is_vip
    assert [row.is_vip for row in premium.wiring.queries.rows("open")] == [True]


def test_a_wrong_code_is_told_kindly_and_the_request_goes_on(premium: SandboxDesk, locale: str) -> None:
    imported(premium, {"name": "Acme SA", "plan": "plus", "support_code": "GV-4417"})
    customer = Customer(premium, locale, code="GV-4418")
    heard = customer.complete_intake("diagnosis", "low")
    assert UNKNOWN[locale] in heard
    assert (customer.ticket().account_id, customer.ticket().plan) == ("", "")
    assert not names("4418", stored(premium))


def test_a_code_named_on_a_live_ticket_makes_it_theirs(premium: SandboxDesk, locale: str) -> None:
    imported(premium, {"name": "Acme SA", "plan": "enterprise", "support_code": "GV-4417"})
    customer = Customer(premium, locale, "telegram")
    customer.complete_intake("diagnosis", "low")
    before = premium.wiring.queries.ticket(customer.ticket().ticket_id).deadlines
    assert KNOWN[locale] in customer.say(MENTION[locale])
    ticket = customer.ticket()
    assert (ticket.plan, ticket.company) == ("enterprise", "Stone Ltd")
    after = premium.wiring.queries.ticket(ticket.ticket_id).deadlines
    due = [next(d.due_at for d in some if d.target == "first_response") for some in (before, after)]
    assert due[1] < due[0]
    assert not names("4417", stored(premium))


def test_an_edit_of_a_code_is_hidden_too(premium: SandboxDesk) -> None:
    imported(premium, {"name": "Acme SA", "plan": "plus", "support_code": "GV-4417"})
    customer = Customer(premium, "en", "telegram", code="GV-4418")
    customer.complete_intake("diagnosis", "low")
    wrong = next(m for m in customer.phone.messages() if m["text"] == "GV-4418")
    customer.phone.edit(wrong["id"], "GV-4417")
    premium.run_jobs()
    assert not names("4417", stored(premium))


def test_guessing_codes_ends_and_says_so(premium: SandboxDesk) -> None:
    imported(premium, {"name": "Acme SA", "plan": "plus", "support_code": "GV-4417"})
    customer = Customer(premium, "en")
    customer.complete_intake("diagnosis", "low")
    heard = [customer.say(f"My support code is GV-{n:04d}") for n in range(9)]
    assert "Too many attempts" in heard[-1]
    assert "Too many attempts" in customer.say("My support code is GV-4417")
    assert customer.ticket().account_id == ""


def test_an_address_taken_off_the_list_is_a_stranger_again(premium: SandboxDesk) -> None:
    customer = Customer(premium, "en")
    imported(premium, {"name": "Acme SA", "plan": "pro", "addresses": customer.address})
    customer.say("hello there")
    assert customer.conversation.plan == "pro"
    premium.redis.delete(keys.ACCOUNTS, keys.ACCOUNT_ADDRESSES)
    customer.say("hello again")
    assert (customer.conversation.plan, customer.conversation.account_id) == ("", "")


def test_only_the_priorities_of_the_plan_are_offered(field_service: SandboxDesk, locale: str) -> None:
    customer = Customer(field_service, locale)
    imported(field_service, {"name": "Acme SA", "plan": "essential", "addresses": customer.address})
    policy = field_service.wiring.policy
    labels = {key: policy.priority(key).label.in_(locale) for key in ("low", "medium", "high", "urgent")}
    heard = customer.complete_intake("fault", "urgent", hello=f"{HELP[locale]}")
    assert BEYOND[locale] in heard
    offered = heard.split(BEYOND[locale])[1]
    assert labels["low"] in offered
    assert labels["urgent"] not in offered


HELP = {
    "en": "The work orders of the team are lost again",
    "fr": "Les bons de travail de l’équipe sont encore perdus",
    "es": "Las órdenes de trabajo del equipo se pierden otra vez",
}


def test_past_the_quota_it_is_recorded_told_kindly_and_managers_hear_once(
    field_service: SandboxDesk, locale: str
) -> None:
    customer = Customer(field_service, locale)
    imported(field_service, {"name": "Acme SA", "plan": "essential", "addresses": customer.address})
    accounts = field_service.wiring.desk._accounts
    account_id = field_service.redis.hkeys(keys.ACCOUNTS)[0].decode()
    field_service.clock.advance(**_to_an_open_hour(field_service))
    month = f"{field_service.clock().astimezone(field_service.wiring.policy.hours.zone):%Y-%m}"
    for n in range(5):
        accounts.count_request(account_id, month, f"other-{n}")
    heard = customer.complete_intake("fault")
    ticket = customer.ticket()
    assert ticket.is_over_quota
    assert USED_UP[locale] in heard
    for _ in range(3):
        field_service.run_jobs()
    told = [
        m["text"] for m in field_service.sandbox.phone("manager").messages() if ticket.number in m["text"]
    ]
    assert len(told) == 1
    assert "Acme SA" in told[0]
    assert [row.is_over_quota for row in field_service.wiring.queries.rows("open")] == [True]


def test_the_last_request_of_the_quota_is_not_past_it(field_service: SandboxDesk) -> None:
    customer = Customer(field_service, "en")
    imported(field_service, {"name": "Acme SA", "plan": "essential", "addresses": customer.address})
    assert USED_UP["en"] not in customer.complete_intake("fault")
    assert not customer.ticket().is_over_quota


def _to_an_open_hour(desk: SandboxDesk) -> dict[str, float]:
    """Managers are not told of a quota at night."""
    calendar, now = desk.wiring.policy.calendar, desk.clock()
    return {"seconds": max(0.0, (calendar.next_opening(now) - now).total_seconds() + 1)}
