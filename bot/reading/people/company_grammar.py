"""Where a company's name begins and ends, and how sure a stretch of words is one."""

import re

from bot.reading.people.company_words import (
    CHAINS,
    GENERIC_FIRMS,
    INSTITUTIONS,
    KINDS_OF_INSTITUTIONS,
    PLACES,
    PLAIN_TRADES,
    PRODUCTS,
    SUFFIXES,
    TRADES,
)
from bot.reading.people.first_names import FIRST_NAMES
from bot.reading.people.name_grammar import Trust
from bot.reading.people.ordinary_words import GRAMMAR, LINKS, ORDINARY, STORY
from bot.reading.people.person_words import DAYS, DEPARTMENTS, FILLERS, JOBS, NATIONALITIES
from bot.reading.people.word_spans import Word

_ARTICLES = frozenset(("the", "le", "la", "les", "l", "el", "los", "las"))
_ONLY_IN_ANSWERS = frozenset(("at", "for", "to", "in", "on", "by", "sur", "en", "con", "die", "n"))
_MOST_WORDS = 8
_MOST_LOWER_WORDS = 5
_INSIDE = re.compile(r"[ \t]*|[’'‘`´.\-–/]|[ \t]*[&+][ \t]*")
_ABBREVIATION = re.compile(r"\.[ \t]+")
_NOT_FIRMS = DAYS | NATIONALITIES | FILLERS
_NEVER_FIRMS = _NOT_FIRMS | DEPARTMENTS | JOBS | LINKS | PRODUCTS
_ORDINARY_OR_PRODUCT = ORDINARY | PRODUCTS
_NEVER_ALONE = TRADES | GENERIC_FIRMS | ORDINARY
_FIRM_WORDS = TRADES | SUFFIXES
_NO_OWN_NAME = ORDINARY | TRADES | LINKS | KINDS_OF_INSTITUTIONS | DEPARTMENTS | INSTITUTIONS
_FIRM_NOUNS = SUFFIXES | (TRADES - STORY)


def company_span(words: tuple[Word, ...], at: int, trust: Trust = Trust.GUESS) -> tuple[int, int]:
    """Where the company's name that is named here begins and ends; empty if none is."""
    start = _skip_article(words, at)
    if start >= len(words) or words[start].folded in ("i", "im"):
        return at, at
    end = _capital_end(words, start, trust) if _begins_in_capitals(words, start, trust) else start
    if end == start:
        end = _lower_end(words, start, trust)
    return (start, end) if end > start and not _is_no_firm(words[start:end]) else (at, at)


def institution_span(words: tuple[Word, ...], at: int) -> tuple[int, int]:
    """Where “mairie de Plouvan” or “parish council of Little Marsh” begins and ends; empty without its own name."""
    start, end = company_span(words, at, Trust.CUED)
    span = words[start:end]
    is_one = any(w.folded in INSTITUTIONS for w in span[:2]) and not (span and span[0].is_capital)
    is_named = any(w.folded not in _NO_OWN_NAME for w in span)
    return (start, end) if is_one and is_named else (at, at)


def company_evidence(words: tuple[Word, ...]) -> int:
    """How sure it is that these words, which may be a company's name, are one."""
    if not words:
        return 0
    folded = [word.folded for word in words]
    has_capital = any(word.is_capital for word in words)
    is_sure_trade = any(w in TRADES and (has_capital or w not in PLAIN_TRADES) for w in folded)
    points = 2 if len(words) > 1 and (is_sure_trade or any(w in SUFFIXES for w in folded[1:])) else 0
    points += any("&" in word.gap or "+" in word.gap for word in words[1:])
    points += len(words) > 1 and sum(word.is_capital for word in words) > 1
    return points + any(word.is_capital and word.text.isupper() and len(word.text) > 1 for word in words)


