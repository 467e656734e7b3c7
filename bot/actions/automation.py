"""Runs a policy's rules on a ticket, within the change that triggers them. Pure.

Only what a customer does triggers rules; what a rule or an agent does never triggers another. Conditions look at the
request as the customer left it, not at what earlier rules changed.
"""

from collections.abc import Callable, Iterator

from bot.actions.automation_conditions import RequestSnapshot, matching_rules
from bot.messages import phrases_ticket as phrases
from bot.messages.localized import LocalizedText
from bot.messages.outgoing import Line, Outgoing, Translatable
from bot.model.change_set import ChangeSet
from bot.model.plan import allowed_priority, find_plan
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.policy.automation_section import Rule, Trigger
from bot.policy.policy import Policy

FindAgent = Callable[[str], str]
"""The id of the active agent with that name or login; "" if there's none."""


def run_rules(
    writing: ChangeSet,
    ticket: Ticket,
    policy: Policy,
    on: Trigger,
    channel: str,
    text: str,
    called: FindAgent,
) -> Ticket:
    """The ticket after the policy's rules; their notes are written, the customer isn't notified yet."""
    if not policy.rules:
        return ticket
    seen = RequestSnapshot(
        on=on,
        policy=policy,
        at=writing.now,
        category=ticket.category,
        priority=ticket.priority,
        plan=ticket.plan,
        language=writing.conversation.locale or ticket.locale,
        channel=channel,
        details=ticket.details,
        text=text,
    )
    for rule in matching_rules(seen):
        ticket = _apply_rule(writing, ticket, policy, rule, called)
    return ticket


def _apply_rule(writing: ChangeSet, ticket: Ticket, policy: Policy, rule: Rule, called: FindAgent) -> Ticket:
    then, now = rule.then, writing.now
    ticket = ticket.tagged(now, tags=(*ticket.tags, *(then.tags or ())), rule=rule.key)
    if then.priority and (to := _raised(ticket, then.priority, policy)):
        ticket = ticket.prioritised(now, priority=to, rule=rule.key)
    lines: list[Line] = [then.note] if then.note else []
    if then.assign and not ticket.assignee:
        if agent_id := called(then.assign):
            ticket = ticket.assigned_by_rule(now, agent_id, rule.key)
        else:
            lines.append(Translatable(phrases.RULE_FOUND_NOBODY, {"name": then.assign}))
    return _noted(writing, ticket, rule, lines)


def _raised(ticket: Ticket, wanted: str, policy: Policy) -> str:
    """The priority it's raised to; "" if the highest one in its plan isn't above the current one."""
    order = [priority.key for priority in policy.priorities]
    to = allowed_priority(wanted, find_plan(policy, ticket.plan), policy)
    is_higher = ticket.priority in order and order.index(to) > order.index(ticket.priority)
    return to if is_higher else ""


def _noted(writing: ChangeSet, ticket: Ticket, rule: Rule, lines: list[Line]) -> Ticket:
    """Once per ticket, even if the rule matches every message."""
    if not lines or rule.key in _noted_before(ticket):
        return ticket
    named: dict[str, str | LocalizedText] = {"rule": rule.label}
    writing.system_note(Outgoing((Translatable(phrases.BY_RULE, named), *lines)), ticket)
    return ticket.with_event(TicketEventKind.NOTED, writing.now, rule=rule.key)


def _noted_before(ticket: Ticket) -> Iterator[str]:
    return (fact.data["rule"] for fact in ticket.facts if fact.kind is TicketEventKind.NOTED)
