"""What if: asked for slice by slice, and read on the overview."""

import csv
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from redis import Redis

from bot.messages.inbound import Address
from bot.model.ticket import Ticket
from bot.policy.policy import load_policy
from desk.what_if import WhatIf
from store import keys
from store.agents.agent import Agent, Role
from store.codec import dump, load
from store.inbox.recent_tickets import PAGE_SIZE, ticket_page
from store.policies import StoredPolicies
from tests.fixtures.agent_client import csrf_headers
from tests.fixtures.clock import MONDAY
from tests.fixtures.paths import ROOT
from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]
DEMO = (ROOT / "policies" / "demo.toml").read_text(encoding="utf-8")


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> StoreDesk:
    """A desk whose policy lies beside another one, and one with a mistake in it."""
    folder = tmp_path / "policies"
    folder.mkdir()
    for name in ("demo.toml", "weekday-desk.toml"):
        copy(ROOT / "policies" / name, folder / name)
    (folder / "broken.toml").write_text(DEMO.replace("Europe/Paris", "Europe/Atlantis"), encoding="utf-8")
    (tmp_path / "secret.toml").write_text("secret = true", encoding="utf-8")
    return StoreDesk(redis, tmp_path, policy=folder / "demo.toml")


@pytest.fixture
def manager(desk: StoreDesk) -> Agent:
    return desk.agent("Max Keller", Role.MANAGER)


def answered(desk: StoreDesk, minutes: int, address: str = "telegram:42") -> str:
    """A request of high priority (to be answered within 4 minutes), answered after so many and solved."""
    ticket_id, ana = desk.open_ticket(address), desk.agent("Ana Ruiz").agent_id
    desk.clock.advance(minutes=minutes)
    desk.wiring.desk.act(ticket_id, "reply", ana, text="It works again")
    desk.wiring.desk.act(ticket_id, "resolve", ana)
    return ticket_id


def asked(client: FlaskClient, desk: StoreDesk, **order: Any) -> Any:
    body = {"policy": DEMO, "days": "30"} | order
    return client.post("/overview/api/what-if", json=body, headers=csrf_headers(desk, client))


def slower(target: str = "4 minutes", other: str = "10 minutes") -> str:
    return DEMO.replace(f'first_response = "{target}"', f'first_response = "{other}"')


def test_live_and_ended_requests_are_counted_under_both(desk: StoreDesk, manager: Agent) -> None:
    turned, _live = answered(desk, 8), desk.open_ticket("telegram:43")
    told = asked(desk.browser(manager), desk, policy=slower()).json
    assert (told["tickets"], told["cursor"], told["lacking"]) == (2, "", [])
    first = told["compared"][0]
    assert (first["target_label"], first["priority_label"]) == ("First answer", "High")
    assert first["before"] == {"kept": 0, "missed": 1, "running": 1}
    assert first["after"] == {"kept": 1, "missed": 0, "running": 1}
    assert [(one["ticket_id"], one["is_kept"]) for one in told["turned"]] == [(turned, True)]


def test_requests_from_before_are_left_out(desk: StoreDesk, manager: Agent) -> None:
    answered(desk, 1)
    desk.clock.advance(days=8)
    answered(desk, 1, "telegram:43")
    client = desk.browser(manager)
    assert [asked(client, desk, days=days).json["tickets"] for days in ("7", "30")] == [1, 2]


def test_a_request_keeps_the_version_that_it_was_promised_under(desk: StoreDesk, manager: Agent) -> None:
    answered(desk, 8)
    path = desk.wiring.settings.policy
    path.write_text(slower(), encoding="utf-8")
    today = StoreDesk(desk.redis, desk.folder, path, desk.clock)
    first = asked(today.browser(manager), today, policy=slower()).json["compared"][0]
    assert (first["before"]["missed"], first["after"]["kept"]) == (1, 1)


def test_mistakes_of_the_text_are_told_with_their_lines(desk: StoreDesk, manager: Agent) -> None:
    answer = asked(desk.browser(manager), desk, policy=DEMO.replace("Europe/Paris", "Europe/Atlantis"))
    assert answer.status_code == 422
    [problem] = answer.json["problems"]
    assert (problem["line"], problem["key"]) == (10, "hours.zone")
    assert answer.json["words"]


@pytest.mark.parametrize(
    "order",
    [
        {"days": "31"},
        {"days": "-1"},
        {"days": 30},
        {"policy": " "},
        {"policy": ["a"]},
        {"policy": "x" * 100_001},
        {"cursor": "dead:0"},
        {"cursor": "live:x"},
        {"cursor": "live:-1"},
        {"cursor": "live:²"},
        {"until": "yesterday"},
        {"until": "2026-03-02T09:00:00"},
        {"until": "0001-01-01T00:00:00+00:00"},
    ],
)
def test_what_a_page_must_not_ask_is_refused(desk: StoreDesk, manager: Agent, order: dict[str, Any]) -> None:
    assert asked(desk.browser(manager), desk, **order).status_code == 400


def test_text_that_is_no_policy_at_all_is_answered_not_crashed_on(desk: StoreDesk, manager: Agent) -> None:
    for text in ("\x01", "[[[", "key = 1", "a" * 99_999, "[hours]\nzone = 3"):
        answer = asked(desk.browser(manager), desk, policy=text)
        assert answer.status_code == 422
        assert answer.json["problems"]


