"""What the pages and the API need of the Flask app that answers a request: its wiring and the agents by id."""

from typing import TYPE_CHECKING

from flask import current_app, g

from store.agents.agent import Agent
from store.agents.api_tokens import is_token_id

if TYPE_CHECKING:
    from jobs.wiring import Wiring

EXTENSION = "guichet"
"""Where the app keeps its wiring (`app.extensions`)."""


def wiring() -> "Wiring":
    """The wiring of the app that answers this request."""
    found: Wiring = current_app.extensions[EXTENSION]
    return found


def agents() -> dict[str, Agent]:
    """Everybody who works or worked here, by id; read once per request."""
    if "agents" not in g:
        g.agents = wiring().agents.all()
    found: dict[str, Agent] = g.agents
    return found


def app_name(token_id: str) -> str:
    """The name of the API token with this id; "" when it isn't a token's id."""
    return wiring().tokens.name_of(token_id) if is_token_id(token_id) else ""
