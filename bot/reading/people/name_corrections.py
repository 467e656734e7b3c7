"""Finds the new name or company in a correction: “the name is wrong, it’s …”, “la empresa no es X, es Y”."""

import re
from collections.abc import Callable

from bot.reading.people.clauses import clauses
from bot.reading.people.company_grammar import company_evidence, company_span
from bot.reading.people.name_grammar import Trust, name_end, name_evidence
from bot.reading.people.ordinary_words import GRAMMAR, ORDINARY
from bot.reading.people.who import composed, span_text
from bot.reading.people.word_spans import Phrases, Word, phrase_end, phrase_table, word_spans
from bot.text.normalise import is_near, split_phrases, tokens

_MOST_CHARACTERS = 400
_NAME_FIELD = frozenset(("name", "names", "surname", "nom", "prenom", "nombre", "apellido", "apellidos"))
_COMPANY_FIELD = frozenset(
    tokens(
        "company firm business organisation organization employer societe entreprise boite empresa "
        "compania negocio organizacion"
    )
)
_OTHER_NAMES = frozenset(
    tokens(
        "file user domain product app server folder company firm business column field project site "
        "account brand computer router network display host customer client printer"
    )
)
"""“The file name” isn't the writer's."""
_OUR = frozenset(("our", "its", "their", "changed", "trading", "notre", "nuestro", "su"))
"""“We changed our name”: the company’s."""
_NAME_CUES = phrase_table(
    split_phrases(
        "my name is,my name s,my names,my real name is,my surname is,my surname s,my last name is,"
        "my first name is,name should be,name is actually,name is really,name is spelt,name is spelled,"
        "name s spelt,name s spelled,names spelt,i m called,i m actually,im actually,it s spelt,its spelt,"
        "it s spelled,its spelled,it s written,surname is,change my name to,correct my name to,"
        "je m appelle,je mappelle,mon nom est,mon nom c est,mon nom s ecrit,mon prenom est,"
        "mon prenom c est,mon prenom s ecrit,ca s ecrit,cela s ecrit,s ecrit,moi c est,en fait c est,"
        "me llamo,mi nombre es,mi apellido es,mi nombre se escribe,mi apellido se escribe,se escribe,"
        "yo soy,en realidad soy,en realidad me llamo"
    )
)
_VALUE_CUES = phrase_table(
    split_phrases(
        "it s,its,it is,is,s,should be,should read,should say,must be,to,rather,spelt,spelled,written,now,"
        "at,i m,im,i am,i m at,i m with,i m from,i work for,i work at,we re,we are,put,use,make it,"
        "make that,actually,as,we re called,we re now,it s now,it s actually,its actually,is actually,"
        "is now,we re called,into,was,that s,is called,s called,c est,cest,est,en,plutot,mettez,mettre,"
        "mets,devient,s appelle,on s appelle,c est plutot,devrait etre,serait,c est en fait,je suis chez,"
        "on est chez,je travaille chez,nous sommes,par,mais,doit etre,il faut mettre,il faut lire,chez,es,"
        "sino,pon,ponga,ponle,pongale,poner,por,a,seria,debe ser,deberia ser,debe decir,se llama,"
        "nos llamamos,trabajo en,somos,soy de,ahora es,ahora somos,en realidad es,es en realidad,"
        "correcto es,correcta es,bueno es,is spelled,is spelt,s ecrit,se escribe"
    )
)
_BEING_CUES = phrase_table(
    split_phrases(
        "i m,im,i am,i m at,im at,i m with,im with,i m from,i work for,i work at,i moved to,we re,we are,"
        "je suis,je suis chez,on est,on est chez,je travaille chez,nous sommes,soy,soy de,estoy en,somos,"
        "trabajo en,trabajo para"
    )
)
_PUT_CUES = phrase_table(
    split_phrases(
        "put,use,make it,make that,rather put,put down,change it to,mettez plutot,mets plutot,notez plutot,"
        "plutot mettez,changez pour,remplacez par,ponga mejor,pon mejor,ponle mejor,pongale mejor,"
        "mejor ponga,mejor pon,mejor ponle,mejor pongale,cambielo a,cambialo a,cambielo por,cambialo por"
    )
)
_CALLED = frozenset(("called", "named", "appelle", "llama", "be", "read", "say"))
_NEGATED = frozenset(("not", "isn", "isnt", "n", "pas", "no", "never"))
_IS = frozenset(("is", "s", "was", "est", "es"))
_END_WORDS = frozenset(
    tokens(
        "not pas no and et y but mais pero now with without avec sans con sin instead as comme como "
        "please svp por merci gracias thanks spelt spelled rather en au in for ahora maintenant actually "
        "sorry"
    )
)
_BEFORE_A_FIELD = _END_WORDS | frozenset(tokens("the my le mon ma mi la el for pour para of de"))


