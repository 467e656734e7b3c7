"""Tells a customer once which of their files were rejected and why. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.messages import phrases_ticket as phrases
from bot.messages.outgoing import Attachment, Outgoing, Phrase, Translatable
from bot.model.change_set import ChangeSet
from bot.model.unit_of_work import Changes, Records, UseCase

_REASONS: Mapping[str, Phrase] = {
    "too_big": phrases.REASON_TOO_BIG,
    "type_refused": phrases.REASON_TYPE_REFUSED,
}


def report_rejected_files(files: Sequence[Attachment], thread_id: str, now: datetime) -> UseCase:
    """Say so in the thread where they came; nothing if its contact was erased."""

    def decide(records: Records) -> Changes | None:
        if records.conversation is None:
            return None
        writing = ChangeSet(records, records.conversation, now)
        writing.say(Outgoing(tuple(_line(file) for file in files)), thread_id)
        return writing.changes()

    return decide


def _line(file: Attachment) -> Translatable:
    name = file.name or Translatable(phrases.ATTACHMENT_NAMELESS)
    reason = Translatable(_REASONS.get(file.problem, phrases.REASON_GONE))
    return Translatable(phrases.ATTACHMENT_REFUSED, {"name": name, "reason": reason})
