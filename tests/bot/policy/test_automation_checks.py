"""Every mistake in a rule is named with its key, its line and what is allowed; what is right is taken."""

import pytest

from bot.policy.policy import Policy
from bot.policy.policy_errors import PolicyError
from tests.fixtures.rules_desk import BASE, SITE, rule

HEAD = BASE + SITE
AT, WHEN, THEN = 3, 6, 7  # lines of a rule: its key, its conditions, what it does

MISTAKES = [  # the condition, what is done, the key, the line of the rule, the message, what is allowed
    ('{ category = "falt" }', "", "when.category", WHEN, "no category 'falt'", "fault, question"),
    ('{ category = ["fault", "x"] }', "", "when.category", WHEN, "no category 'x'", "fault"),
    ('{ priority = "huge" }', "", "when.priority", WHEN, "no priority 'huge'", "low, medium, high, urgent"),
    ('{ plan = "gold" }', "", "when.plan", WHEN, "no plan 'gold'", "essential"),
    ('{ language = "de" }', "", "when.language[1]", WHEN, "none of those", "'fr'"),
    ('{ channel = "sms" }', "", "when.channel[1]", WHEN, "none of those", "'whatsapp'"),
    ('{ hours = "night" }', "", "when.hours", WHEN, "none of those", "'closed'"),
    ('{ hours = ["open"] }', "", "when.hours", WHEN, "none of those", "'closed'"),
    ('{ subject = "x" }', "", "when.subject", WHEN, "not a known key", "category"),
    ('{ categori = "fault" }', "", "when.categori", WHEN, "not a known key", "did you mean category"),
    ('{ category = 3 }', "", "when.category", WHEN, "not a list", "[ ]"),
    ('{ category = [] }', "", "when.category", WHEN, "is empty", "one or more"),
    ("{ }", "", "when", WHEN, "has no condition", "always holds"),
    ("{ all = [] }", "", "when.all", WHEN, "is empty", "one or more"),
    ("{ any = [] }", "", "when.any", WHEN, "is empty", "one or more"),
    ('{ any = [{ words = "till" }, { }] }', "", "when.any[2]", WHEN, "has no condition", "always holds"),
    ('{ any = { words = "till" } }', "", "when.any", WHEN, "not a list", "[ ]"),
    ('{ all = [{ any = [{ words = "a" }] }] }', "", "when.all[1].any", WHEN, "not a known key", "words"),
    ('{ all = [{ category = "x" }] }', "", "when.all[1].category", WHEN, "no category 'x'", "fault"),
    ('{ words = "" }', "", "when.words[1]", WHEN, "is empty", "some text"),
    ('{ words = ["till", "?!"] }', "", "when.words[2]", WHEN, "never found", "a word"),
    ('{ answers = { } }', "", "when.answers", WHEN, "is empty", "one or more"),
    ('{ answers = { till = "x" } }', "", "when.answers.till", WHEN, "no answer 'till'", "affected"),
    ('{ answers = { category = "fault" } }', "", "when.answers.category", WHEN, "no answer", "'category'"),
    ('{ answers = { site = "moon" } }', "", "when.answers.site", WHEN, "no option 'moon'", "office, field"),
    ('{ all = [{ category = "fault" }, { category = "question" }] }', "",
     "when.all[2].category", WHEN, "can never match: category is 'question' here and 'fault' above", "same"),
    ('{ hours = "open", all = [{ hours = "closed" }] }', "", "when.all[1].hours", WHEN, "can never", "same"),
    ('{ plan = ["essential"], any = [{ plan = "enterprise" }, { words = "till" }] }', "",
     "when.any[1].plan", WHEN, "can never match", "same"),
    ('{ answers = { site = "office" }, all = [{ answers = { site = "field" } }] }', "",
     "when.all[1].answers.site", WHEN, "can never match", "same"),
    ("", " ", "then", WHEN, "does nothing", "tags, priority, assign, note, stop"),
    ("", "stop = false", "then", WHEN, "does nothing", "tags"),
    ("", "tags = []", "then.tags", WHEN, "is empty", "one or more"),
    ("", 'tags = "a,b"', "then.tags[1]", WHEN, "holds a comma", "several in [ ]"),
    ("", f'tags = "{"x" * 33}"', "then.tags[1]", WHEN, "at most 32", ""),
    ("", 'priority = "huge"', "then.priority", WHEN, "no priority 'huge'", "low, medium"),
    ("", 'priority = "low"', "then.priority", WHEN, "raises nothing", "a higher one"),
    ('{ priority = ["high", "urgent"] }', 'priority = "high"', "then.priority", THEN, "raises nothing", "higher"),
    ('{ plan = "essential" }', 'priority = "high"', "then.priority", THEN, "no plan of this rule", "low, medium"),
    ("", 'assign = ""', "then.assign", WHEN, "is empty", "some text"),
    ("", 'assign = ["ana"]', "then.assign", WHEN, "is not a text", "quotes"),
    ("", 'note = { en = "a", fr = "b" }', "then.note.es", WHEN, "is needed here", "a text"),
    ("", 'note = ""', "then.note", WHEN, "needed in each language", "en, fr and es"),
    ("", 'stop = "yes"', "then.stop", WHEN, "not a yes or no", "true or false"),
    ("", 'close = true', "then.close", WHEN, "not a known key", "assign"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "then", "key", "line", "message", "allowed"), MISTAKES)
