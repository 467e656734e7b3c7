"""Taking in accounts from a table, row by row: good rows are kept, bad ones are told by their number."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path

from bot.conversation import Conversation
from bot.ids import contact_id, ticket_id
from bot.inbound import Address
from bot.policy import Policy
from bot.records import Changes, Records
from jobs.values import address_of_alerts
from store.accounts import Accounts, StoredAccount
from store.units import Units

COLUMNS = ("id", "name", "plan", "support_code", "vip_code", "term_began_on", "addresses")
_SHORTEST_CODE = 4
_LONGEST_FIELD = 10_000
_TOO_MANY = ""  # the column of what stands beyond the last one


class UnreadableTable(Exception):
    """The file as a whole cannot be read; nothing was imported. The message is one line."""


class BadRow(ValueError):
    """One row cannot be taken."""


@dataclass(frozen=True, slots=True)
class Account:
    """One row, checked."""

    account: StoredAccount
    support_code: str
    vip_code: str
    addresses: tuple[Address, ...]


def rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row with its number (the header is 1); UnreadableTable. Reads the whole file before the first row."""
    for _ in _read(path):
        pass
    return _read(path)


def checked(row: Mapping[str, str], policy: Policy) -> Account:
    """The account that a row describes; BadRow."""
    name, plan = row.get("name", ""), row.get("plan", "")
    if _TOO_MANY in row:
        raise BadRow("more fields than columns")
    if not name:
        raise BadRow("name is missing")
    plans = [known.key for known in policy.plans]
    if plan and plan not in plans:
        raise BadRow(f"plan must be one of {', '.join(plans) or 'none: this policy has no plans'}")
    codes = [row.get(column, "") for column in ("support_code", "vip_code")]
    if any(code and sum(char.isalnum() for char in code) < _SHORTEST_CODE for code in codes):
        raise BadRow(f"a code needs {_SHORTEST_CODE} letters or digits")
    account = StoredAccount(row.get("id") or _id_of(name), name, plan, _date(row.get("term_began_on", "")))
    return Account(account, codes[0], codes[1], _addresses(row.get("addresses", "")))


class Importer:
    """Keeps accounts, and tells the contacts at their addresses whose they are."""

    def __init__(self, accounts: Accounts, units: Units) -> None:
        self._accounts, self._units = accounts, units

    def take(self, new: Account) -> None:
        """Keep this account in place of what was known of it; BadRow when a code is another's."""
        for code in filter(None, (new.support_code, new.vip_code)):
            if self._accounts.holder(code) not in ("", new.account.account_id):
                raise BadRow("a code is another account's already")
        if new.support_code and self._accounts.digest(new.support_code) == self._accounts.digest(
            new.vip_code
        ):
            raise BadRow("support code and VIP code must differ")
        self._accounts.put(new.account, new.support_code, new.vip_code)
        for address in new.addresses:
            self._introduce(address, new.account)

    def _introduce(self, address: Address, account: StoredAccount) -> None:
        owner = contact_id(address)

        def decide(records: Records) -> Changes | None:
            before = records.conversation or Conversation(records.contact_id, address, (address,))
            after = before.evolve(account_id=account.account_id, plan=account.plan)
            return None if after == before else Changes(conversation=after)

        self._units.change(ticket_id(owner, 0), decide)


def _read(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            separator = max(",;\t", key=header.count)
            names = [name.strip().lower() for name in next(csv.reader([header], delimiter=separator), [])]
            _check_header(names)
            for number, fields in enumerate(csv.reader(file, delimiter=separator, strict=True), start=2):
                if any(field.strip() for field in fields):
                    yield number, _named(names, fields)
    except OSError as error:
        raise UnreadableTable(f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableTable("not text in UTF-8: save it as CSV UTF-8") from error
    except csv.Error as error:
        raise UnreadableTable(f"not a table: {error}") from error


def _check_header(names: list[str]) -> None:
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or "name" not in names or len(set(names)) < len(names):
        wrong = f"unknown column {unknown[0]!r}" if unknown else "the first line must name each column once"
        raise UnreadableTable(f"{wrong}; columns are {', '.join(COLUMNS)}, and name is needed")


def _named(names: list[str], fields: list[str]) -> Mapping[str, str]:
    """A row by column."""
    columns = [*names, *[_TOO_MANY] * (len(fields) - len(names))]
    return dict(zip(columns, (field.strip() for field in fields), strict=False))


def _id_of(name: str) -> str:
    """The same account whenever its name is imported again."""
    return blake2b(" ".join(name.casefold().split()).encode(), digest_size=8).hexdigest()


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadRow("term_began_on must be a date such as 2026-11-21") from None


def _addresses(text: str) -> tuple[Address, ...]:
    """Where customers write from, which is where alerts may go too, but for mail."""
    try:
        found = tuple(address_of_alerts(each) for each in text.replace(",", " ").split())
    except ValueError:
        found = (Address("mailto", ""),)
    if any(address.channel == "mailto" for address in found):
        raise BadRow("addresses must be whatsapp:+<number> or telegram:<id>, with spaces between")
    return found
