"""Replies, notes and customers' words by the API: where they go, who sees them, and what they do to promises."""

import pytest
from redis import Redis

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from jobs.alerts.recipients import name_of
from store import keys
from tests.fixtures.api_client import ApiClient
from tests.fixtures.store_desk import StoreDesk

MARIE = "telegram:42"


@pytest.fixture
def number(app: ApiClient) -> str:
    """A ticket of somebody on Telegram."""
    return str(app.open(MARIE)["number"])


def act(desk: StoreDesk, number: str, action: str) -> None:
    """An agent does something in the inbox."""
    ana = desk.agent("Ana Ruiz").agent_id
    ticket_id = desk.wiring.queries.by_number(number)
    desk.wiring.desk.act(ticket_id, action, ana)


def first_response(app: ApiClient, number: str) -> object:
    promises = app.get(f"/tickets/{number}").get_json()["promises"]
    return next(each["met_at"] for each in promises if each["target"] == "first_response")


def test_a_reply_goes_to_the_customer_and_keeps_the_promise(
    desk: StoreDesk, app: ApiClient, number: str
) -> None:
    desk.clock.advance(minutes=1)
    answer = app.post(f"/tickets/{number}/replies", {"text": " Please try again. "})
    assert answer.status_code == 201
    message = answer.get_json()
    assert (message["author"], message["name"], message["text"]) == ("agent", "Portal", "Please try again.")
    assert message["sending"]["status"] == "queued"
    assert first_response(app, number) == "2026-03-02T09:01:00Z"
    assert app.thread(number)[-1] == message
    lane = desk.wiring.redis.lrange(keys.lane(make_contact_id(Address.parse(MARIE))), 0, -1)
    assert lane[-1].decode() == message["id"]


def test_a_reply_leaves_the_ticket_with_nobody_so_that_an_agent_takes_it(app: ApiClient, number: str) -> None:
    app.post(f"/tickets/{number}/replies", {"text": "We look at it"})
    assert app.get(f"/tickets/{number}").get_json()["assignee"] is None
    assert [t["number"] for t in app.get("/tickets?view=unassigned").get_json()["tickets"]] == [number]


def test_a_reply_to_somebody_of_a_portal_stands_in_the_thread(app: ApiClient) -> None:
    number = app.open("portal:marie")["number"]
    message = app.post(f"/tickets/{number}/replies", {"text": "Hello"}).get_json()
    assert message["sending"] is None
    assert app.thread(number)[-1]["text"] == "Hello"


def test_a_note_is_for_agents_and_for_apps_that_ask(app: ApiClient, number: str) -> None:
    note = app.post(f"/tickets/{number}/notes", {"text": "calls every day"}).get_json()
    assert (note["author"], note["sending"]) == ("note", None)
    assert all(message["author"] != "note" for message in app.thread(number))
    assert app.thread(number, notes="true")[-1]["text"] == "calls every day"
    assert first_response(app, number) is None


def test_what_the_customer_writes_in_the_portal_asks_for_an_answer(desk: StoreDesk, app: ApiClient) -> None:
    number = app.open("portal:marie")["number"]
    app.post(f"/tickets/{number}/replies", {"text": "Which version?"})
    act(desk, number, "hold")
    message = app.post(f"/tickets/{number}/messages", {"text": "Version 3"}).get_json()
    assert (message["author"], message["name"], message["through"]) == ("customer", "Marie Dubois", "Portal")
    ticket = app.get(f"/tickets/{number}").get_json()
    assert ticket["status"] == "open"
    assert any(p["target"] == "next_response" and not p["met_at"] for p in ticket["promises"])


def test_a_solved_ticket_is_open_again_when_its_customer_writes(
    desk: StoreDesk, app: ApiClient, number: str
) -> None:
    act(desk, number, "resolve")
    assert app.get(f"/tickets/{number}").get_json()["status"] == "resolved"
    assert app.post(f"/tickets/{number}/messages", {"text": "It fails again"}).status_code == 201
    assert app.get(f"/tickets/{number}").get_json()["status"] == "open"
    assert "is open again" in app.thread(number)[-1]["text"]


