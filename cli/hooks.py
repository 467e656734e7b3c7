"""`guichet hooks …`: where apps are told what happens to tickets. The signing secret is shown once, as it is made."""

import json
from datetime import datetime

import click

from bot.messages.errors import NotFound
from bot.outgoing_webhooks.events import WebhookEventType
from bot.outgoing_webhooks.retry import DisableReason
from channels.event_loop import close_loop
from channels.webhook.post import WebhookClient
from channels.webhook.url_guard import UnsafeUrl, parse_url, redact_url, resolve_allowed
from cli.support.connect import now, open_desk
from cli.support.errors import CommandError
from cli.tokens import parse_app_name
from jobs.outgoing_webhooks.send import WebhookSender
from store.outgoing_webhooks.endpoints import (
    EndpointRefused,
    EndpointStatus,
    WebhookEndpoint,
    WebhookEndpoints,
)
from store.outgoing_webhooks.queue import WebhookQueue

_DISABLED_REASONS = {DisableReason.GONE: "off: answered 410", DisableReason.FAILING: "off: failed for days"}


@click.group()
def hooks() -> None:
    """Tell portals and apps what happens to tickets, by signed calls."""


@hooks.command()
@click.argument("name")
@click.argument("url")
@click.option("--events", default="", help="Only these, with commas between; all without it.")
@click.option("--private", "is_private", is_flag=True, help="URL may lead into your own network.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def add(*, name: str, url: str, events: str, is_private: bool, as_json: bool) -> None:
    """Tell what happens from now on at URL; prints the secret with which it is signed."""
    name, wanted = parse_app_name(name), _events(events)
    try:
        place = parse_url(url)
    except UnsafeUrl as error:
        raise click.UsageError(f"URL {error}") from error
    try:
        resolve_allowed(place, is_private)
    except UnsafeUrl as error:
        advice = (
            "" if "cannot be found" in str(error) else "; --private permits addresses of your own network"
        )
        raise CommandError(f"{error}{advice}") from error
    with open_desk() as (_, redis):
        try:
            hook = WebhookEndpoints(redis, now).add(name, str(place), wanted, is_private=is_private)
        except EndpointRefused as error:
            raise CommandError(f"{error}; choose another name, or remove one first") from error
    if as_json:
        click.echo(
            json.dumps(_webhook_json(hook, EndpointStatus(0)) | {"secret": hook.secret}, ensure_ascii=False)
        )
        return
    click.echo(f"the secret that signs what {hook.name} is told; it is not shown again:\n{hook.secret}")


@hooks.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(*, as_json: bool) -> None:
    """List every hook and how it is doing; never its secret."""
    with open_desk() as (_, redis):
        known = WebhookEndpoints(redis, now)
        found = [_webhook_json(hook, known.condition(hook)) for hook in known.all()]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif not found:
        click.echo("no hook yet: guichet hooks add NAME URL")
    for each in [] if as_json else found:
        click.echo(_line(each))


@hooks.command()
@click.argument("name")
def remove(name: str) -> None:
    """Tell NAME nothing any more; what waits for it is forgotten."""
    with open_desk() as (_, redis):
        try:
            hook = WebhookEndpoints(redis, now).remove(name)
        except NotFound as error:
            raise CommandError(f"{error}; see guichet hooks list") from error
    click.echo(f"{hook.name} is told nothing any more")


@hooks.command()
@click.argument("name")
def test(name: str) -> None:
    """Send NAME a ping now, and say what came back. One that was shut off is on again when it takes it."""
    with open_desk() as (_, redis):
        known = WebhookEndpoints(redis, now)
        try:
            hook = known.find(name)
        except NotFound as error:
            raise CommandError(f"{error}; see guichet hooks list") from error
        answer = WebhookSender(redis, known, WebhookQueue(redis), WebhookClient(), now).ping(hook)
        close_loop()
        if not answer.is_success:
            raise CommandError(f"{hook.name} did not take the ping: {answer.why}")
        was_off = known.condition(hook).off
        if was_off:
            known.reactivate(hook)
    click.echo(f"{hook.name} answered {answer.status} after {answer.seconds * 1000:.0f} ms")
    if was_off:
        click.echo(f"{hook.name} is on again: told from now on")


def _events(text: str) -> tuple[str, ...]:
    wanted, known = [word.strip() for word in text.split(",") if word.strip()], [*map(str, WebhookEventType)]
    unknown = [word for word in wanted if word not in known]
    if unknown or (text and not wanted):
        told = f"no event {unknown[0]!r}" if unknown else "--events names none"
        raise click.UsageError(f"{told}; there are: {', '.join(known)}")
    return tuple(each for each in known if each in wanted)


def _webhook_json(hook: WebhookEndpoint, it: EndpointStatus) -> dict[str, object]:
    return {
        "id": hook.hook_id,
        "name": hook.name,
        "url": redact_url(hook.url),
        "events": list(hook.events) or [*map(str, WebhookEventType)],
        "is_private": hook.is_private,
        "state": _state(it),
        "added_at": _minute(hook.added_at),
        "last_success_at": _minute(it.sent_at),
        "failing_since": _minute(it.failing_since),
        "failures": it.failures,
        "why": it.why,
        "waiting": it.waiting,
        "sent": it.sent,
        "given_up": it.given_up,
        "last_given_up_at": _minute(it.given_up_at),
        "dropped": it.dropped,
    }


def _state(it: EndpointStatus) -> str:
    if it.off:
        return _DISABLED_REASONS[it.off]
    return "failing" if it.failures else "ok"


def _line(each: dict[str, object]) -> str:
    taken = each["last_success_at"] or "never"
    told = f"{each['name']}  {each['state']}, {each['waiting']} waiting, last success {taken}"
    if each["failing_since"]:
        told += f", failing since {each['failing_since']} ({each['failures']}×): {each['why']}"
    lost = [
        f"{each[name]} {word}"
        for name, word in (("given_up", "given up"), ("dropped", "dropped"))
        if each[name]
    ]
    return f"{', '.join((told, *lost))}  {each['url']}"


def _minute(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%dT%H:%MZ") if at else ""
