"""Where one part of a policy contradicts another: unknown keys, doubles, questions without choices.

Reads the author's data as it stands, whole or broken, so that these mistakes are named beside all others.
"""

from collections.abc import Callable, Iterator, Mapping

from bot.policy.automation_checks import check_rules
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

MAX_BUTTON_LENGTH = 20
_NEEDED_BY_ALL = ("description", "category", "priority", "code")
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


def cross_check(content: Content) -> Iterator[CrossCheckProblem]:
    """Every contradiction between the parts of a policy."""
    for check in _CHECKS:
        yield from check(content)


def _keys_stand_once(content: Content) -> Iterator[CrossCheckProblem]:
    for group in ("priorities", "categories", "questions", "plans", "articles", "rules"):
        yield from _once(tables_of(content, group), (group,), "key")
    yield from _once(tables_of(content, "plans"), ("plans",), "rank")
    for number, question in tables_of(content, "questions"):
        yield from _once(tables_of(question, "options"), ("questions", number, "options"), "key")
    yield from _once(tables_of(table_of(content, "hours"), "dates"), ("hours", "dates"), "date")


def _once(tables: "list[tuple[int, Content]]", path: KeyPath, name: str) -> Iterator[CrossCheckProblem]:
    seen: dict[str, int] = {}
    for number, table in tables:
        value = table.get(name)
        if value is None or isinstance(value, list | dict):
            continue
        first = seen.setdefault(str(value), number)
        if first != number:
            where = f"{str(value)!r} already stands in {path[-1]}[{first + 1}]"
            yield CrossCheckProblem((*path, number, name), where, "each one once")


def _words_mean_one_thing(content: Content) -> Iterator[CrossCheckProblem]:
    articles = (("articles",), tables_of(content, "articles"))
    for path, choices in (*_choice_groups(content), articles):
        seen: dict[str, int] = {}
        for number, choice in choices:
            for place, word in enumerate(list_of(choice, "words")):
                owner = seen.setdefault(str(word).casefold(), number)
                if owner != number:
                    message = f"the word {word!r} also means {path[-1]}[{owner + 1}]"
                    yield CrossCheckProblem(
                        (*path, number, "words", place), message, "a word for one choice only"
                    )


def _labels_fit_a_button(content: Content) -> Iterator[CrossCheckProblem]:
    for path, choices in _choice_groups(content):
        for number, choice in choices:
            label = choice.get("label")
            for locale, text in label.items() if isinstance(label, Mapping) else ():
                if isinstance(text, str) and len(text) > MAX_BUTTON_LENGTH:
                    message = f"{text!r} has {len(text)} characters, too many for a button"
                    at_most = f"at most {MAX_BUTTON_LENGTH}"
                    yield CrossCheckProblem((*path, number, "label", locale), message, at_most)


def _keys_are_known(content: Content) -> Iterator[CrossCheckProblem]:
    priorities, plans = keys_of(content, "priorities"), keys_of(content, "plans")
    for number, plan in tables_of(content, "plans"):
        yield from unknown_keys(
            list_of(plan, "priorities"), ("plans", number, "priorities"), "priority", priorities
        )
        for key in table_of(plan, "targets"):
            yield from unknown_keys([key], ("plans", number, "targets", key), "priority", priorities)
    for section in ("emergency", "access"):
        used = list_of(table_of(content, section), "plans")
        yield from unknown_keys(used, (section, "plans"), "plan", plans)
    for name, known in (("default_priority", priorities), ("default_plan", plans)):
        if name in content:
            yield from unknown_keys([content[name]], (name,), name.removeprefix("default_"), known)


