"""Answers questions back: why we ask, how long it takes, what it costs, who writes here, when we're open."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.conversation.intake.category_scope import category_of
from bot.conversation.intake.questions import CATEGORY, DESCRIPTION, find_question, value_of
from bot.conversation.intake.summary import render_lines
from bot.conversation.opening_hours import describe_opening_hours
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue as phrases
from bot.messages.outgoing import Line, Phrase, Timestamp, Translatable
from bot.model.conversation import Stage
from bot.model.plan import plan_of
from bot.policy.sections import TargetKey
from bot.reading.acts import DIGRESSIONS, ActKind, Reading

MAX_ASIDES = 5

_WHY: Mapping[str, Phrase] = {
    "name": phrases.WHY_NAME,
    "company": phrases.WHY_COMPANY,
    "support_code": phrases.WHY_CODE,
    "code": phrases.WHY_CODE,
    CATEGORY: phrases.WHY_CATEGORY,
    "affected": phrases.WHY_AFFECTED,
    DESCRIPTION: phrases.WHY_DESCRIPTION,
    "priority": phrases.WHY_PRIORITY,
}


def answer_digressions(turn: Turn, reading: Reading) -> Turn:
    """Add a short answer to each question back; the open question follows."""
    if reading.has(*DIGRESSIONS):
        turn = turn.evolve(asides=turn.conversation.asides + 1)
    for act in reading.acts:
        if act.kind in DIGRESSIONS:
            turn = turn.understood(_NAMES.get(act.kind, act.kind.value))
            turn = turn.add_lines(*_ANSWERS[act.kind](turn)).reworded()
    return turn


def is_going_round(turn: Turn) -> bool:
    """Whether they asked back so often in a row that it helps nobody, as an automatic answer does."""
    return turn.conversation.asides >= MAX_ASIDES


def _why(turn: Turn) -> tuple[Line, ...]:
    if turn.conversation.stage is not Stage.ASKING:
        return (Translatable(phrases.WHY_SUMMARY),)
    question = find_question(turn.policy, turn.conversation.asking)
    if question is None:
        return (Translatable(phrases.WHY_OTHER),)
    phrase = _WHY.get(question.key) or _WHY.get(question.kind) or phrases.WHY_OTHER
    return (Translatable(phrase),)


def _how_long(turn: Turn) -> tuple[Line, ...]:
    """When we aim to answer: for the priority they chose, else from the most to the least urgent."""
    category = category_of(turn)
    if category and category.scope == "quote":
        return (Translatable(phrases.NO_ANSWER_TIME),)
    target = _first_target(turn)
    due = _due_times(turn, target) if target else []
    if target is None or not due:
        return (Translatable(phrases.WHY_PRIORITY),)
    by, from_to = _AIMS[target]
    if len(due) == 1:
        return (by(due=Timestamp(due[0], is_latest=True)),)
    return (from_to(first=Timestamp(due[0]), last=Timestamp(due[-1])),)


def _due_times(turn: Turn, target: TargetKey) -> list[datetime]:
    policy = turn.policy
    question = next((q for q in policy.questions if q.kind == "priority"), None)
    chosen = value_of(question, turn.conversation, policy) if question else None
    plan = plan_of(turn.conversation, policy)
    durations = (
        policy.target(target, priority.key, plan.key if plan else "")
        for priority in policy.priorities
        if not (chosen and chosen.value) or chosen.value == priority.key
    )
    return sorted(policy.calendar.add(turn.now, duration) for duration in durations if duration)


def _first_target(turn: Turn) -> TargetKey | None:
    promised = {target for priority in turn.policy.priorities for target in priority.targets}
    asked: tuple[TargetKey, ...] = ("first_response", "resolution", "review")
    return next((target for target in asked if target in promised), None)


def _cost(turn: Turn) -> tuple[Line, ...]:
    return (turn.policy.costs or Translatable(phrases.COST_UNKNOWN),)


def _bot(turn: Turn) -> tuple[Line, ...]:
    return (Translatable(phrases.I_AM_A_BOT),)


def _hours(turn: Turn) -> tuple[Line, ...]:
    return describe_opening_hours(turn.policy.calendar, turn.now)


def _repeat(turn: Turn) -> tuple[Line, ...]:
    return ()


def _recap(turn: Turn) -> tuple[Line, ...]:
    """What we have noted so far; the summary itself follows at the end anyway."""
    lines = render_lines(turn.conversation, turn.policy) if turn.conversation.draft_id else ()
    if turn.conversation.stage in (Stage.REVIEWING, Stage.CHANGING):
        return ()
    return (Translatable(phrases.NOTED_SO_FAR), *lines) if lines else (Translatable(phrases.NOTHING_NOTED),)


_AIMS: Mapping[TargetKey, tuple[Phrase, Phrase]] = {
    "first_response": (phrases.ANSWER_BY, phrases.ANSWER_FROM_TO),
    "next_response": (phrases.ANSWER_BY, phrases.ANSWER_FROM_TO),
    "resolution": (phrases.SOLVE_BY, phrases.SOLVE_FROM_TO),
    "review": (phrases.REVIEW_BY, phrases.REVIEW_FROM_TO),
}
_NAMES = {ActKind.RECAP: ActKind.REPEAT.value}
_ANSWERS: Mapping[ActKind, Callable[[Turn], tuple[Line, ...]]] = {
    ActKind.WHY: _why,
    ActKind.HOW_LONG: _how_long,
    ActKind.COST: _cost,
    ActKind.BOT: _bot,
    ActKind.HOURS: _hours,
    ActKind.REPEAT: _repeat,
    ActKind.RECAP: _recap,
}
