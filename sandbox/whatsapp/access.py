"""Checks who calls the emulated Twilio, and with which parameters."""

import base64
import binascii
import hmac
from typing import Any

from aiohttp import web
from multidict import MultiMapping

from sandbox import credentials
from sandbox.state import LOGGED_REQUEST
from sandbox.whatsapp.errors import TwilioError


def check_account(request: web.Request) -> None:
    """Basic auth of the account, and the same account in the path; raises TwilioError (20003, 20404)."""
    if not is_signed_in(request):
        raise TwilioError(401, 20003)
    account = request.match_info.get("account", credentials.TWILIO_ACCOUNT_SID)
    if account != credentials.TWILIO_ACCOUNT_SID:
        raise TwilioError(404, 20404, request.path)


def is_signed_in(request: web.Request) -> bool:
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    try:
        given = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return False
    wanted = f"{credentials.TWILIO_ACCOUNT_SID}:{credentials.TWILIO_AUTH_TOKEN}"
    return scheme.lower() == "basic" and hmac.compare_digest(given, wanted.encode())


async def form(
    request: web.Request, known: frozenset[str], repeatable: frozenset[str] = frozenset()
) -> dict[str, list[str]]:
    """The form: only known names, each given once unless repeatable; raises TwilioError (20001)."""
    if request.content_type != "application/x-www-form-urlencoded" and request.can_read_body:
        raise TwilioError(415, 20001, message=f"Unsupported content type {request.content_type}")
    return check_parameters(await request.post(), known, repeatable, request)


def query(request: web.Request, known: frozenset[str]) -> dict[str, str]:
    """The query string under the same rules."""
    return {
        name: values[0]
        for name, values in check_parameters(request.query, known, frozenset(), request).items()
    }


def check_parameters(
    given: MultiMapping[Any],
    known: frozenset[str],
    repeatable: frozenset[str],
    request: web.Request,
) -> dict[str, list[str]]:
    values = {name: [str(value) for value in given.getall(name)] for name in given}
    request[LOGGED_REQUEST] = {name: each if name in repeatable else each[0] for name, each in values.items()}
    for name, each in values.items():
        if name not in known:
            raise TwilioError(
                400, 20001, message=f"Parameter {name} is unknown or not emulated by the sandbox"
            )
        if len(each) > 1 and name not in repeatable:
            raise TwilioError(400, 20001, message=f"Parameter {name} is given {len(each)} times")
    return values
