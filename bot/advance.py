"""The conversation's one step: a message in, the conversation as it is then and what must follow out. Pure.

```
advance ── reaction or edit ─────────► recorded, nothing moves
        ── a standing button, a command ► `detours`
        ── language unknown ──────────► asked, the words held
        ── else by stage ─────────────► `answers`, `reviewing`, `forks`, `afterwards`
```
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import phrases
from bot.afterwards import take_message, take_rating, take_standing
from bot.answers import take_answer
from bot.buttons import LANGUAGE_BUTTONS
from bot.commands import Command, Order, language_named
from bot.conversation import Conversation, Detail, Stage
from bot.detours import first_words, obey, order_in, speak
from bot.effects import Step, TakeUp
from bot.forks import take_fork
from bot.held import WRITE_AGAIN
from bot.inbound import Inbound, Kind
from bot.intake import accept, ask, begin, go_on, keep_files, settle
from bot.policy import Policy
from bot.policy_parts import Question
from bot.questions import is_wanting
from bot.reviewing import take_change, take_review
from bot.said import Said
from bot.tongue import (
    FIRST,
    ask_language,
    guessed,
    is_asked_enough,
    is_mere_wish,
    language_chosen,
    listen,
    offer_switch,
    set_locale,
)
from bot.turn import Turn

AWAY_AFTER = timedelta(hours=12)
"""Silence after which we say where we were."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the conversation must know of the account that a code named."""

    account_id: str
    name: str
    plan: str = ""
    is_vip: bool = False


def advance(conversation: Conversation, inbound: Inbound, policy: Policy, now: datetime) -> Step:
    """Take one customer message; return the new conversation and what must follow."""
    turn = _arrived(conversation, inbound, policy, now)
    if inbound.kind is Kind.REACTION or inbound.is_edit:
        turn = _noticed(turn)
    else:
        turn = offer_switch(_routed(listen(turn, inbound), inbound))
    last = conversation.last_inbound_at or inbound.sent_at
    return turn.evolve(last_inbound_at=max(last, inbound.sent_at)).recorded()


def take_account(conversation: Conversation, account: Account | None, policy: Policy, now: datetime) -> Step:
    """Go on after `CheckCode`: with the account that the code names, or None. Records nothing."""
    turn = Turn(conversation, policy, now, _thread_of(conversation))
    question = next((q for q in policy.questions if q.kind == "code"), None)
    if account:
        return _known(turn, account, question).step()
    if question is None or conversation.misses:
        turn = settle(turn, question.key, Detail()) if question else turn
        return go_on(turn.remark(Said(phrases.CODE_LEFT))).step()
    asked = ask(turn.remark(Said(phrases.CODE_UNKNOWN)), question)
    return asked.missed().step()


def _known(turn: Turn, account: Account, question: Question | None) -> Turn:
    """The account answers for their company too, where nobody said it yet."""
    turn = turn.evolve(account_id=account.account_id, plan=account.plan)
    company = next((q for q in turn.policy.questions if q.key == "company"), None)
    if company and is_wanting(company, turn.conversation, turn.policy):
        turn = settle(turn, company.key, Detail(account.name))
    turn = accept(turn, question, Detail(account.name)) if question else turn
    return go_on(turn.remark(phrases.CODE_KNOWN(account=account.name)))


def _arrived(conversation: Conversation, inbound: Inbound, policy: Policy, now: datetime) -> Turn:
    addresses = tuple(dict.fromkeys((*conversation.addresses, inbound.address)))
    turn = Turn(conversation, policy, now, _thread_of(conversation)).evolve(
        address=inbound.address,
        addresses=addresses,
        profile_name=inbound.profile_name or conversation.profile_name,
    )
    last = conversation.last_inbound_at
    is_back = last is not None and inbound.sent_at - last > AWAY_AFTER and bool(conversation.draft_id)
    return turn.remark(Said(phrases.RESUMED)) if is_back else turn


