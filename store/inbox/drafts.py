"""What agents are writing in tickets and haven't sent: one draft per agent and ticket, the same on every device.

Each version has a number. A device that saves names the version it started from, so that none overwrites another's.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from redis import WatchError

from store.agents import keys as agent_keys
from store.redis_client import Client

KEPT_FOR = timedelta(days=30)
MAX_LENGTH = 60_000
"""Characters: more than can be sent, so that a text that is too long can be shortened."""

_MOST_KEPT = 300
"""Drafts of one agent; beyond that, only the numbers of those that were sent are dropped."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An agent's unsent text and files; `mode` is reply, note or return.

    `refused` holds messages that the desk refused, until their agent decides about them. `files` and `refused` are
    as the page's scripts know them.
    """

    text: str = ""
    mode: str = "reply"
    files: Sequence[dict[str, Any]] = ()
    refused: Sequence[dict[str, Any]] = ()
    version: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it could be lost."""
        return not (self.text.strip() or self.files or self.refused)


class DraftChanged(Exception):
    """Another device has saved since: `draft` is what it saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("the draft was changed on another device")
        self.draft = draft


class Drafts:
    """Drafts of agents."""

    def __init__(self, redis: Client, clock: Callable[[], datetime]) -> None:
        self._redis, self._clock = redis, clock

    def find(self, agent_id: str, ticket_id: str) -> Draft:
        """The agent's draft in that ticket; an empty one if there's none."""
        return _from_json(self._redis.hget(agent_keys.drafts(agent_id), ticket_id))

    def keep(self, agent_id: str, ticket_id: str, draft: Draft, *, base: int | None = None) -> Draft:
        """Store the draft in place of version `base` (None: of any); DraftChanged if that isn't the last one."""
        key = agent_keys.drafts(agent_id)
        with self._redis.pipeline(transaction=True) as pipe:
            while True:
                pipe.watch(key)
                known = _from_json(pipe.hget(key, ticket_id))
                if base is not None and base != known.version:
                    raise DraftChanged(known)
                version = max(int(self._clock().timestamp() * 1000), known.version + 1)
                kept = Draft(draft.text, draft.mode, list(draft.files), list(draft.refused), version)
                spare = self._sent_ones(pipe.hgetall(key)) if pipe.hlen(key) > _MOST_KEPT else []
                pipe.multi()
                pipe.hset(key, ticket_id, json.dumps(asdict(kept)))
                if spare:
                    pipe.hdel(key, *spare)
                pipe.expire(key, KEPT_FOR)
                try:
                    pipe.execute()
                except WatchError:
                    continue
                return kept

    def sent(self, agent_id: str, ticket_id: str, text: str) -> None:
        """That text was sent: remove the draft if it's the same."""
        known = self.find(agent_id, ticket_id)
        if known.text.strip() and known.text.strip() == text.strip():
            self.keep(agent_id, ticket_id, Draft(refused=known.refused))

    @staticmethod
    def _sent_ones(kept: dict[bytes, bytes]) -> list[bytes]:
        return [ticket_id for ticket_id, raw in kept.items() if _from_json(raw).is_empty]


def _from_json(raw: bytes | None) -> Draft:
    return Draft(**json.loads(raw)) if raw else Draft()
