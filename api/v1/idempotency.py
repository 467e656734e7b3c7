"""Reads the `Idempotency-Key` header: the same request with the same key is carried out once."""

from hashlib import blake2b

from flask import request

from api.v1.auth import token_id
from api.v1.problems import ApiError
from desk.api_requests import IdempotencyKey

HEADER = "Idempotency-Key"
MAX_KEY_LENGTH = 128


def idempotency_key() -> IdempotencyKey:
    """Return the request's key and the digest of its content; keys are separate for each token."""
    key = request.headers.get(HEADER)
    if key is None:
        return IdempotencyKey()
    if not 1 <= len(key) <= MAX_KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise ApiError(
            400, "bad-key", f"An Idempotency-Key must have 1 to {MAX_KEY_LENGTH} printable ASCII characters."
        )
    content = f"{request.method} {request.path}\n".encode() + request.get_data()
    return IdempotencyKey(f"api:{token_id()}:{_digest(key.encode())}", _digest(content))


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
