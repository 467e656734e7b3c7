"""Which language to speak: chosen, requested, detected, or asked for. `Inbound.heard` holds the detected one."""

from bot.conversation.buttons import HUMAN, STAY, chosen_key, language_option, language_pick, languages
from bot.conversation.effects import CheckCode, OpenTicket, Say
from bot.conversation.intake.questions import find_question, picks
from bot.conversation.turn import Turn
from bot.messages import phrases_intake
from bot.messages.foreign_languages import FOREIGN_LANGUAGES
from bot.messages.inbound import DetectedLanguage, Inbound
from bot.messages.localized import LOCALES
from bot.messages.outgoing import Option
from bot.model.conversation import Conversation, Stage
from bot.text.choice_matching import match_name
from bot.text.normalise import count_words

FIRST = "first"
"""What LANGUAGE asks before anything else; at other times it comes from /language."""
SWITCH = "switch"
SWITCH_AFTER = 2
"""How many messages in a row must be clearly in another language before we offer to switch."""
_WISH_WORDS = 6
_SENTENCE_WORDS = 3
_MAX_QUESTIONS = 2


def apply_detected_language(turn: Turn, inbound: Inbound) -> Turn:
    """Switch if they asked for a language or none is known yet; otherwise only count the message."""
    conversation, heard = turn.conversation, inbound.heard
    if heard.locale not in LOCALES:
        return turn
    if heard.is_wish:
        return set_locale(turn, heard.locale, is_chosen=True)
    if not conversation.locale:
        decides = heard.is_sure or heard.hint[:2].lower() == heard.locale
        return set_locale(turn, heard.locale) if decides else turn
    return _notice(turn, heard) if heard.is_sure and not _is_no_sign(turn, inbound.text) else turn


def set_locale(turn: Turn, locale: str, *, is_chosen: bool = False) -> Turn:
    """Use this language from now on."""
    chosen = is_chosen or turn.conversation.is_locale_chosen
    return turn.evolve(locale=locale, is_locale_chosen=chosen, other_locale="", other_locale_count=0)


def is_language_request(inbound: Inbound) -> bool:
    """Whether the message is “English please” and nothing else."""
    return inbound.heard.is_wish and not inbound.attachments and count_words(inbound.text) <= _WISH_WORDS


def ask_language(turn: Turn, hint: str = "", foreign: str = "") -> Turn:
    """Ask for the language, in all three; the likely one comes first."""
    foreign = foreign or turn.conversation.foreign
    shown = tuple(language_option(locale) for locale in languages(hint[:2].lower(), foreign))
    if foreign in FOREIGN_LANGUAGES:
        return _ask_in_theirs(turn, foreign, shown)
    return turn.say(phrases_intake.WHICH_LANGUAGE, options=shown)


def _ask_in_theirs(turn: Turn, foreign: str, shown: tuple[Option, ...]) -> Turn:
    """Say in their language which ones we speak, the second time shorter; offer a person too."""
    theirs = FOREIGN_LANGUAGES[foreign]
    options = (*shown, Option(HUMAN.payload, theirs.person))
    if turn.conversation.foreign == foreign:
        return turn.say(theirs.choose, options=options)
    return turn.evolve(foreign=foreign).say(theirs.we_speak, phrases_intake.WHICH_LANGUAGE, options=options)


def language_chosen(turn: Turn, inbound: Inbound) -> str:
    """The locale that answers the question, by button, number or name; "" if none."""
    foreign = turn.conversation.foreign
    shown = languages(inbound.heard.hint[:2].lower(), foreign)
    picks = [language_pick(locale, foreign) for locale in shown]
    return (chosen_key(inbound, picks) or "").removeprefix("lang:")


def guess_locale(conversation: Conversation, heard: DetectedLanguage) -> str:
    """The best language to use when nothing has decided it."""
    nearest = languages(heard.hint[:2].lower(), heard.foreign or conversation.foreign)[0]
    candidates = (conversation.locale, heard.locale, nearest)
    return next(locale for locale in candidates if locale in LOCALES)


def is_asked_enough(conversation: Conversation) -> bool:
    """Whether asking for the language again would annoy them."""
    return conversation.misses >= _MAX_QUESTIONS


def offer_language_switch(turn: Turn) -> Turn:
    """Offer a switch once, in the other language, after two messages clearly written in it."""
    conversation = turn.conversation
    if conversation.is_switch_offered or conversation.other_locale_count < SWITCH_AFTER or _is_busy(turn):
        return turn
    asked = turn.without_messages().evolve(is_switch_offered=True).pause(Stage.CONFIRMING, SWITCH)
    return send_language_switch_offer(asked)


def send_language_switch_offer(turn: Turn) -> Turn:
    """Send the offer in the language that it offers."""
    other = turn.conversation.other_locale
    return turn.say(phrases_intake.SWITCH_OFFER.in_(other), options=(language_option(other), STAY.option))


def _is_no_sign(turn: Turn, text: str) -> bool:
    """“Juan Pérez” looks Spanish, and “Urgente” may just be the French choice: neither tells us the language."""
    question = find_question(turn.policy, turn.conversation.asking)
    if question is None:
        return False
    if question.is_remembered and count_words(text) < _SENTENCE_WORDS:
        return True
    return match_name(text, picks(question, turn.conversation, turn.policy)) is not None


def _notice(turn: Turn, heard: DetectedLanguage) -> Turn:
    conversation = turn.conversation
    if heard.locale == conversation.locale:
        return turn.evolve(other_locale="", other_locale_count=0)
    again = heard.locale == conversation.other_locale
    count = conversation.other_locale_count + 1 if again else 1
    return turn.evolve(other_locale=heard.locale, other_locale_count=count)


def _is_busy(turn: Turn) -> bool:
    """Whether this step already says something that can't wait: a ticket opened, a confirmation."""
    if turn.conversation.stage in (Stage.LANGUAGE, Stage.CONFIRMING, Stage.RATING):
        return True
    if any(isinstance(effect, OpenTicket | CheckCode) for effect in turn.effects):
        return True
    return turn.conversation.stage is Stage.IDLE and any(isinstance(effect, Say) for effect in turn.effects)
