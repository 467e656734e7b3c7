"""What has no words of its own in a customer's message still reaches the agents."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.messages.inbound import Inbound, MessageKind
from channels.telegram.parse import parse_update

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
USER = {"id": 42, "is_bot": False, "first_name": "Léo"}
NEWS = {"id": -1001, "type": "channel", "title": "Shop news", "username": "shopnews"}
PHOTO = [{"file_id": "small", "width": 90, "height": 90}, {"file_id": "large", "width": 900, "height": 900}]


def parsed(**content: Any) -> Inbound:
    message = {
        "message_id": 7,
        "date": 1795281600,
        "from": USER,
        "chat": {"id": 42, "type": "private"},
        **content,
    }
    found = parse_update(json.dumps({"update_id": 1, "message": message}).encode(), NOW)
    assert isinstance(found, Inbound)
    return found


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            {"poll": {"question": "Which till fails?", "options": [{"text": "Left"}, {"text": "Right"}]}},
            "📊 Which till fails?\n• Left\n• Right",
        ),
        (
            {"checklist": {"title": "To mend", "tasks": [{"text": "Till", "completion_date": 1}, {"text": "Scale"}]}},
            "📋 To mend\n☑ Till\n☐ Scale",
        ),
        ({"dice": {"emoji": "🎯", "value": 6}}, "🎯 6"),
        ({"game": {"title": "Snake", "description": "Eat"}}, "🎮 Snake\nEat"),
        ({"invoice": {"title": "Order 5", "description": "Two tills"}}, "🧾 Order 5\nTwo tills"),
        ({"story": {"chat": NEWS, "id": 3}}, "📖 Shop news https://t.me/shopnews/s/3"),
        ({"story": {"chat": {"id": 9, "first_name": "Ana"}, "id": 3}}, "📖 Ana"),
        (
            {"paid_media": {"star_count": 5, "paid_media": [{"type": "preview"}]}, "caption": "look"},
            "🔒 ⭐ 5\nlook",
        ),
    ],
)  # fmt: skip
def test_its_content_is_the_text(content: dict[str, Any], text: str) -> None:
    found = parsed(**content)
    assert (found.text, found.kind) == (text, MessageKind.OTHER)


def test_paid_photos_and_videos_are_files() -> None:
    media = [{"type": "photo", "photo": PHOTO}, {"type": "video", "video": {"file_id": "film"}}]
    found = parsed(paid_media={"star_count": 5, "paid_media": media})
    assert [file.ref for file in found.attachments] == ["large", "film"]
    assert found.text == "🖼🎬 ⭐ 5"


@pytest.mark.parametrize(
    ("content", "quoted"),
    [
        ({"quote": {"text": "by Friday", "position": 3}, "reply_to_message": {"message_id": 5}}, "by Friday"),
        (
            {"external_reply": {"origin": {"type": "channel", "chat": NEWS}, "chat": NEWS, "message_id": 8},
             "quote": {"text": "New prices"}},
            "↪ Shop news https://t.me/shopnews/8\nNew prices",
        ),
        (
            {"external_reply": {"origin": {"type": "user", "sender_user": {"first_name": "Ana"}}, "photo": PHOTO}},
            "↪ Ana\n🖼",
        ),
        (
            {"external_reply": {"origin": {"type": "hidden_user", "sender_user_name": "Somebody"},
                                "poll": {"question": "Open on Sunday?", "options": []}}},
            "↪ Somebody\n📊 Open on Sunday?",
        ),
        ({"reply_to_story": {"chat": NEWS, "id": 3}}, "📖 Shop news https://t.me/shopnews/s/3"),
        ({}, ""),
    ],
)  # fmt: skip
def test_what_is_quoted_is_kept(content: dict[str, Any], quoted: str) -> None:
    assert parsed(text="what about this?", **content).quoted_text == quoted


@pytest.mark.parametrize(
    "field", ["poll", "checklist", "dice", "story", "paid_media", "external_reply", "quote"]
)
@pytest.mark.parametrize(
    "value", [None, [], "x", 7, {"options": 3, "tasks": "x", "chat": [], "paid_media": {}}]
)
def test_odd_content_breaks_nothing(field: str, value: object) -> None:
    assert isinstance(parsed(text="hello", **{field: value}).text, str)
