"""`guichet policy …`: checks a policy file, and shows its deadlines."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import click

from bot.calendar.business_calendar import NeverOpensError
from bot.policy.policy import load_policy
from bot.policy.policy_errors import PolicyError
from bot.policy.sections import TargetKey
from cli.policy.deadline import TARGETS, find_target, parse_instant
from cli.policy.explain import explain
from cli.policy.replay import replay
from cli.support.policy_file import read_policy


@click.group()
def policy() -> None:
    """Check a policy file; show when a deadline is, and why; replay the last days under it."""


policy.add_command(explain)
policy.add_command(replay)


@policy.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def check(files: tuple[Path, ...], as_json: bool) -> int:
    """List every mistake in policy FILES, with its line and what is allowed."""
    results = [_check_file(file) for file in files]
    if as_json:
        click.echo(json.dumps(results if len(results) > 1 else results[0], ensure_ascii=False, indent=2))
    return 0 if all(result["ok"] for result in results) else 1


def _check_file(file: Path) -> dict[str, object]:
    """The result for one file; without --json it's printed at once, errors on standard error."""
    is_person = not click.get_current_context().params["as_json"]
    try:
        found = load_policy(file)
    except PolicyError as error:
        if is_person:
            click.echo(str(error), err=True)
        problems = [
            {"key": each.key_path, "line": each.line, "message": each.message, "allowed": each.allowed}
            for each in error.problems
        ]
        return {"file": str(file), "ok": False, "problems": problems}
    if is_person:
        click.echo(f"{file}: ok, “{found.title.en}”, version {found.version}")
    return {"file": str(file), "ok": True, "key": found.key, "version": found.version, "problems": []}


@policy.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--priority", required=True, help="The priority's key, such as high.")
@click.option("--at", required=True, help="The start time in ISO format; - reads one per line.")
@click.option(
    "--target", type=click.Choice(TARGETS), help="Which target (default: the first response, if any)."
)
@click.option("--plan", default="", help="The plan's key, if plans have their own targets.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object per line.")
def due(*, file: Path, priority: str, at: str, target: TargetKey | None, plan: str, as_json: bool) -> int:
    """Print a deadline of policy FILE: a time in UTC, or one per line with --at -.

    A time without an offset is in the desk's time zone.
    """
    desk = read_policy(file)
    name, allowance = find_target(desk, priority, target, plan)
    is_fine = True
    for number, text in _instants(at):
        try:
            start = parse_instant(text, desk)
            due_at = desk.calendar.add(start, allowance).isoformat()
        except (ValueError, OverflowError, NeverOpensError) as error:
            is_fine = False
            click.echo(f"guichet: {f'line {number}: ' if number else ''}{error}", err=True)
            click.echo("" if not as_json else "null")
            continue
        row = {
            "at": start.astimezone(UTC).isoformat(),
            "due_at": due_at,
            "target": name,
            "priority": priority,
        }
        click.echo(json.dumps(row) if as_json else due_at)
    return 0 if is_fine else 1


def _instants(at: str) -> Iterator[tuple[int, str]]:
    """The times to calculate, with their line numbers; 0 for the one on the command line."""
    if at != "-":
        yield 0, at
        return
    for number, line in enumerate(sys.stdin, start=1):
        if line.strip():
            yield number, line.strip()