def test_one_mistake_is_named_with_key_line_and_what_is_allowed(
    when: str, then: str, key: str, line: int, message: str, allowed: str
) -> None:
    text = HEAD + rule(then or 'tags = "seen"', when)
    with pytest.raises(PolicyError) as refused:
        Policy.from_toml(text)
    [problem] = [
        p for p in refused.value.problems if p.key_path == f"rules[1].{key}" and message in p.message
    ]
    assert allowed in problem.allowed
    assert problem.line == HEAD.count("\n") + line


@pytest.mark.parametrize(
    ("on", "message", "allowed"),
    [
        ('"closed"', "none of those", "'opened'"),
        ('["opened", "rated"]', "none of those", "'reopened'"),
        ("[]", "is empty", "one or more"),
        ("true", "is not a list", "[ ]"),
    ],
)
def test_an_occasion_that_there_is_not_is_named(on: str, message: str, allowed: str) -> None:
    with pytest.raises(PolicyError) as refused:
        Policy.from_toml(HEAD + rule(on=on))
    [problem] = refused.value.problems
    assert (problem.line, message in problem.message) == (HEAD.count("\n") + 5, True)
    assert allowed in problem.allowed


@pytest.mark.parametrize("lacking", ["key", "label", "on", "then"])
def test_what_every_rule_needs_is_asked_for(lacking: str) -> None:
    lines = [line for line in rule().splitlines() if not line.startswith(f"{lacking} =")]
    with pytest.raises(PolicyError) as refused:
        Policy.from_toml(HEAD + "\n".join(lines))
    assert [(p.key_path, p.message) for p in refused.value.problems] == [
        (f"rules[1].{lacking}", "is needed here")
    ]


def test_two_rules_of_one_key_are_refused_at_the_second() -> None:
    with pytest.raises(PolicyError) as refused:
        Policy.from_toml(HEAD + rule() + rule())
    [problem] = refused.value.problems
    assert (problem.key_path, problem.line) == ("rules[2].key", HEAD.count("\n") + 9)
    assert problem.message == "'one' already stands in rules[1]"


@pytest.mark.parametrize(
    ("first", "second", "is_reached"),
    [
        (rule("stop = true"), rule(key="two"), False),
        (rule("stop = true", on='["opened", "reopened"]'), rule(on='"reopened"', key="two"), False),
        (rule("stop = true"), rule(on='["opened", "reopened"]', key="two"), True),
        (rule("stop = true", '{ words = "till" }'), rule(key="two"), True),
        (rule('tags = "a"'), rule(key="two"), True),
    ],
)
def test_a_rule_behind_one_that_always_stops_is_never_reached(
    first: str, second: str, is_reached: bool
) -> None:
    if is_reached:
        assert len(Policy.from_toml(HEAD + first + second).rules) == 2
        return
    with pytest.raises(PolicyError, match="rules\\[2\\]: is never reached: rules\\[1\\] always stops"):
        Policy.from_toml(HEAD + first + second)


def test_mistakes_of_several_rules_are_told_together_in_the_order_of_the_file() -> None:
    wrong = rule('priority = "huge"') + rule("", "{ }", key="two") + rule(on='"often"', key="three")
    with pytest.raises(PolicyError) as refused:
        Policy.from_toml(HEAD + wrong)
    assert [p.key_path for p in refused.value.problems] == [
        "rules[1].then.priority",
        "rules[2].when",
        "rules[2].then",
        "rules[3].on[1]",
    ]


@pytest.mark.parametrize("rules", ["rules = 3\n", 'rules = ["a"]\n', "rules = [[]]\n", "[rules]\nkey = 1\n"])
def test_rules_that_are_no_tables_are_refused_in_words(rules: str) -> None:
    with pytest.raises(PolicyError, match=r"is not a (list|table)"):
        Policy.from_toml(rules + BASE if rules.startswith("rules") else BASE + rules)


@pytest.mark.parametrize(
    "broken",
    ['when = 3', 'when = { all = 3 }', 'when = { all = [3] }', 'when = { answers = 3 }', 'then = 3', "on = 3"],
)  # fmt: skip
def test_a_broken_rule_is_refused_and_never_trips_the_checks(broken: str) -> None:
    name = broken.partition(" ")[0]
    lines = [line for line in rule().splitlines() if not line.startswith(f"{name} =")]
    with pytest.raises(PolicyError, match=f"rules\\[1\\].{name}"):
        Policy.from_toml(HEAD + "\n".join([*lines, broken]))


@pytest.mark.parametrize(
    "right",
    [
        rule(),
        rule("stop = true"),
        rule('note = "One text for all"'),
        rule(when='{ category = "fault", any = [{ category = ["fault", "question"] }, { words = "till" }] }'),
        rule(when='{ all = [{ words = "till" }, { words = "porto" }] }'),
        rule('priority = "high"', '{ priority = ["low", "urgent"], plan = ["essential", "enterprise"] }'),
        rule(on='"reopened"', when='{ answers = { site = "field", affected = "till" } }'),
    ],
)
def test_a_right_rule_is_taken_and_survives_storage(right: str) -> None:
    taken = Policy.from_toml(HEAD + right)
    assert Policy.from_json(taken.to_json()) == taken
    assert taken.version != Policy.from_toml(HEAD).version
