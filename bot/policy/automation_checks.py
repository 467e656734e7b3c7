"""Checks of a policy's rules: whether they can run, match and raise a priority, and which answers they look at."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.policy.checks import Context, Mistake, mistake
from bot.policy.policy_errors import KeyPath

if TYPE_CHECKING:
    from bot.policy.automation_section import Condition, Rule, When

_SINGLE = ("category", "priority", "plan", "language", "channel", "hours")
"""A request has one of each."""


def unknown_answers(answers: Mapping[str, Sequence[str]], read: Context) -> Iterator[Mistake]:
    """Keys that name no question with an answer to check, and options that don't exist."""
    questions = {question.key: question for question in read.get("questions", ())}
    asked = [key for key, question in questions.items() if question.kind in ("text", "choice")]
    for key, values in answers.items() if questions else ():
        if key not in asked:
            kind = questions[key].kind if key in questions else ""
            known = f"the condition {kind!r}" if kind in _SINGLE else ", ".join(asked)
            yield mistake((key,), f"there is no answer {key!r} to check", known)
        elif options := [option.key for option in questions[key].options]:
            for place, value in enumerate(values):
                if value not in options:
                    yield mistake((key, place), f"there is no option {value!r}", ", ".join(options))


def unreachable_rules(rules: Sequence["Rule"], _: Context) -> Iterator[Mistake]:
    """Rules after one that always stops."""
    for place, rule in enumerate(rules):
        for number, earlier in enumerate(rules[:place], start=1):
            if earlier.then.stop and not earlier.when and set(rule.on) <= set(earlier.on):
                yield mistake(
                    (place,), f"is never reached: rules[{number}] always stops", "a place before it"
                )
                break


def contradictions(when: "When | None", read: Context) -> Iterator[Mistake]:
    """Conditions that can't be true at the same time."""
    required: dict[KeyPath, Sequence[str]] = {}
    for path, condition in _conditions(when):
        for name, values in _single_values(condition, read).items():
            before = required.get(name, values)
            common = [value for value in before if value in values]
            if before and not common:
                message = f"can never match: {name[-1]} is {_either(values)} here and {_either(before)} above"
                yield mistake((*path, *name), message, "values that can be true at the same time")
            if "any" not in path:
                required[name] = common


def _conditions(when: "When | None") -> Iterator[tuple[KeyPath, "Condition"]]:
    """`when` itself, then the conditions that must all match, then those of which one must."""
    if when:
        yield ("when",), when
        for group, conditions in (("all", when.all), ("any", when.any)):
            for place, condition in enumerate(conditions or ()):
                yield ("when", group, place), condition


def _single_values(condition: "Condition", read: Context) -> dict[KeyPath, Sequence[str]]:
    """The values a condition allows for what a request has only one of, answers to choices included."""
    choices = [question.key for question in read.get("questions", ()) if question.kind == "choice"]
    found: dict[KeyPath, str | Sequence[str] | None] = {(name,): getattr(condition, name) for name in _SINGLE}
    found |= {("answers", key): values for key, values in (condition.answers or {}).items() if key in choices}
    return {name: [v] if isinstance(v, str) else v for name, v in found.items() if v}


def useless_priority(rule: "Rule", read: Context) -> Iterator[Mistake]:
    """A new priority that isn't above any that the rule looks for, or that none of its plans includes."""
    to, path, order = rule.then.priority, ("then", "priority"), [p.key for p in read.get("priorities", ())]
    if not to or not order:
        return
    matched = [order.index(key) for key in rule.when.priority or ()] if rule.when else []
    if order.index(to) <= min(matched, default=0):
        yield mistake(path, f"{to!r} raises nothing: rules never lower a priority", "a higher one")
    named = rule.when.plan or () if rule.when else ()
    plans = [plan for plan in read.get("plans", ()) if plan.key in named]
    if plans and not any(plan.allows(to) for plan in plans):
        allowed = ", ".join(dict.fromkeys(key for plan in plans for key in plan.priorities))
        yield mistake(path, f"no plan of this rule includes {to!r}", allowed)


def _either(values: Sequence[str]) -> str:
    return " or ".join(map(repr, values))
