"""Takes corrections of details given before, at any step: the summary changes, the story doesn't."""

from dataclasses import replace

from bot.conversation.intake.draft import add_to_description, set_answer
from bot.conversation.intake.questions import AFFECTED, available_options, find_question, value_of
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue, phrases_intake
from bot.messages.outgoing import Translatable
from bot.model.conversation import Detail
from bot.policy.sections import Question
from bot.reading.acts import Act, ActKind, Reading
from bot.reading.additions import find_additions
from bot.reading.corrections import find_corrections
from bot.reading.remaining_text import without


def take_corrections(turn: Turn, reading: Reading, asked: Question | None = None) -> tuple[Turn, str] | None:
    """Apply the corrections in the message; the new turn and what else it says. None if it corrects nothing."""
    changed = apply_corrections(turn, reading, asked, is_explicit=not reading.has(ActKind.CHANGE))
    return (changed, without(reading, (ActKind.CHANGE,), reading.text)) if changed else None


def take_additions(turn: Turn, reading: Reading) -> tuple[Turn, Reading] | None:
    """Add what the message asks us to add to the story; the new turn and the rest. None if it asks for nothing."""
    facts, rest = find_additions(reading.text)
    if not facts:
        return None
    for fact in facts:
        turn = add_to_description(turn, fact[:1].upper() + fact[1:])
    parts = [part for part in reading.parts if not any(fact in part.text for fact in facts)]
    return turn.add_lines(Translatable(phrases_intake.ADDED)), replace(reading, text=rest, parts=parts)


def apply_corrections(
    turn: Turn, reading: Reading, asked: Question | None = None, *, is_explicit: bool = False
) -> Turn | None:
    """Apply what the message corrects, except of the open question; None if nothing.

    `is_explicit`: only what rules find, such as “X, not Y” where they told us Y before.
    """
    known = _known(turn)
    chosen = {key: detail.value for key, detail in turn.conversation.answers.items() if key not in known}
    acts = find_corrections(reading.text, reading.parts, known, chosen, turn.policy, is_explicit=is_explicit)
    changes = [act for act in acts if _is_possible(turn, act) and (asked is None or act.field != asked.key)]
    if not changes:
        return None
    for act in changes:
        before = turn.conversation.answers.get(act.field, Detail())
        turn = set_answer(turn, act.field, Detail(act.value, before.attachments)).understood(ActKind.CHANGE)
    return turn.add_lines(Translatable(phrases_dialogue.CHANGED))


def _known(turn: Turn) -> dict[str, str]:
    """The answers in free text so far, by question."""
    given = {
        q.key: value_of(q, turn.conversation, turn.policy) for q in turn.policy.questions if q.kind == "text"
    }
    return {key: detail.value for key, detail in given.items() if detail and detail.value}


def _is_possible(turn: Turn, act: Act) -> bool:
    """Whether it's a value that the question allows, of a question that was answered."""
    question = find_question(turn.policy, act.field)
    if question is None or not act.value:
        return False
    if question.key == AFFECTED:
        return True
    offered = {offer.key for offer in available_options(question, turn.conversation, turn.policy)}
    if offered and act.value not in offered:
        return False
    before = value_of(question, turn.conversation, turn.policy)
    return before is not None
