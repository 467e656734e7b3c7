"""From one app to the other: the way is asked for here and come through there, and the same dialogue goes on. Pure."""

from dataclasses import replace

from bot.conversation.ask_again import repeat
from bot.conversation.effects import NotePassage, OfferPassage
from bot.conversation.language import guessed, set_locale
from bot.conversation.questions import by_key
from bot.conversation.turn import Turn
from bot.messages import phrases_channel_switch as phrases
from bot.messages.inbound import Inbound, Passage, Refusal
from bot.messages.outgoing import Said
from bot.model.conversation import Stage
from bot.model.switch_links import is_link, is_to_confirm
from bot.text.channel_names import NAMES, is_bare_name
from bot.text.support_codes import HIDDEN

_OTHER = {"whatsapp": "telegram", "telegram": "whatsapp"}
_REFUSED = {
    Refusal.OVER: phrases.OVER,
    Refusal.UNKNOWN: phrases.UNKNOWN,
    Refusal.TOO_OFTEN: phrases.TOO_OFTEN,
}


def move(turn: Turn, inbound: Inbound, channel: str) -> Turn:
    """They would rather write on that channel; without a name, on the other one."""
    here = inbound.address.channel
    turn = turn if turn.conversation.locale else set_locale(turn, guessed(turn.conversation, inbound.heard))
    return turn.then(OfferPassage(channel or _OTHER.get(here, "telegram")))


def is_an_answer(turn: Turn, text: str) -> bool:
    """Whether “Telegram” answers what was asked in words: which app fails, for example."""
    if turn.conversation.stage is not Stage.ASKING or not is_bare_name(text):
        return False
    question = by_key(turn.policy, turn.conversation.asking)
    return bool(question and question.kind == "text")


def crossed(turn: Turn, inbound: Inbound) -> Turn | None:
    """A link or code was brought: the dialogue goes on here, or they hear why not. None: it is mere words."""
    match inbound.claimed:
        case Passage() as passage if is_to_confirm(turn.conversation, passage):
            sure = phrases.JOIN_SURE(channel=NAMES[passage.origin.channel])
            return _hidden(turn, inbound).say(sure)
        case Passage() as passage:
            return _through(_hidden(turn, inbound), passage)
        case Refusal() as refusal if refusal is Refusal.OVER or not _is_talking(turn):
            turn = _hidden(turn, inbound)
            turn = set_locale(turn, guessed(turn.conversation, inbound.heard))
            return repeat(turn.remark(Said(_REFUSED[refusal])))
    return None


def _through(turn: Turn, passage: Passage) -> Turn:
    """Their request, language and half-told story are the ones that they left."""
    who = turn.conversation
    if passage.locale and not who.is_locale_chosen:
        turn = set_locale(turn, passage.locale)
    if who.draft_id:
        return repeat(turn.then(NotePassage(passage, is_told=False)).remark(Said(phrases.WE_GO_ON)))
    head = who.head(passage.ticket_id)
    if head and head.is_live:
        turn = turn.evolve(ticket_id=head.ticket_id).into(head.ticket_id)
    return replace(turn, remarks=()).then(NotePassage(passage, is_told=True))


def _hidden(turn: Turn, inbound: Inbound) -> Turn:
    """Nobody reads a code in the thread, not even one that is used up."""
    return turn.in_secret("/start" if is_link(inbound) else HIDDEN)


def _is_talking(turn: Turn) -> bool:
    """Whether somebody waits for their words, so that ten letters may be an answer."""
    who = turn.conversation
    return who.stage is not Stage.IDLE or bool(who.current and who.current.is_live)