def corrected_name(text: str) -> str:
    """The writer's new name, if the text corrects it; otherwise empty."""
    words = _words(text)
    field = _name_field(words)
    found = _after(text, words, _NAME_CUES, _read_person) or _by_field(text, words, field, _read_person)
    if not found and (field >= 0 or _company_field(words) < 0):
        found = _contrasted(text, words)
    return _in_full(text, words, found)


def _in_full(text: str, words: tuple[Word, ...], found: str) -> str:
    """“It’s Reyes, not Rey: Ana Reyes”: the clause that says the whole name counts."""
    said = {word.folded for word in words if word.text in found.split()}
    for part in clauses(words) if said else ():
        end = name_end(part, 0)
        if end == len(part) and said < {word.folded for word in part}:
            return span_text(text, part, 0, end)
    return found


def corrected_company(text: str) -> str:
    """The writer's new company, if the text corrects it; otherwise empty."""
    words = _words(text)
    return _by_field(text, words, _company_field(words), _read_firm) or _put_instead(text, words)


_Read = Callable[[tuple[Word, ...], int], tuple[int, int]]


def _words(text: str) -> tuple[Word, ...]:
    return word_spans(composed(text)) if len(text) <= _MOST_CHARACTERS else ()


def _name_field(words: tuple[Word, ...]) -> int:
    """Where the writer's name is spoken of, or -1."""
    for at, word in enumerate(words):
        before = words[at - 1].folded if at else ""
        after = words[at + 1].folded if at + 1 < len(words) else ""
        is_of_thing = word.folded in ("nom", "nombre") and after in ("de", "d", "del", "du")
        is_of_person = (
            is_of_thing and words[at + 2 : at + 3] and words[at + 2].folded in ("famille", "pila", "contacto")
        )
        is_of_firm = before in _OUR or (
            before == "de" and words[at - 2].folded.startswith(("chang", "cambi"))
        )
        is_other = before in _OTHER_NAMES or is_of_firm
        if word.folded in _NAME_FIELD and not is_other and (not is_of_thing or is_of_person):
            return at
    return -1


def _company_field(words: tuple[Word, ...]) -> int:
    """Where the writer's company is spoken of, or -1; “Tern Company” isn't it."""
    for at, word in enumerate(words):
        is_start = at == 0 or re.search(r"[.!?\n]", word.gap) is not None
        is_part = word.is_capital and (not is_start or any(w.is_capital for w in words[at + 1 : at + 2]))
        if word.folded in _COMPANY_FIELD and not is_part:
            return at
    return -1


def _by_field(text: str, words: tuple[Word, ...], field: int, read: _Read) -> str:
    if field < 0:
        return ""
    if found := _before_field(text, words, field, read):
        return found
    if field + 1 < len(words) and ":" in words[field + 1].gap:
        return _value(text, words, field + 1, read)
    return (
        _after(text, words, _VALUE_CUES, read, field)
        or _bare_clause(text, words, field, read)
        or _said_before(text, words, field, read)
    )


def _after(text: str, words: tuple[Word, ...], cues: Phrases, read: _Read, field: int = 0) -> str:
    at = field
    while at < len(words):
        end = phrase_end(words, at, cues)
        while end > at and (more := phrase_end(words, end, _VALUE_CUES)) > end:
            end = more
        is_negated = (at > 0 and _is_negation(words[at - 1])) or _is_past(words, at)
        if end > at and not is_negated and (found := _value(text, words, end, read)):
            return found
        at += 1
    return ""


def _is_past(words: tuple[Word, ...], at: int) -> bool:
    """“je ne suis plus chez …”, “ya no trabajo en …”."""
    before = {word.folded for word in words[max(0, at - 3) : at + 1]}
    return ("plus" in before and bool(before & {"ne", "n"})) or before >= {"ya", "no"}


def _before_field(text: str, words: tuple[Word, ...], field: int, read: _Read) -> str:
    """“Put Harrow LLP as the company”, “pon Lurra como empresa”."""
    for at in range(max(0, field - 10), field):
        end = phrase_end(words, at, _VALUE_CUES)
        if end == at or words[at].folded in ("is", "est", "es", "a", "s", "en") or _is_past(words, at):
            continue
        start, stop = read(words, end)
        between = words[stop : field + 1]
        is_other = any(re.search(r"[.!?\n]", w.gap) or w.folded in ("and", "et", "y") for w in between)
        if stop > start and not is_other and {w.folded for w in between[:-1]} <= _BEFORE_A_FIELD:
            return span_text(text, words, start, stop) if stop < field else ""
    return ""


