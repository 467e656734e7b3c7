"""Turns a complete request into a ticket: its account, priority, quota, and whether it's an emergency. Pure."""

from datetime import datetime

from bot.conversation.effects import OpenTicket
from bot.messages.thread import Author
from bot.model.account import Accounts
from bot.model.change_set import PREVIEW_LENGTH
from bot.model.conversation import Conversation, Status
from bot.model.plan import allowed_priority, is_emergency, month_of, plan_of
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER, TicketEventKind
from bot.policy.policy import Policy
from bot.policy.sections import Plan
from bot.sla import outlook
from bot.text.direction import plain_name, without_direction_controls
from bot.text.normalise import on_one_line


def new_ticket(
    who: Conversation,
    number: str,
    effect: OpenTicket,
    policy: Policy,
    now: datetime,
    accounts: Accounts,
    through: str = "",
) -> Ticket:
    """The new ticket, counted in its account's monthly quota. `through` is the id of the app's token, if any."""
    details, plan = effect.details, plan_of(who, policy)
    category = details["category"].value if "category" in details else ""
    wanted = details["priority"].value if "priority" in details else ""
    plan_key = plan.key if plan else who.plan
    ticket = Ticket(
        ticket_id=effect.ticket_id,
        contact_id=who.contact_id,
        number=number,
        address=who.address,
        locale=who.locale,
        policy_version=policy.version,
        opened_at=now,
        subject=_subject(effect),
        category=category,
        priority=allowed_priority(wanted or policy.usual_priority.key, plan, policy),
        details=details,
        contact_name=plain_name(who.remembered.get("name") or who.profile_name),
        company=plain_name(who.remembered.get("company", "")),
        account_id=who.account_id,
        plan=plan_key,
        has_clock=outlook.has_clock(policy, category),
        is_over_quota=_is_over_quota(who, effect.ticket_id, plan, policy, now, accounts),
        is_vip=who.is_vip,
        is_emergency=is_emergency(category, plan_key, who.locale, policy),
        status=Status.NEW,
        updated_at=now,
        last_words=_description(effect)[:PREVIEW_LENGTH],
        last_by=Author.CUSTOMER.value,
        last_customer_at=now,
    )
    facts = {"priority": ticket.priority, "category": category} | ({"through": through} if through else {})
    return ticket.with_event(TicketEventKind.OPENED, now, CUSTOMER, **facts)


def _is_over_quota(
    who: Conversation, ticket_id: str, plan: Plan | None, policy: Policy, now: datetime, accounts: Accounts
) -> bool:
    if plan is None or plan.monthly_quota is None:
        return False
    count = accounts.count_request(who.account_id or who.contact_id, month_of(now, policy), ticket_id)
    return count > plan.monthly_quota


def _description(effect: OpenTicket) -> str:
    words = effect.details["description"].value if "description" in effect.details else ""
    return without_direction_controls(on_one_line(words))


def _subject(effect: OpenTicket) -> str:
    first = _description(effect)
    return first if len(first) <= 80 else first[:79].rsplit(" ", 1)[0] + "…"
