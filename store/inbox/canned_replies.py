"""Canned replies: each has a name and a text in each language. Knows nothing of tickets."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from bot.messages.errors import GuichetError
from bot.messages.localized import LOCALES
from store.agents import keys
from store.redis_client import Client

PLACEHOLDERS = ("name", "number", "agent")
"""Allowed placeholders: the customer's name, the ticket's number, the agent's first name."""

MAX_NAME_LENGTH, MAX_TEXT_LENGTH, MAX_REPLIES = 60, 4_000, 300
_GAP = re.compile(r"\{([^{}]*)\}")


class InvalidReply(GuichetError):
    """The reply isn't valid; `problem` is nameless, empty, too-long, too-many or unknown-gap."""

    def __init__(self, problem: str, what: str = "") -> None:
        super().__init__(problem)
        self.problem, self.what = problem, what


@dataclass(frozen=True, slots=True)
class CannedReply:
    """One canned reply; languages without a text are absent."""

    reply_id: str
    name: str
    texts: Mapping[str, str]


class CannedReplies:
    """Stores, lists and deletes them."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def all(self) -> list[CannedReply]:
        """Every reply, sorted by name."""
        kept = self._redis.hgetall(keys.CANNED_REPLIES)
        replies = [CannedReply(reply_id.decode(), **json.loads(text)) for reply_id, text in kept.items()]
        return sorted(replies, key=lambda reply: reply.name.casefold())

    def save(self, name: str, texts: Mapping[str, str], reply_id: str = "") -> CannedReply:
        """Keep a new one, or change the one with that id; PoorReply."""
        name = " ".join(name.split())
        texts = {locale: texts[locale].strip() for locale in LOCALES if texts.get(locale, "").strip()}
        _check(name, texts)
        if not reply_id:
            if self._redis.hlen(keys.CANNED_REPLIES) >= MAX_REPLIES:
                raise InvalidReply("too-many")
            reply_id = secrets.token_hex(6)
        self._redis.hset(keys.CANNED_REPLIES, reply_id, json.dumps({"name": name, "texts": texts}))
        return CannedReply(reply_id, name, texts)

    def delete(self, reply_id: str) -> None:
        """Delete it; does nothing if there's no such reply."""
        self._redis.hdel(keys.CANNED_REPLIES, reply_id)


def _check(name: str, texts: Mapping[str, str]) -> None:
    if not name:
        raise InvalidReply("nameless")
    if not texts:
        raise InvalidReply("empty")
    if len(name) > MAX_NAME_LENGTH or any(len(text) > MAX_TEXT_LENGTH for text in texts.values()):
        raise InvalidReply("too-long")
    for text in texts.values():
        unknown = [gap for gap in _GAP.findall(text) if gap not in PLACEHOLDERS]
        if unknown:
            raise InvalidReply("unknown-gap", f"{{{unknown[0]}}}")
