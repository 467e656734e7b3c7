"""Finds an introduction anywhere in a message: “its Sam from Dovetail Joinery”, “soy Ana de Frioandes”."""

import re

from bot.reading.people.boundaries import (
    SENTENCE_BREAK,
    breaks,
    is_clause,
    is_end,
    is_opening,
    skip_fillers,
    skip_job,
)
from bot.reading.people.company_grammar import company_evidence, company_span, institution_span
from bot.reading.people.company_words import CHAINS, INSTITUTIONS, ORGANISATIONS
from bot.reading.people.introduction_cues import (
    AFTER_A_NAME,
    COMPANY_CUES,
    CONNECTORS,
    IS_MY_NAME,
    LOOSE_CUES,
    NAME_CUES,
    SELF_CUES,
)
from bot.reading.people.introduction_tails import company_of_task, past_remark, past_task, with_place
from bot.reading.people.name_grammar import Trust, name_end, name_evidence
from bot.reading.people.ordinary_words import ORDINARY
from bot.reading.people.person_words import GREETINGS
from bot.reading.people.who import Found, span_text
from bot.reading.people.word_spans import Word, phrase_end, phrase_table, spoken_words, word_spans
from bot.text.normalise import fold

_MOST_CHARACTERS = 1500
_AND_I_AM = phrase_table(("and i’m", "and i am", "et je suis", "y soy", "je suis", "soy", "i’m", "im"))
_BEFORE_AN_INSTITUTION = GREETINGS | {"ici", "aqui", "aca"}
_HEADS = INSTITUTIONS | ORGANISATIONS | CHAINS
_DE = frozenset(("de", "du", "des", "del", "d", "of", "for"))
_VAGUE = frozenset(("with", "for", "of", "en", "con", "para", "pour", "w", "d"))
_SIDE_MARK = re.compile(r"[\s,]*(?:@|\(|,|/|\||-|–|—|:)\s*")


def find_introduction(text: str) -> Found:
    """The name and company of the writer, from an introduction; empty if there is none."""
    text = text[:_MOST_CHARACTERS]
    words = spoken_words(text)
    company_only = Found()
    for at in range(len(words)):
        found = _introduced_at(text, words, at)
        if found.name:
            return with_place(words, found if found.company else _with_company(found, company_only))
        if found.company and not company_only.company:
            company_only = found
    return with_place(words, company_only)


def _with_company(named: Found, other: Found) -> Found:
    if not other.company:
        return named
    start, end = min(named.start, other.start), max(named.end, other.end)
    is_near = end - start < len(named.name) + len(other.company) + 60
    return Found(named.name, other.company, start if is_near else named.start, end if is_near else named.end)


def _introduced_at(text: str, words: tuple[Word, ...], at: int) -> Found:
    for read in _READERS:
        if (found := read(text, words, at)).end:
            return found
    return Found()


def _by_name_cue(text: str, words: tuple[Word, ...], at: int) -> Found:
    end = phrase_end(words, at, NAME_CUES)
    is_vague = words[at].folded in ("name", "names", "habla", "escribe")
    if end == at or (is_vague and not is_opening(words, at) and "," not in words[at].gap):
        return Found()
    return _named(text, words, at, end, Trust.CUED)


def _before_my_name(text: str, words: tuple[Word, ...], at: int) -> Found:
    """“Ada Quist is my name”."""
    is_start = at == 0 or not words[at - 1].is_capital or not words[at].follows_plainly
    end = name_end(words, at, Trust.CUED) if is_start else at
    after = phrase_end(words, end, IS_MY_NAME) if end > at else end
    name = words[at:end]
    if after == end or not (len(name) > 1 or name[0].is_capital or name_evidence(name)):
        return Found()
    found = _company_after(text, words, at, end, after)
    return found if found.company else _found(text, words, at, end, after)


def _by_self_cue(text: str, words: tuple[Word, ...], at: int) -> Found:
    end = phrase_end(words, at, SELF_CUES)
    is_here = words[at].folded in ("aqui", "aca", "ici")
    if end == at or (is_here and not (is_opening(words, at) or is_clause(words, at))):
        return Found()
    found = _named(text, words, at, end, Trust.GUESS, is_self=words[at].folded != "this" or at < 4)
    if is_here and found.end and not is_opening(words, at):
        is_plain = found.company or name_evidence(word_spans(found.name)) > 1
        return found if is_plain else Found()
    return found if found.end else _by_job(text, words, at, end)


