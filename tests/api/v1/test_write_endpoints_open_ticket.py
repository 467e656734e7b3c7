"""Tickets opened by the API: told to their customers, checked against the policy, made once for each key."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.messages.thread import OutboxEntry
from bot.model.account import Account
from store import keys
from store.accounts.accounts import Accounts
from store.codec import dump, load
from tests.fixtures.api_client import DETAILS, ApiClient
from tests.fixtures.paths import ROOT
from tests.fixtures.store_desk import StoreDesk

MARIE = "telegram:42"


def outbox(desk: StoreDesk, address: str) -> list[OutboxEntry]:
    """What waits to be sent to somebody."""
    redis = desk.wiring.redis
    ids = redis.lrange(keys.lane(make_contact_id(Address.parse(address))), 0, -1)
    return [load(OutboxEntry, redis.get(keys.outbox_entry(entry_id.decode()))) for entry_id in ids]


def wrong(app: ApiClient, address: str = "portal:marie", **details: str) -> dict[str, str]:
    """What is refused of these details, by field; nothing was written."""
    asked = {key: value for key, value in (DETAILS | details).items() if value != "-"}
    answer = app.post("/tickets", {"address": address, "details": asked})
    assert answer.status_code == 422, answer.text
    assert app.get("/tickets").get_json()["tickets"] == []
    return {each["field"]: each["detail"] for each in answer.get_json()["errors"]}


def test_a_complete_request_is_a_ticket_with_its_promises(app: ApiClient) -> None:
    ticket = app.open()
    assert (ticket["status"], ticket["priority"], ticket["category"]) == ("new", "high", "fault")
    assert (ticket["name"], ticket["company"], ticket["address"]) == ("Marie Dubois", "Acme", "portal:marie")
    due = {each["target"]: each["due_at"] for each in ticket["promises"]}
    assert due == {"first_response": "2026-03-02T09:04:00Z", "resolution": "2026-03-02T09:20:00Z"}
    category = next(each for each in ticket["details"] if each["key"] == "category")
    assert (category["value"], category["words"]) == ("fault", "Something fails")


def test_where_the_ticket_is_stands_in_the_answer(app: ApiClient) -> None:
    answer = app.post("/tickets", {"address": "portal:marie", "details": DETAILS})
    path = answer.headers["Location"].removeprefix("/api/v1")
    assert app.get(path).get_json() == answer.get_json()


def test_agents_see_it_at_once_with_the_name_of_the_app(desk: StoreDesk, app: ApiClient) -> None:
    ticket = app.open()
    page = desk.browser(desk.agent("Ana"))
    rows = page.get("/inbox/api/tickets").get_json()["rows"]
    assert [row["number"] for row in rows] == [ticket["number"]]
    items = page.get(f"/inbox/api/tickets/{rows[0]['id']}").get_json()["ticket"]["items"]
    assert items[0]["name"] == "Portal"
    assert items[0]["text"] == DETAILS["description"]
    assert any(item.get("words", "").endswith("Something fails, through Portal") for item in items)


def test_the_customer_is_told_on_their_channel_in_their_language(desk: StoreDesk, app: ApiClient) -> None:
    ticket = app.open(MARIE, description="Quand j’ouvre une facture, l’application se ferme avec une erreur")
    assert ticket["language"] == "fr"
    (told,) = outbox(desk, MARIE)
    assert told.locale == "fr"
    desk_says = app.thread(ticket["number"])[-1]
    assert desk_says["author"] == "desk"
    assert ticket["number"] in desk_says["text"]
    assert desk_says["text"].startswith("✅ La demande")
    assert desk_says["sending"] == {"status": "queued", "reason": None}


def test_somebody_of_a_portal_is_told_in_the_thread_and_nowhere_else(desk: StoreDesk, app: ApiClient) -> None:
    ticket = app.open("portal:marie")
    assert outbox(desk, "portal:marie") == []
    assert desk.wiring.redis.zrange(keys.LANES, 0, -1) == []
    assert [(m["author"], m["sending"]) for m in app.thread(ticket["number"])] == [
        ("customer", None),
        ("desk", None),
    ]


def test_a_customer_whom_we_know_is_not_asked_for_their_name_again(desk: StoreDesk, app: ApiClient) -> None:
    desk.open_ticket(MARIE, name="Marie Curie")
    details = {key: DETAILS[key] for key in ("category", "affected", "description", "priority")}
    answer = app.post("/tickets", {"address": MARIE, "details": details})
    assert answer.status_code == 201, answer.text
    assert answer.get_json()["name"] == "Marie Curie"
    listed = app.get(f"/contacts/{MARIE}/tickets").get_json()["tickets"]
    assert next(each["number"] for each in listed) == answer.get_json()["number"]
    assert len(listed) == 2


def test_a_conversation_that_is_going_on_is_left_where_it_is(desk: StoreDesk, app: ApiClient) -> None:
    desk.customer_writes(MARIE, "English please")
    desk.customer_writes(MARIE, "The green button does nothing at all today")
    before = desk.conversation(MARIE)
    assert before.draft_id
    ticket = app.open(MARIE)
    after = desk.conversation(MARIE)
    assert (after.draft_id, after.stage, after.asking) == (before.draft_id, before.stage, before.asking)
    assert after.answers == before.answers
    assert after.tickets[-1].number == ticket["number"]
    assert after.tickets[-1].ticket_id != before.draft_id


def test_what_the_customer_writes_next_joins_the_ticket(desk: StoreDesk, app: ApiClient) -> None:
    ticket = app.open(MARIE)
    desk.customer_writes(MARIE, "It happens on the tablet too")
    said = [(m["author"], m["text"]) for m in app.thread(ticket["number"])]
    assert ("customer", "It happens on the tablet too") in said


@pytest.mark.parametrize("key", ["name", "category", "affected", "description", "priority"])
def test_a_detail_that_is_missing_is_named(app: ApiClient, key: str) -> None:
    found = wrong(app, **{key: "-"})
    assert list(found) == [f"details.{key}"]
    assert found[f"details.{key}"].startswith("required")


def test_a_detail_that_may_be_skipped_is_not_missed(app: ApiClient) -> None:
    details = {key: value for key, value in DETAILS.items() if key != "company"}
    assert app.post("/tickets", {"address": "portal:x", "details": details}).status_code == 201


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("priority", "huge", "not one of the choices; choose one of: low, medium, high, urgent"),
        ("category", "Something fails", "not one of the choices"),
        ("category", "  ", "required; choose one of: fault"),
        ("description", "broken", "too short; at least 4 words are needed"),
        ("name", "x" * 121, "longer than 120 characters"),
        ("attachments", "a.png", "files are not taken here"),
        ("colour", "red", "this desk does not ask for it"),
        ("\u202e", "red", "this desk does not ask for it"),
    ],
)
def test_a_detail_that_cannot_be_is_named_with_what_can(
    app: ApiClient, key: str, value: str, words: str
) -> None:
    assert wrong(app, **{key: value})[f"details.{key}"].startswith(words)


def test_everything_that_is_wrong_is_named_at_once(app: ApiClient) -> None:
    found = wrong(app, name="-", priority="huge", description="no")
    assert sorted(found) == ["details.description", "details.name", "details.priority"]


@pytest.mark.parametrize(
    "address",
    ["", "marie", "portal:", "portal:a b", "portal:" + "x" * 81, "telegram:-100", "telegram:04", "whatsapp:0351",
     "whatsapp:+351 912", "mailto:a@b.example", "telegram:42\n", "portal:é"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(app: ApiClient, address: str) -> None:
    answer = app.post("/tickets", {"address": address, "details": DETAILS})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "address"


def test_a_phone_number_is_read_in_any_spelling(desk: StoreDesk, app: ApiClient) -> None:
    desk.open_ticket("whatsapp:+351912345678")
    listed = app.get("/contacts/whatsapp:00351 912-345-678/tickets").get_json()["tickets"]
    assert [each["name"] for each in listed] == ["Marie Dubois"]


def test_a_channel_that_the_desk_does_not_have_is_refused(app: ApiClient) -> None:
    answer = app.post("/tickets", {"address": "whatsapp:+351912345678", "details": DETAILS})
    assert answer.status_code == 422
    assert answer.get_json()["detail"] == "address: this desk doesn't use whatsapp."


def test_the_same_key_opens_one_ticket_and_answers_alike(app: ApiClient) -> None:
    body = {"address": "portal:marie", "details": DETAILS}
    first, again = (app.post("/tickets", body, "order-7") for _ in range(2))
    assert first.get_json() == again.get_json()
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(app.get("/tickets").get_json()["tickets"]) == 1
    assert app.post("/tickets", body, "order-8").get_json()["number"] != first.get_json()["number"]


def test_the_same_key_sent_many_times_at_once_opens_one_ticket(desk: StoreDesk, app: ApiClient) -> None:
    body = {"address": "portal:marie", "details": DETAILS}
    headers = {"Authorization": f"Bearer {app.text}", "Idempotency-Key": "order-7"}

    def send(_: int) -> Any:
        return desk.app.test_client().post("/api/v1/tickets", json=body, headers=headers)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(12)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.get_json()["number"] for answer in answers}) == 1
    assert len(app.get("/tickets").get_json()["tickets"]) == 1


def test_the_same_key_with_another_request_is_refused(app: ApiClient) -> None:
    app.open(key="order-7")
    answer = app.post(
        "/tickets", {"address": "portal:marie", "details": DETAILS | {"priority": "low"}}, "order-7"
    )
    assert (answer.status_code, answer.get_json()["code"]) == (422, "key-reused")
    other = app.post("/tickets", {"address": "portal:paul", "details": DETAILS}, "order-7")
    assert (other.status_code, other.get_json()["code"]) == (422, "key-reused")


def test_a_refused_request_does_not_use_its_key_up(app: ApiClient) -> None:
    body = {"address": "portal:marie", "details": DETAILS | {"priority": "huge"}}
    assert app.post("/tickets", body, "order-7").status_code == 422
    assert app.open(key="order-7")["number"]


def test_another_apps_key_is_another_key(desk: StoreDesk, app: ApiClient) -> None:
    shop = ApiClient(desk, "Shop")
    assert app.open(key="1")["number"] != shop.open(key="1")["number"]


@pytest.mark.parametrize("key", [" " * 129, "x" * 129, "é"])
def test_a_key_that_is_none_is_refused(app: ApiClient, key: str) -> None:
    answer = app.ask(
        "POST", "/tickets", json={"address": "portal:m", "details": DETAILS},
        headers={"Idempotency-Key": key.encode().decode("latin-1")},
    )  # fmt: skip
    assert (answer.status_code, answer.get_json()["code"]) == (400, "bad-key")


def premium(redis: Redis, tmp_path: Path, policy: str = "premium.toml") -> ApiClient:
    return ApiClient(StoreDesk(redis, tmp_path, policy=policy))


def test_questions_of_every_policy_can_be_answered_by_what_they_tell(redis: Redis, tmp_path: Path) -> None:
    for policy in sorted((ROOT / "policies").glob("*.toml")):
        redis.flushall()
        app = premium(redis, tmp_path, policy.name)
        asked = app.get("/questions").get_json()["questions"]
        details = {
            each["key"]: each["choices"][0]["key"] if each["choices"] else "six words are enough for this"
            for each in asked
            if each["kind"] != "code" and (each["is_required"] or each["key"] == "name")
        }
        answer = app.post("/tickets", {"address": "portal:marie", "details": details})
        is_code_wanted = any(each["kind"] == "code" and each["is_required"] for each in asked)
        assert answer.status_code == (422 if is_code_wanted else 201), (policy.name, answer.text)


def test_a_code_that_nobody_has_is_refused_and_kept_nowhere(redis: Redis, tmp_path: Path) -> None:
    app = premium(redis, tmp_path)
    code = next(q["key"] for q in app.get("/questions").get_json()["questions"] if q["kind"] == "code")
    answer = app.post("/tickets", {"address": "portal:marie", "details": {code: "GV-44171"}})
    found = {each["field"]: each["detail"] for each in answer.get_json()["errors"]}
    assert found[f"details.{code}"] == "nobody has this code"
    assert all(b"44171" not in (redis.dump(key) or b"") for key in redis.scan_iter())


def test_a_priority_beyond_the_plan_is_refused_with_what_the_plan_includes(
    redis: Redis, tmp_path: Path
) -> None:
    desk = StoreDesk(redis, tmp_path, policy="field-service.toml")
    plan = next(plan for plan in desk.wiring.policy.plans if plan.priorities)
    beyond = next(p.key for p in desk.wiring.policy.priorities if not plan.allows(p.key))
    address_id = make_contact_id(Address.parse("portal:marie"))
    account = Account("acme", "Acme", plan.key, address_ids=(address_id,))
    redis.hset(keys.ACCOUNTS, "acme", dump(account))
    redis.hset(keys.ACCOUNT_ADDRESSES, address_id, "acme")
    app = ApiClient(desk)
    answer = app.post("/tickets", {"address": "portal:marie", "details": {"priority": beyond}})
    found = {each["field"]: each["detail"] for each in answer.get_json()["errors"]}
    assert found["details.priority"] == (
        f"not included in the plan; choose one of: {', '.join(plan.priorities)}"
    )
    assert "details.company" not in found, "the account answers for it"


def test_a_code_tells_whose_the_customer_is(redis: Redis, tmp_path: Path) -> None:
    app = premium(redis, tmp_path)
    accounts = Accounts(redis, app.desk.wiring.settings.secret_key)
    digest = accounts.digest("GV-44171")
    redis.hset(keys.ACCOUNTS, "acme", dump(Account("acme", "Acme", support_digest=digest)))
    redis.hset(keys.ACCOUNT_CODES, digest, "acme")
    details = {
        each["key"]: each["choices"][0]["key"] if each["choices"] else "six words are enough for this"
        for each in app.get("/questions").get_json()["questions"]
        if each["kind"] != "code"
    }
    answer = app.post(
        "/tickets", {"address": "portal:marie", "details": details | {"support_code": "gv 44171"}}
    )
    assert answer.status_code == 201, answer.text
    assert answer.get_json()["account"] == "acme"
    assert "44171" not in answer.text + str(app.thread(answer.get_json()["number"]))


@pytest.fixture
def invoices(redis: Redis, tmp_path: Path) -> ApiClient:
    """The portal of a desk that asks for an invoice where the request is about an account."""
    text = (ROOT / "policies" / "demo.toml").read_text()
    invoice = 'key = "invoice"\nlabel = { en = "Invoice", fr = "Facture", es = "Factura" }\ncategories = ["account"]'
    policy = tmp_path / "invoices.toml"
    policy.write_text(f"{text}\n[[questions]]\n{invoice}\n")
    return ApiClient(StoreDesk(redis, tmp_path, policy=policy))


def test_a_detail_of_one_category_is_needed_there_alone(invoices: ApiClient) -> None:
    asked = invoices.get("/questions").get_json()["questions"]
    assert {each["key"]: each["categories"] for each in asked if each["categories"]} == {
        "invoice": ["account"]
    }
    assert wrong(invoices, category="account") == {"details.invoice": "required"}
    assert wrong(invoices, category="fault", invoice="F-12") == {
        "details.invoice": "asked only where the category is one of: account"
    }
    assert invoices.open(key="fault")["category"] == "fault"
    told = invoices.open(category="account", invoice="F-12")["details"]
    assert next(each["value"] for each in told if each["key"] == "invoice") == "F-12"
