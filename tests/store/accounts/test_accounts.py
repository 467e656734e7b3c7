"""Accounts in the store: found by code, tries limited, requests counted once whoever asks at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from redis import Redis

from bot.model.account_csv import AccountRow
from store.accounts.accounts import MAX_CODE_ATTEMPTS, Accounts
from store.accounts.csv_import import AccountImporter
from tests.fixtures.conversation_script import START, policy

PREMIUM = policy("premium")


@pytest.fixture
def accounts(redis: Redis) -> Accounts:
    accounts = Accounts(redis, "a secret of the tests")
    batches = AccountImporter(redis, accounts, PREMIUM, "file", START.date())
    rows = [
        AccountRow(2, "acme", "Acme", "pro", "GV-4417", "VIP-99"),
        AccountRow(3, "beta", "Beta", "plus", "ST-1000"),
    ]
    assert [outcome.became for outcome in batches.import_rows(rows)] == ["added", "added"]
    return accounts


@pytest.mark.parametrize("typed", ["GV-4417", "gv4417", " GV 44-17 "])
def test_a_code_is_found_however_it_is_typed(accounts: Accounts, typed: str) -> None:
    assert accounts.find_by_code("c", typed).account is not None


def test_which_code_it_was_can_be_told_from_the_proof(accounts: Accounts) -> None:
    found = accounts.find_by_code("c", "VIP-99")
    assert found.account is not None
    assert found.proof == found.account.vip_digest != found.account.support_digest


@pytest.mark.parametrize("typed", ["", "GV-4418", "acme", "GV"])
def test_what_is_no_code_finds_nobody(accounts: Accounts, typed: str) -> None:
    answer = accounts.find_by_code("c", typed)
    assert (answer.account, answer.proof, answer.is_rate_limited) == (None, "", False)


def test_guessing_ends_soon_and_the_right_code_is_refused_with_the_wrong_ones(accounts: Accounts) -> None:
    for guess in range(MAX_CODE_ATTEMPTS):
        assert not accounts.find_by_code("guesser", f"GV-{guess:04d}").is_rate_limited
    answer = accounts.find_by_code("guesser", "GV-4417")
    assert (answer.account, answer.is_rate_limited) == (None, True)
    assert accounts.find_by_code("another", "GV-4417").account is not None


def test_guesses_are_forgiven_after_an_hour(accounts: Accounts, redis: Redis) -> None:
    for guess in range(MAX_CODE_ATTEMPTS + 3):
        accounts.find_by_code("guesser", f"GV-{guess:04d}")
    assert 0 < redis.ttl("code-tries:guesser") <= 3600
    redis.delete("code-tries:guesser")
    assert accounts.find_by_code("guesser", "GV-4417").account is not None


def test_the_same_code_again_is_one_try(accounts: Accounts) -> None:
    for _ in range(3 * MAX_CODE_ATTEMPTS):
        assert accounts.find_by_code("c", "GV-4417").account is not None


def test_another_secret_finds_nobody(accounts: Accounts, redis: Redis) -> None:
    assert Accounts(redis, "another secret of the tests").find_by_code("c", "GV-4417").account is None


def test_requests_are_counted_once_each_whoever_asks_at_once(accounts: Accounts) -> None:
    tickets = [f"t-{n}" for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        places = list(pool.map(lambda ticket: accounts.count_request("acme", "2026-03", ticket), tickets * 3))
    assert sorted(set(places)) == list(range(1, 41))
    assert places[:40] == places[40:80] == places[80:]


def test_each_account_and_month_has_a_count_of_its_own(accounts: Accounts) -> None:
    assert accounts.count_request("acme", "2026-03", "t-1") == 1
    assert accounts.count_request("beta", "2026-03", "t-2") == 1
    assert accounts.count_request("acme", "2026-04", "t-3") == 1
    assert accounts.counts(["acme", "beta"], "2026-03") == {"acme": 1, "beta": 1}
