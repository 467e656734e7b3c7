"""A closed ticket as the archive stores it, and the interface for reading the archive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ArchiveRecord:
    """One archived ticket. `row` and `content` are JSON that only the store reads."""

    ticket_id: str
    contact_id: str  # who opened it: the first half of its id
    number: str
    opened_at: datetime
    ended_at: datetime
    archived_at: datetime
    row: str  # what lists show of it
    content: str = ""  # the whole ticket; "" if only the row was asked for
    words: str = ""  # its search words: folded, separated by single spaces
    about: Mapping[str, str] = field(
        default_factory=dict
    )  # for reports: the columns listed in `archive.tables`


class ArchiveReader(Protocol):
    """Reads the archive. Every method raises ArchiveUnavailable if it doesn't answer in time."""

    def find(self, ticket_id: str) -> ArchiveRecord | None:
        """The whole ticket; None if it isn't archived."""

    def by_number(self, number: str) -> str:
        """The id of the ticket with that number; "" if it isn't archived."""

    def rows(self, ticket_ids: Sequence[str]) -> Mapping[str, ArchiveRecord]:
        """The archived ones among them, by id, without content."""

    def search(self, words: Sequence[str], digits: str, limit: int) -> Sequence[ArchiveRecord]:
        """Without content, latest first: each of `words` begins a word, or `digits` occur in one."""

    def opened(self, since: datetime, until: datetime, after: str, limit: int) -> Sequence[ArchiveRecord]:
        """Whole tickets opened between `since` and `until`, ordered by id, starting after the id `after`."""

    def of_contacts(self, contact_ids: Sequence[str]) -> Sequence[ArchiveRecord]:
        """The whole tickets opened by these contacts."""


class NoArchive:
    """Stands in for an archive where there is none: always empty."""

    def find(self, ticket_id: str) -> ArchiveRecord | None:
        return None

    def by_number(self, number: str) -> str:
        return ""

    def rows(self, ticket_ids: Sequence[str]) -> Mapping[str, ArchiveRecord]:
        return {}

    def search(self, words: Sequence[str], digits: str, limit: int) -> Sequence[ArchiveRecord]:
        return ()

    def opened(self, since: datetime, until: datetime, after: str, limit: int) -> Sequence[ArchiveRecord]:
        return ()

    def of_contacts(self, contact_ids: Sequence[str]) -> Sequence[ArchiveRecord]:
        return ()
