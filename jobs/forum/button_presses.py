"""Handles the buttons that agents press under cards in the group, and answers the press."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.forum.agent_message import MessageIntent
from bot.forum.topic import Urgency
from bot.forum.topic_card import card_options, priority_options, solving_options, status_phrase
from bot.messages import phrases_forum as phrases
from bot.messages.errors import AlreadyClaimed, DeliveryError, NotAllowed, NotFound, Unanswered
from bot.messages.outgoing import Option, Outgoing, Translatable
from bot.sla.outlook import Policies
from channels.inbound_events import GroupUpdate
from channels.telegram.forum import Forum
from desk.desk import Desk
from jobs.delivery.rate_limits import group_limits
from jobs.forum.topic_view import TopicViews
from store.agents.agent import Agent
from store.forum.group import ForumGroup
from store.inbox.queries import Queries
from store.outbox import rate_limit
from store.redis_client import Client

RETRY_AFTER = timedelta(seconds=3)
UNDO_FOR = timedelta(seconds=5)
"""How long the customer isn't told that a request is solved, so that its agent can open it again."""


class RetryLater(Exception):
    """Not now: try again after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"again in {wait}")
        self.wait = wait


@dataclass(frozen=True)
class ButtonPresses:
    """Does what buttons ask for."""

    redis: Client
    desk: Desk
    queries: Queries
    policies: Policies
    group: ForumGroup
    forum: Forum
    views: TopicViews
    clock: Callable[[], datetime]

    def handle(self, press: GroupUpdate, agent: Agent | None) -> None:
        """Do it and answer; raises RetryLater and WriteConflict. `agent` is None for a stranger."""
        if agent is None:
            self._tell(press, Translatable(phrases.WHO_ARE_YOU), None, is_alert=True)
            return
        try:
            said, is_alert = self._do(press, agent)
        except AlreadyClaimed as error:
            said, is_alert = phrases.HAS_IT(agent=self.views.name(error.by)), True
        except Unanswered as error:
            self._offer(press, solving_options(error.number))
            said, is_alert = Translatable(phrases.UNANSWERED), True
        except NotAllowed as error:
            said, is_alert = phrases.NOT_POSSIBLE(status=Translatable(status_phrase(error.status))), True
        except NotFound:
            said, is_alert = phrases.NOT_SAVED(link=""), True
        self._tell(press, said, agent, is_alert=is_alert)

    def close(self, press: GroupUpdate, said: Translatable, agent: Agent) -> None:
        """Remove the buttons of a question that was decided, and answer the press."""
        self._offer(press, ())
        self._tell(press, said, agent, is_alert=False)

    def _do(self, press: GroupUpdate, agent: Agent) -> tuple[Translatable, bool]:
        """What to answer, and whether to show it as an alert."""
        kind, _, rest = press.data.partition(":")
        order, _, number = rest.partition(":")
        action, _, value = order.partition("=")
        by, ticket_id, said = agent.agent_id, self.queries.by_number(number), phrases.DONE
        if kind != "t" or not ticket_id:
            raise NotFound("no such button")
        match action:
            case "claim":
                is_theirs = self.queries.ticket(ticket_id).ticket.assignee == by
                self.desk.act(ticket_id, "claim", by)
                said = phrases.YOURS_ALREADY if is_theirs else phrases.CLAIMED
            case "take":
                self.desk.act(ticket_id, "assign", by, to=by)
                said = phrases.CLAIMED
            case "menu" | "card":
                self._show_buttons(press, ticket_id, is_menu=action == "menu")
                said = phrases.PRIORITY
            case "priority":
                self.desk.act(ticket_id, "prioritise", by, priority=value)
                self._show_buttons(press, ticket_id, is_menu=False)
            case "resolve" | "solve":
                self.desk.act(ticket_id, "resolve", by, asks=action == "resolve", undo_for=UNDO_FOR)
                said = phrases.SOLVED
            case "reopen":
                self.desk.act(ticket_id, "reopen", by)
            case "return" | "note":
                self.group.set_next_intent(press.topic_id, press.sender, MessageIntent(action).value)
                said = phrases.ASK_RETURN if action == "return" else phrases.ASK_NOTE
            case _:
                raise NotFound(f"no button {action!r}")
        return Translatable(said), action in ("return", "note")

    def _show_buttons(self, press: GroupUpdate, ticket_id: str, *, is_menu: bool) -> None:
        ticket = self.queries.ticket(ticket_id).ticket
        options = priority_options(ticket, self.policies.of(ticket)) if is_menu else card_options(ticket)
        self._offer(press, options)

    def _offer(self, press: GroupUpdate, options: tuple[Option, ...]) -> None:
        """Change the buttons under the message; a deleted message needs none."""
        limits, now = group_limits(str(press.chat_id), Urgency.FIRST), self.clock()
        wait = rate_limit.acquire(self.redis, limits, now)
        if wait:
            raise RetryLater(wait)
        buttons = self.views.options(Outgoing((), options), self.views.locale())
        try:
            self.forum.set_buttons(press.chat_id, press.message_id, buttons)
        except DeliveryError as error:
            if error.retry_after:
                rate_limit.back_off(self.redis, limits[0], now + error.retry_after, now)
            if not error.is_permanent:
                raise RetryLater(error.retry_after or RETRY_AFTER) from error

    def _tell(self, press: GroupUpdate, said: Translatable, agent: Agent | None, *, is_alert: bool) -> None:
        locale = (agent.locale if agent else "") or self.views.locale()
        self.forum.answer(press.answer_token, self.views.words(said, locale), is_alert=is_alert)
