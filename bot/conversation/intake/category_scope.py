"""What the chosen category means for the customer: a quote, a polite refusal, or the emergency line's languages."""

from bot.conversation.buttons import (
    CONTINUE_ANYWAY,
    DROP_INSTEAD,
    IN_OPENING_HOURS,
    OTHER_CATEGORY,
    button_options,
    language_option,
)
from bot.conversation.intake.questions import CATEGORY, is_unanswered
from bot.conversation.turn import Turn
from bot.messages import phrases_intake
from bot.messages.outgoing import Option, Translatable
from bot.model.conversation import Detail, Stage
from bot.model.plan import plan_of
from bot.policy.sections import Category

SCOPE = "scope"
EMERGENCY = "emergency"


def apply_category(turn: Turn) -> Turn:
    """Explain once what the category means; if there's something to choose, wait for it."""
    category = category_of(turn)
    if category is None or turn.conversation.weighed == _category_state(turn, category):
        return turn
    if category.scope == "emergency" and _is_code_still_asked(turn):
        return turn
    turn = turn.evolve(weighed=_category_state(turn, category))
    if category.scope == "out_of_scope":
        return ask_scope(_at_category(turn))
    if category.scope == "emergency":
        return _apply_emergency(turn, category)
    if category.scope == "quote":
        return turn.add_lines(category.notice or Translatable(phrases_intake.QUOTE_NOTICE))
    return turn.add_lines(category.notice) if category.notice else turn


def _category_state(turn: Turn, category: Category) -> str:
    """What was already handled: an emergency is checked again after a change of language."""
    is_spoken = category.scope == "emergency"
    return f"{category.key}:{turn.conversation.locale}" if is_spoken else category.key


def category_of(turn: Turn) -> Category | None:
    """The chosen category, if the policy still has it."""
    key = turn.conversation.answers.get(CATEGORY, Detail()).value
    return next((category for category in turn.policy.categories if category.key == key), None)


def ask_scope(turn: Turn) -> Turn:
    """Before they tell a long story, say that we don't cover this, and offer ways to go on."""
    category = category_of(turn)
    notice = (
        category.notice if category and category.notice else Translatable(phrases_intake.OUT_OF_SCOPE_NOTICE)
    )
    choices = button_options((CONTINUE_ANYWAY, OTHER_CATEGORY, DROP_INSTEAD))
    return turn.pause(Stage.CONFIRMING, SCOPE).say(
        notice, Translatable(phrases_intake.OUT_OF_SCOPE_ASK), options=choices
    )


def ask_emergency(turn: Turn) -> Turn:
    """Offer the emergency line's languages, or opening hours in the customer's own language."""
    line = turn.policy.emergency
    notice = (
        line.language_notice
        if line and line.language_notice
        else Translatable(phrases_intake.EMERGENCY_LANGUAGES)
    )
    asked = turn.pause(Stage.CONFIRMING, EMERGENCY)
    return asked.say(notice, Translatable(phrases_intake.EMERGENCY_ASK), options=emergency_options(turn))


def emergency_options(turn: Turn) -> tuple[Option, ...]:
    """The languages of the people on call, then opening hours."""
    line = turn.policy.emergency
    spoken = tuple(language_option(locale) for locale in (line.languages if line else ()))
    return (*spoken, IN_OPENING_HOURS.option)


def _apply_emergency(turn: Turn, category: Category) -> Turn:
    line = turn.policy.emergency
    if line is None:
        return turn.add_lines(category.notice) if category.notice else turn
    plan = plan_of(turn.conversation, turn.policy)
    if line.plans and (plan is None or plan.key not in line.plans):
        return turn.add_lines(Translatable(phrases_intake.EMERGENCY_OTHER_PLAN))
    if turn.conversation.locale not in line.languages:
        return ask_emergency(_at_category(turn))
    turn = _at_highest_priority(turn)
    return turn.add_lines(category.notice) if category.notice else turn


def _at_highest_priority(turn: Turn) -> Turn:
    """Nobody on the emergency line is asked how urgent it is."""
    question = next((q for q in turn.policy.questions if q.kind == "priority"), None)
    if question is None or question.key in turn.conversation.answers:
        return turn
    highest = Detail(turn.policy.priorities[-1].key)
    return turn.evolve(answers={**turn.conversation.answers, question.key: highest})


def _is_code_still_asked(turn: Turn) -> bool:
    """Whether the code that tells us their plan is still to be asked."""
    return any(
        q.kind == "code" and is_unanswered(q, turn.conversation, turn.policy) for q in turn.policy.questions
    )


def _at_category(turn: Turn) -> Turn:
    """If the reply matches no choice, read it as another category."""
    return turn.wait(Stage.ASKING, CATEGORY)
