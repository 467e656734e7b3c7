"""The `Idempotency-Key` of a change: the same key with the same request does it once and answers alike."""

from hashlib import blake2b

from flask import request

from api.v1.auth import token_id
from api.v1.problems import ApiError
from desk.api_requests import IdempotencyKey

HEADER = "Idempotency-Key"
MAX_KEY_LENGTH = 128


def idempotency_key() -> IdempotencyKey:
    """The name of the change that is asked for; each token has names of its own."""
    key = request.headers.get(HEADER)
    if key is None:
        return IdempotencyKey()
    if not 1 <= len(key) <= MAX_KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise ApiError(
            400, "bad-key", f"An Idempotency-Key has 1 to {MAX_KEY_LENGTH} visible ASCII characters."
        )
    content = f"{request.method} {request.path}\n".encode() + request.get_data()
    return IdempotencyKey(f"api:{token_id()}:{_digest(key.encode())}", _digest(content))


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
