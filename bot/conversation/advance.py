"""Takes one customer message: returns the new conversation and what must follow. Pure.

```
advance ── switch link or code ──────────► `channel_switch`
        ── reaction or edit ─────────────► recorded, nothing moves
        ── ticket button ────────────────► `idle`
        ── command ──────────────────────► `command_handlers`
        ── language unknown ─────────────► asked; the text is held
        ── else by stage ────────────────► `answering_a_question`, `review`, `confirmations`, `idle`
```
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation.buttons import LANGUAGE_BUTTONS
from bot.conversation.channel_switch import complete_switch
from bot.conversation.command_handlers import find_command, run_command, switch_language, take_held_message
from bot.conversation.commands import Command, ParsedCommand, parse_language
from bot.conversation.confirmations import CONFIRM_CLOSE, take_confirmation
from bot.conversation.effects import AddToTicket, Step
from bot.conversation.foreign_language import (
    hand_over,
    is_foreign,
    is_foreign_courtesy,
    is_person_due,
    take_foreign_message,
)
from bot.conversation.hearing import hear
from bot.conversation.idle import take_message, take_rating, take_ticket_button
from bot.conversation.intake.answering_a_question import take_answer
from bot.conversation.intake.draft import keep_files, start_draft
from bot.conversation.intake.edited_words import take_edit, with_words_noted
from bot.conversation.intake.plain_answers import is_plain_answer
from bot.conversation.intake.questions import file_count
from bot.conversation.intake.review import take_change, take_review
from bot.conversation.language import (
    FIRST,
    apply_detected_language,
    ask_language,
    guess_locale,
    is_asked_enough,
    is_language_request,
    language_chosen,
    offer_language_switch,
    set_locale,
)
from bot.conversation.named_ticket import add_to_named_ticket, turn_to_named_ticket
from bot.conversation.numbered_choices import with_number_pressed
from bot.conversation.repeats import without_repeating
from bot.conversation.turn import Turn
from bot.conversation.unfinished import reminder_due_at
from bot.conversation.wishes import take_wish, take_wish_for_person
from bot.messages import phrases_intake
from bot.messages.button_payloads import WRITE_AGAIN
from bot.messages.inbound import Inbound, MessageKind
from bot.messages.outgoing import Translatable
from bot.model.conversation import Conversation, Stage
from bot.model.copy_with import copy_with
from bot.policy.policy import Policy
from bot.reading.acts import DIGRESSIONS, NOTHING, ActKind, Reading
from bot.text.support_codes import labelled_code, named_code, redact

AWAY_AFTER = timedelta(hours=12)
"""How long a contact must be silent before we remind them where we were."""

SECRETS_KEPT = 10
"""How many messages that held a code we remember, so that their edits are hidden too."""


def advance(conversation: Conversation, inbound: Inbound, policy: Policy, now: datetime) -> Step:
    """Take one customer message; return the new conversation and what must follow."""
    turn = _arrived(turn_to_named_ticket(conversation, inbound), inbound, policy, now)
    if switched := complete_switch(turn, inbound):
        turn = switched
    elif inbound.kind is MessageKind.REACTION or inbound.is_edit:
        turn = _record_only(turn, inbound)
    else:
        turn = apply_detected_language(turn, inbound)
        turn = offer_language_switch(add_to_named_ticket(turn, inbound) or _routed(turn, inbound))
        turn = with_words_noted(without_repeating(turn, inbound), conversation, inbound)
    if turn.is_secret:
        kept = (*conversation.secret_ids, inbound.message_id or inbound.external_id)
        turn = turn.evolve(secret_ids=kept[-SECRETS_KEPT:])
    last = conversation.last_inbound_at or inbound.sent_at
    turn = turn.evolve(last_inbound_at=max(last, inbound.sent_at))
    return turn.evolve(remind_at=reminder_due_at(turn.conversation, policy)).recorded()


def _arrived(conversation: Conversation, inbound: Inbound, policy: Policy, now: datetime) -> Turn:
    addresses = tuple(dict.fromkeys((*conversation.addresses, inbound.address)))
    turn = Turn(conversation, policy, now, _thread_of(conversation)).evolve(
        address=inbound.address,
        addresses=addresses,
        profile_name=inbound.profile_name or conversation.profile_name,
    )
    last = conversation.last_inbound_at
    is_back = last is not None and inbound.sent_at - last > AWAY_AFTER and bool(conversation.draft_id)
    return turn.add_lines(Translatable(phrases_intake.RESUMED)) if is_back else turn


def _thread_of(conversation: Conversation) -> str:
    """A draft comes before a ticket; a ticket that may be reopened comes before general chat."""
    if conversation.draft_id:
        return conversation.draft_id
    return conversation.ticket_id if conversation.current else conversation.general_thread_id


def _record_only(turn: Turn, inbound: Inbound) -> Turn:
    """A reaction, or an edit of an earlier message: kept in its thread, never taken as an answer."""
    ticket = turn.conversation.current
    is_joining = ticket and ticket.is_live and not turn.conversation.draft_id
    if ticket and is_joining:
        turn = turn.with_effects(AddToTicket(ticket.ticket_id, is_courtesy=True))
    if inbound.is_edit and _holds_code(turn, inbound):
        return copy_with(turn.redacted(), pending_lines=())
    turn = copy_with(turn, pending_lines=())
    return take_edit(turn, inbound) if inbound.is_edit else turn


def _holds_code(turn: Turn, inbound: Inbound) -> bool:
    """Whether the edit changes a message that held a code, or contains a code itself."""
    edited = inbound.message_id or inbound.external_id
    return edited in turn.conversation.secret_ids or bool(named_code(inbound.text))


def _routed(turn: Turn, inbound: Inbound) -> Turn:
    """Try a ticket button, then a command, then a confirmation, then the current stage."""
    if inbound.choice == WRITE_AGAIN:
        return _record_only(turn, inbound)
    inbound = with_number_pressed(turn, inbound)
    pressed = take_ticket_button(turn, inbound.choice)
    if pressed:
        return pressed
    command = None if _is_unread(turn, inbound) else find_command(turn, inbound)
    is_slash = command is not None and command.is_slash
    reading = NOTHING if is_slash else hear(turn, inbound)
    confirmed = None if is_slash else _take_confirmation(turn, inbound, reading)
    if confirmed:
        return confirmed
    if command:
        return (
            run_command(turn, inbound, command)
            if _is_understood(turn, command)
            else _hold(turn, command.argument, inbound)
        )
    if inbound.choice in LANGUAGE_BUTTONS or is_language_request(inbound):
        return switch_language(turn, inbound, language_chosen(turn, inbound) or inbound.heard.locale)
    return _by_words(turn, inbound, reading)


def _by_words(turn: Turn, inbound: Inbound, reading: Reading) -> Turn:
    """A wish, such as for a person, comes before an answer."""
    if not reading.has(*DIGRESSIONS):
        turn = turn.evolve(asides=0)
    if is_plain_answer(turn, reading.text, reading):
        reading = replace(reading, acts=())
    is_language_known = turn.conversation.locale and turn.conversation.stage is not Stage.LANGUAGE
    if is_language_known:
        wished = take_wish(turn, inbound, reading)
    else:
        wished = None if is_foreign(inbound) else take_wish_for_person(turn, inbound, reading)
    return wished or _by_stage(turn, inbound, reading)


def _take_confirmation(turn: Turn, inbound: Inbound, reading: Reading) -> Turn | None:
    return take_confirmation(turn, inbound, reading) if turn.conversation.stage is Stage.CONFIRMING else None


def _is_understood(turn: Turn, command: ParsedCommand) -> bool:
    """Without a language we can only ask for one, hand over to a person, or offer the other channel."""
    is_named = command.command is Command.LANGUAGE and parse_language(command.argument)
    is_plain = command.command in (Command.HUMAN, Command.MOVE)
    return bool(turn.conversation.locale or is_named or is_plain)


def _by_stage(turn: Turn, inbound: Inbound, reading: Reading) -> Turn:
    if turn.conversation.stage is Stage.LANGUAGE:
        return _take_language(turn, inbound, reading)
    if not turn.conversation.locale:
        return _hold(turn, inbound.text, inbound)
    if turn.conversation.stage is Stage.CONFIRMING:
        reading = _without_question_asked(turn, reading)
        turn = turn.resume()
    take = _STAGES[turn.conversation.stage]
    if is_foreign(inbound):
        return take_foreign_message(turn, inbound, lambda turn, inbound: take(turn, inbound, reading))
    return take(turn, inbound, reading)


def _without_question_asked(turn: Turn, reading: Reading) -> Reading:
    """We just asked whether to close the ticket: don't ask the same again."""
    if turn.conversation.asking != CONFIRM_CLOSE:
        return reading
    return replace(
        reading, acts=tuple(act for act in reading.acts if act.kind not in (ActKind.CLOSE, ActKind.CANCEL))
    )


