"""`guichet accounts`: good rows kept, bad ones told by number, and nothing from what cannot be read."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from redis import Redis

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.model.account import Account
from store.accounts.accounts import Accounts
from tests.fixtures.cli import Guichet
from tests.fixtures.environment import COMPLETE
from tests.fixtures.paths import ROOT

HEADER = "name,plan,support code,VIP code,start of term,addresses\n"
ACME = "Acme,pro,AC-1234,VIP-9876,2026-01-15,whatsapp:+351912345678 telegram:42\n"


class AccountsCommand:
    """The desk's environment, and what is imported into it."""

    def __init__(self, guichet: Guichet, redis: Redis, redis_url: str, folder: Path) -> None:
        policy = str(ROOT / "policies" / "premium.toml")
        self.environ = COMPLETE | {"REDIS_URL": redis_url, "POLICY": policy}
        self.redis, self.folder, self._guichet = redis, folder, guichet
        self.accounts = Accounts(redis, COMPLETE["SECRET_KEY"])

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return self._guichet("accounts", *words, **self.environ)

    def take(self, text: str | bytes) -> dict[str, object]:
        """Import that table; what is said of it, with the exit code."""
        told = self.run("import", str(self.write(text)), "--json")
        return json.loads(told.stdout) | {"code": told.returncode}

    def write(self, text: str | bytes) -> Path:
        path = self.folder / "accounts.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def by_code(self, code: str) -> Account | None:
        return self.accounts.find_by_code("somebody", code).account


@pytest.fixture
def desk(guichet: Guichet, redis: Redis, redis_url: str, tmp_path: Path) -> AccountsCommand:
    return AccountsCommand(guichet, redis, redis_url, tmp_path)


def counts(told: dict[str, object]) -> tuple[object, ...]:
    return tuple(told[name] for name in ("added", "changed", "unchanged", "skipped", "code"))


def test_an_account_is_kept_and_found_by_either_code_however_it_is_typed(desk: AccountsCommand) -> None:
    assert counts(desk.take(HEADER + ACME)) == (1, 0, 0, 0, 0)
    found = desk.by_code("ac 1234")
    assert found is not None
    assert (found.name, found.plan, found.term_began_on) == ("Acme", "pro", date(2026, 1, 15))
    assert len(found.address_ids) == 2
    assert desk.by_code("vip9876") == found


@pytest.mark.parametrize(
    "cell",
    [
        "+351912345678 telegram:42",
        "+351 912 345 678 telegram:42",
        "telegram:42, 00351 912-345-678",
        "(+351) 912 345 678|telegram:42",
        "telegram:42\n+351\u00a0912\u202f345\u00a0678",
        "telegram:42 whatsapp: +351 912 345 678",
        "+351912345678 +351 912 345 678 whatsapp:00351912345678 telegram:42",
    ],
)
def test_a_number_is_the_same_address_in_any_spelling(desk: AccountsCommand, cell: str) -> None:
    assert counts(desk.take(f'{HEADER}Acme,pro,AC-1234,,,"{cell}"\n')) == (1, 0, 0, 0, 0)
    found = desk.by_code("AC-1234")
    assert found is not None
    addresses = (Address("whatsapp", "+351912345678"), Address("telegram", "42"))
    assert set(found.address_ids) == set(map(make_contact_id, addresses))


@pytest.mark.parametrize("first", ["sep=;\r\n", '\ufeff"SEP=;"\n'], ids=["plain", "quoted"])
def test_the_line_that_tells_excel_the_separator_is_no_row(desk: AccountsCommand, first: str) -> None:
    text = f"{first}{HEADER}{ACME}Beta,gold,,,,\n".replace(",", ";")
    told = desk.take(text)
    assert counts(told) == (1, 0, 0, 1, 1)
    assert told["problems"][0]["row"] == 3, "rows are counted from the headings"  # type: ignore[index]


@pytest.mark.parametrize("rows", ["Acme,gold,,,,\n", "Acme,gold,,,,\nBeta,pro,1,,,\n,pro,,,,\n", ""])
def test_a_file_with_no_good_row_says_so_of_each(desk: AccountsCommand, rows: str) -> None:
    told = desk.take(HEADER + rows)
    wrong = rows.count("\n")
    assert counts(told) == (0, 0, 0, wrong, 1 if wrong else 0)
    assert len(told["problems"]) == wrong  # type: ignore[arg-type]


