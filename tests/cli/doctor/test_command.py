"""`guichet doctor` against a real store and the sandbox: well, and ill in each way that it knows."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis

from cli.doctor.local_checks import disk_space
from runtime.file_lock import FileLock
from sandbox import credentials, server
from sandbox.control_client import Sandbox
from store import keys
from store.forum.group import ForumGroup
from store.integrity.twilio_reconciliation import Reconciliation, ReconciliationState
from tests.fixtures.cli import Guichet
from tests.fixtures.paths import ROOT

Desk = dict[str, str]


@pytest.fixture(scope="module")
def providers() -> Iterator[server.Running]:
    with server.start(target="http://127.0.0.1:1") as running:
        yield running


@pytest.fixture
def desk(redis: Redis, redis_url: str, providers: server.Running, tmp_path: Path) -> Desk:
    """A desk in good health, but for the web process: nobody answers at PUBLIC_URL."""
    redis.set(keys.CLOCK_HEARTBEAT, datetime.now(UTC).isoformat())
    redis.config_set("appendfsync", "always")
    return {
        "REDIS_URL": redis_url,
        "SECRET_KEY": "0123456789abcdef0123456789abcdef",
        "POLICY": str(ROOT / "policies" / "demo.toml"),
        "PUBLIC_URL": "http://127.0.0.1:1",
        "TWILIO_ACCOUNT_SID": credentials.TWILIO_ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": credentials.TWILIO_AUTH_TOKEN,
        "TWILIO_WHATSAPP_NUMBER": credentials.TWILIO_WHATSAPP_NUMBER,
        "TWILIO_API_URL": providers.url,
        "TELEGRAM_BOT_TOKEN": credentials.TELEGRAM_BOT_TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": credentials.TELEGRAM_WEBHOOK_SECRET,
        "TELEGRAM_API_URL": providers.url,
        "ARCHIVE_URL": f"sqlite:///{tmp_path}/var/archive.db",
    }


def ill(guichet: Guichet, desk: Desk) -> dict[str, str]:
    """What the doctor says has to be fixed, by name."""
    told = guichet("doctor", "--json", **desk)
    found = json.loads(told.stdout)
    assert "Traceback" not in told.stderr
    assert told.returncode == (0 if all(each["is_well"] for each in found) else 1)
    return {each["name"]: each["told"] for each in found if not each["is_well"]}


def test_a_working_desk_has_nothing_to_fix(guichet: Guichet, desk: Desk, providers: server.Running) -> None:
    guichet("webhooks", "set", **desk)
    assert list(ill(guichet, desk)) == ["web"]
    desk["PUBLIC_URL"] = providers.url  # whatever answers there does not know /healthz
    guichet("webhooks", "set", **desk)
    assert list(ill(guichet, desk)) == ["web"]
    assert "does PUBLIC_URL lead to guichet web?" in ill(guichet, desk)["web"]


def test_each_finding_is_a_line_ok_or_what_to_do(guichet: Guichet, desk: Desk) -> None:
    told = guichet("doctor", **desk)
    assert told.returncode == 1
    assert {line.split()[0] for line in told.stdout.splitlines()} == {"ok", "FIX"}
    assert told.stderr.endswith("to fix\n")


def test_the_store_is_known_to_lose_nothing(guichet: Guichet, desk: Desk) -> None:
    found = json.loads(guichet("doctor", "--json", **desk).stdout)
    told = [each["told"] for each in found if each["name"] == "store"]
    assert told[1:] == ["appendonly yes", "appendfsync always", "maxmemory-policy noeviction"]


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("appendfsync", "everysec", "set appendfsync always"),
        ("maxmemory-policy", "allkeys-lru", "noeviction"),
    ],
)
def test_a_store_that_may_lose_something_is_told(
    guichet: Guichet, desk: Desk, redis: Redis, name: str, value: str, advice: str
) -> None:
    before = redis.config_get(name)[name]
    redis.config_set(name, value)
    try:
        assert advice in ill(guichet, desk)["store"]
    finally:
        redis.config_set(name, before)


def test_a_store_that_is_away_is_told(guichet: Guichet, desk: Desk) -> None:
    assert "doesn’t respond" in ill(guichet, desk | {"REDIS_URL": "redis://127.0.0.1:1/0"})["store"]


def test_a_desk_without_a_clock_is_told(guichet: Guichet, desk: Desk, redis: Redis) -> None:
    redis.delete(keys.CLOCK_HEARTBEAT)
    assert "start guichet clock" in ill(guichet, desk)["clock"]


def test_wrong_credentials_are_told_without_repeating_them(guichet: Guichet, desk: Desk) -> None:
    told = ill(guichet, desk | {"TWILIO_AUTH_TOKEN": "canary", "TELEGRAM_BOT_TOKEN": "1:canary"})
    assert "check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN" in told["twilio"]
    assert "check TELEGRAM_BOT_TOKEN" in told["telegram"]
    assert "canary" not in str(told)


def test_providers_that_are_away_are_told(guichet: Guichet, desk: Desk) -> None:
    away = "http://127.0.0.1:1"
    told = ill(guichet, desk | {"TWILIO_API_URL": away, "TELEGRAM_API_URL": away})
    assert f"{away} doesn’t respond" in told["twilio"]
    assert f"{away} doesn’t respond" in told["telegram"]
    assert "check TELEGRAM_BOT_TOKEN" not in told["telegram"]


def test_updates_that_go_elsewhere_are_told(guichet: Guichet, desk: Desk) -> None:
    guichet("webhooks", "set", **desk)
    told = ill(guichet, desk | {"PUBLIC_URL": "https://moved.example"})
    assert "run guichet webhooks set" in told["telegram"]


def test_a_broken_policy_is_told(guichet: Guichet, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("title = 1", encoding="utf-8")
    assert "title" in str(guichet("doctor", **desk | {"POLICY": "broken.toml"}).stdout)


def test_a_mail_server_that_is_away_is_told(guichet: Guichet, desk: Desk) -> None:
    assert "check SMTP_URL" in ill(guichet, desk | {"SMTP_URL": "smtp://127.0.0.1:1"})["mail"]


def test_an_archive_that_cannot_be_opened_is_told(guichet: Guichet, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a-folder").mkdir()
    desk["ARCHIVE_URL"] = f"sqlite:///{tmp_path}/a-folder"
    found = ill(guichet, desk)
    assert "can’t be used" in found.get("archive", ""), found


def test_wrong_settings_are_all_named(guichet: Guichet, desk: Desk) -> None:
    told = guichet("doctor", **desk | {"PORT": "x", "PUBLIC_URL": "x"})
    assert told.returncode == 1
    assert len(told.stdout.splitlines()) == 2


def test_a_folder_where_nothing_runs_is_told_how_to_begin(guichet: Guichet) -> None:
    told = guichet("doctor", PORT="1", SANDBOX_PORT="1")
    assert told.returncode == 1
    assert "guichet run is not running here" in told.stdout


@pytest.mark.parametrize("way", ["var", "var/secret_key"])
def test_something_in_the_way_of_the_key_is_a_line_of_the_report(
    guichet: Guichet, tmp_path: Path, way: str
) -> None:
    (tmp_path / way).parent.mkdir(exist_ok=True)
    (tmp_path / way).write_bytes(b"\xff\xfe in the way")
    told = guichet("doctor", "--json")
    assert told.returncode == 1
    assert {each["name"] for each in json.loads(told.stdout)} == {"store", "settings"}
    assert "can’t store the secret key in var/secret_key" in json.loads(told.stdout)[-1]["told"]


def test_a_file_in_the_way_of_attachments_is_told(guichet: Guichet, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "media").write_text("in the way")
    found = ill(guichet, desk | {"MEDIA_DIR": str(tmp_path / "media")})
    assert found["media"] == f"isn’t a folder: move {tmp_path / 'media'} away"


def test_a_group_where_the_bot_may_work_is_well(guichet: Guichet, desk: Desk) -> None:
    desk["TELEGRAM_INBOX_CHAT"] = str(credentials.TELEGRAM_INBOX_CHAT)
    assert "group" not in ill(guichet, desk)


def test_a_group_without_the_rights_it_needs_is_told(
    guichet: Guichet, desk: Desk, providers: server.Running
) -> None:
    desk["TELEGRAM_INBOX_CHAT"] = str(credentials.TELEGRAM_INBOX_CHAT)
    Sandbox(providers.url).change_forum(can_manage_topics=False)
    told = ill(guichet, desk)["group"]
    Sandbox(providers.url).change_forum(can_manage_topics=True)
    assert "Manage topics" in told


def test_a_group_that_does_not_exist_is_told(guichet: Guichet, desk: Desk) -> None:
    desk["TELEGRAM_INBOX_CHAT"] = "-100999"
    assert "is TELEGRAM_INBOX_CHAT right" in ill(guichet, desk)["group"]


def test_what_the_desk_met_in_the_group_is_told(guichet: Guichet, desk: Desk, redis: Redis) -> None:
    chat = credentials.TELEGRAM_INBOX_CHAT
    ForumGroup(redis, chat).set_problem("blocked", datetime(2026, 3, 2, 9, tzinfo=UTC))
    told = ill(guichet, desk | {"TELEGRAM_INBOX_CHAT": str(chat)})["group"]
    assert told.startswith("can’t be written to since 2026-03-02 09:00 UTC: blocked")


def compared(redis: Redis, **told: int) -> None:
    now = datetime.now(UTC)
    Reconciliation(redis).save(ReconciliationState(now, now, now, now, **told))


def test_it_says_that_no_message_is_lost(guichet: Guichet, desk: Desk, redis: Redis) -> None:
    compared(redis, compared=40, recovered=3)
    told = guichet("doctor", **desk).stdout
    assert "ok    messages  lost: 0; 3 missed and fetched" in told


@pytest.mark.parametrize("told", [{"lost": 2}, {"set_aside": 1}])
def test_missing_messages_are_reported(
    guichet: Guichet, desk: Desk, redis: Redis, told: dict[str, int]
) -> None:
    compared(redis, **told)
    assert f"lost: {told.get('lost', 0)}" in ill(guichet, desk)["messages"]


def test_what_nothing_would_ever_find_is_told_and_repaired(
    guichet: Guichet, desk: Desk, redis: Redis
) -> None:
    redis.rpush(keys.alert_queue("somebody"), "{}")
    redis.xadd(keys.SET_ASIDE, {"channel": "telegram"})
    assert "1 × unreachable-lane (board somebody)" in ill(guichet, desk)["records"]
    assert "1 posts from providers" in ill(guichet, desk)["posts"]
    told = guichet("doctor", "--repair", **desk)
    assert "fixed   unreachable-lane board somebody" in told.stderr
    assert "records" not in ill(guichet, desk)
    assert redis.zcard(keys.ALERT_QUEUES) == 1


def test_a_disk_that_is_nearly_full_is_told(tmp_path: Path) -> None:
    assert disk_space(tmp_path, least=0).is_well
    told = disk_space(tmp_path, least=1 << 60)
    assert not told.is_well
    assert told.told.endswith(": free up space")


def test_a_run_whose_store_is_down_is_told_apart_from_none(guichet: Guichet, tmp_path: Path) -> None:
    folder = tmp_path / "var" / "valkey"
    folder.mkdir(parents=True)
    lock = FileLock(folder / "owner.lock")
    assert lock.acquire()
    told = guichet("doctor", PORT="1", SANDBOX_PORT="1")
    lock.release()
    assert "guichet run is running here, but its store is down: see var/valkey/server.log" in told.stdout
