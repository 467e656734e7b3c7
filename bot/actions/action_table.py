"""The table of actions on a ticket. The desk runs them by name; the page, the forum and the API read it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from bot.actions import (
    agent_actions,
    api_requests,
    corrections,
    merge_tickets,
    quotes,
    solving,
    switch_channel,
    temporary_access,
)
from bot.actions.action_context import ActionContext, ActionServices, Decide
from bot.messages.errors import NotFound
from bot.model.change_set import ChangeSet
from bot.model.conversation import Status
from bot.model.temporary_access import allowed_durations, granted_until, is_requested
from bot.model.ticket import Ticket
from bot.model.unit_of_work import Changes, Records, UseCase
from bot.notifications import ticket_changes
from bot.policy.policy import Policy

IsOffered = Callable[[Ticket, Policy, str], bool]
"""Whether the page offers the action on that ticket, under that policy, to the agent with that id."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument in the page's JSON; `kind` is how its value is checked."""

    name: str
    kind: Literal["text", "id", "agent", "priority", "tags", "files"]
    max_length: int = 64


@dataclass(frozen=True, slots=True)
class Action:
    """One action; without a `route`, agents can't run it from the page."""

    name: str
    decide: Decide
    route: str = ""
    is_offered: IsOffered | None = None
    arguments: tuple[Argument, ...] = ()
    required: tuple[str, ...] = ()  # arguments of which at least one must not be empty


def _is_live(ticket: Ticket, policy: Policy, by: str) -> bool:
    return ticket.is_live


def _is_claimable(ticket: Ticket, policy: Policy, by: str) -> bool:
    """Unassigned, or assigned to them by a rule and not accepted yet."""
    is_new_and_theirs = ticket.status is Status.NEW and ticket.assignee == by
    return ticket.is_live and (not ticket.assignee or is_new_and_theirs)


def _is_quotable(ticket: Ticket, policy: Policy, by: str) -> bool:
    """Technical work whose price isn't agreed yet."""
    return ticket.is_live and not ticket.has_clock and not (ticket.quote and ticket.quote.is_accepted)


def _is_access_askable(ticket: Ticket, policy: Policy, by: str) -> bool:
    is_settled = is_requested(ticket.facts) or granted_until(ticket.facts) is not None
    return ticket.is_live and bool(allowed_durations(policy, ticket.plan)) and not is_settled


_TEXT = Argument("text", "text", 20_000)
_FILES = Argument("files", "files")
_TO_AGENT = Argument("to", "agent")
_PRIORITY = Argument("priority", "priority")
_INTO = Argument("into", "id")
_ENTRY = Argument("entry_id", "id", 200)
_SUBJECT = Argument("subject", "text", 500)
_TAGS = Argument("tags", "tags")
_PRICE = Argument("price", "text", quotes.MAX_PRICE_LENGTH)
_TERMS = Argument("terms", "text", quotes.MAX_TERMS_LENGTH)

_ALL = (
    Action(
        "reply", agent_actions.reply, "reply",
        lambda ticket, *_: ticket.status is not Status.CLOSED, (_TEXT, _FILES), ("text", "files"),
    ),
    Action("note", agent_actions.note, "note", None, (_TEXT, _FILES), ("text", "files")),
    Action("return", agent_actions.return_for_information, "return", _is_live, (_TEXT,), ("text",)),
    Action("claim", agent_actions.claim, "claim", _is_claimable),
    Action("assign", agent_actions.assign, "assign", _is_live, (_TO_AGENT,)),
    Action("prioritise", agent_actions.prioritise, "priority", _is_live, (_PRIORITY,)),
    Action(
        "hold", agent_actions.hold, "hold",
        lambda ticket, *_: ticket.is_live and ticket.status is not Status.WAITING,
    ),
    Action("release", agent_actions.release, "release", lambda ticket, *_: ticket.status is Status.WAITING),
    Action("resolve", solving.resolve, "resolve", _is_live),
    Action(
        "reopen", solving.reopen, "reopen",
        lambda ticket, *_: not ticket.is_live and not ticket.merged_into,
    ),
    Action("merge", merge_tickets.merge, "merge", _is_live, (_INTO,), ("into",)),
    Action("rename", agent_actions.rename, "subject", lambda *_: True, (_SUBJECT,)),
    Action("tag", agent_actions.tag, "tags", lambda *_: True, (_TAGS,)),
    Action("quote", quotes.send_quote, "quote", _is_quotable, (_PRICE, _TERMS), ("price",)),
    Action("ask_access", temporary_access.ask_access, "ask-access", _is_access_askable),
    Action(
        "end_access", temporary_access.end_access, "end-access",
        lambda ticket, *_: granted_until(ticket.facts) is not None,
    ),
    Action("offer_telegram", partial(switch_channel.offer_switch, to="telegram"), "offer-telegram"),
    Action("offer_whatsapp", partial(switch_channel.offer_switch, to="whatsapp"), "offer-whatsapp"),
    Action("edit", corrections.edit),
    Action("withdraw", corrections.withdraw, "withdraw", None, (_ENTRY,), ("entry_id",)),
    Action("acknowledge", agent_actions.acknowledge),
    Action("customer_message", api_requests.add_message),
)  # fmt: skip

ACTIONS = {action.name: action for action in _ALL}
ROUTES = {action.route: action for action in _ALL if action.route}


def as_use_case(
    ticket_id: str, action: str, by: str, services: ActionServices, now: datetime, /, **arguments: object
) -> UseCase:
    """The action of that name as a use case; raises NotFound and whatever the action raises."""

    def decide(records: Records) -> Changes | None:
        before = records.ticket(ticket_id)
        if records.conversation is None:
            raise NotFound(f"no contact {records.contact_id}")
        writing, policy = ChangeSet(records, records.conversation, now), services.policies.of(before)
        context = ActionContext(writing, before, policy, by, services)
        after = ACTIONS[action].decide(context, **arguments)
        if after is not before:
            ticket_changes.refresh_pending(writing, after, policy)
            writing.put(after)
        changes = writing.changes()
        return changes if changes.tickets or changes.entries else None

    return decide
