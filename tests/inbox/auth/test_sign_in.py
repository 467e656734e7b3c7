"""Coming in and going out, over HTTP: forms, cookies, limits, and what a stranger can learn (nothing)."""

import re
from pathlib import Path
from time import process_time

import pytest
from flask.testing import FlaskClient
from redis import Redis
from werkzeug.test import TestResponse

from store.agents.agent import Role
from tests.fixtures.store_desk import PASSWORD, StoreDesk


def token_in(page: TestResponse) -> str:
    """The token in the page's form."""
    found = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert found
    return found[1]


def sign_in(client: FlaskClient, login: str, password: str, **more: str) -> TestResponse:
    """Fill in the form and send it."""
    form = {"csrf": token_in(client.get("/sign-in")), "login": login, "password": password}
    return client.post("/sign-in", data=form | more)


def test_the_right_password_opens_the_inbox(desk: StoreDesk) -> None:
    desk.agent("ana")
    client = desk.browser()
    answer = sign_in(client, "Ana", PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/inbox/")
    assert client.get("/inbox/").status_code == 200


def test_managers_start_at_the_overview_and_everybody_goes_where_they_were_going(desk: StoreDesk) -> None:
    desk.agent("max", Role.MANAGER)
    assert sign_in(desk.browser(), "max", PASSWORD).location == "/overview/"
    wanted = desk.browser().get("/inbox/ticket/abc-1?x=1").location
    assert wanted == "/sign-in?next=/inbox/ticket/abc-1?x%3D1"
    assert (
        sign_in(desk.browser(), "max", PASSWORD, next="/inbox/ticket/abc-1").location == "/inbox/ticket/abc-1"
    )


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/inbox//evil.example",
        "/\\evil.example",
        "/sign-out",
        "/inbox/\r\nX: y",
    ],
)
def test_nobody_is_sent_to_another_site(desk: StoreDesk, elsewhere: str) -> None:
    desk.agent("ana")
    assert sign_in(desk.browser(), "ana", PASSWORD, next=elsewhere).location == "/inbox/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(desk: StoreDesk) -> None:
    desk.agent("ana")
    texts = set()
    for login in ("ana", "nobody"):
        answer = sign_in(desk.browser(), login, "not the password")
        assert answer.status_code == 403
        texts.add(re.sub(r'value="[^"]*"', "", answer.text))
    assert len(texts) == 1
    assert "The name or password isn’t right." in texts.pop()


def test_the_eleventh_guess_is_refused_in_words(desk: StoreDesk) -> None:
    desk.agent("ana")
    client = desk.browser()
    answers = [sign_in(client, "ana", f"guess {n}").status_code for n in range(11)]
    assert answers == [403] * 10 + [429]
    assert "Too many attempts" in sign_in(client, "ana", PASSWORD).text


def test_an_unknown_name_takes_as_long_as_a_known_one(desk: StoreDesk) -> None:
    desk.agent("ana")
    client = desk.browser()
    token = token_in(client.get("/sign-in"))
    fastest = {"ana": 1.0, "nobody": 1.0}
    for n in range(9):
        for login, best in list(fastest.items()):  # by turns: a busy moment of the machine meets both
            started = process_time()  # of the processor: other programs of the machine do not count
            client.post("/sign-in", data={"csrf": token, "login": login, "password": f"guess {n}"})
            fastest[login] = min(best, process_time() - started)
    assert abs(fastest["ana"] - fastest["nobody"]) < 0.005


def test_signing_in_gives_a_new_session_and_ends_the_one_before(desk: StoreDesk) -> None:
    ana = desk.agent("ana")
    client = desk.browser(ana)
    before = client.get_cookie("guichet")
    sign_in_page = client.get("/sign-in?lang=en")
    client.post("/sign-in", data={"csrf": token_in(sign_in_page), "login": "ana", "password": PASSWORD})
    after = client.get_cookie("guichet")
    assert before
    assert after
    assert before.value != after.value
    assert desk.wiring.agents.sessions.find(before.value) is None


