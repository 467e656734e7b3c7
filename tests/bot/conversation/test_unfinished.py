"""When a customer who stopped half-way is asked about it: once, in opening hours if the window allows it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.unfinished import remind, reminder_due_at
from bot.messages.inbound import Address
from bot.model.conversation import Conversation
from tests.fixtures.conversation_script import policy, talk

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 11, 27, 20, tzinfo=UTC)
STORY = "en> Our receipt printer prints nothing since this morning"


def half_way(at: datetime, **fields: object) -> Conversation:
    who = Conversation("c0ffee", Address("whatsapp", "+351912345678"), locale="en", draft_id="c0ffee-1")
    return who.evolve(last_inbound_at=at, **fields)


def test_they_are_asked_after_the_policys_time_in_opening_hours() -> None:
    assert reminder_due_at(half_way(MONDAY_NOON), policy("field-service")) == MONDAY_NOON + timedelta(hours=3)


def test_before_the_window_closes_if_the_desk_stays_closed() -> None:
    due_at = reminder_due_at(half_way(FRIDAY_EVENING), policy("field-service"))
    assert due_at == FRIDAY_EVENING + timedelta(hours=23)


@pytest.mark.parametrize("fields", [{"is_reminded": True}, {"draft_id": ""}, {"locale": ""}])
def test_nobody_is_asked_twice_or_about_nothing_or_in_no_language(fields: dict[str, object]) -> None:
    assert reminder_due_at(half_way(MONDAY_NOON, **fields), policy()) is None


def test_the_open_question_is_repeated_and_the_answer_goes_on() -> None:
    talking = talk(STORY)
    assert talking.conversation.remind_at
    step = remind(talking.conversation, policy(), talking.now + timedelta(hours=3))
    assert step.conversation.is_reminded
    assert step.conversation.remind_at is None
    talking.follow(step)
    assert "isn’t sent yet" in talking.told()
    assert "name" in talking.told()
    talking.play("> Emma Stone")
    assert talking.conversation.answers["name"].value == "Emma Stone"
    assert talking.conversation.remind_at is None, "not a second time"


def test_a_new_request_may_be_asked_about_again() -> None:
    talking = talk(STORY)
    talking.conversation = remind(talking.conversation, policy(), talking.now).conversation
    talking.play("> /cancel")
    talking.play("> yes")
    talking.play("en> The scanner shows an error each time")
    assert talking.conversation.remind_at
