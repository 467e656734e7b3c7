"""Continues the conversation after a code was looked up. Pure.

A code is answered once, whether or not we asked for it; a request in progress goes on with what's missing.
"""

from dataclasses import replace
from datetime import datetime

from bot.conversation.effects import Step
from bot.conversation.intake.draft import accept, ask, ask_next, set_answer
from bot.conversation.intake.questions import find_question, is_unanswered
from bot.conversation.turn import Turn
from bot.messages import phrases_intake, phrases_ticket
from bot.messages.outgoing import Translatable
from bot.model.account import Account, CodeLookup, with_account
from bot.model.conversation import Conversation, Detail
from bot.policy.policy import Policy
from bot.policy.sections import Question


def continue_after_code(
    conversation: Conversation, answer: CodeLookup, policy: Policy, now: datetime, thread_id: str
) -> Step:
    """Continue after `CheckCode`, in the thread where the code came. Records nothing."""
    turn = Turn(conversation, policy, now, thread_id)
    question = next((q for q in policy.questions if q.kind == "code"), None)
    if answer.account:
        return _account_found(turn, answer.account, answer.proof, question).step()
    return _account_not_found(turn, question, is_too_often=answer.is_rate_limited).step()


def _account_found(turn: Turn, account: Account, proof: str, question: Question | None) -> Turn:
    """Store the account, which also answers the company question if it's still open."""
    turn = replace(turn, conversation=with_account(turn.conversation, account, proof))
    if account.name:
        turn = turn.add_lines(phrases_intake.CODE_KNOWN(account=account.name))
    if not turn.conversation.draft_id:
        return turn
    company = find_question(turn.policy, "company")
    if company and account.name and is_unanswered(company, turn.conversation, turn.policy):
        turn = set_answer(turn, company.key, Detail(account.name))
    return ask_next(accept(turn, question, Detail(account.name)) if question else turn)


def _account_not_found(turn: Turn, question: Question | None, *, is_too_often: bool) -> Turn:
    if is_too_often:
        turn = turn.add_lines(Translatable(phrases_ticket.CODE_TRIED_TOO_OFTEN))
        return _go_on_without_code(turn, question)
    if question is None or not turn.conversation.draft_id or turn.conversation.account_id:
        return _go_on_without_code(turn.add_lines(Translatable(phrases_intake.CODE_UNKNOWN)), question)
    if turn.conversation.asking == question.key and turn.conversation.misses:
        return _go_on_without_code(turn.add_lines(Translatable(phrases_intake.CODE_LEFT)), question)
    return ask(turn.add_lines(Translatable(phrases_intake.CODE_UNKNOWN)), question).count_miss()


def _go_on_without_code(turn: Turn, question: Question | None) -> Turn:
    """Go on with the request and don't ask for the code again."""
    if not turn.conversation.draft_id:
        return turn
    is_to_settle = question and question.key not in turn.conversation.answers
    return ask_next(set_answer(turn, question.key, Detail()) if question and is_to_settle else turn)
