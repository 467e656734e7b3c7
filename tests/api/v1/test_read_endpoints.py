"""Lists, threads, explanations and figures by the API: paged, complete, and refused in words."""

import pytest

from bot.messages.outgoing import Attachment
from store.agents.agent import Role
from tests.fixtures.api_client import ApiClient
from tests.fixtures.store_desk import StoreDesk


def pages(app: ApiClient, view: str, limit: int) -> list[list[str]]:
    """The numbers of a view, page by page."""
    found, cursor = [], ""
    while True:
        query = {"view": view, "limit": str(limit)} | ({"cursor": cursor} if cursor else {})
        answer = app.get("/tickets", query_string=query).get_json()
        found.append([ticket["number"] for ticket in answer["tickets"]])
        cursor = answer["next_cursor"]
        if not cursor:
            return found


def several(app: ApiClient, count: int) -> list[str]:
    """The most urgent is opened last."""
    priorities = ["low", "medium", "high", "urgent"]
    return [app.open(f"portal:{n}", priority=priorities[n * 4 // count])["number"] for n in range(count)]


def test_pages_tell_each_ticket_once_in_the_order_of_the_inbox(desk: StoreDesk, app: ApiClient) -> None:
    numbers = several(app, 11)
    told = pages(app, "open", 3)
    assert [len(page) for page in told] == [3, 3, 3, 2]
    flat = [number for page in told for number in page]
    assert sorted(flat) == sorted(numbers)
    rows = desk.browser(desk.agent("Ana")).get("/inbox/api/tickets").get_json()["rows"]
    assert flat == [row["number"] for row in rows]


@pytest.mark.parametrize("limit", [1, 4, 200])
def test_the_last_page_has_no_cursor(app: ApiClient, limit: int) -> None:
    several(app, 4)
    assert sum(len(page) for page in pages(app, "unassigned", limit)) == 4


def test_what_stays_where_it_was_is_told_once_though_others_move(desk: StoreDesk, app: ApiClient) -> None:
    numbers = several(app, 8)
    first = app.get("/tickets?limit=3").get_json()
    told = [ticket["number"] for ticket in first["tickets"]]
    for number in told[-1:]:
        desk.wiring.desk.act(desk.wiring.queries.by_number(number), "resolve", desk.agent("Ana").agent_id)
    rest = app.get("/tickets", query_string={"limit": "200", "cursor": first["next_cursor"]}).get_json()
    told += [ticket["number"] for ticket in rest["tickets"]]
    assert sorted(told) == sorted(numbers)


def test_the_solved_are_paged_from_the_latest_on(desk: StoreDesk, app: ApiClient) -> None:
    numbers = several(app, 5)
    for number in numbers:
        desk.clock.advance(seconds=1)
        desk.wiring.desk.act(desk.wiring.queries.by_number(number), "resolve", desk.agent("Ana").agent_id)
    assert pages(app, "solved", 2) == [numbers[4:2:-1], numbers[2:0:-1], numbers[:1]]
    assert pages(app, "open", 2) == [[]]


def test_the_overdue_are_those_whose_moment_has_passed(desk: StoreDesk, app: ApiClient) -> None:
    late = app.open("portal:a", priority="urgent")["number"]
    app.open("portal:b", priority="low")
    assert pages(app, "overdue", 1) == [[]]
    desk.clock.advance(minutes=3)
    assert pages(app, "overdue", 1) == [[late]]


def test_a_line_tells_what_the_inbox_shows(desk: StoreDesk, app: ApiClient) -> None:
    ticket_id = desk.open_ticket()
    ana = desk.agent("Ana Ruiz")
    desk.wiring.desk.act(ticket_id, "claim", ana.agent_id)
    (line,) = app.get("/tickets").get_json()["tickets"]
    assert (line["assignee"], line["channel"], line["name"]) == ("Ana Ruiz", "telegram", "Marie Dubois")
    assert (line["target"], line["due_at"]) == ("first_response", "2026-03-02T09:04:00Z")


def test_a_number_is_found_however_it_is_written(app: ApiClient) -> None:
    number = app.open()["number"]
    for written in (number.lower(), number.replace("-", ""), f"%23{number}"):
        assert app.get(f"/tickets/{written}").get_json()["number"] == number


def test_a_thread_is_paged_and_tells_files_and_buttons(desk: StoreDesk, app: ApiClient) -> None:
    ticket_id = desk.open_ticket()
    desk.customer_sends("telegram:42", Attachment("image", "image/png", "shot.png", 5, problem="too_big"))
    number = desk.wiring.queries.ticket(ticket_id).ticket.number
    whole = app.thread(number, limit="200")
    cursor, parts = "", []
    while cursor is not None:
        query = {"limit": "4"} | ({"cursor": cursor} if cursor else {})
        answer = app.get(f"/tickets/{number}/thread", query_string=query).get_json()
        parts += answer["messages"]
        cursor = answer["next_cursor"]
    assert parts == whole
    assert whole[-1]["files"] == [
        {"name": "shot.png", "kind": "image", "media_type": "image/png", "size": 5, "problem": "too_big"}
    ]
    assert any("Urgent" in option for message in whole for option in message["options"])


def test_a_promise_is_explained_stretch_by_stretch(desk: StoreDesk, app: ApiClient) -> None:
    number = app.open()["number"]
    told = app.get(f"/tickets/{number}/explain?target=first_response").get_json()
    assert (told["standing"], told["counted_seconds"]) == ("running", 240.0)
    assert [(s["reason"], s["seconds"]) for s in told["stretches"]] == [("open", 240.0)]
    desk.clock.advance(minutes=5)
    assert app.get(f"/tickets/{number}/explain?target=first_response").get_json()["standing"] == "overdue"


def test_a_customer_whom_nobody_knows_has_no_tickets(app: ApiClient) -> None:
    assert app.get("/contacts/portal:nobody/tickets").get_json() == {"tickets": []}


def test_customers_see_each_others_tickets_never(app: ApiClient) -> None:
    marie, paul = app.open("portal:marie")["number"], app.open("portal:paul")["number"]
    for address, number in (("portal:marie", marie), ("portal:paul", paul)):
        listed = app.get(f"/contacts/{address}/tickets").get_json()["tickets"]
        assert [each["number"] for each in listed] == [number]


def test_only_a_managers_token_reads_the_overview(desk: StoreDesk, app: ApiClient) -> None:
    app.open(priority="urgent")
    desk.clock.advance(minutes=3)
    refused = app.get("/overview")
    assert (refused.status_code, refused.get_json()["code"]) == (403, "not-open")
    seen = ApiClient(desk, "Board", Role.MANAGER).get("/overview").get_json()
    assert seen["counts"] == {"unassigned": 1, "open": 1, "waiting": 0, "overdue": 1, "solved": 0}
    assert next(each for each in seen["priorities"] if each["priority"] == "urgent")["overdue"] == 1


def test_what_was_missed_and_kept_stands_in_the_overview(desk: StoreDesk, app: ApiClient) -> None:
    number = app.open(priority="urgent")["number"]
    desk.clock.advance(minutes=3)
    desk.wiring.deadline_check.check(desk.wiring.queries.by_number(number))
    app.post(f"/tickets/{number}/replies", {"text": "Sorry"})
    seen = ApiClient(desk, "Board", Role.MANAGER).get("/overview").get_json()
    assert [(each["number"], each["target"]) for each in seen["alerts"]] == [(number, "first_response")]
    assert seen["kept_by_target"]["first_response"]["this"] == {"kept": 0, "total": 1}


@pytest.mark.parametrize(
    "path",
    ["/tickets?view=mine", "/tickets?view=", "/tickets?limit=0", "/tickets?limit=201", "/tickets?limit=ten",
     "/tickets?limit=1e2", "/tickets?limit=99999999999999999999", "/tickets?cursor=abc", "/tickets?cursor=%ff",
     "/tickets?cursor=" + "x" * 201, "/tickets?cursor=YWZ0ZXJ8MQ", "/tickets?colour=red", "/questions?x=1",
     "/contacts/marie/tickets", "/contacts/mailto:a@b/tickets"],
)  # fmt: skip
def test_a_parameter_that_cannot_be_is_refused_in_words(app: ApiClient, path: str) -> None:
    answer = app.get(path)
    assert answer.status_code == 422
    assert answer.get_json()["detail"].endswith(".")


def test_a_cursor_of_another_view_is_refused(app: ApiClient) -> None:
    several(app, 3)
    cursor = app.get("/tickets?limit=1").get_json()["next_cursor"]
    answer = app.get("/tickets", query_string={"view": "solved", "cursor": cursor})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 422), ("?target=lunch", 422), ("?target=review", 404), ("?target=resolution&turn=2", 404),
     ("?target=resolution&turn=0", 422), ("?target=resolution&turn=-1", 422), ("?turn=1", 422)],
)  # fmt: skip
def test_a_promise_that_there_is_not(app: ApiClient, query: str, status: int) -> None:
    number = app.open()["number"]
    assert app.get(f"/tickets/{number}/explain{query}").status_code == status


