"""Accounts: the organisations that contacts belong to, and how a contact is matched to one. Pure.

A contact is matched by a code that only their organisation has, or by an address that its account lists. This is
checked with each message, so an import applies from the next message on.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.messages.ids import make_contact_ids
from bot.model.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Account:
    """One organisation. Its codes and addresses are stored as digests only."""

    account_id: str
    name: str
    plan: str = ""
    term_began_on: date | None = None
    support_digest: str = ""
    vip_digest: str = ""
    address_ids: tuple[str, ...] = ()
    imported_as: str = ""  # "digest of the file:row" of the last import


@dataclass(frozen=True, slots=True)
class KnownAccounts:
    """The contact's account so far, and the account that lists their address."""

    own: Account | None = None
    listed: Account | None = None


NO_ACCOUNTS = KnownAccounts()


@dataclass(frozen=True, slots=True)
class CodeLookup:
    """The result of looking up a code: its account and digest, or that too many were tried."""

    account: Account | None = None
    proof: str = ""
    is_rate_limited: bool = False


class Accounts(Protocol):
    """Finds accounts by code and counts requests; never reveals a code."""

    def find_by_code(self, contact_id: str, code: str) -> CodeLookup:
        """The account with that code; attempts per contact are limited."""

    def count_request(self, owner_id: str, month: str, ticket_id: str) -> int:
        """The ordinal of `ticket_id` among its owner's requests that month; the same on every call."""


def with_current_account(conversation: Conversation, known: KnownAccounts) -> Conversation:
    """The conversation with its current account: by code, else by a listed address."""
    own, proof = known.own, conversation.account_proof
    if own and proof and proof in (own.support_digest, own.vip_digest):
        return with_account(conversation, own, proof)
    if known.listed:
        return with_account(conversation, known.listed)
    ids = {each for address in conversation.addresses for each in make_contact_ids(address)}
    if own and not ids.isdisjoint(own.address_ids):
        return with_account(conversation, own)
    if not conversation.account_id:
        return conversation
    return conversation.evolve(account_id="", account_proof="", plan="", is_vip=False)


def with_account(conversation: Conversation, account: Account, proof: str = "") -> Conversation:
    """The conversation with that account, its plan and its company name.

    `proof` is the digest of the code they gave; without one they were matched by address, and are VIP
    if the account has a VIP code.
    """
    is_another = bool(conversation.account_id) and conversation.account_id != account.account_id
    is_company_unknown = "company" not in conversation.remembered
    remembered = dict(conversation.remembered)
    if account.name and (is_another or is_company_unknown):
        remembered["company"] = account.name
    return conversation.evolve(
        account_id=account.account_id,
        account_proof=proof,
        plan=account.plan,
        is_vip=bool(account.vip_digest) and proof in ("", account.vip_digest),
        remembered=remembered,
    )
