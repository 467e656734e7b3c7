"""Finds several answers in one message: labelled lines, introductions, mentions of a choice.

It takes only what is unambiguous; the summary shows everything found before it counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.conversation.questions import (
    CATEGORY,
    DESCRIPTION,
    AnswerOption,
    all_options,
    available_options,
    picks,
)
from bot.messages.localized import LOCALES
from bot.model.conversation import Conversation, Detail
from bot.policy.policy import Policy
from bot.policy.sections import Question
from bot.text.choice_matching import Pick, find_choice, find_mention
from bot.text.normalise import NEGATIONS, count_words, fold, tokens
from bot.text.person_names import find_introduction
from bot.text.support_codes import named_code, without_code

MAX_WORDS = 80
"""Words: in a longer text a choice may be mentioned by chance, so it decides nothing."""

_LABELS = {
    "name": "name,my name,full name,nom,mon nom,nom complet,prénom,nombre,mi nombre,nombre completo",
    "company": "company,organisation,organization,entreprise,société,empresa,compañía,organización",
    "support_code": "code,support code,vip code,code support,code client,code vip,code d’assistance,"
    "código,código de soporte,código vip",
    "category": "category,topic,catégorie,sujet,thème,categoría,tema",
    "priority": "priority,urgency,priorité,urgence,prioridad,urgencia",
}
_LABELLED = re.compile(r"\s*[-*•]?\s*(?P<label>[^:\n/]{2,40}?)\s*[::=]\s*(?P<value>\S.*?)\s*")
_URGENT = frozenset(("urgent", "urgente", "urgents", "urgentes", "asap"))
_VAGUE = frozenset(
    ("help", "aide", "ayuda", "problem", "probleme", "problema", "other", "autre", "otro", "otra")
)
"""Words too common to choose a category."""
_PRIORITY = ("priority", "priorité", "prioridad", "urgency", "urgence", "urgencia")


FAILURE = NEGATIONS | frozenset(
    tokens(
        "trouble cannot fail fails failed crash crashes crashed freezes plante plantee bloque bloquee casse falla "
        "rompe cuelga"
    )
)
"""With these, “invoice” names what failed rather than what the request is about, so we ask."""


@dataclass(frozen=True, slots=True)
class FilledSlots:
    """What a message answers, and what's left once its labelled lines are removed."""

    rest: str
    details: dict[str, Detail] = field(default_factory=dict)
    code: str = ""


def fill_slots(
    text: str,
    questions: Sequence[Question],
    conversation: Conversation,
    policy: Policy,
    *,
    is_story: bool = True,
) -> FilledSlots:
    """The answers in `text` to `questions`. `is_story`: the text tells what happened."""
    lines = _without_named_code(_from_labels(text, questions, conversation, policy))
    left = [q for q in questions if q.key not in lines.details and q.kind != "code"]
    found = {**_from_introduction(lines.rest, left), **_from_mentions(lines.rest, left, conversation, policy)}
    return (
        FilledSlots(lines.rest, {**found, **lines.details}, lines.code)
        if is_story or lines.details
        else lines
    )


def _without_named_code(found: FilledSlots) -> FilledSlots:
    """Look up a code labelled as one, whether or not we asked; the rest no longer contains it."""
    code = "" if found.code else named_code(found.rest)
    return replace(found, rest=without_code(found.rest), code=code) if code else found


def _from_labels(
    text: str, questions: Sequence[Question], conversation: Conversation, policy: Policy
) -> FilledSlots:
    found = FilledSlots("")
    rest = []
    for line in text.splitlines() if len(text) < 20_000 else [text]:
        taken = _parse_line(line, questions, conversation, policy)
        if taken is None:
            rest.append(line)
        else:
            found = replace(found, details={**found.details, **taken.details}, code=taken.code or found.code)
    return FilledSlots("\n".join(rest).strip(), found.details, found.code)


def _parse_line(
    line: str, questions: Sequence[Question], conversation: Conversation, policy: Policy
) -> FilledSlots | None:
    match = _LABELLED.fullmatch(line) if len(line) < 300 else None
    question = _question_labelled(match["label"], questions) if match else None
    if not match or not question or question.key == DESCRIPTION:
        return None
    if question.kind == "code":
        return FilledSlots("", code=match["value"])
    value = _value(match["value"], question, conversation, policy)
    return FilledSlots("", {question.key: Detail(value)}) if value else None


def _question_labelled(label: str, questions: Sequence[Question]) -> Question | None:
    said = tokens(label)
    for question in questions:
        known = [question.label.in_(locale) for locale in LOCALES] + _LABELS.get(question.key, "").split(",")
        if said and said in [tokens(name) for name in known]:
            return question
    return None


def _value(text: str, question: Question, conversation: Conversation, policy: Policy) -> str | None:
    if question.kind == "text":
        return text
    chosen = find_choice(text, picks(question, conversation, policy))
    return option_key(chosen, question, conversation, policy) if chosen else None


def option_key(chosen: str, question: Question, conversation: Conversation, policy: Policy) -> str:
    """The key of the choice with this payload."""
    offered = available_options(question, conversation, policy)
    return next(offer.key for offer in offered if offer.pick.key == chosen)


def _from_introduction(text: str, questions: Sequence[Question]) -> dict[str, Detail]:
    keys = {question.key for question in questions}
    return {key: Detail(value) for key, value in find_introduction(text).items() if key in keys}


def _from_mentions(
    text: str, questions: Sequence[Question], conversation: Conversation, policy: Policy
) -> dict[str, Detail]:
    if _first_words(policy).isdisjoint(tokens(text)) or count_words(text) > MAX_WORDS:
        return {}
    has_failed = not FAILURE.isdisjoint(tokens(text))
    asked = [q for q in questions if q.kind == "priority" or not has_failed]
    chosen = ((q.key, find_mention(text, _unambiguous_picks(q, conversation, policy))) for q in asked)
    return {key: Detail(value) for key, value in chosen if value}


def _unambiguous_picks(question: Question, conversation: Conversation, policy: Policy) -> Sequence[Pick]:
    """The choices with only the names that are unambiguous."""
    offered = available_options(question, conversation, policy)
    if question.kind == "priority":
        return [_explicit_priority(offer) for offer in offered]
    return _plain(policy, question.key) if offered else ()


@lru_cache(16)
def _first_words(policy: Policy) -> frozenset[str]:
    """The first words of every choice's names; most messages contain none of them."""
    offered = [offer for question in policy.questions for offer in all_options(question, policy)]
    picks = [pick for offer in offered for pick in (offer.pick, _explicit_priority(offer))]
    return frozenset(words[0] for pick in picks for name in pick.names if (words := tokens(name)))


@lru_cache(256)
def _plain(policy: Policy, key: str) -> Sequence[Pick]:
    """The choices of everyday support categories, without names that say little."""
    question = policy.question(key)
    scopes = {category.key: category.scope for category in policy.categories if question.kind == CATEGORY}
    plain = [o for o in all_options(question, policy) if scopes.get(o.key, "support") == "support"]
    return tuple(Pick(o.key, tuple(word for word in o.words if fold(word) not in _VAGUE)) for o in plain)


@lru_cache(256)
def _explicit_priority(offer: AnswerOption) -> Pick:
    """“Urgent” and “no hurry” count on their own; “low” (batteries are low too) only beside “priority”."""
    called = offer.pick.names
    plain = tuple(name for name in called if len(tokens(name)) > 1 or fold(name) in _URGENT)
    named = (text for name in called for word in _PRIORITY for text in (f"{name} {word}", f"{word} {name}"))
    return Pick(offer.key, (*plain, *named))
