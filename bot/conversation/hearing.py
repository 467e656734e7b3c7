"""Reads a message in its situation: what was asked, and what is known."""

from bot.conversation.intake.questions import CATEGORY, DESCRIPTION, find_question
from bot.conversation.turn import Turn
from bot.messages.inbound import Inbound, MessageKind
from bot.model.conversation import Conversation, Stage, Status
from bot.policy.policy import Policy
from bot.reading.acts import Reading
from bot.reading.people.find_who import only_introduces
from bot.reading.read import read
from bot.reading.situations import Situation

_SITUATIONS = {
    "name": Situation.NAME,
    "company": Situation.COMPANY,
    CATEGORY: Situation.CATEGORY,
    DESCRIPTION: Situation.DESCRIPTION,
}
_BY_KIND = {
    "category": Situation.CATEGORY,
    "priority": Situation.PRIORITY,
    "choice": Situation.CHOICE,
    "code": Situation.CODE,
}
_BEFORE_THE_STORY = (Situation.START, Situation.NAME, Situation.COMPANY, Situation.DESCRIPTION)


def hear(turn: Turn, inbound: Inbound) -> Reading:
    """What the message says; nothing for buttons and messages without words."""
    text = inbound.text.strip()
    if inbound.choice or not text or inbound.kind not in (MessageKind.TEXT, MessageKind.MEDIA):
        return Reading(text)
    situation = situation_of(turn.conversation, turn.policy)
    if situation in _BEFORE_THE_STORY and only_introduces(text):
        return Reading(text)  # “I write on behalf of …” asks for nobody
    return read(text, situation, turn.policy)


def situation_of(conversation: Conversation, policy: Policy) -> Situation:
    """Where the conversation stands."""
    match conversation.stage:
        case Stage.REVIEWING | Stage.CHANGING:
            return Situation.SUMMARY
        case Stage.CONFIRMING:
            return Situation.CONFIRM
        case Stage.ASKING:
            question = find_question(policy, conversation.asking)
            if question is None:
                return Situation.DESCRIPTION
            return _SITUATIONS.get(question.key) or _BY_KIND.get(question.kind, Situation.AFFECTED)
    ticket = conversation.current
    if ticket and ticket.is_live:
        return Situation.OPEN
    return Situation.SOLVED if ticket and ticket.status is Status.RESOLVED else Situation.START
