"""Reads text as the answer to a question: one parser per kind of question, and what to do when none fits.

Part of the story told in the wrong place is added to the description. After `HANDED_OVER_AT` misses in a row a
person takes over, so that nobody gets stuck.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.intake.draft import (
    accept,
    add_to_description,
    ask,
    ask_more,
    ask_next,
    open_ticket,
    set_answer,
    shown_options,
)
from bot.conversation.intake.plain_answers import is_skip, read_as_name
from bot.conversation.intake.questions import (
    AFFECTED,
    ATTACHMENTS,
    CATEGORY,
    COMPANY,
    DESCRIPTION,
    NAME,
    all_options,
    available_options,
    find_question,
    is_open,
    is_short,
    picks,
)
from bot.conversation.intake.slot_filling import fill_slots, option_key
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue, phrases_intake
from bot.messages.outgoing import Translatable
from bot.model.conversation import Detail
from bot.policy.sections import Question
from bot.reading.acts import DIGRESSIONS, ActKind, Reading
from bot.reading.choices import Meant, category_meant, priority_meant
from bot.reading.vague_words import VAGUE
from bot.text.choice_matching import find_choice, find_last_mention, find_mention, match_choice
from bot.text.normalise import NEGATIONS, count_words, fold, tokens
from bot.text.small_talk import has_no_content, is_thanks, is_yes
from bot.text.support_codes import is_code, named_code, redact

HANDED_OVER_AT = 3
MIN_STORY_WORDS = 4
"""Words: an answer this long to a choice question is worth adding to the description."""
_CODE_WORDS = 3
"""Words: an answer this short to a code question is the code and nothing else."""
_MAX_CODE_LENGTH = 80  # characters
_MAX_PREFIX = 3  # characters, such as “vip” in “vip 9931”
_MOST_NAME_WORDS = 6
"""Words: an unusual name of so many is accepted the second time; more words tell a story."""
_MISPLACED_STORY_WORDS = 11
"""Words: so long an answer to “what is affected?” is the story itself."""
_SOONER_DECLINED = 0.6
_BRIEF = 4
"""Words: in a longer text “high” and “low” may mean a place."""
_CLEARLY = 0.7
_NAME_LIKELY = 0.45
DOES_WITHOUT = (ActKind.REFUSE, ActKind.NONE, ActKind.UNSURE)


def parse_answer(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    """Take the text as the answer to that question. Beside a question back, “it depends” is no answer."""
    if reading.has(*DIGRESSIONS) and not reading.has(ActKind.REFUSE, ActKind.NONE):
        reading = replace(reading, acts=tuple(act for act in reading.acts if act.kind not in DOES_WITHOUT))
    return _PARSERS[question.kind](turn, question, text, reading)


def take_valid_answer(turn: Turn, question: Question, detail: Detail) -> Turn:
    """Store a valid answer and go on to the next question."""
    return ask_next(accept(turn, question, detail).understood(ActKind.ANSWER))


def skip_question(turn: Turn, question: Question) -> Turn:
    """Skip the question, and remember that it was asked so that it isn't asked again."""
    before = turn.conversation.answers.get(question.key, Detail())
    return ask_next(accept(turn, question, Detail("", before.attachments)))


def reject_answer(turn: Turn, question: Question) -> Turn:
    """Not an answer: ask again and offer a way out; after too many misses a person takes over."""
    turn = turn.count_miss()
    if turn.conversation.misses >= HANDED_OVER_AT:
        return open_ticket(turn, is_human_asked=True)
    return ask(turn, question)


def _do_without(turn: Turn, question: Question) -> Turn:
    """They don't want to tell, or have nothing to tell: respect it."""
    names = {NAME: "no_name", COMPANY: "no_company"}
    act = "no_code" if question.kind == "code" else names.get(question.key, ActKind.REFUSE.value)
    return skip_question(turn.add_lines(Translatable(phrases_dialogue.DO_WITHOUT)).understood(act), question)


