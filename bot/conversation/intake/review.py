"""Handles replies to the summary: send it, not yet, corrections in any words, questions back, more of the story."""

from bot.conversation.buttons import CANCEL, CHANGE, HUMAN, SEND, button_options, chosen_key
from bot.conversation.confirmations import ask_cancel
from bot.conversation.digressions import answer_digressions, is_going_round
from bot.conversation.intake.answers import HANDED_OVER_AT, is_known_story
from bot.conversation.intake.corrections import apply_corrections, take_additions
from bot.conversation.intake.draft import (
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
from bot.conversation.intake.questions import find_question
from bot.conversation.intake.slot_filling import fill_slots
from bot.conversation.intake.summary import change_asked, line_chosen, summary_lines
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue, phrases_intake
from bot.messages.inbound import Inbound, MessageKind
from bot.messages.outgoing import Translatable
from bot.model.conversation import Stage
from bot.policy.sections import Question
from bot.reading.acts import DIGRESSIONS, Act, ActKind, Reading
from bot.reading.clauses import after_contrast
from bot.reading.corrections import named_field
from bot.reading.dates import has_date
from bot.reading.remaining_text import without
from bot.text.normalise import count_words, read_number
from bot.text.small_talk import has_no_content

_CHOICES = (SEND, CHANGE, CANCEL)
_BESIDE_A_YES = (ActKind.CHANGE, ActKind.STORY, ActKind.THANKS, ActKind.DONE, *DIGRESSIONS)
_MIN_STORY_WORDS = 3
_OK_WORDS, _MAYBE = 2, 0.4
_MIN_WISH_WORDS = 4
"""Words: so much beside a “yes” is a second wish, which the team should read."""


def take_review(turn: Turn, inbound: Inbound, reading: Reading) -> Turn:
    """The customer replied to the summary."""
    chosen = chosen_key(inbound, [button.pick for button in _CHOICES])
    if chosen == SEND.payload:
        return open_ticket(turn.understood(ActKind.SEND))
    if chosen == CHANGE.payload:
        return ask_change(turn)
    if chosen == CANCEL.payload:
        return ask_cancel(turn)
    return _take_line(turn, inbound) or _take_words(turn, inbound, reading)


def take_change(turn: Turn, inbound: Inbound, reading: Reading) -> Turn:
    """The customer replied to “which line do you want to change?”."""
    question = line_chosen(inbound.text, inbound.choice, turn.conversation, turn.policy)
    if question:
        return change(turn, question)
    chosen = chosen_key(inbound, [SEND.pick, CANCEL.pick])
    if chosen == CANCEL.payload:
        return ask_cancel(turn)
    return open_ticket(turn) if chosen else _take_words(turn, inbound, reading)


def _take_line(turn: Turn, inbound: Inbound) -> Turn | None:
    """“change 2”, a number above the three buttons, or an old button of a line."""
    number = read_number(inbound.text)
    is_line = inbound.choice or (number and number > len(_CHOICES))
    if is_line:
        question = line_chosen(inbound.text, inbound.choice, turn.conversation, turn.policy)
    else:
        question = change_asked(inbound.text, turn.conversation, turn.policy)
    return change(turn, question) if question else None


def _take_words(turn: Turn, inbound: Inbound, reading: Reading) -> Turn:
    """Labelled lines and corrections come first, whatever else the message says."""
    turn = keep_files(turn, () if inbound.kind is MessageKind.STICKER else inbound.attachments)
    text = inbound.text.strip()
    if inbound.choice or not text:
        return show_summary(turn) if turn.pending_lines else _ask_again(turn.count_miss())
    if added := take_additions(turn, reading):
        turn, reading = added
        text = reading.text
    labelled = fill_slots(text, _questions(turn), turn.conversation, turn.policy, is_story=False)
    if labelled.details or labelled.code:
        return _take_labelled(turn, text)
    changed = apply_corrections(turn, reading) or (turn if added else None)
    return (
        ask_next(changed.evolve(is_changing=False, misses=0)) if changed else _take_acts(turn, text, reading)
    )


def _take_acts(turn: Turn, text: str, reading: Reading) -> Turn:
    """“Not yet” wins over a “yes” beside it, and a “yes” over everything else."""
    sent = reading.find(ActKind.SEND)
    if _is_held(sent, text, reading):
        return _hold(turn, reading)
    if reading.has(*DIGRESSIONS) and (is_going_round(turn) or not sent):
        return _answer_back(turn, reading)
    if reading.has(ActKind.CHANGE) and (not sent or named_field(text, turn.policy)):
        return _ask_what_to_change(turn, text)
    if reading.has(ActKind.CANCEL) and not sent:
        return ask_cancel(turn)
    is_content = reading.has(ActKind.THANKS, ActKind.DONE) and not reading.has(ActKind.STORY)
    return _send(turn, text, reading) if sent or is_content else _take_more(turn, text, reading)


def _is_held(sent: Act | None, text: str, reading: Reading) -> bool:
    """“Not yet”; or a “yes” beside words that we don't understand: “yes, but …”, “ok, I'll show my partner”."""
    held = reading.find(ActKind.HOLD)
    if sent is None or (held and held.confidence >= sent.confidence):
        return held is not None
    is_brief = count_words(sent.text) <= _OK_WORDS and count_words(text) >= _OK_WORDS + _MIN_STORY_WORDS
    is_mere_ok = is_brief and reading.likely(ActKind.SEND) < _MAYBE
    return (is_mere_ok or bool(after_contrast(text))) and not reading.has(*_BESIDE_A_YES)


def _hold(turn: Turn, reading: Reading) -> Turn:
    if reading.has(ActKind.CANCEL):
        return ask_cancel(turn)
    turn = turn.understood(ActKind.HOLD)
    return turn.say(Translatable(phrases_dialogue.NOT_SENT), options=button_options(_CHOICES))


def _answer_back(turn: Turn, reading: Reading) -> Turn:
    if is_going_round(turn):
        return open_ticket(turn, is_human_asked=True)
    turn = answer_digressions(turn, reading)
    return turn.say(Translatable(phrases_dialogue.AGAIN_SUMMARY), options=button_options(_CHOICES))


def _send(turn: Turn, text: str, reading: Reading) -> Turn:
    """Open the ticket; a second wish beside the “yes” is added for the team."""
    extra = without(reading, (ActKind.SEND, ActKind.THANKS, ActKind.ANGER, *DIGRESSIONS), text)
    if extra != text and count_words(extra) >= _MIN_WISH_WORDS:
        turn = add_to_description(turn, extra)
    return open_ticket(answer_digressions(turn, reading).understood(ActKind.SEND))


def _ask_what_to_change(turn: Turn, text: str) -> Turn:
    """They say that something is wrong: ask for that line, or for which one it is."""
    question = find_question(turn.policy, named_field(text, turn.policy))
    if question is None and has_date(text) and count_words(text) >= _MIN_WISH_WORDS:
        return _add(turn, text)  # “change the date to 12 May”
    turn = turn.understood(ActKind.CHANGE)
    if question:
        return change(turn, question)
    return _ask_again(turn.count_miss()) if turn.conversation.stage is Stage.CHANGING else ask_change(turn)


def _take_more(turn: Turn, text: str, reading: Reading) -> Turn:
    """More of the story, or words that we can't place; anything else isn't a reply to the summary."""
    if _is_more(turn, text, reading):
        return _add(turn, text)
    if turn.pending_lines:
        return show_summary(turn)
    return _ask_again(turn.count_miss())


def _add(turn: Turn, text: str) -> Turn:
    turn = add_to_description(turn, text).add_lines(Translatable(phrases_intake.ADDED))
    return ask_next(turn.understood(ActKind.STORY).evolve(is_changing=False))


def _is_more(turn: Turn, text: str, reading: Reading) -> bool:
    if has_no_content(text) or is_known_story(turn, text):
        return False
    needed = _MIN_STORY_WORDS if reading.has(ActKind.STORY) else _MIN_WISH_WORDS
    return count_words(text) >= needed and (reading.has(ActKind.STORY) or not reading.acts)


def _questions(turn: Turn) -> list[Question]:
    lines = [line.question for line in summary_lines(turn.conversation, turn.policy)]
    return [*lines, *(question for question in turn.policy.questions if question.kind == "code")]


def _take_labelled(turn: Turn, text: str) -> Turn:
    found = fill_slots(text, _questions(turn), turn.conversation, turn.policy, is_story=False)
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
    again = phrases_dialogue.AGAIN_SUMMARY if misses % 2 else phrases_intake.REVIEW_ASK
    return turn.say(Translatable(again), options=choices)
