"""When something is wrong on our side or with the request as such: the right status, nothing lost, never a 500."""

from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis.exceptions import ConnectionError as StoreGone
from redis.exceptions import DataError, OutOfMemoryError, ReadOnlyError, ResponseError
from redis.exceptions import TimeoutError as StoreSilent

from bot.messages.errors import WriteConflict
from tests.fixtures.provider_requests import (
    SECRET,
    RememberingDesk,
    TelegramPosts,
    TwilioPosts,
    Wiring,
    payload,
)
from webhooks.app import create_app

TEXT, UPDATE = payload("whatsapp/text"), payload("telegram/text")
AWAY: list[Exception] = [
    WriteConflict("too many at once"),
    StoreGone("gone"),
    StoreSilent("silent"),
    OutOfMemoryError("OOM"),
    ReadOnlyError("READONLY"),
]


@pytest.mark.parametrize("trouble", AWAY, ids=lambda error: type(error).__name__)
def test_while_the_store_is_away_providers_are_asked_to_come_again(
    twilio: TwilioPosts, telegram: TelegramPosts, desk: RememberingDesk, trouble: Exception
) -> None:
    desk.trouble = trouble
    for answer in (
        twilio(TEXT),
        telegram(UPDATE),
        twilio(payload("whatsapp/status_read"), "/webhooks/whatsapp/status"),
    ):
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) <= 60
        assert str(trouble).encode() not in answer.data


def test_a_message_that_we_fail_on_is_set_aside_whole_and_holds_nobody_up(
    twilio: TwilioPosts, telegram: TelegramPosts, desk: RememberingDesk
) -> None:
    desk.trouble = KeyError("a fault of ours")
    assert twilio(TEXT).status_code == 200
    assert telegram(UPDATE).status_code == 200
    assert [(channel, reason) for channel, _, reason in desk.aside] == [
        ("whatsapp", "KeyError"),
        ("telegram", "KeyError"),
    ]
    assert TEXT["MessageSid"] in desk.aside[0][1]
    assert "l\\u2019appli" in desk.aside[1][1]


@pytest.mark.parametrize(
    "fault",
    [ResponseError("wrong number of arguments for 'hmget' command"), ResponseError("WRONGTYPE"), DataError()],
)
def test_a_command_that_the_store_refuses_is_a_fault_of_ours_and_no_outage(
    twilio: TwilioPosts, desk: RememberingDesk, fault: Exception
) -> None:
    desk.trouble = fault
    assert twilio(TEXT).status_code == 200
    assert [reason for _, _, reason in desk.aside] == [type(fault).__name__]


def test_what_can_neither_be_taken_nor_set_aside_is_asked_for_again(
    twilio: TwilioPosts, telegram: TelegramPosts, desk: RememberingDesk
) -> None:
    desk.trouble, desk.trouble_aside = RuntimeError("a fault"), StoreGone("and the store too")
    assert twilio(TEXT).status_code == telegram(UPDATE).status_code == 503


@pytest.mark.parametrize("path", ["/webhooks/whatsapp", "/webhooks/whatsapp/status", "/webhooks/telegram"])
def test_a_megabyte_is_too_large(client: FlaskClient, desk: RememberingDesk, path: str) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "X-Twilio-Signature": "x"}
    kind = "application/x-www-form-urlencoded"
    assert client.post(path, data=b"a=" + b"x" * 2**20, headers=headers, content_type=kind).status_code == 413
    stream = client.post(
        path,
        input_stream=BytesIO(b"x" * 2**20),
        headers=headers,
        content_type=kind,
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert stream.status_code == 413
    assert desk.is_untouched


@pytest.mark.parametrize("path", ["/webhooks/whatsapp", "/webhooks/whatsapp/status", "/webhooks/telegram"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_webhooks_are_posted_to(client: FlaskClient, path: str, method: str) -> None:
    assert client.open(path, method=method).status_code == 405


def test_an_unknown_address_is_not_found(client: FlaskClient) -> None:
    assert client.post("/webhooks/viber").status_code == 404


def test_a_channel_that_is_not_set_up_has_no_address(wiring: Wiring) -> None:
    wiring.settings = replace(wiring.settings, twilio=None, telegram=None)
    client = create_app(wiring).test_client()
    assert client.post("/webhooks/whatsapp").status_code == 404
    assert client.post("/webhooks/telegram").status_code == 404
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/webhooks/telegram", "/healthz", "/nowhere", "/media/x", "/metrics"])
def test_every_answer_carries_the_headers_that_keep_browsers_safe(app: Flask, path: str) -> None:
    headers = app.test_client().get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
