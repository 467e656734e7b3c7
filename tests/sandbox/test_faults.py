"""Trouble on demand, as the real SDKs meet it."""

import pytest
import requests
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from sandbox.control_client import ControlError, Phone, Sandbox
from tests.fixtures.provider_sdks import SENDER, SyncBot, number_of
from tests.fixtures.provider_webhooks import ProviderWebhooks


def send(twilio: Client, phone: Phone, **more: str) -> str:
    return str(twilio.messages.create(to=number_of(phone), from_=SENDER, body="bonjour", **more).sid)


def test_calls_before_retry_after_are_refused_and_noted_as_early(sandbox: Sandbox, bot: SyncBot) -> None:
    sandbox.fault("rate_limit", channel="telegram", retry_after=7)
    with pytest.raises(TelegramRetryAfter) as refused:
        bot.get_me()
    assert refused.value.retry_after == 7
    with pytest.raises(TelegramRetryAfter):
        bot.get_me()
    assert [call["note"] for call in sandbox.calls(status=429)] == [
        "fault: rate_limit",
        "early: before retry_after",
    ]
    sandbox.set_clock(advance_seconds=8)
    assert bot.get_me().is_bot


def test_twilios_429_has_its_code(sandbox: Sandbox, twilio: Client, camille: Phone) -> None:
    sandbox.fault("rate_limit", channel="whatsapp", method="Messages.create")
    with pytest.raises(TwilioRestException) as refused:
        send(twilio, camille)
    assert (refused.value.status, refused.value.code) == (429, 20429)
    assert twilio.messages.list() == []


def test_a_server_error_strikes_as_often_as_ordered(sandbox: Sandbox, bot: SyncBot) -> None:
    sandbox.fault("error", channel="telegram", method="getMe", status=500, count=2)
    for _ in range(2):
        with pytest.raises(TelegramServerError):
            bot.get_me()
    assert bot.get_me().is_bot
    assert sandbox.ask("GET", "/control/faults") == []


def test_a_page_of_html_is_no_answer_that_aiogram_understands(sandbox: Sandbox, bot: SyncBot) -> None:
    sandbox.fault("html", channel="telegram")
    with pytest.raises(ClientDecodeError):
        bot.get_me()


def test_a_reset_leaves_nothing_done(sandbox: Sandbox, twilio: Client, camille: Phone) -> None:
    camille.say("bonjour")
    sandbox.fault("reset", channel="whatsapp")
    with pytest.raises(requests.exceptions.ConnectionError):
        send(twilio, camille)
    assert len(twilio.messages.list(to=number_of(camille))) == 0


def test_a_drop_leaves_the_message_sent(
    sandbox: Sandbox, twilio: Client, camille: Phone, desk: ProviderWebhooks
) -> None:
    camille.say("bonjour")
    sandbox.fault("drop", channel="whatsapp", method="Messages.create")
    with pytest.raises(requests.exceptions.ConnectionError):
        send(twilio, camille, status_callback=f"{desk.url}/webhooks/whatsapp/status?o=9")
    sandbox.settle()
    assert camille.heard() == ["bonjour"]
    assert desk.at("/webhooks/whatsapp/status?o=9")


def test_a_drop_on_telegram_too(sandbox: Sandbox, bot: SyncBot, diego: Phone) -> None:
    sandbox.fault("drop", channel="telegram", method="sendMessage")
    with pytest.raises(TelegramNetworkError):
        bot.send_message(diego.person["telegram_id"], "¿llegó?")
    assert diego.heard() == ["¿llegó?"]


def test_a_hang_lasts_as_long_as_ordered(sandbox: Sandbox, twilio: Client, camille: Phone) -> None:
    sandbox.fault("hang", channel="whatsapp", seconds=0.1)
    with pytest.raises(requests.exceptions.ConnectionError):
        send(twilio, camille)


def test_webhooks_come_doubled(
    sandbox: Sandbox, camille: Phone, diego: Phone, desk: ProviderWebhooks
) -> None:
    sandbox.fault("duplicate_webhook", count=2, times=3)
    desk.requests.clear()
    camille.say("une fois")
    diego.say("una vez")
    assert len({each["MessageSid"] for each in desk.messages}) == 1
    assert len(desk.messages) == 3
    assert [each["update_id"] for each in desk.updates] == [desk.updates[0]["update_id"]] * 3


def test_whatsapp_webhooks_are_swapped(sandbox: Sandbox, camille: Phone, desk: ProviderWebhooks) -> None:
    sandbox.fault("reorder_webhook")
    camille.say("un")
    camille.say("deux")
    assert [each["Body"] for each in desk.messages] == ["deux", "un"]


def test_an_unreachable_desk_loses_whatsapp_and_delays_telegram(
    sandbox: Sandbox, camille: Phone, diego: Phone, desk: ProviderWebhooks
) -> None:
    desk.requests.clear()
    sandbox.fault("webhook_down", count=2)
    camille.say("perdu")
    diego.say("tarde")
    assert sandbox.settle()
    assert desk.messages == []
    assert [each["message"]["text"] for each in desk.updates] == ["tarde"]


@pytest.mark.parametrize(
    ("kind", "statuses"),
    [
        ("reorder_receipt", ["delivered", "sent"]),
        ("lose_receipt", ["delivered"]),
        ("duplicate_receipt", ["sent", "sent", "delivered"]),
        ("fail_receipt", ["sent", "undelivered"]),
    ],
)
def test_receipts_go_astray(
    sandbox: Sandbox, twilio: Client, camille: Phone, desk: ProviderWebhooks, kind: str, statuses: list[str]
) -> None:
    camille.say("bonjour")
    sandbox.fault(kind)
    send(twilio, camille, status_callback=f"{desk.url}/webhooks/whatsapp/status")
    sandbox.settle()
    assert [each["MessageStatus"] for each in desk.receipts] == statuses


@pytest.mark.parametrize(
    "order", [{"kind": "rain"}, {"kind": "html", "colour": "red"}, {"kind": "html", "probability": 2}]
)
def test_a_fault_that_does_not_exist_cannot_be_ordered(sandbox: Sandbox, order: dict[str, object]) -> None:
    with pytest.raises(ControlError):
        sandbox.ask("POST", "/control/faults", order)
