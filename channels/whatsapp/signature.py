"""Whether a post is Twilio's: HMAC-SHA1 over the public URL and the form, by our account's token.

The URL is built from the configured public address and the raw request line, never from a Host or forwarding
header (twilio.com/docs/usage/webhooks/webhooks-security). Twilio's own validator raises on a missing header
and on JSON without its hash; this one says no. Tests compare the two.
"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlsplit

Pairs = Sequence[tuple[str, str]]
_DEFAULT_PORTS = {"https": 443, "http": 80}


class SignatureVerifier:
    """Checks signatures under one public address; several tokens while one is being replaced."""

    def __init__(self, public_url: str, tokens: Iterable[str]) -> None:
        self._bases = tuple(base.encode() for base in _spellings(public_url.rstrip("/")))
        self._keys = tuple(token.encode() for token in tokens if token)
        if not self._keys:
            raise ValueError("a signature cannot be checked without TWILIO_AUTH_TOKEN")

    def is_valid(self, target: str, pairs: Pairs, signature: str) -> bool:
        """Whether `signature` is Twilio's for this form; `target` is the raw path with the raw query."""
        given = signature.encode("utf-8", "replace")
        signed = target.encode("utf-8", "replace") + _flat(pairs).encode("utf-8", "replace")
        return any(
            hmac.compare_digest(b64encode(hmac.digest(key, base + signed, "sha1")), given)
            for key in self._keys
            for base in self._bases
        )

    def is_valid_body(self, target: str, body: bytes, signature: str) -> bool:
        """Whether a post that is no form is Twilio's: the query holds the body's hash, and is signed."""
        query = dict(parse_qsl(target.partition("?")[2]))
        given = query.get("bodySHA256", "").lower().encode("utf-8", "replace")
        is_whole = hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), given)
        return is_whole and self.is_valid(target, (), signature)


def _flat(pairs: Pairs) -> str:
    """Every name with its value, sorted, repeated pairs once."""
    return "".join(name + value for name, value in sorted(set(pairs)))


def _spellings(public_url: str) -> list[str]:
    """The address as configured; then with, or without, the port that its scheme implies.

    Twilio signs now the one, now the other.
    """
    parts = urlsplit(public_url)
    host = parts.netloc.rpartition("@")[2]
    bare = host.rpartition(":")[0] if parts.port else host
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 80)
    hosts = dict.fromkeys((host, bare, f"{bare}:{port}"))
    return [f"{parts.scheme}://{name}{parts.path}" for name in hosts]
