"""Whose guesses are counted when requests come through proxies: nobody escapes a limit by a header of their own."""

from pathlib import Path

import pytest
from flask import request
from redis import Redis

from store.agents.login_throttle import WRONG_TOKENS_PER_IP
from tests.fixtures.store_desk import StoreDesk

WRONG = {"Authorization": "Bearer a wrong one"}


def behind(redis: Redis, folder: Path, proxies: str) -> StoreDesk:
    return StoreDesk(redis, folder, TRUSTED_PROXIES=proxies)


def guess(desk: StoreDesk, forwarded: str) -> int:
    """The answer to a wrong token whose request says that it was passed on for these."""
    headers = WRONG | {"X-Forwarded-For": forwarded}
    return desk.browser().get("/api/v1/tickets", headers=headers).status_code


def spent(desk: StoreDesk, forwarded: str) -> None:
    """Use up the wrong tokens of whoever that is."""
    assert {guess(desk, forwarded) for _ in range(WRONG_TOKENS_PER_IP.count)} == {401}
    assert guess(desk, forwarded) == 429


def test_by_default_a_forged_header_does_nothing(redis: Redis, tmp_path: Path) -> None:
    desk = behind(redis, tmp_path, "")
    spent(desk, "203.0.113.1")
    assert guess(desk, "203.0.113.2") == 429
    assert guess(desk, "203.0.113.3, 203.0.113.4") == 429


def test_behind_one_proxy_the_right_most_address_counts(redis: Redis, tmp_path: Path) -> None:
    desk = behind(redis, tmp_path, "1")
    spent(desk, "203.0.113.1")
    assert guess(desk, "198.51.100.9, 203.0.113.1") == 429  # what they wrote before it changes nothing
    assert guess(desk, "203.0.113.1, 203.0.113.2") == 401  # somebody else, who names them


def test_behind_two_it_is_the_one_before(redis: Redis, tmp_path: Path) -> None:
    desk = behind(redis, tmp_path, "2")
    spent(desk, "203.0.113.1, 10.0.0.1")
    assert guess(desk, "198.51.100.9, 203.0.113.1, 10.0.0.2") == 429
    assert guess(desk, "203.0.113.1, 203.0.113.2, 10.0.0.1") == 401


def test_a_request_that_passed_fewer_proxies_counts_for_whoever_sent_it(redis: Redis, tmp_path: Path) -> None:
    desk = behind(redis, tmp_path, "2")
    spent(desk, "203.0.113.1")
    assert guess(desk, "203.0.113.2") == 429


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_no_header_says_how_we_are_reached(redis: Redis, tmp_path: Path, proxies: str) -> None:
    desk = behind(redis, tmp_path, proxies)
    told = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil"}
    desk.app.add_url_rule("/seen", "seen", lambda: f"{request.url_root} {request.remote_addr}")
    seen = desk.browser().get("/seen", headers=told | {"X-Forwarded-For": "203.0.113.1"}).text
    assert seen == f"http://localhost/ {'203.0.113.1' if proxies == '1' else '127.0.0.1'}"
