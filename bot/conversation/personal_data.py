"""The customer's own data: a copy on request, and erasure, confirmed twice and withdrawn by a word."""

import re
from datetime import datetime, timedelta

from bot.conversation.ask_again import ask_again
from bot.conversation.buttons import ERASE_IT, ERASE_SURELY, KEEP_DATA, button_options
from bot.conversation.effects import NoteErasure, ShowMyData
from bot.conversation.turn import Turn
from bot.messages import phrases_privacy as phrases
from bot.messages.outgoing import Timestamp, Translatable
from bot.model.conversation import PendingErasure, Stage
from bot.reading.acts import ActKind, Reading
from bot.text.normalise import NEGATIONS, tokens

CONFIRM_ERASE, CONFIRM_ERASE_AGAIN = "erase", "erase_again"

_KEEP_WORDS = frozenset(
    tokens(
        "keep garder garde gardez conserver conserve conservez laisser laissez conservar conserva conserve conserven "
        "guardar guarda guarde guarden mantener mantenga mantengan"
    )
)
_STOP_WORDS = frozenset(
    tokens(
        "cancel stop abort undo withdraw annuler annule annulez arreter arretez stopper stoppez cancelar cancela "
        "cancele cancelen anular anule anulen detener detenga detengan parar pare paren"
    )
)
_DELETION_WORDS = frozenset(
    tokens("deletion erasure erasing deleting suppression effacement borrado eliminacion supresion")
)
_ALL_OF_IT = frozenset(tokens("data everything anything donnees tout rien datos todo nada"))
_LOST_OR_FOUND = frozenset(
    tokens(
        "restore recover recovered undelete backup mistake accident accidentally lost gone was were got "
        "restaurer recuperer retrouver sauvegarde erreur perdu perdue perdus perdues disparu disparues "
        "restaurar recuperar respaldo error perdido perdidos perdieron borraron borro desaparecido desaparecieron"
    )
)
"""Who writes these tells of data that is gone, and doesn't want theirs to go."""

_QUESTION_WORDS = frozenset(
    tokens(
        "what which where how do does quelles quels quelle quel combien ou comment cuales cuanto cuanta donde como"
    )
)
_LEADING_NO = re.compile(r"^\s*(?:no+|non|nope)\s*[,.:!]\s*", re.IGNORECASE)


def show_my_data(turn: Turn) -> Turn:
    """List what we have about them; the open question follows."""
    return ask_again(turn.with_effects(ShowMyData()))


def ask_erase(turn: Turn) -> Turn:
    """Ask for the first time, unless it's planned already."""
    if turn.conversation.erasure:
        return ask_again(_say_planned(turn))
    asked = turn.pause(Stage.CONFIRMING, CONFIRM_ERASE)
    open_ones = (phrases.ERASE_LIVE(number=t.number) for t in turn.conversation.tickets if t.is_live)
    return asked.say(
        *open_ones, Translatable(phrases.ERASE_ASK), options=button_options((ERASE_IT, KEEP_DATA))
    )


def ask_erase_again(turn: Turn) -> Turn:
    """Ask for the second time, with the day."""
    asked = turn.wait(Stage.CONFIRMING, CONFIRM_ERASE_AGAIN)
    due = Timestamp(_due_at(turn))
    return asked.say(phrases.ERASE_ASK_AGAIN(due=due), options=button_options((ERASE_SURELY, KEEP_DATA)))


def plan_erasure(turn: Turn) -> Turn:
    """They confirmed twice: erase their data when the policy's days are over."""
    pending = PendingErasure(turn.now, _due_at(turn))
    return ask_again(_say_planned(turn.resume().evolve(erasure=pending).with_effects(NoteErasure())))


def keep_data(turn: Turn) -> Turn:
    """They don't want it erased, or no longer; too late once it's due."""
    pending = turn.conversation.erasure
    turn = turn.resume() if is_asking(turn) else turn
    if pending is None:
        return ask_again(turn.say(Translatable(phrases.DATA_KEPT)))
    if pending.due_at <= turn.now:
        return turn.say(Translatable(phrases.ERASE_STARTED))
    kept = turn.evolve(erasure=None).with_effects(NoteErasure())
    return ask_again(kept.say(Translatable(phrases.DATA_KEPT)))


def is_asking(turn: Turn) -> bool:
    """Whether we just asked whether to erase their data."""
    asked = turn.conversation
    return asked.stage is Stage.CONFIRMING and asked.asking in (CONFIRM_ERASE, CONFIRM_ERASE_AGAIN)


def is_about_own_data(text: str) -> bool:
    """Whether “delete …” means what we have about them: not an order, and not data that was lost."""
    return frozenset(tokens(text)).isdisjoint(_LOST_OR_FOUND) and not any(map(str.isdigit, text))


def wants_to_keep(turn: Turn, reading: Reading) -> bool:
    """Whether they say in any words that their data should stay: “don't delete it”, “keep my data”, “stop that”."""
    is_planned = bool(turn.conversation.erasure) or is_asking(turn)
    words = _words(reading.text)
    if is_planned and words & _DELETION_WORDS and (words & _STOP_WORDS or words & NEGATIONS):
        return True
    erase = reading.find(ActKind.ERASE)
    said = _words(erase.text) if erase else words
    is_negated, is_keeping = not said.isdisjoint(NEGATIONS), not said.isdisjoint(_KEEP_WORDS)
    if is_negated == is_keeping:
        return False
    is_named = reading.has(ActKind.CANCEL) or not words.isdisjoint(_ALL_OF_IT)
    is_wish = reading.has(ActKind.MY_DATA) and is_keeping and not _is_question(reading.text)
    return bool(erase) or is_wish or (is_planned and is_named and not _is_question(reading.text))


def _words(text: str) -> frozenset[str]:
    return frozenset(tokens(_LEADING_NO.sub("", text)))


def _is_question(text: str) -> bool:
    """“Which data do you keep?” asks for a copy."""
    said = tokens(text)
    return "?" in text or not _QUESTION_WORDS.isdisjoint(said) or said[:1] == ("que",)


def _say_planned(turn: Turn) -> Turn:
    pending = turn.conversation.erasure
    due = Timestamp(pending.due_at if pending else _due_at(turn))
    return turn.say(phrases.ERASE_PLANNED(due=due), options=button_options((KEEP_DATA,)))


def _due_at(turn: Turn) -> datetime:
    return turn.now + timedelta(days=turn.policy.privacy.erase_after_days)
