"""Delivery receipts, and retries that agents ask for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.delivery.corrections import WITHDRAWN
from bot.delivery.delivery_status import retry_without_buttons, return_to_hold, without_failed
from bot.messages.thread import DeliveryStatus, OutboxEntry
from store.outbox.in_flight import InFlight
from store.outbox.outbox import Outbox
from store.outbox.recipient import LaneRecipients


class Receipts:
    """Records receipts, and retries failed messages."""

    def __init__(
        self, outbox: Outbox, in_flight: InFlight, recipients: LaneRecipients, clock: Callable[[], datetime]
    ) -> None:
        self._outbox, self._in_flight, self._recipients, self._clock = outbox, in_flight, recipients, clock

    def take(self, entry_id: str, status: DeliveryStatus, external_id: str, reason: str, detail: str) -> bool:
        """Record the status of one part of that entry; False if there's no such entry."""
        entry = self._outbox.find(entry_id)
        if entry is None:
            return False
        if status is not DeliveryStatus.SENDING and self._in_flight.finish(entry.lane, external_id):
            self._outbox.wake_lane(entry, self._clock())
        if reason == "window_closed" and entry.approved is None:
            self._give_back(entry, external_id)
            return True
        if reason == "window_closed":  # a template needs no open window, so it isn't approved
            reason = "template"
        self._outbox.apply_receipt(entry_id, status, self._clock(), external_id, reason, detail)
        if status is DeliveryStatus.FAILED and entry.has_form:
            self._try_in_plain_words(entry, reason)
        if entry.approved and status is DeliveryStatus.FAILED:
            self._outbox.wake_lane(entry, self._clock())
        return True

    def try_again(self, entry_id: str) -> OutboxEntry | None:
        """Resend the parts that failed or may not have arrived; None if there's no such entry."""
        now = self._clock()

        def change(entry: OutboxEntry) -> OutboxEntry | None:
            is_over = entry.status in (DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN)
            if not is_over or entry.reason == WITHDRAWN:
                return None
            afresh = without_failed(entry)
            return replace(
                afresh,
                status=DeliveryStatus.QUEUED,
                attempts=0,
                next_at=None,
                reason="",
                detail="",
                changed_at=now,
            )

        entry = self._outbox.update(entry_id, change)
        if entry and entry.status is DeliveryStatus.QUEUED:
            self._outbox.requeue(entry, now)
        return entry

    def _try_in_plain_words(self, entry: OutboxEntry, reason: str) -> None:
        """WhatsApp rejected the buttons after Twilio accepted them: resend as numbered lines."""
        if self._outbox.return_to_lane(entry.entry_id, lambda e: retry_without_buttons(e, reason)):
            self._outbox.wake_lane(entry, self._clock())

    def _give_back(self, entry: OutboxEntry, external_id: str) -> None:
        """By WhatsApp's clock the window was closed: hold the message, as if ours had said so."""
        now = self._clock()
        if self._outbox.return_to_lane(entry.entry_id, lambda e: return_to_hold(e, external_id, now)) is None:
            return
        where = self._recipients.find(entry.lane)
        self._recipients.mark_window_closed(where.contact_id, entry.tried_at or now)
        self._outbox.wake_lane(entry, now)
