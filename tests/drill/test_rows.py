"""Rows of the drill against real processes: each fault is survived, and a desk that does not survive it fails."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.drill import environ_of
from drill.desk import DrillDesk
from drill.result import Result
from drill.rows import Exercise, Held, chosen
from store import keys

ROOT = Path(__file__).parents[2]
POLICY = str(ROOT / "policies" / "demo.toml")

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes by /proc"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrillDesk]:
    folder = tmp_path_factory.mktemp("drill")
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "POLICY": POLICY}
    with DrillDesk(environ_of(given, folder, has_group=False), folder) as one:
        yield one


@pytest.fixture(scope="module")
def held(desk: DrillDesk) -> dict[str, Held]:
    """All rows of these tests, held once; the order matters to none."""
    names = [
        "web",
        "store",
        "hung-store",
        "worker",
        "two-clocks",
        "duplicates",
        "dropped",
        "receipts",
        "window",
    ]
    return {each.row.name: each for each in Exercise(desk, chosen(names)).hold()}


def told(result: Result) -> str:
    return f"{result.problems} {result.figures}"


@pytest.mark.parametrize(
    "name", ["web", "store", "hung-store", "two-clocks", "duplicates", "dropped", "receipts", "window"]
)
def test_the_desk_survives(held: dict[str, Held], name: str) -> None:
    assert held[name].result.is_passed, told(held[name].result)


def test_nothing_is_lost_or_doubled_when_workers_are_killed(held: dict[str, Held]) -> None:
    """How soon all is out again depends on how busy this machine is, so only the drill itself asks that."""
    figures = held["worker"].result.figures
    assert figures["replies"] == "24 of 24"
    assert (figures["lost"], figures["doubled"]) == (0, 0) or "told to agents" in figures


def test_a_hung_store_is_told_within_two_seconds(held: dict[str, Held]) -> None:
    assert float(held["hung-store"].result.figures["503 after, s"]) <= 2.0


def test_a_row_at_a_desk_that_forgets_what_it_took_fails(desk: DrillDesk, held: dict[str, Held]) -> None:
    """Whoever tells a message again must find it known; without that memory the drill says so."""
    assert held["duplicates"].result.is_passed
    exercise = Exercise(desk, [])
    customer = exercise.people.on("telegram")[0]
    said = exercise.people.say("once", 1, [customer])
    exercise.people.stored(said, 20)
    thread = keys.thread(customer.ticket_id)
    [entry] = [raw for raw in desk.redis.lrange(thread, 0, -1) if b'"once 0"' in raw]
    desk.redis.rpush(thread, entry)
    result = Result()
    result.counted("messages", exercise.people.stored(said, 5))
    exercise.audit(result)
    desk.redis.lrem(thread, -1, entry)
    assert result.problems[0] == "messages doubled: once 0"
    assert "the audit found double-entry" in result.problems[1]
