"""`python -m i18n.catalogs update|check`: keeps the catalogs in step with the sentences in the code.

`update` rewrites the template and adds new sentences to the French and Spanish catalogs, untranslated;
`check` says everything that is wrong with them and exits 1. Nothing is compiled: .po files are read as
they are.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.messages.localized import LOCALES
from i18n.catalog_checks import catalog_faults, template_faults
from i18n.extract import ROOT, SOURCE_FOLDERS, extract, read_catalog, unused_phrases, write_catalog
from i18n.extract_labels import label_faults
from i18n.translations import catalog_path

TEMPLATE = Path(__file__).parent / "messages.pot"
TRANSLATED = tuple(locale for locale in LOCALES if locale != "en")
USAGE = "usage: python -m i18n.catalogs update|check"


def main(words: Sequence[str]) -> int:
    """0 fine, 1 something is wrong with a catalog, 2 wrong usage."""
    match list(words):
        case ["update"]:
            update()
            return 0
        case ["check"]:
            return _report(list(faults()))
    sys.stderr.write(f"{USAGE}\n")
    return 2


def update() -> None:
    """Bring template and catalogs in step with the code; sentences that nobody says any more are dropped."""
    template = extract(ROOT)
    write_catalog(TEMPLATE, template)
    for locale in TRANSLATED:
        catalog = read_catalog(catalog_path(locale), locale)
        catalog.update(template, no_fuzzy_matching=True)
        write_catalog(catalog_path(locale), catalog)


def faults() -> Iterator[str]:
    """Everything that `check` would say, a line each."""
    template = read_catalog(TEMPLATE)
    yield from template_faults(extract(ROOT), template)
    for locale in TRANSLATED:
        yield from catalog_faults(locale, template, read_catalog(catalog_path(locale), locale))
    yield from label_faults(ROOT, SOURCE_FOLDERS)
    yield from (f"declared but never said: {name}" for name in unused_phrases(ROOT))


def _report(found: list[str]) -> int:
    for fault in found:
        sys.stderr.write(f"{fault}\n")
    if found:
        sys.stderr.write("after a change of sentences: python -m i18n.catalogs update, then translate\n")
        return 1
    sys.stdout.write(
        f"catalogs: {len(read_catalog(TEMPLATE))} sentences, complete in {', '.join(TRANSLATED)}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
