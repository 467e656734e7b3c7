"""The settings are strict, report all problems at once and show no secret; the README lists them all."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.messages.inbound import Address
from runtime.alert_destinations import AlertDestination
from runtime.settings import Settings, SettingsError
from tests.fixtures.environment import COMPLETE, TELEGRAM, TWILIO, defaults
from tests.fixtures.paths import ROOT

README = ROOT / "README.md"
TOKEN = TWILIO["TWILIO_AUTH_TOKEN"]


def problems(**changes: str) -> list[str]:
    """The problems with a good environment after these changes."""
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(COMPLETE | changes)
    return refused.value.problems


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in COMPLETE.items() if name not in names}


def test_a_good_environment_gives_the_defaults_of_the_table() -> None:
    settings = Settings.from_environment(COMPLETE)
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.twilio is not None
    assert settings.twilio.api_url == "https://api.twilio.com"
    assert settings.telegram is not None
    assert settings.telegram.inbox_chat is None
    assert (settings.port, settings.sandbox_port, settings.log_level) == (8000, 8001, "info")
    assert settings.archive_url == "sqlite:///var/archive.db"


def test_the_readme_lists_every_setting_with_its_default() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| ([^|]*)\|", README.read_text(encoding="utf-8"), re.M)
    told = {name: (re.findall(r"`([^`]+)`", default) or [""])[0] for name, default in rows}
    of_run = {"PUBLIC_URL": "http://127.0.0.1:8000", "POLICY": "policies/demo.toml", "LOG_FORMAT": "console"}
    assert told == {**defaults(), **of_run}


def test_the_default_public_url_follows_the_port() -> None:
    assert Settings.from_environment(COMPLETE | {"PORT": "9000"}).public_url == "http://127.0.0.1:9000"


def test_a_value_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("fedcba9876543210fedcba9876543210\n")
    settings = Settings.from_environment(
        without("TWILIO_AUTH_TOKEN") | {"TWILIO_AUTH_TOKEN_FILE": str(secret)}
    )
    assert settings.twilio is not None
    assert settings.twilio.auth_token == "fedcba9876543210fedcba9876543210"


def test_alerts_are_read_as_addresses() -> None:
    alerts = "telegram:-1001, whatsapp:+351210000000,mailto:boss@example.org,"
    settings = Settings.from_environment(COMPLETE | {"ALERTS": alerts, "SMTP_URL": "smtp://localhost:25"})
    assert settings.alerts == (
        AlertDestination(Address("telegram", "-1001")),
        AlertDestination(Address("whatsapp", "+351210000000")),
        AlertDestination(Address("mailto", "boss@example.org")),
    )


@pytest.mark.parametrize(
    "number", ["+351 210 000 000", "00351-210-000-000", "(+351)\u00a0210\u00a0000\u00a0000"]
)
def test_phone_numbers_are_read_in_any_spelling(number: str) -> None:
    settings = Settings.from_environment(
        COMPLETE | {"TWILIO_WHATSAPP_NUMBER": number, "ALERTS": f"telegram:1, whatsapp:{number}?lang=fr"}
    )
    assert settings.twilio is not None
    assert settings.twilio.whatsapp_number == "+351210000000"
    assert settings.alerts[1] == AlertDestination(Address("whatsapp", "+351210000000"), "fr")


def test_a_destination_has_its_own_language_and_escalation_step() -> None:
    settings = Settings.from_environment(
        COMPLETE | {"ALERTS": "telegram:1?lang=fr,telegram:2?to=head&lang=es"}
    )
    assert [(each.address.name, each.locale, each.step) for each in settings.alerts] == [
        ("1", "fr", "managers"),
        ("2", "es", "head"),
    ]


def test_one_channel_is_enough() -> None:
    assert Settings.from_environment(without(*TWILIO)).twilio is None
    assert Settings.from_environment(without(*TELEGRAM)).telegram is None


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.from_environment(COMPLETE | {"PORT": "", "ALERTS": " "}).port == 8000


def test_all_problems_are_reported_together() -> None:
    told = problems(REDIS_URL="", SECRET_KEY="short", PORT="99999", LOG_LEVEL="loud", PUBLIC_URL="ftp://x")
    assert [line.split()[0] for line in told] == [
        "PORT",
        "REDIS_URL",
        "PUBLIC_URL",
        "SECRET_KEY",
        "LOG_LEVEL",
    ]


def test_no_channel_at_all_is_refused() -> None:
    with pytest.raises(SettingsError, match="without a channel nobody can write"):
        Settings.from_environment(without(*TWILIO, *TELEGRAM))


@pytest.mark.parametrize("missing", [*TWILIO, *TELEGRAM])
def test_half_a_channel_is_refused(missing: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(without(missing))
    assert [line.split()[0] for line in refused.value.problems] == [missing]
    assert "go together" in refused.value.problems[0]


@pytest.mark.parametrize("name", ["REDIS_URL", "SECRET_KEY", "POLICY"])
def test_what_only_guichet_run_provides_is_required_elsewhere(name: str) -> None:
    assert [line.split()[0] for line in problems(**{name: ""})] == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_URL", "http://127.0.0.1"),
        ("REDIS_URL", "redis+sentinel://host:1"),
        ("REDIS_URL", "redis://host:none"),
        ("PUBLIC_URL", "https://desk.example/?a=b"),
        ("PUBLIC_URL", "desk.example"),
        ("PORT", "0"),
        ("PORT", "eighty"),
        ("SANDBOX_PORT", "-1"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "10.0.0.1"),
        ("TWILIO_ACCOUNT_SID", "AC123"),
        ("TWILIO_WHATSAPP_NUMBER", "whatsapp:+15005550006"),
        ("TWILIO_WHATSAPP_NUMBER", "0612345678"),
        ("TWILIO_WHATSAPP_NUMBER", "+33123"),
        ("TWILIO_WHATSAPP_NUMBER", "+351 210 000 000, +351 210 000 001"),
        ("TWILIO_API_URL", "api.twilio.com"),
        ("TELEGRAM_BOT_TOKEN", "no colon"),
        ("TELEGRAM_WEBHOOK_SECRET", "spaces are refused"),
        ("TELEGRAM_WEBHOOK_SECRET", "x" * 257),
        ("TELEGRAM_INBOX_CHAT", "@group"),
        ("ALERTS", "telegram"),
        ("ALERTS", "telegram:1?lang=de"),
        ("ALERTS", "telegram:1?to=everybody"),
        ("ALERTS", "telegram:1?colour=red"),
        ("ALERTS", "telegram:boss"),
        ("ALERTS", "pager:1"),
        ("ALERTS", "whatsapp:0612"),
        ("ALERTS", "mailto:boss"),
        ("ALERTS", "mailto:boss@example.org"),
        ("ARCHIVE_URL", "a file"),
        ("SMTP_URL", "mail.example"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line_that_does_not_repeat_it(name: str, value: str) -> None:
    [line] = problems(**{name: value})
    assert line.startswith(name)
    assert value not in line.removeprefix(name) or value == "telegram"
    assert "\n" not in line


def test_a_setting_given_twice_is_refused(tmp_path: Path) -> None:
    assert "is set twice" in problems(SECRET_KEY_FILE=str(tmp_path / "key"))[0]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"SECRET_KEY_FILE can't be read: .*No such file"):
        Settings.from_environment(without("SECRET_KEY") | {"SECRET_KEY_FILE": str(tmp_path / "none")})


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="SECRET_KEY_FILE isn't text"):
        Settings.from_environment(without("SECRET_KEY") | {"SECRET_KEY_FILE": str(tmp_path / "key")})


def test_alerts_need_the_settings_of_every_channel_they_use() -> None:
    alerts = {"ALERTS": "telegram:1,mailto:boss@example.org,whatsapp:+351210000000"}
    with pytest.raises(SettingsError, match="ALERTS needs SMTP_URL and TELEGRAM settings too"):
        Settings.from_environment(without(*TELEGRAM) | alerts)


def test_the_optional_settings_of_a_channel_do_not_switch_it_on() -> None:
    given = without(*TWILIO) | {
        "TWILIO_AUTH_TOKEN_SECONDARY": "old",
        "TWILIO_API_URL": "http://127.0.0.1:8001",
    }
    assert Settings.from_environment(given).twilio is None


def test_only_the_given_variables_are_read() -> None:
    """In a process of its own, whose environment has another PORT."""
    script = (
        "from runtime.settings import Settings\n"
        "from tests.fixtures.environment import COMPLETE\n"
        "print(Settings.from_environment(COMPLETE).port)\n"
    )
    environ = os.environ | {"PORT": "9999"}
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environ
    )
    assert run.stdout == "8000\n"


def test_settings_cannot_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings.from_environment(COMPLETE).port = 9999


def test_no_secret_is_in_the_repr_or_in_a_problem() -> None:
    shown = repr(Settings.from_environment(COMPLETE))
    shown += str(problems(PORT="x", TWILIO_AUTH_TOKEN_SECONDARY="second-canary", SMTP_URL="canary://u:p@h"))
    assert "canary" not in shown
    assert TOKEN not in shown


def test_secrets_lists_what_logs_must_mask() -> None:
    settings = Settings.from_environment(COMPLETE)
    assert set(settings.secrets) == {COMPLETE["SECRET_KEY"], TOKEN, *TELEGRAM.values()}
