"""Finds sentences, labels and unused phrases in the sources. For `i18n.catalogs`, not used at runtime."""

import ast
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from bot.messages.localized import LOCALES

ROOT = Path(__file__).parent.parent
SOURCE_FOLDERS = ("bot", "i18n", "channels", "runtime", "desk", "jobs", "webhooks", "api", "inbox", "cli")
METHODS = [
    ("**.py", "python"),
    ("**.html", "jinja2"),
    ("**.txt", "jinja2"),
    ("*.toml", "i18n.extract:extract_policy"),
]
SENTENCES = {**DEFAULT_KEYWORDS, "say": None, "say_n": (1, 2), "N_n": (1, 2)}
LABELS = {"LocalizedText": (1, 2, 3)}  # one argument for each of LOCALES
HEADER = "# Sentences of Guichet. English is the key. Made by `python -m i18n.catalogs update`."


def extract(root: Path = ROOT) -> Catalog:
    """Return the template: every sentence in the sources, with the files that use it."""
    template = Catalog(header_comment=HEADER, charset="utf-8", fuzzy=False)
    for path, line, key, comments, context in _extract(root, SOURCE_FOLDERS, SENTENCES):
        template.add(key, None, [(path, line)], auto_comments=comments, context=context)
    return template


def labels(root: Path = ROOT) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each label, which carries its own translations, in policies and code: its file, its text by locale."""
    for path, _, texts, *_ in _extract(root, ("policies", *SOURCE_FOLDERS), LABELS):
        yield path, dict(zip(LOCALES, texts, strict=True))


def extract_policy(
    file: IO[bytes], keywords: Iterable[str], comment_tags: object, options: object
) -> Iterator[tuple[int, str, list[str], list[str]]]:
    """Extract the labels of a policy file; a plug-in for Babel."""
    for label in _policy_labels(tomllib.load(file)):
        yield 0, "LocalizedText", [label[locale] for locale in LOCALES], []


def unused_phrases(root: Path = ROOT) -> list[str]:
    """Return file and name of each phrase in `bot/messages/phrases_*.py` that no code uses."""
    declared, used = list[tuple[str, str]](), set[str]()
    for path in (path for folder in SOURCE_FOLDERS for path in sorted((root / folder).rglob("*.py"))):
        tree = ast.parse(path.read_bytes())
        used.update(_used(tree))
        if path.match("bot/messages/phrases_*.py"):
            declared += [(path.name, name) for name in _phrases(tree)]
    return [f"{file}: {name}" for file, name in declared if name not in used]


def _extract(root: Path, folders: Iterable[str], keywords: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    for folder in folders:
        messages = extract_from_dir(root / folder, METHODS, {"**.html": {"trimmed": "true"}}, keywords)
        yield from ((f"{folder}/{path}", *found) for path, *found in messages)


def _policy_labels(value: object) -> Iterator[dict[str, str]]:
    """Find every table whose keys are the locales."""
    if isinstance(value, dict) and value.keys() == set(LOCALES):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _policy_labels(part)


def _phrases(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(name)], value=ast.Call(func=ast.Name("say" | "say_n"))):
                yield name


def _used(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
                yield name
