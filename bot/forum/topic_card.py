"""Builds a topic's name and pinned card from a ticket. Pure; masks long numbers in what people wrote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.blocked_contact import is_blocked
from bot.messages import phrases_forum as phrases
from bot.messages.inbound import CHANNEL_NAMES
from bot.messages.outgoing import Line, Option, Outgoing, Phrase, Timestamp, Translatable
from bot.messages.phrases_ticket import TARGETS
from bot.model.conversation import Detail, Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.notifications.ticket_status import priority_label
from bot.policy.policy import Policy
from bot.policy.sections import Question
from bot.sla.deadlines import Deadline
from bot.sla.window_warning import WindowWarning
from bot.text.direction import plain_name
from bot.text.masking import mask_numbers

MAX_NAME_LENGTH = 128  # UTF-16 units; Telegram's limit
MAX_DETAIL_LENGTH = 600

OVERDUE = "⏰"
_STATUSES = {
    Status.NEW: ("🆕", phrases.STATUS_NEW),
    Status.OPEN: ("🔵", phrases.STATUS_OPEN),
    Status.WAITING: ("⏳", phrases.STATUS_WAITING),
    Status.RESOLVED: ("🟢", phrases.STATUS_RESOLVED),
    Status.CLOSED: ("⚪", phrases.STATUS_CLOSED),
}
_STATUS_CHANGES = {
    TicketEventKind.OPENED,
    TicketEventKind.REVIEWED,
    TicketEventKind.RETURNED,
    TicketEventKind.HELD,
    TicketEventKind.RELEASED,
    TicketEventKind.RESOLVED,
    TicketEventKind.REOPENED,
    TicketEventKind.CLOSED,
}
_SHOWN_ELSEWHERE = ("category", "priority", "name", "company", "support_code")


@dataclass(frozen=True)
class CardData:
    """A ticket with everything its card shows."""

    ticket: Ticket
    policy: Policy
    deadlines: Sequence[Deadline]
    now: datetime
    window: WindowWarning | None = None  # closes before an answer is due
    link: str = ""
    assignee: str = ""  # their name
    answering: Sequence[str] = ()  # names of agents who are typing a reply


def topic_name(data: CardData) -> str:
    """Status, number, language and subject, cut to Telegram's limit."""
    ticket = data.ticket
    is_overdue = ticket.is_live and any(_is_overdue(d, data.now) for d in data.deadlines)
    sign = OVERDUE if is_overdue else _STATUSES[ticket.status][0]
    subject = plain_name(mask_numbers(ticket.subject) or ticket.contact_name or ticket.company)
    return _cut(
        " ".join(f"{sign} {ticket.number} {ticket.locale.upper()} {subject}".split()), MAX_NAME_LENGTH
    )


def card(data: CardData) -> Outgoing:
    """The card, with its buttons."""
    return Outgoing(tuple(_lines(data)), card_options(data.ticket))


def card_options(ticket: Ticket) -> tuple[Option, ...]:
    """The buttons under a card; each payload has the ticket's number, so that old buttons still work."""
    if not ticket.is_live:
        return (_option("reopen", phrases.REOPEN, ticket),) if ticket.status is Status.RESOLVED else ()
    claim = ("take", phrases.TAKE_OVER) if ticket.assignee else ("claim", phrases.CLAIM)
    others = (
        ("menu", phrases.PRIORITY),
        ("return", phrases.RETURN),
        ("resolve", phrases.RESOLVE),
        ("note", phrases.NOTE),
    )
    return tuple(_option(action, phrase, ticket) for action, phrase in (claim, *others))


def priority_options(ticket: Ticket, policy: Policy) -> tuple[Option, ...]:
    """The buttons under a card while an agent chooses a priority, highest first."""
    options = [Option(f"t:priority={p.key}:{ticket.number}", p.label) for p in reversed(policy.priorities)]
    return (*options, _option("card", phrases.BACK, ticket))


