"""A message at WhatsApp's measure."""

from pathlib import Path

from channels.outgoing import Choice, File, RenderedMessage, Template
from channels.text_limits import utf16_length
from channels.whatsapp.split import split_message

OPTIONS = (Choice("low", "Low", "no hurry"), Choice("high", "High"))
PICTURE = File("image", "image/png", "a.png", Path("a.png"), "http://desk/media/a")
PAPER = File("document", "application/pdf", "a.pdf", Path("a.pdf"), "http://desk/media/b")


def test_choices_are_numbered_lines_under_the_question() -> None:
    [part] = split_message(RenderedMessage("How urgent?", OPTIONS))
    assert part.text == "How urgent?\n\n1 Low – no hurry\n2 High"
    assert part.options == ()


def test_a_long_text_is_several_messages_in_order() -> None:
    text = "A sentence of some words. " * 200
    found = split_message(RenderedMessage(text))
    assert "".join(part.text for part in found) == text
    assert all(utf16_length(part.text) <= 1600 for part in found)


def test_a_short_text_stands_under_its_picture() -> None:
    [part] = split_message(RenderedMessage("Look here", files=(PICTURE,)))
    assert (part.text, part.file) == ("Look here", PICTURE)


def test_words_beside_a_document_go_on_their_own_as_whatsapp_would_drop_them() -> None:
    found = split_message(RenderedMessage("Look here", files=(PAPER, PICTURE)))
    assert [(part.text, part.file) for part in found] == [("Look here", None), ("", PAPER), ("", PICTURE)]


def test_a_text_too_long_for_a_caption_goes_before_the_picture() -> None:
    found = split_message(RenderedMessage("x " * 600, files=(PICTURE,)))
    assert [bool(part.file) for part in found] == [False, True]


def test_a_template_goes_alone() -> None:
    [part] = split_message(
        RenderedMessage("ignored", OPTIONS, (PICTURE,), template=Template("HX1", {"1": "K4-217"}, "hi"))
    )
    assert part.template is not None
    assert (part.text, part.file) == ("hi", None)


def test_nothing_to_say_is_no_message() -> None:
    assert split_message(RenderedMessage("")) == ()
    assert split_message(RenderedMessage(" \n " * 3000)) == ()
