"""Reads the answer to “Which company?”, also a name that looks like a command, a thank-you or a hurry."""

from dataclasses import dataclass
from itertools import pairwise

from bot.reading.people.clauses import clauses, skip_phrases
from bot.reading.people.company_grammar import company_evidence, company_span
from bot.reading.people.company_words import GENERIC_FIRMS, NO_COMPANY, SUFFIXES, TRADES
from bot.reading.people.introduction_cues import COMPANY_CUES, LOOSE_CUES
from bot.reading.people.introductions import find_introduction
from bot.reading.people.mail_footers import without_footer
from bot.reading.people.name_corrections import corrected_company, corrected_name
from bot.reading.people.name_grammar import Trust, name_evidence
from bot.reading.people.ordinary_words import GRAMMAR, LINKS, ORDINARY, STORY, is_we_form
from bot.reading.people.person_words import CLOSINGS, GREETINGS, TITLES
from bot.reading.people.who import Who, composed, span_text, without_span
from bot.reading.people.word_spans import Phrases, Word, phrase_end, phrase_table, spoken_words, word_spans
from bot.text.normalise import split_phrases, tokens

_MOST_CHARACTERS = 240
_LEAD_INS = phrase_table(
    split_phrases(
        "hi,hello,bonjour,hola,yes,yeah,sure,ok,okay,oh,ah,um,uh,well,so,sorry,of course,just,please,oui,"
        "alors,euh,pardon,desole,ben,et,si,claro,vale,bueno,pues,perdon,perdona,disculpe,eh,right,it s for,"
        "on est,notre boite s appelle,notre entreprise s appelle,notre societe s appelle,"
        "ma boite s appelle,la mia se llama,la nuestra se llama,la mienne s appelle,ours is called,"
        "mine is called,its for,that s,thats,that would be,put,put down,pon,pongan,just put,write,note,mettez,notez,"
        "ponga,pongale,ponle,anota,anote,apunte,es de,es para,the name is,it s called,its called,called,"
        "we trade as,trading as,i own,i run,i m the owner of,i work in,from,at,i work over at,i m over at,"
        "with,company is,empresa es,company,company name,name,i m in,i m here for,it would be,that d be,"
        "chez,on s appelle,ca s appelle,elle s appelle,on travaille chez,on bosse chez,pour,je gere,"
        "je dirige,je tiens,la societe s appelle,l entreprise s appelle,la boite s appelle,la societe,"
        "l entreprise,la boite,de chez,le nom c est,c est pour,societe,entreprise,nous c est,moi c est,"
        "nous travaillons chez,nous travaillons pour,se llama,nos llamamos,la empresa,la compania,empresa,"
        "compania,de la empresa,de,trabajamos en,trabajamos para,soy el dueno de,soy la duena de,somos de,"
        "devenu,devenue,d,del,de la,de los,de las,de l,du,des,formerly,previously,anciennement,autrefois,antiguamente,"
        "anteriormente,aujourd hui,today,these days,desormais,hoy,"
        "tengo,mi negocio,la tienda se llama,el negocio se llama,en,para,estoy en,nuestro negocio es"
    )
)
_MARKERS = phrase_table(
    split_phrases(
        "no wait,wait no,wait,i mean,or rather,actually,scratch that,correction,make that,sorry,now,"
        "now called,non pardon,ah non,enfin,plutot,je veux dire,pardon,maintenant,desormais,devenu,"
        "no mentira,mentira,digo,perdon,mejor dicho,quiero decir,ahora,ahora somos,en realidad,bueno no"
    )
)
"""What follows replaces what was said before."""
_FORMER = phrase_table(
    split_phrases(
        "formerly,previously,used to be,was,were,before,anciennement,autrefois,avant,c etait,on etait,nous etions,"
        "s appelait,on s appelait,antes,antiguamente,anteriormente,era,eramos,nos llamabamos,se llamaba,ex"
    )
)
"""Beside these stands the name they had before."""
_THANKS = frozenset(tokens("thanks thank thx ty cheers ta merci mrc gracias grax"))
_MAY_BEGIN_LOWER = LINKS | frozenset(tokens("help stop merci gracias all every before over up super chez no"))
_VERBS = frozenset(
    tokens(
        "is isn was does doesn won can cant keeps stopped has hasn t est ne marche n plante no se esta "
        "va falla fonctionne deja funciona anda"
    )
)
_SAYS_NOTHING = ORDINARY | LINKS | GREETINGS | TITLES | {word for closing in CLOSINGS for word in closing}
_SHORT_ANSWERS = frozenset(
    split_phrases(
        "no,not,yes,ok,please,pls,help,thanks,thank,merci,gracias,me,i,you,it,non,oui,si,stop,back,skip,"
        "cancel,bonjour,hola,hello,hi,sure,none,nothing,rien,nada,madame,monsieur,svp,favor,idea,know,sais,"
        "se,urgent,urgente"
    )
)
_ARTICLES = frozenset(("the", "la", "le", "el", "les", "l"))
_INDEFINITE = frozenset(("a", "an", "un", "une", "una"))
_ARTICLES_OF_ALL_KINDS = _ARTICLES | _INDEFINITE | {"los", "las", "l"}
_NO_BEGINNING = GRAMMAR | GREETINGS
_NOT_INSIDE = GRAMMAR - LINKS - SUFFIXES
_KINDS = _SAYS_NOTHING | TRADES
_AT_A_TIME = frozenset((("a", "las"), ("a", "la"), ("a", "los")))
_BEFORE_AN_ARTICLE = frozenset(
    tokens("of at in on by for to de en a sur sous dans con help stop save y et and")
)
_FIRM_WORDS = TRADES | SUFFIXES


