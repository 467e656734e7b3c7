"""The page about policies says what the models say, and its example works."""

import re
import runpy

from bot.policy.policy import Policy
from tests.fixtures.paths import ROOT

DOCS = ROOT / "docs"


def test_the_reference_is_fresh():
    page = (DOCS / "policy.md").read_text(encoding="utf-8")
    made = runpy.run_path(str(DOCS / "policy_reference.py"))["with_reference"](page)
    assert page == made, "run: python docs/policy_reference.py"


def test_every_key_of_every_section_has_a_meaning_or_a_plain_name():
    page = (DOCS / "policy.md").read_text(encoding="utf-8")
    silent = re.findall(r"^\| `(\w+)` \|.*\|  \|$", page, re.MULTILINE)
    assert set(silent) <= {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}


def test_the_smallest_policy_of_the_page_is_a_policy():
    example = re.search(r"```toml\n(.*?)```", (DOCS / "policy.md").read_text(encoding="utf-8"), re.DOTALL)
    policy = Policy.from_toml(example[1])
    assert (policy.key, policy.usual_priority.key) == ("small", "normal")


def test_the_rules_of_the_page_are_good_for_the_premium_desk():
    page = (DOCS / "policy.md").read_text(encoding="utf-8")
    [example] = [block for block in re.findall(r"```toml\n(.*?)```", page, re.DOTALL) if "[[rules]]" in block]
    premium = (DOCS.parent / "policies" / "premium.toml").read_text(encoding="utf-8")
    own = example.replace('key = "security"', 'key = "security_too"')
    assert [rule.key for rule in Policy.from_toml(premium + "\n" + own).rules[-2:]] == [
        "security_too",
        "night",
    ]
