"""`guichet talk`: plays a customer against a policy, to see how the desk understands and answers them."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import click

from bot.policy.policy import Policy
from cli.policy.deadline import parse_instant
from cli.support.errors import CommandError
from cli.support.policy_file import read_policy
from cli.talk.begin import CHANNELS
from cli.talk.protocol import answer_lines
from cli.talk.terminal import talk_on_terminal


@click.command()
@click.option("--policy", "file", required=True, type=click.Path(path_type=Path), help="The policy file.")
@click.option(
    "--channel", type=click.Choice(CHANNELS), default=CHANNELS[0], help="Where the customer writes."
)
@click.option("--at", default="", help="When they start, in ISO format (default: next Monday at 10:00).")
@click.option("--json", "as_json", is_flag=True, help="Read and print JSON, one object per line.")
def talk(*, file: Path, channel: str, at: str, as_json: bool) -> None:
    """Write to the desk of a policy FILE as a customer; nothing is stored or sent.

    A number presses a button, /? shows what's known so far, and Ctrl-D ends.
    """
    policy = read_policy(file)
    start = _start(at, policy)
    if not as_json:
        talk_on_terminal(policy, channel, start)
        return
    out = sys.stdout.buffer
    for answer in answer_lines(sys.stdin.buffer, policy, channel, start):
        out.write(answer.encode() + b"\n")
        out.flush()


def _start(at: str, policy: Policy) -> datetime:
    try:
        return parse_instant(at, policy) if at else _next_monday(datetime.now(policy.calendar.zone))
    except ValueError as error:
        raise CommandError(str(error)) from error


def _next_monday(today: datetime) -> datetime:
    """The first Monday after today, at 10:00 in the desk's zone."""
    monday = today + timedelta(days=7 - today.weekday())
    return monday.replace(hour=10, minute=0, second=0, microsecond=0)
