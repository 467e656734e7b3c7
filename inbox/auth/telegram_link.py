"""The page where agents link their Telegram account with a one-time code, or unlink it."""

import logging

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from inbox.web import guard
from jobs.request_context import wiring
from store.agents.telegram_link_codes import LASTS_FOR

log = logging.getLogger(__name__)

telegram = Blueprint("telegram_link", __name__)
guard.protect(telegram)


@telegram.get("/inbox/telegram")
def page() -> str:
    """Whether the account is linked, and how to link it."""
    return _page()


@telegram.post("/inbox/telegram")
def issue_or_unlink() -> Response:
    """Show a new code once, or unlink the account."""
    agent = guard.current_agent()
    if wiring().group is None:
        abort(404)
    if request.form.get("forget"):
        wiring().codes.unlink(agent.agent_id)
        log.info("agent unlinked from Telegram: %s", agent.agent_id)
        return make_response(redirect(url_for("telegram_link.page"), 303))
    return make_response(_page(wiring().codes.issue(agent.agent_id)))


def _page(code: str = "") -> str:
    if wiring().group is None:
        abort(404)
    return render_template(
        "telegram.html", agent=guard.current_agent(), code=code, minutes=int(LASTS_FOR.total_seconds() // 60)
    )
