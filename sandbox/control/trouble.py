"""Faults over HTTP: add, list, remove."""

from dataclasses import asdict

from aiohttp import web

from sandbox.control.orders import read_order
from sandbox.state import state_of

routes = web.RouteTableDef()


@routes.get("/control/faults")
async def list_faults(request: web.Request) -> web.Response:
    return web.json_response(state_of(request).faults.as_json())


@routes.post("/control/faults")
async def add(request: web.Request) -> web.Response:
    """Add a fault, {kind, channel?, method?, count?, probability?, …}, as listed in `sandbox.faults`."""
    state = state_of(request)
    fault = state.faults.add(await read_order(request))
    state.changed()
    return web.json_response(asdict(fault), status=201)


@routes.delete("/control/faults")
async def clear(request: web.Request) -> web.Response:
    state = state_of(request)
    state.faults.clear()
    state.changed()
    return web.Response(status=204)


@routes.delete("/control/faults/{id}")
async def remove(request: web.Request) -> web.Response:
    state = state_of(request)
    state.faults.remove(int(request.match_info["id"]))
    state.changed()
    return web.Response(status=204)
