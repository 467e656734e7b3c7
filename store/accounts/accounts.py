"""Accounts: the organisations that contacts belong to, found by a code that only they know, or by address.

A code is never kept: only a keyed digest of it, which is what is looked up, so that neither the store nor the
time of an answer tells anything of it. Addresses are kept as ids, which name nobody. What comes in from files
is `store.accounts.csv_import`.
"""

import hmac
from collections.abc import Iterator, Sequence
from hashlib import sha256

from bot.model.account import Account, CodeLookup
from bot.model.account_csv import account_id_of
from bot.text.normalise import fold
from store import keys
from store.codec import load
from store.redis_client import Client

MAX_CODE_ATTEMPTS = 8
CODE_ATTEMPTS_KEPT_FOR = 3600  # seconds
QUOTA_KEPT_FOR = 70 * 24 * 3600  # seconds: the month, and the one in which somebody asks about it

_COUNT = """
local place = redis.call('HGET', KEYS[1], ARGV[1])
if place then return tonumber(place) end
place = redis.call('HLEN', KEYS[1]) + 1
redis.call('HSET', KEYS[1], ARGV[1], place)
redis.call('EXPIRE', KEYS[1], ARGV[2])
return place
"""


class Accounts:
    """Finds accounts, and counts what they ask."""

    def __init__(self, redis: Client, secret_key: str) -> None:
        self._redis = redis
        self._key = sha256(f"guichet codes:{secret_key}".encode()).digest()

    def find_by_code(self, contact_id: str, code: str) -> CodeLookup:
        """Whose support or VIP code it is; nobody's when the contact has tried too many different ones."""
        tries, digest = keys.code_attempts(contact_id), self.digest(code)
        pipe = self._redis.pipeline(transaction=True)
        pipe.sadd(tries, digest)  # a set: the same code again, as when a unit of work runs again, is one try
        pipe.expire(tries, CODE_ATTEMPTS_KEPT_FOR, nx=True)
        pipe.scard(tries)
        pipe.hget(keys.ACCOUNT_CODES, digest)
        _, _, count, found = pipe.execute()
        if count > MAX_CODE_ATTEMPTS:
            return CodeLookup(is_rate_limited=True)
        account = self.find(found.decode()) if found else None
        return CodeLookup(account, digest) if account else CodeLookup()

    def count_request(self, owner_id: str, month: str, ticket_id: str) -> int:
        """The how-manieth request of that month it is; counted once, however many processes ask at once."""
        count: int = self._redis.eval(_COUNT, 1, keys.quota(owner_id, month), ticket_id, QUOTA_KEPT_FOR)
        return count

    def find(self, account_id: str) -> Account | None:
        """That account, if it is known."""
        raw = self._redis.hget(keys.ACCOUNTS, account_id)
        return load(Account, raw) if raw else None

    def all(self) -> Iterator[Account]:
        """Every account, in no order, a few at a time."""
        for _, raw in self._redis.hscan_iter(keys.ACCOUNTS, count=500):
            yield load(Account, raw)

    def find_by_name(self, text: str) -> list[Account]:
        """The accounts that are meant by an id, a number of the operator's own, or a name; names may be shared."""
        for account_id in (text, account_id_of(text)):
            if found := self.find(account_id):
                return [found]
        wanted = " ".join(fold(text).split())
        return [account for account in self.all() if " ".join(fold(account.name).split()) == wanted]

    def remove(self, account: Account) -> None:
        """Forget that account at once, with its codes and addresses; requests counted for it fade by themselves."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hdel(keys.ACCOUNTS, account.account_id)
        if codes := [code for code in (account.support_digest, account.vip_digest) if code]:
            pipe.hdel(keys.ACCOUNT_CODES, *codes)
        if account.address_ids:
            pipe.hdel(keys.ACCOUNT_ADDRESSES, *account.address_ids)
        pipe.execute()

    def counts(self, account_ids: Sequence[str], month: str) -> dict[str, int]:
        """How many requests each of these accounts has made in that month."""
        pipe = self._redis.pipeline(transaction=False)
        for account_id in account_ids:
            pipe.hlen(keys.quota(account_id, month))
        return dict(zip(account_ids, pipe.execute(), strict=True))

    def digest(self, code: str) -> str:
        """What is kept of a code: spaces, dashes and case do not count."""
        bare = "".join(char for char in code.casefold() if char.isalnum())
        return hmac.digest(self._key, bare.encode(), "sha256").hex()[:32]
