"""Reading the answer to the question that waits: one small reader per kind, and what to do when it is no answer.

Whatever cannot be the answer is kept (a file, a story, a place) and the question is asked again; after
`HANDED_OVER_AT` misses a person takes over, so that nobody is ever stuck.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot import phrases
from bot.buttons import NO_FILES, pressed
from bot.conversation import Detail
from bot.courtesy import is_hello, is_thanks
from bot.effects import CheckCode
from bot.gather import gather, key_of
from bot.inbound import Inbound, Kind
from bot.intake import (
    accept,
    add_to_description,
    ask,
    ask_more,
    go_on,
    keep_files,
    open_ticket,
    settle,
)
from bot.names import is_name_like, name_in
from bot.policy_parts import Question
from bot.questions import (
    ATTACHMENTS,
    DESCRIPTION,
    all_offers,
    by_key,
    files,
    is_short,
    is_wanting,
    passes,
    payload,
    picks,
)
from bot.questions import names as offer_names
from bot.said import Said
from bot.turn import Turn
from bot.words import Pick, choose, count_words, press

HANDED_OVER_AT = 4
ALBUM = timedelta(seconds=10)
STORY_FROM = 4
"""Words: as many, where a choice was asked, are worth keeping in the description."""


def take_answer(turn: Turn, inbound: Inbound) -> Turn:
    """The customer wrote while a question waited."""
    question = by_key(turn.policy, turn.conversation.asking)
    if question is None:
        return go_on(turn)
    if inbound.choice:
        return _take_choice(turn, question, inbound)
    if _is_more_of_an_album(turn, inbound):
        return replace(keep_files(turn, inbound.attachments), remarks=())
    turn = keep_files(turn, () if inbound.kind is Kind.STICKER else inbound.attachments)
    if inbound.kind in (Kind.LOCATION, Kind.CONTACT) and inbound.text.strip():
        return ask(add_to_description(turn, inbound.text).remark(Said(phrases.ADDED)), question)
    text = inbound.text.strip()
    return _READERS[question.kind](turn, question, text) if text else _without_words(turn, question, inbound)


def answered(turn: Turn, question: Question, detail: Detail) -> Turn:
    """A valid answer: on to what comes next."""
    return go_on(accept(turn, question, detail))


def missed(turn: Turn, question: Question) -> Turn:
    """That was no answer: ask again, with a way out; at the last a person takes over."""
    turn = turn.missed()
    if turn.conversation.misses >= HANDED_OVER_AT:
        return open_ticket(turn, is_human_asked=True)
    return ask(turn, question)


def _take_choice(turn: Turn, question: Question, inbound: Inbound) -> Turn:
    """A button of this question, or of an earlier one, which corrects its answer; any other changes nothing."""
    if inbound.choice in {button.payload for button in passes(question, turn.conversation)}:
        return _passed(turn, question)
    for asked in (question, *turn.policy.questions):
        chosen = pressed(inbound, [p for p in _picks(turn, asked) if p.key == inbound.choice])
        if chosen and inbound.choice == chosen:
            detail = Detail(key_of(chosen, asked, turn.conversation, turn.policy))
            return (
                answered(turn, asked, detail) if asked is question else go_on(settle(turn, asked.key, detail))
            )
    return ask(turn, question)


def _without_words(turn: Turn, question: Question, inbound: Inbound) -> Turn:
    if inbound.kind is Kind.OTHER:
        turn = turn.remark(Said(phrases.CANNOT_READ))
    return ask(turn, question)


def _passed(turn: Turn, question: Question) -> Turn:
    """Skipped: remembered as asked, so that it is not asked again."""
    before = turn.conversation.answers.get(question.key, Detail())
    return answered(turn, question, Detail("", before.attachments))


def _is_more_of_an_album(turn: Turn, inbound: Inbound) -> bool:
    """One more of several files sent at once: the question was repeated with the first of them."""
    last = turn.conversation.last_inbound_at
    is_bare = bool(inbound.attachments) and not inbound.text.strip() and inbound.kind is Kind.MEDIA
    return is_bare and files(turn.conversation) > 0 and last is not None and inbound.sent_at - last <= ALBUM


def _is_passing(turn: Turn, question: Question, text: str) -> bool:
    return press(text, [button.pick for button in passes(question, turn.conversation)]) is not None


def _read_words(turn: Turn, question: Question, text: str) -> Turn:
    if not question.is_required and _is_passing(turn, question, text):
        return _passed(turn, question)
    if question.key == DESCRIPTION:
        return _read_description(turn, question, text)
    if turn.conversation.misses == 0 and (is_hello(text) or is_thanks(text)):
        return ask(turn.missed(), question)
    turn, text = _with_others(turn, question, text)
    if not text:
        return go_on(turn)
    if question.is_remembered and not is_name_like(text, is_person=question.key == "name"):
        return _strange_name(turn, question, text)
    detail = Detail(name_in(text) if question.key == "name" else text)
    if is_short(question, detail, turn.conversation):
        return ask_more(settle(turn, question.key, detail), question)
    return answered(turn, question, _joined(turn, question, detail))


def _read_description(turn: Turn, question: Question, text: str) -> Turn:
    """Words join what is there already; a “no, that is all” leaves it as it is."""
    before = turn.conversation.answers.get(DESCRIPTION)
    if before and before.value and _is_enough(text):
        return go_on(accept(turn, question, before))
    if not before and turn.conversation.misses == 0 and (is_hello(text) or is_thanks(text)):
        return ask(turn.missed(), question)
    if turn.conversation.is_changing:
        return answered(turn, question, Detail(text))
    turn, rest = _with_others(turn, question, text)
    turn = add_to_description(turn, rest) if rest else turn
    detail = turn.conversation.answers.get(DESCRIPTION)
    if detail is None or is_short(question, detail, turn.conversation):
        return ask_more(turn, question)
    return answered(turn, question, detail)


def _is_enough(text: str) -> bool:
    return is_thanks(text) or press(text, [NO_FILES.pick]) is not None


def _strange_name(turn: Turn, question: Question, text: str) -> Turn:
    """A sentence where a name was asked goes on with the story; a second time, a short one is taken as it is."""
    if turn.conversation.misses and len(text) <= 80:
        return answered(turn, question, Detail(text))
    return missed(_kept(turn, text), question)


def _joined(turn: Turn, question: Question, detail: Detail) -> Detail:
    """The answer with the shorter one before it, when more words were asked for."""
    before = turn.conversation.answers.get(question.key)
    is_added = before and question.key in turn.conversation.asked_again and not turn.conversation.is_changing
    return Detail(f"{before.value}\n{detail.value}") if before and is_added else detail


def _with_others(turn: Turn, question: Question, text: str) -> tuple[Turn, str]:
    """Takes what the text also answers, and leaves what is for this question."""
    missing = [q for q in turn.policy.questions if is_wanting(q, turn.conversation, turn.policy)]
    found = gather(text, missing, turn.conversation, turn.policy, is_story=_is_telling(question, text))
    for key, detail in found.details.items():
        if key != question.key:
            turn = settle(turn, key, detail)
    own = found.details.get(question.key)
    turn = turn.in_secret().then(CheckCode(found.code)) if found.code else turn
    return turn, own.value if own else found.rest


def _is_telling(question: Question, text: str) -> bool:
    return question.key in (DESCRIPTION, "name") or count_words(text) >= STORY_FROM


def _read_choice(turn: Turn, question: Question, text: str) -> Turn:
    chosen = choose(text, _picks(turn, question))
    if chosen:
        key = key_of(chosen, question, turn.conversation, turn.policy)
        turn, _ = _with_others(turn, question, text)
        return answered(_kept(turn, text, STORY_FROM + 2), question, Detail(key))
    if not question.is_required and _is_passing(turn, question, text):
        return _passed(turn, question)
    if _is_beyond_plan(turn, question, text):
        return missed(turn.remark(Said(phrases.NOT_WITH_PLAN)), question)
    turn = _kept(turn, text)
    return missed(turn if turn.remarks else turn.remark(Said(phrases.PICK_ONE)), question)


def _kept(turn: Turn, text: str, words: int = STORY_FROM) -> Turn:
    """A story told in the wrong place is kept."""
    if count_words(text) < words or is_thanks(text):
        return turn
    return add_to_description(turn, text).remark(Said(phrases.ADDED))


def _is_beyond_plan(turn: Turn, question: Question, text: str) -> bool:
    everything = [Pick(payload(question, o.key), offer_names(o)) for o in all_offers(question, turn.policy)]
    return question.kind == "priority" and choose(text, everything) is not None


def _read_files(turn: Turn, question: Question, text: str) -> Turn:
    """Words where files were asked: “no”, “that is all”, or more of the story, which is kept."""
    if _is_passing(turn, question, text) or is_thanks(text):
        return _passed(turn, question)
    if turn.conversation.misses:
        return _passed(_kept(turn, text, 2), question)
    return ask(_kept(turn, text, 2).missed(), question)


def _read_code(turn: Turn, question: Question, text: str) -> Turn:
    """A code is looked up by the desk, which goes on with `take_account`."""
    if _is_passing(turn, question, text) or is_thanks(text):
        return _passed(turn, question)
    code = _code_in(text)
    if code:
        return turn.in_secret().then(CheckCode(code))
    return missed(_kept(turn, text), question)


def _code_in(text: str) -> str:
    words = text.split()
    if len(words) <= 3:
        return "".join(words)
    with_digits = [word.strip(".,;:!?()") for word in words if any(c.isdigit() for c in word)]
    return with_digits[0] if len(with_digits) == 1 else ""


def _picks(turn: Turn, question: Question) -> tuple[Pick, ...]:
    return picks(question, turn.conversation, turn.policy)


_READERS: Mapping[str, Callable[[Turn, Question, str], Turn]] = {
    "text": _read_words,
    "choice": _read_choice,
    "category": _read_choice,
    "priority": _read_choice,
    ATTACHMENTS: _read_files,
    "code": _read_code,
}
