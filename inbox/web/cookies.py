"""The two cookies: the session, and the sign-in form's."""

import hashlib
import hmac
import secrets

from flask import Response, g, request

from jobs.request_context import wiring

SESSION, SIGN_IN, LANGUAGE = "guichet", "guichet-door", "guichet-language"


def session_cookie() -> str:
    """The session cookie's value; "" if there's none."""
    return request.cookies.get(_name(SESSION), "")


def set_session(response: Response, value: str) -> None:
    """Set the session cookie, which lasts until the browser closes or the server ends the session."""
    _set(response, SESSION, value)


def clear_session(response: Response) -> None:
    """Delete the session cookie."""
    response.delete_cookie(_name(SESSION), path="/", secure=_is_secure(), httponly=True, samesite="Lax")


def set_language(response: Response, locale: str) -> None:
    """Remember the language of a visitor who isn't signed in."""
    _set(response, LANGUAGE, locale)


def chosen_language() -> str:
    """The language chosen before signing in."""
    return request.cookies.get(_name(LANGUAGE), "")


def sign_in_csrf_token() -> str:
    """The sign-in form's CSRF token; this response sets the matching cookie."""
    if "door" not in g:
        g.door = request.cookies.get(_name(SIGN_IN)) or secrets.token_urlsafe(32)
    return _signed(g.door)


def is_sign_in_csrf_token(token: str) -> bool:
    """Whether the token is the one given to this browser."""
    door = request.cookies.get(_name(SIGN_IN), "")
    return bool(door) and hmac.compare_digest(_signed(door).encode(), token.encode())


def set_sign_in_cookie(response: Response) -> None:
    """Set the sign-in cookie if this response has a form that needs it."""
    if "door" in g:
        _set(response, SIGN_IN, g.door)


def _set(response: Response, name: str, value: str) -> None:
    response.set_cookie(_name(name), value, path="/", secure=_is_secure(), httponly=True, samesite="Lax")


def _name(name: str) -> str:
    """With https, `__Host-` binds the cookie to this host and to https."""
    return f"__Host-{name}" if _is_secure() else name


def _is_secure() -> bool:
    return wiring().settings.public_url.startswith("https:")


def _signed(door: str) -> str:
    key = wiring().settings.secret_key.encode()
    return hmac.new(key, b"door:" + door.encode(), hashlib.sha256).hexdigest()
