"""An agent's own settings (language, password), and signing out."""

import logging

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from bot.messages.localized import LOCALES
from inbox.web import cookies, guard
from jobs.request_context import wiring
from store.agents.agent import Agent
from store.agents.login_throttle import TooManyAttempts
from store.agents.passwords import MAX_LENGTH, MIN_LENGTH, is_too_weak

log = logging.getLogger(__name__)

account = Blueprint("account", __name__)
guard.protect(account)


@account.post("/sign-out")
def sign_out() -> Response:
    """End this session."""
    wiring().agents.sessions.end(cookies.session_cookie())
    response = make_response(redirect(url_for("door.sign_in"), 303))
    cookies.clear_session(response)
    response.headers["Clear-Site-Data"] = '"storage"'  # drafts stored in the browser
    return response


@account.post("/inbox/language")
def set_language() -> Response:
    """Set the language of this agent's pages."""
    wish = request.form.get("locale", "")
    response = make_response(redirect(guard.local_path(request.form.get("next", "")) or "/inbox/", 303))
    if wish in LOCALES:
        wiring().agents.set_locale(guard.current_agent().agent_id, wish)
        cookies.set_language(response, wish)
    return response


@account.get("/inbox/password")
def password() -> str:
    """The form to set or change the password."""
    return _form()


@account.post("/inbox/password")
def set_password() -> Response:
    """Set the password, end all other sessions of this agent, and give this one a new id."""
    agent, new = guard.current_agent(), request.form.get("new", "")
    problem = _problem(agent, new)
    if problem:
        return make_response(_form(problem), 429 if problem == "too-many" else 422)
    agents = wiring().agents
    changed = agents.set_password(agent.agent_id, new)
    response = make_response(redirect(url_for("inbox.page"), 303))
    cookies.set_session(response, agents.sessions.start(changed))
    log.info("password changed: %s", agent.agent_id)
    return response


def _problem(agent: Agent, new: str) -> str:
    if agent.password_hash:
        try:
            present = request.form.get("present", "")
            if not wiring().agents.check_password(agent, present, request.remote_addr or ""):
                return "wrong"
        except TooManyAttempts:
            return "too-many"
    if len(new) < MIN_LENGTH:
        return "short"
    if len(new) > MAX_LENGTH:
        return "long"
    return "easy" if is_too_weak(new, known=(agent.login, *agent.name.split())) else ""


def _form(problem: str = "") -> str:
    return render_template(
        "password.html", agent=guard.current_agent(), problem=problem, shortest=MIN_LENGTH, longest=MAX_LENGTH
    )
