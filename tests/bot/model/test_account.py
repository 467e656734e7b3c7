"""Whose contact somebody is, looked at with each message."""

from dataclasses import replace

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.model.account import Account, KnownAccounts, with_account, with_current_account
from bot.model.conversation import Conversation

HERE = Address("telegram", "42")
SOMEBODY = Conversation("c0ffee", HERE, (HERE,))
ACME = Account(
    "acme", "Acme", "pro", support_digest="s1", vip_digest="v1", address_ids=(make_contact_id(HERE),)
)
BETA = Account("beta", "Beta", "plus", support_digest="s2")


def test_a_listed_address_is_known_at_once_and_answers_for_the_company() -> None:
    who = with_current_account(SOMEBODY, KnownAccounts(listed=ACME))
    assert (who.account_id, who.plan, who.remembered) == ("acme", "pro", {"company": "Acme"})


def test_what_they_said_of_their_company_stays() -> None:
    told = SOMEBODY.evolve(remembered={"company": "Acme Porto"})
    assert with_current_account(told, KnownAccounts(listed=ACME)).remembered == {"company": "Acme Porto"}


def test_a_listed_address_is_important_only_where_there_is_a_vip_code() -> None:
    assert with_current_account(SOMEBODY, KnownAccounts(listed=ACME)).is_vip
    assert not with_current_account(SOMEBODY, KnownAccounts(listed=replace(ACME, vip_digest=""))).is_vip


def test_the_vip_code_tells_importance_and_the_support_code_does_not() -> None:
    assert with_account(SOMEBODY, ACME, "v1").is_vip
    assert not with_account(SOMEBODY, ACME, "s1").is_vip


def test_a_code_counts_for_more_than_a_listed_address() -> None:
    coded = with_account(SOMEBODY, BETA, "s2")
    assert with_current_account(coded, KnownAccounts(own=BETA, listed=ACME)).account_id == "beta"


def test_a_code_that_was_replaced_proves_nothing_any_more() -> None:
    coded = with_account(SOMEBODY, BETA, "s2")
    now = replace(BETA, support_digest="new")
    assert with_current_account(coded, KnownAccounts(own=now)).account_id == ""
    assert with_current_account(coded, KnownAccounts(own=now, listed=ACME)).account_id == "acme"


def test_an_address_that_is_listed_no_more_is_forgotten_with_its_plan() -> None:
    known = with_current_account(SOMEBODY, KnownAccounts(listed=ACME))
    after = with_current_account(known, KnownAccounts(own=replace(ACME, address_ids=())))
    assert (after.account_id, after.plan, after.is_vip) == ("", "", False)


def test_a_second_address_of_somebody_known_needs_no_listing() -> None:
    known = with_current_account(SOMEBODY, KnownAccounts(listed=ACME))
    assert with_current_account(known, KnownAccounts(own=ACME)).account_id == "acme"


def test_a_changed_plan_holds_from_the_next_message() -> None:
    known = with_current_account(SOMEBODY, KnownAccounts(listed=ACME))
    assert (
        with_current_account(known, KnownAccounts(own=ACME, listed=replace(ACME, plan="enterprise"))).plan
        == "enterprise"
    )


def test_an_address_that_moves_to_another_account_moves_the_company_too() -> None:
    known = with_current_account(SOMEBODY, KnownAccounts(listed=ACME))
    after = with_current_account(known, KnownAccounts(own=replace(ACME, address_ids=()), listed=BETA))
    assert (after.account_id, after.remembered["company"]) == ("beta", "Beta")


def test_an_account_that_is_gone_leaves_nobody_known() -> None:
    known = with_current_account(SOMEBODY, KnownAccounts(listed=ACME))
    assert with_current_account(known, KnownAccounts()).account_id == ""
    assert with_current_account(SOMEBODY, KnownAccounts()) is SOMEBODY
