"""Taking a request: from the first message, through what is missing, to the summary and the ticket.

Each function moves a turn one step; `bot.conversation.intake.answering_a_question` reads the customer's answers.
"""

from collections.abc import Mapping

from bot.conversation.buttons import CANCEL, CHANGE, HUMAN, SEND, button_options
from bot.conversation.effects import CheckCode, OpenTicket
from bot.conversation.intake.category_scope import apply_category
from bot.conversation.intake.known_answers import offer_known_answer
from bot.conversation.intake.questions import (
    AFFECTED,
    ATTACHMENTS,
    DESCRIPTION,
    file_count,
    is_beyond_plan,
    is_emergency_request,
    is_open,
    next_question,
    other_wording,
    question_buttons,
    value_of,
    wording,
)
from bot.conversation.intake.second_request import note_second_request, offer_second_request
from bot.conversation.intake.slot_filling import fill_slots, infer_choices
from bot.conversation.intake.summary import line_options, render_lines
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue, phrases_intake
from bot.messages.outgoing import Attachment, Line, Option, Translatable
from bot.model.conversation import Conversation, Detail, Stage
from bot.model.intake_record import PERSON, SENT, SUMMARY
from bot.policy.policy import Policy
from bot.policy.sections import Question
from bot.reading.acts import ActKind
from bot.reading.people.find_who import only_introduces
from bot.text.small_talk import has_no_content

OFFER_HUMAN_AFTER = 2
"""How many misses before the question comes with an offer to talk to a person."""


def start_draft(turn: Turn) -> Turn:
    """Start a new draft in its own thread (later the ticket's), and record this message there."""
    count = turn.conversation.ticket_count + 1
    draft_id = f"{turn.conversation.contact_id}-{count}"
    fresh = forget_draft(turn).evolve(
        ticket_count=count, draft_id=draft_id, funnel={"begun_at": turn.now.isoformat(), "draft_id": draft_id}
    )
    return fresh.in_thread(draft_id)


def forget_draft(turn: Turn) -> Turn:
    """Clear the draft and its answers; keep what is remembered for life."""
    return turn.evolve(
        draft_id="",
        answers={},
        trail=(),
        inferred=(),
        asides=0,
        weighed="",
        is_answer_offered=False,
        second_request="",
        is_reminded=False,
        remind_at=None,
        asked_again=(),
        held="",
        words={},
        foreign="",
        is_changing=False,
        misses=0,
        stage=Stage.IDLE,
        asking="",
        paused_stage=Stage.IDLE,
        paused_asking="",
    )


def take_first_message(turn: Turn, text: str, attachments: tuple[Attachment, ...] = ()) -> Turn:
    """Take the first message as the description and for any other answers in it; then ask for the rest."""
    turn = keep_files(turn, attachments)
    if text and only_introduces(text):
        turn = take_details(turn, text)
    elif text and not has_no_content(text):
        turn = take_description(turn, text).understood(ActKind.STORY)
        if DESCRIPTION in turn.conversation.answers:
            turn = turn.add_lines(Translatable(phrases_intake.NOTED))
    return ask_next(turn)


def take_topic(turn: Turn, topic: str, text: str) -> Turn:
    """They named what it's about and no more: what happens is still to be told."""
    turn = infer(take_details(turn, text), text)
    return set_answer(turn, AFFECTED, Detail(topic)).understood(ActKind.STORY)


def take_details(turn: Turn, text: str) -> Turn:
    """Read the text for answers, such as the name and company, and add nothing to the description."""
    missing = [q for q in turn.policy.questions if is_open(q, turn.conversation, turn.policy)]
    for key, detail in fill_slots(text, missing, turn.conversation, turn.policy).details.items():
        turn = set_answer(turn, key, detail)
    return turn


