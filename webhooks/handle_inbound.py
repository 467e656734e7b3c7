"""Passes parsed webhook events to the desk; logs those that are ignored, refuses those that aren't genuine."""

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
    """Return the function that handles every event of a provider."""

    def dispatch(event: InboundEvent) -> None:
        match event:
            case Inbound():
                if not (group and group.takes(event)):
                    desk.receive(event)
            case GroupUpdate() | GroupChanged():
                _dispatch_to_group(group, event)
            case Receipt():
                _record(desk, event)
            case ReachabilityChanged(address, is_reachable, at):
                desk.record_reachability(address, is_reachable, at)
            case Ignored(reason):
                log.info("webhook ignored: %s", reason)
            case Refused(reason):
                log.warning("webhook refused: %s", reason)
                abort(403)

    return dispatch


def _dispatch_to_group(group: GroupWebhookIntake | None, event: GroupUpdate | GroupChanged) -> None:
    """Messages in a group never come from customers."""
    if group is None:
        log.info("webhook ignored: from a group, but no agents' group is set")
    elif isinstance(event, GroupUpdate):
        group.hear(event)
    else:
        group.change(event)


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
        log.info("webhook ignored: a receipt for an unknown message")
