"""Replies that agents keep ready: one name, the text in each language. Knows nothing of tickets."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from bot.messages.errors import GuichetError
from bot.messages.localized import LOCALES
from store.agents import keys
from store.redis_client import Client

GAPS = ("name", "number", "agent")
"""What may stand in braces: the customer's name, the ticket's number, the agent's first name."""

LONGEST_NAME, LONGEST_TEXT, MOST = 60, 4_000, 300
_GAP = re.compile(r"\{([^{}]*)\}")


class PoorReply(GuichetError):
    """It cannot be kept as it is; `problem` is nameless, empty, too-long, too-many, or unknown-gap."""

    def __init__(self, problem: str, what: str = "") -> None:
        super().__init__(problem)
        self.problem, self.what = problem, what


@dataclass(frozen=True, slots=True)
class CannedReply:
    """One reply kept ready; a language without a text is absent."""

    reply_id: str
    name: str
    texts: Mapping[str, str]


class CannedReplies:
    """Keeps, lists and forgets them."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def all(self) -> list[CannedReply]:
        """Every reply, by name."""
        kept = self._redis.hgetall(keys.CANNED)
        replies = [CannedReply(reply_id.decode(), **json.loads(text)) for reply_id, text in kept.items()]
        return sorted(replies, key=lambda reply: reply.name.casefold())

    def keep(self, name: str, texts: Mapping[str, str], reply_id: str = "") -> CannedReply:
        """Keep a new one, or change the one with that id; PoorReply."""
        name = " ".join(name.split())
        texts = {locale: texts[locale].strip() for locale in LOCALES if texts.get(locale, "").strip()}
        _check(name, texts)
        if not reply_id:
            if self._redis.hlen(keys.CANNED) >= MOST:
                raise PoorReply("too-many")
            reply_id = secrets.token_hex(6)
        self._redis.hset(keys.CANNED, reply_id, json.dumps({"name": name, "texts": texts}))
        return CannedReply(reply_id, name, texts)

    def forget(self, reply_id: str) -> None:
        """It is kept no longer; harmless when it was not."""
        self._redis.hdel(keys.CANNED, reply_id)


def _check(name: str, texts: Mapping[str, str]) -> None:
    if not name:
        raise PoorReply("nameless")
    if not texts:
        raise PoorReply("empty")
    if len(name) > LONGEST_NAME or any(len(text) > LONGEST_TEXT for text in texts.values()):
        raise PoorReply("too-long")
    for text in texts.values():
        unknown = [gap for gap in _GAP.findall(text) if gap not in GAPS]
        if unknown:
            raise PoorReply("unknown-gap", f"{{{unknown[0]}}}")
