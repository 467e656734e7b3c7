"""TOML text as data, with the line of every key. Knows nothing about policies."""

import re
import tomllib
from typing import Any

from bot.policy.policy_errors import KeyPath, PolicyError, Problem

_SEE = "a policy as described in docs/policy.md"
_AT_LINE = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", re.DOTALL)
_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_KEY = re.compile(r"""("(?:\\.|[^"\\])*"|'[^']*'|[\w-]+)[ \t]*\.?[ \t]*""")
_SCALAR = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|[^,\]}\n#]+",
    re.DOTALL,
)


def parse_toml(text: str, source: str = "") -> tuple[dict[str, Any], dict[KeyPath, int]]:
    """The data and the line of every key path; PolicyError if the text isn't TOML or is empty."""
    try:
        content = tomllib.loads(text)
        lines = _Walk(text).lines
    except tomllib.TOMLDecodeError as error:
        raise PolicyError((_syntax_problem(str(error), text),), source) from error
    except RecursionError as error:
        raise PolicyError((Problem("", None, "lists are nested too deeply", _SEE),), source) from error
    if not content:
        raise PolicyError((Problem("", None, "the file is empty", _SEE),), source)
    return content, lines


def _syntax_problem(message: str, text: str) -> Problem:
    at = _AT_LINE.fullmatch(message)
    said = at[1] if at else message
    line = int(at[2]) if at and at[2] else text.count("\n") + 1
    return Problem("", line, f"not TOML: {said[:1].lower()}{said[1:]}", "see https://toml.io")


class _Walk:
    """Notes the line where each key path first appears. `tomllib` has accepted the text: nothing is checked."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._text, self._at, self._line = text, 0, 1
        self._latest: dict[KeyPath, int] = {}  # the place of the current table in each [[list]]
        table: KeyPath = ()
        while not self._is_at_end():
            if self._take("["):
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> KeyPath:
        is_in_list = self._take("[")
        path: KeyPath = ()
        for key in self._keys():
            path = self._note((*self._inside(path), key))
        if is_in_list:
            self._latest[path] = self._latest.get(path, -1) + 1
            path = self._note(self._inside(path))
        while self._take("]"):
            pass
        return path

    def _inside(self, path: KeyPath) -> KeyPath:
        return (*path, self._latest[path]) if path in self._latest else path

    def _pair(self, path: KeyPath) -> None:
        for key in self._keys():
            path = self._note((*path, key))
        self._take("=")
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        if self._take("["):
            place = 0
            while not self._take("]"):
                self._value(self._note((*path, place)))
                self._take(",")
                place += 1
        elif self._take("{"):
            while not self._take("}"):
                self._pair(path)
                self._take(",")
        else:
            self._read(_SCALAR)

    def _keys(self) -> list[str]:
        keys = []
        while found := self._read(_KEY):
            keys.append(_unquoted(found[1]))
        return keys

    def _note(self, path: KeyPath) -> KeyPath:
        self.lines.setdefault(path, self._line)
        return path

    def _is_at_end(self) -> bool:
        self._read(_BLANK)
        return self._at == len(self._text)

    def _take(self, sign: str) -> bool:
        self._read(_BLANK)
        is_next = self._text.startswith(sign, self._at)
        self._at += is_next
        return is_next

    def _read(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._text, self._at)
        if found:
            self._at = found.end()
            self._line += found[0].count("\n")
        return found


def _unquoted(key: str) -> str:
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key
