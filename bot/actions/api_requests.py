"""Requests that come through the API instead of a conversation: opened, and written on. Pure.

Nothing is asked here: errors name the missing or invalid details, and the app asks for them. A
conversation in progress with the same customer isn't affected.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.actions import automation, open_ticket
from bot.actions.action_context import ActionContext
from bot.actions.automation import FindAgent
from bot.conversation.effects import OpenTicket
from bot.conversation.intake.draft import details
from bot.conversation.intake.questions import (
    ATTACHMENTS,
    DESCRIPTION,
    all_options,
    applies_to_request,
    available_options,
    is_unanswered,
)
from bot.messages.errors import InvalidDetails, NotAllowed
from bot.messages.ids import make_ticket_id
from bot.messages.inbound import PORTAL, Address, Inbound
from bot.model.account import Accounts, with_account, with_current_account
from bot.model.change_set import ChangeSet
from bot.model.conversation import Conversation, Detail, Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER
from bot.model.unit_of_work import Changes, Records
from bot.notifications import ticket_changes, ticket_status
from bot.policy.automation_section import Trigger
from bot.policy.policy import Policy
from bot.policy.sections import Question
from bot.text.support_codes import named_code, redact

MAX_REMEMBERED_LENGTH = 120
"""Characters of a name or company, which is kept for later requests."""


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """A request from an app: the customer's address, and details by the keys of the policy's questions."""

    address: Address
    answers: Mapping[str, str] = field(default_factory=dict)
    locale: str = ""  # "" if the app doesn't know
    guess: str = ""  # the language detected in the description
    through: str = ""  # id of the app's token


def open_request(
    records: Records,
    request: ApiRequest,
    policy: Policy,
    now: datetime,
    accounts: Accounts,
    called: FindAgent,
) -> Changes:
    """Open a ticket and tell the customer; raises InvalidDetails, naming every wrong detail."""
    who = _contact(records, request)
    asking, problems = _answered(who, request.answers, policy, accounts)
    if problems:
        raise InvalidDetails(problems)
    kept = {"remembered": asking.remembered, "ticket_count": who.ticket_count + 1}
    account = {"account_id": asking.account_id, "account_proof": asking.account_proof}
    who = who.evolve(**kept, **account, plan=asking.plan, is_vip=asking.is_vip)
    writing = ChangeSet(records, who, now)
    new_id = make_ticket_id(who.contact_id, who.ticket_count)
    told = details(asking, policy)
    story = told.get(DESCRIPTION, Detail()).value
    _record(writing, story, new_id, request.through)
    effect = OpenTicket(new_id, told)
    ticket = open_ticket.new_ticket(who, records.number, effect, policy, now, accounts, request.through)
    ticket = automation.run_rules(writing, ticket, policy, "opened", PORTAL, story, called)
    writing.conversation = writing.conversation.evolve(ticket_id=new_id)
    writing.put(ticket)
    ticket_status.notify_opened(writing, ticket, policy, is_for_person=False)
    return writing.changes()


def add_message(context: ActionContext, text: str) -> Ticket:
    """The customer wrote on their request in the app, which opens it again; NotAllowed once it's closed."""
    ticket, writing, policy = context.ticket, context.writing, context.policy
    if ticket.status is Status.CLOSED:
        raise NotAllowed("write on", ticket.status)
    _record(writing, _without_code(text), ticket.ticket_id, context.by)
    writing.clear_prompt()
    after = ticket.customer_wrote(writing.now)
    is_live = after.is_live
    after = after if is_live else after.reopened(writing.now, CUSTOMER)
    trigger: Trigger = "customer_wrote" if is_live else "reopened"
    called = context.services.find_agent
    after = automation.run_rules(writing, after, policy, trigger, PORTAL, text, called)
    if not is_live:
        writing.conversation = writing.conversation.evolve(ticket_id=ticket.ticket_id)
        ticket_changes.notify_reopened(writing, after, policy, is_answer=True, old_priority=ticket.priority)
    elif after.priority != ticket.priority:
        ticket_changes.notify_priority_changed(writing, after, policy, ticket.priority)
    return after


def _record(writing: ChangeSet, text: str, thread_id: str, through: str) -> None:
    writing.record(Inbound("", Address(PORTAL, through or "-"), writing.now, text=text), thread_id, through)


def _contact(records: Records, request: ApiRequest) -> Conversation:
    """The contact with that address, and their account; a language they chose themselves is kept."""
    who = records.conversation or Conversation(records.contact_id, request.address, (request.address,))
    who = with_current_account(who, records.known)
    if who.is_locale_chosen or (who.locale and not request.locale):
        return who
    return who.evolve(locale=request.locale or request.guess or "en")


def _answered(
    who: Conversation, answers: Mapping[str, str], policy: Policy, accounts: Accounts
) -> tuple[Conversation, dict[str, str]]:
    """The contact with these answers only, and the problems with them."""
    given = {key: value.strip() for key, value in answers.items() if value.strip()}
    asking = replace(who, answers={}, asked_again=())
    problems = dict.fromkeys(given, "this desk does not ask for it")
    for question in sorted(policy.questions, key=_comes_late):
        problems.pop(question.key, None)
        asking, problem = _one(asking, question, given.get(question.key, ""), policy, accounts)
        if problem:
            problems[question.key] = problem
    return asking, problems


def _comes_late(question: Question) -> int:
    """The code determines the plan, and the category which questions apply."""
    return {"code": 0, "category": 1}.get(question.kind, 2)


def _one(
    asking: Conversation, question: Question, value: str, policy: Policy, accounts: Accounts
) -> tuple[Conversation, str]:
    if value and question.kind == "code":
        return _identified(asking, question, value, accounts)
    if value:
        asking = _settled(asking, question, _without_code(value))
    return asking, next(_problems(asking, question, value, policy), "")


def _problems(asking: Conversation, question: Question, value: str, policy: Policy) -> Iterator[str]:
    if question.kind == ATTACHMENTS:
        yield from ["files are not taken here"] if value else []
        return
    if value and not applies_to_request(question, asking, policy):
        yield f"asked only where the category is one of: {', '.join(question.categories)}"
        return
    choices = {offer.key for offer in all_options(question, policy)}
    offered = [offer.key for offer in available_options(question, asking, policy)]
    if value and choices and value not in offered:
        reason = "not included in the plan" if value in choices else "not one of the choices"
        yield f"{reason}; choose one of: {', '.join(offered)}"
    if value and question.is_remembered and len(value) > MAX_REMEMBERED_LENGTH:
        yield f"longer than {MAX_REMEMBERED_LENGTH} characters"
    if is_unanswered(question, asking, policy):
        if value:
            yield f"too short; at least {question.min_words} words are needed"
        elif question.is_required:
            yield f"required; choose one of: {', '.join(offered)}" if offered else "required"


def _identified(
    asking: Conversation, question: Question, code: str, accounts: Accounts
) -> tuple[Conversation, str]:
    answer = accounts.find_by_code(asking.contact_id, code)
    if answer.is_rate_limited:
        return asking, "too many codes were tried for this customer; wait an hour"
    if answer.account is None:
        return asking, "nobody has this code"
    asking = with_account(asking, answer.account, answer.proof)
    return _settled(asking, question, answer.account.name), ""


def _settled(asking: Conversation, question: Question, value: str) -> Conversation:
    asking = asking.evolve(answers={**asking.answers, question.key: Detail(value)})
    if not question.is_remembered:
        return asking
    return asking.evolve(remembered={**asking.remembered, question.key: value})


def _without_code(text: str) -> str:
    """Codes are never stored, wherever they were written."""
    return redact(text, named_code(text))
