"""`guichet talk` on a terminal: what is typed is the customer, and the desk's messages are shown."""

import sys
from collections.abc import Iterator
from datetime import datetime

import click

from bot.messages.outgoing import Option
from bot.policy.policy import Policy
from cli.talk.begin import begin
from cli.talk.session import Reply, Session
from cli.talk.state_json import about, asking, draft

_KNOWN = "/?"


def talk_on_terminal(policy: Policy, channel: str, start: datetime) -> None:
    """Show the desk's answer to each line, until the input ends."""
    session, _ = begin({}, policy, channel, start)
    click.echo(
        f"{policy.title.en}, {start:%A %H:%M}. Write as a customer; /? shows what's known, Ctrl-D ends."
    )
    options: tuple[Option, ...] = ()
    for text in _typed():
        if text == _KNOWN:
            _echo_lines(_known_lines(session))
        elif text:
            reply = _take(session, text, options)
            options = reply.options
            _echo_lines(_reply_lines(reply))


def _typed() -> Iterator[str]:
    """Each line; one that doesn't come from a keyboard is shown, so that the dialogue can be read."""
    if not sys.stdin.isatty():
        for line in sys.stdin:
            click.echo(f"> {line.strip()}")
            yield line.strip()
        return
    import readline  # noqa: F401, PLC0415 (gives `input` a history; only a keyboard needs it)

    while True:
        try:
            yield input("> ").strip()
        except EOFError:
            click.echo()
            return


def _take(session: Session, text: str, options: tuple[Option, ...]) -> Reply:
    """A number presses that button, if there are buttons."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else 0
    if 0 < number <= len(options):
        return session.press(options[number - 1].payload)
    return session.write(text)


def _reply_lines(reply: Reply) -> Iterator[str]:
    for message in reply.said:
        yield from message.split("\n")
    for number, option in enumerate(reply.options, 1):
        yield f"[{number}] {option.label}"


def _known_lines(session: Session) -> Iterator[str]:
    who = session.conversation
    asked, subject = asking(who) or "nothing", about(who)
    yield f"asking: {asked} ({subject})" if subject else f"asking: {asked}"
    yield f"language: {who.locale or 'not known'}"
    for key, value in (draft(who, session) or {}).items():
        yield f"{key}: {value or '—'}"
    for ticket in session.tickets.values():
        for_person = ", for a person" if ticket.ticket_id in session.for_person else ""
        yield f"ticket {ticket.number}: {ticket.status}, {ticket.category}, {ticket.priority}{for_person}"


def _echo_lines(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(f"  {line}".rstrip())
    click.echo()
