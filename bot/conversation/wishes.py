"""What a customer may wish for at any step, in any words: a person, to stop, to go back, another language, news."""

from collections.abc import Callable, Mapping

from bot.conversation.command_handlers import run_command
from bot.conversation.commands import Command, ParsedCommand
from bot.conversation.personal_data import (
    ask_erase,
    is_about_own_data,
    keep_data,
    show_my_data,
    wants_to_keep,
)
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue
from bot.messages.inbound import Inbound
from bot.messages.outgoing import Translatable
from bot.model.conversation import Stage
from bot.reading.acts import Act, ActKind, Reading
from bot.reading.languages import language_wanted

_NEEDED: Mapping[ActKind, float] = {
    ActKind.ERASE: 0.8,
    ActKind.MY_DATA: 0.7,
    ActKind.PERSON: 0.5,
    ActKind.LANGUAGE: 0.6,
}
_NEEDED_OTHERWISE, _VERY_CLEAR = 0.6, 0.9
_WHOLE = (ActKind.CANCEL, ActKind.BACK, ActKind.ERASE, ActKind.MY_DATA)


def take_wish(turn: Turn, inbound: Inbound, reading: Reading) -> Turn | None:
    """Do what they wish, if that decides the step; None if the message is something else."""
    if wants_to_keep(turn, reading):
        return keep_data(turn.understood(ActKind.ERASE))
    for kind, wish in _WISHES.items():
        act = reading.find(kind)
        if act and act.confidence >= _NEEDED.get(kind, _NEEDED_OTHERWISE) and _is_meant(act, reading):
            done = wish(turn.understood(kind), inbound, act)
            if done:
                return done
    return None


def _is_meant(act: Act, reading: Reading) -> bool:
    """Giving up, going back or personal data is the whole message, or said very clearly in a part of it."""
    if act.kind not in _WHOLE or act.confidence >= _VERY_CLEAR:
        return True
    return reading.likely(act.kind) >= _NEEDED_OTHERWISE


def take_wish_for_person(turn: Turn, inbound: Inbound, reading: Reading) -> Turn | None:
    """While we don't know their language yet: the only wish that is clear in any of them."""
    act = reading.find(ActKind.PERSON)
    if act is None or act.confidence < _NEEDED[ActKind.PERSON]:
        return None
    return _WISHES[ActKind.PERSON](turn.understood(act.kind), inbound, act)


def _run(command: Command) -> Callable[[Turn, Inbound, Act], Turn | None]:
    return lambda turn, inbound, _: run_command(turn, inbound, ParsedCommand(command))


def _erase(turn: Turn, inbound: Inbound, act: Act) -> Turn | None:
    return ask_erase(turn) if is_about_own_data(inbound.text) else None


def _cancel(turn: Turn, inbound: Inbound, act: Act) -> Turn | None:
    """Give up the request; “wrong number, sorry” begins none."""
    if not turn.conversation.draft_id:
        is_unasked = act.kind is ActKind.CANCEL and turn.conversation.current is None
        return turn.say(Translatable(phrases_dialogue.NOTHING_WANTED)) if is_unasked else None
    return run_command(turn, inbound, ParsedCommand(Command.CANCEL))


def _back(turn: Turn, inbound: Inbound, act: Act) -> Turn | None:
    if turn.conversation.stage is Stage.IDLE:
        return None
    return run_command(turn, inbound, ParsedCommand(Command.BACK))


def _language(turn: Turn, inbound: Inbound, act: Act) -> Turn | None:
    wanted = language_wanted(act.text, turn.conversation.locale)
    return run_command(turn, inbound, ParsedCommand(Command.LANGUAGE, wanted)) if wanted else None


def _status(turn: Turn, inbound: Inbound, act: Act) -> Turn | None:
    if turn.conversation.draft_id or not turn.conversation.tickets:
        return None
    return run_command(turn, inbound, ParsedCommand(Command.STATUS))


_WISHES: Mapping[ActKind, Callable[[Turn, Inbound, Act], Turn | None]] = {
    ActKind.LANGUAGE: _language,
    ActKind.PERSON: _run(Command.HUMAN),
    ActKind.ERASE: _erase,
    ActKind.MY_DATA: lambda turn, inbound, act: show_my_data(turn),
    ActKind.CANCEL: _cancel,
    ActKind.CLOSE: _cancel,  # “it works again”, before anything was sent
    ActKind.BACK: _back,
    ActKind.STATUS: _status,
}
