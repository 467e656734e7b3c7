"""A TOML text as data, with the line on which each key stands. It knows nothing of policies.

`tomllib` reads the data and refuses what is not TOML; the walk beside it only remembers lines, so it may
trust that the text is well formed.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bot.policy.policy_errors import PolicyError, Problem

KeyPath = tuple[str | int, ...]
LineNumbers = Mapping[KeyPath, int]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'  # the four kinds of strings
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|\[\[|\]\]|[\[\]{},=.\n]"
    r"|[^\s\[\]{},=.\#\"']+"
    r"|[^\S\n]+",
    re.DOTALL,
)
_SEE = "a policy as in docs/policy.md"
_AT_LINE = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", re.DOTALL)


def parse_toml(text: str, source: str = "") -> tuple[dict[str, Any], LineNumbers]:
    """The data of that text and the line of every key path in it; PolicyError when it is not TOML."""
    try:
        content = tomllib.loads(text)
        lines = _Walk(text).lines
    except tomllib.TOMLDecodeError as error:
        raise PolicyError((_syntax_problem(str(error), text),), source) from error
    except RecursionError as error:
        raise PolicyError((Problem("", None, "lists within lists without end", _SEE),), source) from error
    if not content:
        raise PolicyError((Problem("", None, "the file is empty", _SEE),), source)
    return content, lines


def _syntax_problem(message: str, text: str) -> Problem:
    at = _AT_LINE.fullmatch(message)
    last = text.count("\n") + 1
    said = at[1] if at else message
    line = int(at[2]) if at and at[2] else last
    return Problem("", line, f"not TOML: {said[:1].lower()}{said[1:]}", "see https://toml.io")


class _Walk:
    """Goes once through well-formed TOML and notes where each key path begins."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._counts: dict[KeyPath, int] = {}
        self._tokens = list(_tokens(text))
        self._at = 0
        table: KeyPath = ()
        while self._at < len(self._tokens):
            piece = self._tokens[self._at][0]
            if piece == "\n":
                self._at += 1
            elif piece in ("[", "[["):
                table = self._header(piece)
            else:
                self._pair(table)

    def _header(self, bracket: str) -> KeyPath:
        line = self._tokens[self._at][1]
        self._at += 1
        path = self._inside_arrays(self._key(stop="]" * len(bracket)))
        if bracket == "[[":
            self._counts[path] = self._counts.get(path, -1) + 1
            self._note(path, line)
            path = (*path, self._counts[path])
        self._note(path, line)
        return path

    def _inside_arrays(self, key: KeyPath) -> KeyPath:
        path: KeyPath = ()
        for place, part in enumerate(key):
            path = (*path, part)
            if path in self._counts and place < len(key) - 1:
                path = (*path, self._counts[path])
        return path

    def _pair(self, table: KeyPath) -> None:
        line = self._tokens[self._at][1]
        path = (*table, *self._key(stop="="))
        for length in range(len(table) + 1, len(path) + 1):
            self._note(path[:length], line)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._note(path, self._tokens[self._at][1])
        opening = self._tokens[self._at][0]
        if opening in ("[", "[["):
            self._array(path)
        elif opening == "{":
            self._at += 1
            while self._skip(("\n", ",")) != "}":
                self._pair(path)
            self._at += 1
        else:
            while self._peek() not in (",", "]", "]]", "}", "\n", ""):
                self._at += 1

    def _array(self, path: KeyPath) -> None:
        self._split()
        self._at += 1
        index = 0
        while self._skip(("\n", ",")) not in ("]", "]]"):
            self._value((*path, index))
            index += 1
        self._split()
        self._at += 1

    def _split(self) -> None:
        """Inside values “[[” and “]]” are two brackets; make the next token the first of them."""
        token, line = self._tokens[self._at]
        if len(token) == 2:
            self._tokens[self._at : self._at + 1] = [(token[0], line), (token[1], line)]

    def _key(self, stop: str) -> KeyPath:
        parts: list[str] = []
        while (piece := self._tokens[self._at][0]) != stop:
            if piece != ".":
                parts.append(_unquoted(piece))
            self._at += 1
        self._at += 1
        return tuple(parts)

    def _skip(self, passed: tuple[str, ...]) -> str:
        while self._peek() in passed:
            self._at += 1
        return self._peek()

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _note(self, path: KeyPath, line: int) -> None:
        self.lines.setdefault(path, line)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece == "\n" or not (piece.isspace() or piece.startswith("#")):
            yield piece, line
        line += piece.count("\n")


def _unquoted(key: str) -> str:
    if key.startswith(('"', "'")):
        return str(next(iter(tomllib.loads(f"{key} = 0"))))
    return key


Content = Mapping[str, Any]


class CrossCheckProblem(NamedTuple):
    """One contradiction, where it stands, and what would be allowed."""

    path: KeyPath
    message: str
    allowed: str = ""


def unknown_keys(used: list[Any], path: KeyPath, noun: str, known: list[str]) -> Iterator[CrossCheckProblem]:
    """A disagreement for each key that names nothing."""
    for key in used:
        if key not in known:
            yield CrossCheckProblem(
                path, f"there is no {noun} {key!r}", ", ".join(known) or f"give a {noun} first"
            )


def tables_of(content: Content, name: str) -> list[tuple[int, Content]]:
    """The tables of that list, each with its place; anything else in it is left out."""
    return [
        (place, table) for place, table in enumerate(list_of(content, name)) if isinstance(table, Mapping)
    ]


def list_of(content: Content, name: str) -> list[Any]:
    """That list; an empty one where there is none."""
    value = content.get(name)
    return value if isinstance(value, list) else []


def table_of(content: Content, name: str) -> Content:
    """That table; an empty one where there is none."""
    value = content.get(name)
    return value if isinstance(value, Mapping) else {}


def keys_of(content: Content, name: str) -> list[str]:
    """The keys that the tables of that list have, each once."""
    return list(dict.fromkeys(str(table.get("key")) for _, table in tables_of(content, name)))
