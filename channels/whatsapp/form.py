"""Reads the form that Twilio posts, strictly enough that a signed form can't be rearranged.

Twilio's signature has no separators, so anybody with one signed form can move text from one parameter to the
next and the signature stays valid. That's why ids and addresses must match their patterns exactly and the
message's three ids must agree: text can move between fields, but never to another message, sender or account.
"""

import re
from collections.abc import Mapping
from urllib.parse import unquote_plus

from channels.inbound_events import Refused, Unreadable

MOST_FIELDS = 300
SID = re.compile(r"[SM]M[0-9a-fA-F]{32}")
ADDRESS = re.compile(r"whatsapp:(\+[1-9][0-9]{4,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})")
_SAME_ID = ("SmsMessageSid", "SmsSid")


def read_form(body: bytes) -> list[tuple[str, str]]:
    """The decoded fields in order, with empty ones. Raises Unreadable."""
    try:
        fields = body.decode().split("&", MOST_FIELDS)
    except ValueError as error:
        raise Unreadable("not a form in Twilio’s format") from error
    if len(fields) > MOST_FIELDS:
        raise Unreadable("more fields than Twilio sends")
    halves = (field.partition("=") for field in fields if field)
    return [(_decoded(name), _decoded(value)) for name, _, value in halves]


def _decoded(text: str) -> str:
    """Like `urllib.parse.parse_qsl`, but four times as fast for values that need no decoding."""
    return unquote_plus(text) if "%" in text or "+" in text else text


def find_rejection(form: Mapping[str, str], field_count: int, account_sid: str) -> Refused | None:
    """Why a correctly signed form can't be from our account; None if it can."""
    if field_count != len(form):
        return Refused("a parameter came twice with different values")
    if form.get("AccountSid") != account_sid:
        return Refused("the AccountSid isn’t ours")
    sid = form.get("MessageSid", "")
    if not SID.fullmatch(sid):
        return Refused("the MessageSid isn’t in Twilio’s format")
    if any(form.get(name, sid) != sid for name in _SAME_ID):
        return Refused("the message's ids differ")
    return None


def is_our_number(address: str | None, number: str) -> bool:
    """Whether `address` is our sender."""
    return address is not None and address == f"whatsapp:{number}"
