"""The built-in buttons: payload, label, and the words people type instead of pressing them.

`words` must include each label's translations; a test compares them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.messages import phrases_dialogue, phrases_intake, phrases_privacy, phrases_ticket
from bot.messages.foreign_languages import FOREIGN_LANGUAGES
from bot.messages.inbound import Inbound
from bot.messages.localized import LOCALES
from bot.messages.outgoing import Option, Phrase, Translatable
from bot.text.choice_matching import Pick, match_choice
from bot.text.normalise import split_phrases


@dataclass(frozen=True)
class Button:
    """A built-in choice. `words` are separated by commas, in any of the three languages."""

    payload: str
    phrase: Phrase
    words: str

    @property
    def option(self) -> Option:
        """The button as shown to the customer."""
        return Option(self.payload, Translatable(self.phrase))

    @cached_property
    def pick(self) -> Pick:
        """The button as matched against typed text."""
        return Pick(self.payload, (self.phrase.text, *split_phrases(self.words)))


_YES = "yes,yeah,yep,y,ok,okay,sure,oui,ouais,si,sí,vale,claro,d’accord,dacc,de acuerdo,👍"
_CONTINUE = (
    "continue,go on,keep going,keep it,carry on,resume,continuer,poursuivre,garder,continuar,seguir,sigamos"
)
_NO = "no,nope,nop,nah,non,nan,no gracias,non merci,no thanks,no thank you"

SEND = Button(
    "send",
    phrases_intake.SEND,
    f"{_YES},send,confirm,it is correct,correct,that’s right,all good,looks good,yes send it,yes please,"
    "submit,envoyer,envoyez,envoie,envoyer la demande,l’envoyer,confirmer,je confirme,valider,c’est bon,"
    "send it please,please send it,please do,go ahead,vas-y,vas-y envoie,allez-y,envoyez-la,envoie-la,"
    "ok envoyez,c’est bon envoyez,dale,dale mándalo,mándalo,mándelo,mándela,adelante,envíalo,envíelo,envíala,"
    "tout est bon,oui envoyez,oui c’est bon,c’est correct,enviar,envíe,enviarla,enviar la solicitud,"
    "envíela,confirmar,confirmo,correcto,está bien,todo bien,es correcto,sí enviar",
)
CHANGE = Button(
    "change",
    phrases_intake.CHANGE,
    f"{_NO},change,change a line,edit,correct it,change it,change something,modify,fix,modifier,changer,"
    "corriger,"
    "modifier une ligne,changer une ligne,corriger une ligne,cambiar,modificar,corregir,editar,"
    "cambiar una línea,modificar una línea,corregir una línea,cambiar algo",
)
CANCEL = Button(
    "cancel",
    phrases_intake.CANCEL,
    "drop,drop it,cancel,cancel it,cancel this request,drop this request,delete it,abandon,annuler,"
    "abandonner,l’abandonner,l’annuler,supprimer,"
    "abandonner la demande,annuler la demande,annuler cette demande,cancelar,cancelar solicitud,"
    "cancelar la solicitud,cancelar esta solicitud,cancelarla,descartar,descartarla,anular,abandonar,borrar,"
    "olvidarla",
)
DROP = Button("drop", phrases_intake.CANCEL, f"{CANCEL.words},{_YES}")
DROP_INSTEAD = Button("drop", phrases_intake.CANCEL, f"{CANCEL.words},{_NO}")
"""Beside a choice that “yes” means."""
KEEP_GOING = Button("keep", phrases_intake.KEEP_GOING, f"{_NO},{_CONTINUE}")
GO_ON = Button("keep", phrases_intake.KEEP_GOING, f"{_YES},{_CONTINUE}")
START_AFRESH = Button(
    "afresh",
    phrases_intake.START_AFRESH,
    f"{_NO},new,start over,start afresh,restart,begin again,a new one,recommencer,nouvelle demande,"
    "repartir de zéro,"
    "tout recommencer,empezar de nuevo,comenzar de nuevo,volver a empezar,nueva solicitud,nueva",
)
SKIP = Button(
    "skip",
    phrases_intake.SKIP,
    f"{_NO},skip it,pass,none,nothing,i don’t know,don’t know,i don’t really know,no idea,not sure,"
    "i’m not sure,je ne sais pas trop,aucune idée,ni idea,no estoy seguro,dont have one,i don’t have one,"
    "i have none,n/a,na,without,go on without it,passer,passe,ignorer,aucun,aucune,rien,sans,"
    "je n’en ai pas,j’en ai pas,j’ai pas,je ne sais pas,je sais pas,pas de code,omitir,saltar,pasar,"
    "ninguno,ninguna,nada,sin código,no tengo,no lo sé,no lo tengo,no sé,no code,"
    "idk,dunno,i dunno,no clue,jsp,j’en sais rien,aucune idée,no company,i have no company,"
    "i don’t have a company,"
    "not a company,private person,private individual,just me,pas d’entreprise,aucune entreprise,"
    "pas de société,"
    "je n’ai pas d’entreprise,un particulier,particulier,je suis un particulier,jsuis un particulier,"
    "à titre personnel,sin empresa,ninguna empresa,no tengo empresa,particular,un particular,soy particular,"
    "soy un particular,a título personal",
)
NO_FILES = Button(
    "done",
    phrases_intake.NO_FILES,
    f"{SKIP.words},done,no file,no attachment,no attachments,nothing to add,that’s all,that’s it,finished,"
    "finish,skip,aucun fichier,sans fichier,pas de fichier,pas de pièce jointe,non rien,c’est tout,"
    "terminé,fini,voilà,ningún archivo,sin archivos,sin archivo,eso es todo,es todo,listo,terminado,"
    "ya está,nada más,rien d’autre,nothing else,no more",
)
DONE = Button("done", phrases_intake.DONE, NO_FILES.words)
HUMAN = Button(
    "human",
    phrases_intake.HUMAN,
    "a person,person,human,agent,une personne,personne,un humain,un conseiller,parler à quelqu’un,"
    "parler à une personne,una persona,persona,un agente,agente,hablar con alguien,hablar con una persona",
)
CONTINUE_ANYWAY = Button(
    "anyway",
    phrases_intake.CONTINUE_ANYWAY,
    f"{_YES},continue,go on,go on anyway,carry on,continuer,continuer quand même,quand même,continuar,"
    "continuar igualmente,"
    "seguir,seguir de todos modos,continuar de todos modos",
)
OTHER_CATEGORY = Button(
    "other",
    phrases_intake.OTHER_CATEGORY,
    "other,another,another category,change,autre,autre chose,autre sujet,otra,otra cosa,otro,otro tema",
)
HELPED = Button(
    "helped",
    phrases_intake.HELPED,
    f"{_YES},it helps,it helped,that helped,that helps,yes it helps,solved,yes thanks,cela m’aide,"
    "oui cela m’aide,"
    "ça m’aide,résolu,oui merci,me sirvió,sí me sirvió,me ayuda,sí me ayuda,resuelto,sí gracias",
)
NOT_HELPED = Button(
    "not_helped",
    phrases_intake.NOT_HELPED,
    f"{_NO},no it does not,does not help,it doesn’t help,not really,it does not help,go on,continue,"
    "cela ne m’aide pas,"
    "ça ne m’aide pas,non continuons,pas vraiment,non pas vraiment,continuer,no me ayuda,no del todo,"
    "no me sirvió,no sigamos,seguir,continuar",
)
STAY = Button(
    "stay",
    phrases_intake.STAY,
    f"{_NO},stay,english,rester en français,continuer en français,français,rester,seguir en español,"
    "español,continuar en español,quedarse en español",
)
IN_OPENING_HOURS = Button(
    "later",
    phrases_intake.IN_OPENING_HOURS,
    f"{_NO},later,opening hours,in opening hours,aux heures ouvrées,heures d’ouverture,"
    "aux heures d’ouverture,plus tard,"
    "en horario de atención,horario de atención,en horario laboral,más tarde,en horario",
)
CLOSE_IT = Button(
    "close",
    phrases_dialogue.CLOSE_IT,
    f"{_YES},close it,close,fermer,fermez,ferme,cerrar,cerrarla,ciérrela,ciérrelo,ciérralo",
)
KEEP_OPEN = Button(
    "open",
    phrases_dialogue.KEEP_OPEN,
    f"{_NO},leave it open,keep it open,laisser ouvert,laissez ouvert,dejar abierto,dejarla abierta,déjela abierta",
)
ERASE_IT = Button(
    "erase",
    phrases_privacy.ERASE_IT,
    f"{_YES},delete,delete it,delete everything,erase it,erase everything,supprimer,tout supprimer,effacer,"
    "tout effacer,supprimez tout,borrar,borrar mis datos,borrar todo,bórrelo todo,eliminar,eliminar todo",
)
ERASE_SURELY = Button(
    "erase_surely",
    phrases_privacy.ERASE_SURELY,
    f"{ERASE_IT.words},i’m sure,oui tout supprimer,je suis sûr,sí borrarlo todo,estoy seguro",
)
"""With another payload, so that pressing the first button twice doesn't confirm both times."""
KEEP_DATA = Button(
    "keep_data",
    phrases_privacy.KEEP_IT,
    f"{_NO},keep,keep it,keep everything,cancel,stop,don’t delete it,garder,garder mes données,gardez mes données,"
    "conserver,ne rien supprimer,annuler,gardez tout,conservar,conservar mis datos,conserven mis datos,"
    "conserve mis datos,no borrar nada,cancelar,anular",
)
OPEN_SECOND = Button(
    "second",
    phrases_dialogue.OPEN_SECOND,
    f"{_YES},yes open it,open it,a second one,oui ouvrez la,oui l’ouvrir,ouvrir,sí abrirla,ábrala,abrir",
)
SECOND_NO = Button("one", phrases_dialogue.SECOND_NO, f"{_NO},just one,une seule,solo una")
SAME_REQUEST = Button(
    "same",
    phrases_intake.SAME_REQUEST,
    f"{_YES},same,the same,same one,la même,la même demande,même demande,celle-ci,la misma,"
    "la misma solicitud,esa,misma solicitud",
)
SOMETHING_NEW = Button(
    "fresh",
    phrases_intake.SOMETHING_NEW,
    f"{_NO},new,a new one,other,nouveau,nouvelle,nouvelle demande,autre chose,une autre,algo nuevo,nuevo,"
    "nueva,otra cosa,nueva solicitud",
)
ACCEPT = Button(
    "accept",
    phrases_ticket.QUOTE_ACCEPT,
    f"{_YES},i accept,accepter,j’accepte,accepté,aceptar,acepto,aceptado",
)
DECLINE = Button(
    "decline",
    phrases_ticket.QUOTE_DECLINE,
    f"{_NO},i decline,refuse,reject,refuser,je refuse,décliner,rechazar,rechazo,no acepto,i do not accept",
)
NOT_NOW = Button(
    "no",
    phrases_ticket.ACCESS_NO,
    f"{_NO},not now,rather not,i would rather not,i refuse,pas maintenant,plutôt pas,je préfère pas,refuser,"
    "ahora no,mejor no,prefiero que no,rechazar",
)
STARS = (
    Button(
        "1",
        phrases_ticket.RATE_1,
        "very bad,terrible,pas du tout,très mauvaise,awful,très mauvais,très mécontent,nul,pésimo,muy malo,"
        "très insatisfait,"
        "pas du tout satisfait,muy insatisfecho,muy descontento,nada satisfecho",
    ),
    Button(
        "2",
        phrases_ticket.RATE_2,
        "bad,poor,plutôt non,mauvaise,not happy,mauvais,mécontent,insatisfait,pas satisfait,malo,mal,"
        "insatisfecho,descontento",
    ),
    Button(
        "3",
        phrases_ticket.RATE_3,
        "average,so so,moyen,moyenne,bof,correct,regular,más o menos,normal,moyennement,neutre,mitigé",
    ),
    Button(
        "4",
        phrases_ticket.RATE_4,
        "good,satisfied,plutôt oui,bien,bon,bonne,content,satisfait,bueno,satisfecho,contento",
    ),
    Button(
        "5",
        phrases_ticket.RATE_5,
        "very good,très bonne,tout à fait,great,excellent,perfect,very satisfied,très bien,parfait,"
        "très content,très satisfait,"
        "muy bien,excelente,perfecto,muy satisfecho,muy contento,genial",
    ),
)
LANGUAGES = {
    "en": "english,anglais,inglés,en,ingles",
    "fr": "french,français,francés,fr,en français",
    "es": "spanish,espagnol,español,castellano,es,en español",
}
"""The names of our languages, each in all three languages."""


