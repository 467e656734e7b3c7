"""Who may use which route: every route there is, by everybody, with and without proof that our page asked."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from inbox.registration import BLUEPRINTS
from store.agents.agent import Agent, Role
from tests.fixtures.agent_client import csrf_headers
from tests.fixtures.store_desk import StoreDesk

OURS = {blueprint.name for blueprint in BLUEPRINTS}
OPEN = {"door", "assets"}  # for anybody
FOREIGN = {"Origin": "https://evil.example"}


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every route of the pages, once for each method."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in OURS:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method


def path_of(rule: Rule) -> str:
    """A path that the route takes, to a thing that is not there."""
    values = {name: 1 if name == "turn" else "none" for name in rule.arguments}
    return rule.build(values)[1]  # type: ignore[index]


def token_of(desk: StoreDesk, client: FlaskClient) -> str:
    """The token that our own page would send."""
    return csrf_headers(desk, client)["X-CSRF-Token"]


@pytest.fixture
def manager(desk: StoreDesk) -> Agent:
    return desk.agent("Max Keller", Role.MANAGER)


def test_there_are_routes_to_look_at(desk: StoreDesk) -> None:
    assert len(list(routes(desk.app))) > 25


def test_without_a_session_every_route_but_the_door_leads_to_the_door(desk: StoreDesk) -> None:
    for rule, method in routes(desk.app):
        if rule.endpoint.partition(".")[0] in OPEN:
            continue
        answer = desk.browser().open(path_of(rule), method=method, json={})
        is_page = method == "GET" and "/api/" not in rule.rule
        assert answer.status_code == (302 if is_page else 401), (method, rule.rule)
        if is_page:
            assert answer.location.startswith("/sign-in?next=")


def test_a_made_up_session_is_none(desk: StoreDesk) -> None:
    client = desk.browser()
    client.set_cookie("guichet", f"{desk.agent('Ana').agent_id}.made-up")
    assert client.get("/inbox/api/tickets").status_code == 401


def test_a_change_without_our_token_changes_nothing(desk: StoreDesk, manager: Agent) -> None:
    client = desk.browser(manager)
    for rule, method in routes(desk.app):
        if method == "GET" or rule.endpoint.partition(".")[0] in OPEN:
            continue
        for headers in ({}, {"X-CSRF-Token": "guess"}, {"X-CSRF-Token": ""}):
            answer = client.open(path_of(rule), method=method, json={}, headers=headers)
            assert answer.status_code == 403, (method, rule.rule, headers)
    assert client.get("/inbox/").status_code == 200, "still signed in"


@pytest.mark.parametrize(
    "headers",
    [
        FOREIGN,
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_change_asked_by_another_site_changes_nothing_even_with_our_token(
    desk: StoreDesk, manager: Agent, headers: dict[str, str]
) -> None:
    client = desk.browser(manager)
    token = token_of(desk, client)
    for rule, method in routes(desk.app):
        if method == "GET" or rule.endpoint.partition(".")[0] in OPEN:
            continue
        answer = client.open(
            path_of(rule), method=method, json={}, headers={"X-CSRF-Token": token, **headers}
        )
        assert answer.status_code == 403, (method, rule.rule)


def test_the_token_of_a_colleague_is_not_ours(desk: StoreDesk) -> None:
    ticket_id = desk.open_ticket()
    ana, ben = desk.browser(desk.agent("Ana")), desk.browser(desk.agent("Ben"))
    answer = ana.post(
        f"/inbox/api/tickets/{ticket_id}/claim", json={}, headers={"X-CSRF-Token": token_of(desk, ben)}
    )
    assert answer.status_code == 403
    assert desk.wiring.queries.ticket(ticket_id).ticket.assignee == ""


def test_only_managers_see_the_overview(desk: StoreDesk, manager: Agent) -> None:
    for rule, method in routes(desk.app):
        if not rule.endpoint.startswith("overview."):
            continue
        for who, expected in ((desk.agent("Ana"), {403}), (manager, {200, 400, 404})):
            client = desk.browser(who)
            answer = client.open(
                path_of(rule), method=method, json={}, headers={"X-CSRF-Token": token_of(desk, client)}
            )
            assert answer.status_code in expected, (method, rule.rule, who.role)


def test_with_session_token_and_our_own_origin_every_route_answers_in_words(
    desk: StoreDesk, manager: Agent
) -> None:
    for rule, method in routes(desk.app):
        if rule.endpoint.partition(".")[0] in OPEN or rule.endpoint == "account.sign_out":
            continue
        client = desk.browser(manager)
        headers = {"X-CSRF-Token": token_of(desk, client), "Origin": "http://localhost"}
        answer = client.open(path_of(rule), method=method, json={}, headers=headers)
        assert answer.status_code in (200, 303, 400, 404, 422), (method, rule.rule, answer.status_code)
        if answer.is_json and answer.status_code >= 400:
            assert answer.get_json()["words"]


def test_reading_changes_nothing(desk: StoreDesk, manager: Agent) -> None:
    desk.open_ticket()
    client = desk.browser(manager)
    ticket_id = client.get("/inbox/api/tickets").get_json()["rows"][0]["id"]

    def kept() -> dict[bytes, bytes | None]:
        redis = desk.wiring.redis
        return {key: redis.dump(key) for key in redis.scan_iter() if not key.startswith(b"session:")}

    before = kept()
    for rule, method in routes(desk.app):
        if method == "GET":
            values = {name: 1 if name == "turn" else "none" for name in rule.arguments}
            if "ticket_id" in values:
                values["ticket_id"] = ticket_id
            client.get(rule.build(values)[1])  # type: ignore[index]
    assert kept() == before


def test_every_page_carries_the_headers_that_keep_foreign_scripts_out(
    desk: StoreDesk, manager: Agent
) -> None:
    client = desk.browser(manager)
    for path in (
        "/inbox/",
        "/overview/",
        "/sign-in",
        "/inbox/password",
        "/inbox/nothing",
        "/inbox/api/tickets",
    ):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"


def test_webhooks_keep_their_own_answers(desk: StoreDesk) -> None:
    answer = desk.browser().post("/webhooks/telegram", json={})
    assert answer.status_code == 403
    assert "html" not in answer.content_type
