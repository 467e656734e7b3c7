"""What `bench/conversation.py` counts as a right story and a right turn."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.conversation_items import ItemError, Story, Turn, read_items
from bench.conversation_player import play, play_opening
from bench.conversation_score import story_faults, turn_faults
from bench.conversation_state import State, TicketState

OPENED = TicketState(
    category="incident",
    priority="high",
    details={
        "name": "Ana Ríos",
        "company": "Ríos Ltd",
        "description": "The till printer jams",
        "affected": "",
    },
)
END = State(said=("Open.",), tickets=(OPENED,))
ASKED = State(said=("How urgent?",), asking="priority", language="en", draft={"description": "It jams"})


def story(profile_name: str = "", opener: str = "the till printer jams", **expect: object) -> Story:
    return Story("s1", "en", "demo", (opener,), {}, expect, 3, profile_name=profile_name)


def turn(situation: str = "asking", **expect: object) -> Turn:
    return Turn("t1", "en", "demo", "whatever", expect, situation)


def is_right_story(one: Story, end: State = END, *, is_name_asked: bool = True) -> bool:
    return not story_faults(one, end, is_name_asked=is_name_asked)


def is_right_turn(one: Turn, after: State, before: State = ASKED) -> bool:
    return not turn_faults(one, before, after)


@pytest.mark.parametrize(
    ("expect", "is_right"),
    [
        ({"category": ["request", "incident"], "priority": ["high"], "name": ["ana rios"]}, True),
        ({"category": ["request"]}, False),
        ({"category": ["inc"]}, False),
        ({"company": ["Ríos"]}, True),
        ({"company": ["Ríos Holding"]}, False),
        ({"affected_has": ["printer"]}, True),
        ({"description_has": ["scanner"]}, False),
        ({"affected": [""]}, True),
        ({"person": False}, True),
        ({"person": True}, False),
        ({"opened": False}, False),
    ],
)
def test_a_story_is_right_if_the_ticket_has_an_acceptable_value_in_each_field(
    expect: dict[str, object], is_right: bool
) -> None:
    assert is_right_story(story(**expect)) is is_right


def test_a_story_without_a_ticket_is_right_only_where_none_is_expected() -> None:
    assert is_right_story(story(opened=False), State())
    assert not is_right_story(story(category=["incident"]), State())


def test_the_channels_name_will_do_unless_the_customer_said_another() -> None:
    silent = story("Ana Ríos", name=["Lu Chen"])
    introduced = story("Ana Ríos", "Lu Chen here, the till printer jams", name=["Lu Chen"])
    assert is_right_story(silent, is_name_asked=False)
    assert not is_right_story(introduced, is_name_asked=False)
    assert not is_right_story(silent, is_name_asked=True)


def test_a_wanted_name_is_right_even_if_its_also_the_channels() -> None:
    both = story("Ana Ríos", "Ana Ríos here", name=["Ana Ríos"])
    assert is_right_story(both, is_name_asked=False)


def test_an_act_is_judged_by_its_effect() -> None:
    opened = replace(ASKED, draft=None, asking=None, tickets=(OPENED,))
    for_person = replace(opened, tickets=(replace(OPENED, is_for_person=True),))
    assert is_right_turn(turn(act="send"), opened)
    assert not is_right_turn(turn(act="send"), ASKED)
    assert is_right_turn(turn(act="person"), for_person)
    assert not is_right_turn(turn(act="person"), opened)
    assert is_right_turn(turn(act="cancel"), replace(ASKED, asking="confirm"))
    assert not is_right_turn(turn(act="cancel"), opened)
    assert is_right_turn(turn(act="thanks"), ASKED)
    assert not is_right_turn(turn(act="thanks"), replace(ASKED, draft={"description": "It jams. thanks"}))


def test_a_digression_is_answered_and_the_same_question_asked_again() -> None:
    answered = replace(ASKED, acts=("why",))
    assert is_right_turn(turn(act="why"), answered)
    assert not is_right_turn(turn(act="why"), ASKED), "it was only asked again"
    assert not is_right_turn(turn(act="why"), replace(answered, said=()))
    assert not is_right_turn(turn(act="why"), replace(answered, asking="company"))
    assert not is_right_turn(turn(act="why"), replace(answered, draft={"description": "It jams. why"}))


def test_a_digression_at_the_start_doesnt_become_a_description() -> None:
    answered = State(said=("We open at 9.",), acts=("hours",))
    assert is_right_turn(turn("start", act="hours"), answered, State())
    taken = replace(answered, draft={"description": "when do you open"})
    assert not is_right_turn(turn("start", act="hours"), taken, State())


def test_a_correction_changes_its_field_and_not_the_description() -> None:
    expected = turn(act="change", field="priority", value=["low"], description_unchanged=True)
    assert is_right_turn(expected, replace(ASKED, draft={"description": "It jams", "priority": "low"}))
    assert not is_right_turn(expected, replace(ASKED, draft={"description": "It jams", "priority": "high"}))
    added = {"description": "It jams, no hurry", "priority": "low"}
    assert not is_right_turn(expected, replace(ASKED, draft=added))


def test_what_mustnt_be_sent_and_what_must_be_asked_again_are_checked() -> None:
    opened = replace(ASKED, draft=None, asking=None, tickets=(OPENED,))
    assert not is_right_turn(turn(opened=False), opened)
    assert is_right_turn(turn(opened=False, asks_again="priority"), ASKED)
    assert not is_right_turn(turn(asks_again="priority"), replace(ASKED, asking="company"))


def test_a_story_is_played_to_its_ticket() -> None:
    one = Story(
        "s1", "en", "demo", ("Hello, the till printer jams whenever we print a receipt",),
        {"name": ("Ana Ríos",), "company": ("Ríos Ltd",)}, {"description_has": ["receipt"]}, 3,
    )  # fmt: skip
    times: list[float] = []
    played = play(one, times)
    assert played.faults == ()
    assert len(times) == played.messages == sum(line.startswith("> ") for line in played.dialogue)


def test_an_opening_is_wrong_only_if_its_answered_in_another_language() -> None:
    assert not play_opening("fr", "Bonjour, mon imprimante est en panne", "demo").faults
    assert not play_opening("en", "qwxz", "demo").faults, "asked, not answered"
    assert play_opening("pt", "Good morning, my printer is broken", "demo").faults == ("answered in en",)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"id": "t1", "lang": "en", "policy": "demo", "situation": "start", "expect": {}}, "text is missing"),
        ([], "not a story or turn"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: Any, message: str) -> None:
    file = tmp_path / "turns.jsonl"
    file.write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(ItemError, match=f"turns.jsonl:1: {message}"):
        read_items([file])


def test_an_item_that_the_desk_cant_play_is_named() -> None:
    with pytest.raises(ItemError, match="t1: this desk doesn't ask “shoe size”"):
        play(replace(turn(), start={"asking": "shoe size"}), [])
