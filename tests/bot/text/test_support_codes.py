"""Codes in what people write: found where they are named, hidden, and not imagined."""

import pytest

from bot.text.support_codes import labelled_code, named_code, redact, without_code


@pytest.mark.parametrize(
    "text",
    [
        "my support code is GV-4417",
        "Support code: GV-4417",
        "VIP code GV-4417, please hurry",
        "Bonjour, mon code est GV-4417.",
        "code client : GV-4417",
        "mon code d’assistance est GV-4417",
        "Mi código es GV-4417",
        "código de soporte: GV-4417",
        "Nothing works. Our customer code is GV-4417 since 2019",
    ],
)
def test_a_code_that_is_named_is_found_and_taken_out(text: str) -> None:
    assert named_code(text) == "GV-4417"
    assert "4417" not in without_code(text)
    assert redact(text, "GV-4417").count("•••") == 1


@pytest.mark.parametrize(
    "text",
    [
        "the page shows error code 50231",
        "Code: E5021",
        "the code of page 1200 is wrong",
        "my code does not compile",
        "I support code 502",
        "my postcode is 75001",
        "mon code est faux",
        "",
    ],
)
def test_other_codes_are_left_alone(text: str) -> None:
    assert named_code(text) == ""
    assert without_code(text) == text


def test_a_line_that_is_only_a_code_is_found_where_a_desk_asks_for_one() -> None:
    assert labelled_code("hola\ncode: GV-4417") == "GV-4417"
    assert labelled_code("the code: see below") == ""


def test_a_very_long_text_is_read_at_once() -> None:
    assert named_code("my code is " + "A" * 200_000) == ""
    assert named_code("support " * 50_000) == ""
