"""Reads values from untrusted JSON; a value of the wrong type counts as missing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.text.direction import plain_name
from channels.text_limits import clean_text

Json = dict[str, Any]
_NOTHING: Json = {}
_LARGEST = 2**53
_LONGEST_NAME = 120
_CLOCK_SKEW = timedelta(minutes=5)


def get_object(holder: Json, name: str) -> Json:
    """The object under this name; an empty one if missing."""
    value = holder.get(name)
    return value if isinstance(value, dict) else _NOTHING


def get_objects(holder: Json, name: str) -> list[Json]:
    """The objects in the array under this name."""
    value = holder.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def get_string(holder: Json, name: str) -> str:
    """The string under this name; "" if missing."""
    value = holder.get(name)
    return value if isinstance(value, str) else ""


def get_int(holder: Json, name: str) -> int | None:
    """The integer under this name, if it's small enough for an id or a time."""
    value = holder.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -_LARGEST < value < _LARGEST else None


def get_coordinate(holder: Json, name: str) -> float | None:
    """The coordinate under this name, if it's valid."""
    value = holder.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -180 <= value <= 180 else None


def sent_at(holder: Json, field: str, now: datetime) -> datetime:
    """The time Telegram gives; `now` if it's missing or impossible."""
    seconds = get_int(holder, field) or get_int(holder, "date") or 0
    if not 0 < seconds <= (now + _CLOCK_SKEW).timestamp():
        return now
    return datetime.fromtimestamp(seconds, UTC)


def full_name(who: Json) -> str:
    """The user's first and last name."""
    name = f"{get_string(who, 'first_name')} {get_string(who, 'last_name')}"
    return plain_name(clean_text(name))[:_LONGEST_NAME]
