"""A ticket as JSON, for the thread, the composer and the details pane."""

from typing import Any

from bot.actions.action_table import ACTIONS
from bot.actions.switch_channel import switch_targets
from bot.model.conversation import Detail, TicketSummary
from bot.model.standing_events import is_answered
from bot.sla.window_warning import WindowWarning
from bot.text.direction import plain_name
from bot.text.phone_numbers import format_international
from inbox.tickets.display_names import category_name, label_of, plan_name, target_name
from inbox.tickets.quote_and_access_json import access_json, quote_json
from inbox.tickets.row_json import iso
from inbox.tickets.thread_json import file_json, thread_items
from inbox.web import guard
from inbox.web.locale import locale
from jobs.request_context import agents, wiring
from store.inbox.drafts import Draft
from store.inbox.views import DeadlineView, TicketView

DETAILS_WITH_CONTROLS = frozenset({"priority", "category"})  # shown as separate controls


def ticket_json(view: TicketView) -> dict[str, Any]:
    """The ticket, for the current agent."""
    ticket, me = view.ticket, guard.current_agent()
    return {
        "id": ticket.ticket_id,
        "number": ticket.number,
        "channel": ticket.address.channel,
        "subject": plain_name(ticket.subject),
        "status": ticket.status.value,
        "merged_into": ticket.merged_into,
        "priority": ticket.priority,
        "priorities": [{"key": p.key, "label": p.label.in_(locale())} for p in view.policy.priorities],
        "category": category_name(ticket.category) if ticket.category else "",
        "assignee": ticket.assignee,
        "locale": ticket.locale,
        "has_clock": ticket.has_clock,
        "is_answered": is_answered(ticket.facts),
        "is_emergency": ticket.is_emergency,
        "is_vip": ticket.is_vip,
        "is_over_quota": ticket.is_over_quota,
        "quote": quote_json(ticket),
        "access": access_json(ticket),
        "opened_at": iso(ticket.opened_at),
        "tags": list(ticket.tags),
        "name": plain_name(ticket.contact_name),
        "company": plain_name(ticket.company),
        "plan": plan_name(ticket.plan),
        "account": ticket.account_id,
        "archived_at": iso(view.archived_at),
        "can": _permitted(view),
        "details": [
            _detail(key, detail) for key, detail in ticket.details.items() if key not in DETAILS_WITH_CONTROLS
        ],
        "deadlines": [_deadline(deadline) for deadline in view.deadlines],
        "window": _window(view.window) if view.window else None,
        "contact": _contact(view),
        "items": thread_items(view),
        "draft": draft_json(wiring().drafts.find(me.agent_id, ticket.ticket_id)),
    }


def draft_json(draft: Draft) -> dict[str, Any]:
    """An agent's own draft, without files that are gone."""
    media = wiring().files
    return {
        "text": draft.text,
        "mode": draft.mode,
        "files": [file for file in draft.files if media.has(file.get("id"))],
        "refused": list(draft.refused),
        "version": draft.version,
    }


def present_agents_json(ticket_id: str) -> list[dict[str, Any]]:
    """Colleagues who have the ticket open."""
    present = wiring().presence.other_viewers(ticket_id, guard.current_agent().agent_id)
    known = agents()
    return [
        {"name": known[p.agent_id].name, "initials": known[p.agent_id].initials, "is_typing": p.is_typing}
        for p in present
        if p.agent_id in known
    ]


def _permitted(view: TicketView) -> dict[str, bool]:
    """What the agent may do with it; an archived ticket can only be brought back, unless it was merged."""
    ticket, policy, me = view.ticket, wiring().policy, guard.current_agent().agent_id
    if view.archived_at:
        return {"bring_back": not ticket.merged_into}
    offers = {each.name: each.is_offered for each in ACTIONS.values() if each.is_offered}
    return {"write": True} | {name: is_offered(ticket, policy, me) for name, is_offered in offers.items()}


def _detail(key: str, detail: Detail) -> dict[str, Any]:
    question = next((q for q in wiring().policy.questions if q.key == key), None)
    value = label_of(question.options, detail.value) if question else detail.value
    return {
        "key": key,
        "label": question.label.in_(locale()) if question else key,
        "value": value,
        "files": [file_json(file) for file in detail.attachments],
    }


def _deadline(deadline: DeadlineView) -> dict[str, Any]:
    return {
        "target": deadline.target,
        "turn": deadline.turn,
        "label": target_name(deadline.kind),
        "started_at": iso(deadline.started_at),
        "due_at": iso(deadline.due_at),
        "warn_at": iso(deadline.warn_at),
        "met_at": iso(deadline.met_at),
        "missed_at": iso(deadline.missed_at),
        "is_on_hold": deadline.is_on_hold,
    }


def _window(warning: WindowWarning) -> dict[str, Any]:
    return {"closes_at": iso(warning.window_closes_at), "is_desk_closed": warning.is_desk_closed}


def _contact(view: TicketView) -> dict[str, Any]:
    contact = view.contact
    return {
        "addresses": [
            {"channel": a.channel, "name": a.name, "label": format_international(a.name)}
            for a in contact.addresses
        ],
        "tickets": [
            *(_ticket_summary(head, head.status.value) for head in contact.tickets),
            *(_ticket_summary(head, "archived") for head in contact.archived),
        ],
        "channel": contact.channel,
        "ways": _offerable_channels(view),
        "window_closes_at": iso(contact.window_closes_at),
        "erasure_due_at": iso(contact.erasure_due_at),
        "invited_at": iso(contact.invited_at),
        "is_invitation_ready": wiring().policy.whatsapp.answer_waiting is not None,
    }


def _ticket_summary(head: TicketSummary, status: str) -> dict[str, Any]:
    return {
        "id": head.ticket_id,
        "number": head.number,
        "status": status,
        "subject": plain_name(head.subject),
        "is_live": head.is_live,
    }


def _offerable_channels(view: TicketView) -> list[str]:
    """The channels that can be offered now, if the customer would read the link before it expires."""
    contact = view.contact
    is_shut = contact.window_closes_at is not None and wiring().clock() >= contact.window_closes_at
    return (
        [] if is_shut or not view.ticket.is_live else list(switch_targets(contact.channel, wiring().channels))
    )
