"""The customer's account in a session, found by its support code.

If `begin` names no account, any code counts as that of an account without a name, on the highest plan.
"""

from dataclasses import replace
from hashlib import sha256

from bot.model.account import Account, CodeLookup, KnownAccounts
from bot.model.account_csv import account_id_of
from bot.model.conversation import Conversation


class SessionAccounts:
    """At most one account, and the count of its requests."""

    def __init__(self, account: Account | None = None, plan: str = "") -> None:
        self._account, self._is_given = account or Account("customer", "", plan), account is not None
        self.code = ""  # the one that the customer gave, if no account is given
        self._counted: dict[tuple[str, str], list[str]] = {}

    def find_by_code(self, contact_id: str, code: str) -> CodeLookup:
        """The account with that code."""
        digest = _digest(code)
        self.code = "" if self._is_given else code
        if not self._is_given:
            self._account = replace(self._account, support_digest=digest)
        is_known = not self._is_given or digest == self._account.support_digest
        return CodeLookup(self._account, digest) if is_known else CodeLookup()

    def count_request(self, owner_id: str, month: str, ticket_id: str) -> int:
        """The ordinal of the request in that month; repeated calls count it once."""
        counted = self._counted.setdefault((owner_id, month), [])
        if ticket_id not in counted:
            counted.append(ticket_id)
        return counted.index(ticket_id) + 1

    def known(self, conversation: Conversation) -> KnownAccounts:
        """The account of this conversation so far."""
        return KnownAccounts(own=self._account if conversation.account_id else None)


def make_account(name: str, plan: str, support_code: str) -> Account:
    """An account with that code."""
    return Account(account_id_of(name), name, plan, support_digest=_digest(support_code))


def _digest(code: str) -> str:
    """The same for a code however it's spaced, dashed or capitalised."""
    bare = "".join(char for char in code.casefold() if char.isalnum())
    return sha256(bare.encode()).hexdigest()[:32]
