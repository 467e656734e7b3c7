"""The funnel of requests: begun, each question, the summary, sent or left, by channel and language."""

import csv
import io
from pathlib import Path

import pytest
from redis import Redis

from store.agents.agent import Role
from store.inbox.intake_funnel import ALL, IntakeFunnel, intake_funnel
from store.inbox.sla_daily import ReportPeriod
from tests.fixtures.environment import TWILIO
from tests.fixtures.store_desk import StoreDesk

EVA, PAUL, LEA = "whatsapp:+351912345678", "telegram:43", "telegram:44"


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> StoreDesk:
    """Eva sends a request, Paul stops at his company, and Léa cancels."""
    desk = StoreDesk(redis, tmp_path, **TWILIO)
    desk.open_ticket(EVA)
    desk.customer_writes(PAUL, "Notre imprimante de tickets n'imprime plus rien depuis ce matin")
    desk.customer_writes(PAUL, "Paul Martin")
    desk.customer_writes(LEA, "Our receipt printer prints nothing since this morning")
    desk.customer_writes(LEA, "/cancel")
    desk.customer_writes(LEA, "yes")
    return desk


def funnel(desk: StoreDesk) -> IntakeFunnel:
    window = ReportPeriod(desk.clock(), desk.wiring.policy.calendar.zone)
    return intake_funnel(desk.redis, desk.wiring.policy, window)


def counts(desk: StoreDesk, group: tuple[str, str] = ALL) -> dict[str, int]:
    return {step.key: step.reached.get(group, 0) for step in funnel(desk).steps}


def test_each_step_counts_those_who_reached_it(desk: StoreDesk) -> None:
    found = counts(desk)
    assert (found["started"], found["sent"], found["cancelled"], found["left"]) == (3, 1, 1, 0)
    assert (found["name"], found["company"]) == (3, 2)
    assert counts(desk, ("channel", "telegram"))["started"] == 2
    assert counts(desk, ("language", "fr"))["company"] == 1


def test_who_is_silent_for_a_day_is_left_where_they_were_asked_last(desk: StoreDesk) -> None:
    desk.clock.advance(hours=25)
    assert counts(desk)["left"] == 1
    assert {step.key: step.left_here for step in funnel(desk).steps if step.left_here} == {"company": 1}


def test_a_person_who_takes_over_is_told_apart(desk: StoreDesk) -> None:
    desk.wiring.desk.take_over(desk.conversation(PAUL).draft_id, desk.agent("Ana").agent_id)
    assert (counts(desk)["person"], counts(desk)["sent"]) == (1, 1)


def test_only_fourteen_days_count(desk: StoreDesk) -> None:
    desk.clock.advance(days=14)
    assert counts(desk)["started"] == 0


def test_managers_see_it_and_export_it(desk: StoreDesk) -> None:
    browser = desk.browser(desk.agent("Mia", Role.MANAGER))
    assert "Left half-way" in browser.get("/overview/").get_data(as_text=True)
    told = browser.get("/overview/api/funnel.csv").get_data().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(told)))
    assert lines[0] == ["Step", "All", "Telegram", "WhatsApp", "English", "French", "Left here"]
    assert ["Started", "3", "2", "1", "2", "1", "0"] in lines
    assert desk.browser(desk.agent("Ana")).get("/overview/api/funnel.csv").status_code == 403


def test_a_new_desk_says_that_nobody_began(redis: Redis, tmp_path: Path) -> None:
    desk = StoreDesk(redis, tmp_path)
    page = desk.browser(desk.agent("Mia", Role.MANAGER)).get("/overview/").get_data(as_text=True)
    assert "No customer has begun a request yet." in page
