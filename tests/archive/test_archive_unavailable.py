"""An archive that is away, hangs, is full, is somebody else's: said in one line, in time, and asked again later."""

import gc
import socket
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archive.archive import RETRY_AFTER
from bot.messages.errors import ArchiveUnavailable
from tests.fixtures.archive import archive_at, ticket


@pytest.fixture
def silent() -> Iterator[str]:
    """A server that takes calls and says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"postgresql://guichet:secret-password@127.0.0.1:{listening.getsockname()[1]}/archive"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://guichet:secret-password@127.0.0.1:1/archive",
        "postgresql://guichet:secret-password@127.0.0.1:1/archive?sslmode=require",
        "postgresql://guichet:secret-password@127.0.0.1:1/archive?no_such=option",
        "nonsense://secret-password",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_an_address_where_nothing_answers_is_one_line_without_secrets(url: str) -> None:
    with pytest.raises(ArchiveUnavailable) as raised:
        archive_at(url).stats()
    assert "secret" not in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_server_that_says_nothing_is_given_up_in_time(silent: str) -> None:
    started = time.monotonic()
    with pytest.raises(ArchiveUnavailable):
        archive_at(silent, timeout=0.3).stats()
    assert time.monotonic() - started < 30
    gc.collect()  # the driver leaves its socket to the collector when it was given up


def test_it_is_not_asked_again_for_a_while_and_then_it_is(tmp_path: Path) -> None:
    now = [100.0]
    folder = tmp_path / "folder"
    folder.write_text("in the way")
    archive = archive_at(f"sqlite:///{folder}/archive.db", monotonic=lambda: now[0])
    with pytest.raises(ArchiveUnavailable) as first:
        archive.stats()
    folder.unlink()
    now[0] += RETRY_AFTER - 1
    with pytest.raises(ArchiveUnavailable) as second:
        archive.stats()
    assert str(second.value) == str(first.value)
    now[0] += 2
    assert archive.stats().tickets == 0


def test_a_search_that_takes_too_long_is_broken_off(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/archive.db"
    archive = archive_at(url)
    archive.put(ticket(words="x" * 200), 1)
    with sqlite3.connect(tmp_path / "archive.db") as file:
        numbers = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) "
        file.execute(f"INSERT INTO words {numbers} SELECT 't' || i, ended_at, words FROM words, n")
    file.close()
    with pytest.raises(ArchiveUnavailable, match="interrupted"):
        archive_at(url, timeout=0.02).search(["rare"], "", 10)


def test_a_file_that_is_locked_is_waited_for_no_longer_than_a_call_may_take(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/archive.db"
    archive_at(url).put(ticket(), 1)
    with sqlite3.connect(tmp_path / "archive.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveUnavailable, match="locked"):
            archive_at(url, timeout=0.1).put(ticket(2), 1)
        assert archive_at(url).find(ticket().ticket_id)
    other.close()


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(b"something else altogether, and long enough to be looked at" * 100)
    with pytest.raises(ArchiveUnavailable):
        archive_at(f"sqlite:///{path}").put(ticket(), 1)
    assert path.read_bytes().startswith(b"something else")


def test_another_desks_archive_is_neither_read_nor_written(url: str) -> None:
    archive_at(url, "mine").put(ticket(), 1)
    other = archive_at(url, "yours")
    for use in (lambda: other.put(ticket(2), 1), lambda: other.find(ticket().ticket_id), other.stats):
        with pytest.raises(ArchiveUnavailable, match="another desk"):
            use()
    assert archive_at(url, "mine").stats().tickets == 1


def test_tables_of_a_newer_make_are_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/archive.db"
    archive_at(url).put(ticket(), 1)
    with sqlite3.connect(tmp_path / "archive.db") as file:
        file.execute("UPDATE guichet_archive SET value = '2' WHERE name = 'schema'")
    file.close()
    with pytest.raises(ArchiveUnavailable, match="version 2"):
        archive_at(url).put(ticket(2), 1)


def test_several_that_open_an_empty_archive_at_once_all_have_it(url: str) -> None:
    several = [archive_at(url, timeout=20) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        done = threads.map(lambda n: several[n].put(ticket(n + 1), 1), range(4))
        assert list(done) == [True] * 4
    assert several[0].stats().tickets == 4
