"""Twilio's typing indicator for WhatsApp: three dots for 25 s, and the customer's message is marked read."""

from datetime import timedelta

from aiohttp import web

from sandbox.state import state_of
from sandbox.whatsapp.access import check_account, form
from sandbox.whatsapp.errors import TwilioError

TYPING_DURATION = timedelta(seconds=25)

routes = web.RouteTableDef()


@routes.post("/v2/Indicators/Typing.json")
async def typing(request: web.Request) -> web.Response:
    check_account(request)
    given = await form(request, frozenset({"channel", "messageId"}))
    if given.get("channel") != ["whatsapp"]:
        raise TwilioError(400, 20001, message="channel must be whatsapp")
    state = state_of(request)
    record = state.whatsapp.records.get(given.get("messageId", [""])[0])
    if record is None or not record.is_inbound:
        raise TwilioError(404, 20404, request.path)
    person = state.people.everybody[record.person_id]
    person.typing_until = (state.clock.now() + TYPING_DURATION).isoformat()
    for each in state.whatsapp.records.values():
        if each.person_id == person.id and each.is_inbound:
            each.is_read_by_desk = True
    state.changed(person)
    return web.json_response({"success": True}, status=201)
