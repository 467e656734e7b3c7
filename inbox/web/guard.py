"""Access checks: sessions, roles and CSRF tokens."""

import hmac
from urllib.parse import urlsplit

from flask import Blueprint, Request, abort, g, redirect, request, url_for
from redis.exceptions import RedisError
from werkzeug.wrappers import Response

from inbox.web import cookies
from jobs.request_context import wiring
from store.agents.agent import Agent
from store.agents.sessions import SignedIn

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_FAILED = 403


def protect(blueprint: Blueprint, *, is_for_managers: bool = False) -> None:
    """Restrict the routes of `blueprint` to agents (or managers), and require a CSRF token for changes."""

    def check() -> Response | None:
        signed_in = current_session()
        if signed_in is None:
            return _redirect_to_sign_in()
        if request.method not in SAFE_METHODS and not _has_valid_csrf_token(signed_in):
            abort(CSRF_FAILED)
        if is_for_managers and not signed_in.agent.is_manager:
            abort(403)
        return None

    blueprint.before_request(check)


def protect_sign_in(blueprint: Blueprint) -> None:
    """Check the CSRF tokens of forms that anyone may send."""

    def check() -> None:
        if request.method in SAFE_METHODS:
            return
        if not is_same_origin(request) or not cookies.is_sign_in_csrf_token(request.form.get("csrf", "")):
            abort(CSRF_FAILED)

    blueprint.before_request(check)


def current_session() -> SignedIn | None:
    """The session, looked up once per request. Polling doesn't keep it alive."""
    if "signed_in" not in g:
        is_active = "/api/" not in request.path or request.headers.get("X-Active") == "1"
        cookie = cookies.session_cookie()
        try:
            g.signed_in = wiring().agents.sessions.find(cookie, is_active=is_active) if cookie else None
        except RedisError:
            g.is_store_away = True
            raise
    signed_in: SignedIn | None = g.signed_in
    return signed_in


def is_store_away() -> bool:
    """Whether looking up this request's session failed."""
    return bool(g.get("is_store_away"))


def current_agent() -> Agent:
    """The signed-in agent; only on protected routes."""
    signed_in = current_session()
    if signed_in is None:
        abort(401)
    return signed_in.agent


def csrf_token() -> str:
    """The token that our pages send with every change."""
    signed_in = current_session()
    return signed_in.session.csrf if signed_in else cookies.sign_in_csrf_token()


def is_same_origin(asked: Request) -> bool:
    """Whether the request comes from one of our own pages, as far as the client says."""
    origin = asked.headers.get("Origin")
    if origin is None:
        return asked.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    ours = {asked.host, urlsplit(wiring().settings.public_url).netloc}
    return urlsplit(origin).netloc in ours


def local_path(path: str) -> str:
    """`path` if it's one of our pages, and so a safe redirect after sign-in; otherwise ""."""
    is_plain = path.isprintable() and "\\" not in path and "//" not in path
    return path if is_plain and path.startswith(("/inbox/", "/overview/")) else ""


def _has_valid_csrf_token(signed_in: SignedIn) -> bool:
    token = request.headers.get("X-CSRF-Token") or request.form.get("csrf", "")
    is_right = hmac.compare_digest(token.encode(), signed_in.session.csrf.encode())
    return is_right and is_same_origin(request)


def _redirect_to_sign_in() -> Response:
    if "/api/" in request.path or request.method not in SAFE_METHODS:
        abort(401)
    return redirect(url_for("door.sign_in", next=request.full_path.rstrip("?")))
