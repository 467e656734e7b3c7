"""Reading words as the answer to a question: one reader per kind, and the kind ways of not understanding.

A story told in the wrong place is kept in the description. After `HANDED_OVER_AT` misses in a row a person
takes over, so that nobody is ever stuck.
"""

from collections.abc import Callable, Mapping

from bot.conversation.buttons import NO_FILES, SKIP
from bot.conversation.intake import (
    accept,
    add_to_description,
    ask,
    ask_more,
    go_on,
    open_ticket,
    settle,
    shown_options,
)
from bot.conversation.questions import (
    ATTACHMENTS,
    DESCRIPTION,
    all_offers,
    is_short,
    is_wanting,
    offers,
    passes,
    picks,
)
from bot.conversation.slot_filling import gather, key_of
from bot.conversation.turn import Turn
from bot.messages import phrases_intake
from bot.messages.outgoing import Said
from bot.model.conversation import Detail
from bot.policy.sections import Question
from bot.text.choice_matching import choose, press
from bot.text.normalise import count_words
from bot.text.person_names import is_name_like, name_in
from bot.text.small_talk import is_thanks, is_yes, says_nothing
from bot.text.support_codes import hidden, is_code, named_code

HANDED_OVER_AT = 4
STORY_FROM = 4
"""Words: so many, where a choice was asked, are worth keeping in the description."""
_FEW = 3
"""Words: so few, where a code was asked, are nothing but the code."""
_NAME_AT_MOST = 80
"""Characters of a strange name that is taken as it is, the second time."""


def answered(turn: Turn, question: Question, detail: Detail) -> Turn:
    """A valid answer: on to what comes next."""
    return go_on(accept(turn, question, detail))


def passed(turn: Turn, question: Question) -> Turn:
    """Passed over: remembered as asked, so that it is not asked again."""
    before = turn.conversation.answers.get(question.key, Detail())
    return answered(turn, question, Detail("", before.attachments))


def missed(turn: Turn, question: Question) -> Turn:
    """That was no answer: ask again, with a way out; at the last a person takes over."""
    turn = turn.missed()
    if turn.conversation.misses >= HANDED_OVER_AT:
        return open_ticket(turn, is_human_asked=True)
    return ask(turn, question)


def _read_words(turn: Turn, question: Question, text: str) -> Turn:
    if _is_passing(turn, question, text):
        return passed(turn, question)
    if question.key not in turn.conversation.asked_again and press(text, [SKIP.pick]):
        return ask_more(turn, question)
    if turn.conversation.misses == 0 and says_nothing(text):
        return ask(turn.missed(), question)
    turn, text = _with_others(turn, question, text)
    return _take_words(turn, question, text) if text else go_on(turn)


def _take_words(turn: Turn, question: Question, text: str) -> Turn:
    if question.is_remembered and not is_name_like(text, is_person=question.key == "name"):
        return _strange_name(turn, question, text)
    detail = Detail(name_in(text) if question.key == "name" else text)
    if is_short(question, detail, turn.conversation):
        return ask_more(settle(turn, question.key, detail), question)
    return answered(turn, question, _joined(turn, question, detail))


def _read_text(turn: Turn, question: Question, text: str) -> Turn:
    return (_read_description if question.key == DESCRIPTION else _read_words)(turn, question, text)


def _read_description(turn: Turn, question: Question, text: str) -> Turn:
    """Words join what is there already; a “no, that is all” leaves it as it is."""
    before = turn.conversation.answers.get(DESCRIPTION, Detail())
    if turn.conversation.is_changing:
        return answered(turn, question, Detail(text))
    if before.value and (is_thanks(text) or press(text, [NO_FILES.pick])):
        return answered(turn, question, before)
    if not before.value and turn.conversation.misses == 0 and says_nothing(text):
        return ask(turn.missed(), question)
    turn, rest = _with_others(turn, question, text)
    turn = add_to_description(turn, rest) if rest else turn
    detail = turn.conversation.answers.get(DESCRIPTION, Detail())
    if not detail.value:
        return go_on(turn)
    is_more_needed = is_short(question, detail, turn.conversation)
    return ask_more(turn, question) if is_more_needed else answered(turn, question, detail)


def _strange_name(turn: Turn, question: Question, text: str) -> Turn:
    """A sentence where a name was asked goes on with the story; a short one is taken, the second time."""
    if turn.conversation.misses and len(text) <= _NAME_AT_MOST:
        return answered(turn, question, Detail(text))
    return missed(_kept(turn, text), question)


def _joined(turn: Turn, question: Question, detail: Detail) -> Detail:
    """The answer with the shorter one before it, when more words were asked for."""
    before = turn.conversation.answers.get(question.key)
    is_added = question.key in turn.conversation.asked_again and not turn.conversation.is_changing
    return Detail(f"{before.value}\n{detail.value}") if before and is_added else detail