def take_description(turn: Turn, text: str) -> Turn:
    """Add the text to the description, and read it for other answers."""
    missing = [q for q in turn.policy.questions if is_open(q, turn.conversation, turn.policy)]
    found = fill_slots(text, missing, turn.conversation, turn.policy)
    for key, detail in found.details.items():
        turn = set_answer(turn, key, detail)
    if found.rest:
        turn = add_to_description(turn, found.rest)
    return turn.check_code(found.code, text) if found.code else turn


def add_to_description(turn: Turn, text: str) -> Turn:
    """Append text to the description, and infer again what it's plain about."""
    before = turn.conversation.answers.get(DESCRIPTION, Detail())
    value = f"{before.value}\n{text.strip()}".strip()
    turn, first = note_second_request(turn, text, before.value)
    turn = set_answer(turn, DESCRIPTION, Detail(value, before.attachments))
    return infer(turn, f"{before.value}\n{first}".strip())


def infer(turn: Turn, text: str) -> Turn:
    """Propose the category and priority that the text means, unless the customer chose them."""
    conversation, policy = turn.conversation, turn.policy
    not_chosen = [
        q for q in policy.questions if q.key not in conversation.answers or q.key in conversation.inferred
    ]
    found = infer_choices(text, not_chosen, conversation, policy)
    for key, detail in found.items():
        turn = set_answer(turn, key, detail)
    return turn.evolve(inferred=tuple(dict.fromkeys((*conversation.inferred, *found))))


def keep_files(turn: Turn, attachments: tuple[Attachment, ...]) -> Turn:
    """Add files to the request, at any time."""
    if not attachments:
        return turn
    before = turn.conversation.answers.get(ATTACHMENTS, Detail())
    kept = set_answer(turn, ATTACHMENTS, Detail(before.value, (*before.attachments, *attachments)))
    return kept.add_lines(phrases_intake.FILE_KEPT(count=file_count(kept.conversation)))


def set_answer(turn: Turn, key: str, detail: Detail) -> Turn:
    """Store the answer to that question; name and company are remembered for life."""
    conversation = turn.conversation
    answers = {**conversation.answers, key: detail}
    turn = turn.evolve(asides=0, inferred=tuple(other for other in conversation.inferred if other != key))
    question = next((q for q in turn.policy.questions if q.key == key), None)
    if question is None or not question.is_remembered:
        return turn.evolve(answers=answers)
    return turn.evolve(answers=answers, remembered={**conversation.remembered, key: detail.value})


def accept(turn: Turn, question: Question, detail: Detail) -> Turn:
    """Store the answer to the open question, and record it in the trail."""
    trail = (*(key for key in turn.conversation.trail if key != question.key), question.key)
    return set_answer(turn, question.key, detail).evolve(trail=trail)


def ask_next(turn: Turn) -> Turn:
    """Ask what comes next: about the category, a missing answer, or the summary after a change."""
    if any(isinstance(effect, CheckCode) for effect in turn.effects):
        return turn
    turn = offer_known_answer(apply_category(turn))
    if turn.conversation.stage is Stage.CONFIRMING:
        return turn
    question = next_question(turn.conversation, turn.policy)
    is_changed = turn.conversation.is_changing and not (question and question.categories)
    return show_summary(turn) if is_changed or question is None else ask(turn, question)


def ask(turn: Turn, question: Question) -> Turn:
    """Ask this question, with its choices; in other words after a miss, and with a person after two."""
    turn = reached(turn.wait(Stage.ASKING, question.key), question.key)
    misses = turn.conversation.misses
    if question.key in turn.conversation.answers and is_to_enlarge(turn, question):
        return ask_more(turn, question)
    if is_beyond_plan(question, turn.conversation, turn.policy):
        turn = turn.add_lines(Translatable(phrases_intake.NOT_WITH_PLAN))
    if misses >= OFFER_HUMAN_AFTER:
        turn = turn.add_lines(Translatable(phrases_dialogue.OR_A_PERSON))
    return turn.say(_question_line(turn, question), options=shown_options(turn, question))


