"""The questions of a policy: their wording, their choices, and whether each is still to be asked.

One row per kind of question. `bot.conversation.intake.draft` moves from one question to the next.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.buttons import DONE, NO_FILES, SKIP, Button
from bot.messages import phrases_dialogue, phrases_intake
from bot.messages.localized import LocalizedText
from bot.messages.outgoing import Line, Option, Param, Phrase, Translatable
from bot.model.conversation import Conversation, Detail
from bot.model.plan import plan_of
from bot.policy.policy import Policy
from bot.policy.sections import Category, Choice, Priority, Question
from bot.reading.profile_names import usable_name
from bot.reading.vague_words import is_specific
from bot.text.choice_matching import Pick
from bot.text.normalise import count_words, on_one_line

DESCRIPTION = "description"
NAME, COMPANY, AFFECTED = "name", "company", "affected"
ATTACHMENTS = "attachments"
CATEGORY = "category"
CLIPPED = 60
"""How many characters of an answer the summary shows."""

_ASKS: Mapping[str, Phrase] = {
    "name": phrases_intake.ASK_NAME,
    "company": phrases_intake.ASK_COMPANY,
    "support_code": phrases_intake.ASK_CODE,
    CATEGORY: phrases_intake.ASK_CATEGORY,
    "affected": phrases_intake.ASK_AFFECTED,
    DESCRIPTION: phrases_intake.ASK_DESCRIPTION,
    "priority": phrases_intake.ASK_PRIORITY,
    ATTACHMENTS: phrases_intake.ASK_ATTACHMENTS,
    "code": phrases_intake.ASK_CODE,
}
_ASKS_AGAIN: Mapping[str, Phrase] = {
    "name": phrases_dialogue.AGAIN_NAME,
    "company": phrases_dialogue.AGAIN_COMPANY,
    "support_code": phrases_dialogue.AGAIN_CODE,
    CATEGORY: phrases_dialogue.AGAIN_CATEGORY,
    "affected": phrases_dialogue.AGAIN_AFFECTED,
    DESCRIPTION: phrases_dialogue.AGAIN_DESCRIPTION,
    "priority": phrases_dialogue.AGAIN_PRIORITY,
    "code": phrases_dialogue.AGAIN_CODE,
}


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One possible answer: a choice, a category or a priority."""

    key: str
    label: LocalizedText
    description: LocalizedText | None
    words: tuple[str, ...]
    pick: Pick  # its names, keyed by the payload of its button


def wording(question: Question) -> Line:
    """The question as the customer reads it."""
    if question.ask:
        return question.ask
    phrase = _ASKS.get(question.key) or _ASKS.get(question.kind)
    return Translatable(phrase) if phrase else phrases_intake.ASK_OTHER(label=question.label)


def other_wording(question: Question) -> Line:
    """The question in other words, for those whom the first ones didn't reach."""
    phrase = _ASKS_AGAIN.get(question.key) or _ASKS_AGAIN.get(question.kind)
    return Translatable(phrase) if phrase else wording(question)


def available_options(
    question: Question, conversation: Conversation, policy: Policy
) -> tuple[AnswerOption, ...]:
    """The choices open to this contact; none for a question answered in free text."""
    everything = all_options(question, policy)
    plan = plan_of(conversation, policy) if policy.plans and question.kind == "priority" else None
    return tuple(offer for offer in everything if plan.allows(offer.key)) if plan else everything


def all_options(question: Question, policy: Policy) -> tuple[AnswerOption, ...]:
    """Every choice, whatever the contact's plan."""
    return _offered(policy).get(question.key, ())


def question_buttons(question: Question, conversation: Conversation, policy: Policy) -> tuple[Option, ...]:
    """The question's buttons: its choices, then the one to skip it."""
    choices = (
        Option(offer.pick.key, offer.label, offer.description or "")
        for offer in available_options(question, conversation, policy)
    )
    return (*choices, *(button.option for button in skip_buttons(question, conversation)))


def picks(question: Question, conversation: Conversation, policy: Policy) -> tuple[Pick, ...]:
    """The choices' names, keyed by payload; the skip button is matched separately."""
    return tuple(offer.pick for offer in available_options(question, conversation, policy))


def skip_buttons(question: Question, conversation: Conversation) -> tuple[Button, ...]:
    """The button that skips the question, if it may be skipped."""
    if question.kind == ATTACHMENTS:
        return (DONE if file_count(conversation) else NO_FILES,)
    return () if question.is_required else (SKIP,)


def payload(question: Question, key: str) -> str:
    """The payload of a button: at most 64 bytes, Telegram's limit. It's compared, never parsed."""
    return f"{question.key}={key}"[:64]


def file_count(conversation: Conversation) -> int:
    """How many files came with this request."""
    return len(conversation.answers.get(ATTACHMENTS, Detail()).attachments)


def find_question(policy: Policy, key: str) -> Question | None:
    """The question with that key, or None if the desk doesn't ask it."""
    return next((question for question in policy.questions if question.key == key), None)


def next_question(conversation: Conversation, policy: Policy) -> Question | None:
    """The next question still to ask. The description comes first: it often answers the others."""
    missing = [q for q in policy.questions if is_unanswered(q, conversation, policy)]
    if is_emergency_request(conversation, policy):
        missing = [q for q in missing if q.kind == "code"]
    elif DESCRIPTION not in conversation.answers:
        missing.sort(key=lambda question: question.key != DESCRIPTION)
    return next(iter(missing), None)


