"""Faults over HTTP: order, list, remove."""

from dataclasses import asdict

from aiohttp import web

from sandbox.control.orders import order_of
from sandbox.state import world_of

routes = web.RouteTableDef()


@routes.get("/control/faults")
async def in_force(request: web.Request) -> web.Response:
    return web.json_response(world_of(request).faults.as_json())


@routes.post("/control/faults")
async def add(request: web.Request) -> web.Response:
    """{kind, channel?, method?, count?, probability?, …} as `sandbox.faults` lists them."""
    world = world_of(request)
    fault = world.faults.add(await order_of(request))
    world.changed()
    return web.json_response(asdict(fault), status=201)


@routes.delete("/control/faults")
async def clear(request: web.Request) -> web.Response:
    world = world_of(request)
    world.faults.clear()
    world.changed()
    return web.Response(status=204)


@routes.delete("/control/faults/{id}")
async def remove(request: web.Request) -> web.Response:
    world = world_of(request)
    world.faults.remove(int(request.match_info["id"]))
    world.changed()
    return web.Response(status=204)
