"""`guichet policy replay`: compares SLA results of the last days with those under another policy."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from bot.policy.policy import Policy
from bot.sla.replay import OutcomeCounts, Replay
from cli.support.connect import now, open_archive, open_desk
from cli.support.policy_file import read_policy
from desk.what_if import WhatIf
from store.policies import StoredPolicies


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 3660), help="How far back.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def replay(*, file: Path, days: int, as_json: bool) -> None:
    """Count which targets of the last DAYS would have been met under policy FILE.

    Every request opened since is counted twice: under its own policy, and under FILE.
    """
    other = read_policy(file)
    with open_desk() as (settings, redis), open_archive(settings, redis) as archive:
        policies = StoredPolicies(redis, read_policy(settings.policy))
        found = WhatIf(redis, archive, policies, now).replay(other, days)
    about: dict[str, Any] = {"file": str(file), "key": other.key, "version": other.version, "days": days}
    if as_json:
        click.echo(json.dumps(about | found.to_json(), ensure_ascii=False, indent=2))
        return
    for line in _lines(found, other, days):
        click.echo(line)


def _lines(found: Replay, other: Policy, days: int) -> Iterator[str]:
    yield f"{_requests(found.tickets)} of the last {days} days, under their own policy and under “{other.title.en}”"
    for (what, key), tickets in sorted(found.lacking.items()):
        yield f"no {what} “{key}” in {other.key}: {_requests(tickets)} without targets there"
    if not found.found:
        yield "no targets to compare"
        return
    yield f"{'target':<16}{'priority':<12}{'own policy':>22}{'this one':>22}{'difference':>12}  would change"
    for row in found.to_json()["compared"]:
        compared = found.found[row["target"], row["priority"]]
        turn = f"{compared.newly_missed} to missed, {compared.newly_kept} to met"
        yield (
            f"{row['target']:<16}{row['priority']:<12}{_share(compared.before):>22}{_share(compared.after):>22}"
            f"{_difference(compared.before, compared.after):>12}  {turn}"
        )


def _requests(count: int) -> str:
    return f"{count} request" if count == 1 else f"{count} requests"


def _share(share: OutcomeCounts) -> str:
    if share.percent is None:
        return f"– ({share.running} running)" if share.running else "no target"
    return f"{share.percent:.1f} % ({share.kept} of {share.kept + share.missed})"


def _difference(before: OutcomeCounts, after: OutcomeCounts) -> str:
    if before.percent is None or after.percent is None:
        return "–"
    points = after.percent - before.percent
    return f"{points:+.1f}" if abs(points) >= 0.05 else "="
