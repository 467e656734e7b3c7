"""Signed URLs: links from which a provider fetches a file, and callbacks for receipts.

Both are signed with the desk's secret key, each with its own salt; neither contains a customer's id.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from urllib.parse import quote

from itsdangerous import BadData, URLSafeTimedSerializer

FILE_LINK_MAX_AGE = 6 * 3600
"""Seconds that a file link works: longer than a provider's queue (4 h), shorter than a working day."""

_FILE_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """The file that a link is for."""

    file_id: str
    media_type: str
    name: str


class SignedLinks:
    """Creates and checks signed URLs under the desk's public URL."""

    def __init__(self, public_url: str, secret_key: str) -> None:
        self._base = public_url.rstrip("/")
        self._key = hashlib.sha256(f"guichet receipts:{secret_key}".encode()).digest()
        self._files = URLSafeTimedSerializer(secret_key, salt="guichet files")

    def file_url(self, file: LinkedFile) -> str:
        """A link from which anybody can fetch this file until it expires."""
        return f"{self._base}/media/{self._files.dumps([file.file_id, file.media_type, file.name])}"

    def read_file_link(self, signed: str, *, max_age: int = FILE_LINK_MAX_AGE) -> LinkedFile | None:
        """The file that a link is for; None if the link isn't ours, was changed or has expired."""
        try:
            file_id, media_type, name = self._files.loads(signed, max_age=max_age)
        except (BadData, ValueError, TypeError):
            return None
        if not (isinstance(file_id, str) and _FILE_ID.fullmatch(file_id)):
            return None
        return LinkedFile(file_id, str(media_type), str(name))

    def receipt_url(self, reference: str) -> str:
        """The URL where WhatsApp reports the delivery of our message `reference`."""
        o, h = quote(reference, safe=""), self._mark(reference)
        return f"{self._base}/webhooks/whatsapp/status?o={o}&h={h}"

    def is_valid_receipt(self, reference: str, mark: str) -> bool:
        """Whether the mark is ours for this reference; compared in constant time."""
        return hmac.compare_digest(self._mark(reference).encode(), mark.encode("utf-8", "replace"))

    def _mark(self, reference: str) -> str:
        digest = hmac.digest(self._key, reference.encode("utf-8", "replace"), "sha256")[:16]
        return urlsafe_b64encode(digest).rstrip(b"=").decode()
