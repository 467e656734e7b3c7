"""`guichet accounts …`: imports, lists and removes the organisations that customers belong to."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import click
from redis import Redis

from bot.model.account import Account
from bot.model.account_csv import AccountRow, RowProblem, read_row
from bot.model.plan import find_plan, month_of, plan_change_problem
from bot.policy.policy import Policy
from cli.account_csv import AccountFile, open_account_file
from cli.support.connect import now, open_desk
from cli.support.errors import CommandError
from cli.support.policy_file import read_policy
from runtime.settings import Settings
from store import keys
from store.accounts.accounts import Accounts
from store.accounts.csv_import import AccountImporter, RowResult
from store.leases import Lease, leased

BATCH_SIZE = 500
"""Rows imported at once; memory use depends on this, not on the size of the file."""

OUTCOMES = ("added", "changed", "unchanged", "skipped")


@click.group()
def accounts() -> None:
    """Import, list and remove the accounts of the desk's customers."""


@accounts.command(name="import")
@click.argument("path", metavar="FILE.csv", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_(*, path: Path, as_json: bool) -> int:
    """Import accounts from FILE.csv: new ones are added, existing ones changed; none is removed.

    Invalid rows are listed by number and skipped. Importing the same file again changes nothing.
    """
    with open_account_file(path) as file, open_desk() as (settings, redis), _import_lock(redis) as lease:
        policy = read_policy(settings.policy)
        told = _Report(as_json=as_json, unused=file.unused)
        for outcome in _import_rows(file, settings, redis, policy, lease):
            told.take(outcome)
        told.end()
    return 1 if told.counts["skipped"] else 0


@accounts.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one account per line.")
def list_(*, as_json: bool) -> None:
    """List the accounts and this month's requests. Codes and addresses are never shown."""
    with open_desk() as (settings, redis):
        policy, known = read_policy(settings.policy), Accounts(redis, settings.secret_key)
        month, everybody = month_of(now(), policy), known.all()
        while some := list(islice(everybody, BATCH_SIZE)):
            counts = known.counts([account.account_id for account in some], month)
            for account in some:
                shown = _account_json(account, counts[account.account_id], policy)
                click.echo(json.dumps(shown, ensure_ascii=False) if as_json else _line(shown))


@accounts.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Don't ask for confirmation.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def remove(*, name: str, yes: bool, as_json: bool) -> None:
    """Remove the account with this name, id or account number, with its codes and addresses.

    From their next message on, its contacts have no plan. Their existing tickets don't change.
    """
    with open_desk() as (settings, redis):
        policy, known = read_policy(settings.policy), Accounts(redis, settings.secret_key)
        account = _find_account(name, known)
        month = month_of(now(), policy)
        shown = _account_json(account, known.counts([account.account_id], month)[account.account_id], policy)
        if not yes:
            term = plan_change_problem(account, "", policy, now().astimezone(policy.hours.zone).date())
            said = f"{term}. " if term else ""
            click.confirm(f"{_line(shown)}\n{said}Remove this account?", abort=True, err=True)
        with _import_lock(redis):
            known.remove(known.find(account.account_id) or account)
    click.echo(json.dumps({"removed": shown}, ensure_ascii=False) if as_json else f"removed {account.name}")


def _find_account(name: str, known: Accounts) -> Account:
    found = known.find_by_name(name)
    if len(found) > 1:
        ids = ", ".join(account.account_id for account in found)
        raise CommandError(f"{len(found)} accounts are named {name}; give the id instead: {ids}")
    if not found:
        raise CommandError(f"there is no account {name}: see guichet accounts list")
    return found[0]


@contextmanager
def _import_lock(redis: Redis) -> Iterator[Lease]:
    with leased(redis, keys.ACCOUNT_IMPORT_LEASE) as lease:
        if lease is None:
            raise CommandError("another process is changing accounts; try again in a minute")
        yield lease


def _import_rows(
    file: AccountFile, settings: Settings, redis: Redis, policy: Policy, lease: Lease
) -> Iterator[RowResult]:
    """The result of each row, in the order of the file."""
    today = now().astimezone(policy.hours.zone).date()
    batches = AccountImporter(redis, Accounts(redis, settings.secret_key), policy, file.file_id, today)
    rows = _rows(file, policy)
    while some := list(islice(rows, BATCH_SIZE)):
        if not lease.renew():
            raise CommandError("another import interrupted this one; import the file again")
        taken = iter(batches.import_rows([row for row in some if isinstance(row, AccountRow)]))
        for row in some:
            yield next(taken) if isinstance(row, AccountRow) else row


def _rows(file: AccountFile, policy: Policy) -> Iterator[AccountRow | RowResult]:
    for number, cells in file.rows():
        try:
            if isinstance(cells, RowProblem):
                raise cells
            yield read_row(number, cells, policy)
        except RowProblem as problem:
            yield RowResult(number, "skipped", str(problem))


class _Report:
    """Prints results as rows are imported, so that none are kept in memory."""

    def __init__(self, *, as_json: bool, unused: tuple[str, ...]) -> None:
        self.counts: Counter[str] = Counter()
        self._as_json, self._unused = as_json, unused
        if as_json:
            click.echo('{"problems": [', nl=False)

    def take(self, outcome: RowResult) -> None:
        self.counts[outcome.became] += 1
        if outcome.problem and self._as_json:
            comma = ", " if self.counts["skipped"] > 1 else ""
            said = {"row": outcome.row, "problem": outcome.problem}
            click.echo(comma + json.dumps(said, ensure_ascii=False), nl=False)
        elif outcome.problem:
            click.echo(f"guichet: row {outcome.row}: {outcome.problem}", err=True)

    def end(self) -> None:
        counts = {became: self.counts[became] for became in OUTCOMES}
        if self._as_json:
            rest = json.dumps({**counts, "unused_columns": list(self._unused)}, ensure_ascii=False)
            click.echo(f"], {rest[1:]}")
            return
        if self._unused:
            click.echo(f"guichet: unused columns: {', '.join(self._unused)}", err=True)
        click.echo(", ".join(f"{count} {became}" for became, count in counts.items()))


def _account_json(account: Account, count: int, policy: Policy) -> dict[str, object]:
    plan = find_plan(policy, account.plan)
    return {
        "id": account.account_id,
        "name": account.name,
        "plan": account.plan,
        "term_began_on": account.term_began_on.isoformat() if account.term_began_on else None,
        "has_support_code": bool(account.support_digest),
        "has_vip_code": bool(account.vip_digest),
        "addresses": len(account.address_ids),
        "requests_this_month": count,
        "monthly_quota": plan.monthly_quota if plan else None,
    }


def _line(shown: dict[str, object]) -> str:
    codes = "+".join(name for name in ("support", "vip") if shown[f"has_{name}_code"]) or "no code"
    quota = f"/{shown['monthly_quota']}" if shown["monthly_quota"] is not None else ""
    used = f"{shown['requests_this_month']}{quota} this month"
    return f"{shown['name']:<40} {shown['plan'] or '–':<14} {codes:<12} {shown['addresses']:>4} addresses  {used}"
