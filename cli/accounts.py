"""`guichet accounts import`: the organisations that customers belong to, from a table."""

import json
from pathlib import Path

import click

from cli.desk import desk, now
from cli.policy_file import read_policy
from cli.trouble import Trouble
from jobs.importing import BadRow, Importer, UnreadableTable, checked, rows
from store.accounts import Accounts
from store.kicks import Kicks
from store.policies import StoredPolicies
from store.rows import Rows
from store.units import Units


@click.group()
def accounts() -> None:
    """The organisations that customers belong to."""


@accounts.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def import_(file: Path, *, as_json: bool) -> int:
    """Take in accounts from FILE, a table (CSV, UTF-8) with a line of column names.

    Columns: name, and any of id, plan, support_code, vip_code, term_began_on (2026-11-21), addresses
    (whatsapp:+351… telegram:42, spaces between). Bad rows are told and skipped. Importing again replaces.
    """
    kept, bad = 0, 0
    with desk() as (settings, redis):
        policy = read_policy(settings.policy)
        units = Units(redis, Rows(StoredPolicies(redis, policy)), Kicks(redis))
        importer = Importer(Accounts(redis, settings.secret_key, now), units)
        try:
            for number, row in rows(file):
                try:
                    importer.take(checked(row, policy))
                    kept += 1
                except BadRow as error:
                    bad += 1
                    click.echo(f"guichet: row {number}: {error}", err=True)
        except UnreadableTable as error:
            raise Trouble(f"{file}: {error}") from error
    click.echo(json.dumps({"kept": kept, "skipped": bad}) if as_json else f"{kept} kept, {bad} skipped")
    return 1 if bad else 0
