"""Sends one outbox entry to its channel, one call at a time, and records the outcome.

An entry has the status `sending` before a call and the channel's id after it. An entry that is found `sending` means
that a process crashed during the call: the message is looked up at the channel before anything else.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.delivery.delivery_status import apply_status, retry_without_buttons, unsent_parts
from bot.delivery.retry import GiveUp, LookUp, RetryAt, after_crash, after_failure, after_nothing_found
from bot.messages.errors import AddressMoved, DeliveryError, WindowClosed
from bot.messages.thread import DeliveryStatus, OutboxEntry
from channels.channel import Channel
from channels.outgoing import MessagePart, RenderedMessage
from jobs.delivery.channel_health import ChannelHealth
from jobs.delivery.rate_limits import exhausted_limit, is_group
from store.leases import Lease
from store.outbox import rate_limit
from store.outbox.in_flight import InFlight
from store.outbox.outbox import Outbox
from store.redis_client import Client

log = logging.getLogger(__name__)

ENDED = {DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.READ, DeliveryStatus.FAILED}
CLOCK_SKEW = timedelta(seconds=5)
"""How far our clock and a provider's may differ in a look-up."""

POSSIBLY_TWICE = "possibly_twice"
"""The reason recorded with a message that was sent again although it may have been sent before."""

LEAVES_WITHIN, FILE_LEAVES_WITHIN = timedelta(seconds=4), timedelta(seconds=10)
"""How long the next message waits for a receipt of this one, so that they arrive in order."""

Render = Callable[[OutboxEntry], RenderedMessage]
OnWindowClosed = Callable[[OutboxEntry, datetime], None]
Acquire = Callable[[OutboxEntry], timedelta]


