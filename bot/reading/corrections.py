"""Finds corrections in free words: “make it high, and it's Kathryn with a K”, “no, the other one: reports”."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from bot.messages.localized import LocalizedText
from bot.policy.policy import Policy
from bot.policy.sections import Category, Priority, Question
from bot.reading.acts import URGENCY_LABELS, Act, ActKind, Part
from bot.reading.choices import category_meant, priority_meant
from bot.reading.clauses import sentences
from bot.reading.dates import exchange_date, has_date
from bot.reading.people.accents import ACCENT_WORDS
from bot.reading.people.name_corrections import corrected_company
from bot.reading.people.renaming import renamed, respelled_parts
from bot.reading.people.spelling import apply_spelling, joined_letters
from bot.reading.vague_words import VAGUE
from bot.text.choice_matching import Pick, find_mention
from bot.text.normalise import fold, tokens

NAME, COMPANY, AFFECTED, DESCRIPTION = "name", "company", "affected", "description"
CATEGORY = "category"
_FIELD_WORDS = {
    NAME: "name surname spelt spelled nom prenom nombre apellido llamo",
    COMPANY: "company firm business employer organisation organization societe entreprise boite empresa compania "
    "companyia razon",
    "priority": "priority urgency priorite urgence prioridad urgencia",
    "category": "category topic subject about objet sujet categorie type asunto categoria tema tipo",
    AFFECTED: "affected page device service app system concerne element appareil afectado elemento servicio sistema",
    DESCRIPTION: "description descripcion descriptif",
}
_ONE_WORD = r"(?:one|a single) word|un (?:seul |solo )?mot|una (?:sola )?palabra|todo junto|tout attach[ée]"
_SPELLING = re.compile(
    r"\b(?:with|without|avec|sans|con|sin)\s+(?:an?\s+|une?\s+|el\s+|la\s+)?[^\W\d_]{1,2}(?![\w'’])"
    rf"|\b(?:{ACCENT_WORDS}|{_ONE_WORD})\b",
    re.I,
)
_IS_ONE_WORD = re.compile(rf"(?:all |en |in )*(?:{_ONE_WORD})", re.I)
_VALUE = r"(?P<new>[^,;.!?\n]{2,80}?)"
_OLD = r"(?P<old>[^,;.!?\n]{2,80}?)"
_END = r"\s*(?:[,;.!?\n]|$)"
_IS = r"(?:it[’']?s|is|was|were|are|c[’']?est|c[’']était|son[t]?|es|era|eran|pon|mets?|mettez)"
_NOT = r"(?:not|pas|no)"
_BUT = r"(?:but|it[’']?s|they[’']?re|rather|mais|sino|c[’']?est|ce sont|c[’']était|es|son|era|eran)"
_RATHER_THAN = r"(?:instead of|rather than|au lieu de|plutôt que|en vez de|en lugar de)"
_MEANT = (
    r"(?:i meant?|should (?:be|read)|je voulais dire|quise decir|quería decir|me refería a)(?:\s+to say)?"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_IS}\s+{_VALUE},?\s+(?:and\s+|et\s+|y\s+)?{_NOT}\s+{_OLD}{_END}",
        rf"\b(?:is|it[’']?s|was|are)\s*(?:n[’']?t|\s+not)\s+{_OLD},?\s+{_BUT}\s+{_VALUE}{_END}",
        rf"\b{_NOT}\s+(?:es\s+|son\s+|era\s+|eran\s+)?{_OLD},?\s+{_BUT}\s+(?:c[’']?est\s+|it[’']?s\s+)?{_VALUE}{_END}",
        rf"(?:^|[,.;!]\s*){_VALUE},\s+(?:and\s+|et\s+|y\s+)?{_NOT}\s+{_OLD}{_END}",
        rf"\b{_IS}\s+{_VALUE},?\s+{_RATHER_THAN}\s+{_OLD}{_END}",
        rf"\b{_RATHER_THAN}\s+{_OLD},?\s+(?:{_IS}\s+)?{_VALUE}{_END}",
        rf"\b{_MEANT}\s+{_VALUE}(?:,?\s+{_NOT}\s+{_OLD})?{_END}",
    )
)
_LEADING = re.compile(
    r"^(?:(?:the|a|an|le|la|les|un|une|el|los|las|una|celle|celui|ceux|de|du|des|lo)\s+|[ld][’']\s*)",
    re.IGNORECASE,
)
_NEW_ENOUGH = 0.8
_BRIEF = 6
"""Words: in so short a clause the name of a priority asks for it."""
_SIZES = ("contrast", "clause", "sentence", "whole")
"""The smaller the part, the surer is what it names."""


def find_corrections(
    reading_text: str,
    parts: Sequence[Part],
    known: Mapping[str, str],
    chosen: Mapping[str, str],
    policy: Policy,
    *,
    is_explicit: bool = False,
) -> tuple[Act, ...]:
    """The corrected details: `field` is the question's key, `value` its new value ("" if only the field is named).

    `known` maps each answered question in free text to its value, `chosen` those with choices to the choice's key.
    `is_explicit`: only what rules find in the whole text, such as “X, not Y”.
    """
    found: dict[str, Act] = {}
    for key, value in _replaced(reading_text, known, policy):
        found.setdefault(key, Act(ActKind.CHANGE, 1.0, reading_text, key, value))
    for part in () if is_explicit else sorted(parts, key=lambda part: -_SIZES.index(part.size)):
        for key, value in _choices(part, policy):
            if key == CATEGORY and AFFECTED in found:
                continue  # “not the booking page but the invoice page”: a thing's name isn't a topic
            if value != chosen.get(key):  # “it says medium, we need high”: the last other one counts
                found[key] = Act(ActKind.CHANGE, part.likely.get("change", 0.0), part.text, key, value)
    for sentence in (reading_text,) if is_explicit else (reading_text, *sentences(reading_text)):
        for key, value in _names(sentence, known, policy):
            found.setdefault(key, Act(ActKind.CHANGE, 1.0, sentence, key, value))
    return tuple(found.values())


def named_field(text: str, policy: Policy) -> str:
    """The key of the question that the text names; "" if none."""
    said = tokens(text)
    for question in policy.questions:
        if not _field_words(question).isdisjoint(said):
            return question.key
    return ""


def _choices(part: Part, policy: Policy) -> Iterator[tuple[str, str]]:
    """A priority or category that's named as such, or asked for in a correction."""
    is_change = part.likely.get("change", 0.0) >= 0.3
    for question in policy.questions:
        is_named = not _field_words(question).isdisjoint(tokens(part.text))
        if question.kind == "priority":
            picks = _picks(question.kind, policy)
            urgency = sum(part.likely.get(label, 0.0) for label in URGENCY_LABELS)
            said = (
                find_mention(part.text, picks)
                if is_change or is_named or len(tokens(part.text)) <= _BRIEF
                else None
            )
            said = said or (
                priority_meant([part], policy).clear if urgency >= _NEW_ENOUGH or is_named else ""
            )
        elif question.kind == "category" and (is_change or is_named):
            picks = _picks(question.kind, policy)
            said = find_mention(part.text, picks) or (
                category_meant(part.text, policy).clear if is_named else ""
            )
        else:
            continue
        if said:
            yield question.key, said


