"""Reads what a ticket's topic should show now, rendered in the group's language."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.forum.topic_card import CardData, card, topic_name
from bot.forum.topic_sync import DesiredTopic
from bot.messages.outgoing import Line, Outgoing
from bot.messages.thread import ThreadEntry
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.sla.outlook import Policies, outlook
from channels.outgoing import Choice
from i18n.render import render, render_outgoing
from store.agents.agent import Agent
from store.agents.agents import Agents
from store.inbox.presence import Presence
from store.inbox.queries import Queries
from store.policies import StoredPolicies

_LONG_AGO = timedelta(days=30)


@dataclass(frozen=True)
class TopicViews:
    """Renders tickets for the group."""

    queries: Queries
    policies: StoredPolicies
    agents: Agents
    presence: Presence
    public_url: str
    clock: Callable[[], datetime]

    def look(self, ticket_id: str) -> DesiredTopic:
        """What its topic should show; raises NotFound."""
        view, now = self.queries.ticket(ticket_id), self.clock()
        ticket, agents, policy = view.ticket, self.agents.all(), self.policies.of(view.ticket)
        locale = group_locale(agents.values())
        typing = [p.agent_id for p in self.presence.other_viewers(ticket_id, "") if p.is_typing]
        data = CardData(
            ticket=ticket,
            policy=policy,
            deadlines=outlook(ticket, policy).deadlines,
            window=view.window,
            now=now,
            link=f"{self.public_url}/inbox/ticket/{ticket.number}",
            assignee=_name(agents.get(ticket.assignee)) if ticket.assignee else "",
            answering=[_name(agents.get(agent_id)) for agent_id in typing],
        )
        return DesiredTopic(
            ticket=ticket,
            entries=view.entries,
            deliveries=view.deliveries,
            name=topic_name(data),
            card=self._card(card(data), ticket, locale),
            link=data.link,
            is_urgent=is_urgent(ticket, self.policies),
            is_being_answered=bool(typing),
            now=now,
            render=partial(self.words, locale=locale),
            said=lambda entry: self.said(entry, locale if entry.is_system_note else ticket.locale),
            agent_name=self.name,
        )

    def words(self, line: Line, locale: str) -> str:
        """One line in that language."""
        return render(line, locale, self._zone, self.clock())

    def said(self, entry: ThreadEntry, locale: str) -> str:
        """What an entry says, with the bot's messages rendered as the customer reads them."""
        if entry.said is None:
            return entry.text
        lines = render_outgoing(entry.said, locale, self._zone, entry.at).lines
        return "\n".join(str(line) for line in lines)

    def name(self, agent_id: str) -> str:
        """The agent's name."""
        return _name(self.agents.find(agent_id))

    def locale(self) -> str:
        """The language of the group."""
        return group_locale(self.agents.all().values())

    def options(self, outgoing: Outgoing, locale: str) -> tuple[Choice, ...]:
        """Buttons in that language."""
        return choices(render_outgoing(outgoing, locale, self._zone, self.clock()))

    def _card(self, outgoing: Outgoing, ticket: Ticket, locale: str) -> Outgoing:
        """Cards stay for days, so dates are written out, without “today”."""
        return render_outgoing(outgoing, locale, self._zone, ticket.opened_at - _LONG_AGO)

    @property
    def _zone(self) -> ZoneInfo:
        return self.policies.current.calendar.zone


def is_urgent(ticket: Ticket, policies: Policies) -> bool:
    """Whether it has the highest priority, is an emergency, or missed a deadline."""
    highest = policies.of(ticket).priorities[-1].key
    is_missed = any(fact.kind is TicketEventKind.MISSED for fact in ticket.facts)
    return ticket.is_live and (ticket.priority == highest or ticket.is_emergency or is_missed)


def group_locale(people: Iterable[Agent]) -> str:
    """The language that most agents chose."""
    chosen = Counter(agent.locale for agent in people if agent.locale and not agent.is_disabled)
    return chosen.most_common(1)[0][0] if chosen else "en"


def choices(rendered: Outgoing) -> tuple[Choice, ...]:
    """Buttons as channels send them."""
    return tuple(Choice(option.payload, str(option.label)) for option in rendered.options)


def _name(agent: Agent | None) -> str:
    return agent.name if agent else "?"
