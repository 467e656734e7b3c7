"""What is told of the desk itself: its questions, its figures, and how a promise was counted, as the API answers."""

from collections.abc import Mapping
from datetime import datetime

from api.v1 import responses
from bot.conversation.questions import all_options
from bot.messages.localized import LocalizedText
from bot.policy.policy import Policy
from bot.policy.sections import Question
from bot.sla.explain import Stretch
from store.alerts.missed_targets import MissedTarget
from store.inbox.explain import ExplainedDeadline
from store.inbox.overview import Overview, TicketCounts
from store.inbox.sla_daily import WeeklySla

MOST_STRETCHES = 400


def explanation(told: ExplainedDeadline) -> responses.Explanation:
    """A promise, stretch by stretch."""
    deadline, stretches = told.deadline, told.explanation.stretches
    return responses.Explanation(
        target=responses.Target(deadline.target),
        turn=deadline.turn,
        allowance=str(deadline.allowance),
        standing=deadline.status_at(told.now),
        started_at=deadline.started_at,
        due_at=deadline.due_at,
        met_at=deadline.met_at,
        counted_seconds=told.explanation.counted.total_seconds(),
        stretches=[_stretch(each, told.ticket.locale) for each in stretches[:MOST_STRETCHES]],
        left_out=max(0, len(stretches) - MOST_STRETCHES),
    )


def questions(policy: Policy) -> responses.Questions:
    """What the desk asks for; files are not taken by the API."""
    asked = [question for question in policy.questions if question.kind != "attachments"]
    return responses.Questions(policy=policy.version, questions=[_question(each, policy) for each in asked])


def overview(at: datetime, seen: Overview, counts: Mapping[str, int]) -> responses.Overview:
    """The desk's figures."""
    return responses.Overview(
        at=at,
        counts={view: count for view, count in counts.items() if view != "mine"},
        priorities=[_figures(key, one) for key, one in seen.by_priority.items()],
        kept_by_target={responses.Target(key): _weeks(each) for key, each in seen.kept_by_target.items()},
        kept_by_priority={key: _weeks(each) for key, each in seen.kept_by_priority.items()},
        alerts=[_alert(alert) for alert in seen.alerts],
    )


def _stretch(stretch: Stretch, locale: str) -> responses.Stretch:
    return responses.Stretch(
        start_at=stretch.start,
        end_at=stretch.end,
        seconds=stretch.length.total_seconds(),
        is_counted=stretch.is_counted,
        reason=stretch.reason,
        name=stretch.name.in_(locale) if stretch.name else None,
    )


def _question(question: Question, policy: Policy) -> responses.Question:
    return responses.Question(
        key=question.key,
        kind=question.kind,
        label=_in_all(question.label),
        is_required=question.is_required,
        is_remembered=question.is_remembered,
        min_words=question.min_words,
        choices=[
            responses.Choice(
                key=offer.key,
                label=_in_all(offer.label),
                description=_in_all(offer.description) if offer.description else None,
            )
            for offer in all_options(question, policy)
        ],
        categories=list(question.categories),
    )


def _in_all(label: LocalizedText) -> responses.Label:
    return responses.Label(en=label.en, fr=label.fr, es=label.es)


def _figures(priority: str, one: TicketCounts) -> responses.Figures:
    return responses.Figures(
        priority=priority,
        open=one.open,
        due_soon=one.due_soon,
        overdue=one.overdue,
        answered=one.answered,
        answered_in_time=one.answered_in_time,
    )


def _weeks(weeks: WeeklySla) -> responses.Weeks:
    this, last = (responses.Share(kept=each.kept, total=each.total) for each in (weeks.this, weeks.last))
    return responses.Weeks(this=this, last=last)


def _alert(alert: MissedTarget) -> responses.Alert:
    return responses.Alert(
        number=alert.number,
        target=responses.Target(alert.target),
        turn=alert.turn,
        missed_at=alert.missed_at,
        acknowledged_at=alert.acknowledged_at,
    )
