"""`guichet policy check` reports the mistakes in a file; `guichet policy due` prints when a promise is due."""

import json
from pathlib import Path

import pytest

from tests.fixtures.cli import Guichet
from tests.fixtures.paths import ROOT

DEMO = ROOT / "policies" / "demo.toml"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The demo policy with an unknown time zone and an unknown key."""
    text = DEMO.read_text(encoding="utf-8").replace("Europe/Paris", "Europe/Atlantis")
    file = tmp_path / "broken.toml"
    file.write_text(f'colour = "blue"\n{text}', encoding="utf-8")
    return file


def test_a_valid_file_is_ok(guichet: Guichet) -> None:
    told = guichet("policy", "check", DEMO)
    assert (told.returncode, told.stderr) == (0, "")
    assert "ok" in told.stdout


def test_every_policy_we_ship_is_ok(guichet: Guichet) -> None:
    told = guichet("policy", "check", *sorted((ROOT / "policies").glob("*.toml")))
    assert (told.returncode, told.stderr) == (0, "")


def test_each_mistake_is_one_line_with_its_line_number(guichet: Guichet, broken: Path) -> None:
    told = guichet("policy", "check", broken)
    assert told.returncode == 1
    assert told.stdout == ""
    assert any("line 1:" in line and "colour" in line for line in told.stderr.splitlines())
    assert "Traceback" not in told.stderr


def test_mistakes_are_printed_as_json(guichet: Guichet, broken: Path) -> None:
    told = guichet("policy", "check", broken, "--json")
    result = json.loads(told.stdout)
    assert told.returncode == 1
    assert result["ok"] is False
    assert {"key", "line", "message", "allowed"} <= result["problems"][0].keys()


def test_a_missing_file_is_reported_in_one_line(guichet: Guichet) -> None:
    told = guichet("policy", "check", "none.toml")
    assert told.returncode == 1
    assert told.stderr == "none.toml: cannot be read: No such file or directory\n"


def due(guichet: Guichet, *words: object, stdin: str = "") -> list[str]:
    told = guichet("policy", "due", DEMO, "--priority", "high", *words, stdin=stdin)
    assert (told.returncode, told.stderr) == (0, "")
    return told.stdout.splitlines()


def test_due_is_an_instant_in_utc(guichet: Guichet) -> None:
    """The demo desk is always open, and promises a first response for `high` within minutes."""
    [due_at] = due(guichet, "--at", "2026-11-20T20:30:00+01:00", "--target", "first_response")
    assert due_at.startswith("2026-11-20T19:3")
    assert due_at.endswith("+00:00")


def test_first_response_is_the_default_target(guichet: Guichet) -> None:
    named = due(guichet, "--at", "2026-11-20T20:30:00Z", "--target", "first_response")
    assert due(guichet, "--at", "2026-11-20T20:30:00Z") == named


def test_each_instant_on_standard_input_gives_one_line(guichet: Guichet) -> None:
    instants = [f"2026-11-20T20:{minute:02}:00Z" for minute in range(60)]
    lines = due(guichet, "--at", "-", stdin="\n".join(instants) + "\n\n")
    assert len(lines) == 60
    assert lines == sorted(lines)
    assert lines[7:8] == due(guichet, "--at", instants[7])


def test_an_instant_without_a_zone_is_in_the_desks_time_zone(guichet: Guichet) -> None:
    own = due(guichet, "--at", "2026-11-20T20:30:00")
    assert own != due(guichet, "--at", "2026-11-20T20:30:00Z")


def test_due_is_printed_as_json(guichet: Guichet) -> None:
    [line] = due(guichet, "--at", "2026-11-20T20:30:00Z", "--json")
    row = json.loads(line)
    assert row["target"] == "first_response"
    assert row["at"] == "2026-11-20T20:30:00+00:00"


def test_an_invalid_instant_is_reported_and_the_others_are_answered(guichet: Guichet) -> None:
    told = guichet(
        "policy", "due", DEMO, "--priority", "high", "--at", "-",
        stdin="2026-11-20T20:30:00Z\n2026-02-30T10:00:00Z\n2026-11-20T20:31:00Z\n",
    )  # fmt: skip
    assert told.returncode == 1
    assert told.stderr.startswith("guichet: line 2: not a time")
    assert [bool(line) for line in told.stdout.splitlines()] == [True, False, True]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--priority", "loud", "--at", "2026-11-20T20:30Z"], "no priority “loud”"),
        (["--priority", "high", "--plan", "gold", "--at", "2026-11-20T20:30Z"], "no plan “gold”"),
        (["--priority", "high", "--at", "tomorrow"], "not a time: 'tomorrow'"),
        (["--priority", "high", "--target", "review", "--at", "2026-11-20T20:30Z"], "has no review"),
    ],
)
def test_an_unknown_name_is_reported_in_one_line(guichet: Guichet, words: list[str], said: str) -> None:
    told = guichet("policy", "due", DEMO, *words)
    assert told.returncode == 1
    assert said in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_due_with_a_broken_policy_reports_the_mistakes(guichet: Guichet, broken: Path) -> None:
    told = guichet("policy", "due", broken, "--priority", "high", "--at", "2026-11-20T20:30Z")
    assert told.returncode == 1
    assert "colour" in told.stderr
