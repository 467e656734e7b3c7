"""Messages in a language that we don't speak (`DetectedLanguage.foreign`).

They're told once, in it, which languages we speak. Their words are kept for a person, and a sentence is never taken as
a name.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.buttons import HUMAN
from bot.conversation.effects import CheckCode
from bot.conversation.intake.draft import ask, keep_files, open_ticket, take_description
from bot.conversation.intake.questions import COMPANY, DESCRIPTION, NAME, find_question
from bot.conversation.language import guess_locale, set_locale
from bot.conversation.turn import Turn
from bot.messages import phrases_intake
from bot.messages.foreign_languages import FOREIGN_LANGUAGES, ForeignLanguage
from bot.messages.inbound import DetectedLanguage, Inbound, MessageKind
from bot.messages.outgoing import Translatable
from bot.model.conversation import Stage
from bot.policy.sections import Question
from bot.text.choice_matching import Pick, match_choice
from bot.text.normalise import consists_of, split_phrases, tokens

_SENTENCES_BEFORE_HANDED_OVER = 2
_ASKED_BEFORE_HANDED_OVER = 1
"""How many times more than once we ask for the language."""
_PERSON_WORDS = 6
"""How many words a wish for a person has at most."""
_NAME_WORDS = 3
"""How many words a name has at most that is taken without a remark."""

TakeMessage = Callable[[Turn, Inbound], Turn]


def is_foreign(inbound: Inbound) -> bool:
    """Whether the message is in a language that we recognise and don't speak."""
    return inbound.heard.foreign in FOREIGN_LANGUAGES and not inbound.choice


def is_foreign_courtesy(inbound: Inbound) -> bool:
    """Whether it's only “Bom dia” or “danke”."""
    theirs = FOREIGN_LANGUAGES.get(inbound.heard.foreign)
    if theirs is None:
        return False
    return consists_of(tokens(inbound.text), frozenset(map(tokens, split_phrases(theirs.courtesies))))


def is_person_due(turn: Turn, inbound: Inbound) -> bool:
    """We asked for a language: whether they want a person instead, or wrote in their own for the third time."""
    conversation, code = turn.conversation, inbound.heard.foreign or turn.conversation.foreign
    if code not in FOREIGN_LANGUAGES:
        return False
    is_again = conversation.misses >= _ASKED_BEFORE_HANDED_OVER and is_foreign(inbound)
    return is_again or _wishes_for_person(FOREIGN_LANGUAGES[code], inbound)


def hand_over(turn: Turn, heard: DetectedLanguage) -> Turn:
    """A person takes over, with all that was held; we go on in the language they most likely know."""
    held = turn.conversation.held
    turn = set_locale(turn, guess_locale(turn.conversation, heard))
    return open_ticket(take_description(turn, held) if held else turn, is_human_asked=True)


def take_foreign_message(turn: Turn, inbound: Inbound, take: TakeMessage) -> Turn:
    """The conversation has a language and this message another: say so, then `take` it as at any time."""
    conversation = turn.conversation
    if conversation.stage in (Stage.IDLE, Stage.RATING):
        return _begin(turn, inbound, take)
    question = find_question(turn.policy, conversation.asking) if conversation.stage is Stage.ASKING else None
    if question and question.key in (NAME, COMPANY) and _is_written_as_name(inbound):
        return take(turn, inbound)
    told = _tell(turn, inbound.heard)
    if is_foreign_courtesy(inbound):
        return take(told, replace(inbound, text=""))
    is_misplaced = inbound.heard.is_sentence and question is not None and _takes_any_words(question)
    return _keep_sentence(told, question, inbound) if question and is_misplaced else take(told, inbound)


def _begin(turn: Turn, inbound: Inbound, take: TakeMessage) -> Turn:
    """Tell them only if this begins a request; otherwise it joins its ticket as it is."""
    live = turn.conversation.current
    if is_foreign_courtesy(inbound) and not inbound.attachments and not (live and live.is_live):
        if turn.conversation.ticket_count:
            return turn.wait(Stage.IDLE)
        inbound = replace(inbound, text="")
    begun = take(_tell(turn, inbound.heard), inbound)
    if not begun.conversation.draft_id:
        return take(turn, inbound)
    return begun.evolve(foreign=inbound.heard.foreign)


def _tell(turn: Turn, heard: DetectedLanguage) -> Turn:
    if turn.conversation.foreign == heard.foreign:
        return turn
    return turn.evolve(foreign=heard.foreign).add_lines(FOREIGN_LANGUAGES[heard.foreign].we_speak)


def _takes_any_words(question: Question) -> bool:
    """Whether a sentence would become the answer: a name, a company, a page."""
    return question.kind == "text" and question.key != DESCRIPTION


def _is_written_as_name(inbound: Inbound) -> bool:
    """“Ben Okri”, “Jürgen Müller”: a few words with capitals, which say nothing in their language."""
    words = inbound.text.split()
    is_capitalised = all(word[:1].isupper() for word in words)
    is_said = inbound.heard.is_sentence or is_foreign_courtesy(inbound)
    return 0 < len(words) <= _NAME_WORDS and is_capitalised and not is_said


def _keep_sentence(turn: Turn, question: Question, inbound: Inbound) -> Turn:
    """Keep it with the description and ask again; in the end a person takes over."""
    turn = turn if turn.pending_lines else turn.add_lines(Translatable(phrases_intake.ADDED))
    turn = take_description(keep_files(turn.count_miss(), inbound.attachments), inbound.text)
    if turn.conversation.misses > _SENTENCES_BEFORE_HANDED_OVER:
        return open_ticket(turn, is_human_asked=True)
    is_code_checked = any(isinstance(effect, CheckCode) for effect in turn.effects)
    return turn if is_code_checked else ask(turn, question)


def _wishes_for_person(theirs: ForeignLanguage, inbound: Inbound) -> bool:
    """By the button's number or words, or briefly in their own words."""
    if inbound.choice or inbound.kind is not MessageKind.TEXT:
        return False
    shown = (*(Pick(locale, ()) for locale in theirs.nearest), Pick(HUMAN.payload, (theirs.person,)))
    if match_choice(inbound.text, shown) == HUMAN.payload:
        return True
    words = tokens(inbound.text)
    return len(words) <= _PERSON_WORDS and not set(words).isdisjoint(tokens(theirs.person_words))
