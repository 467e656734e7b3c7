"""Every mistake in a policy file is reported with its key, its line and what is allowed."""

import pytest

from bot.policy.policy import Policy, load_policy
from bot.policy.policy_errors import PolicyError
from tests.fixtures.paths import POLICIES

VALID = (POLICIES / "weekday-desk.toml").read_text()
NO_HOLIDAYS, LOW_REVIEW = "holidays = []", 'review = "1 business hour", resolution = "72'

ONE_MISTAKE = [  # the text replaced, the new text, the key, the message, what is allowed
    ('"Europe/Paris"', '"Europe/Pariss"', "hours.zone", "there is no time zone", "Europe/Paris"),
    ('"Europe/Paris"', '"../etc/passwd"', "hours.zone", "there is no time zone", "IANA"),
    ('"Europe/Paris"', "[[]]", "hours.zone", "there is no time zone '[[]]'", "IANA"),
    ('"Europe/Paris"', "3", "hours.zone", "there is no time zone '3'", "IANA"),
    (NO_HOLIDAYS, 'holidays = ["PT", "XX"]', "hours.holidays[2]", "'XX' are not known", "CH-GE"),
    (NO_HOLIDAYS, 'holidays = ["CH-ZZ"]', "hours.holidays[1]", "CH has no region 'ZZ'", "CH-GE"),
    (NO_HOLIDAYS, 'holidays = "PT"', "hours.holidays", "is not a list", "[ ]"),
    (NO_HOLIDAYS, "always_open = true", "hours", "has no other hours", "not both"),
    (NO_HOLIDAYS, 'dates = [{ date = "02-30" }]', "hours.dates[1].date", "02-30: no such date", "12-24"),
    (NO_HOLIDAYS, 'dates = [{ date = "2026-02-30" }]', "hours.dates[1].date", "no such date", "2026-12-24"),
    (NO_HOLIDAYS, "dates = [{ date = 10:00:00 }]", "hours.dates[1].date", "no such date", "2026-12-24"),
    (NO_HOLIDAYS, "dates = [{ date = 2026-02-30 }]", "", "not TOML: invalid date", "toml.io"),
    (
        NO_HOLIDAYS,
        'dates = [{ date = 2026-12-24 }, { date = "2026-12-24" }]',
        "hours.dates[2].date",
        "already used by dates[1]",
        "once",
    ),
    ('["09:00-18:00"]', '["09:00-12:00", "11:00-18:00"]', "hours.week.weekdays", "overlap", "do not overlap"),
    ('["09:00-18:00"]', '["18:00-09:00"]', "hours.week.weekdays[1]", "18:00-09:00: ", "the opening first"),
    ('["09:00-18:00"]', '["09:00-24:30"]', "hours.week.weekdays[1]", "09:00-24:30: ", "24:00"),
    ('["09:00-18:00"]', "[]", "hours", "the desk is never open", "always_open = true"),
    (
        LOW_REVIEW,
        'review = "-1 hour", resolution = "72',
        "priorities[1].targets.review",
        "negative",
        "90 minutes",
    ),
    (
        LOW_REVIEW,
        'review = "0 hours", resolution = "72',
        "priorities[1].targets.review",
        "longer than zero",
        "90 minutes",
    ),
    (
        LOW_REVIEW,
        'review = "soon", resolution = "72',
        "priorities[1].targets.review",
        "soon: not a duration",
        "90 minutes",
    ),
    (LOW_REVIEW, 'review = 60, resolution = "72', "priorities[1].targets.review", "60", "90 minutes"),
    (
        LOW_REVIEW,
        'review = "9999999999 days", resolution = "72',
        "priorities[1].targets.review",
        "ten years",
        "90",
    ),
    (
        LOW_REVIEW,
        'reviw = "1 hour", resolution = "72',
        "priorities[1].targets.reviw",
        "not one of the allowed",
        "review",
    ),
    ('key = "high"', 'key = "low"', "priorities[3].key", "already used by priorities[1]", "once"),
    ('key = "low"', 'key = "Low one"', "priorities[1].key", "is not a valid key", "lower-case"),
    ('fr = "Élevée", ', "", "priorities[3].label.fr", "is required", "text"),
    ('es = "Alta"', 'es = " "', "priorities[3].label.es", "is empty", "some text"),
    ('es = "Alta"', 'es = "Alta", de = "Hoch"', "priorities[3].label.de", "not a known key", "en, fr, es"),
    ('es = "Alta"', 'es = "Una prioridad más bien alta"', "priorities[3].label.es", "too many", "at most 20"),
    (
        '"medium", "normal"',
        '"medium", "Low"',
        "priorities[2].words[2]",
        "already means 'low'",
        "once",
    ),
    (
        "default_priority",
        "defalt_priority",
        "defalt_priority",
        "not a known key",
        "did you mean default_priority",
    ),
    (
        '= "medium"\n\n[hours]',
        '= "huge"\n\n[hours]',
        "default_priority",
        "no priority 'huge'",
        "low, medium, high",
    ),
    ("min_words = 6", "min_word = 6", "questions[5].min_word", "not a known key", "did you mean min_words"),
    ("min_words = 6", "min_words = 6.5", "questions[5].min_words", "whole number", "digits"),
    ('kind = "priority"', 'kind = "text"', "questions[6].kind", "has a different kind", 'kind = "priority"'),
    ('key = "description"', 'key = "story"', "questions", "a ticket needs a description", "description"),
    ('kind = "category"', 'kind = "text"', "questions", "need each other", "or neither"),
    (
        'key = "company"\n',
        'key = "branch"\nkind = "choice"\n',
        "questions[2].kind",
        "a choice needs options",
        "options",
    ),
    (
        'key = "company"\n',
        'key = "company"\ncategories = ["chnage"]\n',
        "questions[2].categories[1]",
        "no category 'chnage'",
        "change",
    ),
    (
        "min_words = 6",
        'min_words = 6\ncategories = ["change"]',
        "questions[5].categories",
        "every request needs its description",
        "no categories here",
    ),
    (
        'kind = "category"',
        'kind = "category"\ncategories = ["change"]',
        "questions[3].categories",
        "its category",
        "no",
    ),
    ("warn_share = 0.75", "warn_share = 1.5", "alerts.warn_share", "should be less than 1", ""),
    ('to = "team"', 'to = "boss"', "alerts.ladder[2].to", "not one of the allowed", "'managers'"),
    ('to = "team"', 'to = "assignee"', "alerts.ladder[2].to", "already used by ladder[1]", "once"),
    ("status = true", 'status = "yes"', "tells.status", "not true or false", "true or false"),
    ('key = "low"', "key = low", "", "not TOML: invalid value", "toml.io"),
    ("[tells]", "[tells", "", "not TOML", "toml.io"),
    ("[tells]", "[hours]", "", "not TOML", "toml.io"),
]


