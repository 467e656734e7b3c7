"""Whether a colleague replied meanwhile, decided in the same unit of work that writes the reply. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.actions.action_context import ActionContext
from bot.messages.errors import AnsweredMeanwhile
from bot.messages.thread import Author, ThreadEntry
from bot.model.merged_ticket import merged_threads

SEEN_AFTER = timedelta(seconds=20)
"""A reply this soon after a colleague's was written without having read it."""


def must_be_newest(context: ActionContext, seen: str | None, written_at: datetime | None) -> None:
    """Raise AnsweredMeanwhile if a colleague replied after the entry `seen`, or just before `written_at`."""
    if seen is None and written_at is None:
        return
    threads = (context.ticket.ticket_id, *merged_threads(context.ticket))
    together = (entry for thread_id in threads for entry in context.writing.records.thread(thread_id))
    entries = sorted(together, key=lambda entry: entry.at)
    by = _replied_after(entries, seen, context.by) if seen is not None else ""
    if written_at is not None:
        by = by or answered_meanwhile(entries, context.by, written_at)
    if by:
        raise AnsweredMeanwhile(by)


def answered_meanwhile(entries: Sequence[ThreadEntry], agent_id: str, written_at: datetime) -> str:
    """The colleague whose reply the agent can't have read before writing this one; "" if there's none."""
    for entry in reversed(entries):
        if entry.author is Author.CUSTOMER:
            return ""
        if entry.author is Author.AGENT and not entry.is_edit:
            is_new = written_at - entry.at < SEEN_AFTER
            return entry.by if is_new and entry.by != agent_id else ""
    return ""


def _replied_after(entries: Sequence[ThreadEntry], seen: str, agent_id: str) -> str:
    """The last colleague who replied after the entry `seen`; one that isn't there has seen nothing."""
    newer = entries[next((n + 1 for n, entry in enumerate(entries) if entry.entry_id == seen), 0) :]
    replies = (e.by for e in reversed(newer) if e.author is Author.AGENT and not e.is_edit)
    return next((by for by in replies if by != agent_id), "")