def test_files_beside_the_desks_own_can_be_chosen_and_no_others(desk: StoreDesk, manager: Agent) -> None:
    client = desk.browser(manager)
    listed = {one["file"]: one for one in client.get("/overview/api/policies").json["policies"]}
    assert set(listed) == {"broken.toml", "demo.toml", "weekday-desk.toml"}
    assert [name for name, one in listed.items() if one["is_current"]] == ["demo.toml"]
    assert listed["broken.toml"]["problems"] == 1
    assert client.get("/overview/api/policies/demo.toml").json["text"] == DEMO
    for name in ("none.toml", "..%2Fsecret.toml", "%2e%2e/secret.toml", "demo", "%00"):
        assert client.get(f"/overview/api/policies/{name}").status_code == 404


def test_agents_are_no_managers(desk: StoreDesk) -> None:
    client = desk.browser(desk.agent("Ana Ruiz"))
    assert client.get("/overview/api/policies").status_code == 403
    assert client.get("/overview/api/policies/demo.toml").status_code == 403
    assert asked(client, desk).status_code == 403


def test_slices_add_up_to_the_whole_and_repeat_nothing(desk: StoreDesk, redis: Redis) -> None:
    seed(redis, desk, 3 * PAGE_SIZE)
    found, cursor, pages = [], "", 0
    while cursor or not pages:
        page = ticket_page(redis, desk.wiring.archive, MONDAY - timedelta(days=30), MONDAY, cursor)
        found += [ticket.ticket_id for ticket in page.tickets]
        cursor, pages = page.cursor, pages + 1
    assert pages > 3
    assert len(found) == len(set(found)) == 3 * PAGE_SIZE


def test_memory_does_not_grow_with_the_tickets(desk: StoreDesk, redis: Redis) -> None:
    other = load_policy(ROOT / "policies" / "weekday-desk.toml")
    what_if = WhatIf(redis, desk.wiring.archive, StoredPolicies(redis, desk.wiring.policy), desk.clock)
    peaks = []
    for count in (2 * PAGE_SIZE, 10 * PAGE_SIZE):
        seed(redis, desk, count)
        what_if.replay(other, 30)
        tracemalloc.start()
        assert what_if.replay(other, 30).tickets == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def test_a_manager_reads_the_difference(desk: StoreDesk, manager: Agent, visit: Visit) -> None:
    answered(desk, 8)
    page = visit(manager, "/overview/")
    section = page.get_by_role("region", name="What if")
    section.get_by_text("Change it first").click()
    box = section.get_by_role("textbox", name="Text of the policy")
    expect(box).not_to_have_value("")
    box.fill(slower())
    section.get_by_role("button", name="Compare").click()
    expect(section.get_by_role("status")).to_have_text("1 request of the last 30 days")
    row = section.get_by_role("row", name="First answer")
    expect(row).to_contain_text("0.0%")
    expect(row).to_contain_text("▲ +100.0")
    box.fill(slower().replace("Europe/Paris", "Europe/Atlantis"))
    section.get_by_role("button", name="Compare").click()
    expect(section.get_by_role("button", name="Line 10")).to_be_visible()
    expect(section.get_by_role("table")).to_have_count(0)


def test_a_comparison_is_to_be_had_as_a_file(desk: StoreDesk, manager: Agent, visit: Visit) -> None:
    answered(desk, 8)
    path = desk.wiring.settings.policy
    path.write_text(slower().replace('en = "High"', 'en = "=High;1"'), encoding="utf-8")
    page = visit(manager, "/overview/")
    section = page.get_by_role("region", name="What if")
    expect(section.get_by_role("link", name="What if as CSV")).to_have_count(0)
    section.locator("#what-if-policy").select_option("demo.toml")
    expect(section.locator("textarea")).to_have_value(path.read_text())
    section.get_by_role("button", name="Compare").click()
    with page.expect_download() as download:
        section.get_by_role("link", name="What if as CSV").click()
    assert download.value.suggested_filename == "guichet-what-if-2026-03-02.csv"
    text = download.value.path().read_text(encoding="utf-8-sig")
    heading, *lines = csv.reader(StringIO(text))
    assert heading[:3] == ["Promise", "Priority", "As promised: kept"]
    assert len(heading) == len(set(heading)) == 10
    assert lines[0] == ["First answer", "'=High;1", "0", "1", "0", "1", "0", "0", "1", "0"]
    assert {len(line) for line in lines} == {10}


def test_a_policy_without_that_priority_says_so(desk: StoreDesk, manager: Agent, visit: Visit) -> None:
    desk.open_ticket(priority="urgent")
    desk.clock.advance(hours=2)
    page = visit(manager, "/overview/")
    section = page.get_by_role("region", name="What if")
    expect(section.locator("option", has_text="weekday-desk.toml")).to_have_count(1)
    section.locator("#what-if-policy").select_option("weekday-desk.toml")
    expect(section.locator("textarea")).to_have_value((ROOT / "policies" / "weekday-desk.toml").read_text())
    section.get_by_role("button", name="Compare").click()
    expect(section.get_by_text("This policy has no priority “Urgent”")).to_be_visible()


def seed(redis: Redis, desk: StoreDesk, count: int) -> None:
    """So many copies of one request, half of them ended, nothing else."""
    redis.flushall()
    model = load(Ticket, redis.get(keys.ticket(desk.open_ticket())))  # type: ignore[arg-type]
    redis.delete(keys.LIVE, keys.ENDED)
    pipe = redis.pipeline(transaction=False)
    for n in range(count):
        ticket = replace(model, ticket_id=f"c{n}-1", address=Address("telegram", str(n)))
        pipe.set(keys.ticket(ticket.ticket_id), dump(ticket))
        pipe.zadd(keys.ENDED if n % 2 else keys.LIVE, {ticket.ticket_id: MONDAY.timestamp() - n // 10})
    pipe.execute()
