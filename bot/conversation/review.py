"""Handles replies to the summary: send it, change a line, or add more."""

from bot.conversation.answer_parsers import HANDED_OVER_AT
from bot.conversation.buttons import CANCEL, CHANGE, HUMAN, SEND, button_options, chosen_key
from bot.conversation.confirmations import ask_cancel
from bot.conversation.intake import (
    OFFER_HUMAN_AFTER,
    add_to_description,
    ask_change,
    ask_next,
    change,
    keep_files,
    open_ticket,
    set_answer,
    show_summary,
)
from bot.conversation.slot_filling import fill_slots
from bot.conversation.summary import change_asked, line_chosen, summary_lines
from bot.conversation.turn import Turn
from bot.messages import phrases_intake
from bot.messages.inbound import Inbound, MessageKind
from bot.messages.outgoing import Translatable
from bot.model.conversation import Stage
from bot.text.normalise import count_words, read_number
from bot.text.small_talk import has_no_content

_CHOICES = (SEND, CHANGE, CANCEL)
_MIN_STORY_WORDS = 3


def take_review(turn: Turn, inbound: Inbound) -> Turn:
    """The customer replied to the summary."""
    chosen = chosen_key(inbound, [button.pick for button in _CHOICES])
    if chosen == SEND.payload:
        return open_ticket(turn)
    if chosen == CHANGE.payload:
        return ask_change(turn)
    if chosen == CANCEL.payload:
        return ask_cancel(turn)
    return _take_line(turn, inbound) or _take_more(turn, inbound)


def take_change(turn: Turn, inbound: Inbound) -> Turn:
    """The customer replied to “which line do you want to change?”."""
    question = line_chosen(inbound.text, inbound.choice, turn.conversation, turn.policy)
    if question:
        return change(turn, question)
    chosen = chosen_key(inbound, [SEND.pick, CANCEL.pick])
    if chosen == CANCEL.payload:
        return ask_cancel(turn)
    return open_ticket(turn) if chosen else _take_more(turn, inbound)


def _take_line(turn: Turn, inbound: Inbound) -> Turn | None:
    """“change 2”, a number above the three buttons, or an old button of a line."""
    number = read_number(inbound.text)
    is_line = inbound.choice or (number and number > len(_CHOICES))
    if is_line:
        question = line_chosen(inbound.text, inbound.choice, turn.conversation, turn.policy)
    else:
        question = change_asked(inbound.text, turn.conversation, turn.policy)
    return change(turn, question) if question else None


def _take_more(turn: Turn, inbound: Inbound) -> Turn:
    """Keep files, corrections on labelled lines and more of the story; otherwise ask again."""
    turn = keep_files(turn, () if inbound.kind is MessageKind.STICKER else inbound.attachments)
    text = inbound.text.strip()
    is_story = count_words(text) >= _MIN_STORY_WORDS and not has_no_content(text)
    if is_story and not inbound.choice:
        return _take_text(turn, text)
    if turn.pending_lines:
        return show_summary(turn)
    return _ask_again(turn.count_miss())


def _take_text(turn: Turn, text: str) -> Turn:
    questions = [line.question for line in summary_lines(turn.conversation, turn.policy)]
    codes = [question for question in turn.policy.questions if question.kind == "code"]
    found = fill_slots(text, [*questions, *codes], turn.conversation, turn.policy, is_story=False)
    for key, detail in found.details.items():
        turn = set_answer(turn, key, detail)
    if found.rest:
        turn = add_to_description(turn, found.rest).add_lines(Translatable(phrases_intake.ADDED))
    turn = turn.check_code(found.code, text) if found.code else turn
    return ask_next(turn.evolve(is_changing=False))


def _ask_again(turn: Turn) -> Turn:
    misses = turn.conversation.misses
    if misses >= HANDED_OVER_AT:
        return open_ticket(turn, is_human_asked=True)
    choices = button_options((*_CHOICES, HUMAN) if misses >= OFFER_HUMAN_AFTER else _CHOICES)
    if turn.conversation.stage is Stage.CHANGING:
        return ask_change(turn)
    return turn.say(Translatable(phrases_intake.REVIEW_ASK), options=choices)
