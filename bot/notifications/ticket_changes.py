"""Notifies the customer of ticket changes: the first at once, those of the next minute in one message. Pure.

Pending notifications are kept in the conversation, so that they're stored in the same unit of work as the change, and
any other message to the customer sends them first (`Writing.catch_up`). After a minute, the ticket is due for a check.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.conversation.ticket_prompts import rate_options
from bot.messages import phrases_ticket as phrases
from bot.messages.outgoing import Outgoing, Param, Translatable
from bot.messages.pending_notifications import QUIET_FOR, PendingNotification, StatusChange
from bot.messages.thread import OutboxEntry
from bot.model.change_set import ChangeSet
from bot.model.conversation import Stage, Status
from bot.model.ticket import Ticket
from bot.notifications import aims
from bot.notifications.ticket_status import priority_label
from bot.policy.policy import Policy
from bot.sla.outlook import outlook


def notify_assigned(writing: ChangeSet, before: Ticket, after: Ticket, policy: Policy, name: str) -> None:
    """An agent has it, by first name if known: told once, when the ticket is accepted.

    Until that message is sent, the name in it follows the assignee.
    """
    if before.status is Status.NEW and after.status is Status.OPEN:
        if policy.tells.status:
            _tell(writing, after, policy, step=StatusChange.ACCEPTED, agent=name)
    elif after is not before and (news := _news(writing, after)).step is StatusChange.ACCEPTED:
        _keep(writing, _worded(writing, after, policy, replace(news, agent=name)))


def notify_priority_changed(writing: ChangeSet, ticket: Ticket, policy: Policy, old: str) -> None:
    """An agent or a rule changed the priority; includes the new target."""
    if policy.tells.priority:
        _tell(writing, ticket, policy, old_priority=old)


def notify_reopened(
    writing: ChangeSet, ticket: Ticket, policy: Policy, *, is_answer: bool = False, old_priority: str = ""
) -> None:
    """It was reopened; a customer who asked for that is answered at once.

    `old_priority`: the priority before a rule changed it at the same moment; both changes go in one message.
    """
    old_priority = old_priority if policy.tells.priority else ""
    _tell(writing, ticket, policy, step=StatusChange.REOPENED, old_priority=old_priority, is_answer=is_answer)


def notify_resolved(writing: ChangeSet, ticket: Ticket, policy: Policy, tell_at: datetime) -> None:
    """It was resolved: tell the customer at that time; their next message may be a satisfaction rating.

    A customer who got this a moment ago, and didn't hear that it was reopened, doesn't get it twice.
    """
    if not policy.tells.status:
        return
    is_known = _news(writing, ticket).step is StatusChange.REOPENED
    lines = take_pending_lines(writing, ticket, policy)
    if is_known:
        if lines:
            writing.say(Outgoing(lines), ticket.ticket_id)
        _await_rating(writing, ticket)
        return
    solved = (phrases.TICKET_RESOLVED(number=ticket.number), phrases.RATE_ASK(number=ticket.number))
    told = Outgoing((*lines, *solved), rate_options(ticket.ticket_id))
    writing.say(told, ticket.ticket_id, send_at=tell_at if tell_at > writing.now else None)
    _await_rating(writing, ticket)


def remove_survey(writing: ChangeSet, sent: OutboxEntry, ticket: Ticket) -> None:
    """The customer was told a moment ago that it's solved: they aren't asked to rate it any more."""
    lines = (line for line in sent.outgoing.lines if line != phrases.RATE_ASK(number=ticket.number))
    writing.say(Outgoing(tuple(lines), edits=sent.entry_id), ticket.ticket_id)


def close_rating(writing: ChangeSet, ticket: Ticket) -> None:
    """It was reopened: the customer's next message is no rating."""
    asked = writing.conversation
    if asked.stage is Stage.RATING and asked.asking == ticket.ticket_id:
        writing.conversation = asked.evolve(stage=Stage.IDLE, asking="")


def take_pending_lines(writing: ChangeSet, ticket: Ticket, policy: Policy) -> tuple[Translatable, ...]:
    """Pending changes as the first lines of a notification that is sent now."""
    news = _news(writing, ticket)
    _keep(writing, PendingNotification(ticket.ticket_id, writing.now))
    return _worded(writing, ticket, policy, news).lines if news.lines else ()


