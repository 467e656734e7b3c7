"""Lanes drained at the same time: each in one thread, urgent ones first, and nothing is forgotten."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from jobs.delivery.lane_pool import LanePool

WITHIN = 10.0


def now() -> datetime:
    return datetime.now(UTC)


class Lanes:
    """Records what is drained; `hold` makes a lane wait until it's let go."""

    def __init__(self) -> None:
        self.drained: list[str] = []
        self.failures: list[str] = []
        self.pauses: dict[str, datetime] = {}
        self.gates: dict[str, threading.Event] = {}
        self.changed = threading.Condition()
        self.meeting: threading.Barrier | None = None

    def drain(self, lane: str) -> datetime | None:
        with self.changed:
            self.drained.append(lane)
            self.changed.notify_all()
        if self.meeting:
            self.meeting.wait(WITHIN)
        if lane in self.gates:
            assert self.gates[lane].wait(WITHIN)
        if lane == "broken":
            raise ValueError
        return self.pauses.pop(lane, None)

    def failed(self, lane: str, error: Exception) -> None:
        self.failures.append(f"{lane}: {type(error).__name__}")

    def hold(self, lane: str) -> Callable[[], None]:
        self.gates[lane] = threading.Event()
        return self.gates[lane].set

    def until(self, *drained: str) -> None:
        """Wait until exactly these lanes were drained, in this order."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.drained) >= len(drained), WITHIN), self.drained
        assert self.drained == list(drained)


@pytest.fixture
def lanes() -> Lanes:
    return Lanes()


@pytest.fixture
def make_pool(lanes: Lanes) -> Iterator[Callable[[int], LanePool]]:
    made: list[LanePool] = []

    def make(size: int) -> LanePool:
        made.append(LanePool("test", lanes.drain, lanes.failed, now, size))
        return made[-1]

    yield make
    for pool in made:
        pool.close(WITHIN)


def test_as_many_lanes_are_in_the_air_as_there_are_threads(
    lanes: Lanes, make_pool: Callable[[int], LanePool]
) -> None:
    lanes.meeting = threading.Barrier(20)
    make_pool(20).submit([f"lane{number}" for number in range(20)])
    with lanes.changed:
        assert lanes.changed.wait_for(lambda: len(lanes.drained) == 20, WITHIN)
    assert not lanes.meeting.broken


def test_a_lane_that_is_wanted_again_is_drained_again_but_never_by_two(
    lanes: Lanes, make_pool: Callable[[int], LanePool]
) -> None:
    pool, let_go = make_pool(4), lanes.hold("a")
    pool.submit(["a"])
    lanes.until("a")
    pool.submit(["a", "a"])
    pool.submit(["b"])
    lanes.until("a", "b")
    let_go()
    lanes.until("a", "b", "a")


def test_urgent_lanes_pass_the_others_and_repeats_cost_nothing(
    lanes: Lanes, make_pool: Callable[[int], LanePool]
) -> None:
    pool, let_go = make_pool(1), lanes.hold("first")
    pool.submit(["first"])
    lanes.until("first")
    pool.submit(["a", "b", "c", "a"])
    pool.submit(["c"], is_urgent=True)
    let_go()
    lanes.until("first", "c", "a", "b")


def test_a_lane_that_pauses_comes_back_by_itself(lanes: Lanes, make_pool: Callable[[int], LanePool]) -> None:
    lanes.pauses = {"a": now() + timedelta(milliseconds=50), "b": now() + timedelta(hours=1)}
    make_pool(2).submit(["b", "a"])
    with lanes.changed:
        assert lanes.changed.wait_for(lambda: lanes.drained.count("a") == 2, WITHIN)
    assert lanes.drained.count("b") == 1


def test_a_lane_that_breaks_is_recorded_and_holds_up_no_other(
    lanes: Lanes, make_pool: Callable[[int], LanePool]
) -> None:
    make_pool(1).submit(["broken", "a"])
    lanes.until("broken", "a")
    assert lanes.failures == ["broken: ValueError"]


def test_closing_waits_for_what_is_in_the_air_and_starts_nothing_more(
    lanes: Lanes, make_pool: Callable[[int], LanePool]
) -> None:
    pool, let_go = make_pool(1), lanes.hold("a")
    pool.submit(["a", "b"])
    lanes.until("a")
    closing = threading.Thread(target=pool.close, args=(WITHIN,))
    closing.start()
    assert closing.is_alive()
    let_go()
    closing.join(WITHIN)
    assert lanes.drained == ["a"]
