"""Handles a customer's message: applies what `advance` decides to the contact's records. Pure."""

from dataclasses import replace
from datetime import datetime

from bot.actions import automation, my_data, quotes, switch_channel, temporary_access
from bot.actions.automation import FindAgent
from bot.actions.record_opening import record_opening
from bot.conversation.advance import advance
from bot.conversation.effects import (
    AddToTicket,
    AnswerQuote,
    CheckCode,
    CompleteChannelSwitch,
    DeclineAccess,
    Effect,
    EndAccess,
    GrantAccess,
    NoteErasure,
    OfferAccess,
    OfferChannelSwitch,
    OpenTicket,
    Rate,
    Record,
    Reopen,
    Resolve,
    Say,
    ShowMyData,
    ShowStatus,
    Step,
)
from bot.conversation.intake.identify_account import continue_after_code
from bot.messages.inbound import Inbound
from bot.model.account import Accounts, with_current_account
from bot.model.change_set import ChangeSet
from bot.model.conversation import Conversation
from bot.model.switch_links import SwitchLinks
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER
from bot.model.unit_of_work import Changes, Records
from bot.notifications import ticket_changes, ticket_status
from bot.policy.automation_section import Trigger
from bot.policy.policy import Policy
from bot.sla.outlook import Policies


def receive(
    records: Records,
    inbound: Inbound,
    policies: Policies,
    now: datetime,
    accounts: Accounts,
    passages: SwitchLinks,
    called: FindAgent,
) -> Changes:
    """Handle one message from a contact; the changes hold everything that follows from it."""
    if inbound.quoted_id:
        quoted = records.thread_of(inbound.address.channel, inbound.quoted_id)
        inbound = replace(inbound, quoted_thread_id=quoted)
    taking = _MessageHandler(records, inbound, policies, now, accounts, passages, called)
    taking.follow(advance(taking.writing.conversation, inbound, policies.current, now))
    return taking.writing.changes(answer_token=inbound.answer_token)


class _MessageHandler:
    """One message being handled."""

    def __init__(
        self,
        records: Records,
        inbound: Inbound,
        policies: Policies,
        now: datetime,
        accounts: Accounts,
        passages: SwitchLinks,
        called: FindAgent,
    ) -> None:
        before = records.conversation or Conversation(records.contact_id, inbound.address)
        self.writing = ChangeSet(
            records, with_current_account(_also_known(before, inbound), records.known), now
        )
        self.inbound, self.policies, self.now = inbound, policies, now
        self.accounts, self.passages, self.called = accounts, passages, called
        self.thread_id = before.general_thread_id

    def follow(self, step: Step) -> None:
        self.writing.conversation = step.conversation
        for effect in step.effects:
            self._carry_out(effect)

    def _carry_out(self, effect: Effect) -> None:
        writing = self.writing
        match effect:
            case Record(thread_id, is_secret, shown):
                self.thread_id = thread_id
                writing.record(replace(self.inbound, text=shown) if is_secret else self.inbound, thread_id)
            case Say(outgoing):
                writing.say(outgoing, self.thread_id)
            case OpenTicket():
                self._open(effect)
            case AddToTicket(ticket_id, is_courtesy):
                ticket = writing.ticket(ticket_id).evolve(address=self.inbound.address)
                writing.put(ticket.thanked(self.now) if is_courtesy else self._taken_up(ticket))
            case Reopen(ticket_id):
                self._reopen(writing.ticket(ticket_id))
            case Resolve() | Rate():
                self._conclude(effect)
            case AnswerQuote(ticket_id, is_accepted, number):
                quotes.record_answer(writing, writing.ticket(ticket_id), number, is_accepted=is_accepted)
            case CheckCode(code):
                self._check(code)
            case OfferAccess() | GrantAccess() | DeclineAccess() | EndAccess():
                ticket = writing.ticket(effect.ticket_id)
                temporary_access.handle_access(writing, ticket, self.policies.of(ticket), effect)
            case OfferChannelSwitch(to):
                switch_channel.answer_switch_request(writing, to, self.passages, self.thread_id)
            case CompleteChannelSwitch():
                switch_channel.record_switch(writing, effect, self.policies, self.thread_id)
            case ShowStatus() | ShowMyData() | NoteErasure():
                self._tell(effect)

    def _tell(self, effect: ShowStatus | ShowMyData | NoteErasure) -> None:
        if isinstance(effect, ShowStatus):
            ticket_status.send_status(self.writing, self.policies, self.thread_id)
        elif isinstance(effect, ShowMyData):
            my_data.send_my_data(self.writing, self.policies.current, self.thread_id)
        else:
            my_data.note_erasure(self.writing)

    def _conclude(self, effect: Resolve | Rate) -> None:
        ticket = self.writing.ticket(effect.ticket_id)
        if isinstance(effect, Rate):
            self.writing.put(ticket.rated(self.now, effect.stars, effect.comment))
        else:
            self.writing.put(ticket.resolved(self.now, CUSTOMER))

    def _open(self, effect: OpenTicket) -> None:
        policy, channel = self.policies.current, self.inbound.address.channel
        record_opening(self.writing, effect, policy, self.accounts, channel, self.called)

    def _taken_up(self, before: Ticket) -> Ticket:
        policy, wrote = self.policies.of(before), before.customer_wrote(self.now)
        ticket = self._ruled(wrote, policy, "customer_wrote", self.inbound.text)
        if ticket.priority != before.priority:
            ticket_changes.notify_priority_changed(self.writing, ticket, policy, before.priority)
        return ticket

    def _check(self, code: str) -> None:
        """Look up the code; a ticket in progress belongs to its account from now on."""
        writing, policy = self.writing, self.policies.current
        answer = self.accounts.find_by_code(writing.conversation.contact_id, code)
        self.follow(continue_after_code(writing.conversation, answer, policy, self.now, self.thread_id))
        who, head = writing.conversation, writing.conversation.current
        if answer.account and head and head.is_live and not who.draft_id:
            writing.put(writing.ticket(head.ticket_id).identified(self.now, who))

    def _reopen(self, ticket: Ticket) -> None:
        policy, old = self.policies.of(ticket), ticket.priority
        ticket = ticket.customer_wrote(self.now).reopened(self.now, CUSTOMER)
        ticket = self._ruled(ticket, policy, "reopened", self.inbound.text)
        self.writing.conversation = self.writing.conversation.evolve(ticket_id=ticket.ticket_id)
        self.writing.put(ticket)
        ticket_changes.notify_reopened(self.writing, ticket, policy, is_answer=True, old_priority=old)

    def _ruled(self, ticket: Ticket, policy: Policy, on: Trigger, text: str) -> Ticket:
        channel = self.inbound.address.channel
        return automation.run_rules(self.writing, ticket, policy, on, channel, text, self.called)


def _also_known(conversation: Conversation, inbound: Inbound) -> Conversation:
    """Add the other address that the provider reported."""
    other = inbound.also_known_as
    if other is None or other in conversation.addresses:
        return conversation
    return conversation.evolve(addresses=(*conversation.addresses, other))
