"""JSON request bodies of our scripts, validated: short strings, lists of them, flags and files."""

from collections.abc import Sequence
from typing import Any

from flask import abort, request

from bot.messages.outgoing import Attachment
from jobs.request_context import wiring

LONGEST_TEXT = 20_000  # characters
MAX_BODY_SIZE = 256 * 1024  # bytes
_KINDS = frozenset({"image", "audio", "video", "document"})


class JsonBody:
    """The JSON object of this request; 400 if it isn't an object, or a value isn't valid."""

    def __init__(self) -> None:
        request.max_content_length = MAX_BODY_SIZE
        data = request.get_json(silent=True)
        if not isinstance(data, dict):
            abort(400)
        self._data: dict[str, Any] = data

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        """A string; "" if absent."""
        value = self._data.get(name, "")
        if not isinstance(value, str) or len(value) > longest:
            abort(400)
        return value.replace("\x00", "")

    def texts(self, name: str, longest: int = 64, most: int = 20) -> Sequence[str]:
        """A list of short strings."""
        values = self._data.get(name, [])
        if not isinstance(values, list) or len(values) > most:
            abort(400)
        if not all(isinstance(value, str) and len(value) <= longest for value in values):
            abort(400)
        return values

    def number(self, name: str) -> int:
        """A whole number; 400 if it isn't one."""
        value = self._data.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            abort(400)
        return value

    def objects(self, name: str, most: int) -> Sequence[dict[str, Any]]:
        """A list of objects that only our scripts read; empty if absent."""
        values = self._data.get(name, [])
        if not isinstance(values, list) or len(values) > most:
            abort(400)
        if not all(isinstance(value, dict) for value in values):
            abort(400)
        return values

    def has(self, name: str) -> bool:
        """Whether it's given at all."""
        return name in self._data

    def is_set(self, name: str) -> bool:
        """A flag; False if absent."""
        return self._data.get(name) is True

    def files(self) -> tuple[Attachment, ...]:
        """Files uploaded before; 400 for one that doesn't exist."""
        given = self._data.get("files", [])
        if not isinstance(given, list) or len(given) > 10:
            abort(400)
        return tuple(_file(item) for item in given)


def _file(item: Any) -> Attachment:
    if not isinstance(item, dict) or item.get("kind") not in _KINDS or not isinstance(item.get("id"), str):
        abort(400)
    path = wiring().files.path(item["id"])
    if not path.is_file():
        abort(400)
    name, media_type = str(item.get("name", ""))[:200], str(item.get("media_type", ""))[:100]
    return Attachment(item["kind"], media_type, name, path.stat().st_size, file_id=item["id"])
