"""Requests that customers begin and don't send: when to ask about one, and what to say. Pure."""

from datetime import datetime, timedelta

from bot.conversation.ask_again import ask_again
from bot.conversation.effects import Step
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue
from bot.messages.outgoing import Translatable
from bot.model.conversation import Conversation
from bot.policy.policy import Policy

QUIET_AFTER = timedelta(minutes=30)
"""Silence after which a request that isn't sent counts as unfinished."""

_LATEST = timedelta(hours=23)
"""With an hour to spare before WhatsApp's window closes; the same on Telegram."""


def reminder_due_at(conversation: Conversation, policy: Policy) -> datetime | None:
    """When to ask; in opening hours if the window allows it. None if there's nothing to ask, or we did."""
    last = conversation.last_inbound_at
    if not conversation.draft_id or not conversation.locale or conversation.is_reminded or last is None:
        return None
    return min(policy.calendar.add(last, policy.unfinished.ask_after), last + _LATEST)


def remind(conversation: Conversation, policy: Policy, now: datetime) -> Step:
    """Ask whether they want to go on, and repeat the open question."""
    turn = Turn(mark_reminded(conversation), policy, now, conversation.draft_id)
    return ask_again(turn.add_lines(Translatable(phrases_dialogue.STILL_THERE))).step()


def mark_reminded(conversation: Conversation) -> Conversation:
    """They were asked about this request, or it's too late to ask: it's never asked again."""
    return conversation.evolve(is_reminded=True, remind_at=None)
