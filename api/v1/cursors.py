"""Cursors: opaque texts that mark where the next page begins."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from api.v1.problems import ApiError
from store.inbox.paging import PageCursor

_PLACE = re.compile(r"([a-z]{1,20})\|([0-9]{1,17}(?:\.[0-9]{1,17})?)\|([0-9a-f]{20}-[0-9]{1,9})")
_POSITION = re.compile(r"after\|([0-9]{1,9})")


def encode_ticket_cursor(place: PageCursor, view: str) -> str:
    """Return the cursor after this ticket of a view."""
    return _encode(f"{view}|{place.score!r}|{place.ticket_id}")


def decode_ticket_cursor(cursor: str, view: str) -> PageCursor | None:
    """Return the place in the view; None without a cursor, 422 if it's not a cursor of this view."""
    if not cursor:
        return None
    found = _PLACE.fullmatch(_decode(cursor))
    if not found or found[1] != view:
        raise _unknown()
    return PageCursor(float(found[2]), found[3])


def encode_offset(count: int) -> str:
    """Return the cursor after this many messages."""
    return _encode(f"after|{count}")


def decode_offset(cursor: str) -> int:
    """Return the number of messages before the page; 422 if it's not a cursor of a thread."""
    if not cursor:
        return 0
    found = _POSITION.fullmatch(_decode(cursor))
    if not found:
        raise _unknown()
    return int(found[1])


def _encode(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str) -> str:
    try:
        return urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError as error:
        raise _unknown() from error


def _unknown() -> ApiError:
    return ApiError(422, "not-right", "cursor: not a cursor of this list.")
