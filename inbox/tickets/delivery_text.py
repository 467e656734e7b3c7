"""The delivery status of a message in words, and what to do if it failed."""

from typing import Any

from bot.delivery.corrections import WITHDRAWN
from bot.delivery.window_hold import NOT_NEEDED
from bot.messages.outgoing import Translatable
from bot.messages.phrases_delivery import reason_for
from bot.messages.thread import DeliveryStatus, OutboxEntry
from i18n.render import render
from inbox.tickets.row_json import iso
from inbox.web.locale import gettext, locale
from inbox.web.translation_marks import N_
from jobs.request_context import wiring

STATUSES = {
    DeliveryStatus.QUEUED: N_("on its way"),
    DeliveryStatus.SENDING: N_("on its way"),
    DeliveryStatus.SENT: N_("sent"),
    DeliveryStatus.DELIVERED: N_("delivered"),
    DeliveryStatus.READ: N_("read"),
    DeliveryStatus.FAILED: N_("not delivered"),
    DeliveryStatus.UNCERTAIN: N_("possibly delivered"),
    DeliveryStatus.HELD: N_("kept until the customer writes again"),
}


def delivery_json(delivery: OutboxEntry) -> dict[str, Any]:
    """The status and reason in words, the provider's own message, and whether a retry makes sense."""
    return {
        "status": delivery.status.value,
        "words": gettext(STATUSES[delivery.status]),
        "reason": _reason(delivery),
        "detail": delivery.detail,
        "at": iso(delivery.changed_at),
        "can_try_again": delivery.status in (DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN)
        and delivery.reason not in (NOT_NEEDED, WITHDRAWN),
    }


def _reason(delivery: OutboxEntry) -> str:
    is_trouble = delivery.status in (DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN, DeliveryStatus.HELD)
    is_told = is_trouble or delivery.reason == "possibly_twice"
    if not delivery.reason or not is_told:
        return ""
    said, here = Translatable(reason_for(delivery.reason)), wiring()
    return render(said, locale(), here.policy.calendar.zone, here.clock())
