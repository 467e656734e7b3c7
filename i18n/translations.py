"""The catalogs, read once per process straight from their .po files; nothing is compiled on disk."""

import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent / "locale"
DOMAIN = "messages"


def catalog_path(locale: str) -> Path:
    """Where the catalog of `locale` lies."""
    return FOLDER / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def translations(locale: str) -> NullTranslations:
    """The sentences of `locale`; English ones, which are the keys, where we have no such catalog.

    Jinja takes it as it is: `env.install_gettext_translations(translations(locale))`.
    """
    path = catalog_path(locale) if locale.isalpha() else None
    if path is None or not path.is_file():
        return NullTranslations()
    packed = io.BytesIO()
    with path.open("rb") as source:
        write_mo(packed, read_po(source, locale=locale))
    packed.seek(0)
    return Translations(packed, domain=DOMAIN)
