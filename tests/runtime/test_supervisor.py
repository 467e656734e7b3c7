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


class Programs:
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
        supervisor = Supervisor(services, now=self.clock, report=self.told.append)
        supervisor.tick()
        return supervisor

    def dies(self, child: subprocess.Popen[bytes]) -> None:
        child.kill()
        child.wait()


@pytest.fixture
def programs() -> Iterator[Programs]:
    programs = Programs()
    yield programs
    for child in programs.children:
        child.kill()
        child.wait()
    for handle in programs.pipes:
        os.close(handle)


def test_a_process_that_dies_is_restarted_after_a_delay(programs: Programs) -> None:
    supervisor = programs.supervises(Service("web", programs.runs(LIVES)))
    first = supervisor.pid("web")
    programs.dies(programs.children[0])
    supervisor.tick()
    assert supervisor.pid("web") is None
    programs.clock.seconds += 0.25
    supervisor.tick()
    assert supervisor.pid("web") not in (None, first)
    assert programs.told == ["web was killed by signal 9; restarting in 0.25 s"]


def test_the_line_says_why_the_process_exited(programs: Programs) -> None:
    words = "No space left on device"
    supervisor = programs.supervises(
        Service("store", programs.runs("raise SystemExit(1)"), exit_reason=lambda: words)
    )
    programs.children[0].wait()
    supervisor.tick()
    assert programs.told == [f"store exited with code 1 ({words}); restarting in 0.25 s"]


def test_a_killed_process_has_no_reason(programs: Programs) -> None:
    supervisor = programs.supervises(
        Service("store", programs.runs(LIVES), exit_reason=lambda: "something older")
    )
    programs.dies(programs.children[0])
    supervisor.tick()
    assert programs.told == ["store was killed by signal 9; restarting in 0.25 s"]


def test_running_processes_are_left_alone(programs: Programs) -> None:
    supervisor = programs.supervises(
        Service("web", programs.runs(LIVES)), Service("clock", programs.runs(LIVES))
    )
    programs.dies(programs.children[0])
    supervisor.tick()
    programs.clock.seconds += 10
    supervisor.tick()
    supervisor.tick()
    assert supervisor.pid("clock") == programs.children[1].pid
    assert len(programs.children) == 3


def test_a_process_that_keeps_dying_is_restarted_less_often_but_within_ten_seconds(
    programs: Programs,
) -> None:
    supervisor = programs.supervises(Service("web", programs.runs(LIVES)))
    delays = []
    for _ in range(8):
        programs.dies(programs.children[-1])
        supervisor.tick()
        started, waited = len(programs.children), 0.0
        while len(programs.children) == started:
            programs.clock.seconds += 0.25
            waited += 0.25
            supervisor.tick()
        delays.append(waited)
    assert delays == [0.25, 0.5, 1, 2, 4, 5, 5, 5]


def test_the_delay_is_reset_when_a_process_recovers(programs: Programs) -> None:
    supervisor = programs.supervises(Service("web", programs.runs(LIVES)))
    for seconds in (0, 1, 60):
        programs.clock.seconds += seconds
        programs.dies(programs.children[-1])
        supervisor.tick()
        programs.clock.seconds += 5
        supervisor.tick()
    assert [line.rpartition(" in ")[2] for line in programs.told] == ["0.25 s", "0.5 s", "0.25 s"]


def test_a_process_that_cannot_be_started_is_retried(programs: Programs) -> None:
    def spawn() -> subprocess.Popen[bytes]:
        if not programs.told:
            raise OSError("no such program")
        return programs.runs(LIVES)()

    supervisor = programs.supervises(Service("web", spawn))
    assert programs.told == ["web can't be started: no such program; restarting in 0.25 s"]
    programs.clock.seconds += 1
    supervisor.tick()
    assert supervisor.pid("web")


def test_the_children_of_a_dead_process_are_killed_before_it_is_restarted(programs: Programs) -> None:
    read_end, write_end = os.pipe()
    script = (
        "import os, subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', {LIVES!r}], pass_fds=[{write_end}])\n"
        f"os.write({write_end}, str(child.pid).encode())\n"
        "os._exit(3)\n"
    )

    def spawn() -> subprocess.Popen[bytes]:
        child = start_child([sys.executable, "-c", script], stdin=programs.pipes[0], pass_fds=[write_end])
        programs.children.append(child)
        return child

    supervisor = programs.supervises(Service("worker", spawn))
    programs.children[0].wait(60)
    os.close(write_end)
    supervisor.tick()
    assert programs.told == ["worker exited with code 3; restarting in 0.25 s"]
    assert os.read(read_end, 100).isdigit()
    assert os.read(read_end, 100) == b""  # nobody holds the other end any more
    os.close(read_end)


def test_stop_stops_every_process_and_the_store_last(programs: Programs) -> None:
    order: list[str] = []

    class Noted(subprocess.Popen[bytes]):
        def terminate(self) -> None:
            order.append("store" if self is programs.children[0] else "web")
            super().terminate()

    def spawn() -> subprocess.Popen[bytes]:
        programs.children.append(
            Noted([sys.executable, "-c", LIVES], stdin=programs.pipes[0], start_new_session=True)
        )
        return programs.children[-1]

    supervisor = programs.supervises(Service("store", spawn, stops_last=True), Service("web", spawn))
    supervisor.stop(timeout=60)
    assert order == ["web", "store"]
    assert [child.returncode for child in programs.children] == [-signal.SIGTERM] * 2


def test_a_process_that_ignores_sigterm_is_killed(programs: Programs) -> None:
    read_end, write_end = os.pipe()

    def spawn() -> subprocess.Popen[bytes]:
        with os.fdopen(write_end, "wb") as output:
            programs.children.append(
                start_child([sys.executable, "-c", STUBBORN], stdin=programs.pipes[0], output=output)
            )
        return programs.children[-1]

    supervisor = programs.supervises(Service("web", spawn))
    os.read(read_end, 1)  # it ignores SIGTERM from here on
    supervisor.stop(timeout=0.2)
    assert programs.children[0].returncode == -signal.SIGKILL
    os.close(read_end)
