"""What a provider's post became goes to the desk: accepted, ignored with a reason, or refused."""

import logging
from collections.abc import Callable

from flask import abort

from bot.messages.inbound import Inbound
from channels.inbound_events import (
    GroupChanged,
    GroupUpdate,
    Ignored,
    InboundEvent,
    ReachabilityChanged,
    Receipt,
    Refused,
)
from desk.desk import Desk
from jobs.forum.webhook_intake import GroupWebhookIntake

log = logging.getLogger(__name__)

Dispatch = Callable[[InboundEvent], None]


def dispatcher(desk: Desk, group: GroupWebhookIntake | None = None) -> Dispatch:
    """The one way in for everything that providers tell."""

    def take(incoming: InboundEvent) -> None:
        match incoming:
            case Inbound():
                if not (group and group.takes(incoming)):
                    desk.receive(incoming)
            case GroupUpdate() | GroupChanged():
                _dispatch_to_group(group, incoming)
            case Receipt():
                _record(desk, incoming)
            case ReachabilityChanged(address, is_reachable, at):
                desk.record_reachability(address, is_reachable, at)
            case Ignored(reason):
                log.info("webhook ignored: %s", reason)
            case Refused(reason):
                log.warning("webhook refused: %s", reason)
                abort(403)

    return take


def _dispatch_to_group(group: GroupWebhookIntake | None, incoming: GroupUpdate | GroupChanged) -> None:
    """In groups nobody is a customer."""
    if group is None:
        log.info("webhook ignored: from a group, and the agents have none")
    elif isinstance(incoming, GroupUpdate):
        group.hear(incoming)
    else:
        group.change(incoming)


def _record(desk: Desk, receipt: Receipt) -> None:
    is_ours = desk.record_receipt(
        receipt.channel,
        receipt.status,
        entry_id=receipt.reference,
        external_id=receipt.external_id,
        reason=receipt.code,
        detail=receipt.reason,
    )
    if not is_ours:
        log.info("webhook ignored: a receipt for nothing of ours")
