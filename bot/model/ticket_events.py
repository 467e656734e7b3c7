"""Ticket events: what has happened to a ticket, from which its status and clocks can be recomputed.

An event never changes. `data` holds short strings only, so that every event is one line of JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

CUSTOMER = "customer"
SYSTEM = ""


class TicketEventKind(StrEnum):
    """The kinds of events, each with the keys of `data`. `rule` is the policy's rule that caused it, if any."""

    OPENED = "opened"  # priority, category, through (the app's token, if opened by the API)
    CUSTOMER_WROTE = "customer_wrote"
    THANKED = "thanked"  # a mere thank-you from the customer
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"  # at (of the reply that was taken back)
    REVIEWED = "reviewed"  # an agent read it
    ASSIGNED = "assigned"  # to ("" nobody), rule
    PRIORITISED = "prioritised"  # old, new, rule
    RETURNED = "returned"  # for more information; clocks on hold
    HELD = "held"  # waiting for the customer, without asking
    RELEASED = "released"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CLOSED = "closed"
    BROUGHT_BACK = "brought_back"  # from the archive, as solved
    MERGED = "merged"  # into, number (of that ticket)
    JOINED = "joined"  # ticket, number, threads, opened_at, talk: see bot.actions.merge_tickets
    RATED = "rated"  # stars, comment
    TAGGED = "tagged"  # tags, comma separated; rule
    NOTED = "noted"  # rule (that left a note, once per ticket)
    RENAMED = "renamed"  # subject
    QUOTED = "quoted"  # price, terms
    QUOTE_ACCEPTED = "quote_accepted"
    QUOTE_DECLINED = "quote_declined"
    RAISED = "raised"  # emergency alert
    WARNED = "warned"  # target, turn
    MISSED = "missed"  # target, turn, due_at
    ESCALATED = "escalated"  # target, turn, step, lanes (of the recipients)
    ACKNOWLEDGED = "acknowledged"  # target, turn, name (of somebody who isn't an agent)
    SNOOZED = "snoozed"  # target, turn, until, to (the address to alert again), locale, name
    REMINDED = "reminded"  # target, turn, until (when the snooze ended)
    APOLOGISED = "apologised"  # target, turn, aim ("" if none was given)
    BLOCKED = "blocked"  # the customer blocked us
    UNBLOCKED = "unblocked"
    PASSAGE_OFFERED = "passage_offered"  # to (a channel)
    MOVED = "moved"  # to (a channel), passage (its name)
    IDENTIFIED = "identified"  # account
    ALERTED = "alerted"  # about: quota
    ACCESS_ASKED = "access_asked"
    ACCESS_DECLINED = "access_declined"
    ACCESS_GRANTED = "access_granted"  # until
    ACCESS_REVOKED = "access_revoked"
    ACCESS_EXPIRED = "access_expired"


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """One event: what, when (UTC), and by whom (an agent's id, the customer, or the system)."""

    kind: TicketEventKind
    at: datetime
    by: str = SYSTEM
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def rule(self) -> str:
        """The key of the policy's rule that caused it, or ""."""
        return self.data.get("rule", "")

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a fact needs an aware instant")
