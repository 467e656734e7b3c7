"""`guichet webhooks set` against the sandbox, which is as strict as Telegram."""

import json
from collections.abc import Iterator

import pytest
import requests

from sandbox import credentials, server
from tests.fixtures.cli import Guichet
from tests.fixtures.environment import COMPLETE, TELEGRAM, TWILIO
from tests.fixtures.paths import POLICIES

PUBLIC = "https://desk.example"


@pytest.fixture
def providers() -> Iterator[server.Running]:
    with server.start(target="http://127.0.0.1:1") as running:
        yield running


@pytest.fixture
def desk(providers: server.Running) -> dict[str, str]:
    return COMPLETE | {
        "PUBLIC_URL": PUBLIC,
        "POLICY": str(POLICIES / "demo.toml"),
        "TELEGRAM_API_URL": providers.url,
        "TELEGRAM_BOT_TOKEN": credentials.TELEGRAM_BOT_TOKEN,
    }


def asked(providers: server.Running, method: str, **fields: str) -> object:
    url = f"{providers.url}/bot{credentials.TELEGRAM_BOT_TOKEN}/{method}"
    return requests.post(url, data=fields, timeout=10).json()["result"]


def test_telegram_learns_where_to_send_what(
    guichet: Guichet, desk: dict[str, str], providers: server.Running
) -> None:
    assert guichet("webhooks", "set", **desk).returncode == 0
    info = asked(providers, "getWebhookInfo")
    assert isinstance(info, dict)
    assert info["url"] == f"{PUBLIC}/webhooks/telegram"
    assert info["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert providers.state.telegram.webhook["secret_token"] == TELEGRAM["TELEGRAM_WEBHOOK_SECRET"]


@pytest.mark.parametrize(("language", "word"), [("", "request"), ("fr", "demande"), ("es", "solicitud")])
def test_commands_are_told_in_three_languages(
    guichet: Guichet, desk: dict[str, str], providers: server.Running, language: str, word: str
) -> None:
    guichet("webhooks", "set", **desk)
    commands = asked(providers, "getMyCommands", language_code=language)
    assert isinstance(commands, list)
    assert {each["command"] for each in commands} == {
        "start", "help", "new", "status", "hours", "language", "cancel", "back", "human", "whatsapp",
    }  # fmt: skip
    assert any(word in each["description"] for each in commands)


@pytest.mark.parametrize(
    ("policy", "is_shown"), [("premium", True), ("demo", False), ("weekday-desk", False)]
)
def test_access_is_in_the_menu_only_where_the_policy_has_it(
    guichet: Guichet, desk: dict[str, str], providers: server.Running, policy: str, is_shown: bool
) -> None:
    guichet("webhooks", "set", **desk | {"POLICY": str(POLICIES / f"{policy}.toml")})
    shown = {each["command"] for each in asked(providers, "getMyCommands")}
    assert ({"access", "revoke"} <= shown, bool({"access", "revoke"} & shown)) == (is_shown, is_shown)


def test_the_way_to_whatsapp_is_in_the_menu_only_where_there_is_one(
    guichet: Guichet, desk: dict[str, str], providers: server.Running
) -> None:
    guichet("webhooks", "set", **desk | dict.fromkeys(TWILIO, ""))
    shown = {each["command"] for each in asked(providers, "getMyCommands")}
    assert not {"whatsapp", "telegram"} & shown


def test_a_policy_with_a_mistake_changes_nothing_at_telegram(
    guichet: Guichet, desk: dict[str, str], providers: server.Running
) -> None:
    told = guichet("webhooks", "set", **desk | {"POLICY": "/nowhere.toml"})
    assert told.returncode == 1
    assert PUBLIC not in providers.state.telegram.webhook["url"]


def test_the_operator_reads_what_to_enter_at_twilio(guichet: Guichet, desk: dict[str, str]) -> None:
    told = guichet("webhooks", "set", **desk).stdout
    assert f"{PUBLIC}/webhooks/whatsapp#rc=5&rp=all" in told
    assert f"{PUBLIC}/webhooks/whatsapp/status" in told
    assert "Fallback" in told


def test_the_same_as_json(guichet: Guichet, desk: dict[str, str]) -> None:
    told = json.loads(guichet("webhooks", "set", "--json", **desk).stdout)
    assert told["telegram"]["url"] == f"{PUBLIC}/webhooks/telegram"
    assert len(told["twilio"]) == 3


def test_a_desk_without_telegram_reads_about_twilio_only(guichet: Guichet, desk: dict[str, str]) -> None:
    told = guichet("webhooks", "set", "--json", **desk | dict.fromkeys(TELEGRAM, ""))
    assert (told.returncode, list(json.loads(told.stdout))) == (0, ["twilio"])


def test_a_desk_without_twilio_registers_telegram_only(guichet: Guichet, desk: dict[str, str]) -> None:
    told = guichet("webhooks", "set", "--json", **desk | dict.fromkeys(TWILIO, ""))
    assert (told.returncode, list(json.loads(told.stdout))) == (0, ["telegram"])


@pytest.mark.parametrize(
    "change",
    [
        {"TELEGRAM_BOT_TOKEN": "1:wrong-canary"},
        {"TELEGRAM_API_URL": "http://127.0.0.1:1"},
        {"PUBLIC_URL": "http://desk.example"},
    ],
)
def test_what_telegram_refuses_is_one_line_without_secrets(
    guichet: Guichet, desk: dict[str, str], change: dict[str, str]
) -> None:
    told = guichet("webhooks", "set", **desk | change)
    assert told.returncode == 1
    assert told.stdout == ""
    assert len(told.stderr.splitlines()) == 1
    assert "canary" not in told.stderr
