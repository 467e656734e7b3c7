"""Reads a CSV file of accounts row by row, after checking all of it once: an unreadable file gives no rows at all.

The file is never loaded into memory. Knows nothing of the store.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from bot.model.account_csv import RowProblem, headings
from cli.support.errors import CommandError

DELIMITERS = ",;\t|"
_NAMED_DELIMITER = re.compile(r"(?i)\"?sep=([^\"\r\n])\"?[;,\s]*")
"""A first line that only tells Excel the delimiter: it's no row."""

_CHUNK = 1 << 20
_LONGEST_HEAD = 20_000  # bytes


@dataclass(frozen=True, slots=True)
class AccountFile:
    """A readable file. `file_id` identifies its content."""

    source: BinaryIO
    file_id: str
    delimiter: str
    columns: tuple[str, ...]  # "" for an unused one
    unused: tuple[str, ...]  # headings of unused columns
    count: int  # rows below the heading, without blank ones

    def rows(self) -> Iterator[tuple[int, Mapping[str, str] | RowProblem]]:
        """Each row's number (the heading is 1) and its cells by column, without blank rows."""
        for number, cells in _records(self.source, self.delimiter):
            if number > 1 and any(cell.strip() for cell in cells):
                yield number, self._cells(cells)

    def _cells(self, cells: Sequence[str]) -> Mapping[str, str] | RowProblem:
        if any(cell.strip() for cell in cells[len(self.columns) :]):
            return RowProblem(f"the row has {len(cells)} cells, but there are {len(self.columns)} columns")
        return {column: cell for column, cell in zip(self.columns, cells, strict=False) if column}


@contextmanager
def open_account_file(path: Path) -> Iterator[AccountFile]:
    """The checked file; CommandError if any of it can't be read."""
    try:
        with path.open("rb") as source:
            yield _scan(source, path.name)
    except OSError as error:
        raise CommandError(f"{path.name} can’t be read: {error.strerror}") from error


def _scan(source: BinaryIO, name: str) -> AccountFile:
    file_id, delimiter = _digest(source), _delimiter(source)
    row, count = 0, 0
    first: tuple[str, ...] = ()
    try:
        for row, cells in _records(source, delimiter):
            first = first or tuple(cells) if row == 1 else first
            count += row > 1 and any(cell.strip() for cell in cells)
        columns = headings(first)
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{name} isn’t in UTF-8 (after row {row}); save it as CSV in UTF-8. {_NOTHING}"
        ) from error
    except csv.Error as error:
        raise CommandError(f"{name} can’t be read as CSV after row {row}: {error}. {_NOTHING}") from error
    except RowProblem as problem:
        raise CommandError(f"{name}: {problem}. {_NOTHING}") from problem
    unused = tuple(h for h, column in zip(first, columns, strict=True) if h.strip() and not column)
    return AccountFile(source, file_id, delimiter, columns, unused, count)


def _digest(source: BinaryIO) -> str:
    digest = blake2b(digest_size=6)
    source.seek(0)
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _delimiter(source: BinaryIO) -> str:
    """The separator with which the heading has most of our columns."""
    source.seek(0)
    head = source.readline(_LONGEST_HEAD).decode("utf-8-sig", errors="replace")
    if named := _NAMED_DELIMITER.fullmatch(head):
        return named[1]
    return max(DELIMITERS, key=lambda delimiter: _count_known_columns(head, delimiter))


def _count_known_columns(head: str, delimiter: str) -> int:
    try:
        return sum(bool(column) for column in headings(next(csv.reader([head], delimiter=delimiter), [])))
    except (RowProblem, csv.Error):
        return 0


def _records(source: BinaryIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    source.seek(0)
    text = io.TextIOWrapper(source, encoding="utf-8-sig", newline="")
    try:
        lines = _reject_nul(text)
        first = next(lines, "")
        is_row = first and not _NAMED_DELIMITER.fullmatch(first)
        rows = chain([first], lines) if is_row else lines
        yield from enumerate(csv.reader(rows, delimiter=delimiter, strict=True), 1)
    finally:
        text.detach()


def _reject_nul(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if "\0" in line:
            raise csv.Error("it contains bytes that aren’t text")
        yield line


_NOTHING = "Nothing was imported"
