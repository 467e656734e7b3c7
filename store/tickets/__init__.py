"""The ticket list: rows, indexes, filters, search, attachment status."""