@pytest.mark.parametrize(("old", "new", "key", "message", "allowed"), ONE_MISTAKE)
def test_a_mistake_is_reported_with_key_line_and_what_is_allowed(old, new, key, message, allowed):
    assert old in VALID
    with pytest.raises(PolicyError) as raised:
        Policy.from_toml(VALID.replace(old, new, 1))
    problem = next(p for p in raised.value.problems if p.key_path == key and message in p.message)
    assert allowed in problem.allowed
    at = VALID[: VALID.index(old)].count("\n") + 1
    if key not in ("hours", "questions"):  # the whole section is broken: its first line is reported
        assert at <= problem.line <= at + new.count("\n")


def line_of(text):
    return VALID[: VALID.index(text)].count("\n") + 1


def test_all_mistakes_are_reported_together_in_file_order():
    broken = VALID.replace("Europe/Paris", "Nowhere").replace('"1 business hour"', '"-1 hour"')
    broken = broken.replace('fr = "Élevée", ', "").replace('to = "team"', 'to = "assignee"')
    with pytest.raises(PolicyError) as raised:
        Policy.from_toml(broken, "desk.toml")
    assert [p.key_path for p in raised.value.problems] == [
        "hours.zone",
        "priorities[1].targets.review",
        "priorities[2].targets.review",
        "priorities[3].label.fr",
        "priorities[3].targets.review",
        "priorities[4].targets.review",
        "alerts.ladder[2].to",
    ]
    assert str(raised.value).splitlines()[0] == (
        f"desk.toml: line {line_of('zone = ')}: hours.zone: there is no time zone 'Nowhere'"
        " (allowed: an IANA name such as Europe/Paris)"
    )


