"""Marks a sentence for the catalogs where it is listed, to be translated where it is shown."""


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools know
    """The sentence itself."""
    return text


def N_n(text: str, plural: str) -> tuple[str, str]:  # noqa: N802 - as above, for a sentence with a plural
    """The sentence and its plural."""
    return text, plural