@dataclass(frozen=True, slots=True)
class _Candidate:
    words: tuple[Word, ...]
    points: int
    is_former: bool = False


def read_company(text: str) -> Who | None:
    """The company that the answer gives, without remarks; None for a story, a question or “no company”."""
    text = without_footer(composed(text).strip())
    words = spoken_words(text)
    if not words or len(text) > _MOST_CHARACTERS or tuple(w.folded for w in words) in NO_COMPANY:
        return None
    if explicit := _explicit(text):
        return explicit
    introduction = find_introduction(text)
    if introduction.name and introduction.company:
        rest = without_span(text, introduction.start, introduction.end)
        return Who(introduction.name, introduction.company, rest)
    parts = clauses(words)
    is_refused = _is_refused(parts)
    is_corrected = 0
    candidates = []
    has_story = False
    for part in parts:
        found = _candidate(part)
        is_corrected += 3 * _has(part, _MARKERS)
        has_story = has_story or (found is None and len(part) > 2 and not is_corrected)
        is_labelled = any(word.folded in GENERIC_FIRMS for word in part)
        if has_story and found is not None and found.points < 2 and not is_labelled:
            continue
        if found is not None and not (is_refused and found.points < 2):
            is_former = _has(part, _FORMER) and not _has(part, _MARKERS)
            candidates.append(_Candidate(found.words, found.points + is_corrected, is_former=is_former))
    if not candidates or (text.endswith("?") and max(c.points for c in candidates) < 3):
        return None
    present = [c for c in candidates if not c.is_former and c.points > 1]
    best = max(present or candidates, key=lambda candidate: candidate.points)
    company = span_text(text, best.words, 0, len(best.words))
    return Who("", company, without_span(text, best.words[0].start, best.words[-1].end))


def _explicit(text: str) -> Who | None:
    """“It’s Ines with an S. Company is Tern Cafe”: the company that is called so, and the name around it."""
    company = corrected_company(text)
    start = text.find(company)
    words = word_spans(company)
    if start < 0 or not words or (name_evidence(words) > 1 and company_evidence(words) < 2):
        return None
    parts = (text[:start], text[start + len(company) :])
    names = [corrected_name(part) or find_introduction(part).name for part in parts]
    return Who(next(filter(None, names), ""), company, without_span(text, start, start + len(company)))


def _is_refused(parts: tuple[tuple[Word, ...], ...]) -> bool:
    for part in parts:
        start = skip_phrases(part, _LEAD_INS)
        if {tuple(w.folded for w in part[at:]) for at in (0, start)} & NO_COMPANY:
            return True
    return False


def _has(part: tuple[Word, ...], phrases: Phrases) -> bool:
    return any(
        phrase_end(part, at, phrases) > at and (at == 0 or not part[at].is_capital) for at in range(len(part))
    )


def _only_thanks(part: tuple[Word, ...]) -> bool:
    """“gracias majos”, but not “Merci Bocuse” or “gracias totales eventos”."""
    at = next((at for at, word in enumerate(part[:3]) if word.folded in _THANKS), -1)
    after = part[at + 1 :]
    return at >= 0 and not any(word.is_capital or word.folded in TRADES for word in after)


def _candidate(part: tuple[Word, ...]) -> _Candidate | None:
    if _only_thanks(part):
        return None
    starts = {skip_phrases(part, _LEAD_INS): False, 0: False} | dict.fromkeys(_after_cues(part), True)
    found = [c for at, is_cued in starts.items() if at < len(part) and (c := _at(part, at, is_cued=is_cued))]
    return max(found, key=lambda candidate: candidate.points, default=None)


def _after_cues(part: tuple[Word, ...]) -> list[int]:
    ends = []
    for at in range(len(part)):
        for phrases in (COMPANY_CUES, LOOSE_CUES, _MARKERS):
            if (end := phrase_end(part, at, phrases)) > at:
                ends.append(skip_phrases(part, _LEAD_INS, end))
    return ends


