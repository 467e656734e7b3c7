"""What each Telegram update becomes, from posts of the shape that Telegram sends; none holds up a chat."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.types import Update

from bot.messages.inbound import Address, MessageKind
from bot.messages.outgoing import Attachment
from tests.fixtures.provider_requests import NOW, PAYLOADS, RememberingDesk, TelegramPosts, payload

LEO = Address("telegram", "700301")
SENT = datetime.fromtimestamp(1795281600, UTC)

BECOMES: list[tuple[str, dict[str, Any]]] = [
    ("text", {"kind": MessageKind.TEXT, "text": "bonjour, l’appli ne marche pas 😕", "message_id": "700301:11"}),
    ("start", {"kind": MessageKind.TEXT, "text": "/start ref_42"}),
    ("photo", {"kind": MessageKind.MEDIA, "text": "voilà", "album_id": "13579",
               "attachments": (Attachment("image", "image/jpeg", "", 98000, "large"),)}),
    ("document", {"attachments": (Attachment("document", "text/plain", "journal..x.log", 2048, "doc"),)}),
    ("document_too_big", {"attachments": (
        Attachment("document", "application/zip", "dump.zip", 30_000_000, "doc", problem="too_big"),)}),
    ("voice", {"kind": MessageKind.MEDIA, "attachments": (Attachment("audio", "audio/ogg", "", 5000, "v"),)}),
    ("video", {"text": "ça plante", "attachments": (Attachment("video", "video/mp4", "", 50000, "vid"),)}),
    ("video_note", {"attachments": (Attachment("video", "video/mp4", "", 50000, "vn"),)}),
    ("animation", {"attachments": (Attachment("video", "video/mp4", "", 5000, "gif"),)}),
    ("sticker", {"kind": MessageKind.STICKER, "text": "👍"}),
    ("location", {"kind": MessageKind.LOCATION, "text": "38.7223, -9.1393"}),
    ("venue", {"kind": MessageKind.LOCATION, "text": "38.7223, -9.1393\nPraça do Comércio\nLisboa"}),
    ("own_contact", {"kind": MessageKind.CONTACT, "text": "Léo Martin, +33612345678", "is_own_card": True}),
    ("other_contact", {"kind": MessageKind.CONTACT, "is_own_card": False}),
    ("reply", {"text": "oui", "quoted_id": "700301:9"}),
    ("forwarded", {"is_forwarded": True}),
    ("dice", {"kind": MessageKind.OTHER, "text": "🎲 4"}),
    ("edited", {"is_edit": True, "message_id": "700301:11", "text": "bonjour, l’appli ne marche plus",
                "sent_at": SENT + timedelta(seconds=30)}),
    ("press", {"kind": MessageKind.CHOICE, "choice": "p:high", "text": "Élevée", "quoted_id": "700301:9",
               "answer_token": "3008450000123456789", "sent_at": NOW}),
    ("press_on_an_old_message", {"kind": MessageKind.CHOICE, "choice": "p:high", "text": "", "sent_at": NOW}),
]  # fmt: skip

IGNORED = [
    "service", "live_location_moved", "press_in_a_group", "bot_in_a_group", "group_message", "from_a_bot",
    "reaction", "inline_query", "poll", "channel_post",
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), BECOMES)
def test_an_update_becomes_what_it_is(
    telegram: TelegramPosts, desk: RememberingDesk, name: str, expected: dict[str, Any]
) -> None:
    update = payload(f"telegram/{name}")
    answer = telegram(update)
    [inbound] = desk.received
    assert (answer.status_code, answer.data) == (200, b"")
    assert {field: getattr(inbound, field) for field in expected} == expected
    assert (inbound.external_id, inbound.address) == (str(update["update_id"]), LEO)
    assert (inbound.profile_name, inbound.heard.hint) == ("Léo Martin", "fr")
    assert inbound.sent_at == expected.get("sent_at", SENT)


@pytest.mark.parametrize("name", IGNORED)
def test_what_is_not_for_us_is_taken_in_peace(
    telegram: TelegramPosts, desk: RememberingDesk, name: str
) -> None:
    assert telegram(payload(f"telegram/{name}")).status_code == 200
    assert desk.is_untouched


@pytest.mark.parametrize(("name", "is_reachable"), [("blocked", False), ("unblocked", True)])
def test_blocking_and_unblocking_the_bot_is_known(
    telegram: TelegramPosts, desk: RememberingDesk, name: str, is_reachable: bool
) -> None:
    assert telegram(payload(f"telegram/{name}")).status_code == 200
    assert desk.reaches == [("telegram:700301", is_reachable)]


def test_no_payload_is_left_untried() -> None:
    names = {path.stem for path in (PAYLOADS / "telegram").glob("*.json")}
    assert names == {name for name, _ in BECOMES} | set(IGNORED) | {"blocked", "unblocked"}


@pytest.mark.parametrize("path", sorted((PAYLOADS / "telegram").glob("*.json")), ids=lambda path: path.stem)
def test_the_payloads_are_what_aiogram_knows_as_updates(path: Any) -> None:
    assert Update.model_validate_json(path.read_text()).event_type


TEXT = payload("telegram/text")


def changed(**fields: Any) -> dict[str, Any]:
    return {**TEXT, "message": {**TEXT["message"], **fields}}


@pytest.mark.parametrize(
    "poison",
    [
        {"update_id": 1},
        {"update_id": 1, "message": None},
        {"update_id": 1, "message": []},
        {"update_id": 1, "message": {}},
        {"update_id": 1, "message": {"chat": 5}},
        {"update_id": 1, "something_new": {"a": 1}},
        changed(chat=None),
        changed(chat={"id": "700301", "type": "private"}),
        changed(chat={"id": 10**40, "type": "private"}),
        changed(chat={"id": True, "type": "private"}),
        changed(message_id=None),
        {"update_id": 1, "callback_query": {"id": "1", "from": TEXT["message"]["from"]}},
        {"update_id": 1, "my_chat_member": {"chat": TEXT["message"]["chat"], "new_chat_member": 3}},
        {"update_id": 1, "callback_query": {"message": "x", "data": ["x"], "from": {"id": 1}}},
    ],
)
def test_a_poison_update_is_taken_so_that_the_chats_next_message_comes(
    telegram: TelegramPosts, desk: RememberingDesk, poison: dict[str, Any]
) -> None:
    assert telegram(poison).status_code == 200
    assert desk.is_untouched


@pytest.mark.parametrize(
    ("fields", "field", "expected"),
    [
        ({"text": 5}, "kind", MessageKind.OTHER),
        ({"text": None, "photo": "x"}, "attachments", ()),
        ({"text": None, "photo": [None, 3, {}]}, "attachments", ()),
        ({"text": None, "document": {"file_id": None}}, "attachments", ()),
        ({"location": {"latitude": 1e300, "longitude": float("nan")}}, "kind", MessageKind.LOCATION),
        ({"text": "a\0b\ud800"}, "text", "ab\ufffd"),
        ({"date": -5}, "sent_at", NOW),
        ({"date": 10**15}, "sent_at", NOW),
        ({"date": "soon"}, "sent_at", NOW),
        ({"reply_to_message": 7}, "quoted_id", ""),
        ({"contact": {"phone_number": 7}}, "is_own_card", False),
        ({"media_group_id": {"a": 1}}, "album_id", ""),
    ],
)
def test_one_odd_field_does_not_spoil_the_message(
    telegram: TelegramPosts, desk: RememberingDesk, fields: dict[str, Any], field: str, expected: object
) -> None:
    assert telegram(changed(**fields)).status_code == 200
    assert getattr(desk.received[0], field) == expected


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"5", b"null", b'"x"', b"\xff", b"[" * 100_000,
     b"{}", b'{"update_id": "1"}', b'{"update_id": ' + b"9" * 6000 + b"}"],
    ids=lambda body: repr(body[:12]),
)  # fmt: skip
def test_what_is_no_update_at_all_is_unreadable(
    telegram: TelegramPosts, desk: RememberingDesk, body: bytes
) -> None:
    assert telegram(body).status_code == 400
    assert desk.is_untouched


@pytest.mark.parametrize(
    "secret", [None, "", "x", "a-webhook-secret_4", "a-webhook-secret_42 ", "é", "A" * 5000]
)
def test_without_the_secret_nothing_comes_in(
    telegram: TelegramPosts, desk: RememberingDesk, secret: str | None
) -> None:
    assert telegram(TEXT, secret).status_code == 403
    assert desk.is_untouched
