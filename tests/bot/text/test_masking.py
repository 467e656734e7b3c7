"""Which numbers are hidden from a group chat, and which must stay readable."""

import pytest

from bot.text.masking import mask_numbers


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("my card 4111 1111 1111 1111, thanks", "my card •••1111, thanks"),
        ("4111-1111-1111-1111", "•••1111"),
        ("card:378282246310005", "card:•••0005"),
        ("4111 1111 1111 1111 12/27", "•••27"),
        ("IBAN PT50 0002 0123 1234 5678 9015 4 please", "IBAN •••0154 please"),
        ("FR14 2004 1010 0505 0001 3M02 606", "•••2606"),
        ("DNI 12345678Z", "DNI •••8Z"),
        ("NIE X1234567L", "NIE •••7L"),
        ("1 85 05 78 006 084 36", "•••36"),
        ("AHV 756.1234.5678.97", "AHV •••97"),
        ("NIF 501442600", "NIF •••00"),
        ("contract 1234567890123", "contract •••23"),
        ("+4111111111111111", "•••1111"),
    ],
)
def test_cards_accounts_and_identities_are_hidden(text: str, shown: str) -> None:
    assert mask_numbers(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "call +351 912 345 678 or 06 12 34 56 78",
        "call 912 345 678",
        "since 2026-03-02 10:30 until 10.12.2026",
        "K4-217: error 1234567 on page 12",
        "20.000.000 euros",
        "DNI 12345678A has the wrong letter",
        "٣٤٥",
    ],
)
def test_what_agents_must_read_stays(text: str) -> None:
    assert mask_numbers(text) == text
