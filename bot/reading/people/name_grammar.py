"""Where a person's name ends, and how sure a stretch of words is a name."""

import re
from enum import IntEnum

from bot.reading.people.company_words import ORGANISATIONS, PRODUCTS, SUFFIXES, TRADES
from bot.reading.people.first_names import AMBIGUOUS_NAMES, FIRST_NAMES
from bot.reading.people.ordinary_words import GRAMMAR, ORDINARY
from bot.reading.people.person_words import (
    DAYS,
    DE_LA_SURNAMES,
    DE_SURNAMES,
    DEPARTMENTS,
    FILLERS,
    FRENCH_STARTS,
    GREETINGS,
    JOBS,
    NATIONALITIES,
    PARTICLES,
    SPOKEN_TITLES,
    TITLES,
)
from bot.reading.people.word_spans import Word

_MOST_PARTS = 6
_OTHER_NOUNS = DAYS | NATIONALITIES | PRODUCTS | GREETINGS | FILLERS | JOBS | DEPARTMENTS
_LOWER_PARTICLES = frozenset(("van", "von", "bin", "ben", "da", "dos", "mac", "mc", "o", "d"))
_DE = frozenset(("de", "del", "d", "du", "des"))
_JOINS = frozenset(("y", "e", "i"))
_AFTER_INITIAL = re.compile(r"\.?[ \t]*")


_NOT_A_NAME = ORDINARY | _OTHER_NOUNS
_NOT_AFTER_A_PARTICLE = TRADES | SUFFIXES | ORGANISATIONS
_NOT_A_SURNAME = JOBS | DEPARTMENTS | DAYS
_ARTICLES = frozenset(("el", "la", "le", "las", "los", "al", "y", "i", "e", "o", "du", "des", "te"))
_ARTICLES_FIRST = frozenset(("la", "las", "los", "el"))
_NEVER_A_NAME = GRAMMAR | GREETINGS | FILLERS
_THANKS = frozenset(("thanks", "merci", "gracias"))
_MAY_FOLLOW = ORDINARY | {"calling", "w"}


class Trust(IntEnum):
    """How much speaks for a name before its words are looked at."""

    GUESS = 0
    """Only the words themselves."""
    CUED = 1
    """“My name is” stands before it."""
    ASKED = 2
    """We asked for it."""


def name_end(words: tuple[Word, ...], at: int, trust: Trust = Trust.GUESS) -> int:
    """Where the name that begins at this word ends, or `at` if none does."""
    start = _skip_titles(words, at)
    if start >= len(words) or not _can_begin(words, start, trust, has_title=start > at):
        return at
    end = start + 1
    while end < len(words) and end - start < _MOST_PARTS:
        part_end = _part_end(words, start, end, trust)
        if part_end == end:
            break
        end = part_end
    return at if _is_possessive(words, end) else end


def name_evidence(words: tuple[Word, ...]) -> int:
    """How sure it is that these words, which may be a name, are one: 0 for a single unknown word."""
    if not words:
        return 0
    bare = words[_skip_titles(words, 0) :]
    points = 2 if len(bare) < len(words) else 0
    if bare[0].folded in FIRST_NAMES and (bare[0].is_capital or bare[0].folded not in AMBIGUOUS_NAMES):
        points += 2
    if len(bare) > 1 and bare[-1].is_initial:
        points += 2
    return points + (len(bare) > 1 and all(w.is_capital or w.folded in PARTICLES for w in bare))


def is_first_name(word: Word) -> bool:
    """Whether it's a common first name, and not a lower-case word that is also one."""
    return word.folded in FIRST_NAMES and (word.is_capital or word.folded not in AMBIGUOUS_NAMES)


def is_unknown(word: Word) -> bool:
    """Whether it's neither an ordinary word nor a job, day, product or greeting, so that it may be a name."""
    return not any(char.isdigit() for char in word.text) and word.folded not in _NOT_A_NAME


def _skip_titles(words: tuple[Word, ...], at: int) -> int:
    end = at
    while end < len(words) and words[end].folded in TITLES and (end == at or _joins(words, end)):
        if words[end].folded in SPOKEN_TITLES and not words[end].is_capital:
            break
        if words[end].is_initial and not words[end + 1 : end + 2]:
            break
        end += 1
    return end if end < len(words) and (end == at or _joins(words, end)) else at


def _can_begin(words: tuple[Word, ...], at: int, trust: Trust, *, has_title: bool) -> bool:
    word = words[at]
    if word.is_initial:
        following = words[at + 1 : at + 2]
        is_joined = bool(following) and _joins(words, at + 1) and following[0].is_capital
        return word.is_capital and (is_joined or (has_title and not following and word.gap.strip() in ".."))
    if is_first_name(word):
        return True
    if word.folded in PARTICLES and (
        word.is_capital or (trust == Trust.ASKED and word.folded not in _ARTICLES)
    ):
        return _part_end(words, at, at + 1, trust) > at + 1 and is_unknown_or_known(words[at + 1])
    if not is_unknown(word):
        if has_title and word.is_capital and (word.folded not in GRAMMAR or trust == Trust.ASKED):
            return True
        is_first_name_too = word.folded in FIRST_NAMES and word.folded not in GRAMMAR
        return (is_first_name_too and (has_title or trust > Trust.GUESS)) or (
            trust == Trust.ASKED and _is_name_all_the_same(words, at)
        )
    return word.is_capital or trust > Trust.GUESS or has_title


