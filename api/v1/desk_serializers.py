"""Converts the desk's questions, figures and explanations to API responses."""

from collections.abc import Mapping
from datetime import datetime

from api.v1 import responses
from bot.conversation.intake.questions import all_options
from bot.policy.policy import Policy
from store.inbox.explain import ExplainedDeadline
from store.inbox.overview import Overview

MAX_STRETCHES = 400


def explanation(explained: ExplainedDeadline) -> responses.Explanation:
    """Convert why a deadline is due when it is."""
    stretches = explained.explanation.stretches
    return responses.Explanation.of(
        explained.deadline,
        allowance=str(explained.deadline.allowance),
        standing=explained.deadline.status_at(explained.now),
        counted_seconds=explained.explanation.counted.total_seconds(),
        stretches=[
            responses.Stretch.of(
                each,
                start_at=each.start,
                end_at=each.end,
                seconds=each.length.total_seconds(),
                name=each.name.in_(explained.ticket.locale) if each.name else None,
            )
            for each in stretches[:MAX_STRETCHES]
        ],
        left_out=max(0, len(stretches) - MAX_STRETCHES),
    )


def questions(policy: Policy) -> responses.Questions:
    """Convert the policy's questions, except those for files, which the API doesn't take."""
    asked = [
        responses.Question.of(question, choices=all_options(question, policy))
        for question in policy.questions
        if question.kind != "attachments"
    ]
    return responses.Questions(policy=policy.version, questions=asked)


def overview(at: datetime, seen: Overview, counts: Mapping[str, int]) -> responses.Overview:
    """Convert the desk's figures."""
    return responses.Overview.of(
        seen,
        at=at,
        counts={view: count for view, count in counts.items() if view != "mine"},
        priorities=[
            responses.Figures.of(
                each, priority=key, answered=each.total_today, answered_in_time=each.kept_today
            )
            for key, each in seen.by_priority.items()
        ],
    )
