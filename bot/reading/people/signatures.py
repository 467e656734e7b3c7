"""Finds a signature: the name and company below a message, or as its first or last sentence."""

import re

from bot.reading.people.boundaries import ends_field, gap_before
from bot.reading.people.company_grammar import company_evidence, company_span
from bot.reading.people.company_words import TRADES
from bot.reading.people.first_names import FIRST_NAMES
from bot.reading.people.name_grammar import Trust, is_unknown_or_known, name_end, name_evidence
from bot.reading.people.ordinary_words import ORDINARY
from bot.reading.people.person_words import GREETINGS, HELLO_STARTS, TITLES
from bot.reading.people.signature_blocks import (
    after_closing,
    after_separator,
    company_first,
    connected_company,
    is_about_others,
    is_job,
    name_over_company,
)
from bot.reading.people.who import Found, span_text
from bot.reading.people.word_spans import Word, word_spans

_LAST_CHARACTERS = 600
_BREAK = re.compile(r"[.!?…;\n]|[–—]|\s-\s|[\U0001f000-\U0001faff\u2600-\u27bf]")
_PLAIN_NAMES = FIRST_NAMES - ORDINARY
_REMARKS = 7
"""Words: what follows the company may be this long, such as “same as always”."""


def find_signature(text: str) -> Found:
    """The name and company that sign the message, and where; empty if nothing does."""
    offset = max(0, len(text) - _LAST_CHARACTERS)
    offset = text.find(" ", offset) + 1 if offset else 0
    tail = text[offset:]
    words = word_spans(tail)
    found = (
        after_closing(tail, words)
        or after_separator(tail, words)
        or name_over_company(tail, words)
        or _as_last_sentence(tail, words)
    )
    if not found and not offset:
        found = _as_first_sentence(tail, words)
    return Found(found.name, found.company, found.start + offset, found.end + offset) if found else Found()


def _as_last_sentence(text: str, words: tuple[Word, ...]) -> Found | None:
    starts = [n for n in range(len(words)) if n == 0 or _begins_sentence(words, n)][-4:]
    for at in starts:
        begin = _skip_hello(words, at) if at == 0 else at
        if begin < len(words) and (found := _signed_fields(text, words, begin)) is not None:
            return found
    return None


def _begins_sentence(words: tuple[Word, ...], at: int) -> bool:
    before = words[at - 1]
    is_initial = before.is_initial and before.is_capital and words[at].is_capital
    is_abbreviated = words[at].gap.strip() == "." and (is_initial or before.folded in TITLES)
    return not is_abbreviated and _BREAK.search(words[at].gap) is not None


def _signed_fields(text: str, words: tuple[Word, ...], at: int) -> Found | None:
    found = _pair(text, words, at)
    if found is not None:
        used = next((n for n in range(at, len(words)) if words[n].start >= found.end), len(words))
        remarks = words[used:]
        if len(remarks) > _REMARKS or (used < len(words) and re.search(r"[!?\n]", words[used].gap)):
            return None
        return found
    return _name_alone(text, words, at) or _company_alone(text, words, at)


def _name_alone(text: str, words: tuple[Word, ...], at: int) -> Found | None:
    """“… since Friday. — Dee”: the last line, or a sentence that is plainly a name."""
    end = name_end(words, at)
    if at in (0, end) or re.search(r"[:?]", words[at].gap) or not _ends_sentence(words, end):
        return None
    if is_about_others(words) or text.rstrip().endswith("?"):
        return None
    is_line = re.search(r"[\n–—-]", words[at].gap) is not None
    needed = (1 if end - at > 1 else 2) if is_line else 2 + (end < len(words))
    is_known_word = is_line and end - at == 1 and words[at].folded in _PLAIN_NAMES
    if (name_evidence(words[at:end]) < needed and not is_known_word) or not (is_line or words[at].is_capital):
        return None
    return Found(span_text(text, words, at, end), "", words[at].start, words[end - 1].end)


def _company_alone(text: str, words: tuple[Word, ...], at: int) -> Found | None:
    """“… nothing works. Saltmarsh Dairy Ltd”: the last sentence is plainly a company."""
    span = company_span(words, at)
    is_all = span[1] == len(words) and span[0] == at and at > 0 and not re.search(r"[:?]", words[at].gap)
    if not is_all or company_evidence(words[at:]) < 3 or is_about_others(words[:at]):
        return None
    return Found("", span_text(text, words, *span), words[at].start, words[-1].end)


def _ends_sentence(words: tuple[Word, ...], at: int) -> bool:
    return at >= len(words) or re.search(r"[.!\n]", words[at].gap) is not None


def _as_first_sentence(text: str, words: tuple[Word, ...]) -> Found | None:
    at = _skip_hello(words, 0)
    return _pair(text, words, at, is_first=True) if at < len(words) else None


def _pair(text: str, words: tuple[Word, ...], at: int, *, is_first: bool = False) -> Found | None:
    """“Name, Company” or “Company, Name” at this word."""
    return company_first(text, words, at) or _name_first(text, words, at, is_first=is_first)


def _name_first(text: str, words: tuple[Word, ...], at: int, *, is_first: bool) -> Found | None:
    end = name_end(words, at)
    if end == at or end >= len(words) or (at > 0 and ":" in words[at].gap):
        return None
    if ends_field(words, end):
        span = company_span(words, end, Trust.ASKED)
        if not ends_field(words, span[1]):
            span = company_span(words, end, Trust.CUED)
        if re.search(r"[.!?…]", words[end].gap[words[end - 1].is_initial :]):
            return None
    else:
        span = connected_company(words, end)
    company = words[span[0] : span[1]]
    if not company or not ends_field(words, span[1]) or is_job(company):
        return None
    names, firms = name_evidence(words[at:end]), company_evidence(company)
    is_cased = words[at].is_capital and company[0].is_capital
    needed = (2 if is_cased else 3) + is_first * (
        0 if re.search(r"[.\n!]", gap_before(words, span[1])) else 1
    )
    is_person = name_evidence(company) > 1 and firms < 2
    if names + firms < needed or is_person or (firms > 1 and names < 1 and words[at].folded in TRADES):
        return None
    if firms == 0 and not is_cased:
        return None
    name, firm = span_text(text, words, at, end), span_text(text, words, *span)
    return Found(name, firm, words[at].start, words[span[1] - 1].end)


def _skip_hello(words: tuple[Word, ...], at: int) -> int:
    if words and words[at].folded in HELLO_STARTS:
        while at < len(words) and words[at].folded in GREETINGS and not is_unknown_or_known(words[at]):
            at += 1
    return at
