"""The state of a session after a message, as JSON."""

from bot.conversation.intake.questions import find_question
from bot.model.conversation import Conversation, Detail, Stage
from bot.model.ticket import Ticket
from cli.talk.session import Reply, Session

Json = dict[str, object]


def state_json(session: Session, reply: Reply) -> Json:
    """What was said, what is asked, and what is known so far."""
    who = session.conversation
    return {
        "said": list(reply.said),
        "options": [option.label for option in reply.options],
        "asking": asking(who),
        "about": about(who),
        "language": who.locale or None,
        "draft": draft(who, session),
        "tickets": [_ticket(ticket, session) for ticket in session.tickets.values()],
        "acts": list(reply.acts),
    }


def asking(who: Conversation) -> str | None:
    """What the next message answers: a question's key, or the kind of prompt."""
    prompts = {
        Stage.LANGUAGE: "language",
        Stage.REVIEWING: "summary",
        Stage.CHANGING: "summary",
        Stage.CONFIRMING: "confirm",
        Stage.RATING: "rating",
        Stage.IDLE: None,
    }
    return prompts.get(who.stage, who.asking)


def about(who: Conversation) -> str | None:
    """What is to be confirmed."""
    return who.asking.partition(":")[0] if who.stage is Stage.CONFIRMING else None


def draft(who: Conversation, session: Session) -> dict[str, str] | None:
    """The answers of the request in progress, with those remembered from earlier ones; None if there is none."""
    if not who.draft_id:
        return None
    known = {key: value for key, value in who.remembered.items() if find_question(session.policy, key)}
    given = known | {key: _text(detail) for key, detail in who.answers.items()}
    codes = {q.key: session.accounts.code for q in session.policy.questions if q.kind == "code"}
    return given | {key: code for key, code in codes.items() if code and key in given}


def _ticket(ticket: Ticket, session: Session) -> Json:
    return {
        "number": ticket.number,
        "status": ticket.status.value,
        "category": ticket.category,
        "priority": ticket.priority,
        "is_for_person": ticket.ticket_id in session.for_person,
        "details": {key: _text(detail) for key, detail in ticket.details.items()},
    }


def _text(detail: Detail) -> str:
    """The text or key given; for files alone, how many there are."""
    return detail.value or (str(len(detail.attachments)) if detail.attachments else "")
