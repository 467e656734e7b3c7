"""Rows of an accounts CSV file: its columns and the format of each cell. Pure.

Errors say what's wrong with the cell and never repeat a code.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from bot.messages.inbound import Address
from bot.model.plan import find_plan
from bot.policy.policy import Policy
from bot.text import phone_numbers
from bot.text.normalise import fold, split_phrases
from bot.text.support_codes import MIN_CODE_LENGTH, is_code

COLUMNS = {
    "id": "id,account id,account number,customer number,identifiant,identificador",
    "name": "name,account,account name,company,organisation,organization,customer,nom,compte,société,entreprise,"
    "nombre,cuenta,empresa,organización",
    "plan": "plan,formule,offre",
    "support_code": "support code,code,code support,code client,código de cliente,"
    "code d’assistance,código de soporte,código",
    "vip_code": "vip code,vip,code vip,código vip",
    "addresses": "addresses,address,contacts,adresses,adresse,direcciones,dirección",
    "term_began_on": "start of term,term start,start,term began on,term,since,début de contrat,début,"
    "inicio del contrato,inicio",
}
"""The columns and their accepted headings; case, accents and punctuation are ignored."""

_LONGEST_NAME = 120
_LONGEST_CODE = 64
_MOST_ADDRESSES = 500
_ADDRESS = re.compile(r"whatsapp:(\+[1-9]\d{4,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})|telegram:[1-9]\d{0,19}")
_SEPARATOR = re.compile(r"[,;|\n]| / |(?<!:) (?=\(?\+|[a-zA-Z]+:)")
"""A space separates addresses only where the next one begins: numbers have spaces, too."""

_TEXT_CELL = re.compile(r"=\s*\"([^\"]*)\"|'(.*)")
"""How spreadsheets keep a number as text: `="+351…"` or `'+351…`."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class RowProblem(ValueError):
    """Why a row is skipped, in words for the file's author."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account of a file. `number` is the row's; the header is row 1."""

    number: int
    account_id: str
    name: str
    plan: str = ""
    support_code: str = ""
    vip_code: str = ""
    addresses: tuple[Address, ...] = ()
    term_began_on: date | None = None


def column_of(heading: str) -> str:
    """The column with that heading; "" if unknown."""
    bare = _bare(heading)
    known = (key for key, names in COLUMNS.items() if bare in {_bare(key), *map(_bare, split_phrases(names))})
    return next(known, "")


def read_row(number: int, cells: Mapping[str, str], policy: Policy) -> AccountRow:
    """The account in those cells, by column; raises RowProblem."""
    name = " ".join(cells.get("name", "").split())
    if not name:
        raise RowProblem("the name is missing")
    if len(name) > _LONGEST_NAME:
        raise RowProblem(f"the name is longer than {_LONGEST_NAME} characters")
    plan = _plan(cells.get("plan", "").strip(), policy)
    support, vip = (
        _code("support code", cells.get("support_code", "")),
        _code("VIP code", cells.get("vip_code", "")),
    )
    if vip and support and _bare(vip) == _bare(support):
        raise RowProblem("the support code and the VIP code are the same")
    found = find_plan(policy, plan)
    if vip and not (found and found.is_premium):
        raise RowProblem("only a premium plan has a VIP code")
    return AccountRow(
        number=number,
        account_id=account_id_of(cells.get("id", "").strip() or name),
        name=name,
        plan=plan,
        support_code=support,
        vip_code=vip,
        addresses=tuple(_addresses(cells.get("addresses", ""))),
        term_began_on=_date(cells.get("term_began_on", "").strip()),
    )


def _plan(text: str, policy: Policy) -> str:
    """The key of the plan, which may be given by its label in any language."""
    if not text or find_plan(policy, text):
        return text
    for plan in policy.plans:
        if _bare(text) in {_bare(name) for name in (plan.key, plan.label.en, plan.label.fr, plan.label.es)}:
            return plan.key
    known = ", ".join(plan.key for plan in policy.plans)
    raise RowProblem(f"the plan “{text[:40]}” doesn’t exist; the policy has {known or 'none'}")


def _code(what: str, cell: str) -> str:
    code = cell.strip()
    if code and not is_code(code):
        raise RowProblem(f"the {what} has fewer than {MIN_CODE_LENGTH} letters and digits")
    if len(code) > _LONGEST_CODE:
        raise RowProblem(f"the {what} is longer than {_LONGEST_CODE} characters")
    return code


def _addresses(cell: str) -> Iterator[Address]:
    lines = (" ".join(line.split()) for line in phone_numbers.visible_text(cell).splitlines())
    parts = [part.strip() for part in _SEPARATOR.split("\n".join(lines)) if part.strip()]
    if len(parts) > _MOST_ADDRESSES:
        raise RowProblem(f"there are more than {_MOST_ADDRESSES} addresses")
    for place, part in enumerate(parts, 1):
        text = _without_text_mark(part)
        number = phone_numbers.parse(text)
        channel, colon, name = text.partition(":")
        tidy = f"{channel.strip().lower()}{colon}{name.strip()}"
        written = f"whatsapp:{number}" if number else phone_numbers.normalise_address(tidy)
        if not _ADDRESS.fullmatch(written):
            raise RowProblem(f"address {place} isn’t valid: write whatsapp:+351910000000 or telegram:42")
        yield Address.parse(written)


def _without_text_mark(cell: str) -> str:
    found = _TEXT_CELL.fullmatch(cell)
    return found[1] or found[2] or "" if found else cell


def _date(text: str) -> date | None:
    if not text:
        return None
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise RowProblem(f"{text} isn’t a date") from None
    raise RowProblem("the start of term isn’t a date such as 2026-03-31")


def account_id_of(text: str) -> str:
    """The id for an account number or name, ignoring case, accents and spacing."""
    return blake2b(" ".join(fold(text).split()).encode(), digest_size=8).hexdigest()


def _bare(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


def headings(columns: Sequence[str]) -> tuple[str, ...]:
    """The column of each heading, "" for unused ones; raises RowProblem."""
    found = tuple(column_of(heading) for heading in columns)
    twice = next((key for key in found if key and found.count(key) > 1), "")
    if twice:
        raise RowProblem(f"two columns are both “{twice.replace('_', ' ')}”")
    if "name" not in found:
        raise RowProblem("the column “name” is missing; the first row must name the columns")
    return found
