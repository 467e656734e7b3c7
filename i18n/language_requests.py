"""Detects that a customer asks for a language: “English please”, “en español por favor”, “parlez-vous français ?”."""

import re
import unicodedata

_NAMES = {
    "en": "english anglais anglaise ingles inglesa",
    "fr": "french francais francaise frances francesa",
    "es": "spanish espanol espanola espagnol espagnole castellano castillan",
}
_SHORT_NAMES = {
    "en": "en eng engl anglo uk gb us 🇬🇧 🇺🇸 🇮🇪 🇦🇺 🇨🇦",
    "fr": "fr fra fre 🇫🇷 🇧🇪",
    "es": "es esp spa cast 🇪🇸 🇲🇽 🇦🇷 🇨🇴 🇨🇱 🇵🇪",
}
_REQUEST_WORDS = """
    please pls plz svp stp s il te plait por favor porfa porfavor xfa thanks thx thank merci gracias
    in en to into a au al the le la l el de d only just seulement uniquement solo solamente
    i we me my je j nous moi mi yo nosotros vous you usted ustedes tu can could may might would
    peux peut pouvez pouvons pourriez pourrait pourrais on puedo puede pueden podemos podria podrian puedes
    do does is it possible est ce que c posible se es if si
    speak speaks talk talking write chat continue switch change use reply answer respond set let lets us
    parler parle parles parlez parlons parlent ecrire ecris ecrivez repondre repondez discuter continuer
    passer changer mettre utiliser
    hablar habla hablas hablan hable hablen hablamos hablemos escribir escribe escriba responder responda
    continuar cambiar pasar seguir atender atiende atienden
    prefer rather like want need speaking prefere preferer prefererais voudrais veux aimerais souhaite
    prefiero preferiria quisiera quiero gustaria necesito
    anyone anybody someone quelqu un qqn alguien here there ici aqui
    have got tiene tienen avez auriez
    language lang langue idioma lengua hi hello hey bonjour bonsoir salut hola buenas buenos dias tardes
    good morning sorry pardon desole perdon disculpe ok okay yes oui
"""
_ALLOWED_WORDS = frozenset(_REQUEST_WORDS.split())
_LOCALE_OF = {name: locale for locale, names in _NAMES.items() for name in names.split()}
_ALONE_LOCALE_OF = {name: locale for locale, names in _SHORT_NAMES.items() for name in names.split()}
_CLAUSE = re.compile(r"[^.,;:!?¿¡\n()…]+")
_WORD = re.compile(r"[^\W\d_]+")
_MAX_LENGTH, _MAX_WORDS = 200, 12


def requested_locale(text: str) -> str:
    """Return the locale that `text` asks for; "" if it asks for none or for several."""
    plain = _folded(text.strip()[:_MAX_LENGTH])
    alone = plain.strip(" .,;:!?¿¡/")
    if alone in _ALONE_LOCALE_OF or alone in _LOCALE_OF:
        return _ALONE_LOCALE_OF.get(alone) or _LOCALE_OF[alone]
    if _LOCALE_OF.keys().isdisjoint(_WORD.findall(plain)):
        return ""
    clauses = [_WORD.findall(clause) for clause in _CLAUSE.findall(plain)]
    requested = {locale for words in clauses if (locale := _clause_locale(words))}
    return requested.pop() if len(requested) == 1 else ""


def _clause_locale(words: list[str]) -> str:
    """A clause is a request if it names one language and otherwise only has words used in requests."""
    named = {_LOCALE_OF[word] for word in words if word in _LOCALE_OF}
    around = [word for word in words if word not in _LOCALE_OF]
    if len(named) != 1 or not around or len(words) > _MAX_WORDS or not _ALLOWED_WORDS.issuperset(around):
        return ""
    return named.pop()


def _folded(text: str) -> str:
    """Return `text` in lower case, without accents."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
