"""Closed tickets in a SQL database (SQLite or PostgreSQL): stored, searched and returned.

It never reads the ticket's content and decides nothing. Every call ends within its timeout, else ArchiveUnavailable.
"""

from archive.archive import Archive, ArchiveStats

__all__ = ["Archive", "ArchiveStats"]
