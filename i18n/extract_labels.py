"""Finds the texts that carry their own translations: labels in policies and in code. A tool of the checks."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from bot.messages.localized import LOCALES
from i18n.typography import typography_faults


def label_faults(root: Path, folders: tuple[str, ...]) -> Iterator[str]:
    """Bad typography or manners in a label's French or Spanish, with the file that holds it."""
    for path in sorted(root.glob("policies/*.toml")):
        yield from _faults(path.name, _in_policy(tomllib.loads(path.read_text(encoding="utf-8"))))
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            yield from _faults(path.name, _in_code(ast.parse(path.read_text(encoding="utf-8"))))


def _faults(name: str, labels: Iterator[dict[str, str]]) -> Iterator[str]:
    for label in labels:
        for locale, text in label.items():
            yield from (f"{name}: {fault}: {text!r}" for fault in typography_faults(locale, text))


def _in_policy(value: object) -> Iterator[dict[str, str]]:
    """Every table of a policy whose keys are our locales."""
    if isinstance(value, dict):
        if value and set(value) <= set(LOCALES):
            yield {locale: str(text) for locale, text in value.items()}
        else:
            for part in value.values():
                yield from _in_policy(part)
    elif isinstance(value, list):
        for part in value:
            yield from _in_policy(part)


def _in_code(tree: ast.AST) -> Iterator[dict[str, str]]:
    """Every `Label(…)` of which the texts are written out."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name("LocalizedText")):
                given = [*zip(LOCALES, node.args, strict=False), *((k.arg, k.value) for k in node.keywords)]
                yield {str(name): str(text.value) for name, text in given if isinstance(text, ast.Constant)}
