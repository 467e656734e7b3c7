"""Where sentences, clauses and fields begin and end around a name, and what may stand in between."""

import re
from itertools import pairwise

from bot.reading.people.first_names import FIRST_NAMES
from bot.reading.people.introduction_cues import CONNECTORS
from bot.reading.people.person_words import DEPARTMENTS, FILLERS, GREETINGS, HELLO_STARTS, JOBS
from bot.reading.people.word_spans import Word, phrase_end

_JOB_NOUNS = JOBS | DEPARTMENTS
_JOB_PHRASE = _JOB_NOUNS | {"the", "a", "an", "la", "le", "el", "l", "de", "of"}
_BEFORE_AN_OPENING = GREETINGS | FILLERS
SENTENCE_BREAK = re.compile(r"[.!?…\n]|[–—]|\s-\s|[\U0001f000-\U0001faff\u2600-\u27bf]")
FIELD_BREAK = re.compile(r"[.!?…;,\n|•·/()@:]|[–—]|\s-\s|^-|[\U0001f000-\U0001faff\u2600-\u27bf]")
_BREAK = re.compile(r"[.!?…,;]|\n")
_END = re.compile(r"[^\s’'&-]|\n")


def skip_job(words: tuple[Word, ...], at: int) -> int:
    """“the office manager”, “gérante”: only if a company follows it."""
    end = at
    while end < len(words) and end - at < 5 and not SENTENCE_BREAK.search(words[end].gap):
        if words[end].folded not in _JOB_PHRASE:
            break
        end += 1
    while end > at and words[end - 1].folded in ("de", "of", "la", "le", "el", "l", "the"):
        end -= 1
    return end if any(w.folded in _JOB_NOUNS for w in words[at:end]) and end < len(words) else at


def skip_fillers(words: tuple[Word, ...], at: int) -> int:
    """Past “uh” and the like."""
    while at < len(words) and words[at].folded in FILLERS and not words[at].is_capital:
        if words[at].folded in FIRST_NAMES and phrase_end(words, at + 1, CONNECTORS) > at + 1:
            break  # “im ben from …”, but “c’est ben Luc”
        at += 1
    return at


def is_opening(words: tuple[Word, ...], at: int) -> bool:
    """Whether a sentence begins here, perhaps after a greeting."""
    if at == 0 or SENTENCE_BREAK.search(words[at].gap):
        return True
    start = at - 1
    while (
        start > 0
        and words[start].folded in _BEFORE_AN_OPENING
        and not SENTENCE_BREAK.search(words[start].gap)
    ):
        start -= 1
    return words[start].folded in HELLO_STARTS and all(
        w.folded in _BEFORE_AN_OPENING for w in words[start:at]
    )


def is_clause(words: tuple[Word, ...], at: int) -> bool:
    """Whether a clause begins here."""
    return words[at].gap.strip() in (",", ":", ";", ")")


def is_end(words: tuple[Word, ...], at: int) -> bool:
    """Whether punctuation, or the end of the text, follows."""
    return at >= len(words) or _END.search(words[at].gap) is not None


def breaks(word: Word) -> bool:
    """Whether a mark stands before the word."""
    return _BREAK.search(word.gap) is not None


def signature_fields(words: tuple[Word, ...], at: int) -> list[tuple[int, int]]:
    """From where to where each field of a signature goes."""
    starts = [n for n in range(at, len(words)) if n == at or FIELD_BREAK.search(words[n].gap)]
    return list(pairwise([*starts, len(words)]))


def ends_field(words: tuple[Word, ...], at: int) -> bool:
    """Whether a field ends before this word."""
    return at >= len(words) or FIELD_BREAK.search(words[at].gap) is not None


def gap_before(words: tuple[Word, ...], at: int) -> str:
    """What stands between this word and the one before; a full stop after the last."""
    return words[at].gap if at < len(words) else "."
