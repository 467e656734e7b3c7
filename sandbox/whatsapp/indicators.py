"""Twilio's typing indicator for WhatsApp: three dots for 25 s, and the customer's message is marked read."""

from datetime import timedelta

from aiohttp import web

from sandbox.state import world_of
from sandbox.whatsapp.access import check_account, form
from sandbox.whatsapp.errors import TwilioError

LASTS = timedelta(seconds=25)

routes = web.RouteTableDef()


@routes.post("/v2/Indicators/Typing.json")
async def typing(request: web.Request) -> web.Response:
    check_account(request)
    given = await form(request, frozenset({"channel", "messageId"}))
    if given.get("channel") != ["whatsapp"]:
        raise TwilioError(400, 20001, message="channel must be whatsapp")
    world = world_of(request)
    record = world.whatsapp.records.get(given.get("messageId", [""])[0])
    if record is None or not record.is_inbound:
        raise TwilioError(404, 20404, request.path)
    person = world.people.everybody[record.person_id]
    person.typing_until = (world.clock.now() + LASTS).isoformat()
    for each in world.whatsapp.records.values():
        if each.person_id == person.id and each.is_inbound:
            each.is_read_by_desk = True
    world.changed(person)
    return web.json_response({"success": True}, status=201)
