"""Closed tickets in a SQL database: kept for good, found again, handed back. SQLite, or PostgreSQL by its URL.

It holds texts that it does not read and decides nothing; every call ends in time, with an answer or ArchiveAway.
"""

from archive.archive import Archive, ArchiveStats

__all__ = ["Archive", "ArchiveStats"]
