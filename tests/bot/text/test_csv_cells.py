"""What somebody wrote is never run by a spreadsheet; what we counted stays a number."""

import pytest

from bot.text.csv_cells import escape_formula


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\x00"])
def test_words_that_begin_like_a_formula_are_marked_as_text(start: str) -> None:
    assert escape_formula(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["Marie", "1=1", "", " =1", 0, -5, 1.5, None])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert escape_formula(value) == value
