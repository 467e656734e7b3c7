"""The supervisor with real processes and a clock that the test moves."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from runtime.child_processes import start_child
from runtime.supervisor import Service, Supervisor

LIVES = "import sys; sys.stdin.read()"
STUBBORN = (
    "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); sys.stdin.read()"
)


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


class Desk:
    """Starts small Python programs, and remembers every process and every word."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.told: list[str] = []
        self.children: list[subprocess.Popen[bytes]] = []
        self.pipes = os.pipe()  # programs read from it for ever

    def runs(self, script: str) -> Callable[[], subprocess.Popen[bytes]]:
        def spawn() -> subprocess.Popen[bytes]:
            child = start_child([sys.executable, "-c", script], stdin=self.pipes[0])
            self.children.append(child)
            return child

        return spawn

    def supervises(self, *services: Service) -> Supervisor:
        supervisor = Supervisor(services, now=self.clock, tell=self.told.append)
        supervisor.tick()
        return supervisor

    def dies(self, child: subprocess.Popen[bytes]) -> None:
        child.kill()
        child.wait()


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    for child in desk.children:
        child.kill()
        child.wait()
    for handle in desk.pipes:
        os.close(handle)


def test_what_dies_is_started_again_after_a_moment(desk: Desk) -> None:
    supervisor = desk.supervises(Service("web", desk.runs(LIVES)))
    first = supervisor.pid("web")
    desk.dies(desk.children[0])
    supervisor.tick()
    assert supervisor.pid("web") is None
    desk.clock.seconds += 0.25
    supervisor.tick()
    assert supervisor.pid("web") not in (None, first)
    assert desk.told == ["web was killed by signal 9; starting it again in 0.25 s"]


def test_what_a_process_said_as_it_ended_stands_in_the_line(desk: Desk) -> None:
    words = "No space left on device"
    supervisor = desk.supervises(Service("store", desk.runs("raise SystemExit(1)"), last_words=lambda: words))
    desk.children[0].wait()
    supervisor.tick()
    assert desk.told == [f"store ended with code 1 ({words}); starting it again in 0.25 s"]


def test_what_was_killed_had_no_last_words(desk: Desk) -> None:
    supervisor = desk.supervises(Service("store", desk.runs(LIVES), last_words=lambda: "something older"))
    desk.dies(desk.children[0])
    supervisor.tick()
    assert desk.told == ["store was killed by signal 9; starting it again in 0.25 s"]


def test_what_lives_is_left_alone(desk: Desk) -> None:
    supervisor = desk.supervises(Service("web", desk.runs(LIVES)), Service("clock", desk.runs(LIVES)))
    desk.dies(desk.children[0])
    supervisor.tick()
    desk.clock.seconds += 10
    supervisor.tick()
    supervisor.tick()
    assert supervisor.pid("clock") == desk.children[1].pid
    assert len(desk.children) == 3


def test_what_keeps_dying_is_started_less_and_less_often_but_within_ten_seconds(desk: Desk) -> None:
    supervisor = desk.supervises(Service("web", desk.runs(LIVES)))
    delays = []
    for _ in range(8):
        desk.dies(desk.children[-1])
        supervisor.tick()
        started, waited = len(desk.children), 0.0
        while len(desk.children) == started:
            desk.clock.seconds += 0.25
            waited += 0.25
            supervisor.tick()
        delays.append(waited)
    assert delays == [0.25, 0.5, 1, 2, 4, 5, 5, 5]


def test_a_process_that_recovered_is_started_at_once_again(desk: Desk) -> None:
    supervisor = desk.supervises(Service("web", desk.runs(LIVES)))
    for seconds in (0, 1, 60):
        desk.clock.seconds += seconds
        desk.dies(desk.children[-1])
        supervisor.tick()
        desk.clock.seconds += 5
        supervisor.tick()
    assert [line.rpartition(" in ")[2] for line in desk.told] == ["0.25 s", "0.5 s", "0.25 s"]


def test_a_process_that_cannot_be_started_is_tried_again(desk: Desk) -> None:
    def spawn() -> subprocess.Popen[bytes]:
        if not desk.told:
            raise OSError("no such program")
        return desk.runs(LIVES)()

    supervisor = desk.supervises(Service("web", spawn))
    assert desk.told == ["web cannot be started: no such program; starting it again in 0.25 s"]
    desk.clock.seconds += 1
    supervisor.tick()
    assert supervisor.pid("web")


def test_what_a_dead_process_had_started_does_not_live_on_beside_its_successor(desk: Desk) -> None:
    read_end, write_end = os.pipe()
    script = (
        "import os, subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', {LIVES!r}], pass_fds=[{write_end}])\n"
        f"os.write({write_end}, str(child.pid).encode())\n"
        "os._exit(3)\n"
    )

    def spawn() -> subprocess.Popen[bytes]:
        child = start_child([sys.executable, "-c", script], stdin=desk.pipes[0], pass_fds=[write_end])
        desk.children.append(child)
        return child

    supervisor = desk.supervises(Service("worker", spawn))
    desk.children[0].wait(20)
    os.close(write_end)
    supervisor.tick()
    assert desk.told == ["worker ended with code 3; starting it again in 0.25 s"]
    assert os.read(read_end, 100).isdigit()
    assert os.read(read_end, 100) == b""  # nobody holds the other end any more
    os.close(read_end)


def test_stopping_leaves_nothing_and_the_foundation_goes_last(desk: Desk) -> None:
    order: list[str] = []

    class Noted(subprocess.Popen[bytes]):
        def terminate(self) -> None:
            order.append("store" if self is desk.children[0] else "web")
            super().terminate()

    def spawn() -> subprocess.Popen[bytes]:
        desk.children.append(
            Noted([sys.executable, "-c", LIVES], stdin=desk.pipes[0], start_new_session=True)
        )
        return desk.children[-1]

    supervisor = desk.supervises(Service("store", spawn, is_foundation=True), Service("web", spawn))
    supervisor.stop(within=20)
    assert order == ["web", "store"]
    assert [child.returncode for child in desk.children] == [-signal.SIGTERM] * 2


def test_a_process_that_will_not_stop_is_killed(desk: Desk) -> None:
    read_end, write_end = os.pipe()

    def spawn() -> subprocess.Popen[bytes]:
        with os.fdopen(write_end, "wb") as output:
            desk.children.append(
                start_child([sys.executable, "-c", STUBBORN], stdin=desk.pipes[0], output=output)
            )
        return desk.children[-1]

    supervisor = desk.supervises(Service("web", spawn))
    os.read(read_end, 1)  # it ignores SIGTERM from here on
    supervisor.stop(within=0.2)
    assert desk.children[0].returncode == -signal.SIGKILL
    os.close(read_end)
