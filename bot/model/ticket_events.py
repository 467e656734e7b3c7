"""What happened to a ticket: the list from which its status, its clocks and its events can be told again.

A fact is never changed. `data` holds short strings only, so that every fact is one line of JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

CUSTOMER = "customer"
SYSTEM = ""


class TicketEventKind(StrEnum):
    """The kinds of facts; what `data` holds is said beside each. `rule`: the policy's rule that did it, if one did."""

    OPENED = "opened"  # priority, category, through (the token of the app, where one opened it)
    CUSTOMER_WROTE = "customer_wrote"
    THANKED = "thanked"  # mere courtesy of the customer
    REPLIED = "replied"
    REVIEWED = "reviewed"  # somebody of the desk read it through
    ASSIGNED = "assigned"  # to ("" nobody), rule
    PRIORITISED = "prioritised"  # old, new, rule
    RETURNED = "returned"  # for more information: the clock holds
    HELD = "held"  # waiting on the customer, without a question of ours
    RELEASED = "released"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CLOSED = "closed"
    BROUGHT_BACK = "brought_back"  # out of the archive: solved as before
    MERGED = "merged"  # into, number (of that ticket): nothing is owed here any more
    JOINED = "joined"  # ticket, number, threads, opened_at, talk: see bot.actions.merge_tickets
    RATED = "rated"  # stars, comment
    TAGGED = "tagged"  # tags, comma separated; rule
    NOTED = "noted"  # rule (that left a note, which it does once)
    RENAMED = "renamed"  # subject
    QUOTED = "quoted"  # price, terms
    QUOTE_ACCEPTED = "quote_accepted"
    QUOTE_DECLINED = "quote_declined"
    RAISED = "raised"  # an emergency was told at once
    WARNED = "warned"  # target, turn
    MISSED = "missed"  # target, turn, due_at
    ESCALATED = "escalated"  # target, turn, step, lanes (of those who were told)
    ACKNOWLEDGED = "acknowledged"  # target, turn, name (of somebody who is not of the inbox)
    SNOOZED = "snoozed"  # target, turn, until, to (the address that is told again), locale, name
    REMINDED = "reminded"  # target, turn, until (of the snooze that has ended)
    APOLOGISED = "apologised"  # target, turn, aim ("" when none was told)
    BLOCKED = "blocked"  # the customer shut us out of their chat
    UNBLOCKED = "unblocked"
    PASSAGE_OFFERED = "passage_offered"  # to (a channel)
    MOVED = "moved"  # to (a channel), passage (its name)
    IDENTIFIED = "identified"  # account: they told on the way whose they are
    ALERTED = "alerted"  # about: quota
    ACCESS_ASKED = "access_asked"
    ACCESS_DECLINED = "access_declined"
    ACCESS_GRANTED = "access_granted"  # until
    ACCESS_REVOKED = "access_revoked"
    ACCESS_EXPIRED = "access_expired"


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """One thing that happened: what, when (UTC), and by whom (an agent's id, the customer, or nobody)."""

    kind: TicketEventKind
    at: datetime
    by: str = SYSTEM
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def rule(self) -> str:
        """The key of the policy's rule that did it; "" when people did, or the desk for another reason."""
        return self.data.get("rule", "")

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a fact needs an aware instant")
