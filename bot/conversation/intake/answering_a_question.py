"""Handles a message that comes while a question is open.

What can't be the answer (a file, a location, a sticker) is kept, and the question is asked again.
"""

from dataclasses import replace
from datetime import timedelta

from bot.conversation.digressions import answer_digressions, is_going_round
from bot.conversation.intake.answer_parsers import parse_answer
from bot.conversation.intake.answers import skip_question, take_valid_answer
from bot.conversation.intake.choice_answers import clause_with_choice
from bot.conversation.intake.corrections import take_corrections
from bot.conversation.intake.draft import (
    add_to_description,
    ask,
    ask_next,
    keep_files,
    open_ticket,
    set_answer,
)
from bot.conversation.intake.plain_answers import is_capitalised
from bot.conversation.intake.questions import (
    AFFECTED,
    COMPANY,
    DESCRIPTION,
    NAME,
    available_options,
    file_count,
    find_question,
    skip_buttons,
)
from bot.conversation.intake.summary import change_asked
from bot.conversation.turn import Turn
from bot.messages import phrases_intake
from bot.messages.inbound import Inbound, MessageKind
from bot.messages.outgoing import Translatable
from bot.model.conversation import Detail
from bot.policy.sections import Question
from bot.reading.acts import DIGRESSIONS, ActKind, Reading
from bot.reading.remaining_text import is_story, without

ALBUM = timedelta(seconds=10)
"""Files that arrive this close together were sent together: repeat the question only for the first."""


def take_answer(turn: Turn, inbound: Inbound, reading: Reading) -> Turn:
    """Take the customer's message as the answer to the open question."""
    question = find_question(turn.policy, turn.conversation.asking)
    if question is None:
        return ask_next(turn)
    if inbound.choice:
        return _take_choice(turn, question, inbound.choice)
    if _is_more_of_an_album(turn, inbound):
        return replace(keep_files(turn, inbound.attachments), pending_lines=())
    turn = keep_files(turn, () if inbound.kind is MessageKind.STICKER else inbound.attachments)
    text = inbound.text.strip()
    if inbound.kind in (MessageKind.LOCATION, MessageKind.CONTACT) and text:
        return ask(add_to_description(turn, text).add_lines(Translatable(phrases_intake.ADDED)), question)
    if not text:
        return _without_text(turn, question, inbound)
    return _take_text(turn, question, text, reading)


def _take_text(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    """Corrections first, then questions back; what's left is the answer."""
    if earlier := _earlier_question(turn, question, text):
        return ask(turn, earlier)
    changed = None if turn.conversation.is_changing else take_corrections(turn, reading, question)
    if changed:
        turn, text = changed
    is_asked_back = reading.has(*DIGRESSIONS) and not _is_declined(question, reading)
    if is_asked_back and is_going_round(turn):
        return open_ticket(turn, is_human_asked=True)
    if is_asked_back:
        turn = answer_digressions(turn, reading)
        text = without(reading, DIGRESSIONS, text)
    if changed or is_asked_back:
        text = text if _is_answer_beside(question, text, reading) else ""
    if not text and changed and question.kind == "priority":
        text = clause_with_choice(turn, question, reading)
    if not text:
        return ask_next(turn.reworded()) if changed else ask(turn, question)
    answered = parse_answer(turn, question, text, reading)
    is_missed = answered.conversation.misses > turn.conversation.misses
    return ask(turn, question) if is_asked_back and is_missed else answered


def _is_answer_beside(question: Question, text: str, reading: Reading) -> bool:
    """Whether what's left beside a correction or a question back answers ours, and isn't just “sorry”."""
    if question.key in (DESCRIPTION, AFFECTED):
        return is_story(reading, text)
    if question.key in (NAME, COMPANY):
        return is_capitalised(text)
    return True


def _is_declined(question: Question, reading: Reading) -> bool:
    """“I'd rather not say, for obvious reasons”: they decline, and don't ask for our reasons."""
    declined, asked = reading.find(ActKind.REFUSE, ActKind.NONE), reading.find(*DIGRESSIONS)
    return bool(declined and asked and declined.confidence >= asked.confidence)


def _earlier_question(turn: Turn, question: Question, text: str) -> Question | None:
    """“Change the name” while another question is open: ask that one again, then return to this one."""
    is_numbered = any(sign.isdigit() for sign in text)  # the summary's line numbers aren't shown yet
    if question.key == DESCRIPTION or is_numbered or turn.conversation.is_changing:
        return None
    named = change_asked(text, turn.conversation, turn.policy)
    is_given = named is not None and named.key in {*turn.conversation.answers, *turn.conversation.remembered}
    return named if is_given and named is not question else None


def _take_choice(turn: Turn, question: Question, choice: str) -> Turn:
    """A button of this question, or of an earlier one whose answer it corrects; any other changes nothing."""
    if choice in {button.payload for button in skip_buttons(question, turn.conversation)}:
        return skip_question(turn, question)
    for asked in (question, *turn.policy.questions):
        for option in available_options(asked, turn.conversation, turn.policy):
            if choice == option.pick.key:
                detail = Detail(option.key)
                is_this = asked is question
                return (
                    take_valid_answer(turn, asked, detail)
                    if is_this
                    else ask_next(set_answer(turn, asked.key, detail))
                )
    return ask(turn, question)


def _is_more_of_an_album(turn: Turn, inbound: Inbound) -> bool:
    last = turn.conversation.last_inbound_at
    is_bare = bool(inbound.attachments) and not inbound.text.strip() and inbound.kind is MessageKind.MEDIA
    return (
        is_bare and file_count(turn.conversation) > 0 and last is not None and inbound.sent_at - last <= ALBUM
    )


def _without_text(turn: Turn, question: Question, inbound: Inbound) -> Turn:
    return ask(
        turn.add_lines(Translatable(phrases_intake.CANNOT_READ))
        if inbound.kind is MessageKind.OTHER
        else turn,
        question,
    )
