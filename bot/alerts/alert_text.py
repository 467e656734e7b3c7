"""Texts of alerts about deadlines that are close or missed: the fact first, then the assignee."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import phrases_ticket as phrases
from bot.messages.localized import LocalizedText
from bot.messages.notice import Alert, Recipient
from bot.messages.outgoing import Line, Option, Outgoing, Param, Phrase, TimeSpan, Timestamp, Translatable
from bot.model.ticket import Ticket
from bot.notifications.ticket_status import priority_label
from bot.policy.policy import Policy
from bot.sla.deadlines import Deadline
from bot.sla.window_warning import WindowWarning
from bot.text import masking

WORDS_SHOWN = 120

_NUMBERS = re.compile(r"\d[\d .\-/]{5,}\d")


@dataclass(frozen=True)
class AlertRecipients:
    """Recipients of alerts: managers, the head, all agents together, and each agent."""

    managers: Sequence[Recipient]
    head: Sequence[Recipient]
    team: Sequence[Recipient]
    agent: Callable[[str], Recipient | None]
    name: Callable[[str], str]
    link: Callable[[Ticket], str]
    assignable: Mapping[str, str]  # who can be assigned a ticket: agent id → name

    def recipients_at(self, rung: str, ticket: Ticket) -> Sequence[Recipient]:
        """Recipients at that escalation level; nobody if it's empty."""
        if rung == "assignee":
            reader = self.agent(ticket.assignee) if ticket.assignee else None
            return (reader,) if reader else ()
        return {"team": self.team, "head": self.head}.get(rung, self.managers)


def warning(
    ticket: Ticket, policy: Policy, deadline: Deadline, people: AlertRecipients, now: datetime
) -> Alert:
    """The deadline is close."""
    facts = _facts(ticket, policy)
    said = Translatable(phrases.ALERT_WARN, {**facts, "remaining": TimeSpan(_due_at(deadline) - now)})
    line = Translatable(phrases.ALERT_LINE_SOON, {**facts, "due": Timestamp(_due_at(deadline))})
    return _alert(said, line, ticket, deadline, people)


def overdue(
    ticket: Ticket, policy: Policy, deadline: Deadline, people: AlertRecipients, now: datetime
) -> Alert:
    """The deadline was missed; the recipient can take the ticket."""
    return _late(phrases.ALERT_OVERDUE, ticket, policy, deadline, people, now)


def still_overdue(
    ticket: Ticket, policy: Policy, deadline: Deadline, people: AlertRecipients, now: datetime
) -> Alert:
    """The deadline was missed a while ago and nobody has acknowledged it."""
    return _late(
        phrases.ALERT_STILL_OVERDUE, ticket, policy, deadline, people, now, Translatable(phrases.ALERT_UNSEEN)
    )


def reminder(
    ticket: Ticket, policy: Policy, deadline: Deadline, people: AlertRecipients, now: datetime
) -> Alert:
    """A snooze ended and the deadline still isn't met."""
    if not deadline.is_missed(now):
        return warning(ticket, policy, deadline, people, now)
    return _late(phrases.ALERT_STILL_OVERDUE, ticket, policy, deadline, people, now)


def emergency(ticket: Ticket, policy: Policy, deadline: Deadline | None, people: AlertRecipients) -> Alert:
    """An emergency: somebody is needed at once, at any hour."""
    facts = {name: value for name, value in _facts(ticket, policy).items() if name != "priority"}
    said = Translatable(phrases.ALERT_EMERGENCY, facts)
    if deadline is not None and deadline.due_at:
        return _alert(said, said, ticket, deadline, people)
    lines = (said, _holder(ticket, people), *_last_words(ticket), _link(ticket, people))
    return Alert(Outgoing(lines), said)


