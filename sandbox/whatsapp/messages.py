"""Twilio's Messages resource over HTTP: create, fetch, redact, delete."""

import re
from typing import Any

from aiohttp import web

from sandbox import credentials
from sandbox.state import SandboxState, state_of
from sandbox.whatsapp import receipts, rendering
from sandbox.whatsapp.access import check_account, form
from sandbox.whatsapp.errors import TwilioError
from sandbox.whatsapp.state import API_VERSION, Record, new_sid

BASE = f"/{API_VERSION}/Accounts/{{account}}"
SENDER = f"whatsapp:{credentials.TWILIO_WHATSAPP_NUMBER}"
RECIPIENT = re.compile(r"whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})")
CREATE = frozenset(
    ["To", "From", "Body", "MediaUrl", "ContentSid", "ContentVariables", "StatusCallback", "PersistentAction"]
)
REPEATABLE = frozenset({"MediaUrl", "PersistentAction"})
LONGEST_BODY = 1600
MOST_MEDIA = 10

routes = web.RouteTableDef()


@routes.post(BASE + "/Messages.json")
async def create(request: web.Request) -> web.Response:
    """Accept a message; receipts tell later whether it arrived."""
    check_account(request)
    given = await form(request, CREATE, REPEATABLE)
    state = state_of(request)
    record = create_record(state, given)
    state.whatsapp.records[record.sid] = record
    resource = record.as_resource()
    state.spawn(receipts.deliver(state, record))
    return web.json_response(resource, status=201)


def create_record(state: SandboxState, given: dict[str, list[str]]) -> Record:
    """The record of a valid request; raises TwilioError for everything Twilio refuses at once."""
    one = {name: values[0] for name, values in given.items()}
    check_addresses(one)
    check_callback(one.get("StatusCallback"))
    person = state.people.with_address(one["To"])
    if person is not None and person.has_opted_out:
        raise TwilioError(400, 21610)
    record = Record(
        sid=new_sid("MM" if "MediaUrl" in given else "SM"),
        person_id=person.id if person else 0,
        direction="outbound-api",
        sender=one["From"],
        recipient=one["To"],
        body=one.get("Body", ""),
        status="queued",
        created_at=state.clock.now().isoformat(),
        status_callback=one.get("StatusCallback", ""),
        media_urls=given.get("MediaUrl", []),
    )
    fill_content(state, record, one)
    return record


def check_addresses(one: dict[str, str]) -> None:
    if not one.get("To"):
        raise TwilioError(400, 21604)
    if not one.get("From"):
        raise TwilioError(400, 21603)
    if one["From"] != SENDER:
        raise TwilioError(400, 63007)
    if not RECIPIENT.fullmatch(one["To"]):
        raise TwilioError(400, 21211, one["To"])


def check_callback(url: str | None) -> None:
    if url is not None and not re.fullmatch(r"https?://[^\s/]+\S*", url):
        raise TwilioError(400, 21609, url)


def fill_content(state: SandboxState, record: Record, one: dict[str, str]) -> None:
    """Add the content: a template, or text, media and location."""
    if "ContentSid" in one:
        if record.body or record.media_urls:
            raise TwilioError(400, 20001, message="Body and MediaUrl must be omitted with ContentSid")
        rendering.render(state, record, one["ContentSid"], one.get("ContentVariables"))
        return
    if "ContentVariables" in one:
        raise TwilioError(400, 21656)
    if "PersistentAction" in one:
        record.location = place(one["PersistentAction"])
    if not record.body and not record.media_urls:
        raise TwilioError(400, 21619)
    if len(record.body) > LONGEST_BODY:
        raise TwilioError(400, 21617)
    if len(record.media_urls) > MOST_MEDIA or any(
        not url.startswith(("http://", "https://")) for url in record.media_urls
    ):
        raise TwilioError(400, 21620)


def place(action: str) -> dict[str, Any]:
    found = re.fullmatch(r"geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:\|(.*))?", action)
    if found is None:
        raise TwilioError(400, 20001, message=f"PersistentAction {action!r} is not a location")
    return {"latitude": float(found[1]), "longitude": float(found[2]), "label": found[3] or ""}


def find_record(request: web.Request) -> Record:
    """The message in the path; raises TwilioError (20404) if it is unknown or deleted."""
    check_account(request)
    record = state_of(request).whatsapp.records.get(request.match_info["sid"])
    if record is None:
        raise TwilioError(404, 20404, request.path)
    return record


@routes.get(BASE + "/Messages/{sid}.json")
async def fetch(request: web.Request) -> web.Response:
    return web.json_response(find_record(request).as_resource())


@routes.post(BASE + "/Messages/{sid}.json")
async def update(request: web.Request) -> web.Response:
    """Redaction: the only change Twilio allows here is an empty body."""
    record = find_record(request)
    given = await form(request, frozenset({"Body"}))
    if given.get("Body") != [""]:
        raise TwilioError(400, 20001, message="Only an empty Body may be posted (redaction)")
    record.body = ""
    record.updated_at = state_of(request).clock.now().isoformat()
    return web.json_response(record.as_resource())


@routes.delete(BASE + "/Messages/{sid}.json")
async def delete(request: web.Request) -> web.Response:
    record = find_record(request)
    state = state_of(request)
    for file_id in record.media.values():
        state.files.kept.pop(file_id, None)
    del state.whatsapp.records[record.sid]
    return web.Response(status=204)