def is_emergency_request(conversation: Conversation, policy: Policy) -> bool:
    """Whether the request is for the emergency line: only what decides about that is asked."""
    key = conversation.answers.get(CATEGORY, Detail()).value
    return any(category.key == key and category.scope == "emergency" for category in policy.categories)


def applies_to_request(question: Question, conversation: Conversation, policy: Policy) -> bool:
    """Whether it's asked for requests of this category; False until the category is known."""
    if not question.categories or len(policy.categories) == 1:
        return True
    return conversation.answers.get(CATEGORY, Detail()).value in question.categories


def is_unanswered(question: Question, conversation: Conversation, policy: Policy) -> bool:
    """Whether this question is still to be asked."""
    if not applies_to_request(question, conversation, policy) or (
        question.kind == "code" and conversation.account_id
    ):
        return False
    if question.is_remembered and question.key in conversation.remembered:
        return False
    detail = conversation.answers.get(question.key)
    if question.kind == ATTACHMENTS and not question.is_required:
        return False  # the summary invites them, and files are taken at any time
    if detail is None and (
        _is_told_by_channel(question, conversation) or _is_told_by_story(question, conversation)
    ):
        return False
    if question.kind in _OFFERED:
        return _is_unchosen(question, detail, available_options(question, conversation, policy))
    return detail is None or is_short(question, detail, conversation)


def is_open(question: Question, conversation: Conversation, policy: Policy) -> bool:
    """Whether an answer told in passing is welcome: it's still to be asked, or only assumed so far."""
    is_assumed = question.key in (NAME, AFFECTED) and question.key not in conversation.answers
    is_known = question.is_remembered and question.key in conversation.remembered
    return is_unanswered(question, conversation, policy) or (is_assumed and not is_known)


def _is_told_by_channel(question: Question, conversation: Conversation) -> bool:
    return question.key == NAME and bool(usable_name(conversation.profile_name))


def _is_told_by_story(question: Question, conversation: Conversation) -> bool:
    story = conversation.answers.get(DESCRIPTION, Detail()).value
    return question.key == AFFECTED and is_specific(story)


def is_beyond_plan(question: Question, conversation: Conversation, policy: Policy) -> bool:
    """Whether they chose a priority before we knew that their plan doesn't include it."""
    given = conversation.answers.get(question.key, Detail()).value
    offered = {offer.key for offer in available_options(question, conversation, policy)}
    return question.kind == "priority" and bool(given) and given not in offered


def is_short(question: Question, detail: Detail, conversation: Conversation) -> bool:
    """Whether to ask for a few more words; never a second time."""
    if question.kind != "text" or question.key in conversation.asked_again or not detail.value:
        return False
    return count_words(detail.value) < question.min_words


def value_of(question: Question, conversation: Conversation, policy: Policy) -> Detail | None:
    """The answer as the ticket will show it: given now, remembered, or the only possible one."""
    if not applies_to_request(question, conversation, policy):
        return None
    given = conversation.answers.get(question.key)
    if given is not None:
        return given
    if question.is_remembered and question.key in conversation.remembered:
        return Detail(conversation.remembered[question.key])
    if question.key == NAME and (profile := usable_name(conversation.profile_name)):
        return Detail(profile)
    only = available_options(question, conversation, policy)
    return Detail(only[0].key) if len(only) == 1 and question.is_required else None


def display_value(question: Question, detail: Detail, policy: Policy) -> Param:
    """An answer as one short line of the summary."""
    if question.kind == ATTACHMENTS and detail.attachments:
        return phrases_intake.FILES(count=len(detail.attachments))
    chosen = next((o for o in all_options(question, policy) if o.key == detail.value), None)
    if chosen:
        return chosen.label
    words = on_one_line(detail.value)
    return (words[: CLIPPED - 1] + "…" if len(words) > CLIPPED else words) or Translatable(
        phrases_intake.NOTHING_GIVEN
    )


def _is_unchosen(question: Question, detail: Detail | None, offered: tuple[AnswerOption, ...]) -> bool:
    if detail is not None and not detail.value and not question.is_required:
        return False
    if len(offered) < 2:
        return False
    return detail is None or detail.value not in {offer.key for offer in offered}


@lru_cache(16)
def _offered(policy: Policy) -> Mapping[str, tuple[AnswerOption, ...]]:
    """All choices of a policy, by question key; cached, since every message asks for them many times."""
    parts = (
        (question, _OFFERED[question.kind]) for question in policy.questions if question.kind in _OFFERED
    )
    return {
        question.key: tuple(_offer(question, each) for each in of(question, policy)) for question, of in parts
    }


def _offer(question: Question, of: Choice | Category | Priority) -> AnswerOption:
    description = of.criteria if isinstance(of, Priority) else of.description
    called = (*of.label.texts, *of.words)
    return AnswerOption(of.key, of.label, description, of.words, Pick(payload(question, of.key), called))


_OFFERED: Mapping[str, Callable[[Question, Policy], Sequence[Choice | Category | Priority]]] = {
    "choice": lambda question, _: question.options,
    CATEGORY: lambda _, policy: policy.categories,
    "priority": lambda _, policy: policy.priorities,
}