def window_closing(ticket: Ticket, policy: Policy, warning: WindowWarning, people: AlertRecipients) -> Alert:
    """WhatsApp's window closes on a customer who waits."""
    phrase = phrases.ALERT_WINDOW if warning.is_desk_closed else phrases.ALERT_WINDOW_WHILE_OPEN
    said = Translatable(phrase, {**_facts(ticket, policy), "at": Timestamp(warning.window_closes_at)})
    lines = (said, _holder(ticket, people), *_last_words(ticket), _link(ticket, people))
    return Alert(Outgoing(lines), said)


def assigned(ticket: Ticket, policy: Policy, people: AlertRecipients) -> Outgoing:
    """Tells an agent that a ticket was assigned to them."""
    said = Translatable(phrases.ALERT_GIVEN, _facts(ticket, policy))
    return Outgoing((said, *_last_words(ticket), _link(ticket, people)))


def requester_name(ticket: Ticket) -> str | Translatable:
    """The customer, in short."""
    return ticket.company or ticket.contact_name or Translatable(phrases.NO_ACCOUNT)


def alert_buttons(ticket: Ticket, deadline: Deadline) -> tuple[Option, ...]:
    """The buttons under an alert; `bot.alerts.reply_parsing` parses their payloads."""
    about = f"{ticket.ticket_id}:{deadline.target}:{deadline.turn}"
    return (
        Option(f"ack:{about}", Translatable(phrases.ACKNOWLEDGE)),
        Option(f"give:{about}", Translatable(phrases.REASSIGN)),
        Option(f"quiet:{about}", Translatable(phrases.SNOOZE)),
    )


def mask_long_numbers(text: str) -> str:
    """The text with long numbers (cards, phones, ids) masked except for the last two digits."""
    return _NUMBERS.sub(lambda found: "•••" + found[0][-2:], masking.mask_numbers(text))


def _late(
    phrase: Phrase,
    ticket: Ticket,
    policy: Policy,
    deadline: Deadline,
    people: AlertRecipients,
    now: datetime,
    *more: Line,
) -> Alert:
    facts = _facts(ticket, policy)
    said = Translatable(phrase, {**facts, "late": TimeSpan(now - _due_at(deadline))})
    line = Translatable(phrases.ALERT_LINE_OVERDUE, {**facts, "due": Timestamp(_due_at(deadline))})
    return _alert(said, line, ticket, deadline, people, *more)


def _alert(
    said: Translatable,
    line: Translatable,
    ticket: Ticket,
    deadline: Deadline,
    people: AlertRecipients,
    *more: Line,
) -> Alert:
    promised = Translatable(
        phrases.ALERT_TARGET,
        {
            "target": Translatable(phrases.TARGETS[deadline.kind]),
            "due": Timestamp(_due_at(deadline), is_latest=True),
        },
    )
    lines = (said, promised, _holder(ticket, people), *more, *_last_words(ticket), _link(ticket, people))
    return Alert(Outgoing(lines, alert_buttons(ticket, deadline)), line)


def _facts(ticket: Ticket, policy: Policy) -> dict[str, Param]:
    label: LocalizedText | str = priority_label(policy, ticket.priority)
    return {
        "number": ticket.number,
        "priority": label,
        "account": requester_name(ticket),
        "language": ticket.locale.upper() or "–",
    }


def _holder(ticket: Ticket, people: AlertRecipients) -> Translatable:
    if ticket.assignee:
        return Translatable(phrases.ALERT_ASSIGNEE, {"agent": people.name(ticket.assignee)})
    return Translatable(phrases.ALERT_NOBODY)


def _last_words(ticket: Ticket) -> tuple[Line, ...]:
    if not ticket.last_words or ticket.last_by != "customer":
        return ()
    return (
        Translatable(phrases.ALERT_LAST_WORDS, {"words": mask_long_numbers(ticket.last_words)[:WORDS_SHOWN]}),
    )


def _link(ticket: Ticket, people: AlertRecipients) -> Translatable:
    return Translatable(phrases.ALERT_LINK, {"link": people.link(ticket)})


def _due_at(deadline: Deadline) -> datetime:
    assert deadline.due_at is not None  # noqa: S101 - it runs, or was missed
    return deadline.due_at
