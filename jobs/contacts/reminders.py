"""Asks customers about requests that they began and didn't send: once each, and never outside WhatsApp's window."""

from collections.abc import Callable
from datetime import datetime

from bot.actions.unfinished_requests import ask_once
from bot.messages.ids import owner_of
from bot.model.unit_of_work import Changes, Records
from bot.sla.outlook import Policies
from store import keys
from store.contacts import unfinished
from store.contacts.unit_of_work import UnitsOfWork
from store.outbox.recipient import conversation_of
from store.redis_client import Client


class Reminders:
    """Asks about unfinished requests."""

    def __init__(
        self, redis: Client, units: UnitsOfWork, policies: Policies, clock: Callable[[], datetime]
    ) -> None:
        self._redis, self._units, self._policies, self._clock = redis, units, policies, clock

    def ask_if_due(self, draft_id: str) -> None:
        """Ask if it's time; harmless to repeat, since the question and its mark are written together."""

        def decide(records: Records) -> Changes | None:
            return ask_once(records, draft_id, self._policies.current, self._clock())

        if self._units.change(draft_id, decide) is None:
            self._reindex(draft_id)

    def _reindex(self, draft_id: str) -> None:
        """They wrote meanwhile, or the request is over: look again at the right time, or never."""
        found = conversation_of(self._redis, owner_of(draft_id))
        if found is None or found.draft_id != draft_id:
            unfinished.forget(self._redis, draft_id)
        elif found.remind_at:
            self._redis.zadd(keys.REMINDERS, {draft_id: found.remind_at.timestamp()}, xx=True)
