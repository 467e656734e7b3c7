"""Questions about a ticket that stay open: rating, quote, access. Their buttons and words.

A button names its ticket by its number within the contact's requests, so it can't refer to somebody else's ticket.
"""

from collections.abc import Sequence

from bot.calendar.durations import Duration
from bot.conversation.buttons import NOT_NOW, STARS
from bot.messages import phrases_ticket
from bot.messages.outgoing import Option, TimeSpan, Translatable
from bot.model.conversation import Conversation
from bot.model.temporary_access import allowed_durations, to_timedelta
from bot.policy.policy import Policy
from bot.text.choice_matching import Pick, match_name
from bot.text.normalise import split_phrases

_ACCEPT_PHRASES = (
    "accept,i accept,accept it,accept the quote,i accept the quote,accept the price,i accept the price,"
)
_ACCEPT_PHRASES += (
    "i accept your quote,i accept the offer,yes i accept,accepter,j’accepte,j’accepte le devis,accepté,"
)
_ACCEPT_PHRASES += (
    "oui j’accepte,accepter le devis,j’accepte votre devis,j’accepte le prix,devis accepté,bon pour accord,"
)
_ACCEPT_PHRASES += (
    "acepto,aceptar,acepto el presupuesto,aceptado,sí acepto,acepto su presupuesto,acepto el precio"
)
_DECLINE_PHRASES = (
    "decline,i decline,decline it,decline the quote,i decline the quote,i do not accept,i don’t accept,"
)
_DECLINE_PHRASES += (
    "i refuse,no i decline,refuse the quote,i reject the quote,too expensive i decline,je refuse,refuser,"
)
_DECLINE_PHRASES += (
    "je refuse le devis,refusé,décliner,je décline,je n’accepte pas,je n’accepte pas le devis,devis refusé,"
)
_DECLINE_PHRASES += (
    "rechazo,rechazar,rechazo el presupuesto,no acepto,no acepto el presupuesto,rechazado,no lo acepto"
)
_EXPLICIT = (Pick("yes", split_phrases(_ACCEPT_PHRASES)), Pick("no", split_phrases(_DECLINE_PHRASES)))


def rate_options(ticket_id: str) -> tuple[Option, ...]:
    """One to five, so that a typed number is the number of stars."""
    return tuple(
        Option(f"rate:{_count(ticket_id)}:{star.payload}", Translatable(star.phrase)) for star in STARS
    )


def quote_options(ticket_id: str, quote: int) -> tuple[Option, ...]:
    """Accept or decline exactly this quote: the button of an older quote can't accept a newer one."""
    return (
        Option(f"quote:{_count(ticket_id)}:yes{quote}", Translatable(phrases_ticket.QUOTE_ACCEPT)),
        Option(f"quote:{_count(ticket_id)}:no{quote}", Translatable(phrases_ticket.QUOTE_DECLINE)),
    )


def parse_quote_payload(choice: str) -> tuple[bool, int] | None:
    """Accepted or not, and which quote, from the last part of a button's payload; None if it is malformed."""
    for word, is_accepted in (("yes", True), ("no", False)):
        number = choice.removeprefix(word)
        if choice.startswith(word) and (number.isdecimal() or not number):
            return is_accepted, int(number or 0)
    return None


def parse_quote_reply(text: str) -> bool | None:
    """Whether the text explicitly accepts or declines a quote; None otherwise, even for a bare “yes”."""
    said = match_name(text, _EXPLICIT)
    return None if said is None else said == "yes"


def access_options(ticket_id: str, offered: Sequence[Duration]) -> tuple[Option, ...]:
    """One button per duration, and one to decline."""
    given = tuple(
        Option(
            f"access:{_count(ticket_id)}:{index}",
            phrases_ticket.ACCESS_FOR(length=TimeSpan(to_timedelta(length))),
        )
        for index, length in enumerate(offered)
    )
    return (*given, Option(f"access:{_count(ticket_id)}:no", Translatable(NOT_NOW.phrase)))


def access_picks(conversation: Conversation, policy: Policy) -> tuple[Pick, ...]:
    """The names of those options, keyed by the duration's index, or `no`."""
    offered = allowed_durations(policy, conversation.plan)
    given = tuple(Pick(str(index), _duration_names(length)) for index, length in enumerate(offered))
    return (*given, Pick("no", NOT_NOW.pick.names))


def _duration_names(length: Duration) -> tuple[str, ...]:
    span = to_timedelta(length)
    hours, minutes = int(span.total_seconds() // 3600), int(span.total_seconds() // 60)
    names = [f"{minutes} {unit}" for unit in ("minutes", "min", "minutos")] if minutes < 180 else []
    if hours:
        names += [f"{hours} {unit}" for unit in ("hours", "hour", "h", "heures", "heure", "horas", "hora")]
        names.append(f"{hours}h")
    if hours and hours % 24 == 0:
        names += [
            f"{hours // 24} {unit}" for unit in ("days", "day", "jours", "jour", "días", "día", "d", "j")
        ]
    return tuple(names)


def _count(ticket_id: str) -> str:
    return ticket_id.rpartition("-")[2]