def test_a_separator_that_only_the_first_line_names_is_used(desk: AccountsCommand) -> None:
    assert counts(desk.take(f"sep=^\n{HEADER}{ACME}".replace(",", "^"))) == (1, 0, 0, 0, 0)


def test_the_same_file_again_changes_not_one_byte(desk: AccountsCommand) -> None:
    text = f"{HEADER}{ACME}Beta,plus,BETA-1,,,telegram:7\nBeta,pro,,,,\nGamma,gold,,,,\n"
    first = desk.take(text)
    assert counts(first) == (2, 0, 0, 2, 1)
    before = {key: desk.redis.hgetall(key) for key in desk.redis.scan_iter("account*")}
    again = desk.take(text)
    assert counts(again) == (0, 0, 2, 2, 1)
    assert again["problems"] == first["problems"]
    assert {key: desk.redis.hgetall(key) for key in desk.redis.scan_iter("account*")} == before


def test_a_later_file_takes_the_place_of_what_was_known(desk: AccountsCommand) -> None:
    desk.take(HEADER + ACME)
    assert counts(desk.take(HEADER + "ACME,enterprise,NEW-777,,2026-01-15,telegram:43\n")) == (0, 1, 0, 0, 0)
    found = desk.by_code("new777")
    assert found is not None
    assert (found.plan, len(found.address_ids)) == ("enterprise", 1)
    assert desk.by_code("AC-1234") is None
    assert desk.by_code("VIP-9876") is None
    assert counts(desk.take(HEADER + "Other,pro,AC-1234,,,telegram:42\n")) == (1, 0, 0, 0, 0)


def test_who_is_not_in_the_next_file_stays(desk: AccountsCommand) -> None:
    desk.take(HEADER + ACME)
    desk.take(HEADER + "Beta,plus,BETA-1,,,\n")
    assert desk.by_code("AC-1234") is not None


@pytest.mark.parametrize(
    "form",
    [
        "name;plan\nAcme;pro\n",
        "\ufeffNom\tFormule\r\nAcme\tPro\r\n",
        "Plan,NAME\npro,Acme\n\n\n",
        "Nombre|Plan\nAcme|Enterprise\n",
        'Account name,Plan\n"Acme\nInternational",pro\n',
    ],
)
def test_the_forms_that_spreadsheets_write_are_read(desk: AccountsCommand, form: str) -> None:
    assert counts(desk.take(form)) == (1, 0, 0, 0, 0)


def test_columns_that_are_not_used_are_named(desk: AccountsCommand) -> None:
    told = desk.take("name,plan,colour\nAcme,pro,blue\n")
    assert (told["added"], told["unused_columns"]) == (1, ["colour"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",pro,,,,", "the name is missing"),
        ("B,gold,,,,", "the plan “gold” doesn’t exist; the policy has standard, plus, pro, enterprise"),
        ("B,pro,1-2,,,", "the support code has fewer than 4 letters and digits"),
        ("B,pro,CODE1,code-1,,", "the support code and the VIP code are the same"),
        ("B,standard,,VIP-1,,", "only a premium plan has a VIP code"),
        ("B,pro,AC1234,,,", "the support code belongs to another account"),
        ("B,pro,,ac1234,,", "the VIP code belongs to another account"),
        ("B,pro,vip9876,,,", "the support code belongs to another account"),
        ("B,pro,,,,telegram:1 telegram:42", "address 2 belongs to another account"),
        ("acme,pro,,,,", "the account is already in row 2"),
        ("B,pro,,,2026-02-30,", "2026-02-30 isn’t a date"),
        ("B,pro,,,15/01/2026,", "the start of term isn’t a date such as 2026-03-31"),
        ("B,pro,,,,pager:1", "address 1 isn’t valid: write whatsapp:+351910000000 or telegram:42"),
        (
            "B,pro,,,,telegram:1 912345678",
            "address 1 isn’t valid: write whatsapp:+351910000000 or telegram:42",
        ),
        ("B,pro,,,,telegram:1; US.abc", "address 2 isn’t valid: write whatsapp:+351910000000 or telegram:42"),
        ("B,pro,,,,telegram:1,more", "the row has 7 cells, but there are 6 columns"),
    ],
)
def test_a_bad_row_is_told_by_its_number_and_the_good_ones_are_kept(
    desk: AccountsCommand, row: str, said: str
) -> None:
    told = desk.take(f"{HEADER}{ACME}{row}\nC,pro,,,,\n")
    assert counts(told) == (2, 0, 0, 1, 1)
    assert told["problems"] == [{"row": 3, "problem": said}]
    words = desk.run("import", str(desk.folder / "accounts.csv"))
    assert words.stderr == f"guichet: row 3: {said}\n"
    assert words.stdout == "0 added, 0 changed, 2 unchanged, 1 skipped\n"


