"""What agents and managers are told of a deadline in danger or broken: the fact first, then who has it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import phrases_ticket as phrases
from bot.messages.localized import Label
from bot.messages.notice import Alert, Reader
from bot.messages.outgoing import Line, Moment, Option, Outgoing, Param, Phrase, Said, Span
from bot.model.ticket import Ticket
from bot.notifications.ticket_status import priority_label
from bot.policy.policy import Policy
from bot.sla.deadlines import Deadline
from bot.text import masking

WORDS_SHOWN = 120

_TARGETS = {
    "review": phrases.TARGET_REVIEW,
    "first_response": phrases.TARGET_FIRST_RESPONSE,
    "next_response": phrases.TARGET_NEXT_RESPONSE,
    "resolution": phrases.TARGET_RESOLUTION,
}
_NUMBERS = re.compile(r"\d[\d .\-/]{5,}\d")


@dataclass(frozen=True)
class People:
    """Whom the desk can tell: its managers, its head, its agents together, and each agent alone."""

    managers: Sequence[Reader]
    head: Sequence[Reader]
    team: Sequence[Reader]
    agent: Callable[[str], Reader | None]
    name: Callable[[str], str]
    link: Callable[[Ticket], str]
    able: Mapping[str, str]  # everybody who may be given a ticket: agent id → name

    def on_rung(self, rung: str, ticket: Ticket) -> Sequence[Reader]:
        """Who stands on that rung of the ladder; nobody is told by an empty one."""
        if rung == "assignee":
            reader = self.agent(ticket.assignee) if ticket.assignee else None
            return (reader,) if reader else ()
        return {"team": self.team, "head": self.head}.get(rung, self.managers)


def warning(ticket: Ticket, policy: Policy, deadline: Deadline, people: People, now: datetime) -> Alert:
    """It falls due soon."""
    facts = _facts(ticket, policy)
    said = Said(phrases.ALERT_WARN, {**facts, "remaining": Span(_due_at(deadline) - now)})
    line = Said(phrases.ALERT_LINE_SOON, {**facts, "due": Moment(_due_at(deadline))})
    return _alert(said, line, ticket, deadline, people)


def overdue(ticket: Ticket, policy: Policy, deadline: Deadline, people: People, now: datetime) -> Alert:
    """It was missed; whoever reads it can take it on."""
    return _late(phrases.ALERT_OVERDUE, ticket, policy, deadline, people, now)


def still_overdue(ticket: Ticket, policy: Policy, deadline: Deadline, people: People, now: datetime) -> Alert:
    """It was missed a while ago, and nobody has answered for it."""
    return _late(
        phrases.ALERT_STILL_OVERDUE, ticket, policy, deadline, people, now, Said(phrases.ALERT_UNSEEN)
    )


def reminder(ticket: Ticket, policy: Policy, deadline: Deadline, people: People, now: datetime) -> Alert:
    """A snooze has ended, and it is still owed."""
    if not deadline.is_missed(now):
        return warning(ticket, policy, deadline, people, now)
    return _late(phrases.ALERT_STILL_OVERDUE, ticket, policy, deadline, people, now)


def emergency(ticket: Ticket, policy: Policy, deadline: Deadline | None, people: People) -> Alert:
    """Somebody is needed at once, whatever the hour."""
    facts = {name: value for name, value in _facts(ticket, policy).items() if name != "priority"}
    said = Said(phrases.ALERT_EMERGENCY, facts)
    if deadline is not None and deadline.due_at:
        return _alert(said, said, ticket, deadline, people)
    lines = (said, _holder(ticket, people), *_last_words(ticket), _link(ticket, people))
    return Alert(Outgoing(lines), said)


def window_shuts(ticket: Ticket, policy: Policy, shuts_at: datetime, people: People) -> Alert:
    """WhatsApp takes no answer any more from then on, and nobody will be there."""
    said = Said(phrases.ALERT_WINDOW, {**_facts(ticket, policy), "at": Moment(shuts_at)})
    lines = (said, _holder(ticket, people), *_last_words(ticket), _link(ticket, people))
    return Alert(Outgoing(lines), said)


def given(ticket: Ticket, policy: Policy, people: People) -> Outgoing:
    """Word to an agent that a ticket is theirs now."""
    said = Said(phrases.ALERT_GIVEN, _facts(ticket, policy))
    return Outgoing((said, *_last_words(ticket), _link(ticket, people)))


def named(ticket: Ticket) -> str | Said:
    """Whose request it is, as short as can be."""
    return ticket.company or ticket.contact_name or Said(phrases.NO_ACCOUNT)


def actions(ticket: Ticket, deadline: Deadline) -> tuple[Option, ...]:
    """What can be done about it on the phone; `bot.alerts.reply_parsing` reads the payloads."""
    about = f"{ticket.ticket_id}:{deadline.target}:{deadline.turn}"
    return (
        Option(f"ack:{about}", Said(phrases.ACKNOWLEDGE)),
        Option(f"give:{about}", Said(phrases.REASSIGN)),
        Option(f"quiet:{about}", Said(phrases.SNOOZE)),
    )


def masked(text: str) -> str:
    """The text with long numbers (cards, phones, identities) hidden but for their last two digits."""
    return _NUMBERS.sub(lambda found: "•••" + found[0][-2:], masking.masked(text))


def _late(
    phrase: Phrase,
    ticket: Ticket,
    policy: Policy,
    deadline: Deadline,
    people: People,
    now: datetime,
    *more: Line,
) -> Alert:
    facts = _facts(ticket, policy)
    said = Said(phrase, {**facts, "late": Span(now - _due_at(deadline))})
    line = Said(phrases.ALERT_LINE_OVERDUE, {**facts, "due": Moment(_due_at(deadline))})
    return _alert(said, line, ticket, deadline, people, *more)


def _alert(said: Said, line: Said, ticket: Ticket, deadline: Deadline, people: People, *more: Line) -> Alert:
    promised = Said(
        phrases.ALERT_TARGET,
        {"target": Said(_TARGETS[deadline.target]), "due": Moment(_due_at(deadline), is_latest=True)},
    )
    lines = (said, promised, _holder(ticket, people), *more, *_last_words(ticket), _link(ticket, people))
    return Alert(Outgoing(lines, actions(ticket, deadline)), line)


def _facts(ticket: Ticket, policy: Policy) -> dict[str, Param]:
    label: Label | str = priority_label(policy, ticket.priority)
    return {
        "number": ticket.number,
        "priority": label,
        "account": named(ticket),
        "language": ticket.locale.upper() or "–",
    }


def _holder(ticket: Ticket, people: People) -> Said:
    if ticket.assignee:
        return Said(phrases.ALERT_ASSIGNEE, {"agent": people.name(ticket.assignee)})
    return Said(phrases.ALERT_NOBODY)


def _last_words(ticket: Ticket) -> tuple[Line, ...]:
    if not ticket.last_words or ticket.last_by != "customer":
        return ()
    return (Said(phrases.ALERT_LAST_WORDS, {"words": masked(ticket.last_words)[:WORDS_SHOWN]}),)


def _link(ticket: Ticket, people: People) -> Said:
    return Said(phrases.ALERT_LINK, {"link": people.link(ticket)})


def _due_at(deadline: Deadline) -> datetime:
    assert deadline.due_at is not None  # noqa: S101 - it runs, or was missed
    return deadline.due_at
