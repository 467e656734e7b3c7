"""What all answers have in common: taking one, doing without one, asking again, and keeping what else was said."""

from bot.conversation.intake.draft import accept, add_to_description, ask, ask_next, open_ticket, set_answer
from bot.conversation.intake.questions import COMPANY, DESCRIPTION, NAME, is_open
from bot.conversation.intake.slot_filling import fill_slots
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue
from bot.messages.outgoing import Translatable
from bot.model.conversation import Detail
from bot.policy.sections import Question
from bot.reading.acts import ActKind
from bot.text.normalise import count_words, fold
from bot.text.small_talk import is_thanks

HANDED_OVER_AT = 3
MIN_STORY_WORDS = 4
"""Words: an answer this long to a choice question is worth adding to the description."""
DOES_WITHOUT = (ActKind.REFUSE, ActKind.NONE, ActKind.UNSURE)


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


def do_without(turn: Turn, question: Question) -> Turn:
    """They don't want to tell, or have nothing to tell: respect it."""
    names = {NAME: "no_name", COMPANY: "no_company"}
    act = "no_code" if question.kind == "code" else names.get(question.key, ActKind.REFUSE.value)
    return skip_question(turn.add_lines(Translatable(phrases_dialogue.DO_WITHOUT)).understood(act), question)


def take_other_answers(turn: Turn, question: Question, text: str) -> tuple[Turn, str]:
    """Store what the text answers besides this question, and return what is left for this one."""
    missing = [q for q in turn.policy.questions if is_open(q, turn.conversation, turn.policy)]
    is_story = question.key in (DESCRIPTION, NAME) or count_words(text) >= MIN_STORY_WORDS
    found = fill_slots(text, missing, turn.conversation, turn.policy, is_story=is_story)
    for key, detail in found.details.items():
        turn = set_answer(turn, key, detail) if key != question.key else turn
    turn = turn.check_code(found.code, text) if found.code else turn
    own = found.details.get(question.key)
    return turn, own.value if own and question.kind == "text" else found.rest


def keep_story(turn: Turn, text: str, words: int = MIN_STORY_WORDS) -> Turn:
    """Add part of the story told in the wrong place to the description, once."""
    if count_words(text) < words or is_thanks(text) or is_known_story(turn, text):
        return turn
    return add_to_description(turn, text)


def is_known_story(turn: Turn, text: str) -> bool:
    """Whether the description has these words already."""
    return fold(text) in fold(turn.conversation.answers.get(DESCRIPTION, Detail()).value)
