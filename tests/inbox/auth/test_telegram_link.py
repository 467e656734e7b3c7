"""The page where an agent learns how the Telegram group comes to know them."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from redis import Redis

from tests.fixtures.store_desk import StoreDesk


@pytest.fixture
def grouped(redis: Redis, tmp_path: Path) -> StoreDesk:
    """A desk whose agents have a group."""
    return StoreDesk(redis, tmp_path, TELEGRAM_INBOX_CHAT="-1002000000001")


def post(browser: FlaskClient, **form: str) -> str:
    token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/inbox/telegram").text)
    assert token
    return browser.post("/inbox/telegram", data={"csrf": token[1], **form}, follow_redirects=True).text


def test_a_code_is_shown_and_links_who_sends_it(grouped: StoreDesk) -> None:
    agent = grouped.agent("Ana Costa")
    browser = grouped.browser(agent)
    code = re.search(r"/link ([A-Z0-9]{4}-[A-Z0-9]{4})", post(browser))
    assert code
    linked = grouped.wiring.codes.link(code[1], 700201)
    assert linked
    assert linked.agent_id == agent.agent_id
    assert "The group knows you" in browser.get("/inbox/telegram").text


def test_whoever_is_forgotten_is_a_stranger_again(grouped: StoreDesk) -> None:
    agent = grouped.agent("Ana Costa")
    codes = grouped.wiring.codes
    codes.link(codes.issue(agent.agent_id), 700201)
    assert "With a code, the group learns who you are" in post(grouped.browser(agent), forget="1")
    assert codes.find_agent(700201) is None


def test_one_person_on_telegram_is_one_agent(grouped: StoreDesk) -> None:
    codes = grouped.wiring.codes
    ana, bruno = grouped.agent("Ana Costa"), grouped.agent("Bruno Lima")
    codes.link(codes.issue(ana.agent_id), 700201)
    codes.link(codes.issue(bruno.agent_id), 700201)
    now = codes.find_agent(700201)
    assert now
    assert now.agent_id == bruno.agent_id
    found = grouped.wiring.agents.find(ana.agent_id)
    assert found
    assert found.telegram_id == 0


def test_without_a_group_there_is_no_such_page(redis: Redis, tmp_path: Path) -> None:
    desk = StoreDesk(redis, tmp_path)
    browser = desk.browser(desk.agent("Ana Costa"))
    assert browser.get("/inbox/telegram").status_code == 404
    assert "/inbox/telegram" not in browser.get("/inbox/").text


def test_a_code_is_asked_for_by_our_own_page_only(grouped: StoreDesk) -> None:
    assert grouped.browser(grouped.agent("Ana Costa")).post("/inbox/telegram").status_code == 403
    assert grouped.browser().get("/inbox/telegram").status_code == 302


def test_the_inbox_says_when_the_group_cannot_be_used(grouped: StoreDesk) -> None:
    forum_services = grouped.wiring.forum_services
    assert forum_services
    forum_services.group.set_problem("no_rights", grouped.clock())
    page = grouped.browser(grouped.agent("Ana Costa", locale="fr")).get("/inbox/").text
    assert "Le groupe Telegram est inutilisable pour l’instant" in page
    forum_services.group.clear_problem()
    assert "inutilisable" not in grouped.browser(grouped.agent("Ana Costa")).get("/inbox/").text
