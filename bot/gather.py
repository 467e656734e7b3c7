"""Finding several answers in one message: labelled lines, introductions, spoken words of a category or priority.

It takes only what can hardly be meant otherwise; everything found is shown in the summary before it counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.conversation import Conversation, Detail
from bot.labels import LOCALES
from bot.places import PLACES
from bot.policy import Policy
from bot.policy_parts import Question
from bot.questions import DESCRIPTION, names, offers, payload, picks
from bot.words import Pick, choose, count_words, fold, mentioned, tokens

STORY = 80
"""Words: in a longer text a spoken word may stand by chance and decides nothing."""

_LABELS = {
    "name": "name,my name,full name,nom,mon nom,nom complet,prénom,nombre,mi nombre,nombre completo",
    "company": "company,organisation,organization,entreprise,société,empresa,compañía,organización",
    "support_code": "code,support code,code support,code client,code d’assistance,código,código de soporte",
    "category": "category,topic,catégorie,sujet,thème,categoría,tema",
    "priority": "priority,urgency,priorité,urgence,prioridad,urgencia",
}
_LABELLED = re.compile(r"\s*[-*•]?\s*(?P<label>[^:\n/]{2,40}?)\s*[::=]\s*(?P<value>\S.*?)\s*")
_ALARMS = frozenset(("urgent", "urgente", "urgents", "urgentes", "asap"))
_VAGUE = frozenset(
    ("help", "aide", "ayuda", "problem", "probleme", "problema", "other", "autre", "otro", "otra")
)
"""Words with which any message may begin, so that they choose no category."""
_PRIORITY = ("priority", "priorité", "prioridad", "urgency", "urgence", "urgencia")

_NAME = r"[^\W\d_a-zß-ÿ][\w’'-]*[a-zß-ÿ]"
_PERSON = rf"(?P<name>{_NAME}(?:\s+{_NAME}){{0,2}})"
_FIRM = r"(?P<firm>[^\W_a-zß-ÿ][\w&’'-]*(?:\s+[^\W_a-zß-ÿ][\w&’'-]*){0,2})"
_ENDS = r"(?=\s*(?:[,.;!\n)–—-]|$|\b(?:and|et|y)\b))"
_INTRODUCTIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:my name is|my name’s|my name's|i am|i’m|i'm|this is|here is))\s+{_PERSON},?"
        rf"\s+(?i:from|at|with|of)(?:\s+(?i:the company))?\s+{_FIRM}",
        rf"(?i:\b(?:je m’appelle|je m'appelle|je suis|ici|moi c’est|moi c'est|mon nom est|c’est|c'est))\s+{_PERSON},?"
        rf"\s+(?i:de chez|chez|de la société|de la societe|de l’entreprise|de l'entreprise)\s+{_FIRM}",
        rf"(?i:\b(?:me llamo|mi nombre es|soy|aquí|aqui))\s+{_PERSON},?"
        rf"\s+(?i:de la empresa|de la compañía|de la sociedad|de la organización)\s+{_FIRM}",
        rf"(?i:\b(?:je suis|ici|soy))\s+{_PERSON},\s+(?i:de)\s+{_FIRM}",
        rf"(?i:\b(?:my name is|my name’s|my name's|je m’appelle|je m'appelle|mon nom est|me llamo|mi nombre es))"
        rf"\s+{_PERSON}{_ENDS}",
        rf"(?:^|(?i:\b(?:hello|hi|bonjour|hola|dear team)\b[\s,.!]*))(?i:i am|i’m|i'm|je suis|soy)\s+{_PERSON}{_ENDS}",
    )
)
_NO_NAMES = frozenset(
    tokens(
        "having unable not getting trying still sorry happy using in on at here back locked stuck client customer "
        "premium user admin french english spanish american british italian german swiss portuguese ceo cto new "
        "cliente usuario usuaria nuevo nueva español española francés francesa inglés bloqué bloquée français "
        "française anglais anglaise utilisateur utilisatrice désolé désolée nouveau nouvelle perdu perdue"
    )
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a message answers, and what remains of it once its labelled lines are taken out."""

    rest: str
    details: dict[str, Detail] = field(default_factory=dict)
    code: str = ""


