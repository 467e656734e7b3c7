"""Twilio's list of messages: filtered by address and date, in pages, newest first."""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

from aiohttp import web

from sandbox.state import state_of
from sandbox.whatsapp.access import check_account, query
from sandbox.whatsapp.errors import TwilioError
from sandbox.whatsapp.messages import BASE
from sandbox.whatsapp.state import Record

LIST = frozenset(["To", "From", "DateSent", "DateSent>", "DateSent<", "Page", "PageSize", "PageToken"])

routes = web.RouteTableDef()


@routes.get(BASE + "/Messages.json")
async def listed(request: web.Request) -> web.Response:
    """Newest first, in pages, as the SDK expects."""
    check_account(request)
    wanted = query(request, LIST)
    found = [
        record
        for record in reversed(state_of(request).whatsapp.records.values())
        if matches_filters(record, wanted)
    ]
    page, size = number(wanted, "Page", 0), max(1, min(number(wanted, "PageSize", 50), 1000))
    shown = found[page * size : (page + 1) * size]

    def uri(number: int) -> str:
        rest = {name: value for name, value in wanted.items() if name != "PageToken"}
        return f"{request.path}?{urlencode({**rest, 'Page': number, 'PageSize': size})}"

    return web.json_response(
        {
            "messages": [record.as_resource() for record in shown],
            "page": page,
            "page_size": size,
            "start": page * size,
            "end": page * size + max(len(shown) - 1, 0),
            "uri": uri(page),
            "first_page_uri": uri(0),
            "next_page_uri": uri(page + 1) if len(found) > (page + 1) * size else None,
            "previous_page_uri": uri(page - 1) if page else None,
        }
    )


def number(wanted: dict[str, str], name: str, otherwise: int) -> int:
    text = wanted.get(name, str(otherwise))
    if not re.fullmatch(r"\d{1,6}", text):
        raise TwilioError(400, 20001, message=f"{name} must be a number")
    return int(text)


def matches_filters(record: Record, wanted: dict[str, str]) -> bool:
    """Whether this message matches the filters of a list request."""
    if wanted.get("To", record.recipient) != record.recipient:
        return False
    if wanted.get("From", record.sender) != record.sender:
        return False
    bounds = {
        name: instant(wanted[name]) for name in ("DateSent", "DateSent>", "DateSent<") if name in wanted
    }
    if not bounds:
        return True
    if not record.sent_at:
        return False
    sent = datetime.fromisoformat(record.sent_at)
    return (
        ("DateSent" not in bounds or sent.date() == bounds["DateSent"].date())
        and ("DateSent>" not in bounds or sent >= bounds["DateSent>"])
        and ("DateSent<" not in bounds or sent <= bounds["DateSent<"])
    )


def instant(text: str) -> datetime:
    """The time in a filter; `DateSent>` arrives as the name `DateSent>` and this value."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise TwilioError(400, 20001, message=f"{text!r} is not a date") from wrong
    return found if found.tzinfo else found.replace(tzinfo=UTC)
