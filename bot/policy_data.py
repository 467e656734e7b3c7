"""An author's policy as plain data, whole or broken: reading tables and lists from it without tripping."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bot.policy.toml_lines import KeyPath

Content = Mapping[str, Any]


class Disagreement(NamedTuple):
    """One contradiction, where it stands, and what would be allowed."""

    path: KeyPath
    message: str
    allowed: str = ""


def unknown(used: list[Any], path: KeyPath, noun: str, known: list[str]) -> Iterator[Disagreement]:
    """A disagreement for each key that names nothing."""
    for key in used:
        if key not in known:
            yield Disagreement(
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
