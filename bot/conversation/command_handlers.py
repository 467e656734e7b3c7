"""What each command does at any step; the open question is asked again afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.ask_again import ask_again
from bot.conversation.buttons import CANCEL, HUMAN, KEEP_DATA
from bot.conversation.channel_switch import is_channel_an_answer, request_switch
from bot.conversation.commands import Command, ParsedCommand, parse_command, parse_language
from bot.conversation.confirmations import (
    CONFIRM_CANCEL,
    CONFIRM_NEW,
    ask_cancel,
    ask_new,
    cancel_request,
    start_over,
)
from bot.conversation.effects import AddToTicket, EndAccess, OfferAccess, ShowStatus
from bot.conversation.idle import begin_request, start_request
from bot.conversation.intake.category_scope import EMERGENCY, apply_category
from bot.conversation.intake.draft import (
    ask,
    ask_next,
    open_ticket,
    show_summary,
    start_draft,
    take_description,
    take_first_message,
)
from bot.conversation.intake.questions import find_question, picks
from bot.conversation.language import FIRST, ask_language, guess_locale, set_locale
from bot.conversation.opening_hours import describe_opening_hours
from bot.conversation.personal_data import ask_erase, keep_data, show_my_data
from bot.conversation.turn import Turn
from bot.messages import phrases_intake, phrases_privacy, phrases_ticket
from bot.messages.inbound import Inbound, MessageKind
from bot.messages.outgoing import Phrase, Translatable
from bot.messages.phrases_channel_switch import HELP_MOVE
from bot.model.conversation import Conversation, Stage, TicketSummary
from bot.reading.read import read
from bot.reading.situations import Situation
from bot.text.channel_names import SWITCHABLE_CHANNELS, is_only_channel_name
from bot.text.choice_matching import match_name
from bot.text.normalise import tokens

_WITH_A_LIVE_TICKET = (
    Command.HUMAN,
    Command.STATUS,
    Command.LANGUAGE,
    Command.ACCESS,
    Command.REVOKE,
    Command.MOVE,
)
"""Plain words that stay commands while a ticket is live; “help” isn't one, since the agent should read it."""


def find_command(turn: Turn, inbound: Inbound) -> ParsedCommand | None:
    """The command in the message: by button, by slash, or in plain words that aren't an answer."""
    if inbound.choice in (HUMAN.payload, CANCEL.payload):
        return ParsedCommand(Command(inbound.choice), is_slash=True)
    if inbound.choice == KEEP_DATA.payload:
        return ParsedCommand(Command.KEEP, is_slash=True)
    if inbound.choice or inbound.kind not in (MessageKind.TEXT, MessageKind.MEDIA):
        return None
    parsed = parse_command(inbound.text)
    if parsed is None or parsed.is_slash:
        return parsed
    if parsed.command in (Command.ACCESS, Command.REVOKE) and not turn.policy.access:
        return None
    return None if inbound.attachments or _is_ordinary_text(turn, inbound, parsed) else parsed


