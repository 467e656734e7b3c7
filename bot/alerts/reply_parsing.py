"""Parses replies to alerts: a button, the number or name of a choice, or a ticket's number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.messages import phrases_ticket as phrases
from bot.messages.ids import normalise_ticket_number
from bot.messages.outgoing import Option
from bot.text.choice_matching import Pick, match_choice
from bot.text.normalise import split_phrases

_PAYLOAD = re.compile(
    r"(?P<verb>ack|give|quiet|show):(?P<ticket>[0-9a-f]{20}-\d{1,6})"
    r"(?::(?P<target>[a-z_]{1,20}):(?P<turn>\d{1,4}))?(?::(?P<to>[A-Za-z0-9_]{1,20}))?"
)
_TICKET_NUMBER = re.compile(r"#?\s*([A-Za-z]\s?\d\s?-?\s?\d{3,7})\b")
_WORDS = {
    "ack": (
        phrases.ACKNOWLEDGE.text,
        *split_phrases(
            "ack,seen,got it,prendre note,i see to it,on it,ok,okay,yes,vu,pris en compte,je m’en occupe,"
            "je prends,oui,noté,visto,recibido,enterado,me ocupo,me encargo,sí,vale,confirmar,accuser réception,👍"
        ),
    ),
    "give": (
        phrases.REASSIGN.text,
        *split_phrases(
            "assign,give,give it to,réattribuer,attribuer,réaffecter,transférer,confier,reasignar,asignar,"
            "pasar,dar"
        ),
    ),
    "quiet": (
        phrases.SNOOZE.text,
        *split_phrases(
            "later,not now,quiet,plus tard,reporter,mettre en veille,rappeler plus tard,silence,posponer,"
            "más tarde,luego,silenciar,aplazar"
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class AlertCommand:
    """Something to do about one deadline of one ticket; `to` is the agent to assign it to."""

    verb: str  # ack, give, quiet, show
    ticket_id: str
    target: str = ""
    turn: str = ""
    to: str = ""

    @property
    def payload(self) -> str:
        """The command as a button's payload, at most 64 bytes."""
        about = f":{self.target}:{self.turn}" if self.target else ""
        return f"{self.verb}:{self.ticket_id}{about}" + (f":{self.to}" if self.to else "")


@dataclass(frozen=True, slots=True)
class ParsedReply:
    """What a text asks for: a command, the tickets that it may be about, or a ticket's number."""

    command: AlertCommand | None = None
    which: Sequence[AlertCommand] = field(default=())
    number: str = ""


def parse_payload(payload: str) -> AlertCommand | None:
    """The command in a button's payload; None for anything else."""
    found = _PAYLOAD.fullmatch(payload)
    if found is None:
        return None
    return AlertCommand(
        found["verb"], found["ticket"], found["target"] or "", found["turn"] or "", found["to"] or ""
    )


def parse_reply(text: str, offers: Sequence[Sequence[Option]], *, is_quoting: bool) -> ParsedReply:
    """What `text` means as a reply to `offers`, newest first.

    A “1” that fits several alerts since their last message needs a question back, unless it quotes one of them.
    """
    if number := ticket_number_in(text):
        return ParsedReply(number=number)
    if not offers or (payload := match_choice(text, [_pick(option) for option in offers[0]])) is None:
        return ParsedReply()
    command = parse_payload(payload)
    others = [] if is_quoting else list(_alike(command, offers[1:]))
    if command and command.target and others:
        return ParsedReply(which=(command, *others))
    return ParsedReply(command)


def ticket_number_in(text: str) -> str:
    """The ticket number in a short text; "" if there's none."""
    found = _TICKET_NUMBER.search(text) if len(text) <= 60 else None
    return normalise_ticket_number(found[1]) if found else ""


def _alike(command: AlertCommand | None, offers: Sequence[Sequence[Option]]) -> Sequence[AlertCommand]:
    """The same command for other tickets."""
    if command is None or command.to:
        return ()
    found = (parse_payload(option.payload) for options in offers for option in options)
    return [other for other in found if other and other.verb == command.verb and not other.to]


def _pick(option: Option) -> Pick:
    command = parse_payload(option.payload)
    own = (option.label, option.label.split()[0]) if isinstance(option.label, str) and option.label else ()
    is_choice = command is None or command.to or own
    return Pick(option.payload, own if is_choice or command is None else _WORDS.get(command.verb, ()))
