"""Finds a signature: the name and company below a message, or as its first or last sentence."""

import re

from bot.reading.people.boundaries import ends_field, gap_before, signature_fields
from bot.reading.people.company_grammar import company_evidence, company_span
from bot.reading.people.company_words import TRADES
from bot.reading.people.first_names import FIRST_NAMES
from bot.reading.people.name_grammar import Trust, is_unknown_or_known, name_end, name_evidence
from bot.reading.people.ordinary_words import ORDINARY
from bot.reading.people.person_words import CLOSINGS, DEPARTMENTS, GREETINGS, HELLO_STARTS, JOBS, TITLES
from bot.reading.people.who import Found, span_text
from bot.reading.people.word_spans import Word, phrase_end, phrase_table, word_spans
from bot.text.normalise import tokens

_LAST_CHARACTERS = 600
_LAST_WORDS = 45
_CLOSINGS = phrase_table(" ".join(closing) for closing in CLOSINGS)
_THANKS = frozenset(("thanks", "thank", "merci", "gracias", "cheers", "ta", "thx", "muchas", "mil"))
_BREAK = re.compile(r"[.!?…;\n]|[–—]|\s-\s|[\U0001f000-\U0001faff\u2600-\u27bf]")
_JOB_PHRASE = JOBS | DEPARTMENTS | {"de", "la", "des", "du", "of"}
_FIRM_NOUNS = TRADES - DEPARTMENTS
_PLAIN_NAMES = FIRST_NAMES - ORDINARY
_AFTER_A_NAME = frozenset(
    ["from", "at", "of", "for", "w", "with", "chez", "de", "du", "des", "d", "del", "en", "a", "pour", "para"]
)
_REMARKS = 7
"""Words: what follows the company may be this long, such as “same as always”."""
_OTHERS = frozenset(
    tokens(
        "user users account accounts colleague colleagues starter hire employee employees person people "
        "recruit joiner collegue collegues stagiaire compte comptes utilisateur utilisatrice salarie "
        "salariee employe embauche usuario usuaria usuarios cuenta cuentas empleado empleada companero "
        "companera colega colegas alta"
    )
)
"""After a sentence about another person, a name alone may be theirs."""


def find_signature(text: str) -> Found:
    """The name and company that sign the message, and where; empty if nothing does."""
    offset = max(0, len(text) - _LAST_CHARACTERS)
    offset = text.find(" ", offset) + 1 if offset else 0
    tail = text[offset:]
    words = word_spans(tail)
    found = _after_closing(tail, words) or _as_last_sentence(tail, words)
    if not found and not offset:
        found = _as_first_sentence(tail, words)
    return Found(found.name, found.company, found.start + offset, found.end + offset) if found else Found()


def _after_closing(text: str, words: tuple[Word, ...]) -> Found | None:
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


def _is_closing_place(words: tuple[Word, ...], at: int) -> bool:
    return at == 0 or re.search(r"[.!?…,;\n()]|[–—-]", words[at].gap) is not None or words[at].is_capital


def _signed_block(text: str, words: tuple[Word, ...], at: int, start: int) -> Found | None:
    if start >= len(words):
        return None
    if (pair := _company_first(text, words, start)) is not None and _is_block(words, start):
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
    span = _connected(words, end)
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
        if not company or span[1] < end or _is_job(company):
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
        if cue > start and _connected(words, cue) != (cue, cue):
            return _connected(words, cue)
    return start, start


def _is_job(words: tuple[Word, ...]) -> bool:
    """“Office Manager”, “Responsable informatique”, but not “Law Office”."""
    has_job = any(word.folded in JOBS for word in words)
    return has_job and not any(word.folded in _FIRM_NOUNS for word in words)


def _block_end(text: str, words: tuple[Word, ...], at: int) -> int:
    """Up to the end of the lines with jobs, numbers and addresses; a longer line after them stays."""
    end = words[at - 1].end
    for start, stop in signature_fields(words, at):
        if stop - start > 6:
            break
        is_story = sum(w.folded in ORDINARY for w in words[start:stop]) > 1 and not _is_job(words[start:stop])
        is_reference = any(w.folded in ("code", "codigo", "ps", "p") for w in words[start:stop])
        if is_reference or (
            is_story and not re.search(r"\d|@", text[words[start].start : words[stop - 1].end])
        ):
            break
        end = words[stop - 1].end
    return end


def _as_last_sentence(text: str, words: tuple[Word, ...]) -> Found | None:
    starts = [n for n in range(len(words)) if n == 0 or _begins_sentence(words, n)][-4:]
    for at in starts:
        begin = _skip_hello(words, at) if at == 0 else at
        if begin < len(words) and (found := _signed_fields(text, words, begin)) is not None:
            return found
    return None


def _begins_sentence(words: tuple[Word, ...], at: int) -> bool:
    is_title = words[at].gap.strip() == "." and words[at - 1].folded in TITLES
    return not is_title and _BREAK.search(words[at].gap) is not None


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
    if any(word.folded in _OTHERS for word in words) or text.rstrip().endswith("?"):
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
    if not is_all or company_evidence(words[at:]) < 3 or any(word.folded in _OTHERS for word in words[:at]):
        return None
    return Found("", span_text(text, words, *span), words[at].start, words[-1].end)


def _ends_sentence(words: tuple[Word, ...], at: int) -> bool:
    return at >= len(words) or re.search(r"[.!\n]", words[at].gap) is not None


def _as_first_sentence(text: str, words: tuple[Word, ...]) -> Found | None:
    at = _skip_hello(words, 0)
    return _pair(text, words, at, is_first=True) if at < len(words) else None


def _pair(text: str, words: tuple[Word, ...], at: int, *, is_first: bool = False) -> Found | None:
    """“Name, Company” or “Company, Name” at this word."""
    return _company_first(text, words, at) or _name_first(text, words, at, is_first=is_first)


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
        span = _connected(words, end)
    company = words[span[0] : span[1]]
    if not company or not ends_field(words, span[1]) or _is_job(company):
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


def _company_first(text: str, words: tuple[Word, ...], at: int) -> Found | None:
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


def _connected(words: tuple[Word, ...], at: int) -> tuple[int, int]:
    """The company after “from”, “chez”, “de” and the like."""
    cue = at + 1 if at < len(words) and words[at].folded in _AFTER_A_NAME else at
    if cue < len(words) and words[cue].folded in ("chez", "la", "l") and words[at].folded == "de":
        cue += words[cue].folded == "chez"
    return company_span(words, cue, Trust.CUED) if at < cue < len(words) else (at, at)


def _skip_hello(words: tuple[Word, ...], at: int) -> int:
    if words and words[at].folded in HELLO_STARTS:
        while at < len(words) and words[at].folded in GREETINGS and not is_unknown_or_known(words[at]):
            at += 1
    return at
