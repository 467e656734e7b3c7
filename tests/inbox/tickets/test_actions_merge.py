"""Two requests of one customer made one: what closes, what lives on, what is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from redis import Redis

from bot.messages.errors import NotAllowed, NotFound
from store.inbox.views import DeadlineView
from tests.fixtures.agent_client import post_action
from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]
MARIE, OTHER = "telegram:42", "telegram:43"


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> StoreDesk:
    """A desk with nights and a lunch break, on a Monday at ten in Zurich."""
    return StoreDesk(redis, tmp_path, policy="premium.toml")


@pytest.fixture
def ana(desk: StoreDesk) -> str:
    return desk.agent("Ana Ruiz").agent_id


def two(desk: StoreDesk, minutes: int = 20) -> tuple[str, str]:
    """Two live requests of Marie, the second some minutes after the first."""
    first = desk.open_ticket(MARIE, "The invoices page is empty")
    desk.clock.advance(minutes=minutes)
    second = desk.open_ticket(MARIE, "Invoices still missing today")
    desk.clock.advance(minutes=1)
    return first, second


def promise(desk: StoreDesk, ticket_id: str, target: str) -> DeadlineView:
    return [p for p in desk.wiring.queries.ticket(ticket_id).deadlines if p.target == target][-1]


def said(desk: StoreDesk, ticket_id: str) -> list[str]:
    return [entry.text for entry in desk.wiring.queries.ticket(ticket_id).entries if entry.text]


def test_the_duplicate_closes_and_owes_nothing_more(desk: StoreDesk, ana: str) -> None:
    first, second = two(desk)
    desk.wiring.desk.act(second, "merge", ana, into=first)
    merged = desk.wiring.queries.ticket(second)
    assert (merged.ticket.status, merged.ticket.merged_into) == ("closed", first)
    assert merged.deadlines == []
    assert [row.ticket_id for row in desk.wiring.queries.rows("open")] == [first]
    assert [row.ticket_id for row in desk.wiring.queries.rows("solved")] == [second]


def test_what_was_said_there_is_read_in_the_other_in_order(desk: StoreDesk, ana: str) -> None:
    first, second = two(desk)
    desk.wiring.desk.act(second, "note", ana, text="same as before")
    desk.clock.advance(minutes=1)
    desk.wiring.desk.act(second, "merge", ana, into=first)
    entries = desk.wiring.queries.ticket(first).entries
    assert {entry.thread_id for entry in entries} == {first, second}
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert "same as before" in said(desk, first)


def test_the_customer_is_told_in_one_sentence_and_writes_on_there(desk: StoreDesk, ana: str) -> None:
    first, second = two(desk)
    desk.wiring.desk.act(second, "merge", ana, into=first)
    last = desk.wiring.queries.ticket(first).entries[-1]
    numbers = [desk.wiring.queries.ticket(t).ticket.number for t in (second, first)]
    assert last.said
    [line] = last.said.lines
    assert [line.params["number"], line.params["into"]] == numbers  # type: ignore[union-attr]
    desk.customer_writes(MARIE, "Also the credit notes")
    assert said(desk, first)[-1] == "Also the credit notes"


def test_the_promise_is_as_old_as_the_older_request(desk: StoreDesk, ana: str) -> None:
    first, second = two(desk)
    due_at = promise(desk, first, "first_response").due_at
    desk.wiring.desk.act(first, "merge", ana, into=second)
    assert promise(desk, second, "first_response").due_at == due_at
    assert promise(desk, second, "resolution").started_at == desk.clock() - timedelta(minutes=21)


def test_an_answer_on_the_duplicate_was_the_first_answer(desk: StoreDesk, ana: str) -> None:
    first, second = two(desk)
    desk.wiring.desk.act(first, "reply", ana, text="We are looking at it")
    answered_at = desk.clock()
    desk.clock.advance(hours=1)
    desk.wiring.desk.act(first, "merge", ana, into=second)
    assert promise(desk, second, "first_response").met_at == answered_at


def test_a_hold_goes_on_when_the_customer_wrote_nothing_since(desk: StoreDesk, ana: str) -> None:
    first, second = two(desk)
    desk.wiring.desk.act(first, "hold", ana)
    desk.clock.advance(minutes=10)
    desk.wiring.desk.act(second, "merge", ana, into=first)
    assert desk.wiring.queries.ticket(first).ticket.status == "waiting"
    assert promise(desk, first, "resolution").is_on_hold


def test_a_hold_ends_when_the_duplicate_was_written_after_it(desk: StoreDesk, ana: str) -> None:
    first = desk.open_ticket(MARIE, "The invoices page is empty")
    desk.wiring.desk.act(first, "hold", ana)
    desk.clock.advance(minutes=10)
    second = desk.open_ticket(MARIE, "Invoices still missing today")
    desk.wiring.desk.act(second, "merge", ana, into=first)
    assert desk.wiring.queries.ticket(first).ticket.status == "open"
    assert not promise(desk, first, "resolution").is_on_hold


def test_three_requests_become_one_with_the_words_and_the_age_of_all(desk: StoreDesk, ana: str) -> None:
    first, second = two(desk)
    opened_at = desk.wiring.queries.ticket(first).ticket.opened_at
    desk.clock.advance(minutes=5)
    third = desk.open_ticket(MARIE, "And my password is refused")
    desk.wiring.desk.act(first, "merge", ana, into=second)
    desk.wiring.desk.act(second, "merge", ana, into=third)
    assert {e.thread_id for e in desk.wiring.queries.ticket(third).entries} == {first, second, third}
    assert promise(desk, third, "first_response").started_at == opened_at


def test_a_part_of_another_request_is_not_opened_again(desk: StoreDesk, ana: str) -> None:
    first, second = two(desk)
    desk.wiring.desk.act(second, "merge", ana, into=first)
    with pytest.raises(NotAllowed):
        desk.wiring.desk.act(second, "reopen", ana)
    with pytest.raises(NotAllowed):
        desk.wiring.desk.act(second, "merge", ana, into=first)


def test_only_live_requests_are_merged(desk: StoreDesk, ana: str) -> None:
    first, second = two(desk)
    desk.wiring.desk.act(first, "resolve", ana)
    for ticket_id, into in ((first, second), (second, first)):
        with pytest.raises(NotAllowed):
            desk.wiring.desk.act(ticket_id, "merge", ana, into=into)
    assert desk.wiring.queries.ticket(second).ticket.status == "new"


def test_requests_of_two_customers_are_never_merged(desk: StoreDesk, ana: str) -> None:
    mine, theirs = desk.open_ticket(MARIE), desk.open_ticket(OTHER)
    for into in (theirs, mine, "none", ""):
        with pytest.raises(NotFound):
            desk.wiring.desk.act(mine, "merge", ana, into=into)
    assert desk.wiring.queries.ticket(mine).ticket.status == "new"


@pytest.mark.parametrize(("into", "status"), [("", 400), (7, 400), ("none", 404), ("x" * 65, 400)])
def test_what_a_page_must_not_send_is_refused(desk: StoreDesk, into: object, status: int) -> None:
    ticket_id, client = desk.open_ticket(MARIE), desk.browser(desk.agent("Ana Ruiz"))
    code, _ = post_action(desk, client, f"{ticket_id}/merge", into=into)
    assert code == status


def test_an_agent_merges_from_the_details_and_lands_in_the_other(desk: StoreDesk, visit: Visit) -> None:
    first, second = two(desk)
    numbers = {t: desk.wiring.queries.ticket(t).ticket.number for t in (first, second)}
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{second}")
    page.get_by_role("button", name=f"Merge this request into {numbers[first]}").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert desk.wiring.queries.ticket(second).ticket.status == "new"
    page.get_by_role("button", name=f"Merge this request into {numbers[first]}").click()
    page.get_by_role("dialog").get_by_role("button", name="Merge into it").click()
    expect(page.locator("#head")).to_contain_text(numbers[first])
    expect(
        page.locator(".event", has_text=f"{numbers[second]} was merged into this by Ana Ruiz")
    ).to_be_visible()
    assert desk.wiring.queries.ticket(second).ticket.status == "closed"


def test_the_clock_of_the_other_is_explained_from_the_older_start(desk: StoreDesk, ana: str) -> None:
    first, second = two(desk)
    desk.wiring.desk.act(first, "merge", ana, into=second)
    told = desk.browser(desk.agent("Ana Ruiz")).get(
        f"/inbox/api/tickets/{second}/explain?target=first_response"
    )
    opened_at = desk.wiring.queries.ticket(first).ticket.opened_at
    assert datetime.fromisoformat(told.json["stretches"][0]["from"]) == opened_at
