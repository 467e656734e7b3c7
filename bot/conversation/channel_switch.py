"""Switching between WhatsApp and Telegram: ask for a link here, use it there, and go on with the same dialogue.

Pure.
"""

from dataclasses import replace

from bot.conversation.ask_again import ask_again
from bot.conversation.effects import CompleteChannelSwitch, OfferChannelSwitch
from bot.conversation.intake.questions import find_question
from bot.conversation.language import guess_locale, set_locale
from bot.conversation.turn import Turn
from bot.messages import phrases_channel_switch as phrases
from bot.messages.inbound import Inbound, SwitchLink, SwitchLinkProblem
from bot.messages.outgoing import Translatable
from bot.model.conversation import Stage
from bot.model.switch_links import is_switch_link, needs_confirmation
from bot.text.channel_names import SWITCHABLE_CHANNELS, is_only_channel_name
from bot.text.support_codes import REDACTED

_OTHER = {"whatsapp": "telegram", "telegram": "whatsapp"}
_REFUSED = {
    SwitchLinkProblem.OVER: phrases.OVER,
    SwitchLinkProblem.UNKNOWN: phrases.UNKNOWN,
    SwitchLinkProblem.TOO_OFTEN: phrases.TOO_OFTEN,
}


def request_switch(turn: Turn, inbound: Inbound, channel: str) -> Turn:
    """Offer to continue on `channel`, or on the other one if none is named."""
    here = inbound.address.channel
    turn = (
        turn if turn.conversation.locale else set_locale(turn, guess_locale(turn.conversation, inbound.heard))
    )
    return turn.with_effects(OfferChannelSwitch(channel or _OTHER.get(here, "telegram")))


def is_channel_an_answer(turn: Turn, text: str) -> bool:
    """Whether “Telegram” answers the open question, such as which app fails."""
    if turn.conversation.stage is not Stage.ASKING or not is_only_channel_name(text):
        return False
    question = find_question(turn.policy, turn.conversation.asking)
    return bool(question and question.kind == "text")


def complete_switch(turn: Turn, inbound: Inbound) -> Turn | None:
    """Handle a switch link or code: continue here, or say why not. None if it is ordinary text."""
    match inbound.claimed:
        case SwitchLink() as link if needs_confirmation(turn.conversation, link):
            question_text = phrases.JOIN_SURE(channel=SWITCHABLE_CHANNELS[link.origin.channel])
            return _hide_code(turn, inbound).say(question_text)
        case SwitchLink() as link:
            return _continue_here(_hide_code(turn, inbound), link)
        case SwitchLinkProblem() as problem if problem is SwitchLinkProblem.OVER or not _is_talking(turn):
            turn = _hide_code(turn, inbound)
            turn = set_locale(turn, guess_locale(turn.conversation, inbound.heard))
            return ask_again(turn.add_lines(Translatable(_REFUSED[problem])))
    return None


def _continue_here(turn: Turn, link: SwitchLink) -> Turn:
    """Continue with the request, language and draft from the other channel."""
    conversation = turn.conversation
    if link.locale and not conversation.is_locale_chosen:
        turn = set_locale(turn, link.locale)
    if conversation.draft_id:
        return ask_again(
            turn.with_effects(CompleteChannelSwitch(link, is_told=False)).add_lines(
                Translatable(phrases.WE_GO_ON)
            )
        )
    ticket = conversation.ticket_summary(link.ticket_id)
    if ticket and ticket.is_live:
        turn = turn.evolve(ticket_id=ticket.ticket_id).in_thread(ticket.ticket_id)
    return replace(turn, pending_lines=()).with_effects(CompleteChannelSwitch(link, is_told=True))


def _hide_code(turn: Turn, inbound: Inbound) -> Turn:
    """Hide the code in the thread, even a used one."""
    return turn.redacted("/start" if is_switch_link(inbound) else REDACTED)


def _is_talking(turn: Turn) -> bool:
    """Whether we expect an answer, so that ten letters may be an ordinary word."""
    conversation = turn.conversation
    return conversation.stage is not Stage.IDLE or bool(conversation.current and conversation.current.is_live)