def _by_job(text: str, words: tuple[Word, ...], at: int, cue_end: int) -> Found:
    """“I’m the receptionist at Oakdene”: the company of somebody without a name."""
    job_end = skip_job(words, cue_end)
    cue = phrase_end(words, job_end, CONNECTORS) if job_end > cue_end else job_end
    start, end = company_span(words, cue) if cue > job_end else (cue, cue)
    if end == start:
        return Found()
    return Found("", span_text(text, words, start, end), words[at].start, words[end - 1].end)


def _by_loose_cue(text: str, words: tuple[Word, ...], at: int) -> Found:
    end = phrase_end(words, at, LOOSE_CUES)
    if end == at or (words[at].folded == "es" and not is_opening(words, at)):
        return Found()
    return _named(text, words, at, end, Trust.GUESS)


def _by_opening(text: str, words: tuple[Word, ...], at: int) -> Found:
    """A sentence that begins with the name: “Hi, Marcus from Tallgrass”, “Sam here”."""
    if not is_opening(words, at):
        return Found()
    end = name_end(words, at)
    if end == at:
        return Found()
    after = phrase_end(words, end, AFTER_A_NAME)
    found = _company_after(text, words, at, end, after)
    if found.company and _is_plain_opening(words, at, end, found):
        return found
    is_known = name_evidence(words[at:end]) > 0 or (after < len(words) and not words[after].follows_plainly)
    if after > end and is_known and words[end].follows_plainly:
        return found if found.company else _found(text, words, at, end, after)
    return Found()


def _by_clause(text: str, words: tuple[Word, ...], at: int) -> Found:
    """A clause inside a sentence: “no mail since nine, Sam here at Tallgrass”."""
    end = name_end(words, at) if is_clause(words, at) else at
    after = phrase_end(words, end, AFTER_A_NAME) if end > at else end
    name = words[at:end]
    if after == end or name_evidence(name) < max(1, company_evidence(name)):
        return Found()
    found = _company_after(text, words, at, end, after)
    is_whole = bool(found.company) or is_end(words, after)
    return (found if found.company else _found(text, words, at, end, after)) if is_whole else Found()


def _by_institution(text: str, words: tuple[Word, ...], at: int) -> Found:
    """“Bonjour, mairie de Plouvan”: after a greeting or “ici”."""
    is_said = at > 0 and words[at - 1].folded in _BEFORE_AN_INSTITUTION
    start, end = institution_span(words, at) if is_said else (at, at)
    if start == end:
        return Found()
    return Found("", span_text(text, words, start, end), words[at].start, words[end - 1].end)


def _is_plain_opening(words: tuple[Word, ...], at: int, end: int, found: Found) -> bool:
    """“Marcus from Tallgrass”, but not “Deliveries from Tallgrass are late” or “Muebles de Sevilla”."""
    evidence = name_evidence(words[at:end])
    if company_evidence(words[at:end]) > max(1, evidence):
        return False
    before = {word.folded for word in words[:at]}
    last = with_place(words, found).end
    stop = next((n for n in range(end, len(words)) if words[n].start >= last), len(words))
    is_ended = is_end(words, stop) or phrase_end(words, stop, AFTER_A_NAME) > stop
    if words[end].folded in _DE:
        head = fold(found.company.split()[0])
        is_of_institution = head in _HEADS and at > 0 and is_ended
        is_whole = end - at > 1 and evidence > 0 and at > 0 and is_ended and not GREETINGS.isdisjoint(before)
        return evidence > 1 or is_of_institution or is_whole
    return evidence > 0 or (words[at].is_capital and words[end].follows_plainly and is_ended)


def _by_company_cue(text: str, words: tuple[Word, ...], at: int) -> Found:
    end = phrase_end(words, at, COMPANY_CUES)
    if end == at or end == len(words):
        return Found()
    is_work = any(
        w.folded in ("work", "travaille", "bosse", "trabajo", "company", "empresa") for w in words[at:end]
    )
    start, stop = company_span(words, end, Trust.CUED if is_work else Trust.GUESS)
    if start == stop and not is_work:
        start, stop = company_span(words, end, Trust.CUED)
        if company_evidence(words[start:stop]) < 2:
            return Found()
    company = words[start:stop]
    is_person = name_evidence(company) > 1 and not company_evidence(company) > 1
    is_weak = words[at].folded in ("we", "nous", "on", "somos", "a", "de", "soy", "im", "i", "je")
    if (
        not company
        or is_person
        or (is_weak and not is_work and company_evidence(company) < 1 and len(company) < 2)
    ):
        return Found()
    return Found("", span_text(text, words, start, stop), words[at].start, words[stop - 1].end)


