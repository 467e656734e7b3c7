"""Running the sandbox over HTTP: reset, clock, settings, and waiting until nothing is pending."""

from dataclasses import asdict, fields

from aiohttp import web

from sandbox.control.orders import read_order
from sandbox.phone_action import PhoneActionError
from sandbox.state import Settings, state_of

routes = web.RouteTableDef()


@routes.get("/control/health")
async def health(_request: web.Request) -> web.Response:
    return web.json_response({"ok": True})


@routes.post("/control/reset")
async def reset(request: web.Request) -> web.Response:
    """Reset everything; {"first_customers": true} adds the first two customers."""
    state, order = state_of(request), await read_order(request)
    state.has_first_customers = bool(order.get("first_customers", state.has_first_customers))
    state.forget()
    return web.Response(status=204)


@routes.post("/control/settle")
async def settle(request: web.Request) -> web.Response:
    """Wait until no webhook, receipt or retry is pending: {"settled": false} after `?wait=` seconds."""
    settled = await state_of(request).settle(min(float(request.query.get("wait", 10)), 60.0))
    return web.json_response({"settled": settled})


@routes.patch("/control/clock")
async def clock(request: web.Request) -> web.Response:
    """{scale?, advance_seconds?}: run faster, jump forward; retries, windows and expiries follow."""
    state, order = state_of(request), await read_order(request)
    state.clock.set(order.get("scale"), float(order.get("advance_seconds", 0)))
    state.changed()
    return web.json_response({"now": state.clock.now().isoformat(), "scale": state.clock.scale})


@routes.patch("/control/settings")
async def settings(request: web.Request) -> web.Response:
    """Any of `sandbox.state.Settings`."""
    state, order = state_of(request), await read_order(request)
    known = {field.name for field in fields(Settings)}
    if unknown := set(order) - known:
        raise PhoneActionError(f"unknown setting {min(unknown)}; known: {', '.join(sorted(known))}")
    for name, value in order.items():
        setattr(state.settings, name, value)
    state.changed()
    return web.json_response(asdict(state.settings))
