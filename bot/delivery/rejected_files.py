"""Telling a customer, once, which of the files they sent could not be kept, and why. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.messages import phrases_ticket as phrases
from bot.messages.outgoing import Attachment, Outgoing, Phrase, Said
from bot.model.change_set import Writing
from bot.model.unit_of_work import Changes, Decide, Records

_REASONS: Mapping[str, Phrase] = {
    "too_big": phrases.REASON_TOO_BIG,
    "type_refused": phrases.REASON_TYPE_REFUSED,
}


def refused(files: Sequence[Attachment], thread_id: str, now: datetime) -> Decide:
    """Say so in the thread where they came; nothing, when nobody is there any more."""

    def decide(records: Records) -> Changes | None:
        if records.conversation is None:
            return None
        writing = Writing(records, records.conversation, now)
        writing.say(Outgoing(tuple(_line(file) for file in files)), thread_id)
        return writing.changes()

    return decide


def _line(file: Attachment) -> Said:
    name = file.name or Said(phrases.ATTACHMENT_NAMELESS)
    reason = Said(_REASONS.get(file.problem, phrases.REASON_GONE))
    return Said(phrases.ATTACHMENT_REFUSED, {"name": name, "reason": reason})
