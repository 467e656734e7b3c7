"""Buttons under alerts, pressed in the agents’ group; nothing else said in a group is a customer’s."""

import json
from datetime import UTC, datetime

from bot.messages.inbound import Address, Inbound
from channels.inbound_events import GroupUpdate, Ignored
from channels.telegram.parse import parse_update

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
COMMAND = f"ack:{'a' * 20}-1:first_response:1"


def pressed(data: str, kind: str = "supergroup") -> object:
    message = {"message_id": 5, "date": 1, "chat": {"id": -1001, "type": kind}, "text": "⏰"}
    who = {"id": 7, "is_bot": False, "first_name": "Ana"}
    update = {"update_id": 9, "callback_query": {"id": "q", "from": who, "message": message, "data": data}}
    return parse_update(json.dumps(update).encode(), NOW)


def test_a_press_under_an_alert_tells_the_group_and_who_pressed() -> None:
    found = pressed(COMMAND)
    assert isinstance(found, Inbound)
    assert (found.address, found.sender) == (Address("telegram", "-1001"), Address("telegram", "7"))
    assert (found.choice, found.answer_token, found.profile_name) == (COMMAND, "q", "Ana")


def test_in_private_there_is_no_other_sender() -> None:
    found = pressed(COMMAND, "private")
    assert isinstance(found, Inbound)
    assert found.sender is None


def test_any_other_press_in_a_group_is_not_ours() -> None:
    assert isinstance(pressed("priority=high"), GroupUpdate)
    assert isinstance(pressed(COMMAND, "channel"), Ignored)
