"""Sends a destination its queued alerts: one by one, or as a digest when many come at once."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.alerts.digest import SentAlert, build_digest, plan_digest
from bot.messages.notice import Notice
from bot.policy.policy import Policy
from bot.sla import whatsapp_window
from store.alerts.alert_queue import AlertQueue, DispatchPlan, SentAlertEntry


class AlertSender:
    """Sends queued alerts."""

    def __init__(
        self, alert_queue: AlertQueue, policy: Policy, overview_url: str, clock: Callable[[], datetime]
    ) -> None:
        self._alert_queue, self._policy, self._overview_url, self._clock = (
            alert_queue,
            policy,
            overview_url,
            clock,
        )

    def send(self, lane: str) -> None:
        """Send that destination what is due; safe to run twice or with an empty queue."""
        now, heard_at = self._clock(), self._alert_queue.last_inbound_at(lane)
        self._alert_queue.dispatch(lane, now, lambda waiting, told: self._plan(waiting, told, heard_at, now))

    def _plan(
        self,
        waiting: Sequence[Notice],
        told: Sequence[SentAlertEntry],
        heard_at: datetime | None,
        now: datetime,
    ) -> DispatchPlan:
        if not waiting:
            return DispatchPlan()
        if not _may_write(waiting[0], heard_at, now):
            return _ask_to_write(waiting[0], told, heard_at, now)
        earlier = [SentAlert(each.at, each.is_digest) for each in told if not each.is_answer]
        telling = plan_digest(waiting, earlier, self._policy.alerts, self._policy.calendar, now)
        messages = [
            (notice, SentAlertEntry(notice.notice_id, now, is_answer=notice.is_answer))
            for notice in telling.alone
        ]
        if telling.digest:
            folded = build_digest(telling.digest, self._overview_url)
            messages.append((folded, SentAlertEntry(folded.notice_id, now, is_digest=True)))
        return DispatchPlan(messages, (*telling.alone, *telling.digest), telling.again_at)


def _may_write(notice: Notice, heard_at: datetime | None, now: datetime) -> bool:
    """Whether to send: not while WhatsApp's window is known to be closed; without a known window, try."""
    return heard_at is None or whatsapp_window.is_open(notice.to, heard_at, now)


def _ask_to_write(
    first: Notice, told: Sequence[SentAlertEntry], heard_at: datetime | None, now: datetime
) -> DispatchPlan:
    """One alert a day is queued anyway: delivery holds it and sends a template; after a reply, all are sent."""
    shut_at = whatsapp_window.closes_at(first.to, heard_at) or now
    if any(each.at >= shut_at and now - each.at < whatsapp_window.WINDOW for each in told):
        return DispatchPlan()
    return DispatchPlan([(first, SentAlertEntry(first.notice_id, now))], (first,))