def _with_others(turn: Turn, question: Question, text: str) -> tuple[Turn, str]:
    """Takes what the text answers besides, and leaves what is for this question."""
    missing = [q for q in turn.policy.questions if is_wanting(q, turn.conversation, turn.policy)]
    is_name = question.kind == "text" and question.key not in (DESCRIPTION, "name")
    is_story = not is_name or count_words(text) >= STORY_FROM
    found = gather(text, missing, turn.conversation, turn.policy, is_story=is_story)
    for key, detail in found.details.items():
        turn = settle(turn, key, detail) if key != question.key else turn
    turn = turn.check_code(found.code, text) if found.code else turn
    own = found.details.get(question.key)
    return turn, own.value if own else found.rest


def _read_choice(turn: Turn, question: Question, text: str) -> Turn:
    chosen = choose(text, picks(question, turn.conversation, turn.policy))
    turn, _ = _with_others(turn, question, text)
    if chosen:
        key = key_of(chosen, question, turn.conversation, turn.policy)
        return answered(_kept(turn, text, STORY_FROM + 2), question, Detail(key))
    if press(text, [SKIP.pick]):
        return _undecided(turn, question)
    if _is_beyond_plan(question, turn, text):
        return missed(turn.remark(Said(phrases_intake.NOT_WITH_PLAN)), question)
    kept = _kept(turn, text)
    return missed(kept if kept.remarks else kept.remark(Said(phrases_intake.PICK_ONE)), question)


def _undecided(turn: Turn, question: Question) -> Turn:
    """“I don’t know”: passed over, or the usual priority, which the summary shows; else asked again."""
    if not question.is_required:
        return passed(turn, question)
    usual = turn.policy.usual_priority.key if question.kind == "priority" else ""
    if usual in {offer.key for offer in offers(question, turn.conversation, turn.policy)}:
        return answered(turn, question, Detail(usual))
    return missed(turn.remark(Said(phrases_intake.PICK_ONE)), question)


def _is_beyond_plan(question: Question, turn: Turn, text: str) -> bool:
    everything = [offer.pick for offer in all_offers(question, turn.policy)]
    return question.kind == "priority" and choose(text, everything) is not None


def _read_files(turn: Turn, question: Question, text: str) -> Turn:
    """Words where files were asked: “yes”, “no”, “that is all”, or more of the story, which is kept."""
    is_first = not turn.conversation.misses
    if is_first and is_yes(text):
        return _await_files(turn, question)
    if _is_passing(turn, question, text) or is_thanks(text):
        return passed(turn, question)
    kept = _kept(turn, text, 2)
    return ask(kept.missed(), question) if is_first else passed(kept, question)


def _await_files(turn: Turn, question: Question) -> Turn:
    """“Yes”: the file itself is what we wait for."""
    return turn.missed().say(Said(phrases_intake.SEND_FILES), options=shown_options(turn, question))


def _read_code(turn: Turn, question: Question, text: str) -> Turn:
    """A code is looked up by the desk, which goes on with `identifying.take_account`."""
    if _is_passing(turn, question, text) or is_thanks(text):
        return passed(turn, question)
    code = _code_in(text)
    if not code:
        return missed(_kept(turn, text), question)
    return turn.check_code(code) if len(text.split()) <= _FEW else _kept_beside(turn, text, code)


def _kept_beside(turn: Turn, text: str, code: str) -> Turn:
    """A code with a story around it: the story is kept without it."""
    checked = turn.check_code(code, text)
    rest = hidden(text, code)
    return add_to_description(checked, rest) if count_words(rest) >= STORY_FROM + _FEW else checked


def _code_in(text: str) -> str:
    words = text.split()
    if len(words) <= _FEW and len(text) <= _NAME_AT_MOST:
        return "".join(words)
    with_digits = [word.strip(".,;:!?()") for word in words if any(c.isdigit() for c in word)]
    likely = named_code(text) or next(iter([word for word in with_digits if is_code(word)]), "")
    return likely if len(likely) <= _NAME_AT_MOST else ""


def _is_passing(turn: Turn, question: Question, text: str) -> bool:
    return press(text, [button.pick for button in passes(question, turn.conversation)]) is not None


def _kept(turn: Turn, text: str, words: int = STORY_FROM) -> Turn:
    """A story told in the wrong place is kept."""
    if count_words(text) < words or is_thanks(text):
        return turn
    return add_to_description(turn, text).remark(Said(phrases_intake.ADDED))


READERS: Mapping[str, Callable[[Turn, Question, str], Turn]] = {
    "text": _read_text,
    "choice": _read_choice,
    "category": _read_choice,
    "priority": _read_choice,
    ATTACHMENTS: _read_files,
    "code": _read_code,
}
