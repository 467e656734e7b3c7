"""Cutting text: nothing lost, nothing broken, nothing too long, at the best place there is."""

import time

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from channels.text_limits import clean_text, safe_file_name, split_text, utf16_length

TELLING = st.sampled_from(
    [
        "a", "é", "e\u0301", "👩‍👩‍👧‍👦", "🇵🇹", "👍🏽", "שלום", "नि",
        "\u202e", "\u200d", "\ufe0f", "\r\n", "\n", "\n\n", " ", ". ",
        "\u202f!", "\u00a0", "mot", "✅", "1️⃣", "한", "\u1112\u1161\u11ab",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(TELLING, max_size=300).map("".join))


def graphemes(text: str) -> list[str]:
    return regex.findall(r"\X", text)


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, limit=st.sampled_from([20, 64, 1600, 4096]))
@example(text="👩‍👩‍👧‍👦" * 30, limit=20)
@example(text="a" + "\u0301" * 100, limit=20)
def test_pieces_are_whole_short_and_together_the_text(text: str, limit: int) -> None:
    pieces = split_text(clean_text(text), limit)
    assert "".join(pieces) == clean_text(text)
    assert all(0 < utf16_length(piece) <= limit for piece in pieces)
    if all(utf16_length(grapheme) <= limit for grapheme in graphemes(clean_text(text))):
        assert [g for piece in pieces for g in graphemes(piece)] == graphemes(clean_text(text))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One thing. Another thing. " * 3, "One thing. Another thing. One thing. "),
        ("first block of words\n\nsecond block of words that goes on", "first block of words\n\n"),
        ("a line that is long enough\nanother line of words", "a line that is long enough\n"),
        ("words without any end of a sentence at all here", "words without any end of a sentence at "),
        ("x" * 50, "x" * 40),
        ("ok " + "x" * 50, "ok "),
    ],
)
def test_it_cuts_where_a_reader_would(text: str, first: str) -> None:
    assert split_text(text, 40)[0] == first


def test_a_french_exclamation_mark_never_begins_a_message() -> None:
    pieces = split_text("Votre demande est bien arrivée chez nous\u202f!" * 20, 41)
    assert not any(piece.startswith(("\u202f", "!")) for piece in pieces)


def test_emoji_count_two_as_providers_count_them() -> None:
    assert utf16_length("👍") == 2
    assert [utf16_length(piece) for piece in split_text("👍" * 3000, 4096)] == [4096, 1904]


def test_two_hundred_thousand_characters_are_cut_in_good_time() -> None:
    started = time.process_time()
    pieces = split_text("Bonjour à tous, voici l’histoire 👩‍👩‍👧‍👦 entière. " * 4500, 4096)
    assert time.process_time() - started < 5
    assert len(pieces) > 50


def test_an_empty_text_has_no_pieces() -> None:
    assert split_text("", 1600) == ()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\0b", "ab"),
        ("a\ud800b", "a\ufffdb"),
        ("line\nline\ttab", "line\nline\ttab"),
        ("\x1b[31mred", "[31mred"),
        ("é👍", "é👍"),
    ],
)
def test_what_no_provider_carries_is_taken_out(text: str, kept: str) -> None:
    assert clean_text(text) == kept


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("écran 1.png", "écran 1.png"),
        ("../../etc/passwd", "etcpasswd"),
        ('a\r\nX-Evil: 1".png', "aX-Evil: 1.png"),
        ("x" * 500 + ".log", "x" * 116 + ".log"),
        ("...", ""),
        ("\u202egpj.exe", "gpj.exe"),
    ],
)
def test_a_files_name_can_be_taken_for_nothing_else(name: str, kept: str) -> None:
    assert safe_file_name(name) == kept
