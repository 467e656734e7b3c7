"""The commands that work at every step: with a slash, as a plain word, or in a common phrase.

It only recognises commands; `bot.conversation.command_handlers` runs them.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.buttons import LANGUAGES
from bot.text.channel_names import channel_named, channel_wanted
from bot.text.normalise import SHORT_TEXT, fold, is_near, split_phrases, tokens


class Command(StrEnum):
    """What a customer can ask for at any step."""

    START = "start"
    HELP = "help"
    NEW = "new"
    STATUS = "status"
    LANGUAGE = "language"
    CANCEL = "cancel"
    BACK = "back"
    HUMAN = "human"
    ACCESS = "access"
    REVOKE = "revoke"
    MOVE = "move"
    HOURS = "hours"
    DATA = "data"
    ERASE = "erase"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class ParsedCommand:
    """A command and its argument. A plain word isn't a command if it answers the open question."""

    command: Command
    argument: str = ""
    is_slash: bool = False


_SLASH_NAMES = {
    Command.START: "start,demarrer,commencer,empezar,inicio",
    Command.HELP: "help,aide,ayuda",
    Command.NEW: "new,nouveau,nouvelle,nuevo,nueva",
    Command.STATUS: "status,statut,etat,estado",
    Command.LANGUAGE: "language,lang,langue,idioma",
    Command.CANCEL: "cancel,stop,annuler,cancelar",
    Command.BACK: "back,retour,volver,atras",
    Command.HUMAN: "human,humain,humano,persona,personne,agent,agente",
    Command.ACCESS: "access,acces,acceso",
    Command.REVOKE: "revoke,revoquer,revocar,retirer,retirar",
    Command.MOVE: "move,deplacer,mover",
    Command.HOURS: "hours,horaires,horario,horarios",
    Command.DATA: "data,mydata,donnees,datos",
    Command.ERASE: "erase,delete,effacer,supprimer,borrar,eliminar",
    Command.KEEP: "keep,garder,conserver,conservar",
}
_PHRASES = {
    Command.HELP: "how does this work,what can you do,menu,comment ca marche,"
    "que pouvez vous faire,como funciona,que puede hacer",
    Command.NEW: "new,new request,new ticket,new question,another request,open a new ticket,"
    "start a new request,nouvelle demande,nouveau ticket,nouvelle question,autre demande,"
    "une nouvelle demande,un nouveau ticket,nouveau,nueva solicitud,nuevo ticket,"
    "nueva consulta,nueva pregunta,otra solicitud,una nueva solicitud,nuevo,nueva",
    Command.STATUS: "status,my tickets,my requests,my ticket,where is my ticket,where is my request,"
    "ticket status,what is the status,what s the status,any news,statut,mes demandes,"
    "mes tickets,ou en est ma demande,ou en est mon ticket,ou en etes vous,des nouvelles,"
    "etat,estado,mis solicitudes,mis tickets,estado de mi solicitud,como va mi solicitud,"
    "como va mi ticket,alguna novedad",
    Command.LANGUAGE: "language,change language,langue,changer de langue,changer la langue,idioma,"
    "cambiar idioma,cambiar de idioma,cambiar el idioma",
    Command.CANCEL: "cancel,stop,abort,never mind,nevermind,forget it,cancel this,cancel it,drop it,quit,"
    "annuler,annule,annulez,laisse tomber,laissez tomber,abandonner,j abandonne,tant pis,"
    "cancelar,cancela,cancele,anular,olvidalo,dejalo,dejelo,olvidelo",
    Command.BACK: "back,go back,previous,previous question,undo,retour,revenir,revenir en arriere,"
    "en arriere,precedent,question precedente,volver,atras,volver atras,regresar,anterior,"
    "pregunta anterior",
    Command.ACCESS: "grant access,give access,give you access,i want to give you access,allow access,"
    "donner acces,donner l acces,vous donner acces,je vous donne acces,autoriser l acces,"
    "dar acceso,darles acceso,conceder acceso,les doy acceso,autorizar el acceso",
    Command.REVOKE: "revoke access,revoke the access,revoke your access,end access,end the access,"
    "take access back,take back access,take back the access,remove access,remove your access,"
    "cancel access,stop access,retirer l acces,retirer votre acces,revoquer l acces,reprendre l acces,"
    "mettre fin a l acces,je retire l acces,annuler l acces,supprimer l acces,revocar el acceso,"
    "retirar el acceso,quitar el acceso,cancelar el acceso,terminar el acceso,revoco el acceso,retiro el acceso",
    Command.HUMAN: "human,a human,human being,person,a person,real person,a real person,real human,a real human,"
    "live agent,agent,operator,representative,advisor,a manager,have a person take over,call me,call me back,"
    "humain,un humain,une personne,une vraie personne,un conseiller,conseiller,conseillere,operateur,"
    "un responsable,appelez moi,rappelez moi,humano,un humano,una persona,una persona real,persona,un agente,agente,"
    "asesor,un asesor,operador,un encargado,llameme,llamenme",
}
_SLASH = re.compile(r"\s*/([^\W\d_]+)(?:@\w+)?(?:[\s:]+(.*))?", re.DOTALL)


def _table(phrases: dict[Command, str]) -> dict[Command, frozenset[tuple[str, ...]]]:
    return {command: frozenset(map(tokens, split_phrases(text))) for command, text in phrases.items()}


_EXACT = {phrase: command for command, phrases in _table(_PHRASES).items() for phrase in phrases}
_LANGUAGE_NAMES = {
    tokens(name): locale
    for locale, names in LANGUAGES.items()
    for name in split_phrases(names)
    if len(name) > 2
}


def parse_command(text: str) -> ParsedCommand | None:
    """The command that the whole text stands for, or None."""
    slashed = _SLASH.fullmatch(text)
    if slashed:
        return _parse_slash(fold(slashed[1]), (slashed[2] or "").strip())
    return _parse_words(text) if len(text) <= 2 * SHORT_TEXT else None


def parse_language(text: str) -> str:
    """The locale of the language named in the text, by name or two-letter code; "" if none."""
    words = tokens(text)
    return _LANGUAGE_NAMES.get(words, "") or next((code for code in LANGUAGES if words == (code,)), "")


def _parse_slash(name: str, argument: str) -> ParsedCommand | None:
    if locale := parse_language(name):
        return ParsedCommand(Command.LANGUAGE, locale, is_slash=True)
    if channel := channel_named(name):
        return ParsedCommand(Command.MOVE, channel, is_slash=True)
    known = next((command for command, names in _SLASH_NAMES.items() if name in split_phrases(names)), None)
    near = known or next((command for command in Command if is_near(command, name)), None)
    return ParsedCommand(near, argument, is_slash=True) if near else None


def _parse_words(text: str) -> ParsedCommand | None:
    words = tokens(text)
    if words in _LANGUAGE_NAMES:
        return ParsedCommand(Command.LANGUAGE, _LANGUAGE_NAMES[words])
    exact = _EXACT.get(words)
    if exact or not words:
        return ParsedCommand(exact) if exact else None
    channel = channel_wanted(words)
    return ParsedCommand(Command.MOVE, channel) if channel else None
