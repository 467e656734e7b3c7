"""Reading values out of JSON that may be anything: what has the wrong type is as good as absent."""

from datetime import UTC, datetime, timedelta
from typing import Any

from channels.text_limits import clean_text

Json = dict[str, Any]
_NOTHING: Json = {}
_LARGEST = 2**53
_LONGEST_NAME = 120
_CLOCK_SKEW = timedelta(minutes=5)


def get_object(holder: Json, name: str) -> Json:
    """The object under this name; an empty one when there is none."""
    value = holder.get(name)
    return value if isinstance(value, dict) else _NOTHING


def get_objects(holder: Json, name: str) -> list[Json]:
    """The objects in the array under this name."""
    value = holder.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def get_string(holder: Json, name: str) -> str:
    """The string under this name; "" when there is none."""
    value = holder.get(name)
    return value if isinstance(value, str) else ""


def get_int(holder: Json, name: str) -> int | None:
    """The whole number under this name, of a size that ids and times can have."""
    value = holder.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -_LARGEST < value < _LARGEST else None


def get_coordinate(holder: Json, name: str) -> float | None:
    """The coordinate under this name."""
    value = holder.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -180 <= value <= 180 else None


def sent_at(holder: Json, field: str, now: datetime) -> datetime:
    """When Telegram says it was; now, where it says nothing or something impossible."""
    seconds = get_int(holder, field) or get_int(holder, "date") or 0
    if not 0 < seconds <= (now + _CLOCK_SKEW).timestamp():
        return now
    return datetime.fromtimestamp(seconds, UTC)


def full_name(who: Json) -> str:
    """What somebody calls themselves."""
    return clean_text(f"{get_string(who, 'first_name')} {get_string(who, 'last_name')}".strip())[
        :_LONGEST_NAME
    ]
