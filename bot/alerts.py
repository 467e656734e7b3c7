"""What agents and managers are told of a deadline in danger or broken: the fact first, then who has it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import phrases_desk as phrases
from bot.inbound import Address
from bot.policy import Policy
from bot.said import Line, Moment, Option, Outgoing, Phrase, Said, Span
from bot.targets import Deadline
from bot.telling import priority_label
from bot.ticket import Ticket

WORDS_SHOWN = 120

_TARGETS = {
    "review": phrases.TARGET_REVIEW,
    "first_response": phrases.TARGET_FIRST_RESPONSE,
    "next_response": phrases.TARGET_NEXT_RESPONSE,
    "resolution": phrases.TARGET_RESOLUTION,
}
_NUMBERS = re.compile(r"\d[\d .\-/]{5,}\d")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of the desk who is told, and in which language."""

    address: Address
    locale: str


@dataclass(frozen=True)
class People:
    """Whom the desk can tell: its managers, its agents together, and each agent alone."""

    managers: Sequence[Reader]
    team: Sequence[Reader]
    agent: Callable[[str], Reader | None]
    name: Callable[[str], str]
    link: Callable[[Ticket], str]

    def on_rung(self, rung: str, ticket: Ticket) -> Sequence[Reader]:
        """Who stands on that rung of the ladder; nobody is told by an empty one."""
        if rung == "assignee":
            reader = self.agent(ticket.assignee) if ticket.assignee else None
            return (reader,) if reader else ()
        return self.team if rung == "team" else self.managers


def warning(ticket: Ticket, policy: Policy, deadline: Deadline, people: People, now: datetime) -> Outgoing:
    """It falls due soon."""
    assert deadline.due_at is not None  # noqa: S101 - it runs
    fact = _fact(phrases.ALERT_WARN, ticket, policy, remaining=Span(deadline.due_at - now))
    return Outgoing((fact, *_circumstances(ticket, deadline, people)))


def overdue(ticket: Ticket, policy: Policy, deadline: Deadline, people: People, now: datetime) -> Outgoing:
    """It was missed; whoever reads it can take it on."""
    assert deadline.due_at is not None  # noqa: S101 - it was missed
    fact = _fact(phrases.ALERT_OVERDUE, ticket, policy, late=Span(now - deadline.due_at))
    about = f"{ticket.ticket_id}:{deadline.target}:{deadline.turn}"
    options = (Option(f"ack:{about}", Said(phrases.ACKNOWLEDGE)),)
    return Outgoing((fact, *_circumstances(ticket, deadline, people)), options)


def masked(text: str) -> str:
    """The text with long numbers (cards, phones, identities) hidden but for their last two digits."""
    return _NUMBERS.sub(lambda found: "•••" + found[0][-2:], text)


def _fact(phrase: Phrase, ticket: Ticket, policy: Policy, **spans: Span) -> Said:
    who: str | Said = ticket.company or ticket.contact_name or Said(phrases.NO_ACCOUNT)
    return Said(
        phrase,
        {
            "number": ticket.number,
            "priority": priority_label(policy, ticket.priority),
            "account": who,
            "language": ticket.locale.upper() or "–",
            **spans,
        },
    )


def _circumstances(ticket: Ticket, deadline: Deadline, people: People) -> list[Line]:
    assert deadline.due_at is not None  # noqa: S101 - see above
    target = Said(_TARGETS[deadline.target])
    lines: list[Line] = [Said(phrases.ALERT_TARGET, {"target": target, "due": Moment(deadline.due_at)})]
    if ticket.assignee:
        lines.append(Said(phrases.ALERT_ASSIGNEE, {"agent": people.name(ticket.assignee)}))
    else:
        lines.append(Said(phrases.ALERT_NOBODY))
    if ticket.last_words and ticket.last_by == "customer":
        words = masked(ticket.last_words)[:WORDS_SHOWN]
        lines.append(Said(phrases.ALERT_LAST_WORDS, {"words": words}))
    lines.append(Said(phrases.ALERT_LINK, {"link": people.link(ticket)}))
    return lines
