"""A customer's own data: the copy they get in the chat, and notes to agents about its erasure. Pure."""

from bot.messages import phrases_privacy as phrases
from bot.messages.inbound import CHANNEL_NAMES
from bot.messages.localized import LocalizedText
from bot.messages.outgoing import Line, Outgoing, Timestamp, Translatable
from bot.model.change_set import ChangeSet
from bot.model.conversation import TicketSummary
from bot.model.ticket import Ticket
from bot.notifications.ticket_status import STATUS_NAMES
from bot.policy.policy import Policy
from bot.text.phone_numbers import format_international


def send_my_data(writing: ChangeSet, policy: Policy, thread_id: str) -> None:
    """Who they are to us, their requests, how long we keep them, and a planned erasure."""
    kept = phrases.HOW_LONG_KEPT(count=policy.archive_after)
    lines = (
        Translatable(phrases.MY_DATA),
        *_person(writing, policy),
        "",
        *_requests(writing),
        "",
        kept,
        _planned(writing) or Translatable(phrases.FULL_COPY),
    )
    writing.say(Outgoing(lines), thread_id)


def note_erasure(writing: ChangeSet) -> None:
    """Tell agents in the threads of their live tickets, else of the last one, that it's planned or withdrawn."""
    heads = writing.conversation.tickets
    live = [head for head in heads if head.is_live]
    for head in live or heads[-1:]:
        note_erasure_on(writing, writing.ticket(head.ticket_id))


def note_erasure_on(writing: ChangeSet, ticket: Ticket) -> None:
    """The same on one ticket."""
    pending = writing.conversation.erasure
    note = (
        phrases.ERASURE_NOTE(due=Timestamp(pending.due_at))
        if pending
        else Translatable(phrases.ERASURE_WITHDRAWN_NOTE)
    )
    writing.system_note(Outgoing((note,)), ticket)


def _person(writing: ChangeSet, policy: Policy) -> list[Line]:
    who = writing.conversation
    name, company = who.remembered.get("name", ""), who.remembered.get("company", "")
    lines: list[Line] = [phrases.MY_NAME(name=name)] if name else []
    if who.profile_name and who.profile_name != name:
        lines.append(phrases.MY_PROFILE(name=who.profile_name))
    lines += [phrases.MY_COMPANY(company=company)] if company else []
    lines += [
        phrases.MY_ADDRESS(
            channel=CHANNEL_NAMES.get(address.channel, address.channel),
            address=format_international(address.name),
        )
        for address in who.addresses
    ]
    if who.account_id:
        own = writing.records.known.own
        known = own.name if own and own.account_id == who.account_id else ""
        lines.append(phrases.MY_ACCOUNT(account=known or who.account_id))
    if who.plan:
        lines.append(phrases.MY_PLAN(plan=_plan_label(policy, who.plan)))
    return lines


def _plan_label(policy: Policy, key: str) -> LocalizedText | str:
    return next((plan.label for plan in policy.plans if plan.key == key), key)


def _requests(writing: ChangeSet) -> list[Line]:
    who = writing.conversation
    listed: list[Line] = [_ended(head) for head in who.archived]
    listed += [_request(head, writing.ticket(head.ticket_id)) for head in who.tickets]
    if who.draft_id:
        listed.append(Translatable(phrases.MY_DRAFT))
    return [Translatable(phrases.MY_REQUESTS), *listed] if listed else [Translatable(phrases.NO_REQUESTS)]


def _request(head: TicketSummary, ticket: Ticket) -> Line:
    return phrases.MY_REQUEST(
        number=head.number,
        opened=Timestamp(ticket.opened_at),
        status=Translatable(STATUS_NAMES[head.status]),
        subject=head.subject or "…",
    )


def _ended(head: TicketSummary) -> Line:
    status = Translatable(STATUS_NAMES[head.status])
    return phrases.MY_ENDED_REQUEST(number=head.number, status=status, subject=head.subject or "…")


def _planned(writing: ChangeSet) -> Line | None:
    pending = writing.conversation.erasure
    return phrases.ERASE_PLANNED(due=Timestamp(pending.due_at)) if pending else None
