"""Starts a session from the JSON in `begin`: who the customer is, and where they stand."""

from collections.abc import Mapping
from datetime import datetime

from bot.messages.inbound import Address
from bot.messages.localized import LOCALES
from bot.policy.policy import Policy
from channels.whatsapp.country_language import language_hint
from cli.talk.accounts import SessionAccounts, make_account
from cli.talk.errors import InputError
from cli.talk.session import Customer, Reply, Session
from cli.talk.starting_points import start_with_draft, start_with_ticket
from cli.talk.typed import only, text_of, texts_of

CHANNELS = ("whatsapp", "telegram")
_KEYS = (
    "channel", "profile_name", "phone", "language_code", "account", "language", "draft", "asking", "ticket",
)  # fmt: skip


def begin(given: object, policy: Policy, channel: str, now: datetime) -> tuple[Session, Reply]:
    """The session of a new customer, and what they are told at once."""
    about = only(given, "begin", _KEYS)
    channel = _one_of(CHANNELS, "channel", text_of(about, "channel") or channel)
    session = Session(policy, _customer(about, channel), now, _accounts(about, policy))
    language = text_of(about, "language")
    is_known = any(about.get(key) is not None for key in ("draft", "asking", "ticket"))
    if language or is_known:
        locale = _one_of(LOCALES, "language", language or text_of(about, "language_code") or LOCALES[0])
        session.conversation = session.conversation.evolve(locale=locale)
    return session, _stand(session, about)


def _stand(session: Session, about: Mapping[str, object]) -> Reply:
    reply, asking = Reply(), text_of(about, "asking")
    if about.get("ticket") is not None:
        ticket = only(about["ticket"], "ticket", ("status", "category", "priority", "details"))
        chosen = {key: text_of(ticket, key) for key in ("category", "priority") if ticket.get(key)}
        status = text_of(ticket, "status") or "open"
        reply = start_with_ticket(session, status, {**texts_of(ticket, "details"), **chosen})
    if about.get("draft") is not None or asking:
        reply = start_with_draft(session, texts_of(about, "draft"), asking)
    return reply


def _customer(about: Mapping[str, object], channel: str) -> Customer:
    phone, code = text_of(about, "phone"), text_of(about, "language_code")
    is_phone = channel == "whatsapp" and bool(phone)
    address = Address(channel, phone if is_phone else "customer")
    hint = language_hint(phone.replace(" ", "")) if is_phone else code.lower()
    return Customer(address, text_of(about, "profile_name"), hint)


def _accounts(about: Mapping[str, object], policy: Policy) -> SessionAccounts:
    if about.get("account") is None:
        highest = max(policy.plans, key=lambda plan: plan.rank, default=None)
        return SessionAccounts(plan=highest.key if highest else "")
    account = only(about["account"], "account", ("name", "plan", "support_code"))
    name, plan, code = (text_of(account, key) for key in ("name", "plan", "support_code"))
    if not name or not code:
        raise InputError("account needs a name and a support_code")
    if plan:
        _one_of([each.key for each in policy.plans], "plan", plan)
    return SessionAccounts(make_account(name, plan, code))


def _one_of(allowed: tuple[str, ...] | list[str], key: str, value: str) -> str:
    if value not in allowed:
        raise InputError(f"{key} can't be “{value}”; choose one of: {', '.join(allowed) or 'none'}")
    return value
