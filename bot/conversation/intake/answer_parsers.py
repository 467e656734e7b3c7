"""Reads text as the answer to a question: one parser per kind of question, and what to do when none fits.

Part of the story told in the wrong place is added to the description. After `HANDED_OVER_AT` misses in a row a
person takes over, so that nobody gets stuck.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.intake.answers import (
    DOES_WITHOUT,
    MIN_STORY_WORDS,
    do_without,
    is_known_story,
    keep_story,
    reject_answer,
    skip_question,
    take_other_answers,
    take_valid_answer,
)
from bot.conversation.intake.choice_answers import read_choice
from bot.conversation.intake.code_answers import read_code
from bot.conversation.intake.draft import (
    accept,
    add_to_description,
    ask,
    ask_more,
    ask_next,
    set_answer,
    shown_options,
    take_details,
)
from bot.conversation.intake.plain_answers import is_capitalised, is_skip, read_as_name
from bot.conversation.intake.questions import (
    AFFECTED,
    ATTACHMENTS,
    COMPANY,
    DESCRIPTION,
    NAME,
    find_question,
    is_open,
    is_short,
)
from bot.conversation.turn import Turn
from bot.messages import phrases_intake
from bot.messages.outgoing import Translatable
from bot.model.conversation import Detail
from bot.policy.sections import Question
from bot.reading.acts import DIGRESSIONS, ActKind, Reading
from bot.reading.people.find_who import only_introduces
from bot.reading.remaining_text import is_story
from bot.text.normalise import NEGATIONS, count_words, tokens
from bot.text.small_talk import has_no_content, is_thanks, is_yes
from bot.text.support_codes import code_beside, lone_code, remove_code

_MOST_NAME_WORDS = 6
"""Words: an unusual name of so many is accepted the second time; more words tell a story."""
_MISPLACED_STORY_WORDS = 11
"""Words: so long an answer to “what is affected?” is the story itself."""
_TOLD_BESIDE = 6
"""Words: so much of a story beside a name is kept."""
_SOONER_DECLINED = 0.6
_CLEARLY = 0.7


def parse_answer(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    """Take the text as the answer to that question. Beside a question back, “it depends” is no answer."""
    if reading.has(*DIGRESSIONS) and not reading.has(ActKind.REFUSE, ActKind.NONE):
        reading = replace(reading, acts=tuple(act for act in reading.acts if act.kind not in DOES_WITHOUT))
    is_misplaced = question.kind != "code" and _is_code_wanted(turn)
    if is_misplaced and (code := lone_code(text)):
        return turn.check_code(code)
    return _PARSERS[question.kind](turn, question, text, reading)


def _read_text(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    if question.key == DESCRIPTION:
        return _read_description(turn, question, text, reading)
    if is_skip(turn, question, text):
        return skip_question(turn, question)
    is_name = question.key in (NAME, COMPANY)
    return (_read_name if is_name else _read_words)(turn, question, text, reading)


def _read_name(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    """The name or company, and the other one if it's told as well; a code is none, and never shown."""
    if _is_code_wanted(turn) and (code := code_beside(text)):
        turn, text = turn.check_code(code, text), remove_code(text, code)
    who = read_as_name(question, text)
    declined = reading.find(*DOES_WITHOUT)
    if declined and (who is None or declined.confidence > _SOONER_DECLINED):
        return do_without(turn, question)
    if who is not None and reading.likely("thanks") >= _CLEARLY and not is_capitalised(text):
        return ask(turn, question)
    if who is not None:
        for key, value in ((NAME, who.name), (COMPANY, who.company)):
            other = find_question(turn.policy, key)
            if value and other and (other is question or is_open(other, turn.conversation, turn.policy)):
                turn = accept(turn, other, Detail(value)).understood(ActKind.ANSWER)
        if turn.conversation.answers.get(question.key, Detail()).value:
            is_told = is_story(reading, who.rest) and count_words(who.rest) >= _TOLD_BESIDE
            return ask_next(keep_story(turn, who.rest) if is_told else turn)
    is_long = count_words(text) > _MOST_NAME_WORDS
    is_possible = question.key != NAME or any(map(str.isalpha, text))
    if turn.conversation.misses and is_possible and not is_long and not has_no_content(text):
        return take_valid_answer(turn, question, Detail(text))
    if has_no_content(text) or not (is_long or reading.has(ActKind.STORY)):
        return reject_answer(turn, question)
    turn, rest = take_other_answers(turn, question, text)
    is_new = not is_known_story(turn, rest)
    turn = keep_story(turn, rest).understood(ActKind.STORY)
    is_told_on = is_new and reading.likely(ActKind.STORY) >= _CLEARLY
    return ask(turn.reworded(), question) if is_told_on else reject_answer(turn, question)


