"""A closed ticket as the archive keeps it, and what others may ask of the archive. Holds texts, no rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ArchiveRecord:
    """One ticket out of the live store. `row` and `content` are JSON that only the store reads."""

    ticket_id: str
    contact_id: str  # by whom it was opened: the first half of its id
    number: str
    opened_at: datetime
    ended_at: datetime
    archived_at: datetime
    row: str  # what lists show of it
    content: str = ""  # all of it; "" where only the row was asked for
    words: str = ""  # by which it is found: folded, parted by single spaces
    about: Mapping[str, str] = field(
        default_factory=dict
    )  # for reports: the columns that `archive.tables` names


class ArchiveReader(Protocol):
    """The archive as far as it is read. Every call raises ArchiveAway when there is no answer in time."""

    def find(self, ticket_id: str) -> ArchiveRecord | None:
        """That ticket, whole; None when it is not here."""

    def by_number(self, number: str) -> str:
        """The id of the ticket of that number; "" when it is not here."""

    def rows(self, ticket_ids: Sequence[str]) -> Mapping[str, ArchiveRecord]:
        """Those of them that are here, by id, without their content."""

    def search(self, words: Sequence[str], digits: str, limit: int) -> Sequence[ArchiveRecord]:
        """Without content, the latest first: where each of `words` begins a word, or `digits` are in one."""

    def opened(self, since: datetime, until: datetime, after: str, limit: int) -> Sequence[ArchiveRecord]:
        """The tickets opened from `since` to `until`, whole, in order of their ids, behind the id `after`."""

    def of_contacts(self, contact_ids: Sequence[str]) -> Sequence[ArchiveRecord]:
        """The tickets that these opened, whole."""


class NoArchive:
    """In place of an archive where only live tickets are looked at: nothing is there."""

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
