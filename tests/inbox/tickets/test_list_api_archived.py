"""Archived tickets on the pages and in the API: found after the live ones, read, brought back, never changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from redis import Redis

from tests.fixtures.agent_client import AgentClient
from tests.fixtures.archived_tickets import JOHN, MARIE, ArchivedDesk


@pytest.fixture
def old(redis: Redis, tmp_path: Path) -> ArchivedDesk:
    return ArchivedDesk(redis, tmp_path)


@pytest.fixture
def desk(old: ArchivedDesk) -> object:
    """The web app that `address` and `visit` look at."""
    return old


def get(old: ArchivedDesk, path: str) -> dict:  # type: ignore[type-arg]
    found = old.browser(old.ana).get(path)
    assert found.status_code == 200, found.text
    return found.get_json()  # type: ignore[no-any-return]


def search(old: ArchivedDesk, words: str) -> list[str]:
    return [row["id"] for row in get(old, f"/inbox/api/search/archive?q={words}")["rows"]]


def away(old: ArchivedDesk) -> None:
    """The archive's file is gone, and cannot be made again."""
    for path in old.folder.glob("archive.db*"):
        path.unlink()
    (old.folder / "archive.db").mkdir()


@pytest.mark.parametrize(
    "words", ["Marie", "dubois+acme", "écran", "ECRAN", "{number}", "{number} ", "mise+jour"]
)
def test_it_is_found_by_number_name_company_and_words_whatever_their_accents(
    old: ArchivedDesk, words: str
) -> None:
    ticket_id = old.old(MARIE, "L’écran reste noir après la mise à jour")
    number = old.wiring.queries.ticket(ticket_id).ticket.number
    old.look()
    assert search(old, words.format(number=number)) == [ticket_id]


@pytest.mark.parametrize("words", ["42424242", "42 42 42", "%2B42424242", "424242"])
def test_it_is_found_by_the_phone_however_it_is_typed(old: ArchivedDesk, words: str) -> None:
    ticket_id = old.old("telegram:42424242")
    old.look()
    assert search(old, words) == [ticket_id]
    assert search(old, "999999") == []


@pytest.mark.parametrize("words", ["%2B351 912 345 678", "00351912345678", "351-912-345-678", "912 345 678"])
def test_it_is_found_by_a_whatsapp_number_in_any_spelling(old: ArchivedDesk, words: str) -> None:
    ticket_id = old.old("whatsapp:+351912345678")
    old.look()
    assert search(old, words) == [ticket_id]


def test_live_tickets_are_not_among_the_archived_ones(old: ArchivedDesk) -> None:
    old.old(MARIE)
    live = old.open_ticket(JOHN)
    assert search(old, "Marie") == []
    old.look()
    assert live not in search(old, "Marie")
    assert get(old, "/inbox/api/search?q=Marie")["rows"][0]["id"] == live


def test_nothing_runs_and_nothing_is_unread_on_an_archived_line(old: ArchivedDesk) -> None:
    old.old(MARIE)
    old.look()
    (row,) = get(old, "/inbox/api/search/archive?q=Marie")["rows"]
    assert row["is_archived"]
    assert not {"is_unread", "due_at", "warn_at"} & row.keys()


def test_it_can_be_read_and_not_be_changed_but_for_bringing_it_back(old: ArchivedDesk) -> None:
    ticket_id = old.old(MARIE)
    before = get(old, f"/inbox/api/tickets/{ticket_id}")["ticket"]
    old.look()
    after = get(old, f"/inbox/api/tickets/{ticket_id}")["ticket"]
    assert after["items"] == before["items"]
    assert after["details"] == before["details"]
    assert after["deadlines"] == before["deadlines"]
    assert after["can"] == {"bring_back": True}
    assert after["archived_at"]
    assert not before["archived_at"]


def post(old: ArchivedDesk, ticket_id: str, action: str, **body: object) -> tuple[int, dict]:  # type: ignore[type-arg]
    answer = AgentClient(old, old.ana).post(f"/tickets/{ticket_id}/{action}", **body)
    return answer.status_code, answer.get_json()


@pytest.mark.parametrize("action", ["reply", "note", "reopen", "claim", "tags"])
def test_a_page_that_had_it_open_while_it_left_is_told_to_bring_it_back(
    old: ArchivedDesk, action: str
) -> None:
    ticket_id = old.old(MARIE)
    old.look()
    status, told = post(old, ticket_id, action, text="Hello", tags=["x"])
    assert (status, told["error"]) == (409, "archived")
    assert old.where(ticket_id) == "archived"


def test_it_is_brought_back_and_written_on(old: ArchivedDesk) -> None:
    ticket_id = old.old(MARIE)
    old.look()
    status, told = post(old, ticket_id, "bring-back")
    assert (status, told["ticket"]["status"], told["ticket"]["archived_at"]) == (200, "resolved", None)
    assert "brought back from the archive by Ana Silva" in str(told["ticket"]["items"][-1])
    assert post(old, ticket_id, "note", text="Looked at again")[0] == 200
    assert search(old, "Marie") == []


def test_one_that_was_never_there_cannot_be_brought_back(old: ArchivedDesk) -> None:
    assert post(old, "ab" * 10 + "-1", "bring-back")[0] == 404


