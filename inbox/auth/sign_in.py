"""Signing in, with a password or a one-time link. `store.agents.agents` decides who may."""

import logging

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from bot.messages.localized import LOCALES
from inbox.web import cookies, guard
from jobs.request_context import wiring
from store.agents.agent import Agent
from store.agents.agents import WrongCredentials
from store.agents.login_throttle import TooManyAttempts

log = logging.getLogger(__name__)

auth = Blueprint("door", __name__, template_folder="../templates")
guard.protect_sign_in(auth)


@auth.get("/sign-in")
def sign_in() -> Response:
    """The form; redirects anyone who is already signed in."""
    signed_in = guard.current_session()
    if signed_in and "lang" not in request.args:
        return _redirect_after_sign_in(signed_in.agent)
    return _form()


@auth.post("/sign-in")
def sign_in_by_password() -> Response:
    """Check the password; the response never reveals whether the name exists."""
    try:
        agent = wiring().agents.sign_in(
            request.form.get("login", "")[:200], request.form.get("password", ""), request.remote_addr or ""
        )
    except WrongCredentials:
        log.warning("sign-in refused: name or password not right")
        return _form("wrong", 403)
    except TooManyAttempts:
        log.warning("sign-in refused: too many guesses")
        return _form("too-many", 429)
    return _start_session(agent, "password")


@auth.get("/sign-in/<token>")
def confirm_link(token: str) -> Response:
    """Ask before using the link, because chat apps and mail scanners open links to preview them."""
    agent = wiring().agents.link_owner(token)
    page = render_template("link.html", agent=agent, csrf=cookies.sign_in_csrf_token(), next=_next())
    return make_response(page, 200 if agent else 410)


@auth.post("/sign-in/<token>")
def sign_in_by_link(token: str) -> Response:
    """Use the link, which works only once."""
    agent = wiring().agents.use_link(token)
    if agent is None:
        log.warning("sign-in refused: link used, too old or never issued")
        return make_response(render_template("link.html", agent=None), 410)
    return _start_session(agent, "link")


@auth.after_request
def remember_language(response: Response) -> Response:
    """Keep the language chosen before signing in."""
    wish = request.args.get("lang", "")
    if wish in LOCALES:
        cookies.set_language(response, wish)
    cookies.set_sign_in_cookie(response)
    return response


def _form(problem: str = "", status: int = 200) -> Response:
    page = render_template(
        "sign_in.html",
        problem=problem,
        login=request.form.get("login", "")[:200],
        csrf=cookies.sign_in_csrf_token(),
        next=_next(),
    )
    return make_response(page, status)


def _start_session(agent: Agent, how: str) -> Response:
    sessions = wiring().agents.sessions
    response = _redirect_after_sign_in(agent)
    cookies.set_session(response, sessions.start(agent))
    sessions.end(cookies.session_cookie())
    if agent.locale in LOCALES:
        cookies.set_language(response, agent.locale)  # for error pages while the store is away
    log.info("signed in by %s: %s", how, agent.agent_id)
    return response


def _redirect_after_sign_in(agent: Agent) -> Response:
    usual = "overview.page" if agent.is_manager else "inbox.page"
    return make_response(redirect(_next() or url_for(usual), 303))


def _next() -> str:
    return guard.local_path(request.values.get("next", ""))
