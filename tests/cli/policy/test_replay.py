"""`guichet policy replay`: the last days of a real store, under a file."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis import Redis

from sandbox import credentials
from tests.fixtures.cli import Guichet
from tests.fixtures.clock import ManualClock
from tests.fixtures.paths import ROOT
from tests.fixtures.store_desk import StoreDesk

DEMO, WEEKDAY = ROOT / "policies" / "demo.toml", ROOT / "policies" / "weekday-desk.toml"


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> StoreDesk:
    """Two requests of 30 hours ago that nobody answered, by the machine's own clock."""
    desk = StoreDesk(redis, tmp_path, clock=ManualClock(datetime.now(UTC) - timedelta(hours=30)))
    desk.open_ticket("telegram:1", priority="high")
    desk.open_ticket("telegram:2", priority="urgent")
    return desk


@pytest.fixture
def variables(redis_url: str) -> dict[str, str]:
    return {
        "REDIS_URL": redis_url,
        "SECRET_KEY": "a key of tests, long enough to pass",
        "POLICY": str(DEMO),
        "TELEGRAM_BOT_TOKEN": credentials.TELEGRAM_BOT_TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": credentials.TELEGRAM_WEBHOOK_SECRET,
    }


def test_a_person_reads_a_table(guichet: Guichet, desk: StoreDesk, variables: dict[str, str]) -> None:
    told = guichet("policy", "replay", WEEKDAY, "--days", "30", **variables)
    assert (told.returncode, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert lines[0].startswith("2 requests of the last 30 days")
    assert lines[1] == "no priority “urgent” in weekday_desk: 1 request without targets there"
    assert any(line.startswith("first_response  high") and "0.0 % (0 of 1)" in line for line in lines)


def test_a_program_reads_the_same(guichet: Guichet, desk: StoreDesk, variables: dict[str, str]) -> None:
    told = json.loads(guichet("policy", "replay", DEMO, "--json", **variables).stdout)
    assert (told["days"], told["tickets"], told["lacking"]) == (30, 2, [])
    assert all(row["before"] == row["after"] for row in told["compared"])


def test_days_before_the_first_request_are_none(
    guichet: Guichet, desk: StoreDesk, variables: dict[str, str]
) -> None:
    told = guichet("policy", "replay", DEMO, "--days", "1", **variables)
    assert told.stdout.splitlines()[-1] == "no targets to compare"


@pytest.mark.parametrize("days", ["0", "-1", "ten", "99999"])
def test_days_that_make_no_sense_are_wrong_usage(
    guichet: Guichet, variables: dict[str, str], days: str
) -> None:
    assert guichet("policy", "replay", DEMO, "--days", days, **variables).returncode == 2


def test_a_broken_file_names_its_mistakes_and_replays_nothing(
    guichet: Guichet, desk: StoreDesk, variables: dict[str, str], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text(DEMO.read_text(encoding="utf-8").replace("Europe/Paris", "Europe/Atlantis"))
    told = guichet("policy", "replay", broken, **variables)
    assert (told.returncode, told.stdout) == (1, "")
    assert "hours.zone" in told.stderr


def test_a_store_that_is_away_is_one_line(guichet: Guichet, variables: dict[str, str]) -> None:
    told = guichet("policy", "replay", DEMO, **variables | {"REDIS_URL": "redis://127.0.0.1:1"})
    assert told.returncode == 1
    assert len(told.stderr.splitlines()) == 1
