"""The catalogs, read once per process from the .po files; no compiled files are needed."""

import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent / "locale"
DOMAIN = "messages"


def catalog_path(locale: str) -> Path:
    """Return the path of a locale's catalog."""
    return FOLDER / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def translations(locale: str) -> NullTranslations:
    """Return the sentences of `locale`; without a catalog, the keys, which are English."""
    path = catalog_path(locale) if locale.isalpha() else None
    if path is None or not path.is_file():
        return NullTranslations()
    packed = io.BytesIO()
    with path.open("rb") as source:
        write_mo(packed, read_po(source, locale=locale))
    packed.seek(0)
    return Translations(packed, domain=DOMAIN)