def _at(part: tuple[Word, ...], at: int, *, is_cued: bool) -> _Candidate | None:
    if not is_cued and _is_lower_story(part[at:]):
        return None
    if _is_lower_name(part[at:]):
        return _Candidate(part[at:], _points(part[at:], is_cued=is_cued))
    start, end = company_span(part, at, Trust.ASKED)
    if end == start:
        return _generic(part, at)
    has_article = start == at + 1 and part[at].folded in _ARTICLES and end == len(part)
    words = part[at if has_article else start : end]
    is_story = not (is_cued or any(w.is_capital for w in words)) and any(
        w.folded in STORY for w in part[end:]
    )
    is_doubtful = company_evidence(words) < 2 or is_story
    if is_doubtful and (_says_nothing(words, part[end:]) or _is_sentence(words, part[end:])):
        return None
    return _Candidate(words, _points(words, is_cued=is_cued))


def _points(words: tuple[Word, ...], *, is_cued: bool) -> int:
    """How sure the words are a company's name; 0 for “the council” or “un hôtel”, which only tell its kind."""
    has_own_word = any(word.is_capital or word.folded not in _KINDS for word in words)
    if words[0].folded in _ARTICLES_OF_ALL_KINDS and not words[0].is_capital and not has_own_word:
        return 0
    if words[0].folded in _INDEFINITE and not words[0].is_capital:
        return 0
    evidence = company_evidence(words)
    return 1 + evidence + any(word.is_capital for word in words) + (is_cued and evidence > 0) * 2


def _says_nothing(words: tuple[Word, ...], after: tuple[Word, ...]) -> bool:
    is_polite = any(word.folded in _SHORT_ANSWERS for word in words)
    is_title_case = (
        (len(words) > 2 or (len(words) == 2 and not is_polite))
        and all(word.is_capital for word in words)
        and not after
    )
    return not is_title_case and all(word.folded in _SAYS_NOTHING for word in words)


def _is_sentence(words: tuple[Word, ...], after: tuple[Word, ...]) -> bool:
    """Whether what follows shows that the words begin a sentence, and are no company."""
    if not after:
        return False
    is_person = len(words) < 2 and name_evidence(words) > 1
    is_verb = after[0].folded in _VERBS or after[0].folded not in GRAMMAR
    return is_person or is_verb or not words[0].is_capital


def _is_lower_name(words: tuple[Word, ...]) -> bool:
    """“au bon accueil”, “no fear climbing”: short, without a verb or pronoun, with a word of its own."""
    if not 1 < len(words) <= 5 or any(word.is_capital for word in words[1:]):
        return False
    folded = [word.folded for word in words]
    has_trade = bool(_FIRM_WORDS.intersection(folded))
    is_plain = folded[0] not in _NO_BEGINNING or folded[0] in _MAY_BEGIN_LOWER
    has_own_word = has_trade or any(word not in _SAYS_NOTHING for word in folded)
    if folded[0] in ("no", "help", "stop", "all") and not has_trade and folded[1:2] != ["at"]:
        return any("&" in word.gap for word in words)
    if words[0].is_capital and not (has_trade or folded[0] in _MAY_BEGIN_LOWER):
        return False
    has_own_word = has_own_word or (folded[0] in ("au", "aux") and len(folded) > 2)
    inner = [w for w in folded[1:] if w in _NOT_INSIDE and len(w) > 1]
    if folded[-1] in LINKS:
        return False
    is_article_only = folded[0] in ("the", "la", "el", "los", "las", "a") and not has_trade
    return is_plain and has_own_word and not inner and not is_article_only


def _is_lower_story(words: tuple[Word, ...]) -> bool:
    """Whether lower-case words read as a sentence: “on ouvre”, “les clients attendent”, “half the team sits”."""
    folded = [word.folded for word in words]
    if len(words) < 2 or any(w.is_capital for w in words[1:]):
        return False
    if folded[0] == "on" or (folded[0] in _ARTICLES_OF_ALL_KINDS and folded[1] in STORY - GENERIC_FIRMS):
        return len(words) > 2
    if folded[0] in _ARTICLES and any(
        a in ("at", "on", "in") or (a, b) in _AT_A_TIME for a, b in pairwise(folded[2:])
    ):
        return True
    has_article = any(
        word in _ARTICLES_OF_ALL_KINDS and before not in _BEFORE_AN_ARTICLE
        for before, word in pairwise(folded)
    )
    return not _FIRM_WORDS.intersection(folded) and (has_article or any(map(is_we_form, folded)))


def _generic(part: tuple[Word, ...], at: int) -> _Candidate | None:
    """“the council”: taken if nothing better follows."""
    words = part[at:]
    folded = [word.folded for word in words]
    has_trade = any(word in TRADES - GENERIC_FIRMS for word in folded)
    has_verb = any(word in GRAMMAR and word not in LINKS for word in folded)
    is_short = 1 < len(words) <= 4 and folded[0] in ("the", "la", "le", "el", "l", "los")
    return _Candidate(words, 0) if has_trade and is_short and not has_verb else None
