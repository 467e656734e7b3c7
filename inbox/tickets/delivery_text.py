"""How far one of our messages has got, in words: what the tick means, and what to do when it failed."""

from typing import Any

from bot.delivery.window_hold import NOT_NEEDED
from bot.messages.outgoing import Said
from bot.messages.phrases_delivery import reason_for
from bot.messages.thread import Delivery, OutboxEntry
from i18n.render import render
from inbox.tickets.row_json import iso
from inbox.web.locale import gettext, locale
from inbox.web.translation_marks import N_
from jobs.request_context import wiring

STATUSES = {
    Delivery.QUEUED: N_("on its way"),
    Delivery.SENDING: N_("on its way"),
    Delivery.SENT: N_("sent"),
    Delivery.DELIVERED: N_("delivered"),
    Delivery.READ: N_("read"),
    Delivery.FAILED: N_("not delivered"),
    Delivery.UNCERTAIN: N_("perhaps delivered"),
    Delivery.HELD: N_("kept until the customer writes again"),
}


def delivery_json(delivery: OutboxEntry) -> dict[str, Any]:
    """The state in words, the reason with the provider's own words, and whether trying again makes sense."""
    return {
        "status": delivery.status.value,
        "words": gettext(STATUSES[delivery.status]),
        "reason": _reason(delivery),
        "detail": delivery.detail,
        "at": iso(delivery.changed_at),
        "can_try_again": delivery.status in (Delivery.FAILED, Delivery.UNCERTAIN)
        and delivery.reason != NOT_NEEDED,
    }


def _reason(delivery: OutboxEntry) -> str:
    is_trouble = delivery.status in (Delivery.FAILED, Delivery.UNCERTAIN, Delivery.HELD)
    is_told = is_trouble or delivery.reason == "possibly_twice"
    if not delivery.reason or not is_told:
        return ""
    said, here = Said(reason_for(delivery.reason)), wiring()
    return render(said, locale(), here.policy.calendar.zone, here.clock())
