"""`guichet accounts import`: good rows kept, bad ones told by number, and nothing from what cannot be read."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from redis import Redis

from bot.ids import contact_id
from bot.inbound import Address
from store.accounts import Accounts
from tests.cli.conftest import ROOT, Guichet
from tests.jobs.test_settings import GOOD

HEADER = "name,plan,support_code,vip_code,term_began_on,addresses\n"
ACME = "Acme,pro,AC-1234,VIP-9876,2026-01-15,whatsapp:+351912345678 telegram:42\n"


@pytest.fixture
def desk(redis: Redis, redis_url: str) -> dict[str, str]:
    return GOOD | {"REDIS_URL": redis_url, "POLICY": str(ROOT / "policies" / "premium.toml")}


@pytest.fixture
def accounts(redis: Redis) -> Accounts:
    return Accounts(redis, GOOD["SECRET_KEY"], lambda: datetime.now(UTC))


def imported(
    guichet: Guichet, desk: dict[str, str], text: str | bytes, tmp_path: Path
) -> tuple[int, list[str], object]:
    """The exit code, the lines said about rows, and the sum, of importing that table."""
    data = text.encode() if isinstance(text, str) else text
    (tmp_path / "accounts.csv").write_bytes(data)
    told = guichet("accounts", "import", "accounts.csv", "--json", **desk)
    return told.returncode, told.stderr.splitlines(), json.loads(told.stdout or "null")


def test_an_account_is_kept_and_found_by_its_codes(
    guichet: Guichet, desk: dict[str, str], accounts: Accounts, tmp_path: Path
) -> None:
    assert imported(guichet, desk, HEADER + ACME, tmp_path) == (0, [], {"kept": 1, "skipped": 0})
    found = accounts.find_by_code("c", "ac 1234")
    assert found is not None
    assert (found.name, found.plan, found.is_vip) == ("Acme", "pro", False)
    kept = accounts.find(found.account_id)
    assert kept is not None
    assert kept.term_began_on == date(2026, 1, 15)


def test_whoever_writes_from_its_addresses_belongs_to_it(
    guichet: Guichet, desk: dict[str, str], redis: Redis, tmp_path: Path
) -> None:
    imported(guichet, desk, HEADER + ACME, tmp_path)
    raw = redis.hget(f"contact:{contact_id(Address('telegram', '42'))}", "c")
    assert json.loads(raw)["plan"] == "pro"


def test_importing_again_replaces(
    guichet: Guichet, desk: dict[str, str], accounts: Accounts, tmp_path: Path
) -> None:
    imported(guichet, desk, HEADER + ACME, tmp_path)
    again = ACME.replace("AC-1234", "NEW-777").replace(",pro,", ",plus,")
    assert imported(guichet, desk, HEADER + again, tmp_path)[0] == 0
    assert accounts.find_by_code("c", "AC-1234") is None
    found = accounts.find_by_code("c", "new777")
    assert found is not None
    assert found.plan == "plus"


@pytest.mark.parametrize(
    "form", ["name;plan\nAcme;pro\n", "\ufeffname\tplan\r\nAcme\tpro\r\n", "Plan,NAME\npro,Acme\n\n"]
)
def test_the_forms_that_spreadsheets_write_are_read(
    guichet: Guichet, desk: dict[str, str], form: str, tmp_path: Path
) -> None:
    assert imported(guichet, desk, form, tmp_path) == (0, [], {"kept": 1, "skipped": 0})


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",pro,,,,", "name is missing"),
        ("B,gold,,,,", "plan must be one of"),
        ("B,pro,1-2,,,", "a code needs 4 letters or digits"),
        ("B,pro,CODE1,code-1,,", "support code and VIP code must differ"),
        ("B,pro,AC1234,,,", "a code is another account's already"),
        ("B,pro,,vip9876,,", "a code is another account's already"),
        ("B,pro,,,2026-02-30,", "term_began_on must be a date"),
        ("B,pro,,,,pager:1", "addresses must be"),
        ("B,pro,,,,mailto:a@b.example", "addresses must be"),
        ("B,pro,,,,telegram:1,more", "more fields than columns"),
    ],
)
def test_a_bad_row_is_told_by_its_number_and_the_good_ones_are_kept(
    guichet: Guichet, desk: dict[str, str], row: str, said: str, tmp_path: Path
) -> None:
    code, lines, total = imported(guichet, desk, f"{HEADER}{ACME}{row}\nC,pro,,,,\n", tmp_path)
    assert (code, total) == (1, {"kept": 2, "skipped": 1})
    assert len(lines) == 1
    assert lines[0].startswith("guichet: row 3: ")
    assert said in lines[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ((HEADER + ACME).encode() + "Société,,,,,\n".encode("latin-1"), "not text in UTF-8"),
        (b"", "the first line must name each column once"),
        (b"plan\npro\n", "name is needed"),
        (b"name,colour\nAcme,blue\n", "unknown column 'colour'"),
        (b"name,name\nA,B\n", "each column once"),
        ((HEADER + ACME).encode() + b'"never closed', "not a table"),
        ((HEADER + ACME).encode() + b"x" * 20_000, "not a table"),
    ],
)
def test_a_file_that_cannot_be_read_imports_nothing(
    guichet: Guichet, desk: dict[str, str], data: bytes, said: str, redis: Redis, tmp_path: Path
) -> None:
    code, lines, total = imported(guichet, desk, data, tmp_path)
    assert (code, total) == (1, None)
    assert len(lines) == 1
    assert said in lines[0]
    assert redis.dbsize() == 0


def test_a_file_that_is_not_there_is_one_line(guichet: Guichet, desk: dict[str, str]) -> None:
    told = guichet("accounts", "import", "none.csv", **desk)
    assert told.returncode == 1
    assert told.stderr == "guichet: none.csv: cannot be read: No such file or directory\n"


def test_codes_are_never_said_or_kept_in_clear(
    guichet: Guichet, desk: dict[str, str], redis: Redis, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(HEADER + "A,pro,canary-code,,,\nB,pro,canary-code,,,\n", encoding="utf-8")
    told = guichet("accounts", "import", "a.csv", **desk)
    assert "canary" not in told.stdout + told.stderr
    assert not any("canary" in repr(redis.hgetall(key)) for key in redis.scan_iter())
