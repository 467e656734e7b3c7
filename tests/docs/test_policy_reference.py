"""The policy page matches the models, and its examples work."""

import re
import runpy

from bot.policy.policy import Policy
from tests.fixtures.paths import ROOT

DOCS = ROOT / "docs"


def test_the_reference_is_up_to_date():
    page = (DOCS / "policy.md").read_text(encoding="utf-8")
    expected = runpy.run_path(str(DOCS / "policy_reference.py"))["with_reference"](page)
    assert page == expected, "run: python docs/policy_reference.py"


def test_every_key_has_a_description_or_is_a_weekday():
    page = (DOCS / "policy.md").read_text(encoding="utf-8")
    undescribed = re.findall(r"^\| `(\w+)` \|.*\|  \|$", page, re.MULTILINE)
    assert set(undescribed) <= {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}


def test_the_smallest_policy_on_the_page_is_valid():
    example = re.search(r"```toml\n(.*?)```", (DOCS / "policy.md").read_text(encoding="utf-8"), re.DOTALL)
    policy = Policy.from_toml(example[1])
    assert (policy.key, policy.usual_priority.key) == ("small", "normal")


def test_the_rules_on_the_page_are_valid_for_the_premium_desk():
    page = (DOCS / "policy.md").read_text(encoding="utf-8")
    [example] = [block for block in re.findall(r"```toml\n(.*?)```", page, re.DOTALL) if "[[rules]]" in block]
    premium = (DOCS.parent / "policies" / "premium.toml").read_text(encoding="utf-8")
    own = example.replace('key = "security"', 'key = "security_too"')
    assert [rule.key for rule in Policy.from_toml(premium + "\n" + own).rules[-2:]] == [
        "security_too",
        "night",
    ]
