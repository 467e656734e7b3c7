"""Marks texts for extraction into the catalogs; they're translated where they're shown."""


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools know
    """The text, unchanged."""
    return text


def N_n(text: str, plural: str) -> tuple[str, str]:  # noqa: N802 - as above, for a sentence with a plural
    """The singular and the plural, unchanged."""
    return text, plural
