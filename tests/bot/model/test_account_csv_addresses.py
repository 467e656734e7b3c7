"""Addresses in a cell as people and spreadsheets write them: each is the number that a provider would send."""

import pytest

from bot.messages.inbound import Address
from bot.model.account_csv import RowProblem, read_row
from bot.policy.policy import load_policy
from tests.fixtures.paths import POLICIES

PREMIUM = load_policy(POLICIES / "premium.toml")
NUMBER, OTHER, CHAT = (
    Address("whatsapp", "+351912345678"),
    Address("whatsapp", "+33612345678"),
    Address("telegram", "42"),
)


def read(cell: str) -> tuple[Address, ...]:
    return read_row(2, {"name": "Acme", "addresses": cell}, PREMIUM).addresses


@pytest.mark.parametrize(
    "cell",
    [
        "\u202a+351 912 345 678\u202c telegram:42",
        "+351\u00a0912\u202f345\u2007678\u00a0telegram:42",
        "WhatsApp:+351 912 345 678 Telegram:42",
        '="+351 912 345 678";telegram:42',
        "'+351912345678 | telegram:42",
        "00351 912 345 678\ntelegram:42",
        "00351 912 345 678\r\n\r\ntelegram: 42\r\n",
        "+351 (912) 345-678 / telegram:42",
        "tel:+351-912-345-678, telegram:42",
        "\ufeff+351.912.345.678;\u200etelegram:42",
    ],
)
def test_a_cell_is_read_in_any_spelling(cell: str) -> None:
    assert read(cell) == (NUMBER, CHAT)


def test_one_number_a_line_needs_no_separator() -> None:
    assert read("00351 912 345 678\n0033 6 12 34 56 78") == (NUMBER, OTHER)
    assert read("+351 912 345 678 +33 6 12 34 56 78") == (NUMBER, OTHER)


@pytest.mark.parametrize("cell", ["912 345 678", "3.51912E+11", "+351 912", "pager:1", "telegram:x", "="])
def test_what_is_no_whole_address_is_refused(cell: str) -> None:
    with pytest.raises(RowProblem, match="address 1"):
        read(cell)
