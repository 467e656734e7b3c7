"""Headers that every answer carries, unless a page has set its own."""

from flask import Flask, Response

_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ("Cache-Control", "no-store"),
)
_OVER_TLS = ("Strict-Transport-Security", "max-age=31536000")


def secure_headers(app: Flask, *, is_https: bool) -> None:
    """Add them to every answer of the app."""
    headers = (*_ALWAYS, _OVER_TLS) if is_https else _ALWAYS

    @app.after_request
    def add(answer: Response) -> Response:
        present = {name.lower() for name, _ in answer.headers}
        for name, value in headers:
            if name.lower() not in present:
                answer.headers.add(name, value)
        return answer
