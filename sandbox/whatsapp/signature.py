"""Twilio's request signature, computed without Twilio's own library."""

import base64
import hashlib
import hmac

from sandbox import credentials


def signature(url: str, parameters: dict[str, str]) -> str:
    """base64(HMAC-SHA1(token, URL + every name and value, names sorted)), as Twilio documents it."""
    text = url + "".join(name + parameters[name] for name in sorted(parameters))
    digest = hmac.new(credentials.TWILIO_AUTH_TOKEN.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def signed(url: str, parameters: dict[str, str], **more: str) -> dict[str, str]:
    """The headers of a signed webhook."""
    return {
        "X-Twilio-Signature": signature(url, parameters),
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
        **more,
    }
