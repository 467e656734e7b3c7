"""The line of every key, in any TOML."""

import pytest

from bot.policy.toml_lines import parse_toml
from tests.fixtures.paths import POLICIES

UNUSUAL = '''# a comment with [brackets] = and "quotes"
plain = 1 # [no.table]
"quoted key".'and literal' = "a # that starts no comment"
many = [ # [
  "one", [2,
    3], # ]
  { inside = "]", list = [4] },
]
text = """
[not.a.table]
key = "no key" \\"""
"""
raw = \'\'\'
"""
a = 1\'\'\'\'

[table.deep] # =
at = 2026-12-24 10:00:00.5
[[list]]
a = 1
[list.inner]
b = [[1], [2, [3]]]
[[list]]
a = { c = { d = 1.5 } }
[[list.more]]
e = true
[[list.more]]
f = -1e3
'''


def test_unusual_toml_has_the_right_lines():
    _, lines = parse_toml(UNUSUAL)
    expected = {
        ("plain",): 2,
        ("quoted key", "and literal"): 3,
        ("many", 0): 5,
        ("many", 1, 1): 6,
        ("many", 2, "inside"): 7,
        ("many", 2, "list", 0): 7,
        ("text",): 9,
        ("raw",): 13,
        ("table",): 17,
        ("table", "deep"): 17,
        ("table", "deep", "at"): 18,
        ("list", 0): 19,
        ("list", 0, "inner", "b", 1, 1, 0): 22,
        ("list", 1): 23,
        ("list", 1, "a", "c", "d"): 24,
        ("list", 1, "more", 1, "f"): 28,
    }
    assert {path: lines[path] for path in expected} == expected


@pytest.mark.parametrize("name", ["demo", "field-service", "weekday-desk", "premium"])
def test_every_key_of_our_policies_is_on_its_line(name):
    text = (POLICIES / f"{name}.toml").read_text()
    content, lines = parse_toml(text)
    for path in paths(content):
        if isinstance(path[-1], str):
            assert path[-1] in text.splitlines()[lines[path] - 1]


def test_every_key_has_a_line():
    content, lines = parse_toml(UNUSUAL)
    assert set(paths(content)) <= set(lines)


def paths(content, above=()):
    entries = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in entries:
        yield (*above, key)
        if isinstance(value, dict | list):
            yield from paths(value, (*above, key))
