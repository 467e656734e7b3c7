"""Choices as buttons or a list, where a template for so many of them fits the words; else numbered lines."""

import pytest

from channels.outgoing import Choice, ChoiceTemplate, RenderedMessage
from channels.whatsapp.interactive import interactive_template
from channels.whatsapp.split import split_message

BUTTONS, LIST = ChoiceTemplate("buttons", "HX" + "b" * 32), ChoiceTemplate("list", "HX" + "c" * 32)
YES_NO = (Choice("yes", "Yes, please"), Choice("no", "No, thank you"))


def test_the_question_then_each_label_and_its_id_fill_the_template() -> None:
    [part] = split_message(RenderedMessage("Shall we?", YES_NO, BUTTONS))
    assert part.template is not None
    assert part.template.content_sid == BUTTONS.content_sid
    assert part.template.variables == {
        "1": "Shall we?", "2": "Yes, please", "3": "yes", "4": "No, thank you", "5": "no",
    }  # fmt: skip


def test_what_the_choices_mean_stands_under_the_question_numbered() -> None:
    options = (Choice("low", "Low", "no hurry"), Choice("high", "High", "nobody can work"))
    found = interactive_template("How urgent?", options, LIST)
    assert found is not None
    assert found.variables["1"] == "How urgent?\n\n1 Low – no hurry\n2 High – nobody can work"


@pytest.mark.parametrize(
    ("text", "options", "form"),
    [
        ("Shall we?", (Choice("yes", "Yes, with the greatest pleasure"), YES_NO[1]), BUTTONS),
        ("Shall we?", (Choice("a", "x" * 25),), LIST),
        ("x" * 1025, YES_NO, BUTTONS),
        ("", YES_NO, BUTTONS),
        ("Shall we?", (Choice("a", "Same"), Choice("b", "Same")), BUTTONS),
        ("Shall we?", (Choice("", "No id"),), BUTTONS),
        ("Shall we?", (Choice("a", " "),), BUTTONS),
    ],
    ids=["long label", "long row", "long question", "no question", "doubled label", "no id", "blank label"],
)
def test_what_whatsapp_would_refuse_goes_as_numbered_lines(
    text: str, options: tuple[Choice, ...], form: ChoiceTemplate
) -> None:
    assert interactive_template(text, options, form) is None
    found = split_message(RenderedMessage(text, options, form))
    assert all(part.template is None for part in found)
    assert f"1 {options[0].label.strip()}" in "".join(part.text for part in found)


def test_without_a_template_choices_are_numbered_lines() -> None:
    [part] = split_message(RenderedMessage("Shall we?", YES_NO))
    assert (part.template, part.text) == (None, "Shall we?\n\n1 Yes, please\n2 No, thank you")


def test_emoji_count_as_whatsapp_counts_them() -> None:
    assert interactive_template("Shall we?", (Choice("a", "👍" * 10),), BUTTONS) is not None
    assert interactive_template("Shall we?", (Choice("a", "👍" * 11),), BUTTONS) is None
