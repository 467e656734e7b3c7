"""Sending on Telegram: aiogram over HTTP, against the sandbox."""

import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiogram.exceptions import TelegramMigrateToChat
from aiogram.methods import SendMessage

from bot.messages.errors import AddressMoved, DeliveryError
from bot.messages.inbound import Address
from bot.messages.phrases_delivery import REASONS
from channels.outgoing import Choice, File, MessagePart
from channels.telegram.channel import TelegramChannel
from channels.telegram.errors import from_aiogram
from sandbox import credentials
from sandbox.control_client import Phone, Sandbox


def refused(telegram: TelegramChannel, to: Address, part: MessagePart | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        telegram.send(to, part or MessagePart(text="hello"), reference="r1")
    assert caught.value.code in REASONS
    assert credentials.TELEGRAM_BOT_TOKEN not in f"{caught.value} {caught.value.__cause__!r}"
    return caught.value


def said(phone: Phone) -> list[dict[str, object]]:
    return [message for message in phone.messages() if message["from"] == "desk"]


def test_words_arrive_as_they_were_written_and_are_never_markup(
    telegram: TelegramChannel, leo: Phone, to_leo: Address
) -> None:
    text = "<b>not bold</b> & *neither* [link](http://x) 👩‍👩‍👧‍👦"
    sent = telegram.send(to_leo, MessagePart(text=text), reference="r1")
    [message] = said(leo)
    assert message["text"] == text
    assert sent.external_id == f"{to_leo.name}:{message['id']}"


def test_buttons_can_be_pressed(telegram: TelegramChannel, leo: Phone, to_leo: Address) -> None:
    options = (Choice("p:low", "Low"), Choice("p:high", "High"))
    telegram.send(to_leo, MessagePart(text="How urgent?", options=options), reference="r1")
    [message] = said(leo)
    assert [[button["label"] for button in row] for row in message["buttons"]] == [["Low", "High"]]  # type: ignore[attr-defined]


def test_an_answer_quotes_the_message_it_answers(
    telegram: TelegramChannel, leo: Phone, to_leo: Address
) -> None:
    asked = leo.messages()[0]["id"]
    telegram.send(to_leo, MessagePart(text="yes", quoted_id=f"{to_leo.name}:{asked}"), reference="r1")
    assert str(asked) in str(said(leo)[0]["reply_to"])


def test_quoting_what_is_gone_still_answers(telegram: TelegramChannel, leo: Phone, to_leo: Address) -> None:
    telegram.send(to_leo, MessagePart(text="yes", quoted_id=f"{to_leo.name}:9999"), reference="r1")
    telegram.send(to_leo, MessagePart(text="no", quoted_id="SM0123"), reference="r2")
    assert len(said(leo)) == 2


def test_a_message_of_ours_can_be_edited_and_again_to_the_same(
    telegram: TelegramChannel, leo: Phone, to_leo: Address
) -> None:
    first = telegram.send(to_leo, MessagePart(text="one"), reference="r1")
    part = MessagePart(text="two", edits_id=first.external_id)
    assert telegram.send(to_leo, part, reference="r2") == first
    assert telegram.send(to_leo, part, reference="r3") == first
    assert [message["text"] for message in said(leo)] == ["two"]


@pytest.mark.parametrize(
    ("kind", "media_type", "name"),
    [
        ("image", "image/png", "a.png"),
        ("document", "application/pdf", "a.pdf"),
        ("audio", "audio/ogg", "a.ogg"),
    ],
)
def test_a_file_arrives_with_its_words(
    telegram: TelegramChannel,
    leo: Phone,
    to_leo: Address,
    picture: Path,
    kind: str,
    media_type: str,
    name: str,
) -> None:
    file = File(kind, media_type, name, picture, size=picture.stat().st_size)
    telegram.send(to_leo, MessagePart(text="look <here>", file=file), reference="r1")
    [message] = said(leo)
    assert message["text"] == "look <here>"
    assert message["attachments"]


def test_a_picture_that_telegram_will_not_show_goes_as_a_document(
    telegram: TelegramChannel, sandbox: Sandbox, leo: Phone, to_leo: Address, picture: Path
) -> None:
    sandbox.fault(
        "error",
        channel="telegram",
        method="sendPhoto",
        status=400,
        text="Bad Request: PHOTO_INVALID_DIMENSIONS",
    )
    file = File("image", "image/png", "a.png", picture, size=picture.stat().st_size)
    telegram.send(to_leo, MessagePart(file=file), reference="r1")
    names = [call["name"] for call in sandbox.calls(channel="telegram", direction="asked")]
    assert names[-2:] == ["sendPhoto", "sendDocument"]
    assert len(said(leo)) == 1


def test_a_person_who_blocked_the_bot_is_told_of_as_such(
    telegram: TelegramChannel, leo: Phone, to_leo: Address
) -> None:
    leo.change(has_blocked=True)
    error = refused(telegram, to_leo)
    assert (error.code, error.is_permanent) == ("blocked", True)
    assert "blocked by the user" in error.reason


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Bad Request: chat not found", "not_found"),
        ("Bad Request: message thread not found", "topic_gone"),
        ("Bad Request: not enough rights to send text messages", "no_rights"),
        ("Bad Request: message is too long", "too_long"),
        ("Bad Request: can't parse entities", "refused"),
    ],
)
def test_a_bad_request_is_said_in_our_words(
    telegram: TelegramChannel, sandbox: Sandbox, to_leo: Address, words: str, code: str
) -> None:
    sandbox.fault("error", channel="telegram", status=400, text=words)
    error = refused(telegram, to_leo)
    assert (error.code, error.is_permanent, error.is_uncertain) == (code, True, False)


