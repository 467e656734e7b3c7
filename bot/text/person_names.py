"""Finds names of people and companies, in an introduction or in an answer. It never guesses."""

import re

from bot.text.normalise import count_words, fold, tokens

_NAME = r"[^\W\d_a-zß-ÿ][\w’-]*[a-zß-ÿ]"
_PERSON = rf"(?P<name>{_NAME}(?:\s+{_NAME}){{0,2}})"
_FIRM = r"(?P<firm>[^\W_a-zß-ÿ][\w&’-]*(?:\s+[^\W_a-zß-ÿ][\w&’-]*){0,2})"
_ENDS = r"(?=\s*(?:[,.;!\n)–—-]|$|\b(?:and|et|y)\b))"
_HELLO = r"(?:^|(?i:\b(?:hello|hi|bonjour|hola|dear team)\b[\s,.!]*))"
_I_AM = r"(?i:\b(?:my name is|my name’s|i am|i’m|this is))"
_I_AM_CALLED = r"(?i:\b(?:my name is|my name’s|je m’appelle|mon nom est|me llamo|mi nombre es))"
_JE_SUIS = r"(?i:\b(?:je m’appelle|je suis|ici|moi c’est|mon nom est|c’est))"
_SOY = r"(?i:\b(?:me llamo|mi nombre es|soy|aquí|aqui))"
_INTRODUCTIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_I_AM}\s+{_PERSON},?\s+(?i:from|at|with|of)(?:\s+(?i:the company))?\s+{_FIRM}",
        rf"{_JE_SUIS}\s+{_PERSON},?\s+(?i:de chez|chez|de la soci[eé]t[eé]|de l’entreprise)\s+{_FIRM}",
        rf"{_SOY}\s+{_PERSON},?\s+(?i:de la (?:empresa|compañía|sociedad|organización))\s+{_FIRM}",
        rf"(?i:\b(?:je suis|ici|soy))\s+{_PERSON},\s+(?i:de)\s+{_FIRM}",
        rf"{_I_AM_CALLED}\s+{_PERSON},?\s+(?i:and i’m|and i am|and i work)\s+(?i:from|at|with|for)\s+{_FIRM}",
        rf"{_I_AM_CALLED}\s+{_PERSON},?\s+(?i:company|soci[eé]t[eé]|entreprise|empresa|compañía)\s+{_FIRM}",
        rf"{_I_AM_CALLED}\s+{_PERSON}{_ENDS}",
        rf"{_HELLO}(?i:i am|i’m|je suis|soy)\s+{_PERSON}{_ENDS}",
    )
)
"""A bare “de” doesn't introduce a company: María de León, Charles de Gaulle."""

_NOT_NAMES = frozenset(
    tokens(
        "having unable not getting trying still sorry happy using in on at here back locked stuck "
        "client customer "
        "premium user admin french english spanish american british italian german swiss portuguese "
        "ceo cto new "
        "cliente usuario usuaria nuevo nueva española español francés francesa inglés bloqué "
        "bloquée français "
        "française anglais anglaise utilisateur utilisatrice désolé désolée nouveau nouvelle perdu perdue"
    )
)
_INTRODUCTION_PREFIX = re.compile(
    r"(?i)^(?:(?:hi|hello|bonjour|hola)[,!. ]+)?(?:my name is|my name’s|name’s|i am|i’m|it’s|this is|"
    r"je m’appelle|je suis|mon nom est|moi c’est|c’est|me llamo|mi nombre es|soy|es)\s+(?=\S)"
)
_SENTENCE_WORDS = frozenset(
    tokens(
        "since and also but because when it its the there my i we you why how what where can could "
        "please not no are who is did does "
        "still every after before if as yes ok depuis et mais aussi car parce quand ca cela il elle "
        "je j nous vous "
        "pourquoi comment que ou mon ma mes toujours apres avant oui pas ne c desde y pero tambien "
        "porque cuando "
        "como donde mi mis nosotros todavia despues antes"
    )
)
"""Words that begin the next sentence of a story, not a name."""

