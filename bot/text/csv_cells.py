"""Cells of a table for spreadsheets: what somebody wrote is never taken for a formula."""

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00")
"""How a cell begins that a spreadsheet may run (OWASP ASVS 1.2.10)."""


def escape_formula(value: object) -> object:
    """`value` as a cell: words that a spreadsheet would take for a formula are marked as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_PREFIXES) else value