def test_plans_can_only_name_what_exists():
    broken = VALID + (
        '\n[[plans]]\nkey = "gold"\nlabel = { en = "a", fr = "b", es = "c" }\nrank = 1\n'
        'priorities = ["top"]\n'
        '[plans.targets]\npeak = { review = "1 hour" }\n'
        '\n[[plans]]\nkey = "gold"\nlabel = { en = "a", fr = "b", es = "c" }\nrank = 1\n'
        '\n[access]\nplans = ["silver"]\nlengths = ["4 calendar hours"]\n'
    )
    with pytest.raises(PolicyError) as raised:
        Policy.from_toml(broken)
    assert [p.key_path for p in raised.value.problems] == [
        "plans[1].priorities[1]",
        "plans[1].targets.peak",
        "plans[2].key",
        "plans[2].rank",
        "access.plans[1]",
    ]


def test_a_key_is_known_even_if_its_section_has_other_mistakes():
    broken = VALID.replace('fr = "Élevée", ', "").replace(
        'default_priority = "medium"', 'default_priority = "high"'
    )
    with pytest.raises(PolicyError) as raised:
        Policy.from_toml(broken + '\n[access]\nplans = ["silver"]\nlengths = ["1 hour"]\n')
    assert [p.key_path for p in raised.value.problems] == ["priorities[3].label.fr", "access.plans[1]"]


@pytest.mark.parametrize(
    ("extra", "key"),
    [
        ('\n[emergency]\ntargets = { review = "1 hour" }\n', "emergency"),
        (
            '\n[[categories]]\nkey = "fire"\nscope = "emergency"\nlabel = { en = "a", fr = "b", es = "c" }\n',
            "categories[5].scope",
        ),
    ],
)
def test_an_emergency_line_needs_both_halves(extra, key):
    with pytest.raises(PolicyError) as raised:
        Policy.from_toml(VALID + extra)
    assert [p.key_path for p in raised.value.problems] == [key]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("# only a comment\n", "the file is empty"),
        ("a = " + "[" * 5000, "lists are nested too deeply"),
        ('key = "a"\n', "is required"),
        ('key = "a"\nhours = 3\npriorities = "x"\nquestions = [4]\nplans = [[1]]\n', "is not a table"),
    ],
)
def test_text_that_is_not_a_policy_is_refused_with_a_clear_message(text, message):
    with pytest.raises(PolicyError, match=message):
        Policy.from_toml(text)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b'key = "a"\ntitle = "\xff"\n', "line 2: not text in UTF-8"),
        (b"\x00" * 2_000_000, "too large"),
    ],
)
def test_a_file_that_is_not_text_is_refused_with_a_clear_message(tmp_path, content, message):
    (tmp_path / "policy.toml").write_bytes(content)
    with pytest.raises(PolicyError, match=message):
        load_policy(tmp_path / "policy.toml")


def test_a_directory_or_a_missing_file_is_refused_with_a_clear_message(tmp_path):
    for path in (tmp_path, tmp_path / "nowhere.toml"):
        with pytest.raises(PolicyError, match="cannot be read: "):
            load_policy(path)


def test_a_file_saved_on_windows_is_read_with_the_right_lines(tmp_path):
    saved = "\ufeff" + VALID.replace('fr = "Élevée", ', "").replace("\n", "\r\n")
    (tmp_path / "policy.toml").write_bytes(saved.encode())
    with pytest.raises(PolicyError) as raised:
        load_policy(tmp_path / "policy.toml")
    assert [(p.key_path, p.line) for p in raised.value.problems] == [
        ("priorities[3].label.fr", line_of('fr = "Élevée"'))
    ]


def test_a_desk_closed_every_day_of_the_year_is_refused():
    days = [f'{{ date = "{m:02}-{d:02}" }}' for m in range(1, 13) for d in range(1, 32) if exists(m, d)]
    with pytest.raises(PolicyError, match="never open"):
        Policy.from_toml(VALID.replace(NO_HOLIDAYS, f"dates = [{', '.join(days)}]"))


def exists(month, day):
    return day <= {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
