"""Reads orders from HTTP requests and turns mistakes in them into one-line errors."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.people import Person
from sandbox.phone_action import PhoneActionError
from sandbox.state import SandboxState, state_of

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def error_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn a refused order into 400 and {"error": …} for the control API."""
    if not request.path.startswith("/control/"):
        return await handler(request)
    try:
        return await handler(request)
    except KeyError as missing:
        return web.json_response({"error": f"the order needs {missing}"}, status=400)
    except (PhoneActionError, ValueError, TypeError) as wrong:
        return web.json_response({"error": str(wrong)}, status=400)


async def read_order(request: web.Request) -> dict[str, Any]:
    """The JSON object in the body; an empty body is an empty order."""
    text = await request.text()
    try:
        order = json.loads(text) if text else {}
    except json.JSONDecodeError as wrong:
        raise PhoneActionError(f"the body is not JSON: {wrong}") from wrong
    if not isinstance(order, dict):
        raise PhoneActionError("the body must be a JSON object")
    return order


def person_from_path(request: web.Request) -> Person:
    return find_person(state_of(request), request.match_info["id"])


def find_person(state: SandboxState, person_id: str) -> Person:
    """A person by id; `manager` stands for the manager."""
    for person in state.people.everybody.values():
        if person_id in (str(person.id), person.role if person.role == "manager" else None):
            return person
    raise web.HTTPNotFound(text=f"nobody has id {person_id}")
