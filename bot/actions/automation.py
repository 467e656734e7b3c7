"""What a policy's rules do to a ticket, within the change that sets them off. Pure.

Only what a customer does is an occasion: nothing that a rule does, or an agent, sets off another rule. Conditions are
judged by the request as the customer left it, whatever earlier rules have done to it meanwhile.
"""

from collections.abc import Callable, Iterator

from bot.actions.automation_conditions import Seen, holding
from bot.messages import phrases_ticket as phrases
from bot.messages.localized import Label
from bot.messages.outgoing import Line, Outgoing, Said
from bot.model.change_set import Writing
from bot.model.plan import named_plan, permitted
from bot.model.ticket import Ticket
from bot.model.ticket_events import Happened
from bot.policy.automation_section import Occasion, Rule
from bot.policy.policy import Policy

Called = Callable[[str], str]
"""The id of the agent of that name or sign-in name who works here now; "" for nobody."""


def follow(
    writing: Writing, ticket: Ticket, policy: Policy, on: Occasion, channel: str, text: str, called: Called
) -> Ticket:
    """The ticket as the rules of its policy leave it; their notes are written, the customer is told nothing yet."""
    if not policy.rules:
        return ticket
    seen = Seen(
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
    for rule in holding(seen):
        ticket = _done(writing, ticket, policy, rule, called)
    return ticket


def _done(writing: Writing, ticket: Ticket, policy: Policy, rule: Rule, called: Called) -> Ticket:
    then, now = rule.then, writing.now
    ticket = ticket.tagged(now, tags=(*ticket.tags, *(then.tags or ())), rule=rule.key)
    if then.priority and (to := _raised(ticket, then.priority, policy)):
        ticket = ticket.prioritised(now, priority=to, rule=rule.key)
    lines: list[Line] = [then.note] if then.note else []
    if then.assign and not ticket.assignee:
        if agent_id := called(then.assign):
            ticket = ticket.entrusted(now, agent_id, rule.key)
        else:
            lines.append(Said(phrases.RULE_FOUND_NOBODY, {"name": then.assign}))
    return _noted(writing, ticket, rule, lines)


def _raised(ticket: Ticket, wanted: str, policy: Policy) -> str:
    """The priority to which it is raised; "" when what its plan includes is no higher than what it has."""
    order = [priority.key for priority in policy.priorities]
    to = permitted(wanted, named_plan(policy, ticket.plan), policy)
    is_higher = ticket.priority in order and order.index(to) > order.index(ticket.priority)
    return to if is_higher else ""


def _noted(writing: Writing, ticket: Ticket, rule: Rule, lines: list[Line]) -> Ticket:
    """Once for each request: a rule that holds for every message does not repeat itself."""
    if not lines or rule.key in _noted_before(ticket):
        return ticket
    named: dict[str, str | Label] = {"rule": rule.label}
    writing.note_of_desk(Outgoing((Said(phrases.BY_RULE, named), *lines)), ticket)
    return ticket.with_fact(Happened.NOTED, writing.now, rule=rule.key)


def _noted_before(ticket: Ticket) -> Iterator[str]:
    return (fact.data["rule"] for fact in ticket.facts if fact.kind is Happened.NOTED)