def _is_name_all_the_same(words: tuple[Word, ...], at: int) -> bool:
    """“Will”, “Long Nguyen”: an ordinary word where a name was asked for."""
    if words[at].folded in FIRST_NAMES:
        return True
    following = words[at + 1] if at + 1 < len(words) and _joins(words, at + 1) else None
    if following and following.is_initial and following.is_capital and words[at].is_capital:
        return True
    if following is None or not following.is_capital or not is_unknown(following):
        return False
    is_new = following.folded not in FIRST_NAMES | TITLES
    is_thanks = words[at].folded in _THANKS and is_new and at == 0 and _is_last(words, 1)  # “Merci Lukoki”
    return words[at].is_capital and (words[at].folded not in _NEVER_A_NAME or is_thanks)


def is_unknown_or_known(word: Word) -> bool:
    """Whether it may be a part of a name."""
    return is_unknown(word) or word.folded in FIRST_NAMES


def _part_end(words: tuple[Word, ...], start: int, at: int, trust: Trust) -> int:
    """Where the next part of the name that began at `start` ends, or `at` if the name is over."""
    if at >= len(words) or not _joins(words, at) or any(char.isdigit() for char in words[at].text):
        return at
    word = words[at]
    is_particle = word.folded in PARTICLES and not word.is_initial
    if is_particle and (end := _after_particles(words, start, at, trust)) > at:
        return end
    if word.is_initial:
        return _after_initial(words, start, at)
    if word.is_capital:
        return at + (not _ends_a_name(words, at, trust))
    return at + _is_lower_part(words, start, at, trust)


def _after_particles(words: tuple[Word, ...], start: int, at: int, trust: Trust) -> int:
    end = at
    while end < len(words) and end - at < 2 and words[end].folded in PARTICLES and _joins(words, end):
        end += 1
    if end >= len(words) or not _joins(words, end) or words[end].folded in _NOT_AFTER_A_PARTICLE:
        return at
    last, folded = words[end], [word.folded for word in words[at:end]]
    if folded[0] in _ARTICLES_FIRST and not words[at].is_capital:
        return at
    if folded[0] in _JOINS:
        is_pair = last.folded in FIRST_NAMES or at - start < 2
        return at if is_pair or not last.is_capital else end + 1
    if folded[0] in _DE and not words[at].is_capital:
        has_article = len(folded) > 1 or folded[0] in ("du", "des", "del")
        is_known = last.folded in (DE_LA_SURNAMES if has_article and last.is_capital else DE_SURNAMES)
        is_known = is_known or (last.folded in FIRST_NAMES and folded[0] == "del")
        continues = trust == Trust.ASKED or (len(folded) > 1 and not _is_french(words, start))
        is_part = is_known or (has_article and continues and last.is_capital)
        return end + 1 if is_part else at
    is_small = folded[0] in _LOWER_PARTICLES or (folded[0] == "le" and trust > Trust.GUESS)
    is_part = last.is_capital or (is_small and is_unknown(last))
    return end + 1 if is_part else at


def _is_french(words: tuple[Word, ...], at: int) -> bool:
    return any(word.folded in FRENCH_STARTS for word in words[max(0, at - 4) : at])


def _after_initial(words: tuple[Word, ...], start: int, at: int) -> int:
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else None
    if following and following.gap in ("'", "’"):
        if word.folded in ("o", "d", "n", "l") and (word.is_capital or word.folded == "o"):
            return at + 2
        return at
    if word.gap in ("'", "’"):
        return at
    if word.is_capital:
        is_pronoun = word.text == "I" and following is not None and following.gap == " "
        return at if is_pronoun and following and following.folded in GRAMMAR else at + 1
    if word.folded == "d" and following and following.follows_plainly and _is_own_word(following):
        is_surname = following.folded in DE_SURNAMES and following.folded not in _ARTICLES
        return at + 2 if is_surname else at  # “soy ana d frioandes”
    is_letter = word.folded in "bcdfghjklmnpqrstvwxz" and not words[start].is_capital
    return at + 1 if is_letter and not (following and following.gap in ("'", "’")) else at


def _is_own_word(word: Word) -> bool:
    return word.folded in TRADES or word.folded in ("la", "el", "los", "las") or word.folded not in ORDINARY


def _ends_a_name(words: tuple[Word, ...], at: int, trust: Trust) -> bool:
    """Whether this capitalised word belongs to what follows the name."""
    word = words[at]
    if "." in word.gap and word.folded in ORDINARY:
        return True
    if word.folded in FIRST_NAMES:
        return False
    if trust < Trust.ASKED and word.folded in _NOT_A_SURNAME:
        return True
    return word.folded in GRAMMAR and not (trust == Trust.ASKED and _is_last(words, at))


def _is_lower_part(words: tuple[Word, ...], start: int, at: int, trust: Trust) -> bool:
    word = words[at]
    if words[start].is_capital and trust < Trust.ASKED:
        return "-" in word.gap
    if not is_unknown(word) and not is_first_name(word):
        return trust == Trust.ASKED and _is_last(words, at) and word.folded not in GRAMMAR and at == start + 1
    return trust == Trust.ASKED or _is_last(words, at) or words[at + 1].folded in _MAY_FOLLOW


def _is_last(words: tuple[Word, ...], at: int) -> bool:
    return at + 1 == len(words) or re.search(r"[^\s’'-]", words[at + 1].gap) is not None


def _is_possessive(words: tuple[Word, ...], end: int) -> bool:
    is_s = end < len(words) and words[end].folded == "s" and words[end].gap in ("'", "’")
    return is_s and [word.folded for word in words[end + 1 : end + 3]] != ["my", "name"]


def _joins(words: tuple[Word, ...], at: int) -> bool:
    """Whether this word may belong to the same name as the one before."""
    before = words[at - 1]
    if words[at].follows_plainly:
        return "\n" not in words[at].gap
    return (before.is_initial or before.folded in TITLES) and _AFTER_INITIAL.fullmatch(
        words[at].gap
    ) is not None
