"""How the emulated Telegram delivers: with its secret, in order per chat, again and again until too old."""

from datetime import datetime
from itertools import pairwise

import pytest
from aiogram.exceptions import TelegramBadRequest

from sandbox import credentials
from sandbox.control_client import Phone, Sandbox
from tests.fixtures.provider_sdks import SyncBot
from tests.fixtures.provider_webhooks import ProviderWebhooks


def texts(desk: ProviderWebhooks) -> list[str]:
    return [each["message"]["text"] for each in desk.updates if "message" in each]


def test_every_update_carries_the_secret(sandbox: Sandbox, diego: Phone, desk: ProviderWebhooks) -> None:
    secret = desk.at("/webhooks/telegram")[0].headers["X-Telegram-Bot-Api-Secret-Token"]
    assert secret == credentials.TELEGRAM_WEBHOOK_SECRET


def test_a_refused_update_comes_again_and_holds_back_the_same_chat_only(
    sandbox: Sandbox, diego: Phone, desk: ProviderWebhooks
) -> None:
    nuria = sandbox.add("telegram", "Nuria")
    sandbox.set_clock(scale=50)
    desk.requests.clear()
    desk.answers += [(500, {}), (500, {}), (500, {})]
    diego.say("uno")
    diego.say("dos")
    nuria.say("tres")
    assert sandbox.settle()
    assert [text for text in texts(desk) if text != "tres"] == ["uno", "uno", "uno", "uno", "dos"]
    ids = [each["update_id"] for each in desk.updates if each["message"]["text"] == "uno"]
    assert len(set(ids)) == 1


def test_the_second_try_comes_at_once_and_later_ones_ever_later(
    sandbox: Sandbox, diego: Phone, desk: ProviderWebhooks
) -> None:
    sandbox.set_clock(scale=10)
    desk.answers += [(500, {})] * 4
    diego.say("uno")
    assert sandbox.settle()
    times = [call["at"] for call in sandbox.calls(channel="telegram", name="webhook")][-5:]
    gaps = gaps_of(times)
    assert gaps[0] < 2
    assert all(later >= earlier for earlier, later in zip([2, 4, 8], gaps[1:], strict=True))


def gaps_of(times: list[str]) -> list[float]:
    instants = [datetime.fromisoformat(each) for each in times]
    return [(later - earlier).total_seconds() for earlier, later in pairwise(instants)]


def test_retry_after_is_honoured(sandbox: Sandbox, diego: Phone, desk: ProviderWebhooks) -> None:
    desk.answers.append((503, {"Retry-After": "600"}))
    diego.say("uno")
    assert not sandbox.settle(0.2)
    sandbox.set_clock(advance_seconds=601)
    assert sandbox.settle()
    assert texts(desk)[-2:] == ["uno", "uno"]


def test_a_press_is_dropped_after_150_seconds_and_a_message_is_not(
    sandbox: Sandbox, bot: SyncBot, diego: Phone, desk: ProviderWebhooks
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Sí", "callback_data": "y"}]]}
    sent = bot.send_message(diego.person["telegram_id"], "¿Sí?", reply_markup=keyboard)
    sandbox.settle()
    sandbox.fault("webhook_down", channel="telegram", count=None)
    sandbox.set_clock(scale=200)
    diego.press(str(sent.message_id), "Sí")
    diego.say("sigo aquí")
    assert sandbox.settle(0.1) is False
    sandbox.set_clock(advance_seconds=151)
    while bot.get_webhook_info().pending_update_count > 1:
        sandbox.settle(0.05)
    sandbox.clear_faults()
    assert sandbox.settle()
    assert not any("callback_query" in each for each in desk.updates)
    assert texts(desk)[-1] == "sigo aquí"


def test_what_waits_is_counted_and_delivered_when_a_webhook_is_set(
    sandbox: Sandbox, bot: SyncBot, diego: Phone, desk: ProviderWebhooks
) -> None:
    bot.delete_webhook()
    diego.say("uno")
    diego.say("dos")
    assert bot.get_webhook_info().pending_update_count == 2
    bot.set_webhook(f"{desk.url}/webhooks/telegram", secret_token="new", allowed_updates=["message"])
    assert sandbox.settle()
    assert texts(desk)[-2:] == ["uno", "dos"]
    assert desk.requests[-1].headers["X-Telegram-Bot-Api-Secret-Token"] == "new"


def test_updates_that_were_not_asked_for_do_not_come(
    sandbox: Sandbox, bot: SyncBot, diego: Phone, desk: ProviderWebhooks
) -> None:
    bot.set_webhook(f"{desk.url}/webhooks/telegram", allowed_updates=["message_reaction"])
    theirs = diego.say("hola")[0]
    diego.react(theirs, "👍")
    sandbox.settle()
    assert "message_reaction" in desk.updates[-1]
    assert "hola" not in texts(desk)


@pytest.mark.parametrize(
    "given",
    [
        {"url": "http://desk.example/webhook"},
        {"url": "https://desk.example:9000/webhook"},
        {"url": "https://desk.example/webhook", "secret_token": "no spaces"},
        {"url": "https://desk.example/webhook", "max_connections": 101},
        {"url": "https://desk.example/webhook", "allowed_updates": ["everything"]},
    ],
)
def test_a_webhook_telegram_would_not_take_is_refused(bot: SyncBot, given: dict[str, object]) -> None:
    with pytest.raises(TelegramBadRequest):
        bot.set_webhook(**given)
