"""Who may use the API: a bearer token with every request, and nothing else. Reads no cookie."""

import logging

from flask import g, request

from api.v1.problems import ApiError
from jobs.request_context import wiring
from store.agents.api_tokens import ApiToken

log = logging.getLogger(__name__)


def authenticate() -> ApiToken:
    """The token of this request; 401 when there is none that works, 429 after too many wrong ones."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise ApiError(401)
    token = wiring().tokens.find(text.strip())
    if token is None:
        log.warning("API: refused a token that is nobody's")
        wiring().tokens.throttle_wrong_token(request.remote_addr or "")
        raise ApiError(401)
    g.token = token
    return token


def token_id() -> str:
    """Who asks, once they were let in."""
    token: ApiToken = g.token
    return token.token_id