def gather(
    text: str,
    wanting: Sequence[Question],
    conversation: Conversation,
    policy: Policy,
    *,
    is_story: bool = True,
) -> Gathered:
    """The answers to questions of `wanting` that stand in `text`. `is_story`: it tells what happened."""
    lines = _labelled(text, wanting, conversation, policy)
    left = [q for q in wanting if q.key not in lines.details and q.kind != "code"]
    found = {**_introduced(lines.rest, left), **_spoken(lines.rest, left, conversation, policy)}
    return replace(lines, details={**found, **lines.details}) if is_story or lines.details else lines


def _labelled(text: str, wanting: Sequence[Question], conversation: Conversation, policy: Policy) -> Gathered:
    found = Gathered("")
    rest = []
    for line in text.splitlines() if len(text) < 20_000 else [text]:
        taken = _one_line(line, wanting, conversation, policy)
        if taken is None:
            rest.append(line)
        else:
            found = replace(found, details={**found.details, **taken.details}, code=taken.code or found.code)
    return replace(found, rest="\n".join(rest).strip())


def _one_line(
    line: str, wanting: Sequence[Question], conversation: Conversation, policy: Policy
) -> Gathered | None:
    match = _LABELLED.fullmatch(line) if len(line) < 300 else None
    question = _of_label(match["label"], wanting) if match else None
    if not match or not question or question.key == DESCRIPTION:
        return None
    if question.kind == "code":
        return Gathered("", code=match["value"])
    value = _value(match["value"], question, conversation, policy)
    return Gathered("", {question.key: Detail(value)}) if value else None


def _of_label(label: str, wanting: Sequence[Question]) -> Question | None:
    said = tokens(label)
    for question in wanting:
        known = [question.label.in_(locale) for locale in LOCALES] + _LABELS.get(question.key, "").split(",")
        if said and said in [tokens(name) for name in known]:
            return question
    return None


def _value(text: str, question: Question, conversation: Conversation, policy: Policy) -> str | None:
    if question.kind == "text":
        return text
    chosen = choose(text, picks(question, conversation, policy))
    return key_of(chosen, question, conversation, policy) if chosen else None


def key_of(chosen: str, question: Question, conversation: Conversation, policy: Policy) -> str:
    """The key of the choice that this payload stands for."""
    offered = offers(question, conversation, policy)
    return next(offer.key for offer in offered if payload(question, offer.key) == chosen)


def _introduced(text: str, wanting: Sequence[Question]) -> dict[str, Detail]:
    keys = {question.key for question in wanting}
    match = next((m for pattern in _INTRODUCTIONS if (m := pattern.search(text[:500]))), None)
    if not match or text.isupper() or fold(match["name"].split()[0]) in _NO_NAMES:
        return {}
    groups = match.groupdict()
    firm = (groups.get("firm") or "").rstrip(".'’-")
    given = {"name": match["name"], "company": "" if fold(firm) in PLACES else firm}
    return {key: Detail(value) for key, value in given.items() if value and key in keys}


def _spoken(
    text: str, wanting: Sequence[Question], conversation: Conversation, policy: Policy
) -> dict[str, Detail]:
    if count_words(text) > STORY:
        return {}
    chosen = ((q.key, _mentioned(text, q, conversation, policy)) for q in wanting)
    return {key: Detail(value) for key, value in chosen if value}


def _mentioned(text: str, question: Question, conversation: Conversation, policy: Policy) -> str | None:
    offered = offers(question, conversation, policy)
    if question.kind == "priority":
        return mentioned(text, [Pick(offer.key, _unmistakable(names(offer))) for offer in offered])
    spoken = [Pick(o.key, tuple(word for word in o.words if fold(word) not in _VAGUE)) for o in offered]
    return mentioned(text, spoken)


def _unmistakable(called: Sequence[str]) -> tuple[str, ...]:
    """“Urgent” and “no hurry” alone are; “low”, said of batteries too, only is beside the word priority."""
    plain = tuple(name for name in called if len(tokens(name)) > 1 or fold(name) in _ALARMS)
    named = (text for name in called for word in _PRIORITY for text in (f"{name} {word}", f"{word} {name}"))
    return (*plain, *named)
