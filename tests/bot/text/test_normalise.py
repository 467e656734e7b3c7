"""Reading short texts kindly, and never too kindly."""

import pytest

from bot.text.normalise import count_words, is_near, on_one_line, read_number, squeeze_repeats


@pytest.mark.parametrize(
    ("one", "other", "is_it"),
    [
        ("urgent", "urgent", True),
        ("urgent", "urgnt", True),
        ("urgent", "urgennt", True),
        ("urgent", "ugrent", True),
        ("urgent", "argent", True),
        ("urgent", "agrent", False),
        ("low", "law", False),
        ("plan 1", "plan 2", False),
        ("urgent", "", False),
    ],
)
def test_one_typo_is_near_and_two_are_not(one, other, is_it):
    assert is_near(one, other) is is_it
    assert is_near(other, one) is is_it


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2),
        ("2️⃣", 2),
        ("nº 2", 2),
        ("n° 2", 2),
        ("N.º 2", 2),
        ("le 2e", 2),
        ("la 2ème", 2),
        ("la 2da", 2),
        ("1er", 1),
        ("el 3ro", 3),
        ("the 2nd one", 2),
        ("10", 10),
        ("huitième", 8),
        ("10e étage", None),
        ("no one", None),
        ("number two", 2),
        ("la deuxième", 2),
        ("the second one", 2),
        ("one", 1),
        ("२", 2),
        ("²", 2),
        ("2 or 3", None),
        ("", None),
        ("two of them fail", None),
        ("9" * 100, None),
    ],
)
def test_a_number_is_read_when_the_text_is_nothing_else(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "count"), [("l’appli ne marche pas", 4), ("👍👍", 0), ("", 0), ("a-b c", 2)]
)
def test_words_are_counted_as_people_do(text, count):
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("word", "bare"), [("merciiii", "merci"), ("hello", "hello"), ("coool", "col"), ("", "")]
)
def test_a_drawl_is_shortened(word, bare):
    assert squeeze_repeats(word) == bare


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Hello\nit does not work", "Hello · it does not work"),
        ("Hello,\r\n\r\n  it   does not work.\nAt all", "Hello, it does not work. At all"),
        ("one line", "one line"),
        (" \n\t", ""),
    ],
)
def test_lines_are_told_apart_on_one_line(text, line):
    assert on_one_line(text) == line
