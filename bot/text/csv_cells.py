"""Escapes spreadsheet cells, so that nobody's text runs as a formula."""

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00")
"""Prefixes that make a spreadsheet run a cell (OWASP ASVS 1.2.10)."""


def escape_formula(value: object) -> object:
    """`value` as a cell: text that looks like a formula is marked as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_PREFIXES) else value