@pytest.mark.parametrize(
    ("plan", "began", "became", "said"),
    [
        ("enterprise", "2026-01-15", "changed", ""),
        ("plus", "2026-01-15", "skipped", "plans can only change upwards: plus is below pro"),
        ("standard", "2026-01-15", "skipped", "plans can only change upwards: standard is below pro"),
        ("", "", "skipped", "the plan pro has a minimum term until"),
    ],
)
def test_a_plan_changes_upwards_only_and_keeps_its_term(
    desk: AccountsCommand, plan: str, began: str, became: str, said: str
) -> None:
    today = datetime.now(UTC).date()
    desk.take(f"name,plan,start of term\nAcme,pro,{today}\n")
    told = desk.take(f"name,plan,start of term\nAcme,{plan},{began}\n")
    assert told[became] == 1
    assert said in str(told["problems"])


def test_a_plan_may_end_once_its_term_is_over(desk: AccountsCommand) -> None:
    desk.take("name,plan,start of term\nAcme,pro,2020-01-15\n")
    assert desk.take("name,plan,start of term\nAcme,,\n")["changed"] == 1


def test_a_firm_term_without_a_date_begins_with_the_import_and_stays(desk: AccountsCommand) -> None:
    desk.take("name,plan,code\nAcme,pro,ACME-1\n")
    first = desk.by_code("ACME-1")
    assert first is not None
    assert first.term_began_on is not None
    assert desk.take("name,plan,code\nAcme,pro,ACME-2\n")["changed"] == 1
    later = desk.by_code("ACME-2")
    assert later is not None
    assert later.term_began_on == first.term_began_on


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ((HEADER + ACME).encode() + "Société,,,,,\n".encode("latin-1"), "isn’t in UTF-8"),
        ("name,plan\nSociété,pro\n".encode("utf-16"), "isn’t in UTF-8"),
        (b"", "the column “name” is missing"),
        (b"plan\npro\n", "the column “name” is missing"),
        (b"name,company\nA,B\n", "two columns are both “name”"),
        ((HEADER + ACME).encode() + b'"never closed,pro,,,,\nB,pro,,,,\n', "can’t be read as CSV"),
        ((HEADER + ACME).encode() + b"x" * 200_000, "can’t be read as CSV"),
        ((HEADER + ACME).encode() + b"B\0,pro,,,,\n", "can’t be read as CSV"),
    ],
)
def test_a_file_that_cannot_be_read_imports_nothing(desk: AccountsCommand, data: bytes, said: str) -> None:
    told = desk.run("import", str(desk.write(data)), "--json")
    assert (told.returncode, told.stdout) == (1, "")
    assert said in told.stderr
    assert told.stderr.count("\n") == 1
    assert told.stderr.rstrip().endswith("Nothing was imported")
    assert desk.redis.dbsize() == 0


def test_a_file_that_is_not_there_is_one_line(desk: AccountsCommand) -> None:
    told = desk.run("import", "none.csv")
    assert told.returncode == 1
    assert told.stderr == "guichet: none.csv can’t be read: No such file or directory\n"


def test_codes_are_never_said_or_kept_in_clear(desk: AccountsCommand) -> None:
    path = desk.write(HEADER + "A,pro,canary-code1,,,\nB,pro,canary-code1,,,\nC,pro,canary2,canary-2,,\n")
    told = desk.run("import", str(path))
    listed = desk.run("list")
    assert "canary" not in told.stdout + told.stderr + listed.stdout
    assert not any("canary" in repr(desk.redis.hgetall(key)) for key in desk.redis.scan_iter())


