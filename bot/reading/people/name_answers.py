"""Reads the answer to “What’s your name?”: any name, also one that looks like an ordinary word or a command."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.reading.people.clauses import clauses, skip_phrases
from bot.reading.people.company_grammar import company_evidence, company_span
from bot.reading.people.find_who import find_who
from bot.reading.people.first_names import FIRST_NAMES
from bot.reading.people.introduction_cues import AFTER_A_NAME, CONNECTORS, NAME_CUES
from bot.reading.people.mail_footers import without_footer
from bot.reading.people.name_answer_phrases import (
    FIRST_NAME_LABELS,
    LEAD_INS,
    OFFICIAL,
    OTHERS,
    REMARKS,
    SURNAME_LABELS,
)
from bot.reading.people.name_grammar import Trust, name_end, name_evidence
from bot.reading.people.named_others import named_other
from bot.reading.people.ordinary_words import ORDINARY
from bot.reading.people.person_words import GREETINGS, PARTICLES, TITLES
from bot.reading.people.spelling import spelled_out, with_spelling
from bot.reading.people.who import Who, composed, span_text, without_span
from bot.reading.people.word_spans import Word, phrase_end, phrase_table, spoken_words

_MOST_CHARACTERS = 240
_SURE_NAMES = FIRST_NAMES | TITLES
_NO_FIRM = ORDINARY | GREETINGS
_OTHER_PEOPLE = frozenset(("people", "everyone", "everybody", "they", "friends", "mates"))
_OF_SURNAME = phrase_table(("de apellido", "de nom", "is my surname", "is the surname", "es mi apellido"))
_BUT = frozenset(("but", "mais", "pero"))


@dataclass(frozen=True, slots=True)
class _Candidate:
    words: tuple[Word, ...]
    is_cued: bool
    company: str = ""
    is_official: bool = False
    """“… well, Nicola really”, “sur les papiers …”."""


def read_name(text: str) -> Who | None:
    """The name that the answer gives, and the company if that too; None if it gives no name."""
    text = without_footer(composed(text).strip())
    if len(text) > _MOST_CHARACTERS:
        return _introduced(text)
    return named_other(text) or _spelled(text) or _read_plain(text)


def _spelled(text: str) -> Who | None:
    """“Caoimhe, C-A-O-I-M-H-E, surname Brady”: the name without the letters, spelled as they say."""
    found = spelled_out(text)
    if found is None:
        return None
    around = (text[: found.start], text[found.end :])
    plain = _read_plain(
        re.sub(r"[\s,:;(–—-]+$", "", around[0]) + (around[1] if around[0] else around[1].strip())
    )
    if plain is not None:
        respelled = with_spelling(plain.name, found.name)
        joined = f"{found.name} {plain.name}" if not around[0].strip() else plain.name
        return replace(plain, name=respelled or joined)
    said = spoken_words(" ".join(around))
    return Who(found.name) if skip_phrases(said, LEAD_INS) == len(said) else None


def _read_plain(text: str) -> Who | None:
    parts = _statements(text)
    if not parts or _is_no_answer(text, parts):
        return _introduced(text)
    if labelled := _first_and_last(text, parts):
        return labelled
    candidates = [found for part in parts if (found := _candidate(text, part)) is not None]
    if not candidates:
        return _introduced(text)
    if not _is_answered_first(parts, candidates[0]) or ("?" in text and _is_weak(candidates[0])):
        return _introduced(text)
    best = _fullest(candidates)
    company = best.company or _next_company(text, parts, best)
    name = span_text(text, best.words, 0, len(best.words))
    after = text.find(company, best.words[-1].end) if company else -1
    end = after + len(company) if after >= 0 else best.words[-1].end
    return Who(name, company, without_span(text, best.words[0].start, end))


def _statements(text: str) -> tuple[tuple[Word, ...], ...]:
    """The clauses, also parted at “but” where another name may follow: “it’s Sam but everyone says Doc B”."""
    found = []
    for part in clauses(spoken_words(text)):
        starts = [at for at in range(1, len(part)) if part[at].folded in _BUT and _names_on(part, at + 1)]
        found += [part[a:b] for a, b in pairwise([0, *starts, len(part)]) if b > a]
    return tuple(found)


def _names_on(part: tuple[Word, ...], at: int) -> bool:
    is_said = any(phrase_end(part, at, phrases) > at for phrases in (NAME_CUES, OTHERS, OFFICIAL))
    return at < len(part) and (is_said or part[at].is_capital)


def _is_no_answer(text: str, parts: tuple[tuple[Word, ...], ...]) -> bool:
    if text.endswith("?") and len(parts) == 1:
        return True
    words = [word for part in parts for word in part]
    if any(
        len(word.text) > 7 and not word.text[0].isascii() and word.text.lower() == word.text.upper()
        for word in words
    ):
        return True
    return "!" in text and len(words) == 1 and words[0].folded == "socorro"


def _introduced(text: str) -> Who | None:
    who = find_who(text)
    return who if who.name else None


def _candidate(text: str, part: tuple[Word, ...]) -> _Candidate | None:
    start = _skip_lead_in(part)
    end = name_end(part, start, Trust.ASKED)
    if end == start:
        return _lone_name(part)
    end = next((at for at in range(start + 1, end) if _is_remark(part, at)), end)
    cues = [at for at in range(start) if phrase_end(part, at, NAME_CUES) > at]
    is_cued = any(part[max(0, at - 1)].folded not in _OTHER_PEOPLE for at in cues)
    return _ended(text, part, _Candidate(part[start:end], is_cued), end)


def _is_remark(part: tuple[Word, ...], at: int) -> bool:
    """“really” in “Nicola really”."""
    is_plain = not part[at].is_capital and part[at].folded not in PARTICLES
    return is_plain and phrase_end(part, at, REMARKS) > at


def _ended(text: str, part: tuple[Word, ...], found: _Candidate, end: int) -> _Candidate | None:
    """The candidate if its clause ends there, or goes on with a company or a remark."""
    if not found.is_cued and _is_phrase(found.words):
        return None
    after = phrase_end(part, end, AFTER_A_NAME)
    is_official = any(phrase_end(part, at, OFFICIAL) > at for at in range(len(part)))
    found = replace(found, is_official=is_official)
    if after == len(part):
        return replace(found, is_cued=found.is_cued or after > end)
    cue = phrase_end(part, after, CONNECTORS)
    span = company_span(part, cue, Trust.CUED) if after < cue < len(part) else (0, 0)
    if span[1] > span[0]:
        return replace(found, is_cued=True, company=span_text(text, part, *span))
    is_remark = phrase_end(part, end, REMARKS) > end and part[end].folded not in FIRST_NAMES
    if is_remark and not found.is_cued and _is_weak(found):
        is_remark = phrase_end(part, end, REMARKS) == len(part) or part[-1].is_initial
    is_remark = is_remark or (len(found.words) > 1 and name_evidence(found.words) > 1)
    return found if found.is_cued or is_remark else None


def _skip_lead_in(part: tuple[Word, ...]) -> int:
    at = 0
    while True:
        end = max(phrase_end(part, at, NAME_CUES), skip_phrases(part, LEAD_INS, at))
        if end == at or (end == len(part) and part[at].is_capital and len(part) == 1):
            return end
        if end == at + 1 and _begins_name(part[at:]):
            return at
        at = end


def _begins_name(words: tuple[Word, ...]) -> bool:
    """“Ben Okri”, but not “Ben Luc”, where it's “well, Luc”."""
    is_name = words[0].is_capital and words[0].folded in FIRST_NAMES
    return is_name and len(words) > 1 and words[1].is_capital and words[1].folded not in FIRST_NAMES


