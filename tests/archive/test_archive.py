"""What is put into the archive is there, once, whole, and is found; what is taken out is gone."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive
from tests.fixtures.archive import JANUARY, WHO, archive_at, ticket


def numbers(found: object) -> list[str]:
    return [one.number for one in found]  # type: ignore[attr-defined]


def test_a_ticket_comes_back_as_it_was_put_in(archive: Archive) -> None:
    assert archive.put(ticket(), 1)
    found = archive.find(ticket().ticket_id)
    assert found is not None
    assert replace(found, about={}) == replace(ticket(), about={})
    assert found.about["channel"] == "telegram"
    assert found.opened_at.utcoffset() == timedelta()


def test_it_is_still_there_for_another_process(archive: Archive, url: str) -> None:
    archive.put(ticket(), 1)
    assert archive_at(url).by_number("K4-001") == ticket().ticket_id


def test_what_was_never_put_in_is_not_there(archive: Archive) -> None:
    assert archive.find("nobody-1") is None
    assert archive.by_number("K4-001") == ""
    assert archive.rows(["nobody-1"]) == {}


def test_a_later_move_writes_over_an_earlier_one(archive: Archive) -> None:
    archive.put(ticket(words="first"), 1)
    assert archive.put(ticket(words="second", content="{}"), 2)
    assert numbers(archive.search(["second"], "", 10)) == ["K4-001"]
    assert not archive.search(["first"], "", 10)
    assert archive.stats().tickets == 1


@pytest.mark.parametrize("token", [1, 2])
def test_a_move_that_was_overtaken_writes_nothing(archive: Archive, token: int) -> None:
    archive.put(ticket(content="late"), 2)
    assert not archive.put(ticket(content="early"), token)
    found = archive.find(ticket().ticket_id)
    assert found
    assert found.content == "late"


def test_only_what_earlier_moves_wrote_is_dropped(archive: Archive) -> None:
    archive.put(ticket(), 5)
    archive.drop(ticket().ticket_id, 5)
    assert archive.find(ticket().ticket_id)
    archive.drop(ticket().ticket_id, 6)
    assert archive.find(ticket().ticket_id) is None
    assert not archive.search(["marie"], "", 10)


@pytest.mark.parametrize(
    ("words", "digits", "expected"),
    [
        (["marie"], "", True),
        (["mar", "ecr"], "", True),
        (["arie"], "", False),
        (["marie", "martin"], "", False),
        (["k4", "001"], "", True),
        (["912"], "912345678", True),
        ([], "912345678", True),
        ([], "5550000", False),
        (["100%"], "", False),
        (["m_rie"], "", False),
        ([], "", False),
    ],
)
def test_each_word_must_begin_a_word_and_digits_may_stand_anywhere(
    archive: Archive, words: list[str], digits: str, expected: bool
) -> None:
    archive.put(ticket(words="k4 001 marie dubois ecran 351912345678"), 1)
    assert bool(archive.search(words, digits, 10)) is expected


def test_the_latest_are_found_first_and_no_more_than_asked_for(archive: Archive) -> None:
    for count in (1, 3, 2):
        archive.put(ticket(count), count)
    assert numbers(archive.search(["marie"], "", 2)) == ["K4-003", "K4-002"]


def test_tickets_of_a_time_come_page_by_page_each_once(archive: Archive) -> None:
    for count in range(1, 8):
        archive.put(ticket(count), 1)
    since, until = JANUARY + timedelta(days=2), JANUARY + timedelta(days=6)
    first = archive.opened(since, until, "", 3)
    second = archive.opened(since, until, first[-1].ticket_id, 3)
    assert numbers([*first, *second]) == ["K4-002", "K4-003", "K4-004", "K4-005", "K4-006"]


def test_erasing_somebody_leaves_others_theirs(archive: Archive) -> None:
    archive.put(ticket(1), 1)
    archive.put(ticket(2), 1)
    archive.put(ticket(3, owner="bb" * 10), 1)
    archive.erase([WHO])
    assert archive.of_contacts([WHO]) == []
    assert archive.contact_ids() == ["bb" * 10]
    assert numbers(archive.search(["marie"], "", 10)) == ["K4-003"]


def test_what_was_erased_is_in_no_byte_of_the_files(tmp_path: Path) -> None:
    archive = archive_at(f"sqlite:///{tmp_path}/archive.db")
    archive.put(ticket(content='{"text":"canary-words"}', words="canary"), 1)
    archive.put(ticket(2), 1)
    archive.erase([WHO])
    assert all(b"canary" not in path.read_bytes() for path in tmp_path.iterdir())


def test_many_are_asked_for_at_once(archive: Archive) -> None:
    archive.put(ticket(1), 1)
    ids = [f"{WHO}-{count}" for count in range(1500)]
    assert list(archive.rows(ids)) == [ticket().ticket_id]


def test_how_much_is_there_and_when_the_last_came(archive: Archive) -> None:
    assert (archive.stats().tickets, archive.stats().last_at) == (0, None)
    archive.put(ticket(1), 1)
    archive.put(ticket(2), 1)
    assert archive.stats().tickets == 2
    assert archive.stats().last_at == ticket(2).archived_at


def test_nobody_else_on_the_machine_reads_the_file(tmp_path: Path) -> None:
    archive_at(f"sqlite:///{tmp_path}/archive.db").put(ticket(), 1)
    assert (tmp_path / "archive.db").stat().st_mode & 0o077 == 0


def test_the_file_is_written_safely(tmp_path: Path) -> None:
    archive_at(f"sqlite:///{tmp_path}/archive.db").put(ticket(), 1)
    with sqlite3.connect(tmp_path / "archive.db") as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    file.close()