def _said_before(text: str, words: tuple[Word, ...], field: int, read: _Read) -> str:
    """“I’m at Ember & Oak now, wrong company”."""
    for at in range(field):
        end = phrase_end(words, at, _BEING_CUES)
        start, stop = read(words[:field], end) if end > at and not _is_past(words, at) else (end, end)
        if stop > start and words[start].is_capital:
            return span_text(text, words, start, stop)
    return ""


def _put_instead(text: str, words: tuple[Word, ...]) -> str:
    """“Ponga mejor Talleres Soto”: plainly a company, put in the place of what we noted."""
    for at in range(len(words)):
        end = phrase_end(words, at, _PUT_CUES)
        start, stop = _read_firm(words, end) if end > at else (at, at)
        is_instead = stop < len(words) and words[stop].folded == "instead"
        is_cued = end - at > 1 or is_instead
        if stop > start and is_cued and company_evidence(words[start:stop]) > 1:
            return span_text(text, words, start, stop)
    return ""


def _bare_clause(text: str, words: tuple[Word, ...], field: int, read: _Read) -> str:
    """“Wrong company: Ember & Oak”: the clause after it is only the value."""
    for part in clauses(words[field + 1 :]):
        start, stop = read(part, 0)
        if stop == len(part) and any(word.is_capital for word in part[start:]) and stop > start:
            return span_text(text, part, start, stop)
    return ""


def _value(text: str, words: tuple[Word, ...], at: int, read: _Read) -> str:
    if at >= len(words) or _is_negation(words[at]) or re.search(r"[.!?\n]", words[at].gap):
        return ""
    start, stop = read(words, at)
    return span_text(text, words, start, stop)


def _is_negation(word: Word) -> bool:
    return word.folded in _NEGATED and not word.is_capital


def _read_person(words: tuple[Word, ...], at: int) -> tuple[int, int]:
    end = name_end(words, at, Trust.ASKED)
    while end > at and words[end - 1].folded in _END_WORDS and not words[end - 1].is_capital:
        end -= 1
    is_ended = end == len(words) or not words[end].follows_plainly or words[end].folded in _END_WORDS
    is_sure = end > at and (words[at].is_capital or name_evidence(words[at:end]) > 0 or end - at < 3)
    return (at, end) if is_sure and is_ended and words[at].folded not in GRAMMAR else (at, at)


def _read_firm(words: tuple[Word, ...], at: int) -> tuple[int, int]:
    start, end = company_span(words, at, Trust.ASKED)
    while end > start and words[end - 1].folded in _END_WORDS and not words[end - 1].is_capital:
        end -= 1
    firm = words[start:end]
    is_ordinary = all(word.folded in ORDINARY for word in firm) and company_evidence(firm) < 2
    is_ended = end == len(words) or not words[end].follows_plainly or words[end].folded in _END_WORDS
    is_called = words[at - 1].folded in _CALLED or (at > 1 and words[at - 2].folded == "c")
    is_doubtful = not any(w.is_capital for w in firm) and company_evidence(firm) < 1 and not is_called
    return (start, end) if firm and is_ended and not is_ordinary and not is_doubtful else (at, at)


def _contrasted(text: str, words: tuple[Word, ...]) -> str:
    """“Zoë, not Zoe”, “Karin with a K”: two spellings of one name, or one with its letter."""
    for at, word in enumerate(words):
        is_inside = word.is_capital and at > 0 and word.follows_plainly and word.folded not in GRAMMAR
        if not (word.is_capital or name_evidence((word,)) > 0) or (word.folded in ORDINARY and not is_inside):
            continue
        end = name_end(words, at, Trust.GUESS)
        if end == at and not is_inside:
            continue
        end = max(end, at + 1)
        after = [w.folded for w in words[end : end + 4]]
        is_hinted = len(after) > 1 and after[0] in ("with", "avec", "con", "without", "sans", "sin")
        if (
            is_hinted
            and len(after) > 1
            and (len(after[1]) < 2 or (len(after) > 2 and len(after[2].rstrip("s")) < 2))
        ):
            return span_text(text, words, at, end)
        others = words[end : end + 6]
        if (
            after[:1]
            and after[0] in ("not", "pas", "no", "and", "et", "y", "instead")
            and any(is_near(w.folded, word.folded) and w.text != word.text for w in others)
        ):
            return span_text(text, words, at, end)
    return ""
