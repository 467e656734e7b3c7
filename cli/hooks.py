"""`guichet hooks …`: manages outgoing webhooks. The signing secret is shown once, when an endpoint is added."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from bot.messages.errors import NotFound
from bot.outgoing_webhooks.events import WebhookEventType
from bot.outgoing_webhooks.retry import DisableReason
from channels.event_loop import close_loop
from channels.webhook.post import WebhookClient
from channels.webhook.url_guard import HostNotFound, UnsafeUrl, parse_url, redact_url, resolve_allowed
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
from store.redis_client import Client

_STATES = {
    DisableReason.GONE: "disabled: responded 410",
    DisableReason.FAILING: "disabled: failed for days",
}


@click.group()
def hooks() -> None:
    """Notify portals and apps of ticket events with signed calls."""


@hooks.command()
@click.argument("name")
@click.argument("url")
@click.option("--events", default="", help="Only these event types, separated by commas (default: all).")
@click.option("--private", "is_private", is_flag=True, help="Allow a URL in your own network.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def add(*, name: str, url: str, events: str, is_private: bool, as_json: bool) -> None:
    """Send events from now on to URL, and print the secret that signs them."""
    name, wanted = parse_app_name(name), _event_types(events)
    try:
        place = parse_url(url)
    except UnsafeUrl as error:
        raise click.UsageError(f"URL {error}") from error
    try:
        resolve_allowed(place, is_private)
    except HostNotFound as error:
        raise CommandError(str(error)) from error
    except UnsafeUrl as error:
        raise CommandError(f"{error}; --private allows addresses of your own network") from error
    with open_desk() as (_, redis):
        try:
            hook = WebhookEndpoints(redis, now).add(name, str(place), wanted, is_private=is_private)
        except EndpointRefused as error:
            raise CommandError(f"{error}; choose another name, or remove one first") from error
    if as_json:
        shown = _webhook_json(hook, EndpointStatus(0)) | {"secret": hook.secret}
        click.echo(json.dumps(shown, ensure_ascii=False))
    else:
        click.echo(f"signing secret of {hook.name}; it is not shown again:\n{hook.secret}")


@hooks.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(*, as_json: bool) -> None:
    """List every webhook and its state, without secrets."""
    with open_desk() as (_, redis):
        known = WebhookEndpoints(redis, now)
        found = [_webhook_json(hook, known.condition(hook)) for hook in known.all()]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(map(_line, found)) or "no webhooks yet: guichet hooks add NAME URL")


@hooks.command()
@click.argument("name")
def remove(name: str) -> None:
    """Send nothing to NAME any more, and discard the events that wait for it."""
    with _found(name) as (_, known, hook):
        known.remove(name)
    click.echo(f"{hook.name} is removed")


@hooks.command()
@click.argument("name")
def test(name: str) -> None:
    """Send NAME a ping now, and print the response. If NAME was disabled and accepts it, enable it again."""
    with _found(name) as (redis, known, hook):
        response = WebhookSender(redis, known, WebhookQueue(redis), WebhookClient(), now).ping(hook)
        close_loop()
        if not response.is_success:
            raise CommandError(f"{hook.name} did not accept the ping: {response.why}")
        was_off = known.condition(hook).off
        if was_off:
            known.reactivate(hook)
    click.echo(f"{hook.name} responded {response.status} after {response.seconds * 1000:.0f} ms")
    if was_off:
        click.echo(f"{hook.name} is enabled again for events from now on")


@contextmanager
def _found(name: str) -> Iterator[tuple[Client, WebhookEndpoints, WebhookEndpoint]]:
    with open_desk() as (_, redis):
        known = WebhookEndpoints(redis, now)
        try:
            hook = known.find(name)
        except NotFound as error:
            raise CommandError(f"{error}; see guichet hooks list") from error
        yield redis, known, hook


def _event_types(text: str) -> tuple[str, ...]:
    wanted, known = [word.strip() for word in text.split(",") if word.strip()], [*map(str, WebhookEventType)]
    unknown = [word for word in wanted if word not in known]
    if unknown or (text and not wanted):
        problem = f"no event {unknown[0]!r}" if unknown else "--events names none"
        raise click.UsageError(f"{problem}; there are: {', '.join(known)}")
    return tuple(each for each in known if each in wanted)


def _webhook_json(hook: WebhookEndpoint, it: EndpointStatus) -> dict[str, object]:
    return {
        "id": hook.hook_id,
        "name": hook.name,
        "url": redact_url(hook.url),
        "events": list(hook.events) or [*map(str, WebhookEventType)],
        "is_private": hook.is_private,
        "state": _STATES[it.off] if it.off else "failing" if it.failures else "ok",
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


def _line(it: dict[str, object]) -> str:
    parts = [
        f"{it['name']}  {it['state']}",
        f"{it['waiting']} waiting",
        f"last success {it['last_success_at'] or 'never'}",
    ]
    if it["failing_since"]:
        parts.append(f"failing since {it['failing_since']} ({it['failures']}×): {it['why']}")
    parts += [f"{it[name]} {name.replace('_', ' ')}" for name in ("given_up", "dropped") if it[name]]
    return f"{', '.join(parts)}  {it['url']}"


def _minute(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%dT%H:%MZ") if at else ""
