"""People over HTTP: add, change, remove, and put their phones in any state."""

from dataclasses import asdict
from typing import Any

from aiohttp import web

from sandbox.control.orders import person_from_path, read_order
from sandbox.people import Person
from sandbox.phone_action import PhoneActionError
from sandbox.state import SandboxState, state_of
from sandbox.telegram import phone as telegram_phone
from sandbox.whatsapp import receipts

NEW = frozenset(
    [
        "channel",
        "name",
        "country",
        "language_code",
        "number",
        "business_scoped_id",
        "has_hidden_number",
        "telegram_id",
        "username",
    ]
)
CHANGEABLE = frozenset(
    [
        "name",
        "country",
        "language_code",
        "username",
        "has_blocked",
        "is_deactivated",
        "has_opted_out",
        "is_reachable",
        "has_signal",
        "is_open",
        "window_closed",
        "has_hidden_number",
        "has_started",
    ]
)

routes = web.RouteTableDef()


@routes.get("/control/people")
async def everybody(request: web.Request) -> web.Response:
    return web.json_response(state_of(request).people.as_json())


@routes.post("/control/people")
async def add(request: web.Request) -> web.Response:
    """Add a phone from {channel, name, country?, language_code?, number?, …}."""
    order = await read_order(request)
    check(order, NEW)
    if order.get("channel") not in ("whatsapp", "telegram") or not order.get("name"):
        raise PhoneActionError("a person needs a channel (whatsapp or telegram) and a name")
    state = state_of(request)
    check_free(state, order)
    person = state.people.add(order.pop("channel"), order.pop("name"), **order)
    state.changed()
    return web.json_response(asdict(person), status=201)


def check_free(state: SandboxState, order: dict[str, Any]) -> None:
    """Refuse a number or Telegram id that another phone has."""
    number, telegram_id = order.get("number"), order.get("telegram_id")
    if number and state.people.with_address(f"whatsapp:{number}"):
        raise PhoneActionError(f"{number} is somebody's already")
    if telegram_id and state.people.with_telegram_id(telegram_id):
        raise PhoneActionError(f"{telegram_id} is somebody's already")


def check(order: dict[str, Any], known: frozenset[str]) -> None:
    if unknown := set(order) - known:
        raise PhoneActionError(f"unknown field {min(unknown)}; known: {', '.join(sorted(known))}")


@routes.get("/control/people/{id}")
async def one(request: web.Request) -> web.Response:
    return web.json_response(asdict(person_from_path(request)))


@routes.patch("/control/people/{id}")
async def change(request: web.Request) -> web.Response:
    """Change a phone's state; messages that waited for it (signal, opening) arrive now."""
    order = await read_order(request)
    check(order, CHANGEABLE)
    state, person = state_of(request), person_from_path(request)
    if person.channel == "telegram" and "has_blocked" in order:
        telegram_phone.set_blocked(state, person, bool(order.pop("has_blocked")))
    for name, value in order.items():
        if not isinstance(value, type(getattr(person, name))):
            raise PhoneActionError(f"{name} is {type(getattr(person, name)).__name__}")
        setattr(person, name, value)
    apply_changes(state, person)
    return web.json_response(asdict(person))


def apply_changes(state: SandboxState, person: Person) -> None:
    if person.channel == "whatsapp" and person.has_signal:
        state.spawn(receipts.catch_up(state, person))
    state.changed(person)
    state.changed()


@routes.delete("/control/people/{id}")
async def remove(request: web.Request) -> web.Response:
    """Remove the phone: WhatsApp no longer finds its number, nor Telegram its chat."""
    state, person = state_of(request), person_from_path(request)
    if person.role != "customer":
        raise PhoneActionError("the manager and the agents stay")
    del state.people.everybody[person.id]
    state.changed()
    return web.Response(status=204)