def _question_line(turn: Turn, question: Question) -> Line:
    if question.kind == ATTACHMENTS and file_count(turn.conversation):
        return Translatable(phrases_intake.ASK_MORE_FILES)
    return other_wording(question) if turn.conversation.misses == 1 or turn.is_reworded else wording(question)


def ask_more(turn: Turn, question: Question) -> Turn:
    """Ask once, with an example, for a few more words."""
    once = (*turn.conversation.asked_again, question.key)
    turn = turn.wait(Stage.ASKING, question.key).evolve(asked_again=tuple(dict.fromkeys(once)))
    example = (phrases_intake.EXAMPLE(example=question.example),) if question.example else ()
    more = phrases_intake.ASK_MORE if question.key == DESCRIPTION else phrases_intake.MORE_WORDS
    return turn.say(Translatable(more), *example)


def show_summary(turn: Turn) -> Turn:
    """Show the summary, on one phone screen, with the next choices."""
    turn = reached(turn.wait(Stage.REVIEWING), SUMMARY).evolve(is_changing=False)
    lines = (
        Translatable(phrases_intake.SUMMARY),
        *render_lines(turn.conversation, turn.policy),
        *_file_invitation(turn),
        Translatable(phrases_intake.SUMMARY_ASK),
    )
    return turn.say(*lines, options=button_options((SEND, CHANGE, CANCEL)))


def _file_invitation(turn: Turn) -> tuple[Line, ...]:
    """Instead of a question for files; not once they sent some, nor for an emergency."""
    is_asked = any(question.kind == ATTACHMENTS for question in turn.policy.questions)
    is_pressing = is_emergency_request(turn.conversation, turn.policy)
    is_due = is_asked and not is_pressing and not file_count(turn.conversation)
    return (Translatable(phrases_dialogue.FILES_WELCOME),) if is_due else ()


def ask_change(turn: Turn) -> Turn:
    """Ask which line of the summary to change, with a button for each."""
    lines = line_options(turn.conversation, turn.policy)
    return turn.wait(Stage.CHANGING).say(Translatable(phrases_intake.CHANGE_ASK), options=lines)


def change(turn: Turn, question: Question) -> Turn:
    """Ask one question again, then return to the summary."""
    return ask(turn.evolve(is_changing=True), question)


def open_ticket(turn: Turn, *, is_human_asked: bool = False) -> Turn:
    """Open the ticket. The desk announces number, priority and deadline."""
    conversation = turn.conversation
    opening = OpenTicket(conversation.draft_id, details(conversation, turn.policy), is_human_asked)
    turn = reached(turn.without_messages(), PERSON if is_human_asked else SENT)
    opened = forget_draft(turn).evolve(ticket_id=conversation.draft_id)
    opened = opened.in_thread(conversation.draft_id).with_effects(opening)
    is_second = bool(conversation.second_request) and not is_human_asked
    return offer_second_request(opened, conversation.second_request) if is_second else opened


def details(conversation: Conversation, policy: Policy) -> Mapping[str, Detail]:
    """Everything we know, for the ticket: given now, remembered, or the only choice available."""
    known = {question.key: value_of(question, conversation, policy) for question in policy.questions}
    given = {key: detail for key, detail in conversation.answers.items() if known.get(key, detail)}
    return {**given, **{key: detail for key, detail in known.items() if detail}}


def shown_options(turn: Turn, question: Question) -> tuple[Option, ...]:
    """The question's choices; after repeated misses they include talking to a person."""
    shown = question_buttons(question, turn.conversation, turn.policy)
    return (*shown, HUMAN.option) if turn.conversation.misses >= OFFER_HUMAN_AFTER else shown


def reached(turn: Turn, step: str) -> Turn:
    """Record when each step was first reached, so that we can count where people give up."""
    return turn.evolve(funnel={step: turn.now.isoformat(), **turn.conversation.funnel})


def is_to_enlarge(turn: Turn, question: Question) -> bool:
    """Whether a new answer to this question is added to the old one."""
    return question.key == DESCRIPTION and not turn.conversation.is_changing
