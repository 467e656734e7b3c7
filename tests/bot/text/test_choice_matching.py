"""Which of several things a short text means, and when it means none."""

from itertools import product

import pytest

from bot.text.choice_matching import (
    FuzzyIndex,
    Pick,
    find_choice,
    find_mention,
    match_choice,
    match_name,
    single,
)
from bot.text.normalise import is_near

PICKS = (
    Pick("low", ("Low", "Faible", "Baja")),
    Pick("high", ("High", "Élevée", "Alta", "very important")),
    Pick("plan1", ("Plan 1",)),
    Pick("plan2", ("Plan 2",)),
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("elevee", "high"),
        ("ELEVÉE!", "high"),
        ("elevé", "high"),
        ("1", "low"),
        ("high please", "high"),
        ("plan 3", None),
        ("plan", None),
        ("not high", None),
        ("low or high", None),
        ("high " * 50, None),
        ("", None),
        ("💥", None),
    ],
)
def test_a_pick_is_pressed_by_its_names(text, key):
    assert match_choice(text, PICKS) == key


def test_only_a_choice_is_also_named_in_passing():
    assert match_choice("I would say high", PICKS) is None
    assert find_choice("I would say high", PICKS) == "high"
    assert find_choice("I would not say high", PICKS) is None
    assert find_mention("low battery, high costs", PICKS) is None


def test_the_same_name_of_two_picks_chooses_neither():
    assert match_name("same", (Pick("a", ("Same",)), Pick("b", ("same",)))) is None


def test_an_index_of_spellings_finds_what_comparing_with_every_name_finds():
    letters = [
        f"{''.join(word)}{end}" for word in product("ab1", repeat=3) for end in ("", "xy", "yx", "xyz")
    ]
    known = FuzzyIndex((name, name) for name in letters[::3])
    for said in letters:
        assert known.near(said) == single(name for name in letters[::3] if is_near(name, said)), said
        assert known.exact(said) == (said if said in letters[::3] else None)


def test_nothing_said_is_no_name():
    assert FuzzyIndex([("", "blank")]).near("") is None
    assert FuzzyIndex([]).exact("x") is None
