"""Verifies Twilio's signature: HMAC-SHA1 of the public URL and the form, with our account's auth token.

The URL is built from the configured public URL and the raw request target, never from a Host or forwarding
header (twilio.com/docs/usage/webhooks/webhooks-security). Twilio's own validator raises if the header is missing
or JSON has no hash; this one returns False. Tests compare the two.
"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlsplit

Pairs = Sequence[tuple[str, str]]
_DEFAULT_PORTS = {"https": 443, "http": 80}


class SignatureVerifier:
    """Verifies signatures for one public URL, with several tokens during a rotation."""

    def __init__(self, public_url: str, tokens: Iterable[str]) -> None:
        self._bases = tuple(base.encode() for base in _spellings(public_url.rstrip("/")))
        self._keys = tuple(token.encode() for token in tokens if token)
        if not self._keys:
            raise ValueError("signatures can’t be verified without TWILIO_AUTH_TOKEN")

    def is_valid(self, target: str, pairs: Pairs, signature: str) -> bool:
        """Whether `signature` is valid for this form; `target` is the raw path with the raw query."""
        given = signature.encode("utf-8", "replace")
        signed = target.encode("utf-8", "replace") + _flat(pairs).encode("utf-8", "replace")
        return any(
            hmac.compare_digest(b64encode(hmac.digest(key, base + signed, "sha1")), given)
            for key in self._keys
            for base in self._bases
        )

    def is_valid_body(self, target: str, body: bytes, signature: str) -> bool:
        """Whether a request that isn't a form is Twilio's: its signed query contains the body's hash."""
        query = dict(parse_qsl(target.partition("?")[2]))
        given = query.get("bodySHA256", "").lower().encode("utf-8", "replace")
        is_whole = hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), given)
        return is_whole and self.is_valid(target, (), signature)


def _flat(pairs: Pairs) -> str:
    """All names and values, sorted, without repeated pairs."""
    return "".join(name + value for name, value in sorted(set(pairs)))


def _spellings(public_url: str) -> list[str]:
    """The URL as configured, and with and without the scheme's default port.

    Twilio signs either.
    """
    parts = urlsplit(public_url)
    host = parts.netloc.rpartition("@")[2]
    bare = host.rpartition(":")[0] if parts.port else host
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 80)
    hosts = dict.fromkeys((host, bare, f"{bare}:{port}"))
    return [f"{parts.scheme}://{name}{parts.path}" for name in hosts]