def _named(
    text: str,
    words: tuple[Word, ...],
    at: int,
    cue_end: int,
    trust: Trust,
    *,
    is_self: bool = False,
) -> Found:
    start = skip_fillers(words, cue_end)
    if start >= len(words) or (start > 0 and breaks(words[start])):
        return Found()
    end = name_end(words, start, trust)
    if end == start:
        end = name_end(words, start, Trust.CUED)
        if end == start or not (found := _company_after(text, words, start, end, end)).company:
            return Found()
        is_firm = words[end].folded == "d" and company_evidence(word_spans(found.company)) > 1
        is_sure = is_firm or words[end].folded not in (_VAGUE if is_self else _VAGUE | _DE)
        return Found(found.name, found.company, words[at].start, found.end) if is_sure else Found()
    if (fuller := _fuller_end(words, start, end)) > end:
        start, end = end, fuller
    found = _company_after(text, words, start, end, phrase_end(words, end, AFTER_A_NAME))
    name = words[start:end]
    is_clear = end == len(words) or not words[end].follows_plainly or words[end].folded in ORDINARY
    is_followed = is_end(words, end) or [w.folded for w in words[end : end + 2]] == ["es", "que"]
    is_known = trust > Trust.GUESS or name_evidence(name) > 0 or (is_self and is_clear and is_followed)
    if not found.company and (not is_known or company_evidence(name) > 1):
        return Found()
    if found.company:
        return Found(found.name, found.company, words[at].start, found.end)
    found = _found(text, words, at, end, phrase_end(words, end, AFTER_A_NAME), start)
    return _with_company_before(text, words, at, found)


def _fuller_end(words: tuple[Word, ...], start: int, end: int) -> int:
    """Where the whole name ends in “Roux, Odile Roux”."""
    if end >= len(words) or words[end].gap.strip() != ",":
        return end
    fuller = name_end(words, end)
    return fuller if {w.folded for w in words[start:end]} < {w.folded for w in words[end:fuller]} else end


def _with_company_before(text: str, words: tuple[Word, ...], at: int, found: Found) -> Found:
    """“Saltmarsh Dairy, Ada speaking”: the company stands before the cue."""
    start = max((n for n in range(at) if n == 0 or SENTENCE_BREAK.search(words[n].gap)), default=at)
    span = company_span(words, start)
    if span[1] != at or company_evidence(words[span[0] : at]) < 2:
        return found
    return Found(found.name, span_text(text, words, *span), words[span[0]].start, found.end)


def _found(
    text: str, words: tuple[Word, ...], at: int, end: int, after: int, start: int | None = None
) -> Found:
    name = span_text(text, words, at if start is None else start, end)
    return Found(name, "", words[at].start, words[max(end, after) - 1].end)


def _company_after(text: str, words: tuple[Word, ...], start: int, end: int, after: int) -> Found:
    """The name with the company that follows it: “Sam from Acme”, “Sam, Acme”, “Sam, office manager at Acme”."""
    after_fillers = skip_fillers(words, past_remark(words, after))
    if (task := past_task(words, after_fillers)) > after_fillers:
        return company_of_task(text, words, start, end, task)
    at = skip_job(words, phrase_end(words, after_fillers, _AND_I_AM))
    if phrase_end(words, at, CONNECTORS) == at:
        at = after_fillers
    cue = phrase_end(words, at, CONNECTORS)
    if cue > at and not SENTENCE_BREAK.search(words[at].gap):
        span = company_span(words, skip_fillers(words, cue), Trust.CUED)
    elif end < len(words) and at == after and _SIDE_MARK.fullmatch(words[at].gap if at < len(words) else ""):
        span = company_span(words, at)
        company = words[span[0] : span[1]]
        is_set_off = company_evidence(company) > 0 or "@" in words[at].gap or "(" in words[at].gap
        if not company or not is_set_off or not is_end(words, span[1]) or name_evidence(company) > 1:
            return Found()
    else:
        return Found()
    if span[0] == span[1]:
        return Found()
    name, company_text = span_text(text, words, start, end), span_text(text, words, *span)
    return Found(name, company_text, words[start].start, words[span[1] - 1].end)


_READERS = (
    _by_name_cue,
    _before_my_name,
    _by_self_cue,
    _by_loose_cue,
    _by_opening,
    _by_clause,
    _by_institution,
    _by_company_cue,
)
