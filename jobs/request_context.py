"""What routes need from the current request and its app: the wiring, names of agents and apps, the rest of a body."""

from typing import TYPE_CHECKING

from flask import Response, current_app, g, request

from store.agents.agent import Agent
from store.agents.api_tokens import is_token_id

if TYPE_CHECKING:
    from jobs.wiring import Wiring

_MAX_DRAINED = 16 * 1024 * 1024
EXTENSION = "guichet"
"""The key of the wiring in `app.extensions`."""


def wiring() -> "Wiring":
    """The wiring of the app that handles this request."""
    found: Wiring = current_app.extensions[EXTENSION]
    return found


def agents() -> dict[str, Agent]:
    """All agents by id, disabled ones too; read once per request."""
    if "agents" not in g:
        g.agents = wiring().agents.all()
    found: dict[str, Agent] = g.agents
    return found


def app_name(token_id: str) -> str:
    """The name of the API token with this id; "" when it isn't a token's id."""
    return wiring().tokens.name_of(token_id) if is_token_id(token_id) else ""


def drain_body(response: Response) -> Response:
    """Read the rest of a refused body, then return `response`: otherwise the sender only sees a broken connection."""
    environ = request.environ
    is_chunked = request.content_length is None and environ.get("wsgi.input_terminated")
    left = min(_MAX_DRAINED if is_chunked else request.content_length or 0, _MAX_DRAINED)
    while left > 0 and (chunk := environ["wsgi.input"].read(min(left, 64 * 1024))):
        left -= len(chunk)
    return response
