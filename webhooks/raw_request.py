"""Reading a webhook's request: the line as it came over the wire, and a body of limited size."""

from urllib.parse import quote, urlsplit

from flask import Request, Response, request

BIGGEST_BODY = 256 * 1024
_MOST_DRAINED = 16 * 1024 * 1024


def limit_body() -> None:
    """Before a webhook: refuse more than any provider ever sends, whatever the pages may take."""
    request.max_content_length = BIGGEST_BODY


def raw_target(of: Request) -> str:
    """Path and query exactly as they were sent; decoding and encoding again would break a signature."""
    raw = of.environ.get("RAW_URI") or of.environ.get("REQUEST_URI")
    if isinstance(raw, str) and raw:
        return raw if raw.startswith("/") else _without_host(raw)
    query = of.environ.get("QUERY_STRING", "")
    path = quote(of.environ.get("SCRIPT_NAME", "") + of.environ.get("PATH_INFO", ""))
    return f"{path}?{query}" if query else path


def drain_body(answer: Response) -> Response:
    """The answer, once the rest of the body is read: else the sender sees only a broken connection."""
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, _MOST_DRAINED)
    while left > 0 and (chunk := stream.read(min(left, 64 * 1024))):
        left -= len(chunk)
    return answer


def _without_host(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
