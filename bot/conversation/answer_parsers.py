"""Reads text as the answer to a question: one parser per kind of question, and what to do when none fits.

Part of the story told in the wrong place is added to the description. After `HANDED_OVER_AT` misses in a row a
person takes over, so that nobody gets stuck.
"""

from collections.abc import Callable, Mapping

from bot.conversation.buttons import NO_FILES, SKIP
from bot.conversation.intake import (
    accept,
    add_to_description,
    ask,
    ask_more,
    ask_next,
    open_ticket,
    set_answer,
    shown_options,
)
from bot.conversation.questions import (
    ATTACHMENTS,
    DESCRIPTION,
    all_options,
    available_options,
    is_short,
    is_unanswered,
    picks,
    skip_buttons,
)
from bot.conversation.slot_filling import fill_slots, option_key
from bot.conversation.turn import Turn
from bot.messages import phrases_intake
from bot.messages.outgoing import Translatable
from bot.model.conversation import Detail
from bot.policy.sections import Question
from bot.text.choice_matching import find_choice, match_choice
from bot.text.normalise import count_words
from bot.text.person_names import is_name_like, strip_introduction
from bot.text.small_talk import has_no_content, is_thanks, is_yes
from bot.text.support_codes import is_code, named_code, redact

HANDED_OVER_AT = 4
MIN_STORY_WORDS = 4
"""Words: an answer this long to a choice question is worth adding to the description."""
_CODE_WORDS = 3
"""Words: an answer this short to a code question is the code and nothing else."""
_MAX_NAME_LENGTH = 80
"""Characters: an unusual name up to this length is accepted the second time."""


def take_valid_answer(turn: Turn, question: Question, detail: Detail) -> Turn:
    """Store a valid answer and go on to the next question."""
    return ask_next(accept(turn, question, detail))


def skip_question(turn: Turn, question: Question) -> Turn:
    """Skip the question, and remember that it was asked so that it isn't asked again."""
    before = turn.conversation.answers.get(question.key, Detail())
    return take_valid_answer(turn, question, Detail("", before.attachments))


def reject_answer(turn: Turn, question: Question) -> Turn:
    """Not an answer: ask again and offer a way out; after too many misses a person takes over."""
    turn = turn.count_miss()
    if turn.conversation.misses >= HANDED_OVER_AT:
        return open_ticket(turn, is_human_asked=True)
    return ask(turn, question)


def _read_words(turn: Turn, question: Question, text: str) -> Turn:
    if _is_skip(turn, question, text):
        return skip_question(turn, question)
    if question.key not in turn.conversation.asked_again and match_choice(text, [SKIP.pick]):
        return ask_more(turn, question)
    if turn.conversation.misses == 0 and has_no_content(text):
        return ask(turn.count_miss(), question)
    turn, text = _take_other_answers(turn, question, text)
    return _take_words(turn, question, text) if text else ask_next(turn)


def _take_words(turn: Turn, question: Question, text: str) -> Turn:
    if question.is_remembered and not is_name_like(text, is_person=question.key == "name"):
        return _take_unusual_name(turn, question, text)
    detail = Detail(strip_introduction(text) if question.key == "name" else text)
    if is_short(question, detail, turn.conversation):
        return ask_more(set_answer(turn, question.key, detail), question)
    return take_valid_answer(turn, question, _append_to_answer(turn, question, detail))


def _read_text(turn: Turn, question: Question, text: str) -> Turn:
    return (_read_description if question.key == DESCRIPTION else _read_words)(turn, question, text)


def _read_description(turn: Turn, question: Question, text: str) -> Turn:
    """Add the text to the description; “no, that’s all” leaves it as it is."""
    before = turn.conversation.answers.get(DESCRIPTION, Detail())
    if turn.conversation.is_changing:
        return take_valid_answer(turn, question, Detail(text))
    if before.value and (is_thanks(text) or match_choice(text, [NO_FILES.pick])):
        return take_valid_answer(turn, question, before)
    if not before.value and turn.conversation.misses == 0 and has_no_content(text):
        return ask(turn.count_miss(), question)
    turn, rest = _take_other_answers(turn, question, text)
    turn = add_to_description(turn, rest) if rest else turn
    detail = turn.conversation.answers.get(DESCRIPTION, Detail())
    if not detail.value:
        return ask_next(turn)
    is_more_needed = is_short(question, detail, turn.conversation)
    return ask_more(turn, question) if is_more_needed else take_valid_answer(turn, question, detail)


def _take_unusual_name(turn: Turn, question: Question, text: str) -> Turn:
    """A sentence given as a name goes to the description; a short one is accepted the second time."""
    if turn.conversation.misses and len(text) <= _MAX_NAME_LENGTH:
        return take_valid_answer(turn, question, Detail(text))
    return reject_answer(_keep_story(turn, text), question)


def _append_to_answer(turn: Turn, question: Question, detail: Detail) -> Detail:
    """Join the answer with the shorter one before it, if we asked for more words."""
    before = turn.conversation.answers.get(question.key)
    is_added = question.key in turn.conversation.asked_again and not turn.conversation.is_changing
    return Detail(f"{before.value}\n{detail.value}") if before and is_added else detail