def test_a_429_says_how_long_to_wait(telegram: TelegramChannel, sandbox: Sandbox, to_leo: Address) -> None:
    sandbox.fault("rate_limit", channel="telegram", retry_after=9)
    error = refused(telegram, to_leo)
    assert (error.code, error.retry_after, error.is_uncertain) == ("paced", timedelta(seconds=9), False)


def test_an_error_in_json_proves_that_nothing_was_sent(
    telegram: TelegramChannel, sandbox: Sandbox, to_leo: Address
) -> None:
    sandbox.fault("error", channel="telegram", status=502, text="Bad Gateway")
    error = refused(telegram, to_leo)
    assert (error.is_permanent, error.is_uncertain) == (False, False)


@pytest.mark.parametrize("kind", ["html", "reset", "drop"])
def test_a_page_of_html_or_a_broken_line_proves_nothing(
    telegram: TelegramChannel, sandbox: Sandbox, to_leo: Address, kind: str
) -> None:
    sandbox.fault(kind, channel="telegram")
    assert refused(telegram, to_leo).is_uncertain
    assert telegram.look_up(to_leo, MessagePart(text="hello"), datetime.now(UTC)) is None


def test_telegram_out_of_reach_is_no_uncertainty(to_leo: Address) -> None:
    away = TelegramChannel(token=credentials.TELEGRAM_BOT_TOKEN, api_url="http://127.0.0.1:1")
    error = refused(away, to_leo)
    assert (error.is_permanent, error.is_uncertain) == (False, False)


def test_a_wrong_token_is_named_and_not_shown(sandbox_url: str, to_leo: Address) -> None:
    stranger = TelegramChannel(token="123:not-the-token", api_url=sandbox_url)
    error = refused(stranger, to_leo)
    assert error.code == "credentials"
    assert "not-the-token" not in f"{error} {error.__cause__!r}"


def test_a_group_that_became_a_supergroup_is_followed() -> None:
    """The sandbox's group never moves; the library's own error is what our rule reads."""
    moved = from_aiogram(TelegramMigrateToChat(SendMessage(chat_id=-5, text="x"), "upgraded", -1005))
    assert isinstance(moved, AddressMoved)
    assert moved.address == Address("telegram", "-1005")


@pytest.mark.parametrize("name", ["", "Ana", "4²"])
def test_what_cannot_be_a_chat_is_refused_without_a_call(telegram: TelegramChannel, name: str) -> None:
    assert refused(telegram, Address("telegram", name)).code == "not_found"


def test_a_press_is_acknowledged_and_a_stale_one_harms_nobody(
    telegram: TelegramChannel, sandbox: Sandbox, leo: Phone, to_leo: Address
) -> None:
    telegram.send(to_leo, MessagePart(text="?", options=(Choice("y", "Yes"),)), reference="r1")
    token = leo.press(str(said(leo)[0]["id"]), "y")
    telegram.acknowledge(token)
    telegram.acknowledge("stale")
    statuses = [call["status"] for call in sandbox.calls(channel="telegram", name="answerCallbackQuery")]
    assert statuses[0] == 200


def test_typing_never_fails(telegram: TelegramChannel, sandbox: Sandbox, to_leo: Address) -> None:
    telegram.typing(to_leo)
    sandbox.fault("reset", channel="telegram")
    telegram.typing(to_leo)


def test_a_forked_worker_sends_too(telegram: TelegramChannel, leo: Phone, to_leo: Address) -> None:
    """Threads do not survive a fork: a child that waited for its parent's loop would wait for ever."""
    telegram.send(to_leo, MessagePart(text="from the parent"), reference="r1")
    child = multiprocessing.get_context("fork").Process(
        target=telegram.send, args=(to_leo, MessagePart(text="from the child")), kwargs={"reference": "r2"}
    )
    child.start()
    child.join(20)
    assert child.exitcode == 0
    telegram.send(to_leo, MessagePart(text="from the parent again"), reference="r3")
    assert [message["text"] for message in said(leo)][1:] == ["from the child", "from the parent again"]


def test_a_part_for_a_topic_goes_to_the_topic(telegram: TelegramChannel) -> None:
    error = refused(
        telegram,
        Address("telegram", str(credentials.TELEGRAM_INBOX_CHAT)),
        MessagePart(text="x", topic_id="77"),
    )
    assert error.code == "topic_gone"
    sent = telegram.send(
        Address("telegram", str(credentials.TELEGRAM_INBOX_CHAT)), MessagePart(text="x"), reference="r"
    )
    assert sent.external_id.startswith(str(credentials.TELEGRAM_INBOX_CHAT))
