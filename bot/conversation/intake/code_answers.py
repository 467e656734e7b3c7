"""Reads text as a support code. The desk looks it up and goes on with `identify_account.continue_after_code`."""

import re

from bot.conversation.intake.answers import (
    DOES_WITHOUT,
    MIN_STORY_WORDS,
    do_without,
    keep_story,
    reject_answer,
    skip_question,
    take_other_answers,
)
from bot.conversation.intake.draft import add_to_description
from bot.conversation.intake.plain_answers import is_skip
from bot.conversation.turn import Turn
from bot.policy.sections import Question
from bot.reading.acts import ActKind, Reading
from bot.reading.vague_words import VAGUE
from bot.text.normalise import count_words, fold
from bot.text.small_talk import is_thanks
from bot.text.support_codes import is_code, named_code, redact

_CODE_WORDS = 3
"""Words: an answer this short to a code question is the code and nothing else."""
_MAX_CODE_LENGTH = 80  # characters
_SPACED = re.compile(r"\b\d{2,4}(?:[ .]\d{2,4})+\b")
"""A code written in groups: “40 71 88 25”, “4071.8825”."""
_MAX_PREFIX = 3  # characters, such as “vip” in “vip 9931”


def read_code(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    """Take the code, or do without it."""
    if is_skip(turn, question, text) or is_thanks(text):
        return skip_question(turn, question)
    code = _find_code(text)
    if not code and reading.has(*DOES_WITHOUT):
        return do_without(turn, question)
    if not code:
        turn, rest = take_other_answers(turn, question, text)
        return reject_answer(keep_story(turn, rest) if reading.has(ActKind.STORY) else turn, question)
    return turn.check_code(code) if len(text.split()) <= _CODE_WORDS else _keep_rest(turn, text, code)


def _keep_rest(turn: Turn, text: str, code: str) -> Turn:
    """A code inside a story: keep the story without the code."""
    checked = turn.check_code(code, text)
    rest = redact(text, code)
    is_story = count_words(rest) >= MIN_STORY_WORDS + _CODE_WORDS
    return add_to_description(checked, rest) if is_story else checked


def _find_code(text: str) -> str:
    """A word with digits in it, or the code that the text names."""
    if spaced := _SPACED.search(text[:_MAX_CODE_LENGTH]):
        return "".join(filter(str.isalnum, spaced[0]))
    words = [word.strip(".,;:!?()") for word in text.split()]
    is_alone = len(words) == 1 and words[0].isupper()
    likely = [word for word in words if (is_alone or any(c.isdigit() for c in word)) and is_code(word)]
    code = named_code(text) or next(iter(likely), "")
    if code and len(words) <= _CODE_WORDS and all(_is_part_of_code(word.strip("-")) for word in words):
        code = "".join(words)  # “GV 44 17”, “gv 4417”
    return code if len(code) <= _MAX_CODE_LENGTH else ""


def _is_part_of_code(word: str) -> bool:
    is_prefix = word.isalpha() and len(word) <= _MAX_PREFIX and fold(word) not in VAGUE
    return word.isalnum() and (word.isupper() or word.isdigit() or is_prefix)
