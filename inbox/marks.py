"""Marks a sentence for the catalogs where it is listed, to be translated where it is shown."""


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools know
    """The sentence itself."""
    return text
