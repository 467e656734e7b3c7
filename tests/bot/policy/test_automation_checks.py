"""Every mistake in a rule is reported with its key, its line and what is allowed; valid rules are accepted."""

import pytest

from bot.policy.policy import Policy
from bot.policy.policy_errors import PolicyError
from tests.fixtures.rules_desk import BASE, SITE, rule

HEAD = BASE + SITE
AT, WHEN, THEN = 3, 6, 7  # lines of a rule: its key, its conditions, its actions

MISTAKES = [  # the conditions, the actions, the key, the line of the rule, the message, what is allowed
    ('{ category = "falt" }', "", "when.category", WHEN, "no category 'falt'", "fault, question"),
    ('{ category = ["fault", "x"] }', "", "when.category[2]", WHEN, "no category 'x'", "fault"),
    ('{ priority = "huge" }', "", "when.priority", WHEN, "no priority 'huge'", "low, medium, high, urgent"),
    ('{ plan = "gold" }', "", "when.plan", WHEN, "no plan 'gold'", "essential"),
    ('{ language = "de" }', "", "when.language", WHEN, "not one of the allowed", "'fr'"),
    ('{ channel = "sms" }', "", "when.channel", WHEN, "not one of the allowed", "'whatsapp'"),
    ('{ hours = "night" }', "", "when.hours", WHEN, "not one of the allowed", "'closed'"),
    ('{ hours = ["open"] }', "", "when.hours", WHEN, "not one of the allowed", "'closed'"),
    ('{ subject = "x" }', "", "when.subject", WHEN, "not a known key", "category"),
    ('{ categori = "fault" }', "", "when.categori", WHEN, "not a known key", "did you mean category"),
    ('{ category = 3 }', "", "when.category", WHEN, "not a list", "[ ]"),
    ('{ category = [] }', "", "when.category", WHEN, "is empty", "at least one"),
    ("{ }", "", "when", WHEN, "has no effect", "one or more of category"),
    ("{ all = [] }", "", "when.all", WHEN, "is empty", "at least one"),
    ("{ any = [] }", "", "when.any", WHEN, "is empty", "at least one"),
    ('{ any = [{ words = "till" }, { }] }', "", "when.any[2]", WHEN, "has no effect", "one or more of category"),
    ('{ any = { words = "till" } }', "", "when.any", WHEN, "not a list", "[ ]"),
    ('{ all = [{ any = [{ words = "a" }] }] }', "", "when.all[1].any", WHEN, "not a known key", "words"),
    ('{ all = [{ category = "x" }] }', "", "when.all[1].category", WHEN, "no category 'x'", "fault"),
    ('{ words = "" }', "", "when.words", WHEN, "is empty", "some text"),
    ('{ words = ["till", "?!"] }', "", "when.words[2]", WHEN, "never found", "words"),
    ('{ answers = { } }', "", "when.answers", WHEN, "is empty", "at least one"),
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
    ("", " ", "then", WHEN, "has no effect", "tags, priority, assign, note, stop"),
    ("", "stop = false", "then", WHEN, "has no effect", "tags"),
    ("", "tags = []", "then.tags", WHEN, "is empty", "at least one"),
    ("", 'tags = "a,b"', "then.tags", WHEN, "has a comma", "several in [ ]"),
    ("", f'tags = "{"x" * 33}"', "then.tags", WHEN, "at most 32", ""),
    ("", 'priority = "huge"', "then.priority", WHEN, "no priority 'huge'", "low, medium"),
    ("", 'priority = "low"', "then.priority", WHEN, "raises nothing", "a higher one"),
    ('{ priority = ["high", "urgent"] }', 'priority = "high"', "then.priority", THEN, "raises nothing", "higher"),
    ('{ plan = "essential" }', 'priority = "high"', "then.priority", THEN, "no plan of this rule", "low, medium"),
    ("", 'assign = ""', "then.assign", WHEN, "is empty", "some text"),
    ("", 'assign = ["ana"]', "then.assign", WHEN, "is not text", "quotes"),
    ("", 'note = { en = "a", fr = "b" }', "then.note.es", WHEN, "is required", "text"),
    ("", 'note = ""', "then.note", WHEN, "needed in each language", "en, fr and es"),
    ("", 'stop = "yes"', "then.stop", WHEN, "not true or false", "true or false"),
    ("", 'close = true', "then.close", WHEN, "not a known key", "assign"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "then", "key", "line", "message", "allowed"), MISTAKES)
