"""What updates from groups tell, and what in them is nobody's business."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from channels.inbound_events import GroupChanged, GroupUpdate, Ignored
from channels.telegram.parse import parse_update

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
CHAT = {"id": -1002000000001, "type": "supergroup", "title": "Desk", "is_forum": True}
ANA = {"id": 700201, "is_bot": False, "first_name": "Ana", "last_name": "Costa"}
DATE = 1795600000


def message(**more: Any) -> dict[str, Any]:
    """Ana writes in topic 7."""
    topic = {"message_thread_id": 7, "is_topic_message": True}
    return {"message_id": 9, "from": ANA, "chat": CHAT, "date": DATE, "text": "hello", **topic, **more}


def told(kind: str, body: dict[str, Any]) -> object:
    return parse_update(json.dumps({"update_id": 5, kind: body}).encode(), NOW)


def test_a_message_in_a_topic_tells_who_where_and_what() -> None:
    heard = told("message", message())
    assert isinstance(heard, GroupUpdate)
    assert (heard.chat_id, heard.topic_id, heard.message_id, heard.update_id) == (CHAT["id"], 7, 9, "5")
    assert (heard.sender, heard.sender_name, heard.text, heard.answers) == (700201, "Ana Costa", "hello", 0)


def test_an_answer_names_what_it_answers_but_never_the_topics_own_beginning() -> None:
    root = message(reply_to_message={"message_id": 7, "forum_topic_created": {}})
    heard, quoting = told("message", root), told("message", message(reply_to_message={"message_id": 8}))
    assert isinstance(heard, GroupUpdate)
    assert isinstance(quoting, GroupUpdate)
    assert (heard.answers, quoting.answers) == (0, 8)


def test_general_is_no_topic_even_for_answers_there() -> None:
    heard = told("message", message(message_thread_id=4, is_topic_message=False))
    assert isinstance(heard, GroupUpdate)
    assert heard.topic_id == 0


def test_an_edit_and_a_press_are_told_apart() -> None:
    edit = told("edited_message", message(edit_date=DATE + 60))
    press = told("callback_query", {"id": "3", "from": ANA, "message": message(), "data": "t:claim:K4-217"})
    assert isinstance(edit, GroupUpdate)
    assert edit.is_edit
    assert isinstance(press, GroupUpdate)
    assert (press.data, press.answer_token, press.topic_id, press.is_edit) == (
        "t:claim:K4-217",
        "3",
        7,
        False,
    )


def test_a_press_under_a_message_too_old_to_be_shown_is_heard() -> None:
    old = {"message_id": 9, "chat": CHAT, "date": 0}
    press = told("callback_query", {"id": "3", "from": ANA, "message": old, "data": "t:claim:K4-217"})
    assert isinstance(press, GroupUpdate)
    assert press.topic_id == 0


def test_whoever_writes_as_the_group_is_known_to_hide() -> None:
    bot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    heard = told("message", message(**{"from": bot}, sender_chat=CHAT))
    assert isinstance(heard, GroupUpdate)
    assert heard.is_anonymous


def test_a_group_that_moves_says_where_to() -> None:
    moved = told("message", {"message_id": 1, "chat": CHAT, "date": DATE, "migrate_to_chat_id": -1005})
    assert moved == GroupChanged(CHAT["id"], moved_to=-1005)


@pytest.mark.parametrize(
    ("place", "is_bot_admin"),
    [
        ({"status": "administrator", "can_manage_topics": True}, True),
        ({"status": "administrator", "can_manage_topics": False}, False),
        ({"status": "member"}, False),
        ({"status": "kicked"}, False),
        ({"status": "left"}, False),
    ],
)
def test_our_place_in_the_group_tells_whether_we_can_work(place: dict[str, Any], is_bot_admin: bool) -> None:
    changed = told("my_chat_member", {"chat": CHAT, "from": ANA, "date": DATE, "new_chat_member": place})
    assert changed == GroupChanged(CHAT["id"], is_bot_admin=is_bot_admin)


@pytest.mark.parametrize(
    "body",
    [
        message(forum_topic_closed={}),
        message(pinned_message={}),
        message(**{"from": {"id": 42, "is_bot": True}}),
        message(**{"from": None}),
        message(message_id="nine"),
        message(new_chat_members=[ANA]),
    ],
)
def test_what_nobody_said_is_ignored_in_peace(body: dict[str, Any]) -> None:
    assert isinstance(told("message", body), Ignored)


def test_a_live_location_in_the_group_is_not_an_edit_every_second() -> None:
    moved = message(location={"latitude": 1.0, "longitude": 2.0})
    assert isinstance(told("edited_message", moved), Ignored)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("poll", {"poll": {"id": "1", "question": "When?"}}),
        ("dice", {"dice": {"emoji": "🎲", "value": 4}}),
        ("checklist", {"checklist": {"title": "To do", "tasks": []}}),
        ("story", {"story": {"id": 3}}),
        ("game", {"game": {"title": "Chess"}}),
        ("via_bot", {"via_bot": {"id": 4}, "text": "found it", "animation": {"file_id": "x"}}),
        ("other", {"paid_media": {"star_count": 2}}),
        ("other", {"something_new": {}}),
    ],
)
def test_what_a_customer_cannot_get_is_named(kind: str, content: dict[str, Any]) -> None:
    heard = told("message", {**message(), "text": None, **content})
    assert isinstance(heard, GroupUpdate)
    assert (heard.unsendable, heard.text, heard.attachments) == (kind, "", ())


@pytest.mark.parametrize("chat", [{"id": -1009, "type": "channel"}, {"id": -1008, "type": "supergroup"}])
def test_whoever_writes_as_a_channel_is_known_to_hide(chat: dict[str, Any]) -> None:
    bot = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
    for sender in (bot, None):
        heard = told("message", message(**{"from": sender}, sender_chat=chat))
        assert isinstance(heard, GroupUpdate)
        assert heard.is_anonymous
