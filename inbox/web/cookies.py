"""The two cookies: who is signed in, and who stands at the door. Knows their names and flags, nothing else."""

import hashlib
import hmac
import secrets

from flask import Response, g, request

from jobs.request_context import wiring

SESSION, SIGN_IN, LANGUAGE = "guichet", "guichet-door", "guichet-language"


def session_cookie() -> str:
    """What the browser holds of its session; "" when it holds nothing."""
    return request.cookies.get(_name(SESSION), "")


def set_session(response: Response, value: str) -> None:
    """Hand out a session; it lasts as long as the browser is open, and the server ends it sooner."""
    _set(response, SESSION, value)


def clear_session(response: Response) -> None:
    """Take the session back."""
    response.delete_cookie(_name(SESSION), path="/", secure=_is_secure(), httponly=True, samesite="Lax")


def set_language(response: Response, locale: str) -> None:
    """Remember the language of somebody who is not signed in."""
    _set(response, LANGUAGE, locale)


def chosen_language() -> str:
    """The language that was chosen at the door."""
    return request.cookies.get(_name(LANGUAGE), "")


def sign_in_csrf_token() -> str:
    """What a form at the door must bring along; the cookie that it fits is sent with this answer."""
    if "door" not in g:
        g.door = request.cookies.get(_name(SIGN_IN)) or secrets.token_urlsafe(32)
    return _signed(g.door)


def is_sign_in_csrf_token(token: str) -> bool:
    """Whether the form was one that we gave to this very browser."""
    door = request.cookies.get(_name(SIGN_IN), "")
    return bool(door) and hmac.compare_digest(_signed(door).encode(), token.encode())


def set_sign_in_cookie(response: Response) -> None:
    """Hand out the door's cookie, when a form was made that needs it."""
    if "door" in g:
        _set(response, SIGN_IN, g.door)


def _set(response: Response, name: str, value: str) -> None:
    response.set_cookie(_name(name), value, path="/", secure=_is_secure(), httponly=True, samesite="Lax")


def _name(name: str) -> str:
    """`__Host-` binds it to this host and to https, where there is https."""
    return f"__Host-{name}" if _is_secure() else name


def _is_secure() -> bool:
    return wiring().settings.public_url.startswith("https:")


def _signed(door: str) -> str:
    key = wiring().settings.secret_key.encode()
    return hmac.new(key, b"door:" + door.encode(), hashlib.sha256).hexdigest()
