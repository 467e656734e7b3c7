"""`guichet run` as a newcomer starts it: one command, everything up, brought back, gone; data kept."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from redis import Redis, RedisError

from runtime.embedded_valkey import running_url
from store import keys
from tests.fixtures.cli import Guichet, GuichetIn, empty_environ
from tests.fixtures.paths import ROOT

PROC = Path("/proc")
linux_only = pytest.mark.skipif(not PROC.exists(), reason="counts processes by /proc")
Start = Callable[..., "Run"]
WHOLE = {
    "REDIS_URL": "redis://127.0.0.1:1", "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "POLICY": str(ROOT / "policies" / "demo.toml"),
    "TELEGRAM_BOT_TOKEN": "42:token", "TELEGRAM_WEBHOOK_SECRET": "hook",
}  # fmt: skip
"""Settings with which any process starts."""


class Run:
    """One `guichet run`, whose lines are read as they come."""

    def __init__(self, folder: Path, ports: tuple[int, int]) -> None:
        self.folder, (self.port, self.sandbox_port) = folder, ports
        self.lines: list[str] = []
        self.child = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "run"],
            cwd=folder, env=empty_environ() | {"PORT": str(ports[0]), "SANDBOX_PORT": str(ports[1])},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def until(self, words: str) -> str:
        """Read on until a line has these words; that line. Pytest's time limit is the patience."""
        assert self.child.stdout is not None
        for line in self.child.stdout:
            self.lines.append(line)
            if re.search(words, line):
                return line
        raise AssertionError(f"never said “{words}”:\n{''.join(self.lines)}")

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.child.send_signal(number)
        assert self.child.stdout is not None
        self.lines += self.child.stdout.readlines()
        return self.child.wait(60)


def free_ports() -> tuple[int, int]:
    """Two ports that are free just now."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts desks; they take seconds, so tests share them where they can."""
    runs: list[Run] = []

    def start_one(folder: Path | None = None) -> Run:
        runs.append(Run(folder or tmp_path_factory.mktemp("desk"), free_ports()))
        runs[-1].until("The overview")
        runs[-1].until("/sign-in/")
        return runs[-1]

    yield start_one
    for run in runs:
        if run.child.poll() is None:
            run.child.kill()
            run.child.wait()
        assert run.child.stdout is not None
        run.child.stdout.close()


@pytest.fixture(scope="module")
def running(start: Start) -> Run:
    """A desk that runs all the while, for tests that only look at it."""
    return start()


def processes(folder: Path) -> dict[int, str]:
    """The processes that work in this folder, as the kernel lists them."""
    found = {}
    for entry in PROC.glob("[0-9]*"):
        try:
            if folder in (cwd := (entry / "cwd").readlink()).parents or folder == cwd:
                found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
    return found


def kill(run: Run, name: str) -> None:
    """Kill the first process of this desk with that name in its command line, once there is one."""
    found: list[int] = []
    while not found:
        found = [pid for pid, words in processes(run.folder).items() if name in words]
    os.kill(min(found), signal.SIGKILL)


def store_of(run: Run) -> Redis:
    url = running_url(run.folder / "var" / "valkey")
    assert url is not None
    return Redis.from_url(url)


def test_everything_answers_where_it_said(running: Run) -> None:
    assert requests.get(f"http://127.0.0.1:{running.port}/readyz", timeout=10).status_code == 200
    assert requests.get(f"http://127.0.0.1:{running.sandbox_port}/", timeout=10).status_code == 200
    links = [line.strip() for line in running.lines if "/sign-in/" in line]
    assert [requests.get(link, timeout=10).status_code for link in links] == [200, 200]


def test_a_second_one_in_the_same_folder_is_one_line(running: Run, guichet_in: GuichetIn) -> None:
    told = guichet_in(running.folder, "run", PORT="1", SANDBOX_PORT="2")
    assert told.returncode == 1
    assert re.fullmatch(
        r"guichet: .* is in use: Guichet is already running here; stop it first\n", told.stderr
    )


def test_the_other_commands_find_the_desk_that_runs_here(running: Run, guichet_in: GuichetIn) -> None:
    assert "ana" in guichet_in(running.folder, "agents", "list").stdout


@linux_only
@pytest.mark.timeout(600)
def test_what_is_killed_comes_back_and_a_stop_leaves_nothing(start: Start) -> None:
    run = start()
    for name in ("gunicorn", "valkey-server", "cli.main worker", "cli.main clock", "-m sandbox"):
        kill(run, name)
        run.until("was killed by signal 9; restarting")
    wait_for(lambda: is_ready(run.port) and is_ready(run.sandbox_port, "/") and is_swept(run))
    assert run.stop(signal.SIGINT) == 0
    assert processes(run.folder) == {}
    assert "Traceback" not in "".join(run.lines)


