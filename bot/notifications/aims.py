"""Words what the desk aims to do next, and by when: each target as itself, in each message that tells one. Pure."""

from collections.abc import Mapping

from bot.messages import phrases_ticket as phrases
from bot.messages.outgoing import Param, Phrase, Timestamp, Translatable
from bot.sla.deadlines import Deadline, PromiseKind

Wording = Mapping[PromiseKind, Phrase]
"""One message in the words of each target; all of them have the parameter `due`."""


def _wording(answer: Phrase, review: Phrase, resolution: Phrase, update: Phrase) -> Wording:
    return {
        "review": review,
        "first_response": answer,
        "next_response": answer,
        "update": update,
        "resolution": resolution,
    }


OPENED = _wording(
    phrases.TICKET_OPENED,
    phrases.TICKET_OPENED_TO_REVIEW,
    phrases.TICKET_OPENED_TO_SOLVE,
    phrases.TICKET_OPENED_TO_UPDATE,
)
OPENED_FOR_PERSON = _wording(
    phrases.TICKET_OPENED_FOR_PERSON,
    phrases.TICKET_OPENED_FOR_PERSON_TO_REVIEW,
    phrases.TICKET_OPENED_FOR_PERSON_TO_SOLVE,
    phrases.TICKET_OPENED_FOR_PERSON_TO_UPDATE,
)
REOPENED = _wording(
    phrases.TICKET_REOPENED,
    phrases.TICKET_REOPENED_TO_REVIEW,
    phrases.TICKET_REOPENED_TO_SOLVE,
    phrases.TICKET_REOPENED_TO_UPDATE,
)
PRIORITY_CHANGED = _wording(
    phrases.PRIORITY_CHANGED,
    phrases.PRIORITY_CHANGED_TO_REVIEW,
    phrases.PRIORITY_CHANGED_TO_SOLVE,
    phrases.PRIORITY_CHANGED_TO_UPDATE,
)
STATUS_LINE = _wording(
    phrases.STATUS_LINE,
    phrases.STATUS_LINE_TO_REVIEW,
    phrases.STATUS_LINE_TO_SOLVE,
    phrases.STATUS_LINE_TO_UPDATE,
)


def with_aim(wording: Wording, deadline: Deadline, params: Mapping[str, Param]) -> Translatable:
    """The message in the words of this running deadline."""
    assert deadline.due_at is not None  # noqa: S101 - it runs
    due = Timestamp(deadline.due_at, is_latest=True)
    return Translatable(wording[deadline.kind], {**params, "due": due})
