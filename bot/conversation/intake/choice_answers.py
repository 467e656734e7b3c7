"""Reads text as the answer to a question with choices: by label, number, mention, or what it means."""

from bot.conversation.intake.answers import (
    DOES_WITHOUT,
    MIN_STORY_WORDS,
    keep_story,
    reject_answer,
    skip_question,
    take_valid_answer,
)
from bot.conversation.intake.plain_answers import is_skip
from bot.conversation.intake.questions import CATEGORY, all_options, available_options, picks
from bot.conversation.intake.slot_filling import option_key
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue, phrases_intake
from bot.messages.outgoing import Translatable
from bot.model.conversation import Detail
from bot.policy.sections import Question
from bot.reading.acts import ActKind, Reading
from bot.reading.choices import Meant, category_meant, priority_meant
from bot.text.choice_matching import find_choice, find_last_mention, find_mention, match_choice
from bot.text.normalise import NEGATIONS, count_words, tokens
from bot.text.small_talk import has_no_content

_BRIEF = 4
"""Words: in a longer text “high” and “low” may mean a place."""
_TOLD_AT_LENGTH = 8
"""Words: so long an answer to “how urgent?” tells what happens, too."""
_CLEARLY = 0.7
_NAME_LIKELY = 0.45


def read_choice(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    """A choice by its label, its number, or by what the text means."""
    named = picks(question, turn.conversation, turn.policy)
    chosen = match_choice(text, named) or find_last_mention(text, named)
    if not chosen and question.kind == CATEGORY and reading.likely(ActKind.UNSURE) >= _CLEARLY:
        return _take_undecided(turn, question)
    offered = {offer.key for offer in available_options(question, turn.conversation, turn.policy)}
    meant = _meant(question, text, reading, turn) if not chosen else Meant()
    is_brief = question.kind != "priority" or count_words(text) <= _BRIEF
    if not meant.clear and is_brief and not reading.has(*DOES_WITHOUT):
        chosen = chosen or _mentioned(turn, question, text, meant)
    key = option_key(chosen, question, turn.conversation, turn.policy) if chosen else _likeliest(turn, meant)
    is_told = (
        question.kind != "priority" or reading.has(ActKind.STORY) or count_words(text) >= _TOLD_AT_LENGTH
    )
    if key in offered:
        turn = keep_story(turn, text, MIN_STORY_WORDS + 2) if is_told else turn
        return take_valid_answer(turn, question, Detail(key))
    if reading.has(*DOES_WITHOUT) or is_skip(turn, question, text):
        return _take_undecided(turn, question)
    if key or _is_beyond_plan(question, turn, text):
        return reject_answer(turn.add_lines(Translatable(phrases_intake.NOT_WITH_PLAN)), question)
    turn = keep_story(turn, text) if is_told else turn
    return reject_answer(_either(turn, question, meant), question)


def _likeliest(turn: Turn, meant: Meant) -> str:
    """The choice that's clear; once we asked “is it … or …?”, the likelier one, which the summary shows."""
    return meant.clear or (meant.close[0] if meant.close and turn.conversation.misses else "")


def clause_with_choice(turn: Turn, question: Question, reading: Reading) -> str:
    """The clause that names a choice: “it's Kathryn with a K, and make it high”; "" if none does."""
    named = picks(question, turn.conversation, turn.policy)
    told = (part.text for part in reading.parts if part.size == "clause")
    return next((text for text in told if find_choice(text, named)), "")


def _mentioned(turn: Turn, question: Question, text: str, meant: Meant) -> str | None:
    """The choice named in passing; not “urgent” in “moyennement urgent”, which more likely means another one."""
    chosen = find_choice(text, picks(question, turn.conversation, turn.policy))
    if chosen is None or question.kind != "priority" or not meant.ranked:
        return chosen
    return (
        chosen if option_key(chosen, question, turn.conversation, turn.policy) == meant.ranked[0][0] else None
    )


def _meant(question: Question, text: str, reading: Reading, turn: Turn) -> Meant:
    if question.kind == CATEGORY:
        return _category_meant(turn, question, text, reading)
    if question.kind == "priority":
        return priority_meant(reading.parts, turn.policy)
    return Meant()


def _category_meant(turn: Turn, question: Question, text: str, reading: Reading) -> Meant:
    is_none = _names_nothing(text, reading) or _only_denies(turn, question, text)
    return Meant() if is_none else category_meant(text, turn.policy)


def _names_nothing(text: str, reading: Reading) -> bool:
    """A name, a number or a sign has no meaning to choose by."""
    has_letters = any(map(str.isalpha, text))
    return not has_letters or has_no_content(text) or reading.likely("name") >= _NAME_LIKELY


def _only_denies(turn: Turn, question: Question, text: str) -> bool:
    """“Not a bug” says what it isn’t."""
    named = picks(question, turn.conversation, turn.policy)
    bare = " ".join(word for word in tokens(text) if word not in NEGATIONS)
    is_short = count_words(text) <= MIN_STORY_WORDS
    return is_short and find_mention(bare, named) is not None and find_mention(text, named) is None


def _either(turn: Turn, question: Question, meant: Meant) -> Turn:
    """Two readings are close: ask which."""
    labels = {offer.key: offer.label for offer in all_options(question, turn.policy)}
    if len(meant.close) != 2:
        return turn
    one, other = meant.close
    return turn.add_lines(phrases_dialogue.EITHER(one=labels[one], other=labels[other]))


def _take_undecided(turn: Turn, question: Question) -> Turn:
    """“I don’t know”: skip it, or use the usual priority (shown in the summary); otherwise ask again."""
    if not question.is_required:
        return skip_question(turn, question)
    usual = turn.policy.usual_priority.key if question.kind == "priority" else ""
    if usual in {offer.key for offer in available_options(question, turn.conversation, turn.policy)}:
        return take_valid_answer(turn, question, Detail(usual))
    return reject_answer(turn, question)


def _is_beyond_plan(question: Question, turn: Turn, text: str) -> bool:
    everything = [offer.pick for offer in all_options(question, turn.policy)]
    return question.kind == "priority" and find_choice(text, everything) is not None