@linux_only
def test_a_killed_run_takes_all_with_it_and_the_next_one_has_its_data(start: Start) -> None:
    first = start()
    with store_of(first) as redis:
        redis.set("kept", "yes")
    secret = (first.folder / "var" / "secret_key").read_text()
    first.child.kill()
    first.child.wait()
    wait_for(lambda: processes(first.folder) == {})
    second = start(first.folder)
    with store_of(second) as redis:
        assert redis.get("kept") == b"yes"
    assert (second.folder / "var" / "secret_key").read_text() == secret
    assert second.stop(signal.SIGTERM) == 0
    assert processes(second.folder) == {}


@pytest.mark.parametrize("name", ["PORT", "SANDBOX_PORT"])
def test_a_port_in_use_is_one_line(guichet: Guichet, name: str) -> None:
    chosen = dict(zip(("PORT", "SANDBOX_PORT"), map(str, free_ports()), strict=True))
    with socket.create_server(("127.0.0.1", 0)) as other:
        chosen[name] = str(other.getsockname()[1])
        told = guichet("run", **chosen)
    assert told.returncode == 1
    assert told.stderr.startswith(f"guichet: port {chosen[name]} is in use by another program")
    assert f"choose another port with {name}=…" in told.stderr


def test_one_port_for_both_is_one_line(guichet: Guichet) -> None:
    port = str(free_ports()[0])
    told = guichet("run", PORT=port, SANDBOX_PORT=port)
    assert told.returncode == 1
    assert told.stderr == (
        f"guichet: PORT and SANDBOX_PORT are both {port}: choose another for one of them\n"
    )


def test_settings_are_refused_before_anything_starts(guichet: Guichet, tmp_path: Path) -> None:
    told = guichet("run", PORT="x", TELEGRAM_BOT_TOKEN="1:canary")
    assert told.returncode == 1
    assert [line.split()[1] for line in told.stderr.splitlines()] == ["PORT", "TELEGRAM_WEBHOOK_SECRET"]
    assert not (tmp_path / "var" / "valkey").exists()
    assert "canary" not in told.stderr


def test_a_wrong_port_of_the_phones_is_told_by_its_own_name_alone(guichet: Guichet) -> None:
    told = guichet("run", SANDBOX_PORT="99999")
    assert told.stderr == "guichet: SANDBOX_PORT must be a port, 1 to 65535\n"


def test_a_broken_policy_is_refused_with_its_lines(guichet: Guichet, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("title = 1", encoding="utf-8")
    told = guichet("run", POLICY="mine.toml")
    assert told.returncode == 1
    assert "mine.toml: line 1: title" in told.stderr


def test_damaged_data_are_one_line_that_says_what_to_do(guichet: Guichet, tmp_path: Path) -> None:
    guichet("agents", "add", "Ana", "--login", "ana")
    log = next((tmp_path / "var" / "valkey" / "appendonlydir").glob("*.incr.aof"))
    log.write_bytes(b"\0 not a command \0" * 9 + log.read_bytes())
    told = guichet("run", PORT="1", SANDBOX_PORT="2")
    assert told.returncode == 1
    assert re.fullmatch(r"guichet: the data in .* is damaged; restore a backup, .*\n", told.stderr)


@pytest.mark.parametrize(
    ("key", "told_of"),
    [
        (b"", "is empty: restore it from a backup"),
        (b"\xff\xfe", "can’t store the secret key in var/secret_key"),
    ],
    ids=["empty", "not text"],
)
def test_a_key_that_cannot_be_read_is_one_line_and_kept(
    guichet: Guichet, tmp_path: Path, key: bytes, told_of: str
) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret_key").write_bytes(key)
    told = guichet("run")
    assert told.returncode == 1
    assert told_of in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert (tmp_path / "var" / "secret_key").read_bytes() == key


@pytest.mark.parametrize("command", ["run", "web", "worker"])
def test_a_file_in_the_way_of_attachments_is_one_line(guichet: Guichet, tmp_path: Path, command: str) -> None:
    (tmp_path / "media").write_text("in the way")
    more = {} if command == "run" else WHOLE
    told = guichet(command, MEDIA_DIR="media", **more)
    assert told.returncode == 1
    assert told.stderr == (
        f"guichet: MEDIA_DIR isn’t a folder: move {tmp_path / 'media'} away, or name another\n"
    )


def test_a_file_in_the_way_of_var_is_one_line(guichet: Guichet, tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way")
    told = guichet("run")
    assert told.returncode == 1
    assert len(told.stderr.splitlines()) == 1


def is_ready(port: int, path: str = "/readyz") -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}{path}", timeout=10).status_code == 200
    except requests.RequestException:
        return False


def is_swept(run: Run) -> bool:
    """Whether a clock swept the store after this question was first asked."""
    try:
        with store_of(run) as redis:
            before = redis.get(keys.CLOCK_HEARTBEAT)
            wait_for(lambda: redis.get(keys.CLOCK_HEARTBEAT) != before)
    except RedisError:
        return False
    return True


def wait_for(is_so: Callable[[], bool]) -> None:
    """Ask again and again; pytest's time limit is the patience."""
    pause = threading.Event()
    while not is_so():
        pause.wait(0.05)