def _names(text: str, known: Mapping[str, str], policy: Policy) -> Iterator[tuple[str, str]]:
    """The new name and company; what hints at the spelling of one isn't read for the other."""
    if COMPANY in known and (value := corrected_company(text)):
        yield COMPANY, value
        rest = text.replace(value, "", 1)
        name = renamed(known.get(NAME, ""), rest) if named_field(rest, policy) == NAME else ""
        name = name or respelled_parts(known.get(NAME, ""), rest)
        if NAME in known and name != known[NAME]:
            yield NAME, name
        return
    field = named_field(text, policy)
    if NAME in known and (value := renamed(known[NAME], text)):
        yield NAME, value
    elif _SPELLING.search(text):
        key = field if field in (NAME, COMPANY) else _nearest(text, known)
        before = known.get(key, "")
        respelled = respelled_parts(before, text)
        value = respelled if respelled != before else apply_spelling(before, text)
        if key and value and value != before:
            yield key, value


def _nearest(text: str, known: Mapping[str, str]) -> str:
    """Whether the name or the company is meant: the one that shares most letters with a word of the text."""
    said = [word for word in tokens(text) if len(word) > 2]
    likeness = {
        key: max((_alike(word, own) for word in said for own in tokens(known.get(key, ""))), default=0.0)
        for key in (NAME, COMPANY)
        if known.get(key)
    }
    best = max(likeness, key=lambda key: likeness[key], default="")
    return best if best and (likeness[best] >= 0.5 or len(likeness) == 1) else NAME if NAME in known else best


