"""Where a policy's rules contradict the rest of it or themselves: unknown names, empty rules, rules that never hold.

Reads the author's data as it stands, whole or broken, like `bot.policy.cross_checks`, which asks for these checks too.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bot.policy.toml_lines import (
    Content,
    CrossCheckProblem,
    KeyPath,
    keys_of,
    list_of,
    table_of,
    tables_of,
    unknown_keys,
)
from bot.text.normalise import tokens

_ONE_OF = ("category", "priority", "plan", "language", "channel", "hours")
"""Of these a request has one at a time."""

_ACTIONS = ("tags", "priority", "assign", "note", "stop")


class _Part(NamedTuple):
    """One table of conditions and where it stands."""

    path: KeyPath
    table: Content


def check_rules(content: Content) -> Iterator[CrossCheckProblem]:
    """Every contradiction of a rule with the rest of the policy, with another rule or with itself."""
    earlier: list[Content] = []
    for number, rule in tables_of(content, "rules"):
        path: KeyPath = ("rules", number)
        yield from _is_not_empty(rule, path)
        for part in _parts(rule, path):
            yield from _names_exist(part, content)
            yield from _words_are_words(part)
        yield from _can_hold(rule, path, content)
        yield from _can_raise(rule, path, content)
        yield from _is_reached(rule, path, earlier)
        earlier.append(rule)


def _is_not_empty(rule: Content, path: KeyPath) -> Iterator[CrossCheckProblem]:
    if "then" in rule and isinstance(rule["then"], Mapping) and not any(map(rule["then"].get, _ACTIONS)):
        yield CrossCheckProblem((*path, "then"), "does nothing", f"one or more of {', '.join(_ACTIONS)}")
    for part in _parts(rule, path):
        if not part.table:
            allowed = "a condition, or no `when` for a rule that always holds"
            yield CrossCheckProblem(part.path, "has no condition", allowed)


def _names_exist(part: _Part, content: Content) -> Iterator[CrossCheckProblem]:
    groups = {"category": "categories", "priority": "priorities", "plan": "plans"}
    for noun, group in groups.items():
        yield from unknown_keys(_values(part.table, noun), (*part.path, noun), noun, keys_of(content, group))
    questions = {str(q.get("key")): q for _, q in tables_of(content, "questions")}
    for key in table_of(part.table, "answers"):
        path = (*part.path, "answers", key)
        asked = [name for name, q in questions.items() if q.get("kind", "text") in ("text", "choice")]
        if key not in asked:
            kind = str(questions.get(key, {}).get("kind", ""))
            known = f"the condition {kind!r}" if kind in groups else ", ".join(asked)
            yield CrossCheckProblem(path, f"there is no answer {key!r} to look at", known)
        elif questions[key].get("kind") == "choice":
            options = keys_of(questions[key], "options")
            yield from unknown_keys(_values(part.table["answers"], key), path, "option", options)


def _words_are_words(part: _Part) -> Iterator[CrossCheckProblem]:
    for place, phrase in enumerate(_values(part.table, "words")):
        if not tokens(phrase):
            message = f"{phrase!r} has no letter or digit, so that it is never found"
            yield CrossCheckProblem((*part.path, "words", place), message, "a word, or several in a row")


def _can_hold(rule: Content, path: KeyPath, content: Content) -> Iterator[CrossCheckProblem]:
    """What must hold together can: one request has one category, one plan, one language."""
    together: dict[str, list[str]] = {}
    when, *rest = list(_parts(rule, path)) or [_Part(path, {})]
    for part in (when, *(part for part in rest if "all" in part.path)):
        yield from _clash(part, together, content)
        for name, values in _exclusive(part.table, content).items():
            together[name] = [value for value in together.get(name, values) if value in values]
    for part in rest:
        if "any" in part.path:
            yield from _clash(part, together, content)


def _clash(
    part: _Part, together: Mapping[str, Sequence[str]], content: Content
) -> Iterator[CrossCheckProblem]:
    for name, values in _exclusive(part.table, content).items():
        before = together.get(name)
        if before and values and not set(before) & set(values):
            message = f"can never match: {name} is {_either(values)} here and {_either(before)} above"
            yield CrossCheckProblem(
                (*part.path, *name.split(".")), message, "what may be true at the same time"
            )


def _can_raise(rule: Content, path: KeyPath, content: Content) -> Iterator[CrossCheckProblem]:
    """The priority that it sets is higher than one of those that it looks for, and some plan of those includes it."""
    order, to = keys_of(content, "priorities"), table_of(rule, "then").get("priority")
    if to is None:
        return
    at: KeyPath = (*path, "then", "priority")
    yield from unknown_keys([to], at, "priority", order)
    when = table_of(rule, "when")
    looked_for = [order.index(key) for key in _values(when, "priority") if key in order]
    if to in order and order.index(to) <= min(looked_for, default=0):
        yield CrossCheckProblem(at, f"{to!r} raises nothing: a priority is never lowered", "a higher one")
    included = [
        list_of(p, "priorities")
        for _, p in tables_of(content, "plans")
        if p.get("key") in _values(when, "plan")
    ]
    if to in order and included and all(keys and to not in keys for keys in included):
        allowed = ", ".join(dict.fromkeys(str(key) for keys in included for key in keys))
        yield CrossCheckProblem(at, f"no plan of this rule includes {to!r}", allowed)


def _is_reached(rule: Content, path: KeyPath, earlier: Sequence[Content]) -> Iterator[CrossCheckProblem]:
    on = set(_values(rule, "on"))
    for number, other in enumerate(earlier):
        is_end = table_of(other, "then").get("stop") is True and "when" not in other
        if on and is_end and on <= set(_values(other, "on")):
            yield CrossCheckProblem(
                path, f"is never reached: rules[{number + 1}] always stops", "an earlier place"
            )
            return


def _parts(rule: Content, path: KeyPath) -> Iterator[_Part]:
    """The tables of conditions: `when` itself first, then those in its `all` and `any`."""
    when = rule.get("when")
    if not isinstance(when, Mapping):
        return
    yield _Part((*path, "when"), when)
    for group in ("all", "any"):
        for number, table in tables_of(when, group):
            yield _Part((*path, "when", group, number), table)


def _exclusive(table: Content, content: Content) -> dict[str, list[str]]:
    """What one request can have one of only, as this table wants it; choices among them as `answers.KEY`."""
    found = {name: _values(table, name) for name in _ONE_OF if name in table}
    choices = {q.get("key") for _, q in tables_of(content, "questions") if q.get("kind") == "choice"}
    answers = table_of(table, "answers")
    return found | {f"answers.{key}": _values(answers, key) for key in answers if key in choices}


def _values(table: Content, name: str) -> list[str]:
    """One text, or the texts of a list."""
    given: Any = table.get(name)
    if isinstance(given, str):
        return [given]
    return [value for value in given if isinstance(value, str)] if isinstance(given, list) else []


def _either(values: Sequence[str]) -> str:
    return " or ".join(map(repr, values))
