"""The checks that every catalog must pass. For `i18n.catalogs`, not used at runtime."""

import re
from collections.abc import Iterable, Iterator, Mapping

from babel.messages.catalog import Catalog, Message

from i18n.glossary import glossary_faults
from i18n.typography import typography_faults

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
NEVER_ZERO = frozenset({"Got your file."})
"""Sentences whose count is at least 1."""


def catalog_faults(locale: str, template: Catalog, catalog: Catalog) -> Iterator[str]:
    """Yield a line for each missing, fuzzy or unneeded entry, wrong placeholder and typographic mistake."""
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
    yield from (f"{locale}: no longer used: {key[1]!r}" for key in entries)


def template_faults(fresh: Catalog, written: Catalog) -> Iterator[str]:
    """Yield the sentences that are only in the code or only in the template."""
    used, known = _by_key(fresh).keys(), _by_key(written).keys()
    yield from (f"not in the template: {text!r}" for _, text, _ in sorted(used - known, key=str))
    yield from (
        f"only in the template, not in the code: {text!r}" for _, text, _ in sorted(known - used, key=str)
    )


def english_faults(template: Catalog) -> Iterator[str]:
    """Yield what's wrong with the English sentences: words written out that people contract, avoided terms."""
    for key in _by_key(template):
        for text in dict.fromkeys(key[1:]):
            yield from (f"en: {fault}: {text!r}" for fault in _wording_faults("en", text))


def label_faults(labels: Iterable[tuple[str, Mapping[str, str]]]) -> Iterator[str]:
    """Yield the mistakes in the wording of labels, each with its file."""
    for path, label in labels:
        for locale, text in label.items():
            yield from (f"{path}: {fault}: {text!r}" for fault in _wording_faults(locale, text))


def entry_faults(locale: str, entry: Message) -> Iterator[str]:
    """Yield what's wrong with each plural form of one entry: placeholders, typography and terms."""
    keys, forms = _forms(entry.id), _forms(entry.string)
    wanted = set(_PLACEHOLDER.findall(keys[-1]))
    for form in forms:
        names = set(_PLACEHOLDER.findall(form))
        if names != wanted and not _is_singular_of(locale, keys, forms, form):
            yield f"placeholders {sorted(names)} instead of {sorted(wanted)}"
        if wanted and not _is_format(form, names):
            yield f"malformed placeholder in {form!r}"
        yield from (f"{fault} in {form!r}" for fault in _wording_faults(locale, form))


def _wording_faults(locale: str, text: str) -> Iterator[str]:
    yield from typography_faults(locale, text)
    yield from glossary_faults(locale, text)


def _is_singular_of(locale: str, keys: tuple[str, ...], forms: tuple[str, ...], form: str) -> bool:
    """Spanish may say “un día” for exactly one. French also uses the singular for 0, so it needs the number there."""
    may_drop = locale == "es" or keys[0] in NEVER_ZERO
    is_first = len(keys) == 2 and form is forms[0] and may_drop
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
    """Map context, sentence and plural to each entry; leave out the header."""
    return {
        (entry.context, _forms(entry.id)[0], _forms(entry.id)[-1]): entry for entry in catalog if entry.id
    }