def _skip_article(words: tuple[Word, ...], at: int) -> int:
    """After “the company”; at the capital after an article; at the trade in “la mairie de”."""
    if at + 1 >= len(words):
        return at
    if words[at].folded in GENERIC_FIRMS and not words[at].is_capital and words[at + 1].follows_plainly:
        return _skip_called(words, at + 1)
    if words[at].folded in _ARTICLES and not words[at].is_capital and words[at + 1].follows_plainly:
        following = words[at + 1]
        if following.folded in GENERIC_FIRMS and not following.is_capital and at + 2 < len(words):
            return _skip_called(words, at + 2)
        if following.is_capital or following.folded in _FIRM_WORDS or _kind_end(words, at + 1) > at + 1:
            return at + 1
    return at


def _skip_called(words: tuple[Word, ...], at: int) -> int:
    called = ("called", "named", "is", "est", "es", "que", "se", "appelle", "llama", "llamada", "s")
    while at + 1 < len(words) and words[at].folded in called and not words[at].is_capital:
        at += 1
    return at


def _begins_in_capitals(words: tuple[Word, ...], at: int, trust: Trust) -> bool:
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else None
    if word.text[0].isdigit():
        return following is not None and following.is_capital and _joins(words, at + 1)
    if (end := _kind_end(words, at)) > at and not word.is_capital:
        return _links_on(words, end) > end or (
            end < len(words) and words[end].is_capital and _joins(words, end)
        )
    if word.folded in GRAMMAR:
        is_asked = trust == Trust.ASKED or (trust == Trust.CUED and word.is_initial)
        if is_asked and word.is_capital and _links_on(words, at + 1, trust) > at + 1:
            return True
        return word.is_capital and following is not None and following.is_capital and _joins(words, at + 1)
    return word.is_capital


def _kind_end(words: tuple[Word, ...], at: int) -> int:
    """Where the kind of firm that begins here ends: “mairie”, “parish council”."""
    is_kind_of = words[at].folded in KINDS_OF_INSTITUTIONS and words[at + 1 : at + 2]
    if is_kind_of and words[at + 1].folded in INSTITUTIONS and words[at + 1].follows_plainly:
        return at + 2
    return at + (words[at].folded in _FIRM_WORDS)


def _capital_end(words: tuple[Word, ...], start: int, trust: Trust) -> int:
    end = max(start + 1, _kind_end(words, start))
    while end < len(words) and end - start < _MOST_WORDS:
        word = words[end]
        if word.folded in SUFFIXES and re.fullmatch(r"[,.]?[ \t]*", word.gap) and len(word.folded) > 2:
            end += 1
            continue
        if not _joins(words, end):
            break
        if trust < Trust.ASKED and _is_branch(words, start, end):
            break
        if (linked := _links_on(words, end, trust)) > end and not word.is_capital:
            end = linked
        elif _continues(words, start, end):
            end += 1
        else:
            break
    return end


def _is_branch(words: tuple[Word, ...], start: int, at: int) -> bool:
    """“Super U | de Plouha”, “Carrefour | de Lannion”."""
    before = words[at - 1]
    is_chain = before.folded in CHAINS or (before.is_initial and at - start > 1 and before.gap == " ")
    return is_chain and words[at].folded in ("de", "d", "of") and not words[at].is_capital


def _continues(words: tuple[Word, ...], start: int, at: int) -> bool:
    word = words[at]
    if word.gap in ("'", "’") and word.folded == "s":
        return True
    if not word.is_capital:
        is_trade = word.folded in SUFFIXES or (word.folded in TRADES and word.folded not in STORY)
        return is_trade or word.text[0].isdigit() or "&" in word.gap or "+" in word.gap or word.gap in ".-’'"
    if word.folded not in GRAMMAR or (word.folded in SUFFIXES and word.text.isupper() and len(word.text) > 1):
        return True
    following = words[at + 1] if at + 1 < len(words) and words[at + 1].follows_plainly else None
    if word.is_initial:
        return word.text != "I" or following is None or following.is_capital
    return following.is_capital if following else word.folded not in ("i", "it", "we", "je", "il", "yo")


