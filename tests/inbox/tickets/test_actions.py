"""The inbox's JSON: what agents do, twice, wrongly, and at the same time as somebody else."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from store import keys
from tests.fixtures.agent_client import AgentClient
from tests.fixtures.api_client import ApiClient
from tests.fixtures.store_desk import StoreDesk

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


@pytest.fixture
def ana(desk: StoreDesk) -> AgentClient:
    return AgentClient(desk, desk.agent("Ana Ruiz"))


@pytest.fixture
def ben(desk: StoreDesk) -> AgentClient:
    return AgentClient(desk, desk.agent("Ben Moor"))


def said(inbox: AgentClient, ticket_id: str, words: str) -> int:
    """How many lines of the thread hold these words."""
    items = inbox.get(f"/tickets/{ticket_id}")["ticket"]["items"]
    return sum(words in item.get("text", "") for item in items)


def test_a_reply_answers_with_the_ticket_as_it_is_then(desk: StoreDesk, ana: AgentClient) -> None:
    ticket_id = desk.open_ticket()
    answer = ana.post(f"/tickets/{ticket_id}/reply", text=" Hello ", key="k1")
    told = answer.get_json()["ticket"]
    assert told["status"] == "open"
    assert told["assignee"] == desk.agent("Ana Ruiz").agent_id
    message = next(item for item in told["items"] if item.get("author") == "agent")
    assert (message["text"], message["delivery"]["status"]) == ("Hello", "queued")
    assert next(one for one in told["deadlines"] if one["target"] == "first_response")["met_at"]


@pytest.mark.parametrize("action", ["reply", "note", "return"])
def test_the_same_key_twice_writes_once(desk: StoreDesk, ana: AgentClient, action: str) -> None:
    ticket_id = desk.open_ticket()
    for _ in range(3):
        assert ana.post(f"/tickets/{ticket_id}/{action}", text="Good day", key="k1").status_code == 200
    assert said(ana, ticket_id, "Good day") == 1
    ana.post(f"/tickets/{ticket_id}/{action}", text="Good day", key="k2", is_sure=True)
    assert said(ana, ticket_id, "Good day") == 2


def test_of_two_who_claim_one_has_it_and_the_other_is_told_who(
    desk: StoreDesk, ana: AgentClient, ben: AgentClient
) -> None:
    ticket_id = desk.open_ticket()
    assert ana.post(f"/tickets/{ticket_id}/claim").status_code == 200
    refused = ben.post(f"/tickets/{ticket_id}/claim")
    assert refused.status_code == 409
    assert refused.get_json() == {"error": "already-claimed", "words": "Ana Ruiz has already claimed it."}


def test_what_the_status_does_not_permit_is_refused_in_words(desk: StoreDesk, ana: AgentClient) -> None:
    ticket_id = desk.open_ticket()
    assert ana.post(f"/tickets/{ticket_id}/resolve").status_code == 200
    refused = ana.post(f"/tickets/{ticket_id}/hold")
    assert refused.status_code == 409
    assert refused.get_json()["words"] == "That can’t be done while the request is “solved”."
    assert ana.get(f"/tickets/{ticket_id}")["ticket"]["can"]["hold"] is False


def test_the_life_of_a_ticket_through_its_views(desk: StoreDesk, ana: AgentClient) -> None:
    ticket_id = desk.open_ticket()

    def views() -> set[str]:
        names = ("mine", "unassigned", "open", "waiting", "solved")
        return {name for name in names if ana.get(f"/tickets?view={name}")["rows"]}

    assert views() == {"unassigned", "open"}
    ana.post(f"/tickets/{ticket_id}/claim")
    assert views() == {"mine", "open"}
    ana.post(f"/tickets/{ticket_id}/return", text="Which version?")
    assert views() == {"mine", "open", "waiting"}
    ana.post(f"/tickets/{ticket_id}/release")
    ana.post(f"/tickets/{ticket_id}/resolve")
    assert views() == {"solved"}
    ana.post(f"/tickets/{ticket_id}/reopen")
    assert views() == {"mine", "open"}
    assert ana.get("/tickets?view=open")["counts"]["mine"] == 1


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("reply", {"text": ""}),
        ("reply", {"text": "  \n"}),
        ("reply", {"text": 7}),
        ("reply", {"text": "x" * 20_001}),
        ("reply", {"text": "x", "key": "k" * 65}),
        ("reply", {"text": "x", "files": "none"}),
        ("reply", {"text": "x", "files": [{"id": "../../etc/passwd", "kind": "image"}]}),
        ("reply", {"text": "x", "files": [{"id": "0" * 32, "kind": "image"}]}),
        ("reply", {"text": "x", "files": [{"id": "0" * 32, "kind": "program"}]}),
        ("return", {}),
        ("priority", {"priority": "huge"}),
        ("assign", {"to": "nobody-i-know"}),
        ("tags", {"tags": "login"}),
        ("tags", {"tags": ["x" * 65]}),
        ("tags", {"tags": [{"a": 1}]}),
        ("draft", {"text": "x", "mode": "shout"}),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    desk: StoreDesk, ana: AgentClient, action: str, body: dict[str, Any]
) -> None:
    ticket_id = desk.open_ticket()
    before = desk.wiring.queries.ticket(ticket_id)
    answer = ana.post(f"/tickets/{ticket_id}/{action}", **body)
    assert answer.status_code in (400, 404)
    assert answer.get_json()["words"]
    assert desk.wiring.queries.ticket(ticket_id) == before


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{", b'"text"', b"\xff\xfe", b"x" * 300_000])
def test_a_body_that_is_no_object_is_refused(desk: StoreDesk, ana: AgentClient, data: bytes) -> None:
    path = f"/inbox/api/tickets/{desk.open_ticket()}/reply"
    answer = ana.client.post(path, data=data, content_type="application/json", headers=ana.headers)
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize("ticket_id", ["none", "7c2b18dc92b4da8e5287-9", "../../x", "é", "x" * 3000, "a-1-2"])
def test_a_ticket_that_is_not_there_is_not_found_in_words(
    desk: StoreDesk, ana: AgentClient, ticket_id: str
) -> None:
    for answer in (
        ana.client.get(f"/inbox/api/tickets/{ticket_id}"),
        ana.post(f"/tickets/{ticket_id}/claim"),
        ana.client.get(f"/inbox/ticket/{ticket_id}"),
    ):
        assert answer.status_code == 404


def test_a_ticket_is_also_found_under_its_number_as_people_type_it(desk: StoreDesk, ana: AgentClient) -> None:
    ticket_id = desk.open_ticket()
    number = desk.wiring.queries.ticket(ticket_id).ticket.number
    for typed in (number, number.lower(), number.replace("-", " ")):
        assert ana.client.get(f"/inbox/ticket/{typed}").location == f"/inbox/ticket/{ticket_id}"


def test_a_disabled_colleague_is_given_nothing(desk: StoreDesk, ana: AgentClient) -> None:
    ticket_id, ben = desk.open_ticket(), desk.agent("Ben Moor")
    desk.wiring.agents.disable(ben.agent_id)
    assert ana.post(f"/tickets/{ticket_id}/assign", to=ben.agent_id).status_code == 400


def test_a_file_goes_out_as_what_it_is(desk: StoreDesk, ana: AgentClient) -> None:
    ticket_id = desk.open_ticket()
    file = ana.upload("écran.png", PNG).get_json()["file"]
    assert (file["kind"], file["name"], file["size"]) == ("image", "écran.png", len(PNG))
    ana.post(f"/tickets/{ticket_id}/reply", files=[file])
    [sent] = desk.wiring.queries.ticket(ticket_id).entries[-1].attachments or (
        desk.wiring.queries.ticket(ticket_id).entries[-2].attachments
    )
    assert (sent.file_id, sent.size) == (file["id"], len(PNG))
    with ana.client.get(f"/inbox/files/{file['id']}") as fetched:
        assert fetched.data == PNG
        assert fetched.mimetype == "image/png"


def test_a_file_that_is_too_big_or_nameless_is_refused_in_words(ana: AgentClient) -> None:
    assert ana.upload("big.bin", b"x" * (17 * 1024 * 1024)).status_code == 413
    assert ana.upload("", b"x").status_code == 400


def test_changes_tell_which_tickets_moved_and_nothing_twice(desk: StoreDesk, ana: AgentClient) -> None:
    cursor = ana.get("/changes")["cursor"]
    assert ana.get(f"/changes?since={cursor}")["tickets"] == []
    ticket_id = desk.open_ticket()
    told = ana.get(f"/changes?since={cursor}")
    assert told["tickets"] == [ticket_id]
    assert ana.get(f"/changes?since={told['cursor']}")["tickets"] == []


@pytest.mark.parametrize("cursor", ["nonsense", "0-0-0", "-1", "9" * 40, "<script>", "+"])
def test_a_cursor_that_is_none_begins_anew(desk: StoreDesk, ana: AgentClient, cursor: str) -> None:
    answer = ana.client.get("/inbox/api/changes", query_string={"since": cursor})
    assert answer.status_code == 200
    assert answer.get_json()["tickets"] == []


def test_a_message_is_unread_until_it_was_seen_and_for_each_agent_apart(
    desk: StoreDesk, ana: AgentClient, ben: AgentClient
) -> None:
    ticket_id = desk.open_ticket()
    ana.post(f"/tickets/{ticket_id}/seen")
    assert "is_unread" not in ana.get("/tickets?view=open")["rows"][0]
    assert ben.get("/tickets?view=open")["rows"][0]["is_unread"] is True
    desk.clock.advance(minutes=1)
    desk.customer_writes("telegram:42", "still nothing")
    assert ana.get("/tickets?view=open")["rows"][0]["is_unread"] is True


def test_when_the_store_goes_away_the_page_is_told_to_try_again(desk: StoreDesk, ana: AgentClient) -> None:
    desk.wiring.redis.config_set("maxmemory", 1)
    desk.wiring.redis.config_set("maxmemory-policy", "noeviction")
    try:
        ticket_answer = ana.post("/tickets/none/here", is_typing=True)
    finally:
        desk.wiring.redis.config_set("maxmemory", 0)
    assert ticket_answer.status_code == 503
    assert "Nothing is lost" in ticket_answer.get_json()["words"]


def test_a_command_that_the_store_refuses_is_not_told_as_an_outage(desk: StoreDesk, ana: AgentClient) -> None:
    desk.redis.delete(keys.LIVE)
    desk.redis.set(keys.LIVE, "no sorted set")
    desk.app.config["PROPAGATE_EXCEPTIONS"] = False
    page, api = ana.client.get("/inbox/api/tickets?view=open"), ApiClient(desk).get("/tickets")
    assert (page.status_code, api.status_code) == (500, 500)
    assert "our side" in page.get_json()["words"]
    assert api.get_json()["code"] == "our-fault"


@pytest.mark.parametrize("words", ["%2B351 912 345 678", "00351912345678", "351-912-345-678"])
def test_a_whole_phone_number_finds_its_tickets_in_any_spelling(desk: StoreDesk, words: str) -> None:
    ticket_id = desk.open_ticket("whatsapp:+351912345678")
    desk.open_ticket("whatsapp:+351912345679")
    inbox = AgentClient(desk, desk.agent("Ana"))
    assert [row["id"] for row in inbox.get(f"/search?q={words}")["rows"]] == [ticket_id]


def test_a_phone_number_is_shown_as_its_country_writes_it(desk: StoreDesk) -> None:
    ticket_id = desk.open_ticket("whatsapp:+351912345678")
    inbox = AgentClient(desk, desk.agent("Ana"))
    shown = inbox.get(f"/tickets/{ticket_id}")["ticket"]["contact"]["addresses"]
    assert shown == [{"channel": "whatsapp", "name": "+351912345678", "label": "+351 912 345 678"}]


@pytest.mark.parametrize("action", ["reply", "return"])
def test_of_two_answers_at_the_same_instant_one_is_asked_about(
    desk: StoreDesk, ana: AgentClient, ben: AgentClient, action: str
) -> None:
    for _ in range(6):
        ticket_id = desk.add_ticket()
        desk.wiring.desk.act(ticket_id, "note", desk.agent("Ana Ruiz").agent_id, text="look")
        seen = ana.get(f"/tickets/{ticket_id}")["ticket"]["items"][-1]["id"]
        start = Barrier(2)

        def answer(
            inbox: AgentClient, ticket_id: str = ticket_id, start: Barrier = start, seen: str = seen
        ) -> int:
            start.wait()
            return inbox.post(f"/tickets/{ticket_id}/{action}", text="We look", seen=seen).status_code

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(answer, (ana, ben))) == [200, 409]
        assert said(ana, ticket_id, "We look") == 1


def test_an_answer_to_a_thread_of_which_nothing_was_seen_is_asked_about(
    desk: StoreDesk, ana: AgentClient, ben: AgentClient
) -> None:
    ticket_id = desk.add_ticket()
    assert ana.post(f"/tickets/{ticket_id}/reply", text="We look", seen="").status_code == 200
    refused = ben.post(f"/tickets/{ticket_id}/reply", text="Me too", seen="")
    assert refused.get_json() == {
        "error": "newer", "words": "Ana Ruiz has answered in the meantime. Send yours too?"
    }  # fmt: skip
    assert ben.post(f"/tickets/{ticket_id}/reply", text="Me too", seen="", is_sure=True).status_code == 200


def test_an_answer_that_is_not_out_can_be_taken_back(desk: StoreDesk, ana: AgentClient) -> None:
    ticket_id = desk.open_ticket()
    ana.post(f"/tickets/{ticket_id}/reply", text="That is 900")
    entry = next(i for i in ana.get(f"/tickets/{ticket_id}")["ticket"]["items"] if i.get("author") == "agent")
    told = ana.post(f"/tickets/{ticket_id}/withdraw", entry_id=entry["id"]).get_json()["ticket"]
    assert "That is 900" not in " ".join(desk.messages_to_customer(ticket_id))
    delivery = next(i for i in told["items"] if i.get("id") == entry["id"])["delivery"]
    assert (delivery["reason"], delivery["can_try_again"]) == ("It was taken back before it went out.", False)
    assert not next(one for one in told["deadlines"] if one["target"] == "first_response")["met_at"]