def refresh_pending(writing: ChangeSet, ticket: Ticket, policy: Policy) -> None:
    """The ticket changed: update the pending notification."""
    news = _news(writing, ticket)
    if news.lines:
        _keep(writing, _worded(writing, ticket, policy, news))


def send_due(writing: ChangeSet, ticket: Ticket, policy: Policy) -> None:
    """Send what has been pending for a minute."""
    news = _news(writing, ticket)
    if news.lines and writing.now >= news.quiet_until:
        refresh_pending(writing, ticket, policy)
        writing.send_pending()


def discard_pending(writing: ChangeSet, ticket: Ticket) -> None:
    """Drop what is pending: it's out of date."""
    _keep(writing, PendingNotification(ticket.ticket_id, _news(writing, ticket).at))


def _tell(
    writing: ChangeSet,
    ticket: Ticket,
    policy: Policy,
    *,
    step: StatusChange = StatusChange.NONE,
    agent: str = "",
    old_priority: str = "",
    is_answer: bool = False,
) -> None:
    known = _news(writing, ticket)
    news = replace(
        known,
        step=step or known.step,
        agent=agent or known.agent,
        old_priority=known.old_priority or old_priority,
    )
    _keep(writing, _worded(writing, ticket, policy, news))
    if is_answer or writing.now >= known.quiet_until:
        writing.send_pending()


def _await_rating(writing: ChangeSet, ticket: Ticket) -> None:
    if writing.conversation.stage is Stage.IDLE:
        writing.conversation = writing.conversation.evolve(stage=Stage.RATING, asking=ticket.ticket_id)


def _news(writing: ChangeSet, ticket: Ticket) -> PendingNotification:
    """The ticket's notification record; without a recent notification, the next one needn't wait."""
    never = PendingNotification(ticket.ticket_id, writing.now - QUIET_FOR)
    return next((n for n in writing.conversation.notified if n.ticket_id == ticket.ticket_id), never)


def _keep(writing: ChangeSet, news: PendingNotification) -> None:
    """Store the record; one that was sent and is old isn't kept."""
    others = (n for n in writing.conversation.notified if n.ticket_id != news.ticket_id)
    kept = (n for n in (*others, news) if n.lines or writing.now < n.quiet_until)
    writing.conversation = writing.conversation.evolve(notified=tuple(kept))


def _worded(
    writing: ChangeSet, ticket: Ticket, policy: Policy, news: PendingNotification
) -> PendingNotification:
    """With lines for the current state: a priority that was changed and changed back isn't mentioned."""
    old = "" if news.old_priority == ticket.priority else news.old_priority
    news = replace(news, old_priority=old)
    return replace(news, lines=tuple(_lines(ticket, policy, writing.now, news)))


def _lines(
    ticket: Ticket, policy: Policy, now: datetime, news: PendingNotification
) -> Iterator[Translatable]:
    """The status if it still applies, then the priority; the target once, in the last line."""
    number: dict[str, Param] = {"number": ticket.number}
    if news.step is StatusChange.ACCEPTED and ticket.is_live:
        named = phrases.TICKET_ACCEPTED(agent=news.agent, **number)
        yield named if news.agent else Translatable(phrases.TICKET_ACCEPTED_BY_TEAM, number)
    if news.step is StatusChange.REOPENED and ticket.is_live:
        reopened = Translatable(phrases.TICKET_REOPENED_NO_PROMISE, number)
        aim = None if news.old_priority else _aim(ticket, policy, now, aims.REOPENED, number)
        yield aim or reopened
    if news.old_priority:
        old, new = priority_label(policy, news.old_priority), priority_label(policy, ticket.priority)
        params = {**number, "old": old, "new": new}
        changed = Translatable(phrases.PRIORITY_CHANGED_NO_PROMISE, params)
        yield _aim(ticket, policy, now, aims.PRIORITY_CHANGED, params) or changed


def _aim(
    ticket: Ticket, policy: Policy, now: datetime, wording: aims.Wording, params: dict[str, Param]
) -> Translatable | None:
    """The message with what the desk aims to do next; None if nothing is due from now on."""
    promised = outlook(ticket, policy).promised
    if promised is None or promised.due_at is None or promised.due_at <= now:
        return None
    return aims.with_aim(wording, promised, params)
