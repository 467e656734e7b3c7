"""Addresses that only we can have written: links to a file for a provider to fetch, and for receipts.

Both are signed with the desk's secret key, each with its own salt; neither shows an id of a customer.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from urllib.parse import quote

from itsdangerous import BadData, URLSafeTimedSerializer

FILE_LINK_MAX_AGE = 6 * 3600
"""Seconds that a link to a file works: longer than a provider's queue (4 h), shorter than a working day."""

_FILE_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """What a link to a file says: which, of what type, under which name."""

    file_id: str
    media_type: str
    name: str


class SignedLinks:
    """Writes and reads signed addresses under the desk's public URL."""

    def __init__(self, public_url: str, secret_key: str) -> None:
        self._base = public_url.rstrip("/")
        self._key = hashlib.sha256(f"guichet receipts:{secret_key}".encode()).digest()
        self._files = URLSafeTimedSerializer(secret_key, salt="guichet files")

    def file_url(self, file: LinkedFile) -> str:
        """A link from which anybody may fetch this one file, for a while."""
        return f"{self._base}/media/{self._files.dumps([file.file_id, file.media_type, file.name])}"

    def read_file_link(self, signed: str, *, max_age: int = FILE_LINK_MAX_AGE) -> LinkedFile | None:
        """The file that a link is for; None when the link is not ours, was changed, or is too old."""
        try:
            file_id, media_type, name = self._files.loads(signed, max_age=max_age)
        except (BadData, ValueError, TypeError):
            return None
        if not (isinstance(file_id, str) and _FILE_ID.fullmatch(file_id)):
            return None
        return LinkedFile(file_id, str(media_type), str(name))

    def receipt_url(self, reference: str) -> str:
        """Where WhatsApp reports what became of our message `reference`."""
        o, h = quote(reference, safe=""), self._mark(reference)
        return f"{self._base}/webhooks/whatsapp/status?o={o}&h={h}"

    def is_valid_receipt(self, reference: str, mark: str) -> bool:
        """Whether we wrote this reference and mark; takes the same time whatever is wrong."""
        return hmac.compare_digest(self._mark(reference).encode(), mark.encode("utf-8", "replace"))

    def _mark(self, reference: str) -> str:
        digest = hmac.digest(self._key, reference.encode("utf-8", "replace"), "sha256")[:16]
        return urlsafe_b64encode(digest).rstrip(b"=").decode()