def _read_text(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    if question.key == DESCRIPTION:
        return _read_description(turn, question, text, reading)
    if is_skip(turn, question, text):
        return skip_question(turn, question)
    is_name = question.key in (NAME, COMPANY)
    return (_read_name if is_name else _read_words)(turn, question, text, reading)


def _read_name(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    """The name or company, and the other one if it's told as well."""
    who = read_as_name(question, text)
    declined = reading.find(*DOES_WITHOUT)
    if declined and (who is None or declined.confidence > _SOONER_DECLINED):
        return _do_without(turn, question)
    if who is not None:
        for key, value in ((NAME, who.name), (COMPANY, who.company)):
            other = find_question(turn.policy, key)
            if value and other and (other is question or is_open(other, turn.conversation, turn.policy)):
                turn = accept(turn, other, Detail(value)).understood(ActKind.ANSWER)
        if turn.conversation.answers.get(question.key, Detail()).value:
            return ask_next(turn)
    is_long = count_words(text) > _MOST_NAME_WORDS
    if turn.conversation.misses and not is_long and not has_no_content(text):
        return take_valid_answer(turn, question, Detail(text))
    if has_no_content(text) or not (is_long or reading.has(ActKind.STORY)):
        return reject_answer(turn, question)
    turn, rest = _take_other_answers(turn, question, text)
    is_new = not is_known_story(turn, rest)
    turn = _keep_story(turn, rest).understood(ActKind.STORY)
    is_told_on = is_new and reading.likely(ActKind.STORY) >= _CLEARLY
    return ask(turn.reworded(), question) if is_told_on else reject_answer(turn, question)


def _read_words(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    if reading.has(*DOES_WITHOUT) and not reading.has(ActKind.STORY):
        return _do_without(turn, question)
    if turn.conversation.misses == 0 and has_no_content(text):
        return ask(turn.count_miss(), question)
    turn, text = _take_other_answers(turn, question, text)
    if not text:
        return ask_next(turn)
    if (
        question.key == AFFECTED
        and reading.has(ActKind.STORY)
        and count_words(text) >= _MISPLACED_STORY_WORDS
    ):
        return ask_next(_keep_story(turn, text).understood(ActKind.STORY))
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
    if not before.value and (has_no_content(text) or _says_nothing(text, reading)):
        return reject_answer(turn, question)
    turn, rest = _take_other_answers(turn, question, text)
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


def _take_other_answers(turn: Turn, question: Question, text: str) -> tuple[Turn, str]:
    """Store what the text answers besides this question, and return what is left for this one."""
    missing = [q for q in turn.policy.questions if is_open(q, turn.conversation, turn.policy)]
    is_story = question.key in (DESCRIPTION, NAME) or count_words(text) >= MIN_STORY_WORDS
    found = fill_slots(text, missing, turn.conversation, turn.policy, is_story=is_story)
    for key, detail in found.details.items():
        turn = set_answer(turn, key, detail) if key != question.key else turn
    turn = turn.check_code(found.code, text) if found.code else turn
    own = found.details.get(question.key)
    return turn, own.value if own and question.kind == "text" else found.rest


def _read_choice(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
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
    key = option_key(chosen, question, turn.conversation, turn.policy) if chosen else meant.clear
    if key in offered:
        is_told = question.kind != "priority" or reading.has(ActKind.STORY)
        turn = _keep_story(turn, text, MIN_STORY_WORDS + 2) if is_told else turn
        return take_valid_answer(turn, question, Detail(key))
    if reading.has(*DOES_WITHOUT) or is_skip(turn, question, text):
        return _take_undecided(turn, question)
    if key or _is_beyond_plan(question, turn, text):
        return reject_answer(turn.add_lines(Translatable(phrases_intake.NOT_WITH_PLAN)), question)
    if question.kind != "priority" or reading.has(ActKind.STORY):
        turn = _keep_story(turn, text)
    return reject_answer(_either(turn, question, meant), question)


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


def _read_files(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    """Text where files were asked for: “yes”, “no”, “that’s all”, or more of the story, which we keep."""
    is_first = not turn.conversation.misses
    if is_first and is_yes(text):
        return _await_files(turn, question)
    if is_skip(turn, question, text) or is_thanks(text) or reading.has(ActKind.DONE, *DOES_WITHOUT):
        return skip_question(turn, question)
    kept = _keep_story(turn, text, 2)
    return ask(kept.count_miss(), question) if is_first else skip_question(kept, question)


def _await_files(turn: Turn, question: Question) -> Turn:
    """“Yes”: wait for the file itself."""
    return turn.count_miss().say(
        Translatable(phrases_intake.SEND_FILES), options=shown_options(turn, question)
    )


def _read_code(turn: Turn, question: Question, text: str, reading: Reading) -> Turn:
    """The desk looks the code up, then continues with `identify_account.continue_after_code`."""
    if is_skip(turn, question, text) or is_thanks(text):
        return skip_question(turn, question)
    code = _find_code(text)
    if not code and reading.has(*DOES_WITHOUT):
        return _do_without(turn, question)
    if not code:
        turn, rest = _take_other_answers(turn, question, text)
        return reject_answer(_keep_story(turn, rest) if reading.has(ActKind.STORY) else turn, question)
    return turn.check_code(code) if len(text.split()) <= _CODE_WORDS else _keep_rest(turn, text, code)


def _keep_rest(turn: Turn, text: str, code: str) -> Turn:
    """A code inside a story: keep the story without the code."""
    checked = turn.check_code(code, text)
    rest = redact(text, code)
    is_story = count_words(rest) >= MIN_STORY_WORDS + _CODE_WORDS
    return add_to_description(checked, rest) if is_story else checked


def _find_code(text: str) -> str:
    """A word with digits in it, or the code that the text names."""
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


def _keep_story(turn: Turn, text: str, words: int = MIN_STORY_WORDS) -> Turn:
    """Add part of the story told in the wrong place to the description, once."""
    if count_words(text) < words or is_thanks(text) or is_known_story(turn, text):
        return turn
    return add_to_description(turn, text)


def is_known_story(turn: Turn, text: str) -> bool:
    """Whether the description has these words already."""
    return fold(text) in fold(turn.conversation.answers.get(DESCRIPTION, Detail()).value)


_PARSERS: Mapping[str, Callable[[Turn, Question, str, Reading], Turn]] = {
    "text": _read_text,
    "choice": _read_choice,
    "category": _read_choice,
    "priority": _read_choice,
    ATTACHMENTS: _read_files,
    "code": _read_code,
}