@pytest.mark.parametrize(
    "path", ["/tickets/K4-000", "/tickets/K4-000/thread", "/tickets/x/explain?target=review"]
)
def test_a_ticket_that_there_is_not(app: ApiClient, path: str) -> None:
    assert app.get(path).get_json()["code"] == "not-found"


def test_reading_changes_nothing(desk: StoreDesk, app: ApiClient) -> None:
    number = app.open()["number"]
    redis = desk.wiring.redis

    def kept() -> dict[bytes, bytes | None]:
        return {key: redis.dump(key) for key in redis.scan_iter()}

    before = kept()
    paths = ("/tickets", f"/tickets/{number}", f"/tickets/{number}/thread", "/questions")
    for path in (*paths, f"/tickets/{number}/explain?target=resolution", "/contacts/portal:marie/tickets"):
        assert app.get(path).status_code == 200
    assert kept() == before


def test_a_portal_never_shows_what_its_agent_took_back_or_corrected(desk: StoreDesk, app: ApiClient) -> None:
    ticket_id = desk.open_ticket()
    act = desk.wiring.desk.act
    for text in ("That is 900", "It costs 900", "We look"):
        act(ticket_id, "reply", "ana", text=text)
    back, corrected, _ = [
        e.entry_id for e in desk.wiring.queries.ticket(ticket_id).entries if e.author == "agent"
    ]
    act(ticket_id, "withdraw", "ana", entry_id=back, note="he never pays")
    act(ticket_id, "edit", "ana", entry_id=corrected, text="It costs 90", is_note=False)
    path = f"/tickets/{desk.ticket(ticket_id).number}/thread"
    messages = app.get(path).get_json()["messages"]
    shown = [each["text"] for each in messages if each["author"] == "agent"]
    assert shown == ["We look", "It costs 90"]
