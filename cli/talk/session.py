"""A session: one customer and their tickets at a desk in memory. Nothing is stored or sent.

The rules, the catalogs and language detection are the desk's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.actions.action_context import ActionServices
from bot.actions.action_table import as_use_case
from bot.actions.receive_message import receive
from bot.conversation.advance import advance
from bot.conversation.effects import AddToTicket, OpenTicket, Reopen, Say, Step
from bot.messages import phrases_intake
from bot.messages.ids import make_contact_id, ticket_number
from bot.messages.inbound import Address, Inbound, MessageKind, SwitchLink
from bot.messages.outgoing import Attachment, Option, Outgoing, Translatable
from bot.model.account import with_current_account
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from bot.model.unit_of_work import Changes, Records
from bot.policy.policy import Policy
from cli.talk.accounts import SessionAccounts
from cli.talk.errors import InputError
from i18n.language import detect_language
from i18n.render import render_outgoing

BETWEEN_MESSAGES = timedelta(seconds=30)
_AGENT, _AGENT_NAME = "agent", "Alex"


@dataclass(frozen=True, slots=True)
class Customer:
    """Who writes: their address, their name on the channel, and what the channel tells of their language."""

    address: Address
    profile_name: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the desk said to one message, the buttons it showed, and what it understood."""

    said: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    acts: tuple[str, ...] = ()


class Session:
    """One customer at one desk; `now` is the time of the next message."""

    def __init__(
        self, policy: Policy, customer: Customer, now: datetime, accounts: SessionAccounts | None = None
    ) -> None:
        self.policy, self.customer, self.now = policy, customer, now
        self.accounts = accounts or SessionAccounts()
        self.conversation = Conversation(make_contact_id(customer.address), customer.address)
        self.tickets: dict[str, Ticket] = {}
        self.for_person: set[str] = set()
        self._shown: list[Option] = []
        self._version = 0
        self._services = ActionServices(self, lambda _: _AGENT_NAME, _no_agent, _NoSwitchLinks())

    @property
    def current(self) -> Policy:
        """As `bot.sla.outlook.Policies`."""
        return self.policy

    def of(self, ticket: Ticket) -> Policy:
        """As `bot.sla.outlook.Policies`."""
        return self.policy

    def write(
        self,
        text: str = "",
        kind: MessageKind = MessageKind.TEXT,
        attachments: tuple[Attachment, ...] = (),
        *,
        choice: str = "",
    ) -> Reply:
        """The customer sends a message."""
        customer = self.customer
        inbound = Inbound(
            f"m{self._version}", customer.address, self.now, kind, text, choice, attachments,
            profile_name=customer.profile_name, heard=detect_language(text, customer.hint),
        )  # fmt: skip
        step = self._step(inbound)
        self.for_person |= _tickets_for_person(step)
        links = self._services.switch_links
        changes = receive(self._records(), inbound, self, self.now, self.accounts, links, _no_agent)
        return self._keep(changes, acts_of(step))

    def press(self, button: str) -> Reply:
        """The customer presses a button that was shown, named by its label or payload."""
        wanted = button.strip().casefold()
        for option in reversed(self._shown):
            label = str(option.label)
            if wanted in (option.payload.casefold(), label.strip().casefold()):
                return self.write(label, MessageKind.CHOICE, choice=option.payload)
        raise InputError(f"no button “{button}” was shown")

    def act(self, action: str, **arguments: object) -> Reply:
        """An agent does that on the customer's last ticket."""
        if not self.tickets:
            raise InputError("there is no ticket yet")
        ticket_id = self.conversation.ticket_id or list(self.tickets)[-1]
        use_case = as_use_case(ticket_id, action, _AGENT, self._services, self.now, **arguments)
        return self._keep(use_case(self._records()) or Changes())

    def start_at(self, step: Step) -> Reply:
        """The customer stands where this step leads; what it says is shown."""
        self.conversation = step.conversation
        return self._show(effect.outgoing for effect in step.effects if isinstance(effect, Say))

    def _step(self, inbound: Inbound) -> Step:
        """What `receive` carries out, for what only the step tells: the rules are pure, so it's the same."""
        known = with_current_account(self.conversation, self.accounts.known(self.conversation))
        return advance(known, inbound, self.policy, self.now)

    def _records(self) -> Records:
        who, known = self.conversation, self.accounts.known(self.conversation)
        number = ticket_number(len(self.tickets) + 1)
        return Records(who.contact_id, self._version, who, self.tickets, number, known=known)

    def _keep(self, changes: Changes, acts: tuple[str, ...] = ()) -> Reply:
        self.conversation = changes.conversation or self.conversation
        self.tickets |= {ticket.ticket_id: ticket for ticket in changes.tickets}
        reply = self._show((entry.outgoing for entry in changes.outbox), acts)
        self._version += 1
        self.now += BETWEEN_MESSAGES
        return reply

    def _show(self, messages: Iterable[Outgoing], acts: tuple[str, ...] = ()) -> Reply:
        locale, zone = self.conversation.locale, self.policy.calendar.zone
        shown = [render_outgoing(outgoing, locale, zone, self.now) for outgoing in messages]
        self._shown += [option for message in shown for option in message.options]
        said = tuple("\n".join(str(line) for line in message.lines) for message in shown)
        options = next((message.options for message in reversed(shown) if message.options), ())
        return Reply(said, options, acts)


def acts_of(step: Step) -> tuple[str, ...]:
    """What was understood of the message, by name."""
    acts: tuple[str, ...] = getattr(step, "acts", ())
    return acts


def _tickets_for_person(step: Step) -> set[str]:
    """The tickets that were opened for a person, or on which one was asked for."""
    opened = {each.ticket_id for each in step.effects if isinstance(each, OpenTicket) and each.is_human_asked}
    if "person" not in acts_of(step) and not _is_told_of_person(step):
        return opened
    return opened | {each.ticket_id for each in step.effects if isinstance(each, AddToTicket | Reopen)}


def _is_told_of_person(step: Step) -> bool:
    lines = [line for each in step.effects if isinstance(each, Say) for line in each.outgoing.lines]
    return any(
        isinstance(line, Translatable) and line.phrase is phrases_intake.HUMAN_ALREADY for line in lines
    )


def _no_agent(name: str) -> str:
    return ""


class _NoSwitchLinks:
    """The desk is on one channel."""

    places: Mapping[str, str] = {}

    def offer(self, passage: SwitchLink, at: datetime) -> None:
        raise InputError("there is no other channel")
