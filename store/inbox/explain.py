"""Explains a ticket's deadline from its stored events. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from bot.archiving.archive_record import ArchiveReader
from bot.messages.errors import NotFound
from bot.messages.ids import owner_of
from bot.model.ticket import Ticket
from bot.policy.policy import Policy
from bot.sla.deadlines import Deadline
from bot.sla.explain import Explanation, explain
from bot.sla.outlook import Policies, outlook
from store import keys
from store.archive.serialise import deserialise
from store.codec import load
from store.outbox import recipient
from store.redis_client import Client


@dataclass(frozen=True)
class ExplainedDeadline:
    """One target, its policy, and the explanation of its deadline."""

    ticket: Ticket
    policy: Policy
    deadline: Deadline
    explanation: Explanation
    now: datetime


def explain_deadline(
    redis: Client,
    shelf: ArchiveReader,
    policies: Policies,
    ticket_id: str,
    target: str,
    turn: int,
    now: datetime,
) -> ExplainedDeadline:
    """The explained deadline of a live or archived ticket; NotFound if there's no such ticket or target."""
    pipe = redis.pipeline(transaction=False)
    pipe.get(keys.ticket(ticket_id))
    pipe.eval(recipient.READ_CONVERSATION, 0, owner_of(ticket_id))
    raw, conversation_raw = pipe.execute()
    archived = shelf.find(ticket_id) if raw is None else None
    if conversation_raw is None or not (raw or archived):
        raise NotFound(f"no ticket {ticket_id}")
    ticket = deserialise(archived).load_ticket() if archived else load(Ticket, raw)
    policy = policies.of(ticket)
    for deadline in outlook(ticket, policy).deadlines:
        if (deadline.target, deadline.turn) == (target, turn):
            return ExplainedDeadline(ticket, policy, deadline, explain(deadline, policy, now), now)
    raise NotFound(f"no promise {target} {turn} on {ticket_id}")
