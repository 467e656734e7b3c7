"""One optimistic transaction in two round trips: watch and read, then write.

redis-py's own pipeline sends WATCH and each read by itself (three trips and more); here WATCH travels with
the read in one packet, and MULTI … EXEC in the other. It uses the connection interface that redis-py's
pipeline itself is built on.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha1
from typing import Any

from redis.client import Pipeline
from redis.exceptions import ConnectionError as StoreLost
from redis.exceptions import NoScriptError, RedisError
from redis.exceptions import TimeoutError as StoreSilent

from store.client import Client


class Script:
    """A Lua script for reading, sent by its digest."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sha = sha1(text.encode(), usedforsecurity=False).hexdigest()


class Transaction:
    """One watched connection; see `transaction`."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.is_watching = False

    def watch_and_read(self, key: str, script: Script, arguments: Sequence[str]) -> Any:
        """Watch `key` and run `script`, in one round trip."""
        self.is_watching = True
        try:
            return self._ask([("WATCH", key), ("EVALSHA", script.sha, 0, *arguments)])[-1]
        except NoScriptError:
            return self._ask([("EVAL", script.text, 0, *arguments)])[-1]

    def ask(self, *command: Any) -> Any:
        """Run one more read under the same watch."""
        return self._ask([command])[0]

    def commit(self, writes: Pipeline) -> bool:
        """Send what `writes` has gathered as one MULTI … EXEC; False when the watched key had moved."""
        commands = [arguments for arguments, _ in writes.command_stack]
        replies = self._ask([("MULTI",), *commands, ("EXEC",)])
        self.is_watching = False
        for reply in replies[-1] or ():
            if isinstance(reply, RedisError):
                raise reply
        return replies[-1] is not None

    def forget(self) -> None:
        """Stop watching; nothing is written."""
        if self.is_watching:
            self._ask([("UNWATCH",)])
            self.is_watching = False

    def _ask(self, commands: list[Any]) -> list[Any]:
        connection = self._connection
        connection.send_packed_command(connection.pack_commands(commands))
        replies = [_read(connection) for _ in commands]
        for reply in replies:
            if isinstance(reply, RedisError):
                raise reply
        return replies


@contextmanager
def transaction(redis: Client) -> Iterator[Transaction]:
    """A transaction on a connection of its own; a connection in doubt is closed, never reused."""
    pool = redis.connection_pool
    connection = pool.get_connection()
    try:
        one = Transaction(connection)
        yield one
        one.forget()
    except BaseException:
        connection.disconnect()
        raise
    finally:
        pool.release(connection)


def _read(connection: Any) -> Any:
    try:
        return connection.read_response()
    except RedisError as error:
        if isinstance(error, StoreLost | StoreSilent):
            raise
        return error