def _lone_name(part: tuple[Word, ...]) -> _Candidate | None:
    is_name = len(part) == 1 and part[0].folded in FIRST_NAMES
    return _Candidate(part, is_cued=False) if is_name else None


def _is_phrase(name: tuple[Word, ...]) -> bool:
    """Three or more lower-case words without a known name among them are a sentence."""
    if any(word.folded in _SURE_NAMES for word in name):
        return False
    lower = [word for word in name if not word.is_capital]
    is_long = len(name) > 2 and not any(word.folded in PARTICLES or word.is_initial for word in name)
    return is_long and len(lower) > 1


def _is_answered_first(parts: tuple[tuple[Word, ...], ...], first: _Candidate) -> bool:
    """A name after a long clause of a story must be plain."""
    before = [part for part in parts if part[0].start < first.words[0].start and first.words[0] not in part]
    is_story = any(len(part) > 3 for part in before)
    return first.is_cued or not is_story or name_evidence(first.words) > 1


def _is_weak(candidate: _Candidate) -> bool:
    return not (candidate.is_cued or candidate.words[0].is_capital or name_evidence(candidate.words))


def _fullest(candidates: list[_Candidate]) -> _Candidate:
    """“Bond, James Bond”: a later candidate that contains the first one is the full name."""
    first = next((candidate for candidate in candidates if candidate.is_cued), candidates[0])
    later = candidates[candidates.index(first) + 1 :]
    first = next((c for c in reversed(later) if c.is_official), first)
    said = {word.folded for word in first.words}
    fuller = [
        c
        for c in later
        if said < {word.folded for word in c.words}
        or (len(c.words) > len(first.words) and _is_short(first, c))
    ]
    return max(fuller, key=lambda c: len(c.words), default=first)