def _links_on(words: tuple[Word, ...], at: int, trust: Trust = Trust.GUESS) -> int:
    """The end of “del Valle”, “of Hope”, “et Fils”: small words and the part they lead to."""
    end = at
    while end < len(words) and end - at < 2 and _is_link(words[end]) and _joins(words, end):
        if trust < Trust.ASKED and words[end].folded in _ONLY_IN_ANSWERS:
            return at
        end += 1
    if end == at or end >= len(words) or not _joins(words, end):
        return at
    last = words[end]
    is_last = end + 1 == len(words) or not words[end + 1].follows_plainly
    is_part = last.is_capital and (last.folded not in GRAMMAR or is_last)
    return end + 1 if is_part or last.folded in _FIRM_NOUNS else at


def _is_link(word: Word) -> bool:
    return word.folded in LINKS and not word.is_capital


def _lower_end(words: tuple[Word, ...], start: int, trust: Trust) -> int:
    if trust == Trust.GUESS:
        return start
    end = start
    while end < len(words) and end - start < _MOST_LOWER_WORDS:
        if end > start and not _joins(words, end):
            break
        if words[end].folded in LINKS and end > start:
            end_of_link = _lower_link_end(words, start, end, trust)
            if end_of_link == end:
                break
            end = end_of_link
        elif _is_lower_part(words, end):
            end += 1
        else:
            break
    return end


def _is_lower_part(words: tuple[Word, ...], at: int) -> bool:
    word = words[at]
    if word.gap in ("'", "’") and word.folded == "s":
        return True
    if word.folded in _FIRM_WORDS and word.folded not in STORY:
        return True
    if word.folded in ("don", "dona") and at > 0 and words[at - 1].folded in _FIRM_WORDS:
        return True  # “pizzería don beto”
    if word.is_initial and words[at + 1 : at + 2] and words[at + 1].folded in _FIRM_WORDS:
        return word.folded not in ("a", "i", "y", "o")  # “m fencing”
    return word.folded not in ORDINARY and word.folded not in _NOT_FIRMS


def _lower_link_end(words: tuple[Word, ...], start: int, at: int, trust: Trust) -> int:
    is_inside = at == start + 1 and words[start].folded in _FIRM_WORDS  # “papelería el faro”
    if (words[at].folded in _ARTICLES and not words[at].is_capital and not is_inside) or (
        trust < Trust.ASKED and words[at].folded in _ONLY_IN_ANSWERS
    ):
        return at  # “… from tern kennels the gate is stuck”
    if words[at].folded == "del" and words[at + 1 : at + 2] and words[at + 1].folded in ("sur", "este"):
        return at + 2
    end = at
    while end < len(words) and end - at < 2 and words[end].folded in LINKS and _joins(words, end):
        end += 1
    is_part = end < len(words) and _joins(words, end) and words[end].folded not in _ORDINARY_OR_PRODUCT
    return end + 1 if is_part else at


def _is_no_firm(words: tuple[Word, ...]) -> bool:
    folded = [word.folded for word in words]
    if all(w in _NEVER_FIRMS for w in folded):
        return True
    if words[0].text[0].isdigit() and not any(word.is_capital for word in words):
        return True
    if len(words) == 1 and (folded[0] in _NEVER_ALONE or len(folded[0]) < 2):
        return True
    return " ".join(folded) in PLACES or (
        len(words) == 1 and folded[0] in FIRST_NAMES and not words[0].is_capital
    )


def _joins(words: tuple[Word, ...], at: int) -> bool:
    """Whether this word may belong to the same name as the one before."""
    before = words[at - 1]
    if _INSIDE.fullmatch(words[at].gap):
        return True
    is_first_initial = before.is_initial and (
        at < 2 or before.gap.strip() != "" or not words[at - 2].is_capital
    )
    is_abbreviation = before.folded in ("ets", "st", "ste", "mt", "ft", "dr") or is_first_initial
    is_joined = is_abbreviation and _ABBREVIATION.fullmatch(words[at].gap) is not None
    return is_joined and (words[at].is_capital or (before.is_initial and words[at].folded == "de"))