def _questions_can_be_asked(content: Content) -> Iterator[CrossCheckProblem]:
    for number, question in tables_of(content, "questions"):
        kind, known = question.get("kind", "text"), KNOWN_QUESTIONS.get(str(question.get("key")))
        if known and kind != known:
            message = f"the question {question['key']!r} is of another kind"
            yield CrossCheckProblem(("questions", number, "kind"), message, f'kind = "{known}"')
        if kind == "choice" and not list_of(question, "options"):
            yield CrossCheckProblem(
                ("questions", number, "kind"), "a choice needs options", "[[questions.options]]"
            )
        if kind != "choice" and list_of(question, "options"):
            yield CrossCheckProblem(
                ("questions", number, "options"), "only a choice has options", 'kind = "choice"'
            )


def _questions_depend_on_categories(content: Content) -> Iterator[CrossCheckProblem]:
    known = keys_of(content, "categories")
    for number, question in tables_of(content, "questions"):
        path, used = ("questions", number, "categories"), list_of(question, "categories")
        yield from unknown_keys(used, path, "category", known)
        needed = [name for name in _NEEDED_BY_ALL if name in (question.get("key"), question.get("kind"))]
        if used and needed:
            yield CrossCheckProblem(path, f"every request needs its {needed[0]}", "no categories here")


def _questions_cover_the_ticket(content: Content) -> Iterator[CrossCheckProblem]:
    asked, kinds = keys_of(content, "questions"), [q.get("kind") for _, q in tables_of(content, "questions")]
    if asked and "description" not in asked:
        yield CrossCheckProblem(
            ("questions",), "a ticket needs a description", 'a question with key = "description"'
        )
    if ("category" in kinds) != bool(content.get("categories")):
        needed = 'a question with kind = "category" and [[categories]], or neither'
        yield CrossCheckProblem(("questions",), "categories and their question belong together", needed)
    for kind in ("category", "priority", "attachments"):
        if kinds.count(kind) > 1:
            yield CrossCheckProblem(("questions",), f"two questions have the kind {kind!r}", "one")


def _promises_exist(content: Content) -> Iterator[CrossCheckProblem]:
    for number, priority in tables_of(content, "priorities"):
        if not priority.get("targets"):
            allowed = "review, first_response, next_response, resolution: one or more"
            yield CrossCheckProblem(("priorities", number), "promises nothing", allowed)
    is_emergency = [c.get("scope") == "emergency" for _, c in tables_of(content, "categories")]
    if any(is_emergency) != ("emergency" in content):
        place = (
            ("emergency",) if "emergency" in content else ("categories", is_emergency.index(True), "scope")
        )
        needed = '[emergency] and a category with scope = "emergency", or neither'
        yield CrossCheckProblem(place, "the emergency line is half described", needed)


def _known_answers_are_there(content: Content) -> Iterator[CrossCheckProblem]:
    is_first, articles = content.get("is_knowledge_first") is True, bool(content.get("articles"))
    if is_first and not articles:
        yield CrossCheckProblem(
            ("is_knowledge_first",), "there are no known answers to offer", "[[articles]]"
        )
    if articles and not is_first:
        yield CrossCheckProblem(("articles",), "these answers are never offered", "is_knowledge_first = true")


def _ladder_names_each_once(content: Content) -> Iterator[CrossCheckProblem]:
    ladder = tables_of(table_of(content, "alerts"), "ladder")
    yield from _once(ladder, ("alerts", "ladder"), "to")


_CHECKS: tuple[Callable[[Content], Iterator[CrossCheckProblem]], ...] = (
    _keys_stand_once,
    _words_mean_one_thing,
    _labels_fit_a_button,
    _keys_are_known,
    _questions_can_be_asked,
    _questions_depend_on_categories,
    _questions_cover_the_ticket,
    _promises_exist,
    _ladder_names_each_once,
    _known_answers_are_there,
    check_rules,
)


def _choice_groups(content: Content) -> "Iterator[tuple[KeyPath, list[tuple[int, Content]]]]":
    yield ("categories",), tables_of(content, "categories")
    yield ("priorities",), tables_of(content, "priorities")
    for number, question in tables_of(content, "questions"):
        yield ("questions", number, "options"), tables_of(question, "options")
