"""`guichet policy explain`: every stretch that counts or not, for people and for programs."""

import json

import pytest

from tests.fixtures.cli import Guichet
from tests.fixtures.paths import ROOT

PREMIUM = ROOT / "policies" / "premium.toml"
FRIDAY = ("--priority", "urgent", "--at", "2026-11-20T11:00")


def test_each_stretch_is_a_line_and_the_sum_is_last(guichet: Guichet) -> None:
    told = guichet("policy", "explain", PREMIUM, *FRIDAY)
    assert (told.returncode, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert lines[0].split() == ["Fri", "2026-11-20", "11:00", "Fri", "2026-11-20", "12:00", "1:00", "open"]
    assert lines[4].endswith("(48:00)  closed day")
    assert lines[-1] == "counted: 8:00, target: 8 business hours"


def test_a_holiday_is_named(guichet: Guichet) -> None:
    told = guichet("policy", "explain", PREMIUM, "--priority", "urgent", "--at", "2026-09-09T17:00")
    assert "holiday: " in told.stdout


def test_a_program_gets_the_same_sum(guichet: Guichet) -> None:
    story = json.loads(guichet("policy", "explain", PREMIUM, *FRIDAY, "--json").stdout)
    counted = sum(each["seconds"] for each in story["stretches"] if each["counted"])
    assert (story["due_at"], story["counted_seconds"]) == ("2026-11-23T10:30:00+00:00", counted)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--priority", "loud", "--at", "2026-11-20T11:00"], "no priority “loud”"),
        (["--priority", "urgent", "--at", "soon"], "not a time: 'soon'"),
        ([*FRIDAY, "--target", "review"], "has no review"),
        ([*FRIDAY, "--target", "next_response"], "explain another --target"),
        ([*FRIDAY, "--plan", "gold"], "no plan “gold”"),
    ],
)
def test_what_cannot_be_explained_is_one_line(guichet: Guichet, words: list[str], said: str) -> None:
    told = guichet("policy", "explain", PREMIUM, *words)
    assert (told.returncode, told.stdout) == (1, "")
    assert said in told.stderr
    assert len(told.stderr.splitlines()) == 1
