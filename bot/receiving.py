"""Taking a customer's message: what `advance` decided is carried out on the contact's records. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot import promises, telling
from bot.advance import Account, advance, take_account
from bot.conversation import Conversation, Status
from bot.effects import (
    AnswerQuote,
    CheckCode,
    Effect,
    OpenTicket,
    Rate,
    Record,
    Reopen,
    Say,
    ShowStatus,
    Step,
    TakeUp,
)
from bot.facts import CUSTOMER, Happened
from bot.inbound import Inbound
from bot.policy import Policy
from bot.promises import Policies
from bot.records import Changes, Records
from bot.thread import Author
from bot.ticket import Ticket
from bot.writing import WORDS_KEPT, Writing

FindAccount = Callable[[str, str], Account | None]
"""From a contact's id and the code they gave to the account; counts tries, and never tells the code."""

MASKED = "•••"
"""Stands in the thread for a message that held a support code."""


def receive(
    records: Records, inbound: Inbound, policies: Policies, now: datetime, find_account: FindAccount
) -> Changes:
    """Take one message of one contact; everything that must follow is in the changes."""
    taking = _Taking(records, inbound, policies, now, find_account)
    taking.follow(advance(taking.writing.conversation, inbound, policies.current, now))
    return replace(taking.writing.changes(), answer_token=inbound.answer_token)


class _Taking:
    """One message being taken."""

    def __init__(
        self,
        records: Records,
        inbound: Inbound,
        policies: Policies,
        now: datetime,
        find_account: FindAccount,
    ) -> None:
        before = records.conversation or Conversation(records.contact_id, inbound.address)
        self.writing = Writing(records, _also_known(before, inbound), now)
        self.inbound, self.policies, self.now = inbound, policies, now
        self.find_account = find_account
        self.thread_id = before.chatter_id

    def follow(self, step: Step) -> None:
        self.writing.conversation = step.conversation
        for effect in step.effects:
            self._carry_out(effect)

    def _carry_out(self, effect: Effect) -> None:
        writing = self.writing
        match effect:
            case Record(thread_id, is_secret):
                self.thread_id = thread_id
                writing.record(replace(self.inbound, text=MASKED) if is_secret else self.inbound, thread_id)
            case Say(outgoing):
                writing.say(outgoing, self.thread_id)
            case OpenTicket():
                self._open(effect)
            case TakeUp(ticket_id, is_courtesy):
                ticket = writing.ticket(ticket_id)
                wrote = ticket.thanked if is_courtesy else ticket.customer_wrote
                writing.put(wrote(self.now))
            case Reopen(ticket_id):
                self._reopen(writing.ticket(ticket_id))
            case Rate(ticket_id, stars, comment):
                writing.put(writing.ticket(ticket_id).rated(self.now, stars, comment))
            case AnswerQuote(ticket_id, is_accepted):
                kind = Happened.QUOTE_ACCEPTED if is_accepted else Happened.QUOTE_DECLINED
                writing.put(writing.ticket(ticket_id).with_fact(kind, self.now, CUSTOMER))
            case CheckCode(code):
                account = self.find_account(writing.conversation.contact_id, code)
                self.follow(take_account(writing.conversation, account, self.policies.current, self.now))
            case ShowStatus():
                telling.status(writing, self.policies, self.thread_id)

    def _open(self, effect: OpenTicket) -> None:
        policy = self.policies.current
        ticket = _ticket(self.writing, effect, policy, self.now)
        self.writing.conversation = self.writing.conversation.evolve(ticket_id=ticket.ticket_id)
        self.writing.put(ticket)
        telling.opened(self.writing, ticket, policy, is_for_person=effect.is_human_asked)

    def _reopen(self, ticket: Ticket) -> None:
        ticket = ticket.customer_wrote(self.now).reopened(self.now, CUSTOMER)
        self.writing.conversation = self.writing.conversation.evolve(ticket_id=ticket.ticket_id)
        self.writing.put(ticket)
        telling.reopened(self.writing, ticket, self.policies.of(ticket))


def _also_known(conversation: Conversation, inbound: Inbound) -> Conversation:
    """The provider told another address of theirs."""
    other = inbound.also_known_as
    if other is None or other in conversation.addresses:
        return conversation
    return conversation.evolve(addresses=(*conversation.addresses, other))


def _ticket(writing: Writing, effect: OpenTicket, policy: Policy, now: datetime) -> Ticket:
    who, details = writing.conversation, effect.details
    category = details["category"].value if "category" in details else ""
    priority = details["priority"].value if "priority" in details else ""
    ticket = Ticket(
        ticket_id=effect.ticket_id,
        contact_id=who.contact_id,
        number=writing.records.number,
        address=who.address,
        locale=who.locale,
        policy_version=policy.version,
        opened_at=now,
        subject=_subject(effect),
        category=category,
        priority=priority or policy.usual_priority.key,
        details=details,
        contact_name=who.remembered.get("name") or who.profile_name,
        company=who.remembered.get("company", ""),
        account_id=who.account_id,
        plan=who.plan,
        has_clock=promises.has_clock(policy, category),
        status=Status.NEW,
        updated_at=now,
        last_words=_story(effect)[:WORDS_KEPT],
        last_by=Author.CUSTOMER.value,
        last_customer_at=now,
    )
    return ticket.with_fact(Happened.OPENED, now, CUSTOMER, priority=ticket.priority, category=category)


def _story(effect: OpenTicket) -> str:
    words = effect.details["description"].value if "description" in effect.details else ""
    return " ".join(words.split())


def _subject(effect: OpenTicket) -> str:
    first = _story(effect)
    return first if len(first) <= 80 else first[:79].rsplit(" ", 1)[0] + "…"
