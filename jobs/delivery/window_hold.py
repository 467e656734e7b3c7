"""Holds messages while WhatsApp's window is closed, records why, and sends a template to reopen it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.delivery import window_hold
from bot.delivery.window_hold import NOT_NEEDED, HoldReason
from bot.messages.errors import NotFound
from bot.messages.ids import owner_of
from bot.messages.inbound import Address
from bot.messages.thread import Author, DeliveryStatus, OutboxEntry, ThreadEntry
from bot.policy.policy import Policy
from bot.sla.outlook import Policies
from store.contacts.unit_of_work import UnitsOfWork
from store.outbox.outbox import Outbox
from store.outbox.recipient import LaneRecipient, LaneRecipients
from store.outbox.template_quota import MIN_INTERVAL, SentTemplate, TemplateOutcome, TemplateQuota

CHECK_AGAIN_AFTER = timedelta(minutes=15)
"""How often a held lane is checked, even if nothing seems to have changed."""

_UNSENT = (DeliveryStatus.QUEUED, DeliveryStatus.HELD)


class WindowHold:
    """Decides which messages to hold and whether to send a template."""

    def __init__(
        self,
        outbox: Outbox,
        units: UnitsOfWork,
        recipients: LaneRecipients,
        template_quota: TemplateQuota,
        policies: Policies,
        clock: Callable[[], datetime],
    ) -> None:
        self._outbox, self._units, self._recipients = outbox, units, recipients
        self._template_quota, self._policies, self._clock = template_quota, policies, clock

    def recipient_of(self, lane: str) -> LaneRecipient:
        """Where that lane's recipient can be reached now."""
        return self._recipients.find(lane)

    def sendable(self, entry: OutboxEntry, where: LaneRecipient) -> OutboxEntry | None:
        """The entry as it may be sent now, to the recipient's current channel; None if it has to wait."""
        if entry.status not in _UNSENT:
            return entry
        now, place = self._clock(), where.address
        if entry.approved:
            return self._without_need(entry, now) if _has_written(entry, where, now) else entry
        has_moved = place is not None and place.channel != entry.address.channel
        if not has_moved and where.accepts_text(entry.address, now):
            return entry
        if place and self._is_to_follow(entry, place) and where.accepts_text(place, now):
            return self._outbox.update(entry.entry_id, lambda e: _readdressed(e, where)) or entry
        return entry if where.accepts_text(entry.address, now) else None

    def _without_need(self, entry: OutboxEntry, now: datetime) -> OutboxEntry:
        """Cancel a template that wasn't sent before the recipient wrote."""

        def change(current: OutboxEntry) -> OutboxEntry | None:
            if current.status not in _UNSENT:
                return None
            return replace(
                current,
                status=DeliveryStatus.FAILED,
                reason=NOT_NEEDED,
                detail="",
                next_at=None,
                changed_at=now,
            )

        return self._outbox.update(entry.entry_id, change) or entry

    @staticmethod
    def _is_to_follow(entry: OutboxEntry, place: Address) -> bool:
        """Whether to readdress the entry: not once a part of it was sent, or if it changes a sent message."""
        is_new = not any(entry.external_ids) and not entry.outgoing.edits
        return place != entry.address and place.is_deliverable and is_new

    def hold(self, waiting: Sequence[OutboxEntry], where: LaneRecipient) -> bool:
        """Hold these entries and see to a template; False if one was added to the lane to be sent."""
        now, last = self._clock(), self._last(waiting[0].lane)
        asking = _WaitingEntries(waiting, last, now)
        why, until = (
            self._ask(asking, now) if asking.unasked else (HoldReason.INVITED, now + CHECK_AGAIN_AFTER)
        )
        for entry in waiting:
            self._mark(entry, asking.why(entry, why), now)
        if until is None:
            return False
        rest = min(until, now + CHECK_AGAIN_AFTER)
        self._outbox.pause_lane_unless_changed(waiting[0], rest, now, where.contact_id, where.version)
        return True

    def window_closed(self, entry: OutboxEntry, at: datetime) -> None:
        """WhatsApp refused `entry` at that instant because the window is closed."""
        where = self.recipient_of(entry.lane)
        self._recipients.mark_window_closed(where.contact_id, at)

    def _last(self, lane: str) -> "_LastTemplate | None":
        invitation = self._template_quota.last_sent(lane)
        if invitation is None:
            return None
        entry = self._outbox.find(invitation.entry_id)
        return _LastTemplate(invitation, has_failed=entry is None or entry.status is DeliveryStatus.FAILED)

    def _ask(self, asking: "_WaitingEntries", now: datetime) -> tuple[HoldReason, datetime | None]:
        """Queue a template if allowed; the reason for holding, and when to check again (None: it was queued)."""
        policy, first, last = self._policies.current, asking.unasked[0], asking.last
        sids = window_hold.template_for(first, policy.whatsapp)
        if sids is None:
            return HoldReason.NO_TEMPLATE, now + CHECK_AGAIN_AFTER
        if last and last.invitation.is_recent(now):
            return (
                HoldReason.TEMPLATE_FAILED if last.has_failed else HoldReason.TOO_SOON
            ), last.invitation.at + MIN_INTERVAL
        outcome = self._invite(first, sids.in_(first.locale), last.invitation if last else None, policy, now)
        if outcome is TemplateOutcome.SPENT:
            return HoldReason.SPENT, _midnight(policy, now)
        return HoldReason.INVITED, None

    def _invite(
        self, first: OutboxEntry, sid: str, before: SentTemplate | None, policy: Policy, now: datetime
    ) -> TemplateOutcome:
        shown, approved = window_hold.template_message(first, self._number(first.thread_id), sid)
        name = f"{first.lane}.{int(now.timestamp() * 1000)}"
        asked = OutboxEntry(
            name,
            first.lane,
            first.address,
            first.locale,
            shown,
            now,
            thread_id=first.thread_id,
            approved=approved,
        )
        line = ThreadEntry(name, first.thread_id, now, Author.BOT, said=shown, channel=first.address.channel)
        is_theirs = not window_hold.is_alert(first) and bool(owner_of(first.thread_id))
        day = now.astimezone(policy.calendar.zone).date().isoformat()
        most = policy.whatsapp.most_templates_a_day
        return self._template_quota.add(asked, line if is_theirs else None, before, day, most)

    def _number(self, thread_id: str) -> str:
        try:
            return self._units.ticket(thread_id).number
        except NotFound:
            return "…"

    def _mark(self, entry: OutboxEntry, why: HoldReason, now: datetime) -> None:
        if (entry.status, entry.reason) == (DeliveryStatus.HELD, why.value):
            return

        def change(current: OutboxEntry) -> OutboxEntry | None:
            if current.status not in _UNSENT:
                return None
            return replace(
                current, status=DeliveryStatus.HELD, reason=why.value, detail="", next_at=None, changed_at=now
            )

        self._outbox.update(entry.entry_id, change)


