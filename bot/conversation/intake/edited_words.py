"""A message that's edited while a request is in progress: the request says what it says now. Pure."""

from bot.conversation.intake.draft import infer, set_answer, show_summary
from bot.conversation.intake.questions import DESCRIPTION
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue
from bot.messages.inbound import Inbound
from bot.messages.outgoing import Translatable
from bot.model.conversation import Conversation, Detail, Stage

MOST_KEPT = 20
"""Messages whose words are remembered for an edit."""


def with_words_noted(turn: Turn, before: Conversation, inbound: Inbound) -> Turn:
    """Remember which words of the request are from this message."""
    old, new, draft_id = _words(before), _words(turn.conversation), turn.conversation.draft_id
    if new == old or not (draft_id or turn.conversation.held):
        return turn
    is_same = draft_id == before.draft_id or not before.draft_id
    kept = turn.conversation.words if is_same and new.startswith(old) else {}
    added = new.removeprefix(old).strip() if kept or not old else new
    words = {**kept, inbound.message_id or inbound.external_id: added}
    return turn.evolve(words=dict(list(words.items())[-MOST_KEPT:]))


def take_edit(turn: Turn, inbound: Inbound) -> Turn:
    """Put the new words in the place of the old ones; a summary that was shown is shown again."""
    conversation, text = turn.conversation, inbound.text.strip()
    message_id = inbound.message_id or inbound.external_id
    old, whole = conversation.words.get(message_id, ""), _words(conversation)
    if not (text and old and old in whole):
        return turn
    turn = turn.evolve(words={**conversation.words, message_id: text})
    new = whole.replace(old, text, 1)
    if DESCRIPTION not in conversation.answers:
        return turn.evolve(held=new)
    files = conversation.answers.get(DESCRIPTION, Detail()).attachments
    turn = infer(set_answer(turn, DESCRIPTION, Detail(new, files)), new)
    if conversation.stage is not Stage.REVIEWING:
        return turn
    return show_summary(turn.add_lines(Translatable(phrases_dialogue.CHANGED)))


def _words(conversation: Conversation) -> str:
    """What the request says so far; while we ask for the language, their first message."""
    return conversation.answers.get(DESCRIPTION, Detail()).value or conversation.held
