"""Reads the block that signs a message: below “Regards”, below a line of hyphens, or a name over a company."""

import re

from bot.reading.people.boundaries import ends_field, signature_fields
from bot.reading.people.company_grammar import company_evidence, company_span
from bot.reading.people.company_words import TRADES
from bot.reading.people.name_grammar import Trust, name_end, name_evidence
from bot.reading.people.ordinary_words import ORDINARY
from bot.reading.people.person_words import CLOSINGS, DEPARTMENTS, JOBS
from bot.reading.people.who import Found, span_text
from bot.reading.people.word_spans import Word, phrase_end, phrase_table
from bot.text.normalise import tokens

_SEPARATOR = re.compile(r"\n[ \t]*[-_–—=*]{2,}[ \t]*\n")
_LAST_WORDS = 45
_CLOSINGS = phrase_table(" ".join(closing) for closing in CLOSINGS)
_THANKS = frozenset(("thanks", "thank", "merci", "gracias", "cheers", "ta", "thx", "muchas", "mil"))
_JOB_PHRASE = JOBS | DEPARTMENTS | {"de", "la", "des", "du", "of"}
_FIRM_NOUNS = TRADES - DEPARTMENTS
_AFTER_A_NAME = frozenset(
    ["from", "at", "of", "for", "w", "with", "chez", "de", "du", "des", "d", "del", "en", "a", "pour", "para"]
)
_OTHERS = frozenset(
    tokens(
        "user users account accounts colleague colleagues starter hire employee employees person people "
        "recruit joiner collegue collegues stagiaire compte comptes utilisateur utilisatrice salarie "
        "salariee employe embauche usuario usuaria usuarios cuenta cuentas empleado empleada companero "
        "companera colega colegas alta"
    )
)
"""After a sentence about another person, a name alone may be theirs."""


def after_closing(text: str, words: tuple[Word, ...]) -> Found | None:
    """Below “Regards,” and the like."""
    at = max(0, len(words) - _LAST_WORDS)
    while at < len(words):
        end = phrase_end(words, at, _CLOSINGS)
        if end == at or not _is_closing_place(words, at):
            at += 1
            continue
        while (more := phrase_end(words, end, _CLOSINGS)) > end:
            end = more
        if (found := _signed_block(text, words, at, end)) is not None:
            return found
        at = end
    return None


def after_separator(text: str, words: tuple[Word, ...]) -> Found | None:
    """Below a line of hyphens, as mail apps write it."""
    for at in range(len(words) - 1, -1, -1):
        if line := _SEPARATOR.search(words[at].gap):
            found = _signed_block(text, words, at, at)
            end_of_story = words[at].start - len(words[at].gap) + line.start()
            return _with_start(found, end_of_story) if found else None
    return None


def name_over_company(text: str, words: tuple[Word, ...]) -> Found | None:
    """A name on a line of its own, and below it or beside it a job and a company."""
    for at in range(len(words) - 1, 0, -1):
        if "\n" not in words[at].gap or re.search(r"[:?]", words[at].gap):
            continue
        end = name_end(words, at)
        if end == at or end == len(words) or not ends_field(words, end) or not words[at].is_capital:
            continue
        span = (
            _company_in_fields(words, end)
            if name_evidence(words[at:end]) and _is_block(words, end)
            else (at, at)
        )
        company = words[span[0] : span[1]]
        has_job = any(_is_role(words[start:stop]) for start, stop in signature_fields(words, end))
        if not company or not (has_job or company_evidence(company) > 1) or is_about_others(words[:at]):
            continue
        last = _block_end(text, words, span[1])
        fields = [words[start:stop] for start, stop in signature_fields(words, end)]
        if last >= words[-1].end and not any(map(_is_other, fields)):
            return Found(
                span_text(text, words, at, end), span_text(text, words, *span), words[at].start, last
            )
    return None


def _is_role(words: tuple[Word, ...]) -> bool:
    """“Operations”, “Office Manager”, “Resp”."""
    return all(word.folded in _JOB_PHRASE for word in words) or is_job(words)


def _is_other(field: tuple[Word, ...]) -> bool:
    """A second person, or more of the story."""
    is_detail = any(w.is_capital or not w.text.isalpha() or w.folded in _JOB_PHRASE for w in field)
    return not is_detail or (name_evidence(field) > 1 and company_evidence(field) < 2)


def _is_closing_place(words: tuple[Word, ...], at: int) -> bool:
    return at == 0 or re.search(r"[.!?…,;\n()]|[–—-]", words[at].gap) is not None or words[at].is_capital


def _signed_block(text: str, words: tuple[Word, ...], at: int, start: int) -> Found | None:
    if start >= len(words):
        return None
    if (pair := company_first(text, words, start)) is not None and _is_block(words, start):
        return _with_start(pair, words[at].start)
    is_new_line, is_plain = "\n" in words[start].gap, words[start].follows_plainly
    end = name_end(words, start, Trust.CUED if is_new_line else Trust.GUESS)
    if end > start and not ends_field(words, end):
        return _signed_with_connector(text, words, at, start, end)
    is_thanked = is_plain and not is_new_line and words[at].folded in _THANKS and end - start < 2
    if end == start or is_thanked:
        return _signed_by_company(text, words, at, start) if is_new_line else None
    if not _is_block(words, end):
        return None
    span = _company_in_fields(words, end)
    company = span_text(text, words, *span)
    last = _block_end(text, words, max(end, span[1]))
    return Found(span_text(text, words, start, end), company, words[at].start, last)


