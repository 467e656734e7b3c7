"""The glossary: one term for each thing in each language, and the variants to avoid. For `i18n.catalogs`.

`glossary.tsv` has a line for each thing: its term in each language, then the avoided variants, separated by “|”.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.messages.localized import LOCALES

GLOSSARY = Path(__file__).parent / "glossary.tsv"
COLUMNS = ("thing", *LOCALES, *(f"avoid_{locale}" for locale in LOCALES))


def glossary_faults(locale: str, text: str) -> Iterator[str]:
    """Yield a line for each avoided variant in `text`, with the term to use."""
    for variant, term in _avoided(locale).items():
        if re.search(rf"(?<![\w-]){re.escape(variant)}(?![\w-])", text, re.IGNORECASE):
            yield f"“{variant}” instead of “{term}” (i18n/glossary.tsv)"


@cache
def _avoided(locale: str) -> Mapping[str, str]:
    """Each avoided variant in that language, and the term to use."""
    with GLOSSARY.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source, delimiter="\t"))
    return {
        variant: row[locale]
        for row in rows
        for variant in (row[f"avoid_{locale}"] or "").split("|")
        if variant
    }
