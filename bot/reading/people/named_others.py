"""Finds whom the answer names in the writer's place: “put it under my manager Faith Moyo”."""

from bot.reading.people.name_grammar import Trust, name_end, name_evidence
from bot.reading.people.person_words import DEPARTMENTS, JOBS
from bot.reading.people.who import Who, span_text, without_span
from bot.reading.people.word_spans import Word, spoken_words
from bot.text.normalise import tokens

_PUT = frozenset(
    tokens(
        "put use write note place book file log register make under name better rather mettez mets mettre notez note "
        "inscrivez inscris marquez enregistrez nom plutot ponga pon ponlo pongalo ponle pongale poner apunte apunta "
        "anote anota registre registra nombre mejor"
    )
)
_BETWEEN = frozenset(
    tokens(
        "it this that everything under in the name of down as for to out rather better instead please should be go is "
        "plutot ca le la l au a nom de du d sous ce dossier tout svp en el lo todo mejor nombre por favor con"
    )
)
_MOST_BETWEEN = 7
_WHOSE = frozenset(tokens("my our the ma mon notre la le l mi nuestra nuestro el"))
_RELATIONS = (
    JOBS
    | DEPARTMENTS
    | frozenset(
        tokens(
            "boss colleague coworker wife husband son daughter brother sister mother father mum dad supervisor line "
            "team deputy collegue patron patronne femme mari fils fille frere soeur mere pere associe copain copine "
            "superieur superieure remplacante remplacant companero companera colega esposa esposo marido mujer hijo "
            "hija hermano hermana madre padre socio socia jefa jefe patron patrona encargada suegra suegro "
            "de of s name nom"
        )
    )
)
_MOST_RELATIONS = 4
_COPIES = frozenset(("copy", "cc", "copie", "copia"))


def named_other(text: str) -> Who | None:
    """The person, with a capital or a common first name, whom the writer wants noted."""
    words = spoken_words(text)
    for at, word in enumerate(words):
        if word.folded not in _PUT:
            continue
        start = _past_relation(words, at + 1)
        end = name_end(words, start, Trust.ASKED) if start > at + 1 else start
        if start == at + 1:
            start = next((n for n in range(start, len(words)) if words[n].folded not in _BETWEEN), start)
            end = name_end(words, start, Trust.ASKED)
            end = end if _past_relation(words, end) > end else start
        name = words[start:end]
        is_name = bool(name) and (name[0].is_capital or name_evidence(name) > 0)
        if is_name and _COPIES.isdisjoint(w.folded for w in words[end : end + 3]):
            return Who(span_text(text, words, start, end), rest=without_span(text, word.start, name[-1].end))
    return None


def _past_relation(words: tuple[Word, ...], at: int) -> int:
    """Past “it under my manager”; `at` if there's no “my manager”."""
    for whose in range(at, min(len(words), at + _MOST_BETWEEN)):
        end = whose + 1
        while end < len(words) and end - whose <= _MOST_RELATIONS and words[end].folded in _RELATIONS:
            end += 1
        if words[whose].folded in _WHOSE and end > whose + 1:
            return end
        if words[whose].folded not in _BETWEEN:
            break
    return at
