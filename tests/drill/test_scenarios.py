"""Rows of the drill against real processes: each fault is survived, and a desk that does not survive it fails."""

import os
import sys
from collections.abc import Callable, Iterator

import pytest

from cli.drill import drill_environment
from drill.actors import Actors
from drill.desk import DrillDesk
from drill.result import Result
from drill.scenarios import ScenarioRun, select_scenarios
from store import keys
from tests.fixtures.paths import ROOT
from tests.fixtures.reruns import may_rerun

POLICY = str(ROOT / "policies" / "demo.toml")
Hold = Callable[[str], Result]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes by /proc")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrillDesk]:
    folder = tmp_path_factory.mktemp("drill")
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "POLICY": POLICY}
    with DrillDesk(drill_environment(given, folder, has_group=False), folder) as one:
        yield one


@pytest.fixture(scope="module")
def hold(desk: DrillDesk) -> Hold:
    """Holds the scenario of that name, now, with the same people as all others."""
    people = Actors(desk)

    def hold(name: str) -> Result:
        [held] = ScenarioRun(desk, select_scenarios([name]), people).run()
        return held.result

    return hold


def told(result: Result) -> str:
    return f"{result.problems} {result.figures}"


@may_rerun("the row gives real processes so many real seconds")
@pytest.mark.parametrize(
    "name",
    [
        "web",
        "store",
        "hung-store",
        "two-clocks",
        "hooks",
        "duplicates",
        "dropped",
        "receipts",
        "window",
    ],
)
def test_the_desk_survives(hold: Hold, name: str) -> None:
    result = hold(name)
    assert result.is_passed, told(result)


@may_rerun("the row waits 90 real seconds for what killed workers had to send")
def test_nothing_is_lost_or_doubled_when_workers_are_killed(hold: Hold) -> None:
    """How soon all is out again depends on how busy this machine is, so only the drill itself asks that."""
    figures = hold("worker").figures
    assert figures["replies"] == "24 of 24"
    assert (figures["lost"], figures["doubled"]) == (0, 0) or "told to agents" in figures


@may_rerun("the row waits real seconds for what killed workers had to send")
def test_nothing_is_lost_or_doubled_when_workers_are_killed_with_messages_in_the_air(hold: Hold) -> None:
    result = hold("in-air")
    assert result.figures["replies"] == "50 of 50"
    assert not [problem for problem in result.problems if "doubled" in problem]


def test_a_scenario_at_a_desk_that_forgets_what_it_took_fails(desk: DrillDesk) -> None:
    """Whoever tells a message again must find it known; without that memory the drill says so."""
    exercise = ScenarioRun(desk, [])
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