def solving_options(number: str) -> tuple[Option, ...]:
    """The buttons under the card of a request that nobody has answered, while an agent is asked about solving it."""
    options = (("solve", phrases.SOLVE_ANYWAY), ("card", phrases.BACK))
    return tuple(Option(f"t:{action}:{number}", Translatable(phrase)) for action, phrase in options)


def status_phrase(status: str) -> Phrase:
    """A ticket's status as agents read it."""
    return _STATUSES[Status(status)][1]


def _option(action: str, phrase: Phrase, ticket: Ticket) -> Option:
    return Option(f"t:{action}:{ticket.number}", Translatable(phrase))


def _lines(data: CardData) -> Iterator[Line]:
    ticket = data.ticket
    yield phrases.CARD_HEAD(number=ticket.number, priority=priority_label(data.policy, ticket.priority))
    yield _customer(ticket)
    if ticket.plan:
        label = next((plan.label for plan in data.policy.plans if plan.key == ticket.plan), ticket.plan)
        yield phrases.CARD_PLAN(plan=label)
    sign, status = _STATUSES[ticket.status]
    yield phrases.CARD_STATUS(sign=sign, status=Translatable(status), at=Timestamp(_since(ticket)))
    if ticket.is_live:
        yield from (_deadline(deadline, data.now) for deadline in data.deadlines if not deadline.is_over)
    if data.window:
        phrase = phrases.CARD_WINDOW if data.window.is_desk_closed else phrases.CARD_WINDOW_WHILE_OPEN
        yield phrase(at=Timestamp(data.window.window_closes_at))
    if data.assignee:
        yield phrases.CARD_ASSIGNEE(agent=data.assignee)
    elif ticket.is_live:
        yield Translatable(phrases.CARD_NOBODY)
    yield from (phrases.CARD_ANSWERING(agent=name) for name in data.answering)
    if is_blocked(ticket):
        yield Translatable(phrases.CARD_BLOCKED)
    yield ""
    yield from _details(data)
    if data.link:
        yield data.link


def _customer(ticket: Ticket) -> Translatable:
    names = " · ".join(filter(None, map(plain_name, (ticket.contact_name, ticket.company))))
    return phrases.CARD_WHO(
        name=mask_numbers(names) or Translatable(phrases.THE_CUSTOMER),
        channel=CHANNEL_NAMES.get(ticket.address.channel, ticket.address.channel),
        language=ticket.locale.upper() or "–",
    )


def _deadline(deadline: Deadline, now: datetime) -> Translatable:
    target = Translatable(TARGETS[deadline.kind])
    if deadline.due_at is None:
        return phrases.CARD_ON_HOLD(target=target)
    phrase = phrases.CARD_OVERDUE if _is_overdue(deadline, now) else phrases.CARD_DUE
    return phrase(target=target, due=Timestamp(deadline.due_at, is_latest=True))


def _is_overdue(deadline: Deadline, now: datetime) -> bool:
    return not deadline.is_over and deadline.is_missed(now)


def _since(ticket: Ticket) -> datetime:
    return next((f.at for f in reversed(ticket.facts) if f.kind in _STATUS_CHANGES), ticket.opened_at)


def _details(data: CardData) -> Iterator[Line]:
    questions = {question.key: question for question in data.policy.questions}
    category = next((c.label for c in data.policy.categories if c.key == data.ticket.category), None)
    if category:
        yield category
    for key, detail in data.ticket.details.items():
        question = questions.get(key)
        if key in _SHOWN_ELSEWHERE or question is None:
            continue
        if detail.value:
            yield phrases.CARD_ABOUT(label=question.label, value=_value(question, detail))
        elif detail.attachments:
            yield phrases.CARD_FILES(label=question.label)


def _value(question: Question, detail: Detail) -> Line:
    chosen = next((option.label for option in question.options if option.key == detail.value), None)
    return chosen or _cut(mask_numbers(detail.value), MAX_DETAIL_LENGTH)


def _cut(text: str, longest: int) -> str:
    """Cut to this many UTF-16 units, with an ellipsis if something was cut."""
    if _units(text) <= longest:
        return text
    while _units(text) > longest - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