def _alike(one: str, other: str) -> float:
    pairs = {one[at : at + 2] for at in range(len(one) - 1)} & {
        other[at : at + 2] for at in range(len(other) - 1)
    }
    return len(pairs) / max(1, min(len(one), len(other)) - 1)


def _replaced(text: str, known: Mapping[str, str], policy: Policy) -> Iterator[tuple[str, str]]:
    """“It's X, not Y”, where Y is (part of) something they told before."""
    if dated := exchange_date(text, known.get(DESCRIPTION, "")):
        yield DESCRIPTION, dated
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            new, old = _bare(match["new"]), _bare(match["old"] or "")
            new = joined_letters(new) or new
            if _IS_ONE_WORD.fullmatch(new) or (dated and has_date(old)):
                continue
            key = _holding(old, known) if old else ""
            if chosen := _choice_replaced(old, new, policy):
                yield chosen
                return
            if key == DESCRIPTION and not any(map(str.isdigit, new)):  # their story stays as they told it
                yield AFFECTED, new
                return
            if key and new and fold(new) != fold(old):
                yield key, _exchange(known[key], old, new)
                return


def _choice_replaced(old: str, new: str, policy: Policy) -> tuple[str, str] | None:
    """“Not a fault, a question”: both are choices of the same question."""
    for question in policy.questions:
        if question.kind in ("category", "priority"):
            picks = _picks(question.kind, policy)
            said, before = find_mention(new, picks), find_mention(old, picks)
            if said and before and said != before:
                return question.key, said
    return None


@lru_cache(64)
def _picks(kind: str, policy: Policy) -> tuple[Pick, ...]:
    offered: Sequence[Category | Priority] = policy.categories if kind == "category" else policy.priorities
    return tuple(Pick(each.key, (*each.label.texts, *each.words)) for each in offered)


def _holding(old: str, known: Mapping[str, str]) -> str:
    """The key of the shortest known value that holds these words."""
    words = {word.rstrip("s") for word in tokens(old) if word not in VAGUE}
    holding = [
        key for key, value in known.items() if words and words <= {word.rstrip("s") for word in tokens(value)}
    ]
    return min(holding, key=lambda key: len(known[key]), default="")


def _exchange(value: str, old: str, new: str) -> str:
    at = fold(value).find(fold(old))
    is_same_length = len(fold(value)) == len(value)
    return f"{value[:at]}{new}{value[at + len(old) :]}" if at >= 0 and is_same_length else new


def _bare(text: str) -> str:
    return _LEADING.sub("", text.strip(" \"«»“”'’")).strip()


def _field_words(question: Question) -> frozenset[str]:
    return _words_of(question.key, question.kind, question.label)


@lru_cache(256)
def _words_of(key: str, kind: str, label: LocalizedText) -> frozenset[str]:
    """Words that name the question: the usual ones for its key or kind, and its label's in all languages."""
    usual = _FIELD_WORDS.get(key) or _FIELD_WORDS.get(kind, "")
    return frozenset(
        (*usual.split(), *(word for text in label.texts for word in tokens(text) if len(word) > 3))
    )
