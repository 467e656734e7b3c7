"""A message at Telegram's measure."""

from pathlib import Path

import pytest

from bot.messages.errors import DeliveryError
from channels.outgoing import Choice, File, RenderedMessage
from channels.telegram.keyboard import keyboard
from channels.telegram.split import split_message
from channels.text_limits import utf16_length

OPTIONS = (Choice("low", "Low", "no hurry"), Choice("high", "High"))
PICTURE = File("image", "image/png", "a.png", Path("a.png"), size=10)
FILM = File("video", "video/mp4", "a.mp4", Path("a.mp4"), size=10)
PAPER = File("document", "application/pdf", "a.pdf", Path("a.pdf"), size=10)
STICKER = File("sticker", "image/webp", "a.webp", Path("a.webp"), size=10)


def test_buttons_stand_under_the_last_words() -> None:
    found = split_message(RenderedMessage("A sentence of some words. " * 400, OPTIONS))
    assert len(found) == 3
    assert [part.options for part in found] == [(), (), OPTIONS]
    assert all(utf16_length(part.text) <= 4096 for part in found)


def test_what_is_to_be_known_of_a_choice_is_told_above_the_buttons() -> None:
    [part] = split_message(RenderedMessage("How urgent?", OPTIONS))
    assert part.text == "How urgent?\n\n• Low – no hurry"


def test_a_long_caption_becomes_a_message_of_its_own() -> None:
    found = split_message(RenderedMessage("x " * 600, files=(PICTURE,)))
    assert [(bool(part.text), bool(part.file)) for part in found] == [(True, False), (False, True)]


def test_an_edit_replaces_the_first_part_and_the_rest_follows() -> None:
    found = split_message(RenderedMessage("A sentence of some words. " * 400, edits_id="42:7"))
    assert [part.edits_id for part in found] == ["42:7", "", ""]


def test_every_part_goes_to_the_same_topic() -> None:
    found = split_message(RenderedMessage("Look", files=(PICTURE, STICKER), topic_id="5"))
    assert [part.topic_id for part in found] == ["5", "5"]


def test_pictures_and_films_go_as_one_album_and_documents_as_another() -> None:
    found = split_message(
        RenderedMessage("Look", files=(PICTURE, FILM, PAPER, PAPER, STICKER), quoted_id="42:7")
    )
    assert [(part.text, part.album, part.file) for part in found] == [
        ("Look", (PICTURE, FILM), None),
        ("", (PAPER, PAPER), None),
        ("", (), STICKER),
    ]
    assert [part.quoted_id for part in found] == ["42:7", "", ""]


def test_an_album_holds_ten_and_the_next_begins() -> None:
    found = split_message(RenderedMessage(files=(PICTURE,) * 21))
    assert [(len(part.album), bool(part.file)) for part in found] == [(10, False), (10, False), (0, True)]


def test_files_with_buttons_are_no_album_as_albums_have_no_buttons() -> None:
    found = split_message(RenderedMessage("Which?", OPTIONS, files=(PICTURE, PICTURE)))
    assert not any(part.album for part in found)
    assert [part.options for part in found] == [OPTIONS, ()]


@pytest.mark.parametrize("payload", ["", "x" * 65, "é" * 33])
def test_a_payload_that_telegram_cannot_hold_is_refused_before_anything_is_sent(payload: str) -> None:
    with pytest.raises(DeliveryError) as refused:
        split_message(RenderedMessage("Which?", (Choice(payload, "One"),)))
    assert refused.value.is_permanent


def test_short_buttons_stand_in_pairs_and_long_ones_alone() -> None:
    short = keyboard([Choice(str(n), f"No {n}") for n in range(3)])
    long = keyboard([Choice(str(n), f"A label of many words {n}") for n in range(2)])
    assert short is not None
    assert long is not None
    assert [len(row) for row in short.inline_keyboard] == [2, 1]
    assert [len(row) for row in long.inline_keyboard] == [1, 1]


def test_no_choices_are_no_keyboard() -> None:
    assert keyboard(()) is None


def test_a_button_that_opens_an_address_sends_nothing() -> None:
    shown = keyboard([Choice("whatsapp", "Open WhatsApp", url="https://wa.me/15005550006?text=M7KD4-MX9QA")])
    assert shown is not None
    [[button]] = shown.inline_keyboard
    assert (button.url, button.callback_data) == ("https://wa.me/15005550006?text=M7KD4-MX9QA", None)
