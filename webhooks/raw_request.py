"""Reads a webhook's raw request: its target exactly as sent, and a body of limited size."""

from urllib.parse import quote, urlsplit

from flask import Request, request

MAX_BODY_SIZE = 256 * 1024  # bytes; no provider sends more


def limit_body() -> None:
    """Limit the body of this request, whatever the limit for pages."""
    request.max_content_length = MAX_BODY_SIZE


def raw_target(of: Request) -> str:
    """Return path and query exactly as sent: decoding and encoding them again could break the signature."""
    raw = of.environ.get("RAW_URI") or of.environ.get("REQUEST_URI")
    if isinstance(raw, str) and raw:
        return raw if raw.startswith("/") else _without_host(raw)
    query = of.environ.get("QUERY_STRING", "")
    path = quote(of.environ.get("SCRIPT_NAME", "") + of.environ.get("PATH_INFO", ""))
    return f"{path}?{query}" if query else path


def _without_host(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
