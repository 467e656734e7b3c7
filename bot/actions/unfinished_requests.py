"""What happens to a request that a customer began and didn't send: they're asked once, or an agent takes it over."""

from datetime import datetime

from bot.actions.action_context import ActionServices
from bot.actions.record_opening import record_opening
from bot.conversation.effects import OpenTicket, Say
from bot.conversation.intake.draft import open_ticket, take_description
from bot.conversation.language import guess_locale, set_locale
from bot.conversation.turn import Turn
from bot.conversation.unfinished import mark_reminded, remind
from bot.messages.errors import NotFound
from bot.messages.inbound import DetectedLanguage
from bot.model.account import Accounts
from bot.model.change_set import ChangeSet
from bot.model.unit_of_work import Changes, Records
from bot.policy.policy import Policy
from bot.sla import whatsapp_window


def ask_once(records: Records, draft_id: str, policy: Policy, now: datetime) -> Changes | None:
    """Ask the customer whether they want to go on; None if that request is over, or it's not time yet."""
    who = records.conversation
    if who is None or who.draft_id != draft_id or who.remind_at is None or now < who.remind_at:
        return None
    if not whatsapp_window.is_open(who.address, who.last_inbound_at, now):
        return ChangeSet(records, mark_reminded(who), now).changes()
    step = remind(who, policy, now)
    writing = ChangeSet(records, step.conversation, now)
    for effect in step.effects:
        if isinstance(effect, Say):
            writing.say(effect.outgoing, draft_id)
    return writing.changes()


def take_over(
    records: Records, draft_id: str, by: str, services: ActionServices, accounts: Accounts, now: datetime
) -> Changes | None:
    """Open a ticket for a person with all they said, assigned to the agent; None if it's a ticket already.

    Raises NotFound if they cancelled it.
    """
    who = records.conversation
    if who is None or who.draft_id != draft_id:
        if who and who.ticket_summary(draft_id):
            return None
        raise NotFound(f"no unfinished request {draft_id}")
    turn = Turn(who, services.policies.current, now, draft_id)
    turn = set_locale(turn, who.locale or guess_locale(who, DetectedLanguage()))
    turn = take_description(turn, who.held) if who.held else turn
    step = open_ticket(turn, is_human_asked=True).step()
    writing = ChangeSet(records, step.conversation, now)
    for effect in step.effects:
        if isinstance(effect, OpenTicket):
            channel = who.address.channel
            record_opening(writing, effect, services.policies.current, accounts, channel, services.find_agent)
            writing.put(writing.ticket(draft_id).assigned(now, by, by))
    return writing.changes()
