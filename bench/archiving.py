"""Measures how fast tickets are archived, and a search among a million: `python bench/archiving.py`.

Aims: writing a ticket with its row and words, into three tables and their indexes, takes at most four times as long
as writing the same bytes with plain SQLite; a search stays within a call's limit of two seconds. Exit code 1 if an
aim is missed.
"""

import random
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

HOME = Path(__file__).parent.parent
sys.path.insert(0, str(HOME))

from archive import Archive  # noqa: E402 — after the path is set
from archive.archive import TIMEOUT  # noqa: E402
from bot.archiving.archive_record import ArchiveRecord  # noqa: E402

ROWS = 1_000_000
MOVED = 10_000
SLOWEST_PUT = 4.0  # times as long as with plain SQLite
THEN = datetime(2020, 1, 1, tzinfo=UTC)
WORDS = [f"word{n}" for n in range(5_000)]


def main() -> int:
    random.seed(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        archive = Archive(f"sqlite:///{path}", lambda: "bench")
        put, bare = _moves(archive), _bare(Path(folder) / "bare.db")
        ratio = put / bare
        print(
            f"put: {1000 * put:.2f} ms per ticket, {ratio:.1f} × plain SQLite (at most {SLOWEST_PUT:.0f} ×)"
        )
        _fill(path)
        slowest = max(
            _searched(archive, words) for words in (["word7"], ["word7", "word8"], ["nowhere"], ["k4"])
        )
        print(
            f"search in {archive.stats().tickets:,} tickets: {slowest:.2f} s at most (limit {TIMEOUT:.0f} s)"
        )
        return 0 if ratio <= SLOWEST_PUT and slowest <= TIMEOUT else 1


def _moves(archive: Archive) -> float:
    started = time.perf_counter()
    for n in range(MOVED):
        archive.put(_ticket(n), n + 1)
    return (time.perf_counter() - started) / MOVED


def _bare(path: Path) -> float:
    """The same bytes with plain SQLite, also opened for each ticket."""
    started = time.perf_counter()
    for n in range(MOVED // 10):
        file = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            file.execute(f"PRAGMA {pragma}")
        file.execute("CREATE TABLE IF NOT EXISTS one (n INTEGER PRIMARY KEY, content TEXT)")
        file.execute("INSERT INTO one VALUES (?, ?)", (n, "x" * 6000))
        file.close()
    return (time.perf_counter() - started) / (MOVED // 10)


def _fill(path: Path) -> None:
    """Insert the rest in one go: only the search is measured."""
    file = sqlite3.connect(path)
    ids = [(f"{n:020x}-1", _at(n)) for n in range(MOVED, ROWS)]
    row = "'', '', '', '', '', '', '', ''"
    file.executemany(
        f"INSERT INTO tickets VALUES (?, 1, 'c', 'n', ?2, ?2, ?2, {row}, '{{}}')",  # noqa: S608
        ids,
    )
    file.executemany("INSERT INTO words VALUES (?, ?, ?)", [(name, at, " " + _words()) for name, at in ids])
    file.commit()
    file.close()


def _searched(archive: Archive, words: list[str]) -> float:
    started = time.perf_counter()
    found = len(archive.search(words, "", 50))
    took = time.perf_counter() - started
    print(f"  {' '.join(words)}: {found} found in {took:.3f} s")
    return took


def _ticket(n: int) -> ArchiveRecord:
    at = THEN + timedelta(minutes=n)
    return ArchiveRecord(
        f"{n:020x}-1", f"{n:020x}", f"K{n}", at, at, at, "{}", "x" * 6000, f"k4 {n} {_words()}"
    )


def _at(n: int) -> str:
    return (THEN + timedelta(minutes=n)).strftime("%Y-%m-%d %H:%M:%S.%f")


def _words() -> str:
    return " ".join(random.choices(WORDS, k=20))  # noqa: S311


if __name__ == "__main__":
    sys.exit(main())
