"""`guichet drill` as an operator calls it: a scenario, its figures, the exit code."""

import json
import sys

import pytest

from tests.fixtures.cli import Guichet
from tests.fixtures.paths import ROOT
from tests.fixtures.reruns import may_rerun

POLICY = str(ROOT / "policies" / "premium.toml")


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes by /proc")
@may_rerun("the scenario gives real processes so many real seconds")
def test_one_scenario_under_the_operators_own_policy(guichet: Guichet) -> None:
    held = guichet("drill", "--only", "duplicates", "--json", POLICY=POLICY)
    assert held.returncode == 0, held.stderr + held.stdout
    [scenario] = json.loads(held.stdout)
    assert (scenario["row"], scenario["is_passed"], scenario["problems"]) == ("duplicates", True, [])
    assert scenario["figures"]["messages"] == "18 of 18"
    assert scenario["figures"]["posts"] >= 180


def test_a_scenario_that_there_is_not_is_wrong_usage(guichet: Guichet) -> None:
    held = guichet("drill", "--only", "fire", POLICY=POLICY)
    assert held.returncode == 2
    assert "no scenario 'fire'" in held.stderr


def test_a_policy_that_cannot_be_read_is_told_before_anything_starts(guichet: Guichet) -> None:
    held = guichet("drill", "--only", "duplicates", POLICY="nowhere.toml")
    assert held.returncode == 1
    assert "nowhere.toml" in held.stderr
    assert "Traceback" not in held.stderr