def test_a_mistake_is_reported_with_key_line_and_what_is_allowed(
    when: str, then: str, key: str, line: int, message: str, allowed: str
) -> None:
    text = HEAD + rule(then or 'tags = "seen"', when)
    with pytest.raises(PolicyError) as raised:
        Policy.from_toml(text)
    [problem] = [p for p in raised.value.problems if p.key_path == f"rules[1].{key}" and message in p.message]
    assert allowed in problem.allowed
    assert problem.line == HEAD.count("\n") + line


@pytest.mark.parametrize(
    ("on", "message", "allowed"),
    [
        ('"closed"', "not one of the allowed", "'opened'"),
        ('["opened", "rated"]', "not one of the allowed", "'reopened'"),
        ("[]", "is empty", "at least one"),
        ("true", "is not a list", "[ ]"),
    ],
)
def test_an_unknown_trigger_is_reported(on: str, message: str, allowed: str) -> None:
    with pytest.raises(PolicyError) as raised:
        Policy.from_toml(HEAD + rule(on=on))
    [problem] = raised.value.problems
    assert (problem.line, message in problem.message) == (HEAD.count("\n") + 5, True)
    assert allowed in problem.allowed


@pytest.mark.parametrize("missing", ["key", "label", "on", "then"])
def test_a_missing_key_is_reported(missing: str) -> None:
    lines = [line for line in rule().splitlines() if not line.startswith(f"{missing} =")]
    with pytest.raises(PolicyError) as raised:
        Policy.from_toml(HEAD + "\n".join(lines))
    assert [(p.key_path, p.message) for p in raised.value.problems] == [
        (f"rules[1].{missing}", "is required")
    ]


def test_two_rules_with_the_same_key_are_refused_at_the_second() -> None:
    with pytest.raises(PolicyError) as raised:
        Policy.from_toml(HEAD + rule() + rule())
    [problem] = raised.value.problems
    assert (problem.key_path, problem.line) == ("rules[2].key", HEAD.count("\n") + 9)
    assert problem.message == "'one' is already used by rules[1]"


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
def test_a_rule_after_one_that_always_stops_is_refused(first: str, second: str, is_reached: bool) -> None:
    if is_reached:
        assert len(Policy.from_toml(HEAD + first + second).rules) == 2
        return
    with pytest.raises(PolicyError, match="rules\\[2\\]: is never reached: rules\\[1\\] always stops"):
        Policy.from_toml(HEAD + first + second)


def test_mistakes_in_several_rules_are_reported_together_in_file_order() -> None:
    broken = rule('priority = "huge"') + rule("", "{ }", key="two") + rule(on='"often"', key="three")
    with pytest.raises(PolicyError) as raised:
        Policy.from_toml(HEAD + broken)
    assert [p.key_path for p in raised.value.problems] == [
        "rules[1].then.priority",
        "rules[2].when",
        "rules[2].then",
        "rules[3].on",
    ]


@pytest.mark.parametrize("rules", ["rules = 3\n", 'rules = ["a"]\n', "rules = [[]]\n", "[rules]\nkey = 1\n"])
def test_rules_that_are_not_tables_are_refused_with_a_clear_message(rules: str) -> None:
    with pytest.raises(PolicyError, match=r"is not a (list|table)"):
        Policy.from_toml(rules + BASE if rules.startswith("rules") else BASE + rules)


@pytest.mark.parametrize(
    "broken",
    ['when = 3', 'when = { all = 3 }', 'when = { all = [3] }', 'when = { answers = 3 }', 'then = 3', "on = 3"],
)  # fmt: skip
def test_a_malformed_rule_is_refused(broken: str) -> None:
    name = broken.partition(" ")[0]
    lines = [line for line in rule().splitlines() if not line.startswith(f"{name} =")]
    with pytest.raises(PolicyError, match=f"rules\\[1\\].{name}"):
        Policy.from_toml(HEAD + "\n".join([*lines, broken]))


@pytest.mark.parametrize(
    "valid",
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
def test_a_valid_rule_is_accepted_and_survives_storage(valid: str) -> None:
    policy = Policy.from_toml(HEAD + valid)
    assert Policy.from_json(policy.to_json()) == policy
    assert policy.version != Policy.from_toml(HEAD).version
