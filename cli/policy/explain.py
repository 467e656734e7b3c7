"""`guichet policy explain`: shows how a deadline of a policy file is calculated, interval by interval."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from bot.model.clock_events import TicketTimeline
from bot.policy.policy import Policy
from bot.policy.sections import TargetKey
from bot.sla.deadlines import Deadline, deadlines
from bot.sla.explain import Explanation, Stretch
from bot.sla.explain import explain as explained
from cli.policy.deadline import TARGETS, find_target, parse_instant
from cli.support.errors import CommandError
from cli.support.policy_file import read_policy


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--priority", required=True, help="The priority's key, such as high.")
@click.option("--at", required=True, help="The start time in ISO format.")
@click.option(
    "--target", type=click.Choice(TARGETS), help="Which target (default: the first response, if any)."
)
@click.option("--plan", default="", help="The plan's key, if plans have their own targets.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def explain(
    *, file: Path, priority: str, at: str, target: TargetKey | None, plan: str, as_json: bool
) -> None:
    """Print every interval that counts or doesn't until a deadline of policy FILE."""
    desk = read_policy(file)
    name, _ = find_target(desk, priority, target, plan)
    deadline = _deadline(desk, TicketTimeline(_start(at, desk), priority, plan=plan), name)
    story = explained(deadline, desk, deadline.started_at)
    if as_json:
        due_at = deadline.due_at.isoformat() if deadline.due_at else None
        click.echo(
            json.dumps({"target": name, "due_at": due_at, **story.to_json()}, ensure_ascii=False, indent=2)
        )
        return
    for line in _lines(story, desk):
        click.echo(line)


def _start(at: str, desk: Policy) -> datetime:
    try:
        return parse_instant(at, desk).astimezone(UTC)
    except ValueError as error:
        raise CommandError(str(error)) from error


def _deadline(desk: Policy, clocked: TicketTimeline, name: str) -> Deadline:
    found = next((each for each in deadlines(clocked, desk) if each.target == name), None)
    if found is None:
        raise CommandError(f"{name} only starts after a first response; explain another --target")
    return found


def _lines(story: Explanation, desk: Policy) -> Iterator[str]:
    for stretch in story.stretches:
        start, end = (at.astimezone(desk.calendar.zone) for at in (stretch.start, stretch.end))
        length = _hours(stretch.length) if stretch.is_counted else f"({_hours(stretch.length)})"
        yield f"{start:%a %Y-%m-%d %H:%M}  {end:%a %Y-%m-%d %H:%M}  {length:>10}  {_reason_text(stretch)}"
    yield f"counted: {_hours(story.counted)}, target: {story.allowance}"


def _reason_text(stretch: Stretch) -> str:
    reason = stretch.reason.replace("_", " ")
    return f"{reason}: {stretch.name.en}" if stretch.name else reason


def _hours(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"
