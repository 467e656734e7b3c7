"""Whose contact somebody is, looked at with each message."""

from dataclasses import replace

from bot.messages.ids import contact_id
from bot.messages.inbound import Address
from bot.model.account import Account, Known, belonging, identified
from bot.model.conversation import Conversation

HERE = Address("telegram", "42")
SOMEBODY = Conversation("c0ffee", HERE, (HERE,))
ACME = Account("acme", "Acme", "pro", support_digest="s1", vip_digest="v1", address_ids=(contact_id(HERE),))
BETA = Account("beta", "Beta", "plus", support_digest="s2")


def test_a_listed_address_is_known_at_once_and_answers_for_the_company() -> None:
    who = identified(SOMEBODY, Known(listed=ACME))
    assert (who.account_id, who.plan, who.remembered) == ("acme", "pro", {"company": "Acme"})


def test_what_they_said_of_their_company_stays() -> None:
    told = SOMEBODY.evolve(remembered={"company": "Acme Porto"})
    assert identified(told, Known(listed=ACME)).remembered == {"company": "Acme Porto"}


def test_a_listed_address_is_important_only_where_there_is_a_vip_code() -> None:
    assert identified(SOMEBODY, Known(listed=ACME)).is_vip
    assert not identified(SOMEBODY, Known(listed=replace(ACME, vip_digest=""))).is_vip


def test_the_vip_code_tells_importance_and_the_support_code_does_not() -> None:
    assert belonging(SOMEBODY, ACME, "v1").is_vip
    assert not belonging(SOMEBODY, ACME, "s1").is_vip


def test_a_code_counts_for_more_than_a_listed_address() -> None:
    coded = belonging(SOMEBODY, BETA, "s2")
    assert identified(coded, Known(own=BETA, listed=ACME)).account_id == "beta"


def test_a_code_that_was_replaced_proves_nothing_any_more() -> None:
    coded = belonging(SOMEBODY, BETA, "s2")
    now = replace(BETA, support_digest="new")
    assert identified(coded, Known(own=now)).account_id == ""
    assert identified(coded, Known(own=now, listed=ACME)).account_id == "acme"


def test_an_address_that_is_listed_no_more_is_forgotten_with_its_plan() -> None:
    known = identified(SOMEBODY, Known(listed=ACME))
    after = identified(known, Known(own=replace(ACME, address_ids=())))
    assert (after.account_id, after.plan, after.is_vip) == ("", "", False)


def test_a_second_address_of_somebody_known_needs_no_listing() -> None:
    known = identified(SOMEBODY, Known(listed=ACME))
    assert identified(known, Known(own=ACME)).account_id == "acme"


def test_a_changed_plan_holds_from_the_next_message() -> None:
    known = identified(SOMEBODY, Known(listed=ACME))
    assert identified(known, Known(own=ACME, listed=replace(ACME, plan="enterprise"))).plan == "enterprise"


def test_an_address_that_moves_to_another_account_moves_the_company_too() -> None:
    known = identified(SOMEBODY, Known(listed=ACME))
    after = identified(known, Known(own=replace(ACME, address_ids=()), listed=BETA))
    assert (after.account_id, after.remembered["company"]) == ("beta", "Beta")


def test_an_account_that_is_gone_leaves_nobody_known() -> None:
    known = identified(SOMEBODY, Known(listed=ACME))
    assert identified(known, Known()).account_id == ""
    assert identified(SOMEBODY, Known()) is SOMEBODY
