"""An optimistic transaction in two round trips: one script reads, another writes if nothing has changed.

MULTI … EXEC under WATCH would do the same, but with a reply to each command. Each script has one reply, and the
second writes everything or, if the version has changed, nothing. Redis applies a
script as a whole, on disk and on replicas too. This uses the connection interface that redis-py's
pipeline is built on, since a client that retries on its own might write twice.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha1
from itertools import chain
from typing import Any, Self

from hiredis import pack_command
from redis.client import Pipeline
from redis.exceptions import NoScriptError

from store.redis_client import Client


class Script:
    """A Lua script, called by its digest."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sha = sha1(text.encode(), usedforsecurity=False).hexdigest()


APPLY = Script("""
local at = 2
for _ = 1, ARGV[1] do
  if (redis.call('HGET', KEYS[1], ARGV[at]) or '') ~= ARGV[at + 1] then return 0 end
  at = at + 2
end
for n = 2, #KEYS do
  if (redis.call('GET', KEYS[n]) or '') ~= ARGV[at] then return 0 end
  at = at + 1
end
while at < #ARGV do
  local last = at + ARGV[at]
  redis.call(unpack(ARGV, at + 1, last))
  at = last + 1
end
return 1
""")
"""Each command follows its number of arguments. If Redis is out of memory or read-only, it refuses the first one."""


class Transaction:
    """A context manager with a connection of its own, which is closed if the outcome is in doubt."""

    def __init__(self, redis: Client) -> None:
        self._pool = redis.connection_pool
        self._connection = self._pool.get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self._connection.disconnect()
        self._pool.release(self._connection)

    def read(self, script: Script, arguments: Sequence[str]) -> Any:
        """The result of the reading script, in one round trip."""
        return self._run(script, 0, *arguments)

    def ask(self, *command: Any) -> Any:
        """Run one more read."""
        self._connection.send_packed_command([pack_command(command)])
        return self._connection.read_response()

    def commit(
        self,
        key: str,
        read: Mapping[str, Any],
        writes: Pipeline,
        also_read: Mapping[str, bytes] | None = None,
    ) -> bool:
        """Run all commands in `writes` at once.

        False, without writing, if a field of the hash `key` doesn't have the value that was `read`, or one of the
        strings in `also_read` has changed ("" for a missing field or string).
        """
        also_read = also_read or {}
        words: list[Any] = [len(read), *chain.from_iterable(read.items()), *also_read.values()]
        for arguments, _ in writes.command_stack:
            words += (len(arguments), *arguments)
        return bool(self._run(APPLY, 1 + len(also_read), key, *also_read, *words))

    def _run(self, script: Script, keys: int, *arguments: Any) -> Any:
        try:
            return self.ask("EVALSHA", script.sha, keys, *arguments)
        except NoScriptError:
            return self.ask("EVAL", script.text, keys, *arguments)
