"""Finds every sentence in the source: the template of the catalogs. A tool of the checks, not of the desk."""

import ast
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCE_FOLDERS = ("bot", "i18n", "channels", "runtime", "desk", "jobs", "webhooks", "api", "inbox", "cli")
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
KEYWORDS = {
    **dict.fromkeys(("_", "N_", "gettext", "say")),
    **dict.fromkeys(("ngettext", "N_n", "say_n"), (1, 2)),
}
VOLATILE_HEADERS = (
    b'"POT-Creation-Date',
    b'"PO-Revision-Date',
    b'"Last-Translator',
    b'"Language-Team',
    b'"Generated-By',
    b'"Project-Id',
    b'"Report-Msgid',
)


def extract(root: Path = ROOT) -> Catalog:
    """The template: every sentence said in `root`, with the files that say it."""
    template = Catalog(project="Guichet", charset="utf-8", fuzzy=False)
    template.header_comment = (
        "# Sentences of Guichet. English is the key. Made by `python -m i18n.catalogs update`."
    )
    for folder in SOURCE_FOLDERS:
        found = extract_from_dir(root / folder, METHODS, {"**.html": {"trimmed": "true"}}, KEYWORDS)
        for path, line, key, comments, context in found:
            template.add(key, None, [(f"{folder}/{path}", line)], auto_comments=comments, context=context)
    return template


def read_catalog(path: Path, locale: str | None = None) -> Catalog:
    """A catalog or template from disk; an empty one when there is none yet."""
    if not path.is_file():
        return Catalog(locale=locale, fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=locale, abort_invalid=True)


def write_catalog(path: Path, catalog: Catalog) -> None:
    """Write without dates, names or line numbers, so that a diff shows sentences and nothing else."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        b"".join(
            line for line in out.getvalue().splitlines(keepends=True) if not line.startswith(VOLATILE_HEADERS)
        )
    )


def unused_phrases(root: Path = ROOT) -> list[str]:
    """Names that `bot/messages/phrases_*.py` declares with `say` or `say_n` and that no code of ours mentions."""
    declared = {
        name: path
        for path in sorted(root.glob("bot/messages/phrases_*.py"))
        for name in _declared(_tree(path))
    }
    mentioned: Counter[str] = Counter()
    for folder in SOURCE_FOLDERS:
        for path in (root / folder).rglob("*.py"):
            mentioned.update(_mentioned(_tree(path)))
    return [f"{path.name}: {name}" for name, path in declared.items() if not mentioned[name]]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _declared(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(name)], value=ast.Call(func=ast.Name("say" | "say_n")))
                | ast.AnnAssign(target=ast.Name(name), value=ast.Call(func=ast.Name("say" | "say_n")))
            ):
                yield name


def _mentioned(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
                yield name
