"""Headers that every answer carries, unless a page has set its own."""

from flask import Flask, Response, request

_WEBHOOK_HEADERS = (("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"))
"""What a provider is answered is never shown in a browser."""

_ALWAYS = (
    *_WEBHOOK_HEADERS,
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)
_HSTS_HEADER = ("Strict-Transport-Security", "max-age=31536000")


def add_security_headers(app: Flask, *, is_https: bool) -> None:
    """Add them to every answer of the app."""
    headers = (*_ALWAYS, _HSTS_HEADER) if is_https else _ALWAYS

    @app.after_request
    def add(answer: Response) -> Response:
        if request.method == "POST" and request.path.startswith("/webhooks/"):
            answer.headers.extend(_WEBHOOK_HEADERS)
            return answer
        for name, value in headers:
            answer.headers.setdefault(name, value)
        return answer
