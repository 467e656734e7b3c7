"""Names and words with signs that turn text around."""

import pytest

from bot.text.direction import plain_name, without_direction_controls

OVERRIDE, ISOLATE, END, MARK = "\u202e", "\u2067", "\u2069", "\u200f"


@pytest.mark.parametrize("sign", [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))])
def test_no_sign_turns_what_follows_around(sign: str) -> None:
    assert without_direction_controls(f"Leo{sign}gpj.exe") == "Leogpj.exe"
    assert plain_name(f"{sign}Leo {sign}\n Costa{sign}") == "Leo Costa"


def test_words_keep_the_marks_that_their_script_needs_and_names_do_without() -> None:
    assert without_direction_controls(f"שלום{MARK}!") == f"שלום{MARK}!"
    assert plain_name(f"שלום{MARK}") == "שלום"
    assert without_direction_controls(f"{ISOLATE}a{END}") == "a"
    assert plain_name("Zoë O’Neil") == "Zoë O’Neil"
