"""Finds several answers in one message: labelled lines, introductions, choices by meaning.

It takes only what is plain; the summary shows everything found before it counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.conversation.intake.questions import CATEGORY, COMPANY, DESCRIPTION, NAME, available_options, picks
from bot.model.conversation import Conversation, Detail
from bot.policy.policy import Policy
from bot.policy.sections import Question
from bot.reading.choices import category_meant, priority_meant
from bot.reading.people.find_who import find_who
from bot.reading.people.mail_footers import without_footer
from bot.reading.profile_names import usable_name
from bot.reading.read_acts import read_parts
from bot.reading.situations import Situation
from bot.reading.vague_words import is_specific
from bot.text.choice_matching import find_choice
from bot.text.normalise import tokens
from bot.text.support_codes import named_code, stated_code, without_code

_LABELS = {
    "name": "name,my name,full name,nom,mon nom,nom complet,prénom,nombre,mi nombre,nombre completo",
    "company": "company,organisation,organization,entreprise,société,empresa,compañía,organización",
    "support_code": "code,support code,vip code,code support,code client,code vip,code d’assistance,"
    "código,código de cliente,código de soporte,código vip",
    "category": "category,topic,catégorie,sujet,thème,categoría,tema",
    "priority": "priority,urgency,priorité,urgence,prioridad,urgencia",
}
_LABELLED = re.compile(r"\s*[-*•]?\s*(?P<label>[^:\n/]{2,40}?)\s*[::=]\s*(?P<value>\S.*?)\s*")


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
    lines = _without_named_code(_from_labels(without_footer(text), questions, conversation, policy))
    if not lines.code and any(question.kind == "code" for question in questions):
        lines = replace(lines, code=stated_code(lines.rest))
    left = [q for q in questions if q.key not in lines.details and q.kind != "code"]
    if not (is_story or lines.details):
        return lines
    return FilledSlots(
        lines.rest, {**_from_introduction(lines.rest, left, conversation), **lines.details}, lines.code
    )


def infer_choices(
    text: str, questions: Sequence[Question], conversation: Conversation, policy: Policy
) -> dict[str, Detail]:
    """The category and the priority, where the text is plain about them; the summary shows them."""
    found = {}
    for question in questions:
        if question.kind == "priority":
            meant = priority_meant(read_parts(text, Situation.START), policy, is_asked=False).clear
        elif question.kind == CATEGORY and is_specific(text):
            meant = category_meant(find_who(text).rest or text, policy).clear
        else:
            continue
        if meant in {offer.key for offer in available_options(question, conversation, policy)}:
            found[question.key] = Detail(meant)
    return found


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
        known = [*question.label.texts, *_LABELS.get(question.key, "").split(",")]
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


def _from_introduction(
    text: str, questions: Sequence[Question], conversation: Conversation
) -> dict[str, Detail]:
    who = find_who(text)
    is_less = set(tokens(who.name)) < set(tokens(usable_name(conversation.profile_name)))
    given = {NAME: "" if is_less else who.name, COMPANY: who.company}  # “it's Emma”, of “Emma Stone”
    return {q.key: Detail(value) for q in questions if (value := given.get(q.key, ""))}