def _is_short(short: _Candidate, full: _Candidate) -> bool:
    """“Nick, Nicola Frost”, “it’s Sam but everyone says Doctor B”: the other one says the whole name."""
    begins_alike = short.words[0].folded[:2] == full.words[0].folded[:2]
    return begins_alike or full.words[0].folded in TITLES


def _next_company(text: str, parts: tuple[tuple[Word, ...], ...], best: _Candidate) -> str:
    """“Sam Carter, Dovetail Joinery”."""
    following = next((part for part in parts if part[0].start > best.words[-1].start), ())
    start, end = company_span(following, 0) if following else (0, 0)
    company = following[start:end]
    is_firm = company_evidence(company) > 0 and name_evidence(company) < 2
    is_all = end == len(following) and not any(w.folded in _NO_FIRM for w in company[:1])
    return span_text(text, following, start, end) if is_firm and is_all else ""


def _first_and_last(text: str, parts: tuple[tuple[Word, ...], ...]) -> Who | None:
    """“Mme Stop, prénom Adèle”."""
    given = surname = ""
    for part in parts:
        at = 0
        while at < len(part):
            if phrase_end(part, at, _OF_SURNAME) == len(part) and at == name_end(part, 0, Trust.ASKED):
                surname = surname or span_text(text, part, 0, at)
            first, last = phrase_end(part, at, FIRST_NAME_LABELS), phrase_end(part, at, SURNAME_LABELS)
            if first > at and (end := name_end(part, first, Trust.ASKED)) > first and (at < 3 or surname):
                given = given or span_text(text, part, first, end)
                at = end
            elif last > at and (end := name_end(part, last, Trust.ASKED)) > last:
                surname = surname or span_text(text, part, last, end)
                at = end
            else:
                at += 1
    if surname and not given and len(parts) > 1:
        start = _skip_lead_in(parts[0])
        given = span_text(text, parts[0], start, name_end(parts[0], start, Trust.ASKED))
    if given and not surname and len(parts) > 1:
        start = _skip_lead_in(parts[0])
        end = name_end(parts[0], start, Trust.ASKED)
        start += end - start > 1 and parts[0][start].folded in TITLES
        surname = span_text(text, parts[0], start, end)
    is_both = bool(given and surname) and surname not in given and given not in surname
    return Who(f"{given} {surname}") if is_both else None
