"""The desk as webhooks, pages and jobs see it: each use case loaded, decided and written in one call.

The rules are in `bot`; this adds only what they may not have: the clock, the store, the language of a text.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.actions import agent_actions, merge_tickets, quotes, switch_channel, temporary_access
from bot.actions.agent_actions import Action, as_use_case
from bot.actions.receive_message import receive
from bot.alerts.alert_actions import Actor
from bot.delivery.blocked_contact import record_blocked
from bot.messages.errors import NotFound
from bot.messages.ids import make_contact_id, make_ticket_id
from bot.messages.inbound import Address, DetectedLanguage, Inbound, SwitchLink, SwitchLinkProblem
from bot.messages.outgoing import Attachment
from bot.messages.thread import Author, DeliveryStatus, OutboxEntry, ThreadEntry
from bot.model.account import Accounts
from bot.model.copy_with import copy_with
from bot.model.ticket import Ticket
from bot.model.unit_of_work import Changes, Records
from bot.sla.outlook import Policies
from desk.receipts import Receipts
from store.contacts.switch_links import SwitchLinks
from store.contacts.unit_of_work import UnitsOfWork
from store.outbox.outbox import Outbox


class AgentNames(Protocol):
    """What agents are called."""

    def first_name(self, agent_id: str) -> str: ...

    def called(self, name: str) -> str: ...


class HandlesStaff(Protocol):
    """Takes what those answer who work here."""

    def find_actor(self, inbound: Inbound) -> Actor | None: ...

    def receive(self, inbound: Inbound, actor: Actor) -> None: ...


class Desk:
    """Every use case of the desk."""

    def __init__(
        self,
        units: UnitsOfWork,
        outbox: Outbox,
        policies: Policies,
        accounts: Accounts,
        names: AgentNames,
        hear: Callable[[str, str], DetectedLanguage],
        clock: Callable[[], datetime],
        staff: HandlesStaff,
        receipts: Receipts,
        switch_links: SwitchLinks,
    ) -> None:
        self._staff, self._receipts, self._switch_links = staff, receipts, switch_links
        self._units, self._outbox, self._policies = units, outbox, policies
        self._accounts, self._names, self._hear, self._clock = accounts, names, hear, clock

    def receive(self, inbound: Inbound) -> bool:
        """Take a message, a customer's or one of ours; False when we had it already, or it is nobody's."""
        if actor := self._staff.find_actor(inbound):
            self._staff.receive(inbound, actor)
            self._units.mark_seen(inbound)
            return True
        if inbound.sender is not None:
            return False  # a button in a group that is not ours
        claimed, heard = self._switch_links.claim(inbound), inbound.heard
        if not isinstance(claimed, SwitchLink) and claimed is not SwitchLinkProblem.OVER:
            heard = self._hear(inbound.text, heard.hint)
        elsewhere = switch_channel.switch_targets(inbound.address.channel, self._switch_links.places)
        inbound = copy_with(inbound, claimed=claimed, heard=heard, elsewhere=elsewhere)

        def decide(records: Records) -> Changes:
            now = self._clock()
            called = self._names.called
            return receive(records, inbound, self._policies, now, self._accounts, self._switch_links, called)

        return self._units.receive(make_contact_id(inbound.address), inbound, decide) is not None

    def record_receipt(
        self,
        channel: str,
        status: DeliveryStatus,
        *,
        entry_id: str = "",
        external_id: str = "",
        reason: str = "",
        detail: str = "",
    ) -> bool:
        """The channel's later word on something of ours; False when we know nothing of it."""
        entry_id = entry_id or self._outbox.id_by_external_id(channel, external_id)
        if not entry_id:
            return False
        return self._receipts.take(entry_id, status, external_id, reason, detail)

    def record_reachability(self, address: Address, is_reachable: bool, at: datetime) -> None:
        """They blocked the desk, or let it in again; their tickets show it."""
        owner = make_contact_id(address)
        self._units.set_reachable(owner, is_reachable)
        self._units.change(make_ticket_id(owner, 0), record_blocked(is_reachable, self._clock()))

    def set_aside(self, channel: str, body: str, reason: str) -> None:
        """Keep a post that we failed to take, where the operator finds it."""
        self._units.set_aside(channel, body, reason, self._clock())

    def reply(
        self,
        ticket_id: str,
        agent_id: str,
        text: str,
        attachments: Sequence[Attachment] = (),
        *,
        key: str = "",
        quoted_id: str = "",
        posted_as: str = "",
    ) -> Ticket:
        """Answer the customer. The same `key` twice answers once."""
        name = self._names.first_name(agent_id)
        do = agent_actions.reply(agent_id, name, text, attachments, quoted_id, posted_as=posted_as)
        return self._do(ticket_id, do, key)

    def amend(
        self, ticket_id: str, agent_id: str, entry: ThreadEntry, text: str, *, key: str, posted_as: str
    ) -> Ticket:
        """Change the words of a reply or a note of theirs."""
        is_note = entry.author is Author.NOTE
        do = agent_actions.edit(agent_id, entry.entry_id, text, is_note=is_note, posted_as=posted_as)
        return self._do(ticket_id, do, key)

    def note(
        self,
        ticket_id: str,
        agent_id: str,
        text: str,
        attachments: Sequence[Attachment] = (),
        *,
        key: str = "",
        posted_as: str = "",
    ) -> Ticket:
        """Leave a note for colleagues. The same `key` twice leaves one."""
        return self._do(ticket_id, agent_actions.note(agent_id, text, attachments, posted_as=posted_as), key)

    def claim(self, ticket_id: str, agent_id: str) -> Ticket:
        """Take it; raises AlreadyClaimed."""
        return self._do(ticket_id, agent_actions.claim(agent_id, self._names.first_name(agent_id)))

    def assign(self, ticket_id: str, agent_id: str, to: str) -> Ticket:
        """Give it to `to`, or to nobody."""
        return self._do(
            ticket_id, agent_actions.assign(agent_id, to, self._names.first_name(to) if to else "")
        )

    def prioritise(self, ticket_id: str, agent_id: str, priority: str) -> Ticket:
        """Move it to another priority."""
        return self._do(ticket_id, agent_actions.prioritise(agent_id, priority))

    def send_back(
        self, ticket_id: str, agent_id: str, text: str, *, key: str = "", posted_as: str = ""
    ) -> Ticket:
        """Return it for more information."""
        return self._do(ticket_id, agent_actions.send_back(agent_id, text, posted_as=posted_as), key)

    def hold(self, ticket_id: str, agent_id: str) -> Ticket:
        """Wait on the customer."""
        return self._do(ticket_id, agent_actions.hold(agent_id))

    def release(self, ticket_id: str, agent_id: str) -> Ticket:
        """Wait no longer."""
        return self._do(ticket_id, agent_actions.release(agent_id))

    def resolve(self, ticket_id: str, agent_id: str) -> Ticket:
        """Solved."""
        return self._do(ticket_id, agent_actions.resolve(agent_id))

    def reopen(self, ticket_id: str, agent_id: str) -> Ticket:
        """Not solved after all."""
        return self._do(ticket_id, agent_actions.reopen(agent_id))

    def quote(self, ticket_id: str, agent_id: str, price: str, terms: str, *, key: str = "") -> Ticket:
        """Offer a price for technical work. The same `key` twice offers it once."""
        return self._do(ticket_id, quotes.send_quote(agent_id, price, terms), key)

    def ask_access(self, ticket_id: str, agent_id: str) -> Ticket:
        """Ask the customer for temporary access."""
        return self._do(ticket_id, temporary_access.ask_access(agent_id))

    def end_access(self, ticket_id: str, agent_id: str) -> Ticket:
        """The team needs the access no more."""
        return self._do(ticket_id, temporary_access.end_access(agent_id))

    def offer_channel_switch(self, ticket_id: str, agent_id: str, to: str) -> Ticket:
        """Offer the customer to go on in the other app."""
        return self._do(ticket_id, switch_channel.offer_switch(agent_id, to, self._switch_links))

    def merge(self, ticket_id: str, agent_id: str, into: str) -> Ticket:
        """Make it part of another of the same contact; returns it, closed."""
        return self._do(ticket_id, merge_tickets.merge(agent_id, into))

    def rename(self, ticket_id: str, agent_id: str, subject: str) -> Ticket:
        """Give it another subject."""
        return self._do(ticket_id, agent_actions.rename(agent_id, subject))

    def tag(self, ticket_id: str, agent_id: str, tags: Sequence[str]) -> Ticket:
        """Set its tags."""
        return self._do(ticket_id, agent_actions.tag(agent_id, tags))

    def acknowledge(self, ticket_id: str, target: str, turn: str, agent_id: str) -> Ticket:
        """Somebody has seen to a missed promise."""
        return self._do(ticket_id, agent_actions.acknowledge(agent_id, target, turn))

    def try_again(self, entry_id: str, agent_id: str) -> OutboxEntry:
        """Send again what had failed, or may not have arrived; does nothing when it has meanwhile."""
        entry = self._receipts.try_again(entry_id)
        if entry is None:
            raise NotFound(f"no outgoing message {entry_id}")
        return entry

    def _do(self, ticket_id: str, do: Action, key: str = "") -> Ticket:
        decide = as_use_case(ticket_id, self._policies, self._clock(), do)
        changes = self._units.change(ticket_id, decide, once=key)
        done = [t for t in changes.tickets if t.ticket_id == ticket_id] if changes else []
        return done[0] if done else self._units.ticket(ticket_id)
