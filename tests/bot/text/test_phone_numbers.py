"""Phone numbers as people type them, and as they are shown and looked for."""

import phonenumbers
import pytest

from bot.text.phone_numbers import (
    countries_of,
    format_international,
    is_international,
    normalise_address,
    parse,
    search_digits,
)

NUMBER = "+351912345678"


@pytest.mark.parametrize(
    "text",
    [
        "+351912345678",
        " +351 912 345 678 ",
        "+351-912-345-678",
        "+351.912.345.678",
        "(+351) 912 345 678",
        "+351 (912) 345/678",
        "00351912345678",
        "00 351 912 345 678",
        "(00351) 912 345 678",
        "+351\u00a0912\u202f345\u2007678",
        "\u202a+351 912 345 678\u202c",
        "\u2068+351\u200e912345678\u2069",
        "+351\u2011912\u2013345\u2014678",
        "\uff0b351912345678",
        "+\u0663\u0665\u0661\u0669\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
        "\ufeff+351912345678\n",
    ],
)
def test_a_number_is_read_in_any_spelling(text: str) -> None:
    assert parse(text) == NUMBER


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("+39 06 123 4567", "+39061234567"),
        ("+1 (415) 523-8886", "+14155238886"),
        ("+5215512345678", "+5215512345678"),
        ("+52 1 55 1234 5678", "+5215512345678"),
        ("+999123456789", "+999123456789"),
    ],
)
def test_the_number_is_the_one_that_a_provider_sends(text: str, number: str) -> None:
    assert parse(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "+", "00", "+1", "hello", "912345678", "0612345678", "+351 912", "+351 912 345 678 ext. 5",
        "+351912345678#5", "1-800-FLOWERS", "+1 800 FLOWERS", "+351912345678, +351912345679",
        "+351912345678;ext=1", "+999 123 456 789", "US.abc123", "+351" + "9" * 14, "+" * 300, "9" * 300,
    ],
)  # fmt: skip
def test_what_is_not_one_whole_number_with_its_country_is_refused(text: str) -> None:
    assert parse(text) is None


def test_a_number_without_country_code_is_read_where_the_country_is_known() -> None:
    assert parse("912 345 678", "PT") == NUMBER
    assert parse("06 12 34 56 78", "FR") == "+33612345678"
    assert parse("00 351 912 345 678", "FR") == NUMBER


def test_no_countrys_numbers_are_changed() -> None:
    kinds = phonenumbers.PhoneNumberType.values()
    regions = phonenumbers.SUPPORTED_REGIONS
    examples = [phonenumbers.example_number_for_type(region, kind) for region in regions for kind in kinds]
    written = [
        f"+{one.country_code}{phonenumbers.national_significant_number(one)}" for one in examples if one
    ]
    assert len(written) > 1000
    assert [number for number in written if parse(number) != number] == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("whatsapp:+351 912 345 678", "whatsapp:+351912345678"),
        ("whatsapp: 00351 912-345-678", "whatsapp:+351912345678"),
        ("whatsapp:US.abc123", "whatsapp:US.abc123"),
        ("whatsapp:912345678", "whatsapp:912345678"),
        ("telegram:42", "telegram:42"),
        ("WhatsApp: +351 (912) 345\u2011678", "whatsapp:+351912345678"),
        ("\u202awhatsapp:\u00a0+351\u00a0912\u202f345\u00a0678\u202c", "whatsapp:+351912345678"),
        ("tel:+351-912-345-678", "whatsapp:+351912345678"),
        ("telegram:42\n", "telegram:42\n"),
        ("portal:+351 912 345 678", "portal:+351 912 345 678"),
        ("+351 912 345 678", "+351 912 345 678"),
        ("", ""),
    ],
)
def test_only_the_number_in_a_whatsapp_address_is_normalised(text: str, address: str) -> None:
    assert normalise_address(text) == address


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+351912345678", "+351 912 345 678"),
        ("+14155238886", "+1 415-523-8886"),
        ("+999123456789", "+999123456789"),
        ("US.abc123", "US.abc123"),
        ("42", "42"),
        ("", ""),
    ],
)
def test_a_number_is_shown_as_its_country_writes_it(number: str, shown: str) -> None:
    assert format_international(number) == shown


@pytest.mark.parametrize(
    ("number", "countries"),
    [
        ("+351912345678", ("PT",)),
        ("+16045550100", ("CA", "US")),
        ("+447781123456", ("GG", "GB")),
        ("+19995550100", ("US",)),
        ("+999123456789", ()),
        ("+", ()),
    ],
)
def test_a_number_has_a_country_and_the_main_one_of_its_code(number: str, countries: tuple[str, ...]) -> None:
    assert countries_of(number) == countries


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("+351 912 345 678", "351912345678"),
        ("00351912345678", "351912345678"),
        ("351 912 345 678", "351912345678"),
        ("912\u00a0345\u202f678", "912345678"),
        ("06 12 34 56 78", "612345678"),
        ("345-678", "345678"),
        ("42424242", "42424242"),
        ("12345", ""),
        ("0000000", ""),
        ("K4-217", ""),
        ("card 123456", ""),
        ("12:34:56", ""),
        ("", ""),
    ],
)
def test_a_number_or_a_part_of_one_is_looked_for_by_its_digits(text: str, digits: str) -> None:
    assert search_digits(text) == digits


def test_an_incomplete_number_is_still_somebodys_number() -> None:
    assert is_international("+351 912 34")
    assert not is_international("+999 123 456 789")
    assert not is_international("912 345 678")