class EntrySender:
    """Sends entries; calls `refused` when WhatsApp says that the window is closed."""

    def __init__(
        self,
        redis: Client,
        outbox: Outbox,
        in_flight: InFlight,
        channels: Mapping[str, Channel],
        health: ChannelHealth,
        render: Render,
        acquire: Acquire,
        refused: OnWindowClosed,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._outbox, self._in_flight, self._channels = redis, outbox, in_flight, channels
        self._health, self._render, self._acquire = health, render, acquire
        self._refused, self._clock = refused, clock

    def send(self, entry: OutboxEntry, lease: Lease) -> datetime | None:
        """Send the entry or settle an earlier attempt; until when its lane has to pause, if it has to."""
        now = self._clock()
        if entry.status in ENDED or (entry.status is DeliveryStatus.UNCERTAIN and entry.next_at is None):
            self._outbox.remove_from_lane(entry)
            return None
        if entry.next_at and entry.next_at > now:
            return entry.next_at
        channel = self._channels.get(entry.address.channel)
        if channel is None:
            return self._end(entry, DeliveryStatus.FAILED, "no_channel")
        parts = channel.split(self._render(entry))
        left = unsent_parts(entry, len(parts))
        if not left:
            return self._end(entry, DeliveryStatus.SENT)
        if entry.status in (DeliveryStatus.SENDING, DeliveryStatus.UNCERTAIN):
            return self._look_up(entry, channel, parts[left[0]])
        return self._send(entry, channel, parts, lease)

    def _send(
        self, entry: OutboxEntry, channel: Channel, parts: tuple[MessagePart, ...], lease: Lease
    ) -> datetime | None:
        for number in unsent_parts(entry, len(parts)):
            wait = self._wait_time(entry, channel)
            if wait or not lease.renew():
                return self._clock() + wait
            entry = self._mark(
                entry, status=DeliveryStatus.SENDING, attempts=entry.attempts + 1, next_at=None,
                part_count=len(parts), tried_at=self._clock(), has_form=_has_form(entry, parts),
            )  # fmt: skip
            if entry.status is not DeliveryStatus.SENDING:  # a receipt settled it or returned it to the queue
                return None
            try:
                sent = self._health.watch(
                    channel, partial(channel.send, entry.address, parts[number], reference=entry.entry_id)
                )
            except DeliveryError as error:
                return self._failed(entry, error)
            if channel.has_receipts:
                until = self._clock() + (FILE_LEAVES_WITHIN if parts[number].file else LEAVES_WITHIN)
                self._in_flight.begin(entry.lane, sent.external_id, until)
            entry = self._taken(entry, sent.external_id, sent.also)
            if entry.status is DeliveryStatus.HELD:  # a receipt came before the call returned
                return None
        self._outbox.remove_from_lane(entry)
        return None

    def _wait_time(self, entry: OutboxEntry, channel: Channel) -> timedelta:
        """How long the lane waits: for the message before this one, for a rate limit, or for the channel to work."""
        return (
            self._in_flight.wait_time(entry.lane, self._clock())
            or self._acquire(entry)
            or self._health.wait_time(channel)
        )

    def _taken(self, entry: OutboxEntry, external_id: str, also: tuple[str, ...] = ()) -> OutboxEntry:
        now = self._clock()

        def change(current: OutboxEntry) -> OutboxEntry | None:
            if external_id in current.fates or external_id in current.void_ids:
                self._in_flight.finish(entry.lane, external_id)  # the receipt came before the call returned
            if external_id in current.void_ids:
                return None
            taken = apply_status(current, DeliveryStatus.SENT, now, external_id) or current
            taken = replace(taken, look_ups=0, attempts=0, next_at=None, also_ids=(*taken.also_ids, *also))
            if current.reason == POSSIBLY_TWICE:
                taken = replace(taken, reason=POSSIBLY_TWICE)
            if unsent_parts(taken, taken.part_count):
                return replace(taken, status=DeliveryStatus.QUEUED, changed_at=now)
            return taken

        return self._outbox.update(entry.entry_id, change) or entry

    def _failed(self, entry: OutboxEntry, error: DeliveryError) -> datetime | None:
        now = self._clock()
        log.warning("delivery failed", extra={"entry": entry.entry_id, "code": error.code})
        if error.retry_after:
            rate_limit.back_off(self._redis, exhausted_limit(entry), now + error.retry_after, now)
            if not is_group(entry):
                self._health.rest(entry.address.channel, now + error.retry_after)
        if isinstance(error, AddressMoved) and error.address != entry.address:
            self._mark(entry, status=DeliveryStatus.QUEUED, address=error.address)
            return None
        if isinstance(error, WindowClosed) and not entry.approved:
            self._refused(entry, now)
            self._mark(entry, status=DeliveryStatus.HELD, reason=error.code, detail=error.reason)
            return None
        if error.is_permanent and retry_without_buttons(entry, error.code):
            self._outbox.update(entry.entry_id, lambda current: retry_without_buttons(current, error.code))
            return None
        return self._decided(entry, after_failure(error, entry.attempts, now, seed=entry.entry_id), error)

    def _look_up(self, entry: OutboxEntry, channel: Channel, part: MessagePart) -> datetime | None:
        """It may have been sent: look it up, if the channel can."""
        now = self._clock()
        since = (entry.tried_at or entry.created_at) - CLOCK_SKEW
        if entry.status is DeliveryStatus.SENDING and not channel.can_look_up:
            return self._decided(entry, after_crash(entry.attempts, now), None, code=POSSIBLY_TWICE)
        if not channel.can_look_up and (wait := self._health.time_to_settle(channel)):
            return now + wait
        try:
            found = channel.look_up(entry.address, part, since, known=_OtherMessageIds(self._outbox, entry))
        except DeliveryError as error:
            return self._decided(entry, LookUp(now + timedelta(seconds=5)), error)
        if found:
            self._taken(entry, found)
            return None
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
        code: str = "",
    ) -> datetime | None:
        words = error.reason if error else entry.detail
        match rule:
            case RetryAt(at):
                code = code or (error.code if error else entry.reason)
                entry = self._mark(
                    entry, status=DeliveryStatus.QUEUED, next_at=at, look_ups=0, detail=words, reason=code
                )
            case LookUp(at):
                entry = self._mark(
                    entry, status=DeliveryStatus.UNCERTAIN, next_at=at, look_ups=entry.look_ups, detail=words
                )
            case GiveUp(code, reason):
                status = DeliveryStatus.UNCERTAIN if code == "uncertain" else DeliveryStatus.FAILED
                return self._end(entry, status, code, reason or words)
        if entry.status in ENDED or entry.status is DeliveryStatus.HELD:  # a receipt came first
            return None
        return at

    def give_up(self, entry: OutboxEntry) -> datetime | None:
        """It crashed the sender every time: it leaves the lane as failed or uncertain, which agents see."""
        entry = self._outbox.find(entry.entry_id) or entry
        may_be_out = entry.status in (DeliveryStatus.SENDING, DeliveryStatus.UNCERTAIN)
        return self._end(entry, DeliveryStatus.UNCERTAIN if may_be_out else DeliveryStatus.FAILED, "broken")

    def _end(
        self, entry: OutboxEntry, status: DeliveryStatus, reason: str = "", detail: str = ""
    ) -> datetime | None:
        self._mark(entry, status=status, reason=reason, detail=detail, next_at=None)
        self._outbox.remove_from_lane(entry)
        return None

    def _mark(self, entry: OutboxEntry, **changes: object) -> OutboxEntry:
        """Change the entry, unless a receipt meanwhile said that it arrived or is held."""

        def change(current: OutboxEntry) -> OutboxEntry | None:
            is_settled = current.status in ENDED and not unsent_parts(current, current.part_count)
            is_given_back = current.status is DeliveryStatus.HELD and entry.status is not DeliveryStatus.HELD
            is_corrected = current.outgoing != entry.outgoing  # by its agent, since it was rendered
            if is_settled or is_given_back or is_corrected:
                return None
            return replace(current, changed_at=self._clock(), **changes)  # type: ignore[arg-type]

        return self._outbox.update(entry.entry_id, change) or entry


@dataclass(frozen=True)
class _OtherMessageIds:
    """Channel ids that a look-up must skip: those of other messages and of this one's earlier parts."""

    outbox: Outbox
    entry: OutboxEntry

    def __contains__(self, external_id: object) -> bool:
        known = external_id in self.entry.external_ids or external_id in self.entry.void_ids
        owner = self.outbox.id_by_external_id(self.entry.address.channel, str(external_id))
        return known or owner not in ("", self.entry.entry_id)


def _has_form(entry: OutboxEntry, parts: tuple[MessagePart, ...]) -> bool:
    """Whether its choices are sent as buttons or a list."""
    return entry.approved is None and any(part.template for part in parts)