@pytest.mark.parametrize("what", ["replies", "messages"])
def test_a_closed_ticket_takes_nothing_more(desk: StoreDesk, app: ApiClient, number: str, what: str) -> None:
    act(desk, number, "resolve")
    ticket_id = desk.wiring.queries.by_number(number)
    desk.clock.advance(days=8)
    desk.wiring.deadline_check.check(ticket_id)
    before = app.thread(number)
    answer = app.post(f"/tickets/{number}/{what}", {"text": "Hello"})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "not-allowed")
    assert answer.get_json()["detail"] == "That can't be done while the ticket is closed."
    assert app.thread(number) == before


@pytest.mark.parametrize("what", ["replies", "notes", "messages"])
def test_the_same_key_writes_once_and_answers_alike(app: ApiClient, number: str, what: str) -> None:
    first, again = (app.post(f"/tickets/{number}/{what}", {"text": "Hello"}, "k1") for _ in range(2))
    assert first.get_json() == again.get_json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert sum(m["text"] == "Hello" for m in app.thread(number, notes="true")) == 1
    other = app.post(f"/tickets/{number}/{what}", {"text": "Good day"}, "k1")
    assert (other.status_code, other.get_json()["code"]) == (422, "key-reused")
    assert sum(m["text"] == "Good day" for m in app.thread(number, notes="true")) == 0


def test_colleagues_elsewhere_read_the_name_of_the_app_too(desk: StoreDesk, app: ApiClient) -> None:
    agents, tokens = desk.wiring.agents, desk.wiring.tokens
    assert name_of(agents, tokens, app.token.token_id) == "Portal"
    assert name_of(agents, tokens, desk.agent("Ana Ruiz").agent_id) == "Ana Ruiz"
    assert name_of(agents, tokens, "t0000000000") == "t0000000000"


def test_a_key_of_a_reply_is_none_of_a_note(app: ApiClient, number: str) -> None:
    assert app.post(f"/tickets/{number}/replies", {"text": "Hello"}, "k1").status_code == 201
    assert app.post(f"/tickets/{number}/notes", {"text": "Hello"}, "k1").status_code == 422


@pytest.mark.parametrize("what", ["replies", "notes", "messages"])
@pytest.mark.parametrize(
    "body",
    [{}, {"text": ""}, {"text": " \n"}, {"text": "\x00\x07"}, {"text": 7}, {"text": None}, {"text": ["a"]},
     {"text": "x" * 20_001}, {"text": "x", "to": "paul"}, [], "text", 7],
)  # fmt: skip
def test_words_that_are_none_are_refused_and_nothing_is_written(
    app: ApiClient, number: str, what: str, body: object
) -> None:
    before = app.thread(number, notes="true")
    answer = app.post(f"/tickets/{number}/{what}", body)
    assert answer.status_code == 422
    assert answer.get_json()["errors"]
    assert app.thread(number, notes="true") == before


@pytest.mark.parametrize("number", ["K4-000", "nothing", "..%2F..", "%00", "a" * 500, "📎"])
@pytest.mark.parametrize("what", ["replies", "notes", "messages"])
def test_a_ticket_that_there_is_not(app: ApiClient, number: str, what: str) -> None:
    answer = app.post(f"/tickets/{number}/{what}", {"text": "Hello"})
    assert answer.status_code == 404
    assert answer.get_json()["status"] == 404


def test_a_code_in_what_a_customer_writes_is_kept_nowhere(redis: Redis, app: ApiClient, number: str) -> None:
    message = app.post(
        f"/tickets/{number}/messages", {"text": "my support code is GV-44171, thanks"}
    ).get_json()
    assert message["text"] == "my support code is •••, thanks"
    assert all(b"44171" not in (redis.dump(key) or b"") for key in redis.scan_iter())
