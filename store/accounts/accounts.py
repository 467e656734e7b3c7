"""Accounts: the organisations that contacts belong to, found by a secret code or by address.

Codes aren't stored, only keyed digests, which are also what is looked up, so neither the store nor the response
time reveals anything about a code. Addresses are stored as hashed ids. The import from CSV files is in
`store.accounts.csv_import`.
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
QUOTA_KEPT_FOR = 70 * 24 * 3600  # seconds: that month, and the next one, in which someone may ask about it

_COUNT = """
local place = redis.call('HGET', KEYS[1], ARGV[1])
if place then return tonumber(place) end
place = redis.call('HLEN', KEYS[1]) + 1
redis.call('HSET', KEYS[1], ARGV[1], place)
redis.call('EXPIRE', KEYS[1], ARGV[2])
return place
"""


class Accounts:
    """Finds accounts, and counts their requests."""

    def __init__(self, redis: Client, secret_key: str) -> None:
        self._redis = redis
        self._key = sha256(f"guichet codes:{secret_key}".encode()).digest()

    def find_by_code(self, contact_id: str, code: str) -> CodeLookup:
        """The account with that support or VIP code; none if the contact has tried too many different codes."""
        tries, digest = keys.code_attempts(contact_id), self.digest(code)
        pipe = self._redis.pipeline(transaction=True)
        pipe.sadd(tries, digest)  # a set: a code counts once, even if a unit of work is retried
        pipe.expire(tries, CODE_ATTEMPTS_KEPT_FOR, nx=True)
        pipe.scard(tries)
        pipe.hget(keys.ACCOUNT_CODES, digest)
        _, _, count, found = pipe.execute()
        if count > MAX_CODE_ATTEMPTS:
            return CodeLookup(is_rate_limited=True)
        account = self.find(found.decode()) if found else None
        return CodeLookup(account, digest) if account else CodeLookup()

    def count_request(self, owner_id: str, month: str, ticket_id: str) -> int:
        """The ordinal of the request in that month. Repeated calls count it once."""
        count: int = self._redis.eval(_COUNT, 1, keys.quota(owner_id, month), ticket_id, QUOTA_KEPT_FOR)
        return count

    def find(self, account_id: str) -> Account | None:
        """The account with that id, if it exists."""
        raw = self._redis.hget(keys.ACCOUNTS, account_id)
        return load(Account, raw) if raw else None

    def all(self) -> Iterator[Account]:
        """Every account, in no particular order, loaded in batches."""
        for _, raw in self._redis.hscan_iter(keys.ACCOUNTS, count=500):
            yield load(Account, raw)

    def find_by_name(self, text: str) -> list[Account]:
        """The accounts with that id, account number or name; several accounts may have the same name."""
        for account_id in (text, account_id_of(text)):
            if found := self.find(account_id):
                return [found]
        wanted = " ".join(fold(text).split())
        return [account for account in self.all() if " ".join(fold(account.name).split()) == wanted]

    def remove(self, account: Account) -> None:
        """Delete the account with its codes and addresses. Its request counts expire on their own."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hdel(keys.ACCOUNTS, account.account_id)
        if codes := [code for code in (account.support_digest, account.vip_digest) if code]:
            pipe.hdel(keys.ACCOUNT_CODES, *codes)
        if account.address_ids:
            pipe.hdel(keys.ACCOUNT_ADDRESSES, *account.address_ids)
        pipe.execute()

    def counts(self, account_ids: Sequence[str], month: str) -> dict[str, int]:
        """The number of requests of each account in that month."""
        pipe = self._redis.pipeline(transaction=False)
        for account_id in account_ids:
            pipe.hlen(keys.quota(account_id, month))
        return dict(zip(account_ids, pipe.execute(), strict=True))

    def digest(self, code: str) -> str:
        """The stored form of a code, which ignores spaces, dashes and case."""
        bare = "".join(char for char in code.casefold() if char.isalnum())
        return hmac.digest(self._key, bare.encode(), "sha256").hex()[:32]
