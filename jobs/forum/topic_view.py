"""What a ticket's topic should show just now: the rules' answer, with the words and names that it needs."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
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
from store.forum.topics import TopicState
from store.inbox.presence import Presence
from store.inbox.queries import Queries
from store.policies import StoredPolicies

_LONG_AGO = timedelta(days=30)
MAX_CARD_LENGTH = 4000  # UTF-16 units at the very most, as many of them as characters


@dataclass(frozen=True)
class TopicSnapshot:
    """One ticket, looked at."""

    shown: TopicState
    wanted: DesiredTopic
    card: str
    options: tuple[Choice, ...]
    link: str
    locale: str
    is_being_answered: bool


class TopicViews:
    """Looks at tickets for the group."""

    def __init__(
        self,
        queries: Queries,
        policies: StoredPolicies,
        agents: Agents,
        presence: Presence,
        public_url: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._queries, self._policies, self._agents = queries, policies, agents
        self._presence, self._public_url, self._clock = presence, public_url, clock

    def look(self, ticket_id: str, shown: TopicState) -> TopicSnapshot:
        """What its topic should show; raises NotFound."""
        view, now = self._queries.ticket(ticket_id), self._clock()
        ticket, people = view.ticket, self._agents.all()
        locale = group_locale(people.values())
        typing = [p.agent_id for p in self._presence.other_viewers(ticket_id, "") if p.is_typing]
        subject = CardData(
            ticket=ticket,
            policy=self._policies.of(ticket),
            deadlines=outlook(ticket, self._policies.of(ticket)).deadlines,
            now=now,
            link=self._link(ticket),
            assignee=_name(people.get(ticket.assignee)) if ticket.assignee else "",
            answering=[_name(people.get(agent_id)) for agent_id in typing],
        )
        said = self._card(card(subject), ticket, locale)
        text = "\n".join(str(line) for line in said.lines)[:MAX_CARD_LENGTH]
        wanted = DesiredTopic(
            ticket=ticket,
            entries=view.entries,
            deliveries=view.deliveries,
            posts=shown.posts,
            signs=shown.signs,
            name=topic_name(subject),
            card=_fingerprint(said),
            is_urgent=is_urgent(ticket, self._policies),
            now=now,
        )
        return TopicSnapshot(shown, wanted, text, choices(said), subject.link, locale, bool(typing))

    def words(self, line: Line, locale: str) -> str:
        """One line, in that language."""
        return render(line, locale, self._zone, self._clock())

    def said(self, entry: ThreadEntry, locale: str) -> str:
        """What the desk told the customer, as they read it."""
        if entry.said is None:
            return entry.text
        lines = render_outgoing(entry.said, locale, self._zone, entry.at).lines
        return "\n".join(str(line) for line in lines)

    def name(self, agent_id: str) -> str:
        """What colleagues call that agent."""
        return _name(self._agents.find(agent_id))

    def locale(self) -> str:
        """The language of the group."""
        return group_locale(self._agents.all().values())

    def options(self, outgoing: Outgoing, locale: str) -> tuple[Choice, ...]:
        """Buttons, in that language."""
        return choices(render_outgoing(outgoing, locale, self._zone, self._clock()))

    def _card(self, outgoing: Outgoing, ticket: Ticket, locale: str) -> Outgoing:
        """Cards stay for days, so their days are written out: no “today”."""
        return render_outgoing(outgoing, locale, self._zone, ticket.opened_at - _LONG_AGO)

    def _link(self, ticket: Ticket) -> str:
        return f"{self._public_url}/inbox/ticket/{ticket.number}"

    @property
    def _zone(self) -> ZoneInfo:
        return self._policies.current.calendar.zone


def is_urgent(ticket: Ticket, policies: Policies) -> bool:
    """Whether it has the highest priority there is, is an emergency, or is overdue."""
    highest = policies.of(ticket).priorities[-1].key
    is_missed = any(fact.kind is TicketEventKind.MISSED for fact in ticket.facts)
    return ticket.is_live and (ticket.priority == highest or ticket.is_emergency or is_missed)


def group_locale(people: Iterable[Agent]) -> str:
    """The language that most agents have chosen."""
    chosen = Counter(agent.locale for agent in people if agent.locale and not agent.is_disabled)
    return chosen.most_common(1)[0][0] if chosen else "en"


def choices(rendered: Outgoing) -> tuple[Choice, ...]:
    """Buttons as channels take them."""
    return tuple(Choice(option.payload, str(option.label)) for option in rendered.options)


def _name(agent: Agent | None) -> str:
    return agent.name if agent else "?"


def _fingerprint(said: Outgoing) -> str:
    words = repr((said.lines, [(option.payload, option.label) for option in said.options]))
    return blake2b(words.encode(errors="surrogatepass"), digest_size=10).hexdigest()