_PROBLEM_WORDS = frozenset(
    tokens("urgent urgente asap help aide ayuda problem probleme problema pb error erreur bug panne fallo")
)
_SINGLE_WORDS = frozenset(
    tokens(
        "yes yep yeah ok wait what why who when where hein quoi qui oui attendez attends espere espera esperen quien "
        "done send next stop idk"
    )
)
"""Single words that aren't a name; given twice, they're accepted after all."""

_LIMITS = {True: (5, 50), False: (7, 60)}
"""The most words and characters of a person's name, and of a company's."""


def find_introduction(text: str) -> dict[str, str]:
    """The name and company in an introduction: “I’m Ana from Acme”."""
    text = text[:500].replace("'", "’")
    match = next((m for pattern in _INTRODUCTIONS if (m := pattern.search(text))), None)
    if not match or text.isupper() or fold(match["name"].split()[0]) in _NOT_NAMES:
        return {}
    firm = (match.groupdict().get("firm") or "").rstrip("’-")
    return {"name": match["name"]} | ({"company": firm} if firm and fold(firm) not in PLACES else {})


def is_name_like(text: str, *, is_person: bool) -> bool:
    """Whether the text may be a name: short, on one line, not a question or a story's next sentence."""
    most_words, most_characters = _LIMITS[is_person]
    bare = strip_introduction(text)
    if "\n" in bare or "?" in bare or len(bare) > most_characters or count_words(bare) > most_words:
        return False
    if not re.search(r"[^\W\d_]", bare) or (is_person and re.search(r"\d|@|https?:", bare)):
        return False
    words = tokens(bare)
    if is_person and (_PROBLEM_WORDS & set(words) or (len(words) == 1 and words[0] in _SINGLE_WORDS)):
        return False
    return len(words) == 1 or words[0] not in _SENTENCE_WORDS or (not is_person and words[0] == "the")


def strip_introduction(text: str) -> str:
    """The name without “my name is” and the like; a long text is left as it is."""
    if len(text) >= 200:
        return text
    bare = _INTRODUCTION_PREFIX.sub("", text.strip().replace("'", "’"))
    bare = re.sub(r"(?<=\w{4})[.]+$", "", bare)  # but keep the one in “Jr.”
    return "\n".join(" ".join(line.split()).strip(" ,!") for line in bare.splitlines())


_PLACES = """
spain,france,england,portugal,italy,germany,switzerland,belgium,ireland,scotland,wales,britain,uk,usa,us,
america,canada,mexico,argentina,chile,colombia,peru,brazil,uruguay,paraguay,bolivia,ecuador,venezuela,
morocco,algeria,tunisia,senegal,netherlands,holland,luxembourg,austria,poland,greece,turkey,sweden,norway,
denmark,finland,india,china,japan,australia,espagne,angleterre,italie,allemagne,suisse,belgique,irlande,
ecosse,mexique,argentine,chili,colombie,perou,bresil,maroc,algerie,tunisie,pays-bas,autriche,pologne,espana,
francia,inglaterra,italia,alemania,suiza,belgica,irlanda,marruecos,argelia,brasil,paris,london,londres,
madrid,barcelona,barcelone,lisbon,lisbonne,lisboa,porto,lyon,marseille,toulouse,nice,nantes,bordeaux,lille,
strasbourg,geneva,geneve,ginebra,zurich,lausanne,bern,berne,basel,bale,brussels,bruxelles,bruselas,rome,
roma,milan,milano,berlin,munich,hamburg,vienna,vienne,viena,dublin,manchester,birmingham,liverpool,leeds,
bristol,glasgow,edinburgh,new york,boston,chicago,los angeles,san francisco,miami,seattle,toronto,montreal,
quebec,vancouver,sevilla,seville,valencia,bilbao,malaga,zaragoza,buenos aires,santiago,bogota,lima,quito,
caracas,mexico city,ciudad de mexico,monterrey,guadalajara,medellin,montevideo,casablanca,rabat,tunis,alger,
dakar,amsterdam,rotterdam,prague,warsaw,athens,istanbul,mumbai,delhi,singapore,tokyo,sydney,melbourne,dubai,
support,sales,accounting,marketing,finance,it,hr,work,home
"""
PLACES = frozenset(_PLACES.replace("\n", "").split(","))