def _take_other_answers(turn: Turn, question: Question, text: str) -> tuple[Turn, str]:
    """Store what the text answers besides this question, and return what is left for this one."""
    missing = [q for q in turn.policy.questions if is_unanswered(q, turn.conversation, turn.policy)]
    is_name = question.kind == "text" and question.key not in (DESCRIPTION, "name")
    is_story = not is_name or count_words(text) >= MIN_STORY_WORDS
    found = fill_slots(text, missing, turn.conversation, turn.policy, is_story=is_story)
    for key, detail in found.details.items():
        turn = set_answer(turn, key, detail) if key != question.key else turn
    turn = turn.check_code(found.code, text) if found.code else turn
    own = found.details.get(question.key)
    return turn, own.value if own else found.rest


def _read_choice(turn: Turn, question: Question, text: str) -> Turn:
    chosen = find_choice(text, picks(question, turn.conversation, turn.policy))
    turn, _ = _take_other_answers(turn, question, text)
    if chosen:
        key = option_key(chosen, question, turn.conversation, turn.policy)
        return take_valid_answer(_keep_story(turn, text, MIN_STORY_WORDS + 2), question, Detail(key))
    if match_choice(text, [SKIP.pick]):
        return _take_undecided(turn, question)
    if _is_beyond_plan(question, turn, text):
        return reject_answer(turn.add_lines(Translatable(phrases_intake.NOT_WITH_PLAN)), question)
    kept = _keep_story(turn, text)
    return reject_answer(
        kept if kept.pending_lines else kept.add_lines(Translatable(phrases_intake.PICK_ONE)), question
    )


def _take_undecided(turn: Turn, question: Question) -> Turn:
    """“I don’t know”: skip it, or use the usual priority (shown in the summary); otherwise ask again."""
    if not question.is_required:
        return skip_question(turn, question)
    usual = turn.policy.usual_priority.key if question.kind == "priority" else ""
    if usual in {offer.key for offer in available_options(question, turn.conversation, turn.policy)}:
        return take_valid_answer(turn, question, Detail(usual))
    return reject_answer(turn.add_lines(Translatable(phrases_intake.PICK_ONE)), question)


def _is_beyond_plan(question: Question, turn: Turn, text: str) -> bool:
    everything = [offer.pick for offer in all_options(question, turn.policy)]
    return question.kind == "priority" and find_choice(text, everything) is not None


def _read_files(turn: Turn, question: Question, text: str) -> Turn:
    """Text where files were asked for: “yes”, “no”, “that’s all”, or more of the story, which we keep."""
    is_first = not turn.conversation.misses
    if is_first and is_yes(text):
        return _await_files(turn, question)
    if _is_skip(turn, question, text) or is_thanks(text):
        return skip_question(turn, question)
    kept = _keep_story(turn, text, 2)
    return ask(kept.count_miss(), question) if is_first else skip_question(kept, question)


def _await_files(turn: Turn, question: Question) -> Turn:
    """“Yes”: wait for the file itself."""
    return turn.count_miss().say(
        Translatable(phrases_intake.SEND_FILES), options=shown_options(turn, question)
    )


def _read_code(turn: Turn, question: Question, text: str) -> Turn:
    """The desk looks the code up, then continues with `identify_account.continue_after_code`."""
    if _is_skip(turn, question, text) or is_thanks(text):
        return skip_question(turn, question)
    code = _find_code(text)
    if not code:
        return reject_answer(_keep_story(turn, text), question)
    return turn.check_code(code) if len(text.split()) <= _CODE_WORDS else _keep_rest(turn, text, code)


def _keep_rest(turn: Turn, text: str, code: str) -> Turn:
    """A code inside a story: keep the story without the code."""
    checked = turn.check_code(code, text)
    rest = redact(text, code)
    is_story = count_words(rest) >= MIN_STORY_WORDS + _CODE_WORDS
    return add_to_description(checked, rest) if is_story else checked


def _find_code(text: str) -> str:
    words = text.split()
    if len(words) <= _CODE_WORDS and len(text) <= _MAX_NAME_LENGTH:
        return "".join(words)
    with_digits = [word.strip(".,;:!?()") for word in words if any(c.isdigit() for c in word)]
    likely = named_code(text) or next(iter([word for word in with_digits if is_code(word)]), "")
    return likely if len(likely) <= _MAX_NAME_LENGTH else ""


def _is_skip(turn: Turn, question: Question, text: str) -> bool:
    return (
        match_choice(text, [button.pick for button in skip_buttons(question, turn.conversation)]) is not None
    )


def _keep_story(turn: Turn, text: str, words: int = MIN_STORY_WORDS) -> Turn:
    """Add part of the story told in the wrong place to the description."""
    if count_words(text) < words or is_thanks(text):
        return turn
    return add_to_description(turn, text).add_lines(Translatable(phrases_intake.ADDED))


PARSERS: Mapping[str, Callable[[Turn, Question, str], Turn]] = {
    "text": _read_text,
    "choice": _read_choice,
    "category": _read_choice,
    "priority": _read_choice,
    ATTACHMENTS: _read_files,
    "code": _read_code,
}