def test_an_old_link_with_its_number_opens_it(old: ArchivedDesk) -> None:
    ticket_id = old.old(MARIE)
    number = old.wiring.queries.ticket(ticket_id).ticket.number
    old.look()
    found = old.browser(old.ana).get(f"/inbox/ticket/{number}")
    assert (found.status_code, found.headers["Location"]) == (302, f"/inbox/ticket/{ticket_id}")


def test_their_other_requests_name_it_without_asking_the_archive(old: ArchivedDesk) -> None:
    ticket_id = old.old(MARIE)
    old.look()
    second = old.open_ticket(MARIE, "The printer")
    away(old)
    others = get(old, f"/inbox/api/tickets/{second}")["ticket"]["contact"]["tickets"]
    assert [(each["id"], each["status"]) for each in others] == [(ticket_id, "archived")]


def test_why_a_promise_fell_due_is_told_as_before(old: ArchivedDesk) -> None:
    ticket_id = old.old(MARIE)
    path = f"/inbox/api/tickets/{ticket_id}/why?target=first_response&turn=1"
    before = old.browser(old.ana).get(path)
    old.look()
    after = old.browser(old.ana).get(path)
    assert (after.status_code, after.get_json()) == (before.status_code, before.get_json())


def test_while_the_archive_is_away_live_work_goes_on_and_pages_say_so(old: ArchivedDesk) -> None:
    ticket_id = old.old(MARIE)
    old.look()
    live = old.open_ticket(JOHN)
    away(old)
    assert get(old, "/inbox/api/search/archive?q=Marie") == {"rows": [], "is_cut": False, "is_away": True}
    assert [row["id"] for row in get(old, "/inbox/api/search?q=Marie")["rows"]] == [live]
    browser = old.browser(old.ana)
    assert browser.get(f"/inbox/api/tickets/{live}").status_code == 200
    gone = browser.get(f"/inbox/api/tickets/{ticket_id}")
    assert (gone.status_code, gone.get_json()["error"]) == (503, "archive-away")
    assert browser.get("/readyz").status_code == 200


def test_the_promises_behind_a_figure_name_archived_tickets_as_long_as_it_answers(old: ArchivedDesk) -> None:
    ticket_id, live = old.old(MARIE), old.open_ticket(JOHN)
    old.look()
    found = old.wiring.queries.rows_with_archived([ticket_id, live])
    assert [row.ticket_id for row in found] == [ticket_id, live]
    away(old)
    assert [row.ticket_id for row in old.wiring.queries.rows_with_archived([ticket_id, live])] == [live]


def bearer(old: ArchivedDesk) -> dict[str, str]:
    return {"Authorization": f"Bearer {old.wiring.tokens.add('portal')[1]}"}


def test_apps_read_it_by_its_number_and_are_told_that_it_takes_nothing_more(old: ArchivedDesk) -> None:
    ticket_id = old.old(MARIE)
    number = old.wiring.queries.ticket(ticket_id).ticket.number
    client, token = old.app.test_client(), bearer(old)
    before = client.get(f"/api/v1/tickets/{number}/thread", headers=token).get_json()
    old.look()
    ticket = client.get(f"/api/v1/tickets/{number}", headers=token)
    assert (ticket.status_code, ticket.get_json()["status"]) == (200, "closed")
    assert ticket.get_json()["archived_at"]
    assert client.get(f"/api/v1/tickets/{number}/thread", headers=token).get_json() == before
    for kind in ("messages", "replies", "notes"):
        told = client.post(f"/api/v1/tickets/{number}/{kind}", json={"text": "Hello"}, headers=token)
        assert (told.status_code, told.get_json()["detail"]) == (
            409, "That can't be done while the ticket is archived.",
        )  # fmt: skip
    away(old)
    told = client.get(f"/api/v1/tickets/{number}", headers=token)
    assert (told.status_code, told.get_json()["code"]) == (503, "archive-away")


def test_on_the_page_it_comes_after_the_live_ones_opens_and_comes_back(
    old: ArchivedDesk, visit: Callable[..., Page]
) -> None:
    old.old(MARIE, "The screen stays black")
    old.look()
    old.open_ticket(JOHN, "The screen flickers", name="John Smith")
    page = visit(old.ana, "/inbox/")
    page.fill("#search", "screen")
    rows = page.locator("#rows > li")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("John Smith")
    expect(rows.nth(1)).to_contain_text("archived")
    rows.nth(1).locator("a").click()
    expect(page.locator("#archived")).to_contain_text("Archived on")
    expect(page.locator("#composer")).to_be_hidden()
    expect(page.locator("#head .status")).to_have_text("archived")
    expect(page.locator("#thread")).to_contain_text("Please start it again")
    page.keyboard.press("n")
    expect(page.locator("#composer")).to_be_hidden()
    page.click("#bring-back")
    expect(page.locator("#archived")).to_be_hidden()
    expect(page.locator("#composer")).to_be_visible()
    expect(page.locator("#head .status")).to_have_text("solved")
    expect(page.locator("#thread")).to_contain_text("brought back from the archive")


def test_on_the_page_an_archive_that_is_away_is_one_line_beside_live_results(
    old: ArchivedDesk, visit: Callable[..., Page]
) -> None:
    old.open_ticket(JOHN, "The screen flickers", name="John Smith")
    away(old)
    page = visit(old.ana, "/inbox/")
    page.fill("#search", "screen")
    expect(page.locator("#rows > li")).to_have_count(1)
    expect(page.locator("#list-note")).to_contain_text("The archive can’t be reached")
    page.fill("#search", "")
    expect(page.locator("#list-note")).to_be_hidden()