def _with_start(found: Found, start: int) -> Found:
    return Found(found.name, found.company, start, found.end)


def _signed_with_connector(text: str, words: tuple[Word, ...], at: int, start: int, end: int) -> Found | None:
    span = connected_company(words, end)
    if span[1] == span[0] or not ends_field(words, span[1]):
        return None
    name, company = span_text(text, words, start, end), span_text(text, words, *span)
    return Found(name, company, words[at].start, _block_end(text, words, span[1]))


def _signed_by_company(text: str, words: tuple[Word, ...], at: int, start: int) -> Found | None:
    span = company_span(words, start)
    if company_evidence(words[span[0] : span[1]]) < 2 or not ends_field(words, span[1]):
        return None
    company = span_text(text, words, *span)
    return Found("", company, words[at].start, _block_end(text, words, span[1]))


def _is_block(words: tuple[Word, ...], at: int) -> bool:
    """Whether only short fields follow: a job, a company, a phone number; not more of the story."""
    fields = signature_fields(words, at)
    return all(end - start <= 12 for start, end in fields) and len(fields) <= 9


def _company_in_fields(words: tuple[Word, ...], at: int) -> tuple[int, int]:
    best, best_points = (at, at), 0
    for start, end in signature_fields(words, at):
        span = company_span(words, start)
        if span[1] == span[0]:
            span = company_span(words, start, Trust.CUED)
            if company_evidence(words[span[0] : span[1]]) < 2:
                span = _job_at_company(words, start, end)
        company = words[span[0] : span[1]]
        if not company or span[1] < end or is_job(company):
            span = _job_at_company(words, start, end)
            company = words[span[0] : span[1]]
        points = 1 + company_evidence(company) if company else 0
        if points > best_points and not any(char.isdigit() for char in company[0].text[:1]):
            best, best_points = span, points
    return best


def _job_at_company(words: tuple[Word, ...], start: int, end: int) -> tuple[int, int]:
    """“Office Manager at Harrow”, “Gérante de Thermic”."""
    at = start
    while at < end and words[at].folded in _JOB_PHRASE:
        at += 1
    for cue in range(max(start, at - 1), at + 1):
        if cue > start and connected_company(words, cue) != (cue, cue):
            return connected_company(words, cue)
    return start, start


def _block_end(text: str, words: tuple[Word, ...], at: int) -> int:
    """Up to the end of the lines with jobs, numbers and addresses; a longer line after them stays."""
    end = words[at - 1].end
    for start, stop in signature_fields(words, at):
        if stop - start > 6:
            break
        is_story = sum(w.folded in ORDINARY for w in words[start:stop]) > 1 and not is_job(words[start:stop])
        is_reference = any(w.folded in ("code", "codigo", "ps", "p") for w in words[start:stop])
        if is_reference or (
            is_story and not re.search(r"\d|@", text[words[start].start : words[stop - 1].end])
        ):
            break
        end = words[stop - 1].end
    return end


def company_first(text: str, words: tuple[Word, ...], at: int) -> Found | None:
    """“Kelly Joinery, Tom”: the company and then the name."""
    span = company_span(words, at)
    company = words[span[0] : span[1]]
    if company_evidence(company) < 2 or span[1] >= len(words) or not ends_field(words, span[1]):
        return None
    end = name_end(words, span[1])
    name_words = words[span[1] : end]
    if name_evidence(name_words) < 1 or not ends_field(words, end):
        return None
    if re.search(r"[.!?]", words[span[1]].gap[words[span[1] - 1].is_initial :]) or not _is_firm_and_person(
        company, name_words
    ):
        return None
    name = span_text(text, words, span[1], end)
    return Found(name, span_text(text, words, *span), words[at].start, words[end - 1].end)


def _is_firm_and_person(company: tuple[Word, ...], name: tuple[Word, ...]) -> bool:
    """Whether it's likelier in this order: “Kelly Joinery, Tom”, but not “Helen Mills, Marsh Brewing”."""
    as_they_stand = company_evidence(company) + name_evidence(name)
    return as_they_stand > name_evidence(company) + company_evidence(name)


def connected_company(words: tuple[Word, ...], at: int) -> tuple[int, int]:
    """The company after “from”, “chez”, “de” and the like."""
    cue = at + 1 if at < len(words) and words[at].folded in _AFTER_A_NAME else at
    if cue < len(words) and words[cue].folded in ("chez", "la", "l") and words[at].folded == "de":
        cue += words[cue].folded == "chez"
    return company_span(words, cue, Trust.CUED) if at < cue < len(words) else (at, at)


def is_job(words: tuple[Word, ...]) -> bool:
    """“Office Manager”, “Responsable informatique”, but not “Law Office”."""
    has_job = any(word.folded in JOBS for word in words)
    return has_job and not any(word.folded in _FIRM_NOUNS for word in words)


def is_about_others(words: tuple[Word, ...]) -> bool:
    """Whether other people are spoken of, so that a name may be theirs."""
    return any(word.folded in _OTHERS for word in words)
