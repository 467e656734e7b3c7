"""The embedded server loses nothing it acknowledged, and reports every problem in one line."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

from runtime.child_processes import start_child
from runtime.embedded_valkey import EmbeddedServerError, EmbeddedValkey
from runtime.file_lock import FileLock

Start = Callable[[], EmbeddedValkey]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "a folder" / "valkey"


@pytest.fixture
def start(directory: Path) -> Iterator[Start]:
    """Starts servers on the test's directory and stops what is left of them."""
    servers = []

    def start_one() -> EmbeddedValkey:
        server = EmbeddedValkey(directory)
        server.start()
        servers.append(server)
        return server

    yield start_one
    for server in servers:
        server.stop()


def write(server: EmbeddedValkey, count: int) -> None:
    with Redis.from_url(server.url) as client:
        for number in range(count):
            client.set(f"key:{number}", "value" * 10)


def count(server: EmbeddedValkey) -> int:
    with Redis.from_url(server.url) as client:
        return int(client.dbsize())


def log_file(directory: Path) -> Path:
    return next(directory.glob("appendonlydir/*.incr.aof"))


def test_data_is_there_after_a_stop_and_a_start(start: Start) -> None:
    first = start()
    write(first, 20)
    first.stop()
    assert count(start()) == 20


def test_acknowledged_writes_survive_a_kill(start: Start) -> None:
    server = start()
    write(server, 20)
    child = server.child
    assert child is not None
    child.kill()
    child.wait()
    server.stop()
    assert count(start()) == 20


def test_a_killed_server_comes_back_at_the_same_address(start: Start) -> None:
    server = start()
    write(server, 3)
    child = server.child
    assert child is not None
    child.kill()
    child.wait()
    assert server.wait_until_ready(server.spawn())
    assert count(server) == 3


def test_every_write_is_on_disk_before_it_is_acknowledged_and_nothing_is_evicted(start: Start) -> None:
    with Redis.from_url(start().url) as client:
        assert client.config_get("appendfsync") == {"appendfsync": "always"}
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_a_log_cut_short_by_a_power_failure_loses_only_its_last_write(start: Start, directory: Path) -> None:
    server = start()
    write(server, 20)
    server.stop()
    data = log_file(directory).read_bytes()
    log_file(directory).write_bytes(data[:-7])
    assert count(start()) == 19


def test_damaged_data_is_refused_and_the_message_says_what_to_do(start: Start, directory: Path) -> None:
    server = start()
    write(server, 20)
    server.stop()
    data = log_file(directory).read_bytes()
    log_file(directory).write_bytes(data[:300] + b"\0 not a command \0" * 9 + data[300:])
    with pytest.raises(EmbeddedServerError, match=r"is damaged; restore a backup, or move it away") as told:
        start()
    assert "\n" not in str(told.value)


def test_data_without_its_manifest_is_refused_and_left_as_it_is(start: Start, directory: Path) -> None:
    server = start()
    write(server, 20)
    server.stop()
    [manifest] = directory.glob("appendonlydir/*.manifest")
    listed, data = manifest.read_bytes(), log_file(directory).read_bytes()
    manifest.unlink()
    with pytest.raises(EmbeddedServerError, match="is damaged; restore a backup"):
        start()
    assert log_file(directory).read_bytes() == data
    manifest.write_bytes(listed)
    assert count(start()) == 20


def test_a_first_start_that_was_cut_short_is_not_damage(start: Start, directory: Path) -> None:
    start().stop()  # nothing was written
    next(directory.glob("appendonlydir/*.manifest")).unlink()
    assert count(start()) == 0


def test_a_second_server_on_the_same_data_is_refused(start: Start) -> None:
    start()
    with pytest.raises(EmbeddedServerError, match="Guichet is already running here"):
        start()


def test_a_server_that_outlived_its_run_is_stopped_first(start: Start, directory: Path) -> None:
    orphan = start()
    write(orphan, 5)
    orphan._owner_lock.release()  # what the kernel does when the run is killed
    assert count(start()) == 5
    assert orphan.child is not None
    assert orphan.child.wait(60) == 0


def test_data_locked_by_a_program_that_does_not_answer_is_refused(start: Start, directory: Path) -> None:
    start().stop()
    stranger = FileLock(directory / "server.lock")
    stranger.acquire()
    (directory / "url").write_text("redis://127.0.0.1:1/0")
    with pytest.raises(EmbeddedServerError, match="is still using the data"):
        EmbeddedValkey(directory, lock_timeout=0.1).start()
    stranger.release()


def test_a_file_in_place_of_the_folder_is_reported(start: Start, directory: Path) -> None:
    directory.parent.mkdir()
    directory.write_text("in the way")
    with pytest.raises(EmbeddedServerError, match=r"can't store data in .*File exists"):
        start()


def test_only_we_can_read_the_password(start: Start, directory: Path) -> None:
    server = start()
    assert stat.S_IMODE((directory / "url").stat().st_mode) == 0o600
    argv = Path(f"/proc/{server.child.pid}/cmdline") if server.child else Path("/dev/null")
    if argv.exists():
        assert server._password.encode() not in argv.read_bytes()


def test_a_child_of_a_killed_parent_is_told_to_stop(tmp_path: Path) -> None:
    """The parent is killed the hard way; its own child must see that and end."""
    read_end, write_end = os.pipe()
    script = (
        "import sys, os, signal\n"
        "from runtime.child_processes import start_child\n"
        "start_child([sys.executable, '-c', 'import sys; sys.stdin.read()'],"
        f" stdin=sys.stdin, pass_fds=[{write_end}])\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    hold_open, keep = os.pipe()  # the grandchild would read for ever
    parent = start_child(
        [sys.executable, "-c", script],
        stdin=hold_open,
        pass_fds=[write_end],
        environ=dict(os.environ, PYTHONPATH="."),
    )
    os.close(write_end)
    assert parent.wait(60) == -9
    assert os.read(read_end, 1) == b""  # end of file: nobody holds the other end any more
    for handle in (read_end, hold_open, keep):
        os.close(handle)


def test_a_server_that_cannot_start_says_why(start: Start, directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "appendonlydir").write_text("in the way")
    with pytest.raises(
        EmbeddedServerError, match=r"didn't start: Can't open or create append-only dir .*; see "
    ):
        start()


def test_a_server_that_runs_well_has_no_last_error(start: Start) -> None:
    assert start().last_error() == ""
