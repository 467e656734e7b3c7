"""The log of every call between the desk and the sandbox, in both directions."""

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Call:
    """One HTTP exchange. `direction` is `asked` (desk to provider) or `told` (provider to desk)."""

    id: int
    at: str
    direction: Literal["asked", "told"]
    channel: str
    name: str
    url: str
    request: Any
    status: int
    answer: Any
    milliseconds: float
    note: str = ""


class CallLog:
    """The last thousand calls, oldest first."""

    def __init__(self) -> None:
        self._kept: deque[Call] = deque(maxlen=1000)
        self._last_id = 0

    def add(self, **fields: Any) -> Call:
        self._last_id += 1
        fields["request"] = truncated(fields["request"])
        fields["answer"] = truncated(fields["answer"])
        call = Call(id=self._last_id, **fields)
        self._kept.append(call)
        return call

    def clear(self) -> None:
        self._kept.clear()

    def matching(self, after: int = 0, **wanted: str) -> Iterator[dict[str, Any]]:
        """Calls after an id whose fields equal every wanted value."""
        for call in self._kept:
            if call.id > after and all(str(getattr(call, key)) == value for key, value in wanted.items()):
                yield asdict(call)


def truncated(value: Any) -> Any:
    """The same JSON value with long texts cut, so that the log stays readable."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return f"{value[:LONGEST_TEXT]}… ({len(value)} characters)"
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    if isinstance(value, dict):
        return {key: truncated(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [truncated(each) for each in value]
    return value
