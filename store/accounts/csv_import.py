"""Imports accounts from a file, a few hundred rows at a time: each is validated, compared and stored or skipped.

Two rows of a file must not have the same account, code or address. To see that without keeping the file in memory,
each account stores the file and row that last set it. Importing the same file again changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.messages.ids import make_contact_id
from bot.model.account import Account
from bot.model.account_csv import AccountRow
from bot.model.plan import find_plan, plan_change_problem
from bot.policy.policy import Policy
from store import keys
from store.accounts.accounts import Accounts
from store.codec import dump, load
from store.redis_client import Client


@dataclass(frozen=True, slots=True)
class RowResult:
    """The result of one row: added, changed, unchanged, or skipped because of `problem`."""

    row: int
    became: str
    problem: str = ""


class AccountImporter:
    """Imports the rows of one file."""

    def __init__(self, redis: Client, accounts: Accounts, policy: Policy, file_id: str, today: date) -> None:
        self._redis, self._accounts, self._policy = redis, accounts, policy
        self._file_id, self._today = file_id, today

    def import_rows(self, rows: Sequence[AccountRow]) -> list[RowResult]:
        """Store the valid rows in one transaction; the result of each row, in order."""
        wanted = [self._account(row) for row in rows]
        known = self._load(wanted)
        outcomes = [self._decide(row, account, known) for row, account in zip(rows, wanted, strict=True)]
        self._write(known)
        return outcomes

    def _account(self, row: AccountRow) -> Account:
        return Account(
            account_id=row.account_id,
            name=row.name,
            plan=row.plan,
            term_began_on=row.term_began_on,
            support_digest=self._accounts.digest(row.support_code) if row.support_code else "",
            vip_digest=self._accounts.digest(row.vip_code) if row.vip_code else "",
            address_ids=tuple(dict.fromkeys(make_contact_id(address) for address in row.addresses)),
            imported_as=f"{self._file_id}:{row.number}",
        )

    def _load(self, wanted: Sequence[Account]) -> "_Batch":
        pipe = self._redis.pipeline(transaction=False)
        pipe.hmget(keys.ACCOUNTS, [account.account_id for account in wanted])
        codes = list(dict.fromkeys(code for account in wanted for code in _codes(account)))
        addresses = list(dict.fromkeys(each for account in wanted for each in account.address_ids))
        pipe.hmget(keys.ACCOUNT_CODES, codes or ["-"])
        pipe.hmget(keys.ACCOUNT_ADDRESSES, addresses or ["-"])
        accounts, owners, listed = pipe.execute()
        found = [load(Account, raw) for raw in accounts if raw]
        return _Batch(
            accounts={account.account_id: account for account in found},
            codes=_owners(codes, owners),
            addresses=_owners(addresses, listed),
        )

    def _decide(self, row: AccountRow, account: Account, known: "_Batch") -> RowResult:
        before = known.accounts.get(account.account_id)
        problem = self._problem(account, before, known)
        if problem:
            return RowResult(row.number, "skipped", problem)
        account = self._with_term(account, before)
        known.keep(account, before)
        if before is None:
            return RowResult(row.number, "added")
        is_same = replace(before, imported_as=account.imported_as) == account
        return RowResult(row.number, "unchanged" if is_same else "changed")

    def _problem(self, account: Account, before: Account | None, known: "_Batch") -> str:
        if before and self._is_of_another_row(before, account):
            return f"the account is already in row {_row_of(before)}"
        for digest, name in ((account.support_digest, "support code"), (account.vip_digest, "VIP code")):
            if known.codes.get(digest, account.account_id) != account.account_id:
                return f"the {name} belongs to another account"
        for place, address in enumerate(account.address_ids, 1):
            if known.addresses.get(address, account.account_id) != account.account_id:
                return f"address {place} belongs to another account"
        return plan_change_problem(before, account.plan, self._policy, self._today)

    def _is_of_another_row(self, before: Account, account: Account) -> bool:
        is_this_file = before.imported_as.startswith(f"{self._file_id}:")
        return is_this_file and before.imported_as != account.imported_as

    def _with_term(self, account: Account, before: Account | None) -> Account:
        """A minimum term without a date starts with the first import."""
        plan = find_plan(self._policy, account.plan)
        if account.term_began_on or not plan or not plan.min_term_months:
            return account
        is_running = before is not None and before.plan == account.plan
        began_on = before.term_began_on if before and is_running else None
        return replace(account, term_began_on=began_on or self._today)

    def _write(self, known: "_Batch") -> None:
        if not known.changes:
            return
        writes = self._redis.pipeline(transaction=True)
        for key, names in ((keys.ACCOUNT_CODES, _codes), (keys.ACCOUNT_ADDRESSES, _addresses)):
            before = {name for was, _ in known.changes.values() if was for name in names(was)}
            owners = {name: now.account_id for _, now in known.changes.values() for name in names(now)}
            if before - owners.keys():
                writes.hdel(key, *(before - owners.keys()))
            if owners:
                writes.hset(key, mapping=owners)
        writes.hset(keys.ACCOUNTS, mapping={id_: dump(now) for id_, (_, now) in known.changes.items()})
        writes.execute()


@dataclass(frozen=True, slots=True)
class _Batch:
    """The accounts of one batch as they change row by row; the owners of codes and addresses."""

    accounts: dict[str, Account]
    codes: dict[str, str]
    addresses: dict[str, str]
    changes: dict[str, tuple[Account | None, Account]] = field(default_factory=dict)

    def keep(self, account: Account, before: Account | None) -> None:
        """Replace `before` with `account`."""
        if account != before:
            self.changes[account.account_id] = (before, account)
        for owned, names in ((self.codes, _codes), (self.addresses, _addresses)):
            for name in names(before) if before else ():
                owned.pop(name, None)
            owned.update(dict.fromkeys(names(account), account.account_id))
        self.accounts[account.account_id] = account


def _codes(account: Account) -> tuple[str, ...]:
    return tuple(code for code in (account.support_digest, account.vip_digest) if code)


def _addresses(account: Account) -> tuple[str, ...]:
    return account.address_ids


def _owners(names: Sequence[str], raws: Sequence[bytes | None]) -> dict[str, str]:
    return {name: raw.decode() for name, raw in zip(names, raws, strict=False) if raw}


def _row_of(account: Account) -> str:
    return account.imported_as.rpartition(":")[2]
