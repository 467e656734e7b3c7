"""Errors in Twilio's format: {code, message, more_info, status}, and the messages of the codes."""

from aiohttp import web

MESSAGES = {
    11200: "HTTP retrieval failure",
    11751: "Media exceeds messaging provider size limit",
    20001: "Unknown parameters",
    20003: "Authentication Error - invalid username",
    20404: "The requested resource {} was not found",
    21211: "Invalid 'To' Phone Number: {}",
    21602: "Message body is required.",
    21604: "A 'To' phone number is required.",
    21603: "A 'From' phone number is required.",
    21609: "The 'StatusCallback' URL {} is not a valid URL.",
    21610: "Attempt to send to unsubscribed recipient",
    21617: "The concatenated message body exceeds the 1600 character limit",
    21619: "A text message body or media urls must be specified.",
    21620: "Invalid media URL(s)",
    21656: "The ContentVariables parameter is invalid.",
    63003: "Channel could not find To address",
    63005: "Channel did not accept given content. "
    "Please see Channel specific error message for more information",
    63007: "Twilio could not find a Channel with the specified From address",
    63012: "Channel provider returned an internal service error",
    63016: "Failed to send freeform message because you are outside the allowed window. "
    "If you are using WhatsApp, please use a Message Template.",
    63018: "Rate limit exceeded for Channel",
    63019: "Media failed to download",
    63024: "Invalid message recipient",
    63028: "Number of parameters provided does not match the expected number of parameters",
}


class TwilioError(Exception):
    """A request that Twilio refuses at once."""

    def __init__(self, status: int, code: int, detail: str = "", message: str = "") -> None:
        self.status, self.code = status, code
        self.message = message or MESSAGES[code].format(detail)
        super().__init__(self.message)


def twilio_error(status: int, code: int, message: str, retry_after: int | None = None) -> web.Response:
    """The HTTP response of an error."""
    body = {
        "code": code,
        "message": message,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return web.json_response(body, status=status, headers=headers)
