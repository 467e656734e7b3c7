"""Starting points of a session: a request in progress at one question, or a ticket opened the day before."""

from collections.abc import Mapping
from datetime import timedelta

from bot.conversation.buttons import SEND
from bot.conversation.intake.category_scope import apply_category
from bot.conversation.intake.draft import accept, ask, ask_next, set_answer, show_summary, start_draft
from bot.conversation.intake.questions import DESCRIPTION, all_options, find_question, is_short
from bot.conversation.turn import Turn
from bot.messages import phrases_intake
from bot.model.account import with_account
from bot.model.conversation import Detail
from bot.policy.sections import Question
from cli.talk.errors import InputError
from cli.talk.session import Reply, Session

SUMMARY = "summary"
STATUSES: Mapping[str, tuple[str, ...]] = {
    "new": (),
    "open": ("claim",),
    "waiting": ("claim", "hold"),
    "resolved": ("claim", "resolve"),
}
"""The statuses a ticket may start in, with the agent's actions that lead there."""


def start_with_draft(session: Session, answers: Mapping[str, str], asking: str = "") -> Reply:
    """The customer has given these answers, and is asked this question, or whatever comes next."""
    who = session.conversation
    turn = start_draft(Turn(who, session.policy, session.now, who.general_thread_id))
    for question in session.policy.questions:
        if question.key in answers:
            turn = _answered(session, turn, question, answers[question.key])
    for key in answers.keys() - {question.key for question in session.policy.questions}:
        turn = set_answer(turn, key, Detail(answers[key]))
    turn = _as_if_asked_before(turn).evolve(last_inbound_at=session.now)
    if not answers:
        turn = turn.add_lines(phrases_intake.GREETING(title=session.policy.title))
    return session.start_at(_asked(turn, asking).step())


def start_with_ticket(session: Session, status: str, answers: Mapping[str, str]) -> Reply:
    """The customer opened a ticket with these answers the day before."""
    if status not in STATUSES:
        raise InputError(f"no ticket can start “{status}”; choose one of: {', '.join(STATUSES)}")
    now = session.now
    session.now = now - timedelta(days=1)
    start_with_draft(session, answers, SUMMARY)
    reply = session.press(SEND.payload)
    for action in STATUSES[status]:
        reply = session.act(action)
    session.now = now
    return reply


def _answered(session: Session, turn: Turn, question: Question, value: str) -> Turn:
    if question.kind == "code" and not value:
        return accept(turn, question, Detail())
    if question.kind == "code":
        found = session.accounts.find_by_code(turn.conversation.contact_id, value)
        if not found.account:
            return accept(turn, question, Detail())  # a code is never kept
        who = with_account(turn.conversation, found.account, found.proof)
        return accept(turn.evolve(**vars(who)), question, Detail(found.account.name))
    keys = [offer.key for offer in all_options(question, turn.policy)]
    if value and keys and value not in keys:
        raise InputError(f"{question.key} can't be “{value}”; choose one of: {', '.join(keys)}")
    return accept(turn, question, Detail(value))


def _as_if_asked_before(turn: Turn) -> Turn:
    """What was explained, offered or asked again on the way here isn't said once more."""
    who, policy = turn.conversation, turn.policy
    short = [
        question.key
        for question in policy.questions
        if question.key in who.answers and is_short(question, who.answers[question.key], who)
    ]
    return turn.evolve(
        weighed=apply_category(turn).conversation.weighed,
        is_answer_offered=DESCRIPTION in who.answers,
        asked_again=tuple(short),
    )


def _asked(turn: Turn, asking: str) -> Turn:
    if not asking:
        return ask_next(turn)
    if asking == SUMMARY:
        return show_summary(turn)
    question = find_question(turn.policy, asking)
    if question is None:
        keys = ", ".join(each.key for each in turn.policy.questions)
        raise InputError(f"this desk doesn't ask “{asking}”; choose one of: {keys}, {SUMMARY}")
    return ask(turn, question)
