"""Authenticates API requests by bearer token; reads no cookies."""

import logging

from flask import g, request

from api.v1.problems import ApiError
from jobs.request_context import wiring
from store.agents.api_tokens import ApiToken

log = logging.getLogger(__name__)


def authenticate() -> ApiToken:
    """Return the request's token; 401 if it's missing or wrong, 429 after too many wrong ones."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise ApiError(401)
    token = wiring().tokens.find(text.strip())
    if token is None:
        log.warning("API: refused a wrong token")
        wiring().tokens.throttle_wrong_token(request.remote_addr or "")
        raise ApiError(401)
    g.token = token
    return token


def token_id() -> str:
    """Return the id of the authenticated token."""
    token: ApiToken = g.token
    return token.token_id
