"""What people add to an introduction: “yes, really”, what they do there, and the town."""

from bot.reading.people.boundaries import SENTENCE_BREAK, is_end
from bot.reading.people.company_grammar import company_evidence, company_span
from bot.reading.people.company_words import PLACES, PRODUCTS
from bot.reading.people.introduction_cues import CONNECTORS
from bot.reading.people.name_grammar import Trust, is_unknown
from bot.reading.people.ordinary_words import GRAMMAR
from bot.reading.people.who import Found, span_text
from bot.reading.people.word_spans import Word, phrase_end, phrase_table
from bot.text.normalise import split_phrases, tokens

_REMARK_WORDS = frozenset(
    tokens(
        "yes yeah really honestly seriously truly no joke joking kidding my real actual name that s is i know it "
        "promise swear not a oui vraiment serieusement si je sais c est mon vrai nom sans blague promis jure "
        "de verdad en serio asi me llamo lo se mi nombre real es juro no broma"
    )
)
"""“Will Power, yes really, from …”."""
_MOST_REMARK_WORDS = 6
_TASKS = phrase_table(
    [
        f"{link} {task}".strip()
        for link in ("", "and", "et", "y", "e")
        for task in split_phrases(
            "i do the,i do,i run the,i handle the,i handle,i manage the,i manage,i look after the,i look after,"
            "i keep the,i take care of the,i m in charge of the,im in charge of the,je m occupe de,je m occupe du,"
            "je m occupe des,je gere la,je gere les,je gere le,je tiens la,je tiens le,je fais la,je fais les,"
            "je suis en charge de,je suis en charge des,llevo la,llevo las,llevo el,llevo los,me encargo de,"
            "me encargo del,me ocupo de,me ocupo del,manejo la,manejo las,manejo los,manejo el,hago la,hago las"
        )
    ]
)
_AT_WORK = frozenset(("for", "at", "chez", "pour", "a", "au", "en", "de", "del", "du", "para"))
_MOST_TASK_WORDS = 4
_IN = frozenset(("in", "near", "a", "en", "cerca", "pres"))
_OF = frozenset(("de", "of", "d"))
_MOST_PLACE_WORDS = 4


def past_remark(words: tuple[Word, ...], at: int) -> int:
    """Past “, yes really,” if a company follows it; `at` otherwise."""
    if at >= len(words) or not any(mark in words[at].gap for mark in ",(–—-"):
        return at
    end = at
    while end < len(words) and end - at <= _MOST_REMARK_WORDS and words[end].folded in _REMARK_WORDS:
        if end > at and any(mark in words[end].gap for mark in ",)–—-") and _leads_on(words, end):
            return end
        end += 1
    is_set_off = end < len(words) and end > at and any(mark in words[end].gap for mark in ",)–—-")
    return end if is_set_off and _leads_on(words, end) else at


def _leads_on(words: tuple[Word, ...], at: int) -> bool:
    end = phrase_end(words, at, CONNECTORS)
    return end > at and end < len(words) and words[end].folded not in _REMARK_WORDS


def past_task(words: tuple[Word, ...], at: int) -> int:
    """At the “for” in “I do the bookings for the Cathedral Hall”; `at` if that's not what follows."""
    start = phrase_end(words, at, _TASKS)
    if start == at:
        return at
    for end in range(start, min(len(words) - 1, start + _MOST_TASK_WORDS) + 1):
        if end > start and words[end].folded in _AT_WORK:
            return end
        if SENTENCE_BREAK.search(words[end].gap) or "," in words[end].gap:
            break
    return at


def company_of_task(text: str, words: tuple[Word, ...], start: int, end: int, at: int) -> Found:
    """The name from `start` to `end`, with the company after the “for” at `at`."""
    span = company_span(words, at + 1, Trust.CUED)
    company = words[span[0] : span[1]]
    if not company or (not company[0].is_capital and company_evidence(company) < 2):
        return Found()
    return Found(
        span_text(text, words, start, end),
        span_text(text, words, *span),
        words[start].start,
        words[span[1] - 1].end,
    )


def with_place(words: tuple[Word, ...], found: Found) -> Found:
    """The introduction together with the town after the company: “…, à Lomé”."""
    at = next((n for n in range(len(words)) if words[n].start >= found.end), len(words))
    if not found.company or at >= len(words):
        return found
    if words[at].folded in PLACES and words[at].gap.strip() == "," and is_end(words, at + 1):
        return Found(found.name, found.company, found.start, words[at].end)
    is_linked = words[at].folded in _IN or (words[at].folded in _OF and words[at].gap == " ")
    if not is_linked or words[at].gap.strip() not in ("", ","):
        return found
    start = at + 1 + (words[at].folded in ("cerca", "pres"))
    end = start
    while (
        end < len(words) and end - start < _MOST_PLACE_WORDS and (end == start or words[end].follows_plainly)
    ):
        if not (words[end].is_capital or is_unknown(words[end])) or words[end].folded in PRODUCTS | GRAMMAR:
            break
        end += 1
    is_place = end > start and (
        all(word.is_capital for word in words[start:end]) if end < len(words) else end - start < 3
    )
    if not is_place or not is_end(words, end):
        return found
    return Found(found.name, found.company, found.start, words[end - 1].end)
