"""Where one part of a policy contradicts another: unknown keys, doubles, questions without choices.

Reads the author's data as it stands, whole or broken, so that these mistakes are named beside all others.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from bot.policy_toml import KeyPath

MOST_LETTERS_ON_A_BUTTON = 20
KNOWN_QUESTIONS = {
    "name": "text",
    "company": "text",
    "support_code": "code",
    "category": "category",
    "affected": "text",
    "description": "text",
    "priority": "priority",
    "attachments": "attachments",
}
"""The questions that the desk knows, each with its kind."""


class Disagreement(NamedTuple):
    """One contradiction, where it stands, and what would be allowed."""

    path: KeyPath
    message: str
    allowed: str = ""


Content = Mapping[str, Any]


def disagreements(content: Content) -> Iterator[Disagreement]:
    """Every contradiction between the parts of a policy."""
    for check in _CHECKS:
        yield from check(content)


def _keys_stand_once(content: Content) -> Iterator[Disagreement]:
    for group in ("priorities", "categories", "questions", "plans", "articles"):
        yield from _once(_tables(content, group), (group,), "key")
    yield from _once(_tables(content, "plans"), ("plans",), "rank")
    for number, question in _tables(content, "questions"):
        yield from _once(_tables(question, "options"), ("questions", number, "options"), "key")
    yield from _once(_tables(_table(content, "hours"), "dates"), ("hours", "dates"), "date")


def _once(tables: "list[tuple[int, Content]]", path: KeyPath, name: str) -> Iterator[Disagreement]:
    seen: dict[str, int] = {}
    for number, table in tables:
        value = table.get(name)
        if value is None or isinstance(value, list | dict):
            continue
        first = seen.setdefault(str(value), number)
        if first != number:
            where = f"{str(value)!r} already stands in {path[-1]}[{first + 1}]"
            yield Disagreement((*path, number, name), where, "each one once")


def _words_mean_one_thing(content: Content) -> Iterator[Disagreement]:
    articles = (("articles",), _tables(content, "articles"))
    for path, choices in (*_choice_groups(content), articles):
        seen: dict[str, int] = {}
        for number, choice in choices:
            for place, word in enumerate(_list(choice, "words")):
                owner = seen.setdefault(str(word).casefold(), number)
                if owner != number:
                    message = f"the word {word!r} also means {path[-1]}[{owner + 1}]"
                    yield Disagreement((*path, number, "words", place), message, "a word for one choice only")


def _labels_fit_a_button(content: Content) -> Iterator[Disagreement]:
    for path, choices in _choice_groups(content):
        for number, choice in choices:
            label = choice.get("label")
            for locale, text in label.items() if isinstance(label, Mapping) else ():
                if isinstance(text, str) and len(text) > MOST_LETTERS_ON_A_BUTTON:
                    message = f"{text!r} has {len(text)} characters, too many for a button"
                    at_most = f"at most {MOST_LETTERS_ON_A_BUTTON}"
                    yield Disagreement((*path, number, "label", locale), message, at_most)


def _keys_are_known(content: Content) -> Iterator[Disagreement]:
    priorities, plans = _keys(content, "priorities"), _keys(content, "plans")
    for number, plan in _tables(content, "plans"):
        yield from _unknown(
            _list(plan, "priorities"), ("plans", number, "priorities"), "priority", priorities
        )
        for key in _table(plan, "targets"):
            yield from _unknown([key], ("plans", number, "targets", key), "priority", priorities)
    for section in ("emergency", "access"):
        used = _list(_table(content, section), "plans")
        yield from _unknown(used, (section, "plans"), "plan", plans)
    for name, known in (("default_priority", priorities), ("default_plan", plans)):
        if name in content:
            yield from _unknown([content[name]], (name,), name.removeprefix("default_"), known)


def _unknown(used: list[Any], path: KeyPath, noun: str, known: list[str]) -> Iterator[Disagreement]:
    for key in used:
        if key not in known:
            yield Disagreement(
                path, f"there is no {noun} {key!r}", ", ".join(known) or f"give a {noun} first"
            )


def _questions_can_be_asked(content: Content) -> Iterator[Disagreement]:
    for number, question in _tables(content, "questions"):
        kind, known = question.get("kind", "text"), KNOWN_QUESTIONS.get(str(question.get("key")))
        if known and kind != known:
            message = f"the question {question['key']!r} is of another kind"
            yield Disagreement(("questions", number, "kind"), message, f'kind = "{known}"')
        if kind == "choice" and not _list(question, "options"):
            yield Disagreement(
                ("questions", number, "kind"), "a choice needs options", "[[questions.options]]"
            )
        if kind != "choice" and _list(question, "options"):
            yield Disagreement(
                ("questions", number, "options"), "only a choice has options", 'kind = "choice"'
            )


def _questions_cover_the_ticket(content: Content) -> Iterator[Disagreement]:
    asked, kinds = _keys(content, "questions"), [q.get("kind") for _, q in _tables(content, "questions")]
    if asked and "description" not in asked:
        yield Disagreement(
            ("questions",), "a ticket needs a description", 'a question with key = "description"'
        )
    if ("category" in kinds) != bool(content.get("categories")):
        needed = 'a question with kind = "category" and [[categories]], or neither'
        yield Disagreement(("questions",), "categories and their question belong together", needed)
    for kind in ("category", "priority", "attachments"):
        if kinds.count(kind) > 1:
            yield Disagreement(("questions",), f"two questions have the kind {kind!r}", "one")


def _promises_exist(content: Content) -> Iterator[Disagreement]:
    for number, priority in _tables(content, "priorities"):
        if not priority.get("targets"):
            allowed = "review, first_response, next_response, resolution: one or more"
            yield Disagreement(("priorities", number), "promises nothing", allowed)
    is_emergency = [c.get("scope") == "emergency" for _, c in _tables(content, "categories")]
    if any(is_emergency) != ("emergency" in content):
        place = (
            ("emergency",) if "emergency" in content else ("categories", is_emergency.index(True), "scope")
        )
        needed = '[emergency] and a category with scope = "emergency", or neither'
        yield Disagreement(place, "the emergency line is half described", needed)


def _known_answers_are_there(content: Content) -> Iterator[Disagreement]:
    is_first, articles = content.get("is_knowledge_first") is True, bool(content.get("articles"))
    if is_first and not articles:
        yield Disagreement(("is_knowledge_first",), "there are no known answers to offer", "[[articles]]")
    if articles and not is_first:
        yield Disagreement(("articles",), "these answers are never offered", "is_knowledge_first = true")


def _ladder_names_each_once(content: Content) -> Iterator[Disagreement]:
    ladder = _tables(_table(content, "alerts"), "ladder")
    yield from _once(ladder, ("alerts", "ladder"), "to")


_CHECKS: tuple[Callable[[Content], Iterator[Disagreement]], ...] = (
    _keys_stand_once,
    _words_mean_one_thing,
    _labels_fit_a_button,
    _keys_are_known,
    _questions_can_be_asked,
    _questions_cover_the_ticket,
    _promises_exist,
    _ladder_names_each_once,
    _known_answers_are_there,
)


def _choice_groups(content: Content) -> "Iterator[tuple[KeyPath, list[tuple[int, Content]]]]":
    yield ("categories",), _tables(content, "categories")
    yield ("priorities",), _tables(content, "priorities")
    for number, question in _tables(content, "questions"):
        yield ("questions", number, "options"), _tables(question, "options")


def _tables(content: Content, name: str) -> "list[tuple[int, Content]]":
    return [(place, table) for place, table in enumerate(_list(content, name)) if isinstance(table, Mapping)]


def _list(content: Content, name: str) -> list[Any]:
    value = content.get(name)
    return value if isinstance(value, list) else []


def _table(content: Content, name: str) -> Content:
    value = content.get(name)
    return value if isinstance(value, Mapping) else {}


def _keys(content: Content, name: str) -> list[str]:
    return list(dict.fromkeys(str(table.get("key")) for _, table in _tables(content, name)))
