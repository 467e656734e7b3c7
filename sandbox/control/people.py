"""People over HTTP: add, change, remove, and put their phones in any state."""

from dataclasses import asdict
from typing import Any

from aiohttp import web

from sandbox.control.orders import order_of, the_person
from sandbox.people import Person
from sandbox.phone_action import NotPossibleError
from sandbox.state import World, world_of
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
    return web.json_response(world_of(request).people.as_json())


@routes.post("/control/people")
async def add(request: web.Request) -> web.Response:
    """{channel, name, country?, language_code?, number?, …} makes a phone."""
    order = await order_of(request)
    check(order, NEW)
    if order.get("channel") not in ("whatsapp", "telegram") or not order.get("name"):
        raise NotPossibleError("a person needs a channel (whatsapp or telegram) and a name")
    world = world_of(request)
    check_free(world, order)
    person = world.people.add(order.pop("channel"), order.pop("name"), **order)
    world.changed()
    return web.json_response(asdict(person), status=201)


def check_free(world: World, order: dict[str, Any]) -> None:
    """A number or a Telegram id belongs to one phone."""
    number, telegram_id = order.get("number"), order.get("telegram_id")
    if number and world.people.with_address(f"whatsapp:{number}"):
        raise NotPossibleError(f"{number} is somebody's already")
    if telegram_id and world.people.with_telegram_id(telegram_id):
        raise NotPossibleError(f"{telegram_id} is somebody's already")


def check(order: dict[str, Any], known: frozenset[str]) -> None:
    if unknown := set(order) - known:
        raise NotPossibleError(f"unknown field {min(unknown)}; known: {', '.join(sorted(known))}")


@routes.get("/control/people/{id}")
async def one(request: web.Request) -> web.Response:
    return web.json_response(asdict(the_person(request)))


@routes.patch("/control/people/{id}")
async def change(request: web.Request) -> web.Response:
    """Change a phone's state; what waited for it (signal, opening) happens now."""
    order = await order_of(request)
    check(order, CHANGEABLE)
    world, person = world_of(request), the_person(request)
    if person.channel == "telegram" and "has_blocked" in order:
        telegram_phone.set_blocked(world, person, bool(order.pop("has_blocked")))
    for name, value in order.items():
        if not isinstance(value, type(getattr(person, name))):
            raise NotPossibleError(f"{name} is {type(getattr(person, name)).__name__}")
        setattr(person, name, value)
    after(world, person)
    return web.json_response(asdict(person))


def after(world: World, person: Person) -> None:
    if person.channel == "whatsapp" and person.has_signal:
        world.spawn(receipts.catch_up(world, person))
    world.changed(person)
    world.changed()


@routes.delete("/control/people/{id}")
async def remove(request: web.Request) -> web.Response:
    """The phone is gone: WhatsApp no longer finds its number, Telegram its chat."""
    world, person = world_of(request), the_person(request)
    if person.role != "customer":
        raise NotPossibleError("the manager and the agents stay")
    del world.people.everybody[person.id]
    world.changed()
    return web.Response(status=204)
