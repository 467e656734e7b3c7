"""Requests that aren't sent: asked about once inside the window, listed, and taken over, with any number of workers."""

from pathlib import Path

import pytest
from redis import Redis

from bot.messages.errors import NotFound
from bot.model.conversation import Status
from store import keys
from store.inbox.unfinished import unfinished_count, unfinished_requests
from tests.fixtures.environment import TWILIO
from tests.fixtures.store_desk import StoreDesk

EVA = "whatsapp:+351912345678"
STORY = "Our receipt printer prints nothing since this morning"
ASKED = "isn’t sent yet"
NAMES = {"en": "Emma", "fr": "Inès", "es": "Lucía"}


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> StoreDesk:
    """Eva told what happens, and doesn't answer the question that followed."""
    desk = StoreDesk(redis, tmp_path, **TWILIO)
    desk.customer_writes(EVA, "English please")
    desk.customer_writes(EVA, STORY)
    return desk


def draft(desk: StoreDesk) -> str:
    return desk.conversation(EVA).draft_id


def asked(desk: StoreDesk) -> int:
    return sum(ASKED in text for text in desk.messages_to(EVA))


def test_they_are_asked_once_however_often_the_job_runs(desk: StoreDesk) -> None:
    desk.skip_time(hours=2, minutes=59)
    assert asked(desk) == 0
    desk.skip_time(minutes=2)
    assert asked(desk) == 1
    desk.wiring.reminders.ask_if_due(draft(desk))
    desk.skip_time(hours=5)
    desk.skip_time(days=5)
    assert asked(desk) == 1


def test_whoever_wrote_meanwhile_is_asked_later(desk: StoreDesk) -> None:
    desk.clock.advance(hours=2)
    desk.customer_writes(EVA, "Emma Stone")
    desk.redis.zadd(keys.REMINDERS, {draft(desk): desk.clock().timestamp()})  # as a slow clock would
    desk.sweep()
    assert asked(desk) == 0
    desk.skip_time(hours=3, minutes=1)
    assert asked(desk) == 1


def test_nobody_is_asked_outside_the_window(desk: StoreDesk) -> None:
    desk.skip_time(hours=24, minutes=1)  # the clock was down
    assert asked(desk) == 0
    assert desk.redis.zcard(keys.REMINDERS) == 0
    assert unfinished_count(desk.redis, desk.clock()) == 1


def test_a_request_that_was_sent_or_cancelled_is_neither_asked_about_nor_listed(desk: StoreDesk) -> None:
    desk.customer_writes(EVA, "/cancel")
    desk.customer_writes(EVA, "yes")
    assert desk.redis.zcard(keys.REMINDERS) == 0
    desk.open_ticket("telegram:43")
    desk.skip_time(hours=4)
    assert unfinished_requests(desk.redis, desk.clock()) == []


def test_it_is_listed_after_half_an_hour_with_what_was_said(desk: StoreDesk) -> None:
    assert unfinished_requests(desk.redis, desk.clock()) == []
    desk.clock.advance(minutes=31)
    (found,) = unfinished_requests(desk.redis, desk.clock())
    assert found.conversation.answers["description"].value == STORY
    assert [entry.text for entry in found.entries if entry.author == "customer"][-1] == STORY


def test_taking_over_makes_it_a_ticket_of_that_agents_once(desk: StoreDesk) -> None:
    desk.clock.advance(minutes=31)
    ana, draft_id = desk.agent("Ana").agent_id, draft(desk)
    ticket = desk.wiring.desk.take_over(draft_id, ana)
    again = desk.wiring.desk.take_over(draft_id, ana)
    assert (ticket.ticket_id, ticket.assignee, ticket.status) == (draft_id, ana, Status.OPEN)
    assert ticket == again
    assert ticket.details["description"].value == STORY
    assert desk.conversation(EVA).ticket_id == draft_id
    assert unfinished_count(desk.redis, desk.clock()) == 0
    assert sum(ticket.number in text for text in desk.messages_to(EVA)) == 1
    desk.customer_writes(EVA, "are you there?")
    assert desk.wiring.queries.ticket(draft_id).entries[-1].text == "are you there?"


def test_a_cancelled_one_cannot_be_taken_over(desk: StoreDesk) -> None:
    draft_id = draft(desk)
    desk.customer_writes(EVA, "/cancel")
    desk.customer_writes(EVA, "yes")
    with pytest.raises(NotFound):
        desk.wiring.desk.take_over(draft_id, desk.agent("Ana").agent_id)


def test_the_page_lists_it_and_one_press_opens_its_ticket(desk: StoreDesk) -> None:
    desk.clock.advance(minutes=31)
    for locale, title in (("en", "Unfinished"), ("fr", "Inachevées"), ("es", "Sin terminar")):
        shown = (
            desk.browser(desk.agent(NAMES[locale], locale=locale))
            .get("/inbox/unfinished/")
            .get_data(as_text=True)
        )
        assert f"<h1>{title}</h1>" in shown
        assert STORY in shown
    browser = desk.browser(desk.agent(NAMES["en"]))
    assert browser.post(f"/inbox/unfinished/{draft(desk)}/take-over").status_code == 403, "without its token"
    token = shown_token(browser.get("/inbox/unfinished/").get_data(as_text=True))
    told = browser.post(f"/inbox/unfinished/{draft(desk)}/take-over", data={"csrf": token})
    assert told.status_code == 303
    assert told.location.startswith("/inbox/ticket/")
    assert "Nobody stopped half-way" in browser.get("/inbox/unfinished/").get_data(as_text=True)
    assert browser.post("/inbox/unfinished/nobody-1/take-over", data={"csrf": token}).status_code == 404


def shown_token(page: str) -> str:
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def test_words_of_a_customer_are_text_on_the_page(desk: StoreDesk) -> None:
    desk.customer_writes("telegram:44", "<script>alert(1)</script> the till is stuck since monday")
    desk.clock.advance(minutes=31)
    shown = desk.browser(desk.agent("Ana")).get("/inbox/unfinished/").get_data(as_text=True)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
