"""`python -m i18n.catalogs update|check`: keeps the catalogs in step with the sentences in the code.

`update` rewrites the template and adds new sentences to the French and Spanish catalogs, untranslated. `check` prints
everything that's wrong with them and exits with 1. The desk reads the .po files directly; nothing is compiled.
"""

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.messages.localized import LOCALES
from i18n.catalog_checks import catalog_faults, english_faults, label_faults, template_faults
from i18n.extract import extract, labels, unused_phrases
from i18n.translations import catalog_path

TEMPLATE = Path(__file__).parent / "messages.pot"
TRANSLATED = tuple(locale for locale in LOCALES if locale != "en")
USAGE = "usage: python -m i18n.catalogs update|check"
_VOLATILE_HEADER = re.compile(
    rb'^"(POT-Cr|PO-Rev|Last-Tr|Language-T|Generated|Project|Report).*\n', re.MULTILINE
)


def main(words: Sequence[str]) -> int:
    """Return 0 if all is fine, 1 if something is wrong with a catalog, 2 for wrong usage."""
    match list(words):
        case ["update"]:
            update()
            return 0
        case ["check"]:
            return _report(list(faults()))
    sys.stderr.write(f"{USAGE}\n")
    return 2


def update() -> None:
    """Update the template and the catalogs from the code, and drop unused sentences."""
    template = extract()
    write_catalog(TEMPLATE, template)
    for locale in TRANSLATED:
        catalog = read_catalog(catalog_path(locale), locale)
        catalog.update(template, no_fuzzy_matching=True)
        write_catalog(catalog_path(locale), catalog)


def faults() -> Iterator[str]:
    """Yield everything that `check` reports, one line each."""
    template = read_catalog(TEMPLATE)
    yield from template_faults(extract(), template)
    yield from translation_faults(template)
    yield from english_faults(template)
    yield from label_faults(labels())
    yield from (f"declared but never used: {name}" for name in unused_phrases())


def translation_faults(template: Catalog) -> Iterator[str]:
    """Yield what's missing or wrong in the translations, without a look at the code."""
    for locale in TRANSLATED:
        yield from catalog_faults(locale, template, read_catalog(catalog_path(locale), locale))


def read_catalog(path: Path, locale: str | None = None) -> Catalog:
    """Read a catalog or template; return an empty one if there's no such file yet."""
    if not path.is_file():
        return Catalog(locale=locale, fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=locale, abort_invalid=True)


def write_catalog(path: Path, catalog: Catalog) -> None:
    """Write without dates, names and line numbers, so that a diff shows only sentences."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_VOLATILE_HEADER.sub(b"", out.getvalue()))


def _report(found: list[str]) -> int:
    for fault in found:
        sys.stderr.write(f"{fault}\n")
    if found:
        sys.stderr.write("after changing sentences: python -m i18n.catalogs update, then translate\n")
        return 1
    sys.stdout.write(
        f"catalogs: {len(read_catalog(TEMPLATE))} sentences, complete in {', '.join(TRANSLATED)}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
