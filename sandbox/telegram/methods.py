"""The table of emulated Bot API methods, in which each module registers its own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.files import File
from sandbox.state import SandboxState
from sandbox.telegram.errors import bad_request
from sandbox.telegram.values import Reader


@dataclass(frozen=True)
class MethodCall:
    """A checked call: parameters by name, uploaded files by the name they were attached under."""

    state: SandboxState
    given: dict[str, Any]
    uploads: dict[str, File]

    def __getitem__(self, name: str) -> Any:
        return self.given[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.given.get(name, default)


Act = Callable[[MethodCall], Awaitable[Any]]


@dataclass(frozen=True)
class Method:
    """How to read a method's parameters and what it does."""

    name: str
    act: Act
    required: dict[str, Reader]
    optional: dict[str, Reader]

    def read(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Read every parameter; raises TelegramError for an unknown, missing or malformed one."""
        known = {**self.required, **self.optional}
        for name in raw:
            if name not in known:
                raise bad_request(f'parameter "{name}" is unknown or not emulated by the sandbox')
        for name in self.required:
            if name not in raw:
                raise bad_request(MISSING.get(name, f'parameter "{name}" is required'))
        return {name: known[name](name, value) for name, value in raw.items()}


MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
}
METHODS: dict[str, Method] = {}


def method(
    name: str, required: dict[str, Reader] | None = None, optional: dict[str, Reader] | None = None
) -> Callable[[Act], Act]:
    """Register a method; names are case-insensitive, as on the real server."""

    def enter(act: Act) -> Act:
        METHODS[name.lower()] = Method(name, act, required or {}, optional or {})
        return act

    return enter
