"""Nobody reads the same message four times in a row: then a person takes over, whatever was written.

This also ends the exchange with an automatic answer that comes back to everything we say.
"""

from zlib import crc32

from bot.conversation.effects import AddToTicket, CheckCode, Reopen, Say
from bot.conversation.foreign_language import hand_over
from bot.conversation.turn import Turn
from bot.messages.inbound import Inbound
from bot.messages.outgoing import Line, Outgoing, Timestamp, Translatable
from bot.model.conversation import Conversation, Stage, Status

MOST_TIMES = 3


def without_repeating(turn: Turn, inbound: Inbound) -> Turn:
    """Count how often we said this; what they asked for with a slash may come as often as they like."""
    turn = turn.say() if turn.pending_lines else turn
    said = [effect.outgoing for effect in turn.effects if isinstance(effect, Say)]
    is_unsaid = not said or any(isinstance(effect, CheckCode) for effect in turn.effects)
    if is_unsaid or inbound.text.lstrip().startswith("/"):
        return turn
    told = _fingerprint(said[-1], turn.conversation)
    times = turn.conversation.said_times + 1 if told == turn.conversation.last_said else 1
    turn = turn.evolve(last_said=told, said_times=times)
    return turn if times <= MOST_TIMES else _bring_a_person(turn, inbound)


def _bring_a_person(turn: Turn, inbound: Inbound) -> Turn:
    conversation, ticket = turn.conversation, turn.conversation.current
    quiet = turn.without_messages()
    if conversation.draft_id:
        return hand_over(quiet, inbound.heard)
    if ticket is None or not (ticket.is_live or ticket.status is Status.RESOLVED):
        return quiet
    quiet = quiet.in_thread(ticket.ticket_id).wait(Stage.IDLE)
    return quiet.with_effects(AddToTicket(ticket.ticket_id) if ticket.is_live else Reopen(ticket.ticket_id))


def _fingerprint(outgoing: Outgoing, conversation: Conversation) -> str:
    """The message's words and what is known by now: whoever gets on isn't going round in circles."""
    known = {key: (len(detail.value), detail.attachments) for key, detail in conversation.answers.items()}
    words = [_words(line) for line in outgoing.lines]
    return f"{crc32(repr((words, outgoing.options, known)).encode('utf-8', 'replace')):08x}"


def _words(line: Line) -> object:
    if not isinstance(line, Translatable):
        return line
    params = {key: value for key, value in line.params.items() if not isinstance(value, Timestamp)}
    return line.phrase.text, params