def _thread_of(conversation: Conversation) -> str:
    """A draft before a ticket; a ticket that may come back before mere chatter."""
    if conversation.draft_id:
        return conversation.draft_id
    return conversation.ticket_id if conversation.current else conversation.chatter_id


def _noticed(turn: Turn) -> Turn:
    """A reaction, or an earlier message edited: kept in its thread, and no answer to anything."""
    head = turn.conversation.current
    is_joining = head and head.is_live and not turn.conversation.draft_id
    turn = turn.then(TakeUp(head.ticket_id, is_courtesy=True)) if head and is_joining else turn
    return replace(turn, remarks=())


def _routed(turn: Turn, inbound: Inbound) -> Turn:
    """A button about a ticket, then a command, then a yes or no, then whatever the stage makes of it."""
    if inbound.choice == WRITE_AGAIN:
        return _noticed(turn)
    standing = take_standing(turn, inbound.choice)
    if standing:
        return standing
    order = order_in(turn, inbound)
    forked = None if order and order.is_slash else _take_fork(turn, inbound)
    if forked:
        return forked
    if order:
        return (
            obey(turn, inbound, order)
            if _is_understood(turn, order)
            else _hold(turn, order.argument, inbound)
        )
    if inbound.choice in LANGUAGE_BUTTONS or is_mere_wish(inbound):
        return speak(turn, inbound, language_chosen(inbound) or inbound.heard.locale)
    return _by_stage(turn, inbound)


def _take_fork(turn: Turn, inbound: Inbound) -> Turn | None:
    return take_fork(turn, inbound) if turn.conversation.stage is Stage.CONFIRMING else None


def _is_understood(turn: Turn, order: Order) -> bool:
    """Without a language we can only ask for one, or have a person take over."""
    is_named = order.command is Command.LANGUAGE and language_named(order.argument)
    return bool(turn.conversation.locale or is_named or order.command is Command.HUMAN)


def _by_stage(turn: Turn, inbound: Inbound) -> Turn:
    if turn.conversation.stage is Stage.LANGUAGE:
        return _take_language(turn, inbound)
    if not turn.conversation.locale:
        return _hold(turn, inbound.text, inbound)
    if turn.conversation.stage is Stage.CONFIRMING:
        turn = turn.resume()
    return _STAGES[turn.conversation.stage](turn, inbound)


def _take_language(turn: Turn, inbound: Inbound) -> Turn:
    """A language was asked for: it is named, or heard in what they went on to say; in the end we choose."""
    named = language_chosen(inbound)
    if named:
        return speak(turn, inbound, named)
    if turn.conversation.asking != FIRST:
        return _by_stage(turn.resume(), inbound)
    if not turn.conversation.locale and not is_asked_enough(turn.conversation):
        return _hold(turn.missed(), inbound.text, inbound)
    turn = _kept(set_locale(turn, guessed(turn.conversation, inbound.heard)), inbound.text, inbound)
    return first_words(turn)


def _hold(turn: Turn, text: str, inbound: Inbound) -> Turn:
    """Keep what they said, and ask which language."""
    turn = turn if turn.conversation.draft_id else begin(turn)
    return ask_language(_kept(turn, text, inbound).wait(Stage.LANGUAGE, FIRST), inbound.heard.hint)


def _kept(turn: Turn, text: str, inbound: Inbound) -> Turn:
    words = "" if inbound.choice else text
    attachments = () if inbound.kind is Kind.STICKER else inbound.attachments
    kept = replace(keep_files(turn, attachments), remarks=())
    return kept.evolve(held=f"{turn.conversation.held}\n{words}".strip())


_STAGES: Mapping[Stage, Callable[[Turn, Inbound], Turn]] = {
    Stage.IDLE: take_message,
    Stage.ASKING: take_answer,
    Stage.REVIEWING: take_review,
    Stage.CHANGING: take_change,
    Stage.RATING: take_rating,
}