@dataclass(frozen=True)
class _LastTemplate:
    """The last template that the recipient was sent, and whether it failed."""

    invitation: SentTemplate
    has_failed: bool


@dataclass(frozen=True)
class _WaitingEntries:
    """The entries that wait in one lane."""

    waiting: Sequence[OutboxEntry]
    last: _LastTemplate | None
    now: datetime

    @property
    def unasked(self) -> list[OutboxEntry]:
        """Entries that deserve a template and came after the last one."""
        return [e for e in self.waiting if window_hold.is_worth_a_template(e) and not self._is_asked_for(e)]

    def why(self, entry: OutboxEntry, of_the_unasked: HoldReason) -> HoldReason:
        """Why this entry is held."""
        if not window_hold.is_worth_a_template(entry):
            return HoldReason.UNWORTHY
        return HoldReason.INVITED if self._is_asked_for(entry) else of_the_unasked

    def _is_asked_for(self, entry: OutboxEntry) -> bool:
        last = self.last
        return last is not None and not last.has_failed and entry.created_at <= last.invitation.at


def _has_written(entry: OutboxEntry, where: LaneRecipient, now: datetime) -> bool:
    """Whether text reaches the recipient now, here or in the app that they moved to."""
    place = where.address
    is_elsewhere = place is not None and place.is_deliverable and where.accepts_text(place, now)
    return is_elsewhere or where.accepts_text(entry.address, now)


def _readdressed(entry: OutboxEntry, where: LaneRecipient) -> OutboxEntry | None:
    if entry.status not in _UNSENT or where.address is None:
        return None
    said = replace(entry.outgoing, quoted_id="")
    return replace(entry, address=where.address, outgoing=said, next_at=None, attempts=0)


def _midnight(policy: Policy, now: datetime) -> datetime:
    """When the next day starts in the desk's time zone."""
    tomorrow = now.astimezone(policy.calendar.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), policy.calendar.zone)
