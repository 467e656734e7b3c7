"""Security headers for every response, unless a page sets its own."""

from flask import Flask, Response, request

_WEBHOOK_HEADERS = (("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"))
"""Enough for providers: browsers never show these responses."""

_PAGE_HEADERS = (
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
    """Add the headers to every response of the app."""
    headers = (*_PAGE_HEADERS, _HSTS_HEADER) if is_https else _PAGE_HEADERS

    @app.after_request
    def add(response: Response) -> Response:
        if request.method == "POST" and request.path.startswith("/webhooks/"):
            response.headers.extend(_WEBHOOK_HEADERS)
            return response
        for name, value in headers:
            response.headers.setdefault(name, value)
        return response
