"""The summary of a request: its numbered lines, and finding the line to change."""

import re
from dataclasses import dataclass

from bot.conversation.intake.questions import (
    ATTACHMENTS,
    available_options,
    display_value,
    find_question,
    value_of,
)
from bot.messages import phrases_intake
from bot.messages.outgoing import Option, Translatable
from bot.model.conversation import Conversation, Detail
from bot.policy.policy import Policy
from bot.policy.sections import Question
from bot.text.choice_matching import Pick, match_choice
from bot.text.normalise import tokens

_VERBS = frozenset(
    tokens(
        "change changed edit correct modify fix update replace modifier modifie modifiez changer "
        "changez corriger "
        "corrige corrigez remplacer cambiar cambia cambie modificar modifica modifique corregir "
        "corrige corrija"
    )
)
_FILLER = frozenset(
    tokens(
        "the a my line number answer please le la les l ligne numero mon ma el los las linea mi svp "
        "por favor no n"
    )
)


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One numbered line of the summary."""

    question: Question
    detail: Detail


def summary_lines(conversation: Conversation, policy: Policy) -> tuple[SummaryLine, ...]:
    """The answers in the policy's order; a question neither asked nor answered has no line."""
    answered = ((question, value_of(question, conversation, policy)) for question in policy.questions)
    return tuple(
        SummaryLine(question, detail)
        for question, detail in answered
        if detail and _is_told(question, detail)
    )


def render_lines(conversation: Conversation, policy: Policy) -> tuple[Translatable, ...]:
    """The numbered lines as text."""
    return tuple(
        phrases_intake.SUMMARY_LINE(
            index=index, label=line.question.label, value=display_value(line.question, line.detail, policy)
        )
        for index, line in enumerate(summary_lines(conversation, policy), 1)
    )


def line_options(conversation: Conversation, policy: Policy) -> tuple[Option, ...]:
    """A button for each line, in order."""
    return tuple(Option(pick.key, line.question.label) for pick, line in _numbered(conversation, policy))


def line_chosen(text: str, choice: str, conversation: Conversation, policy: Policy) -> Question | None:
    """The question whose line is named: by button, “2”, “the name”, “change 2”."""
    numbered = _numbered(conversation, policy)
    key = choice or match_choice(_without_verb(text), [pick for pick, _ in numbered])
    return next((line.question for pick, line in numbered if pick.key == key), None)


def change_asked(text: str, conversation: Conversation, policy: Policy) -> Question | None:
    """The question to correct, if the text says so: “change 2”, “modifier la description”."""
    words = tokens(text)
    if not words or words[0] not in _VERBS or len(words) < 2:
        return None
    return line_chosen(text, "", conversation, policy)


def is_changeable(question: Question, conversation: Conversation, policy: Policy) -> bool:
    """Whether a different answer is possible."""
    return (
        not available_options(question, conversation, policy)
        or len(available_options(question, conversation, policy)) > 1
    )


def question_of(choice: str, policy: Policy) -> Question | None:
    """The question of a line's button."""
    return find_question(policy, choice.removeprefix("line:")) if choice.startswith("line:") else None


def _numbered(conversation: Conversation, policy: Policy) -> tuple[tuple[Pick, SummaryLine], ...]:
    return tuple(
        (Pick(f"line:{line.question.key}", _names(line.question)), line)
        for line in summary_lines(conversation, policy)
    )


def _names(question: Question) -> tuple[str, ...]:
    return question.label.texts


def _without_verb(text: str) -> str:
    words = [word for word in re.findall(r"\w+", text) if tokens(word)[:1] != ()]
    kept = [word for word in words if tokens(word)[0] not in _VERBS | _FILLER]
    return " ".join(kept)


def _is_told(question: Question, detail: Detail) -> bool:
    return bool(detail.value or detail.attachments) or question.kind in ("text", ATTACHMENTS, "choice")
