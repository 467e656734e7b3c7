"""The desk's use cases for webhooks, pages and jobs: each loads, decides and commits in one call.

The rules are in `bot`; this adds what they don't have: the clock, the store and language detection.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.actions import switch_channel
from bot.actions.action_context import ActionServices
from bot.actions.action_table import as_use_case
from bot.actions.receive_message import receive
from bot.actions.unfinished_requests import take_over
from bot.alerts.alert_actions import Actor
from bot.delivery.blocked_contact import record_blocked
from bot.messages.errors import NotFound
from bot.messages.ids import make_ticket_id
from bot.messages.inbound import Address, DetectedLanguage, Inbound, SwitchLink, SwitchLinkProblem
from bot.messages.thread import DeliveryStatus, OutboxEntry
from bot.model.account import Accounts
from bot.model.copy_with import copy_with
from bot.model.ticket import Ticket
from bot.model.unit_of_work import Changes, Records
from desk.receipts import Receipts
from store.contacts.switch_links import SwitchLinks
from store.contacts.unit_of_work import UnitsOfWork
from store.outbox.outbox import Outbox


class HandlesStaff(Protocol):
    """Handles messages from staff."""

    def find_actor(self, inbound: Inbound) -> Actor | None: ...

    def receive(self, inbound: Inbound, actor: Actor) -> None: ...


class Desk:
    """All use cases of the desk."""

    def __init__(
        self,
        units: UnitsOfWork,
        outbox: Outbox,
        services: ActionServices,
        accounts: Accounts,
        hear: Callable[[str, str], DetectedLanguage],
        clock: Callable[[], datetime],
        staff: HandlesStaff,
        receipts: Receipts,
        switch_links: SwitchLinks,
    ) -> None:
        self._staff, self._receipts, self._switch_links = staff, receipts, switch_links
        self._units, self._outbox, self._services = units, outbox, services
        self._accounts, self._hear, self._clock = accounts, hear, clock

    def receive(self, inbound: Inbound) -> bool:
        """Handle a message from a customer or from staff; False if it's a repeat, or from a group that isn't ours."""
        if actor := self._staff.find_actor(inbound):
            self._staff.receive(inbound, actor)
            self._units.mark_seen(inbound)
            return True
        if inbound.sender is not None:
            return False  # a button in a group that isn't ours
        claimed, heard = self._switch_links.claim(inbound), inbound.heard
        if not isinstance(claimed, SwitchLink) and claimed is not SwitchLinkProblem.OVER:
            heard = self._hear(inbound.text, heard.hint)
        elsewhere = switch_channel.switch_targets(inbound.address.channel, self._switch_links.places)
        inbound = copy_with(inbound, claimed=claimed, heard=heard, elsewhere=elsewhere)

        def decide(records: Records) -> Changes:
            policies, find_agent = self._services.policies, self._services.find_agent
            now, links = self._clock(), self._switch_links
            return receive(records, inbound, policies, now, self._accounts, links, find_agent)

        return self._units.receive(inbound, decide) is not None

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
        """Record a delivery receipt; False if we don't know the message."""
        entry_id = entry_id or self._outbox.id_by_external_id(channel, external_id)
        if not entry_id:
            return False
        return self._receipts.take(entry_id, status, external_id, reason, detail)

    def record_reachability(self, address: Address, is_reachable: bool, at: datetime) -> None:
        """Record on their tickets that a customer blocked or unblocked the desk."""
        owner = self._units.contact_id_of(address)
        self._units.set_reachable(owner, is_reachable)
        self._units.change(make_ticket_id(owner, 0), record_blocked(is_reachable, self._clock()))

    def set_aside(self, channel: str, body: str, reason: str) -> None:
        """Keep a webhook request that failed, for the operator."""
        self._units.set_aside(channel, body, reason, self._clock())

    def act(self, ticket_id: str, action: str, by: str, /, *, key: str = "", **arguments: object) -> Ticket:
        """Run that action of `action_table` and return the ticket; the same `key` again changes nothing.

        Raises NotFound, and whatever the action raises.
        """
        use_case = as_use_case(ticket_id, action, by, self._services, self._clock(), **arguments)
        changes = self._units.change(ticket_id, use_case, once=key)
        done = [t for t in changes.tickets if t.ticket_id == ticket_id] if changes else []
        return done[0] if done else self._units.ticket(ticket_id)

    def take_over(self, draft_id: str, by: str) -> Ticket:
        """Open a ticket for a request that the customer didn't send, assigned to that agent; harmless to repeat.

        Raises NotFound if the customer cancelled it.
        """

        def decide(records: Records) -> Changes | None:
            return take_over(records, draft_id, by, self._services, self._accounts, self._clock())

        self._units.change(draft_id, decide)
        return self._units.ticket(draft_id)

    def try_again(self, entry_id: str, agent_id: str) -> OutboxEntry:
        """Resend a message that failed or may not have arrived; does nothing if it has arrived since."""
        entry = self._receipts.try_again(entry_id)
        if entry is None:
            raise NotFound(f"no outgoing message {entry_id}")
        return entry
