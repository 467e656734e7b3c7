"""What must be true of every catalog before it ships; a tool of the checks, not of the desk."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from i18n.typography import typography_faults

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def catalog_faults(locale: str, template: Catalog, catalog: Catalog) -> Iterator[str]:
    """Each fault of `catalog` in a line: missing, fuzzy or left-over entries, placeholders, typography."""
    wanted = _by_key(template)
    entries = _by_key(catalog)
    for key in wanted:
        entry = entries.pop(key, None)
        if entry is None or not all(_forms(entry.string)) or not entry.string:
            yield f"{locale}: not translated: {key[1]!r}"
        elif entry.fuzzy:
            yield f"{locale}: fuzzy: {key[1]!r}"
        else:
            yield from (f"{locale}: {fault}: {key[1]!r}" for fault in entry_faults(locale, entry))
    yield from (f"{locale}: left over: {key[1]!r}" for key in entries)


def template_faults(fresh: Catalog, written: Catalog) -> Iterator[str]:
    """Sentences of the code that the template lacks, and sentences of the template that nobody says."""
    said, known = _by_key(fresh).keys(), _by_key(written).keys()
    yield from (f"template lacks: {text!r}" for _, text, _ in sorted(said - known, key=str))
    yield from (f"template is stale, nobody says: {text!r}" for _, text, _ in sorted(known - said, key=str))


def entry_faults(locale: str, entry: Message) -> Iterator[str]:
    """Differing placeholders, malformed ones, and bad typography, of each form of one entry."""
    keys, forms = _forms(entry.id), _forms(entry.string)
    wanted = set(_PLACEHOLDER.findall(keys[-1]))
    for form in forms:
        names = set(_PLACEHOLDER.findall(form))
        if names != wanted and not _is_singular_of(locale, keys, forms, form):
            yield f"placeholders {sorted(names)} instead of {sorted(wanted)}"
        if wanted and not _is_format(form, names):
            yield f"malformed placeholder in {form!r}"
        yield from (f"{fault} in {form!r}" for fault in typography_faults(locale, form))


def _is_singular_of(locale: str, keys: tuple[str, ...], forms: tuple[str, ...], form: str) -> bool:
    """Spanish may say “un día” for exactly one; French uses its singular for 0 too, and needs the number."""
    is_first = len(keys) == 2 and form is forms[0] and locale == "es"
    return is_first and _PLACEHOLDER.findall(form) == _PLACEHOLDER.findall(keys[0])


def _is_format(form: str, names: set[str]) -> bool:
    try:
        form % dict.fromkeys(names, "")
    except (KeyError, TypeError, ValueError):
        return False
    return True


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text or ""),)


def _by_key(catalog: Catalog) -> dict[tuple[str | None, str, str], Message]:
    """Entries by context, sentence and plural; without the header."""
    return {
        (entry.context, _forms(entry.id)[0], _forms(entry.id)[-1]): entry for entry in catalog if entry.id
    }
