"""Who may use the API: only whoever has a token that works; and what is answered to everybody else."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from werkzeug.test import TestResponse

from api.v1.operation import MAX_BODY_SIZE, OPERATIONS
from tests.fixtures.api_client import DETAILS, ApiClient, secret_part, told_faults
from tests.fixtures.store_desk import StoreDesk


def ask(desk: StoreDesk, authorization: str | None, path: str = "/tickets", **more: Any) -> TestResponse:
    """Ask with this header, or without any."""
    headers = {"Authorization": authorization} if authorization is not None else {}
    response = desk.app.test_client().get(f"/api/v1{path}", headers=headers, **more)
    assert told_faults("GET", path, response) == []
    return response


def test_every_operation_wants_a_token(desk: StoreDesk) -> None:
    for operation in OPERATIONS:
        path = operation.path.replace("{number}", "K4-217").replace("{address_of}", "portal:x")
        response = desk.app.test_client().open(f"/api/v1{path}", method=operation.method, json={})
        assert response.status_code == 401, operation.run.__name__
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert response.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "made_up",
    [None, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer guichet", "Bearer guichet_t0123456789_" + "A" * 43,
     "Bearer " + "x" * 5000, "Bearer é".encode().decode("latin-1"), "Token x"],
)  # fmt: skip
def test_a_token_that_is_nobodys_opens_nothing(desk: StoreDesk, app: ApiClient, made_up: str | None) -> None:
    assert ask(desk, made_up).get_json()["code"] == "no-token"


def test_a_token_with_one_letter_changed_is_nobodys(desk: StoreDesk, app: ApiClient) -> None:
    last = "A" if app.text[-1] != "A" else "B"
    assert ask(desk, f"Bearer {app.text[:-1]}{last}").status_code == 401
    assert ask(desk, f"Bearer {app.text}").status_code == 200
    assert ask(desk, f"bearer  {app.text} ").status_code == 200


def test_a_session_of_the_inbox_is_no_token(desk: StoreDesk) -> None:
    browser = desk.browser(desk.agent("Ana"))
    assert browser.get("/api/v1/tickets").status_code == 401
    cookie = browser.get_cookie("guichet")
    assert cookie
    assert ask(desk, f"Bearer {cookie.value}").status_code == 401


def test_a_token_is_no_session_of_the_inbox(desk: StoreDesk, app: ApiClient) -> None:
    headers = {"Authorization": f"Bearer {app.text}"}
    assert desk.app.test_client().get("/inbox/api/tickets", headers=headers).status_code == 401


def test_a_revoked_token_is_out_at_the_next_request(desk: StoreDesk, app: ApiClient) -> None:
    assert app.get("/tickets").status_code == 200
    desk.wiring.tokens.revoke("portal")
    assert app.get("/tickets").status_code == 401


def test_what_a_revoked_token_wrote_keeps_its_name(desk: StoreDesk, app: ApiClient) -> None:
    number = app.open()["number"]
    desk.wiring.tokens.revoke("Portal")
    assert ApiClient(desk, "Portal").thread(number)[0]["through"] == "Portal"


def test_many_wrong_tokens_are_slowed_down_and_a_right_one_is_not(desk: StoreDesk, app: ApiClient) -> None:
    wrong = f"Bearer guichet_t0123456789_{'A' * 43}"
    assert [ask(desk, wrong).status_code for _ in range(22)] == [401] * 20 + [429] * 2
    refused = ask(desk, wrong)
    assert (refused.get_json()["code"], refused.headers["Retry-After"]) == ("too-many-tries", "60")
    assert ask(desk, f"Bearer {app.text}").status_code == 200
    desk.clock.advance(seconds=61)
    assert ask(desk, wrong).status_code == 401


def test_asking_without_a_token_is_no_wrong_try(desk: StoreDesk) -> None:
    assert {ask(desk, None).status_code for _ in range(30)} == {401}


def test_a_wrong_try_from_one_place_is_none_of_another(desk: StoreDesk) -> None:
    wrong = f"Bearer guichet_t0123456789_{'A' * 43}"
    for _ in range(25):
        ask(desk, wrong, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert ask(desk, wrong, environ_base={"REMOTE_ADDR": "192.0.2.2"}).status_code == 401


def test_the_token_is_never_in_an_answer_or_a_log(
    desk: StoreDesk, app: ApiClient, caplog: pytest.LogCaptureFixture
) -> None:
    secret = secret_part(app.text)
    ask(desk, f"Bearer {app.text[:-1]}")
    number = app.open()["number"]
    told = app.get(f"/tickets/{number}").text + app.get(f"/tickets/{number}/thread").text
    assert secret not in told
    assert secret[:-1] not in caplog.text
    redis = desk.wiring.redis
    assert all(secret.encode() not in (redis.dump(key) or b"") for key in redis.scan_iter())


@pytest.mark.parametrize("path", ["", "/", "/nothing", "/tickets/", "/tickets/K4-217/attachments"])
def test_an_address_that_there_is_not(app: ApiClient, path: str) -> None:
    answer = app.get(path)
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", "/tickets"), ("PUT", "/tickets/K4-217"), ("OPTIONS", "/tickets"), ("POST", "/openapi.json"),
     ("GET", "/tickets/K4-217/replies"), ("PATCH", "/questions")],
)  # fmt: skip
def test_a_method_that_an_address_does_not_take(app: ApiClient, method: str, path: str) -> None:
    answer = app.client.open(f"/api/v1{path}", method=method, headers={"Origin": "https://shop.example"})
    assert (answer.status_code, answer.get_json()["code"]) == (405, "bad-method")
    assert answer.headers["Allow"]
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{", 400), (b"\xff\xfe{}", 400), (b'{"text": "\\ud800"}', 400), (b"[" * 100_000, 400),
     (b'{"text": NaN}', 422), (b"1" * 5000, 400), (b'{"text": "a", "text": 7}', 422), (b"null", 422)],
)  # fmt: skip
def test_a_body_that_is_none_is_refused(app: ApiClient, body: bytes, status: int) -> None:
    for path in ("/tickets", "/tickets/K4-217/notes"):
        answer = app.ask("POST", path, data=body, content_type="application/json")
        assert answer.status_code == status, (path, answer.text)
        assert answer.get_json()["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/xml"])
def test_a_body_of_another_type_is_refused(app: ApiClient, kind: str) -> None:
    answer = app.ask("POST", "/tickets", data=b"{}", content_type=kind)
    assert (answer.status_code, answer.get_json()["code"]) == (415, "not-json")


def test_a_body_that_is_too_large_is_refused(app: ApiClient) -> None:
    body = b'{"text": "' + b"x" * MAX_BODY_SIZE + b'"}'
    answer = app.ask("POST", "/tickets/K4-217/notes", data=body, content_type="application/json")
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too-large")


def test_a_body_without_a_length_is_measured_too(app: ApiClient) -> None:
    number = app.open()["number"]
    for length, status in ((100, 201), (MAX_BODY_SIZE, 413), (3_000_000, 413)):
        body = b'{"text": "x"' + b" " * length + b"}"
        answer = app.ask(
            "POST", f"/tickets/{number}/notes", input_stream=BytesIO(body), content_type="application/json",
            environ_overrides={"wsgi.input_terminated": True},
        )  # fmt: skip
        assert answer.status_code == status


def test_when_the_store_is_away_an_app_is_asked_to_come_again() -> None:
    broken = StoreDesk(Redis(port=1, socket_connect_timeout=0.2), Path("unused"))
    answer = ask(broken, f"Bearer guichet_t0123456789_{'A' * 43}")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "try-again")
    assert answer.headers["Retry-After"] == "5"


def test_what_an_app_sends_by_cookie_or_form_changes_nothing(desk: StoreDesk, app: ApiClient) -> None:
    browser = desk.browser(desk.agent("Ana"))
    body = {"address": "portal:marie", "details": DETAILS}
    assert browser.post("/api/v1/tickets", json=body).status_code == 401
    assert browser.post("/api/v1/tickets", data=body).status_code == 401
    assert app.get("/tickets").get_json()["tickets"] == []
