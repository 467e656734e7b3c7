"""Delivery: drains one lane in order, one call at a time, and records what became of each.

Before a call the entry says `sending`; after it, the channel's id. Whoever finds an entry still `sending` knows
that a process died in between, and asks the channel before doing anything else.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import DeliveryError
from bot.receipts import merged
from bot.retry import GiveUp, LookUp, RetryAt, after_failure, after_nothing_found
from bot.thread import Delivery, OutboxEntry
from channels.channel import Channel
from channels.rendered import Part, Rendered
from store import pace
from store.client import Client
from store.leases import Lease, leased
from store.outbox import Outbox

log = logging.getLogger(__name__)

ENDED = {Delivery.SENT, Delivery.DELIVERED, Delivery.READ, Delivery.FAILED}
CLOCKS_APART = timedelta(seconds=5)
"""How far our clock and a provider's may differ when we look a message up."""

MOST_IN_ONE_GO = 50
"""Entries that one job sends before it lets others have the worker."""

Render = Callable[[OutboxEntry], Rendered]
Limits = Callable[[OutboxEntry], list[pace.Limit]]


class Courier:
    """Takes what is in the outbox to its channel."""

    def __init__(
        self,
        redis: Client,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        render: Render,
        limits: Limits,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._outbox, self._channels = redis, outbox, channels
        self._render, self._limits, self._clock = render, limits, clock

    def drain(self, lane: str) -> None:
        """Send what waits in `lane`, until it is empty or must rest. Harmless to run twice."""
        with leased(self._redis, lane) as lease:
            if lease is None:
                return
            for _ in range(MOST_IN_ONE_GO):
                entry = self._outbox.head(lane)
                if entry is None or not lease.renew() or not self._attend(entry, lease):
                    return
            if entry := self._outbox.head(lane):
                self._outbox.wait(entry, self._clock())

    def _attend(self, entry: OutboxEntry, lease: Lease) -> bool:
        """Do what the entry asks for; False when its lane must rest."""
        now = self._clock()
        if entry.status in ENDED or (entry.status is Delivery.UNCERTAIN and entry.next_at is None):
            self._outbox.finish(entry)
            return True
        if entry.next_at and entry.next_at > now:
            self._outbox.wait(entry, entry.next_at)
            return False
        channel = self._channels.get(entry.address.channel)
        if channel is None:
            return self._end(entry, Delivery.FAILED, "no_channel")
        parts = channel.parts(self._render(entry))
        left = parts[len(entry.external_ids) :]
        if entry.status in (Delivery.SENDING, Delivery.UNCERTAIN) and left:
            return self._look_up(entry, channel, left)
        return self._send(entry, channel, left, lease)

    def _send(self, entry: OutboxEntry, channel: Channel, parts: tuple[Part, ...], lease: Lease) -> bool:
        for part in parts:
            wait = pace.take(self._redis, self._limits(entry), self._clock())
            if wait or not lease.renew():
                self._outbox.wait(entry, self._clock() + wait)
                return False
            entry = self._mark(entry, status=Delivery.SENDING, attempts=entry.attempts + 1, next_at=None)
            try:
                sent = channel.send(entry.address, part, reference=entry.entry_id)
            except DeliveryError as error:
                return self._failed(entry, error)
            entry = self._taken(entry, sent.external_id, is_last=part is parts[-1])
        if not parts:
            self._end(entry, Delivery.SENT)
        self._outbox.finish(entry)
        return True

    def _taken(self, entry: OutboxEntry, external_id: str, *, is_last: bool) -> OutboxEntry:
        now = self._clock()

        def change(current: OutboxEntry) -> OutboxEntry:
            ids = tuple(dict.fromkeys((*current.external_ids, external_id)))
            current = replace(current, external_ids=ids, look_ups=0, next_at=None)
            if not is_last:
                return replace(current, status=Delivery.QUEUED, changed_at=now)
            return merged(current, Delivery.SENT, now) or current

        return self._outbox.update(entry.entry_id, change) or entry

    def _failed(self, entry: OutboxEntry, error: DeliveryError) -> bool:
        now = self._clock()
        log.warning("delivery failed", extra={"entry": entry.entry_id, "code": error.code})
        if error.retry_after:
            limit = self._limits(entry)[0]
            pace.back_off(self._redis, limit.name, now + error.retry_after, now)
        return self._decided(entry, after_failure(error, entry.attempts, now, seed=entry.entry_id), error)

    def _look_up(self, entry: OutboxEntry, channel: Channel, left: tuple[Part, ...]) -> bool:
        """It may have gone out: ask the channel, where it can be asked."""
        now = self._clock()
        since = (entry.changed_at or entry.created_at) - CLOCKS_APART
        if entry.status is Delivery.SENDING and not channel.can_look_up:
            return self._decided(entry, RetryAt(now), None, detail="possibly_twice")
        try:
            found = channel.look_up(entry.address, left[0], since, known=frozenset(entry.external_ids))
        except DeliveryError as error:
            return self._decided(entry, LookUp(now + timedelta(seconds=5)), error)
        if found:
            self._taken(entry, found, is_last=len(left) == 1)
            return True
        looks = entry.look_ups + 1
        rule = after_nothing_found(
            looks, entry.attempts, now, can_look_up=channel.can_look_up, seed=entry.entry_id
        )
        return self._decided(replace(entry, look_ups=looks), rule, None)

    def _decided(
        self,
        entry: OutboxEntry,
        rule: RetryAt | GiveUp | LookUp,
        error: DeliveryError | None,
        detail: str = "",
    ) -> bool:
        words = detail or (error.reason if error else entry.detail)
        match rule:
            case RetryAt(at):
                entry = self._mark(
                    entry, status=Delivery.QUEUED, next_at=at, look_ups=0, detail=words,
                    reason=error.code if error else entry.reason,
                )  # fmt: skip
                self._outbox.wait(entry, at)
                return False
            case LookUp(at):
                entry = self._mark(
                    entry, status=Delivery.UNCERTAIN, next_at=at, look_ups=entry.look_ups, detail=words
                )
                self._outbox.wait(entry, at)
                return False
            case GiveUp(code, reason):
                status = Delivery.UNCERTAIN if code == "uncertain" else Delivery.FAILED
                return self._end(entry, status, code, reason or words)

    def _end(self, entry: OutboxEntry, status: Delivery, reason: str = "", detail: str = "") -> bool:
        self._mark(entry, status=status, reason=reason, detail=detail, next_at=None)
        self._outbox.finish(entry)
        return True

    def _mark(self, entry: OutboxEntry, **changes: object) -> OutboxEntry:
        """Change the entry, unless a receipt has meanwhile said that it arrived."""

        def change(current: OutboxEntry) -> OutboxEntry | None:
            if current.status in (Delivery.DELIVERED, Delivery.READ):
                return None
            return replace(current, changed_at=self._clock(), **changes)  # type: ignore[arg-type]

        return self._outbox.update(entry.entry_id, change) or entry