def _is_unread(turn: Turn, inbound: Inbound) -> bool:
    """Words of a language we don't speak, and none of ours is settled: what looks like a command is none."""
    is_slash = inbound.text.lstrip().startswith("/")
    return is_foreign(inbound) and not turn.conversation.locale and not is_slash


def _take_language(turn: Turn, inbound: Inbound, reading: Reading) -> Turn:
    """We asked for a language: take the one named, or the one detected, or choose one ourselves in the end."""
    named = language_chosen(turn, inbound)
    if named:
        return switch_language(turn, inbound, named)
    if turn.conversation.asking != FIRST:
        return _by_stage(turn.resume(), inbound, reading)
    if not turn.conversation.locale and is_person_due(turn, inbound):
        return hand_over(_hold_text(turn, inbound.text, inbound), inbound.heard)
    if not turn.conversation.locale and not is_asked_enough(turn.conversation):
        missed = turn if _is_bare_part(inbound) else turn.count_miss()
        return _hold(missed, inbound.text, inbound)
    turn = _hold_text(set_locale(turn, guess_locale(turn.conversation, inbound.heard)), inbound.text, inbound)
    return take_held_message(turn)


def _hold(turn: Turn, text: str, inbound: Inbound) -> Turn:
    """Keep what they wrote, and ask which language to use."""
    turn = turn if turn.conversation.draft_id else start_draft(turn)
    files_before = file_count(turn.conversation)
    held = _hold_text(turn, text, inbound).wait(Stage.LANGUAGE, FIRST)
    if _is_bare_part(inbound) and files_before != 1:
        return held  # its caption may be on the way: ask with the second part, and once for them all
    return ask_language(held, inbound.heard.hint, inbound.heard.foreign)


def _is_bare_part(inbound: Inbound) -> bool:
    """A file of an album without words; albums have two files at least, and they come in any order."""
    return bool(inbound.album_id and inbound.attachments and not inbound.text.strip())


def _hold_text(turn: Turn, text: str, inbound: Inbound) -> Turn:
    words = "" if inbound.choice or is_foreign_courtesy(inbound) else text
    attachments = () if inbound.kind is MessageKind.STICKER else inbound.attachments
    kept = copy_with(keep_files(turn, attachments), pending_lines=())
    code = named_code(words) or (labelled_code(words) if _is_code_asked(turn) else "")
    kept = kept.redacted(redact(words, code)) if code else kept
    return kept.evolve(held=f"{turn.conversation.held}\n{words}".strip())


def _is_code_asked(turn: Turn) -> bool:
    return any(question.kind == "code" for question in turn.policy.questions)


_STAGES: Mapping[Stage, Callable[[Turn, Inbound, Reading], Turn]] = {
    Stage.IDLE: take_message,
    Stage.ASKING: take_answer,
    Stage.REVIEWING: take_review,
    Stage.CHANGING: take_change,
    Stage.RATING: take_rating,
}