def test_a_form_that_is_not_ours_signs_nobody_in(desk: StoreDesk) -> None:
    desk.agent("ana")
    form = {"login": "ana", "password": PASSWORD}
    client = desk.browser()
    assert client.post("/sign-in", data=form).status_code == 403
    token = token_in(client.get("/sign-in"))
    assert client.post("/sign-in", data=form | {"csrf": "guess"}).status_code == 403
    foreign = client.post("/sign-in", data=form | {"csrf": token}, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert desk.browser().post("/sign-in", data=form | {"csrf": token}).status_code == 403


def test_looking_at_a_link_does_not_use_it_and_using_it_does(desk: StoreDesk) -> None:
    path = desk.wiring.agents.issue_link(desk.agent("Ana Ruiz").agent_id)
    for _ in range(3):
        page = desk.browser().get(path)
        assert page.status_code == 200
        assert "Welcome, Ana Ruiz" in page.text
    client = desk.browser()
    answer = client.post(path, data={"csrf": token_in(client.get(path))})
    assert (answer.status_code, answer.location) == (303, "/inbox/")
    assert client.get("/inbox/").status_code == 200

    again = desk.browser()
    assert again.get(path).status_code == 410
    token = token_in(again.get("/sign-in"))
    assert again.post(path, data={"csrf": token}).status_code == 410
    assert "no longer works" in again.get(path).text


def test_a_link_without_our_form_is_not_used(desk: StoreDesk) -> None:
    path = desk.wiring.agents.issue_link(desk.agent("ana").agent_id)
    assert desk.browser().post(path).status_code == 403
    assert desk.browser().get(path).status_code == 200


def test_going_out_ends_the_session_for_good(desk: StoreDesk) -> None:
    client = desk.browser(desk.agent("ana"))
    cookie = client.get_cookie("guichet")
    answer = client.post("/sign-out", data={"csrf": token_in(client.get("/inbox/"))})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert cookie
    client.set_cookie("guichet", cookie.value)
    assert client.get("/inbox/").status_code == 302


def test_a_disabled_agent_is_out_at_the_next_request(desk: StoreDesk) -> None:
    ana = desk.agent("ana")
    client = desk.browser(ana)
    desk.wiring.agents.disable(ana.agent_id)
    assert client.get("/inbox/api/tickets").status_code == 401


def test_half_an_hour_of_mere_polling_ends_the_session(desk: StoreDesk) -> None:
    client = desk.browser(desk.agent("ana"))
    for _ in range(29):
        desk.clock.advance(minutes=1)
        assert client.get("/inbox/api/changes").status_code == 200
    desk.clock.advance(minutes=1)
    assert client.get("/inbox/api/changes").status_code == 401


def test_polling_while_somebody_works_keeps_the_session(desk: StoreDesk) -> None:
    client = desk.browser(desk.agent("ana"))
    for _ in range(70):
        desk.clock.advance(minutes=10)
        assert client.get("/inbox/api/changes", headers={"X-Active": "1"}).status_code == 200
    desk.clock.advance(minutes=20)
    assert client.get("/inbox/api/changes", headers={"X-Active": "1"}).status_code == 401, (
        "twelve hours are over"
    )


def test_the_cookie_is_bound_to_the_host_and_to_https(redis: Redis, tmp_path: Path) -> None:
    desk = StoreDesk(redis, tmp_path, PUBLIC_URL="https://desk.example.org")
    desk.agent("ana")
    client = desk.app.test_client()
    page = client.get("/sign-in", base_url="https://desk.example.org")
    assert "__Host-guichet-door=" in page.headers["Set-Cookie"]
    form = {"csrf": token_in(page), "login": "ana", "password": PASSWORD}
    answer = client.post("/sign-in", data=form, base_url="https://desk.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-guichet=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie
    assert "Domain" not in cookie


def test_on_a_machine_without_https_the_cookie_has_its_plain_name(desk: StoreDesk) -> None:
    desk.agent("ana")
    cookie = sign_in(desk.browser(), "ana", PASSWORD).headers["Set-Cookie"]
    assert cookie.startswith("guichet=")
    assert "HttpOnly" in cookie
    assert "Secure" not in cookie


def new_password(client: FlaskClient, new: str, present: str = PASSWORD) -> TestResponse:
    """Ask for another password."""
    form = {"csrf": token_in(client.get("/inbox/password")), "new": new, "present": present}
    return client.post("/inbox/password", data=form)


def test_another_password_ends_every_other_session(desk: StoreDesk) -> None:
    ana = desk.agent("ana")
    here, there = desk.browser(ana), desk.browser(ana)
    assert new_password(here, "neuf ânes verts").status_code == 303
    assert here.get("/inbox/").status_code == 200
    assert there.get("/inbox/").status_code == 302
    assert sign_in(desk.browser(), "ana", PASSWORD).status_code == 403
    assert sign_in(desk.browser(), "ana", "neuf ânes verts").status_code == 303


@pytest.mark.parametrize(
    ("new", "present", "words"),
    [
        ("neuf ânes verts", "wrong", "Your current password isn’t right."),
        ("short", PASSWORD, "needs 12 characters"),
        ("x" * 300, PASSWORD, "at most 256"),
        ("password1234", PASSWORD, "too easy to guess"),
        ("aaaaaaaaaaaaaaa", PASSWORD, "too easy to guess"),
    ],
)
def test_a_poor_password_is_refused_in_words(desk: StoreDesk, new: str, present: str, words: str) -> None:
    client = desk.browser(desk.agent("ana"))
    answer = new_password(client, new, present)
    assert answer.status_code == 422
    assert words in answer.text
    assert sign_in(desk.browser(), "ana", PASSWORD).status_code == 303


def test_a_first_password_is_set_after_coming_in_by_link(desk: StoreDesk) -> None:
    added = desk.wiring.agents.add("Ben", "ben")
    client = desk.browser(added)
    assert "Your current password" not in client.get("/inbox/password").text
    assert new_password(client, "neuf ânes verts", "").status_code == 303
    assert sign_in(desk.browser(), "ben", "neuf ânes verts").status_code == 303


def test_the_door_speaks_the_language_of_the_browser_until_another_is_chosen(desk: StoreDesk) -> None:
    client = desk.browser()
    french = client.get("/sign-in", headers={"Accept-Language": "fr-CH,fr;q=0.9,en;q=0.5"})
    assert 'lang="fr"' in french.text
    assert 'lang="es"' in client.get("/sign-in?lang=es", headers={"Accept-Language": "fr"}).text
    assert '<html lang="es"' in client.get("/sign-in", headers={"Accept-Language": "fr"}).text
    assert '<html lang="en"' in desk.browser().get("/sign-in?lang=xx").text


def test_an_agents_language_is_kept_with_the_agent(desk: StoreDesk) -> None:
    ana = desk.agent("ana")
    client = desk.browser(ana)
    form = {"csrf": token_in(client.get("/inbox/")), "locale": "fr", "next": "/inbox/"}
    assert client.post("/inbox/language", data=form).status_code == 303
    assert '<html lang="fr"' in desk.browser(ana).get("/inbox/").text
    client.post("/inbox/language", data=form | {"locale": "klingon"})
    assert '<html lang="fr"' in client.get("/inbox/").text


def test_when_the_store_is_away_a_page_says_so(desk: StoreDesk) -> None:
    broken = StoreDesk(Redis(port=1, socket_connect_timeout=0.2), Path("unused"))
    answer = broken.app.test_client().post("/sign-in/abc", data={})
    assert answer.status_code == 403, "no form of ours: refused before the store is asked"
    page = broken.app.test_client().get("/sign-in/abc")
    assert page.status_code == 503
    assert "can’t be reached" in page.text