LANGUAGE_BUTTONS = frozenset(f"lang:{locale}" for locale in LANGUAGES)


def language_option(locale: str) -> Option:
    """The button for a language, labelled in that language."""
    return Option(f"lang:{locale}", phrases_intake.LANGUAGE_NAMES[locale])


def language_pick(locale: str, foreign: str = "") -> Pick:
    """The names a language goes by, in `foreign` too, for matching typed text."""
    theirs = FOREIGN_LANGUAGES[foreign].names[LOCALES.index(locale)] if foreign in FOREIGN_LANGUAGES else ""
    return Pick(f"lang:{locale}", split_phrases(f"{LANGUAGES[locale]},{theirs}"))


def languages(first: str = "", foreign: str = "") -> tuple[str, ...]:
    """Our languages: those that speakers of `foreign` most likely know, or `first`, at the front."""
    if foreign in FOREIGN_LANGUAGES:
        return FOREIGN_LANGUAGES[foreign].nearest
    return tuple(sorted(LOCALES, key=lambda locale: locale != first))


def button_options(buttons: Iterable[Button]) -> tuple[Option, ...]:
    """The buttons as options of a message."""
    return tuple(button.option for button in buttons)


def chosen_key(inbound: Inbound, picks: Sequence[Pick]) -> str | None:
    """The key of the pick that the customer chose, by button or in words."""
    if inbound.choice in {pick.key for pick in picks}:
        return inbound.choice
    return match_choice(inbound.text, picks)
