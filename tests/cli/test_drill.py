"""`guichet drill` as an operator calls it: a row, its figures, the exit code."""

import json
import sys

import pytest

from tests.cli.conftest import Guichet
from tests.fixtures.paths import ROOT

POLICY = str(ROOT / "policies" / "premium.toml")


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes by /proc")
def test_one_row_under_the_operators_own_policy(guichet: Guichet) -> None:
    held = guichet("drill", "--only", "duplicates", "--json", POLICY=POLICY)
    assert held.returncode == 0, held.stderr + held.stdout
    [row] = json.loads(held.stdout)
    assert (row["row"], row["is_passed"], row["problems"]) == ("duplicates", True, [])
    assert row["figures"]["messages"] == "18 of 18"
    assert row["figures"]["posts"] >= 180


def test_a_row_that_there_is_not_is_wrong_usage(guichet: Guichet) -> None:
    held = guichet("drill", "--only", "fire", POLICY=POLICY)
    assert held.returncode == 2
    assert "no row 'fire'" in held.stderr


def test_a_policy_that_cannot_be_read_is_told_before_anything_starts(guichet: Guichet) -> None:
    held = guichet("drill", "--only", "duplicates", POLICY="nowhere.toml")
    assert held.returncode == 1
    assert "nowhere.toml" in held.stderr
    assert "Traceback" not in held.stderr
