"""Writes docs/code-map.md: every package and module with the first line of its docstring.

`python -m docs.code_map` writes it; a test fails when the file is out of date or a module lacks that line.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
WRITTEN = Path(__file__).with_name("code-map.md")
PACKAGES = (
    *(
        "cli",
        "api",
        "inbox",
        "webhooks",
        "jobs",
        "desk",
        "runtime",
        "store",
        "archive",
        "channels",
        "i18n",
        "bot",
    ),
    *("sandbox", "drill"),
)
"""Top-level packages, from the commands down to the rules; then those that only test or demonstrate the product."""

_INTRODUCTION = """# Code map

Every package and module in one line each. `python -m docs.code_map` writes this page from the modules' docstrings;
a test checks that it's up to date. The layers are in the [README](../README.md#how-its-built), and what to touch to
add something is in [CONTRIBUTING](../CONTRIBUTING.md).
"""


def code_map() -> str:
    """The text of the page."""
    sections = (_section(folder) for package in PACKAGES for folder in _folders(ROOT / package))
    return "\n".join([_INTRODUCTION, *sections])


def first_line(path: Path) -> str:
    """The first line of a module's docstring; "" when it has none."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0]


def _folders(package: Path) -> Iterator[Path]:
    yield from sorted(init.parent for init in package.rglob("__init__.py"))


def _section(folder: Path) -> str:
    name = folder.relative_to(ROOT).as_posix()
    level = "##" if "/" not in name else "###"
    modules = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
    rows = [f"| [`{path.name}`](../{name}/{path.name}) | {first_line(path)} |" for path in modules]
    table = ["| module | what it holds |", "|---|---|", *rows, ""] if rows else []
    return "\n".join([f"{level} {name}/", "", first_line(folder / "__init__.py"), "", *table])


if __name__ == "__main__":
    WRITTEN.write_text(code_map(), encoding="utf-8")