def test_accounts_are_listed_with_this_months_requests(desk: AccountsCommand) -> None:
    desk.take(HEADER + ACME)
    listed = json.loads(desk.run("list", "--json").stdout)
    assert (listed["name"], listed["plan"], listed["addresses"]) == ("Acme", "pro", 2)
    assert (listed["has_support_code"], listed["has_vip_code"]) == (True, True)
    assert (listed["requests_this_month"], listed["monthly_quota"]) == (0, 100)
    assert "Acme" in desk.run("list").stdout


def test_two_imports_at_once_are_refused(desk: AccountsCommand) -> None:
    desk.redis.set("lease:account-import", "another", ex=60)
    told = desk.run("import", str(desk.write(HEADER + ACME)))
    assert told.returncode == 1
    assert "another process is changing accounts" in told.stderr
    assert desk.by_code("AC-1234") is None


def test_memory_does_not_grow_with_the_file(desk: AccountsCommand) -> None:
    assert _peak(desk, 40_000) - _peak(desk, 1_000) < 6_000


def _peak(desk: AccountsCommand, rows: int) -> int:
    """Kilobytes that an import of so many rows took at most."""
    lines = (f"Company {n},pro,SC-{n:08d},,2026-01-15,whatsapp:+3519{n:08d}\n" for n in range(rows))
    path = desk.write(HEADER + "".join(lines))
    script = (
        "import resource, sys; from cli.main import _run;"
        f"code = _run(['accounts', 'import', {str(path)!r}]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
    )
    environ = desk.environ | {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin"}
    told = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=environ,
        cwd=desk.folder,
    )
    added, peak = told.stdout.splitlines()
    assert added.endswith(" 0 skipped")
    return int(peak)


@pytest.mark.parametrize("called", ["Acme", "  acme ", "ACME"])
def test_a_removed_account_leaves_no_code_and_no_address(desk: AccountsCommand, called: str) -> None:
    desk.take(f"{HEADER}{ACME}Beta,plus,BETA-1,,,telegram:7\n")
    told = desk.run("remove", called, "--yes")
    assert (told.returncode, told.stdout) == (0, "removed Acme\n")
    assert desk.by_code("AC-1234") is None
    assert desk.by_code("VIP-9876") is None
    assert desk.by_code("BETA-1") is not None
    assert {key: desk.redis.hlen(key) for key in ("accounts", "account-codes", "account-addresses")} == {
        "accounts": 1,
        "account-codes": 1,
        "account-addresses": 1,
    }
    assert counts(desk.take("name,plan,code,addresses\nGamma,pro,AC-1234,telegram:42\n"))[0] == 1


def test_an_account_is_removed_by_your_own_number_or_by_the_id_of_the_list(desk: AccountsCommand) -> None:
    desk.take("id,name,plan\nC-1,Acme,pro\nC-2,Acme,pro\nC-3,Acme,pro\n")
    told = desk.run("remove", "Acme", "--yes")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("guichet: 3 accounts are named Acme; give the id instead: ")
    assert desk.run("remove", "c-1", "--yes").returncode == 0
    listed = [json.loads(line) for line in desk.run("list", "--json").stdout.splitlines()]
    removed = json.loads(desk.run("remove", listed[0]["id"], "--yes", "--json").stdout)["removed"]
    assert removed == listed[0]
    assert len(desk.run("list").stdout.splitlines()) == 1


def test_nothing_is_removed_unasked_or_by_a_wrong_name(desk: AccountsCommand) -> None:
    desk.take(HEADER + ACME.replace("2026-01-15", ""))
    asked = desk.run("remove", "Acme")
    assert asked.returncode == 1
    assert "has a minimum term until" in asked.stderr
    wrong = desk.run("remove", "Acmee", "--yes")
    assert (wrong.returncode, wrong.stderr) == (
        1,
        "guichet: there is no account Acmee: see guichet accounts list\n",
    )
    assert desk.by_code("AC-1234") is not None


def test_nobody_is_removed_while_a_file_is_imported(desk: AccountsCommand) -> None:
    desk.take(HEADER + ACME)
    desk.redis.set("lease:account-import", "another", ex=60)
    told = desk.run("remove", "Acme", "--yes")
    assert told.returncode == 1
    assert "another process is changing accounts" in told.stderr
    assert desk.by_code("AC-1234") is not None
