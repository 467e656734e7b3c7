"""How far one of our messages has got, in words: what the tick means, and what to do when it failed."""

from typing import Any

from bot.thread import Delivery
from inbox.languages import gettext
from inbox.marks import N_
from inbox.ports import DeliveryView

STATUSES = {
    Delivery.QUEUED: N_("on its way"),
    Delivery.SENDING: N_("on its way"),
    Delivery.SENT: N_("sent"),
    Delivery.DELIVERED: N_("delivered"),
    Delivery.READ: N_("read"),
    Delivery.FAILED: N_("not delivered"),
    Delivery.UNCERTAIN: N_("we cannot tell whether it arrived"),
    Delivery.HELD: N_("kept until the customer writes again: WhatsApp’s 24 hours are over"),
}

REASONS = {
    "blocked": N_("The customer has blocked us."),
    "window_closed": N_("WhatsApp’s 24 hours are over; it can go out once the customer writes again."),
    "no_such_address": N_("There is nobody at this address any more."),
    "opted_out": N_("The customer has asked not to be written to."),
    "not_on_channel": N_("This number is not on WhatsApp."),
    "too_big": N_("The file is too big for this channel."),
    "type_refused": N_("This channel does not take files of this type."),
    "too_long": N_("The text is too long for this channel."),
    "credentials": N_("The channel does not accept our credentials; the operator must look into it."),
    "gave_up": N_("The channel was out of reach for too long; we gave up."),
}


def delivery_json(delivery: DeliveryView) -> dict[str, Any]:
    """The state, its words, the reason in words with the provider's own, and whether trying again makes sense."""
    reason = gettext(REASONS[delivery.reason]) if delivery.reason in REASONS else ""
    return {
        "status": delivery.status.value,
        "words": gettext(STATUSES[delivery.status]),
        "reason": reason,
        "detail": delivery.detail or ("" if reason else delivery.reason),
        "at": delivery.changed_at.isoformat() if delivery.changed_at else None,
        "can_try_again": delivery.status in (Delivery.FAILED, Delivery.UNCERTAIN),
    }
