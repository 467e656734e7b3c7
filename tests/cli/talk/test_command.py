"""`guichet talk` as its own process: JSON, a dialogue in text, and a policy that can't be read."""

import json

from tests.fixtures.cli import Guichet
from tests.fixtures.paths import ROOT

DEMO = ROOT / "policies" / "demo.toml"
STORY = "The till of the shop in Porto does not open any more"


def test_each_line_of_json_is_answered_by_one(guichet: Guichet) -> None:
    told = guichet("talk", "--policy", DEMO, "--json", stdin=f'{{"text": "{STORY}"}}\n\n{{"text": "Zoë"}}\n')
    assert (told.returncode, told.stderr) == (0, "")
    drafts = [json.loads(line)["draft"] for line in told.stdout.splitlines()]
    assert [draft.get("name") for draft in drafts] == [None, "Zoë"]


def test_a_dialogue_shows_messages_numbered_buttons_and_what_is_known(guichet: Guichet) -> None:
    typed = f"{STORY}\nMarie\n1\n/?\n"
    told = guichet("talk", "--policy", DEMO, "--channel", "telegram", "--at", "2026-03-03T11:00", stdin=typed)
    assert (told.returncode, told.stderr) == (0, "")
    assert "Tuesday 11:00" in told.stdout
    assert "  [1] Skip\n\n> 1\n" in told.stdout
    assert "  name: Marie\n  company: —\n" in told.stdout


def test_the_session_starts_on_monday_at_ten_unless_told_otherwise(guichet: Guichet) -> None:
    assert "Monday 10:00" in guichet("talk", "--policy", DEMO).stdout


def test_a_bad_policy_or_time_is_one_line_and_exit_code_1(guichet: Guichet) -> None:
    for words in (["--policy", "none.toml"], ["--policy", DEMO, "--at", "soon"]):
        told = guichet("talk", *words)
        assert (told.returncode, told.stdout) == (1, "")
        assert len(told.stderr.splitlines()) == 1