def _is_code_wanted(turn: Turn) -> bool:
    codes = (question for question in turn.policy.questions if question.kind == "code")
    return any(is_open(question, turn.conversation, turn.policy) for question in codes)


def _read_words(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    if reading.has(*DOES_WITHOUT) and not reading.has(ActKind.STORY):
        return do_without(turn, question)
    if turn.conversation.misses == 0 and has_no_content(text):
        return ask(turn.count_miss(), question)
    turn, text = take_other_answers(turn, question, text)
    if not text:
        return ask_next(turn)
    if (
        question.key == AFFECTED
        and reading.has(ActKind.STORY)
        and count_words(text) >= _MISPLACED_STORY_WORDS
    ):
        return ask_next(keep_story(turn, text).understood(ActKind.STORY))
    detail = Detail(text)
    if is_short(question, detail, turn.conversation):
        return ask_more(set_answer(turn, question.key, detail), question)
    return take_valid_answer(turn, question, _append_to_answer(turn, question, detail))


def _read_description(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    """Add the text to the description; “no, that’s all” leaves it as it is."""
    before = turn.conversation.answers.get(DESCRIPTION, Detail())
    if turn.conversation.is_changing:
        return take_valid_answer(turn, question, Detail(text))
    if before.value and (is_thanks(text) or is_skip(turn, question, text) or reading.has(ActKind.DONE)):
        return take_valid_answer(turn, question, before)
    if not before.value and only_introduces(text):
        return ask_next(take_details(turn, text))
    if not before.value and (has_no_content(text) or _says_nothing(text, reading)):
        return reject_answer(turn, question)
    turn, rest = take_other_answers(turn, question, text)
    turn = add_to_description(turn, rest).understood(ActKind.STORY) if rest else turn
    detail = turn.conversation.answers.get(DESCRIPTION, Detail())
    if not detail.value:
        return ask_next(turn)
    is_more_needed = is_short(question, detail, turn.conversation)
    return ask_more(turn, question) if is_more_needed else take_valid_answer(turn, question, detail)


def _says_nothing(text: str, reading: Reading) -> bool:
    """Few words that mean something else; “broken” is a beginning, and we ask for more."""
    has_word = any(len(word) >= 3 and word not in NEGATIONS for word in tokens(text))
    is_else = bool(reading.acts) or is_yes(text) or not has_word
    is_little = count_words(text) < MIN_STORY_WORDS and not reading.has(ActKind.STORY)
    return (is_little and is_else) or reading.has(*DOES_WITHOUT)


def _append_to_answer(turn: Turn, question: Question, detail: Detail) -> Detail:
    """Join the answer with the shorter one before it, if we asked for more words."""
    before = turn.conversation.answers.get(question.key)
    is_added = question.key in turn.conversation.asked_again and not turn.conversation.is_changing
    return Detail(f"{before.value}\n{detail.value}") if before and is_added else detail


def _read_files(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    """Text where files were asked for: “yes”, “no”, “that’s all”, or more of the story, which we keep."""
    is_first = not turn.conversation.misses
    if is_first and is_yes(text):
        return _await_files(turn, question)
    if is_skip(turn, question, text) or is_thanks(text) or reading.has(ActKind.DONE, *DOES_WITHOUT):
        return skip_question(turn, question)
    kept = keep_story(turn, text, 2)
    return ask(kept.count_miss(), question) if is_first else skip_question(kept, question)


def _await_files(turn: Turn, question: Question) -> Turn:
    """“Yes”: wait for the file itself."""
    return turn.count_miss().say(
        Translatable(phrases_intake.SEND_FILES), options=shown_options(turn, question)
    )


_PARSERS: Mapping[str, Callable[[Turn, Question, str, Reading], Turn]] = {
    "text": _read_text,
    "choice": read_choice,
    "category": read_choice,
    "priority": read_choice,
    ATTACHMENTS: _read_files,
    "code": read_code,
}
