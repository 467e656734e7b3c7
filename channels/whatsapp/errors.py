"""Maps Twilio's errors (twilio.com/docs/api/errors) to DeliveryErrors."""

import aiohttp
from twilio.base.exceptions import TwilioRestException

from bot.messages.errors import DeliveryError, WindowClosed

CODES: dict[int, str] = {
    63016: "window_closed",
    21610: "opted_out",
    21211: "not_found",
    21614: "not_found",
    63003: "not_found",
    63024: "not_found",
    63005: "refused",
    63013: "refused",
    63021: "refused",
    63032: "refused",
    63049: "refused",
    14103: "too_long",
    21617: "too_long",
    11751: "too_big",
    12300: "file_unreachable",
    63019: "file_unreachable",
    63022: "template",
    63027: "template",
    63028: "template",
    63007: "credentials",
    20003: "credentials",
    20404: "credentials",
    63038: "daily_limit",
    30036: "expired",
    63018: "paced",
    63017: "paced",
    20429: "paced",
    21611: "paced",
    30001: "paced",
    21730: "paced",
    63012: "unavailable",
    63010: "unavailable",
    30008: "other",
}
"""Our codes for Twilio's; codes that aren't listed are `other`."""

_RETRYABLE_CODES = frozenset({20429, 63017, 63018, 21611, 30001, 21730, 63012, 63010})
_UNCERTAIN_STATUSES = frozenset({500, 502, 504})
_CONNECT_ERRORS = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


def code_of(error_code: int | None) -> str:
    """Our code for Twilio's in a response or receipt; "" if there is none."""
    return CODES.get(error_code, "other") if error_code else ""


def from_error_response(error: TwilioRestException, *, is_template: bool = False) -> DeliveryError:
    """The DeliveryError for an error response; if a template was sent, “not found” means the template."""
    code, reason = error.code, f"Twilio {error.code}: {_description(error)}"
    if code == 20404 and is_template:
        return DeliveryError("template", reason, permanent=True)
    if code == 63016:
        return WindowClosed(reason)
    if error.status == 429 or code in _RETRYABLE_CODES:
        return DeliveryError(code_of(code) if code in CODES else "paced", reason)
    if error.status in _UNCERTAIN_STATUSES:
        return DeliveryError("unavailable", reason, is_uncertain=True)
    if error.status >= 500:
        return DeliveryError("unavailable", reason)
    return DeliveryError(code_of(code), reason, permanent=True)


def from_no_response(error: Exception) -> DeliveryError:
    """The DeliveryError when Twilio didn't respond; uncertain unless the connection failed."""
    reason = f"Twilio did not answer ({type(error).__name__})"
    return DeliveryError("unavailable", reason, is_uncertain=not isinstance(error, _CONNECT_ERRORS))


def _description(error: TwilioRestException) -> str:
    """Twilio's own description in one line, without the library's prefix."""
    return " ".join(str(error.msg).removeprefix("Unable to create record: ").split())[:300]
