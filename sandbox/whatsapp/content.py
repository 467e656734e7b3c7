"""Content templates over HTTP: create, check against limits, submit for approval."""

import json
import re
from typing import Any

from aiohttp import web

from sandbox import credentials
from sandbox.state import LOGGED_REQUEST, state_of
from sandbox.whatsapp.access import check_account
from sandbox.whatsapp.errors import TwilioError
from sandbox.whatsapp.state import Template, new_sid

LONGEST_BODY = 1024

routes = web.RouteTableDef()


@routes.post("/v1/Content")
async def create(request: web.Request) -> web.Response:
    check_account(request)
    given = await body_of(request, {"friendly_name", "language", "variables", "types"})
    check_types(given.get("types"))
    state = state_of(request)
    template = Template(
        sid=new_sid("HX"),
        friendly_name=str(given.get("friendly_name", "")),
        language=str(given.get("language", "")),
        variables=dict(given.get("variables") or {}),
        types=given["types"],
        created_at=state.clock.now().isoformat(),
    )
    if not template.language:
        raise TwilioError(400, 20001, message="language is required")
    state.whatsapp.templates[template.sid] = template
    return web.json_response(resource(template), status=201)


async def body_of(request: web.Request, known: set[str]) -> dict[str, Any]:
    try:
        given = await request.json()
    except json.JSONDecodeError as wrong:
        raise TwilioError(400, 20001, message="The body is not JSON") from wrong
    request[LOGGED_REQUEST] = given
    if not isinstance(given, dict) or (unknown := set(given) - known):
        raise TwilioError(400, 20001, message=f"Unknown fields: {', '.join(sorted(unknown))}")
    return given


def check_types(types: Any) -> None:
    """Check the limits of the content types the sandbox knows; raises TwilioError (20001)."""
    if not isinstance(types, dict) or not types:
        raise TwilioError(400, 20001, message="types is required")
    for name, content in types.items():
        if name not in CHECKS:
            raise TwilioError(400, 20001, message=f"{name} is unknown or not emulated by the sandbox")
        if not 1 <= len(str(content.get("body", ""))) <= LONGEST_BODY:
            raise TwilioError(400, 20001, message=f"{name}: body is 1 to {LONGEST_BODY} characters")
        CHECKS[name](content)


def check_text(_content: dict[str, Any]) -> None:
    """Only the body's limit applies."""


def check_quick_reply(content: dict[str, Any]) -> None:
    actions = content.get("actions", [])
    if not 1 <= len(actions) <= 10:
        raise TwilioError(400, 20001, message="twilio/quick-reply: 1 to 10 actions")
    limits(actions, {"title": 20, "id": 200}, "title")


def check_list_picker(content: dict[str, Any]) -> None:
    items = content.get("items", [])
    if not 1 <= len(items) <= 10:
        raise TwilioError(400, 20001, message="twilio/list-picker: 1 to 10 items")
    limits([content], {"button": 20}, "button")
    limits(items, {"item": 24, "id": 200, "description": 72}, "item")


CHECKS = {
    "twilio/text": check_text,
    "twilio/quick-reply": check_quick_reply,
    "twilio/list-picker": check_list_picker,
}


def limits(parts: list[dict[str, Any]], longest: dict[str, int], required: str) -> None:
    for part in parts:
        if not part.get(required):
            raise TwilioError(400, 20001, message=f"{required} is required")
        for name, most in longest.items():
            if len(str(part.get(name) or "")) > most:
                raise TwilioError(400, 20001, message=f"{name} is at most {most} characters")


@routes.get("/v1/Content/{sid}")
async def fetch(request: web.Request) -> web.Response:
    return web.json_response(resource(find_template(request)))


@routes.delete("/v1/Content/{sid}")
async def delete(request: web.Request) -> web.Response:
    del state_of(request).whatsapp.templates[find_template(request).sid]
    return web.Response(status=204)


@routes.get("/v1/Content/{sid}/ApprovalRequests")
async def approval(request: web.Request) -> web.Response:
    template = find_template(request)
    return web.json_response(
        {
            "sid": template.sid,
            "account_sid": credentials.TWILIO_ACCOUNT_SID,
            "whatsapp": approval_of(template),
            "url": f"https://content.twilio.com/v1/Content/{template.sid}/ApprovalRequests",
        }
    )


@routes.post("/v1/Content/{sid}/ApprovalRequests/whatsapp")
async def submit(request: web.Request) -> web.Response:
    """Approved at once, except list pickers, which WhatsApp never approves."""
    template = find_template(request)
    given = await body_of(request, {"name", "category"})
    if not re.fullmatch(r"[a-z0-9_]{1,512}", str(given.get("name", ""))):
        raise TwilioError(400, 20001, message="name is lower case letters, digits and underscores")
    if given.get("category") not in ("UTILITY", "MARKETING", "AUTHENTICATION"):
        raise TwilioError(400, 20001, message="category is UTILITY, MARKETING or AUTHENTICATION")
    template.approval = "rejected" if "twilio/list-picker" in template.types else "approved"
    template.approval_name, template.category = given["name"], given["category"]
    return web.json_response(approval_of(template), status=201)


def find_template(request: web.Request) -> Template:
    check_account(request)
    template = state_of(request).whatsapp.templates.get(request.match_info["sid"])
    if template is None:
        raise TwilioError(404, 20404, request.path)
    return template


def approval_of(template: Template) -> dict[str, Any]:
    return {
        "name": template.approval_name,
        "category": template.category,
        "content_type": next(iter(template.types)),
        "status": template.approval,
        "rejection_reason": "",
        "allow_category_change": True,
    }


def resource(template: Template) -> dict[str, Any]:
    url = f"https://content.twilio.com/v1/Content/{template.sid}"
    return {
        "sid": template.sid,
        "account_sid": credentials.TWILIO_ACCOUNT_SID,
        "friendly_name": template.friendly_name,
        "language": template.language,
        "variables": template.variables,
        "types": template.types,
        "date_created": template.created_at,
        "date_updated": template.created_at,
        "url": url,
        "links": {"approval_fetch": f"{url}/ApprovalRequests"},
    }