def run_command(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    """Do what the command asks."""
    return _HANDLERS[parsed.command](turn, inbound, parsed)


def take_held_message(turn: Turn) -> Turn:
    """The language is settled: take the held text as the first message."""
    held = turn.conversation.held
    fresh = turn.evolve(held="").wait(Stage.IDLE).add_lines(phrases_intake.GREETING(title=turn.policy.title))
    told = (
        begin_request(fresh, held, (), read(held, Situation.START, turn.policy)) if held else ask_next(fresh)
    )
    return replace(told, is_secret=turn.is_secret, shown=turn.shown)


def _is_ordinary_text(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> bool:
    conversation = turn.conversation
    if parsed.command is Command.MOVE:
        return is_channel_an_answer(turn, inbound.text)
    if conversation.stage is Stage.ASKING:
        question = find_question(turn.policy, conversation.asking)
        return bool(question and match_name(inbound.text, picks(question, conversation, turn.policy)))
    if conversation.stage is not Stage.IDLE or not _live_ticket(conversation):
        return False
    is_new = parsed.command is Command.NEW and len(tokens(inbound.text)) > 1
    return not is_new and parsed.command not in _WITH_A_LIVE_TICKET


def _live_ticket(conversation: Conversation) -> TicketSummary | None:
    ticket = conversation.current
    return ticket if ticket and ticket.is_live else None


def _start(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    if parsed.argument:
        turn = turn.evolve(funnel={**turn.conversation.funnel, "start": parsed.argument})
    ticket = _live_ticket(turn.conversation)
    if turn.conversation.stage is not Stage.IDLE:
        return ask_again(turn)
    if ticket:
        return turn.say(phrases_intake.HELLO_AGAIN(number=ticket.number))
    return start_request(turn, replace(inbound, text=""))


def _help(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    told: tuple[Phrase, ...] = (
        phrases_intake.HELP,
        phrases_intake.HELP_NEW,
        phrases_intake.HELP_STATUS,
        phrases_intake.HELP_HUMAN,
        phrases_intake.HELP_HOURS,
        phrases_intake.HELP_LANGUAGE,
        phrases_intake.HELP_BACK,
        phrases_intake.HELP_CANCEL,
        phrases_privacy.HELP_DATA,
    )
    if turn.policy.access:
        told = (*told, phrases_intake.HELP_ACCESS, phrases_intake.HELP_REVOKE)
    switch_lines = (
        HELP_MOVE(command=channel, channel=SWITCHABLE_CHANNELS[channel]) for channel in inbound.elsewhere
    )
    return ask_again(turn.say(*(Translatable(line) for line in told), *switch_lines))


def _new(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    conversation = turn.conversation
    is_sure = conversation.stage is Stage.CONFIRMING and conversation.asking == CONFIRM_NEW
    if conversation.draft_id and conversation.answers and not is_sure:
        return ask_new(turn)
    if not parsed.argument:
        return start_over(turn)
    return take_first_message(
        start_draft(turn).add_lines(Translatable(phrases_intake.NEW_REQUEST)),
        parsed.argument,
        inbound.attachments,
    )


def _hours(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    return ask_again(turn.say(*describe_opening_hours(turn.policy.calendar, turn.now)))


def _status(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    ticket = _live_ticket(turn.conversation)
    is_nudge = ticket and turn.conversation.stage is Stage.IDLE and not parsed.is_slash
    turn = (
        turn.in_thread(ticket.ticket_id).with_effects(AddToTicket(ticket.ticket_id))
        if ticket and is_nudge
        else turn
    )
    return ask_again(turn.with_effects(ShowStatus()))


def _language(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    named = parse_language(parsed.argument)
    if not named:
        return ask_language(turn.pause(Stage.LANGUAGE), inbound.heard.hint)
    return switch_language(turn, inbound, named)


def switch_language(turn: Turn, inbound: Inbound, locale: str) -> Turn:
    """Use the language they asked for from now on."""
    is_first = turn.conversation.stage is Stage.LANGUAGE and turn.conversation.asking == FIRST
    turn = set_locale(turn, locale, is_chosen=True)
    if is_first:
        return take_held_message(turn)
    if turn.conversation.stage is Stage.LANGUAGE:
        turn = turn.resume()
    if turn.conversation.stage is Stage.IDLE and not turn.conversation.current:
        return start_request(turn, replace(inbound, text="", attachments=()))
    return _reapply_category(turn.add_lines(Translatable(phrases_intake.LANGUAGE_SET)))


def _reapply_category(turn: Turn) -> Turn:
    """The emergency line may not speak the new language: ask about that now, or repeat the open question."""
    weighed = apply_category(turn) if turn.conversation.draft_id else turn
    is_asked = weighed.conversation.stage is Stage.CONFIRMING and weighed.conversation.asking == EMERGENCY
    return weighed if is_asked else ask_again(weighed)


def _cancel(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    conversation = turn.conversation
    if conversation.stage is Stage.CONFIRMING and conversation.asking == CONFIRM_CANCEL:
        return cancel_request(turn)
    if conversation.draft_id:
        return ask_cancel(turn) if conversation.answers else cancel_request(turn)
    turn = turn.resume() if conversation.stage is not Stage.IDLE else turn
    ticket = _live_ticket(conversation)
    return turn.say(
        phrases_intake.CANCEL_LIVE(number=ticket.number)
        if ticket
        else Translatable(phrases_intake.CANCEL_NOTHING)
    )


def _back(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    conversation = turn.conversation
    if conversation.stage is Stage.CHANGING or conversation.is_changing:
        return show_summary(turn)
    if conversation.stage in (Stage.ASKING, Stage.REVIEWING):
        return _ask_previous(turn)
    if conversation.stage is Stage.IDLE:
        return turn.say(Translatable(phrases_intake.BACK_NOTHING))
    return ask_again(turn)


def _ask_previous(turn: Turn) -> Turn:
    """Ask the last answered question again, and forget its answer."""
    *before, last = turn.conversation.trail or ("",)
    question = find_question(turn.policy, last)
    if question is None:
        return ask_again(turn.add_lines(Translatable(phrases_intake.AT_THE_BEGINNING)))
    kept = {key: detail for key, detail in turn.conversation.answers.items() if key != last}
    known = {key: value for key, value in turn.conversation.remembered.items() if key != last}
    asked_again = tuple(key for key in turn.conversation.asked_again if key != last)
    weighed = "" if question.kind == "category" else turn.conversation.weighed
    turn = turn.evolve(
        answers=kept, remembered=known, trail=tuple(before), asked_again=asked_again, weighed=weighed
    )
    return ask(turn, question)


def _human(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    """Open a ticket with what we know, unless one is live and no new request was begun."""
    conversation = turn.conversation
    ticket = _live_ticket(conversation)
    if ticket and not conversation.draft_id:
        turn = turn.in_thread(ticket.ticket_id).with_effects(AddToTicket(ticket.ticket_id))
        return turn.say(phrases_intake.HUMAN_ALREADY(number=ticket.number))
    turn = turn if conversation.draft_id else start_draft(turn)
    turn = set_locale(turn, guess_locale(conversation, inbound.heard))
    words = parsed.argument if parsed.is_slash else inbound.text
    is_known = bool(conversation.answers.get("description")) or bool(conversation.held)
    is_said = not inbound.choice and (parsed.is_slash or not is_known)
    for text in (conversation.held, words if is_said else ""):
        turn = take_description(turn, text) if text else turn
    return open_ticket(turn, is_human_asked=True)


def _access(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    """The customer offers the team access: the desk asks for how long."""
    if not turn.policy.access:
        return ask_again(turn.say(Translatable(phrases_ticket.ACCESS_NOT_OFFERED)))
    ticket = _live_ticket(turn.conversation)
    if ticket is None:
        return ask_again(turn.say(Translatable(phrases_ticket.ACCESS_NO_TICKET)))
    turn = turn if turn.conversation.draft_id else turn.in_thread(ticket.ticket_id)
    turn = turn.resume() if turn.conversation.stage is Stage.CONFIRMING else turn
    return ask_again(turn.with_effects(OfferAccess(ticket.ticket_id)))


def _revoke(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    """End all access that they granted."""
    given = [ticket for ticket in turn.conversation.tickets if ticket.access_until]
    if not given:
        return ask_again(turn.say(Translatable(phrases_ticket.ACCESS_NONE)))
    turn = turn if turn.conversation.draft_id else turn.in_thread(given[-1].ticket_id)
    return ask_again(turn.with_effects(*(EndAccess(ticket.ticket_id) for ticket in given)))


def _move(turn: Turn, inbound: Inbound, parsed: ParsedCommand) -> Turn:
    """Offer the other channel; agents see the message too, since they may have asked."""
    ticket = _live_ticket(turn.conversation)
    if ticket and not turn.conversation.draft_id:
        turn = turn.in_thread(ticket.ticket_id)
        may_be_for_agent = not parsed.is_slash and is_only_channel_name(inbound.text)
        turn = turn.with_effects(AddToTicket(ticket.ticket_id)) if may_be_for_agent else turn
    return request_switch(turn, inbound, parsed.argument)


_HANDLERS: Mapping[Command, Callable[[Turn, Inbound, ParsedCommand], Turn]] = {
    Command.START: _start,
    Command.HELP: _help,
    Command.NEW: _new,
    Command.STATUS: _status,
    Command.LANGUAGE: _language,
    Command.CANCEL: _cancel,
    Command.BACK: _back,
    Command.HUMAN: _human,
    Command.ACCESS: _access,
    Command.REVOKE: _revoke,
    Command.MOVE: _move,
    Command.HOURS: _hours,
    Command.DATA: lambda turn, inbound, parsed: show_my_data(turn),
    Command.ERASE: lambda turn, inbound, parsed: ask_erase(turn),
    Command.KEEP: lambda turn, inbound, parsed: keep_data(turn),
}
