"""Signs webhook events by the Standard Webhooks specification, so that receivers can verify they're ours.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

_PREFIX = "whsec_"


def signature_headers(secret: str, event_id: str, body: bytes, now: datetime) -> Mapping[str, str]:
    """The headers of one attempt: the event's id, the time of the attempt, and the signature of both and the body."""
    at = str(int(now.timestamp()))
    return {
        "webhook-id": event_id,
        "webhook-timestamp": at,
        "webhook-signature": f"v1,{_signature(secret, f'{event_id}.{at}.'.encode() + body)}",
    }


def _signature(secret: str, content: bytes) -> str:
    key = b64decode(secret.removeprefix(_PREFIX))
    return b64encode(hmac.new(key, content, sha256).digest()).decode()
