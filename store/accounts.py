"""Accounts: the organisations that contacts belong to, found by a code that only they know.

A code is never kept: only a keyed digest of it, which is what is looked up, so that neither the store nor the
time of an answer tells anything of it.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from bot.advance import Account
from store.client import Client
from store.codec import dump, load

ACCOUNTS = "accounts"  # hash: account id -> account as JSON
CODES = "account-codes"  # hash: digest of a support or VIP code -> "account id|support" or "account id|vip"
TRIES = 8
TRIES_WITHIN = 3600  # seconds


@dataclass(frozen=True, slots=True)
class StoredAccount:
    """One account as it was imported."""

    account_id: str
    name: str
    plan: str = ""
    term_began_on: date | None = None
    support_digest: str = ""
    vip_digest: str = ""


class Accounts:
    """Keeps and finds accounts."""

    def __init__(self, redis: Client, secret_key: str, clock: Callable[[], datetime]) -> None:
        self._redis, self._clock = redis, clock
        self._key = sha256(f"guichet codes:{secret_key}".encode()).digest()

    def find_by_code(self, contact_id: str, code: str) -> Account | None:
        """The account whose support or VIP code this is; None too when the contact has guessed too often."""
        tries = f"code-tries:{contact_id}"
        pipe = self._redis.pipeline(transaction=True)
        pipe.incr(tries)
        pipe.expire(tries, TRIES_WITHIN, nx=True)
        pipe.hget(CODES, self.digest(code))
        count, _, found = pipe.execute()
        if count > TRIES or not found:
            return None
        account_id, _, kind = found.decode().partition("|")
        account = self.find(account_id)
        return Account(account_id, account.name, account.plan, kind == "vip") if account else None

    def find(self, account_id: str) -> StoredAccount | None:
        """That account, if it is known."""
        raw = self._redis.hget(ACCOUNTS, account_id)
        return load(StoredAccount, raw) if raw else None

    def put(self, account: StoredAccount, support_code: str = "", vip_code: str = "") -> StoredAccount:
        """Keep an account, in place of what was known of it; its codes replace the former ones."""
        digests = {kind: self.digest(code) if code else "" for kind, code in _codes(support_code, vip_code)}
        before = self.find(account.account_id)
        account = StoredAccount(
            account.account_id,
            account.name,
            account.plan,
            account.term_began_on,
            digests["support"],
            digests["vip"],
        )
        pipe = self._redis.pipeline(transaction=True)
        old = [d for d in (before.support_digest, before.vip_digest) if d] if before else []
        if old:
            pipe.hdel(CODES, *old)
        for kind, digest in digests.items():
            if digest:
                pipe.hset(CODES, digest, f"{account.account_id}|{kind}")
        pipe.hset(ACCOUNTS, account.account_id, dump(account))
        pipe.execute()
        return account

    def holder(self, code: str) -> str:
        """The id of the account whose code this is, "" when it is nobody's; for the operator, not counted."""
        found = self._redis.hget(CODES, self.digest(code))
        return found.decode().partition("|")[0] if found else ""

    def digest(self, code: str) -> str:
        """What is kept of a code: spaces, dashes and case do not count."""
        bare = "".join(char for char in code.casefold() if char.isalnum())
        return hmac.digest(self._key, bare.encode(), "sha256").hex()


def _codes(support_code: str, vip_code: str) -> tuple[tuple[str, str], ...]:
    return ("support", support_code), ("vip", vip_code)
