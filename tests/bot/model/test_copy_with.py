"""Copies with some fields changed."""

from dataclasses import FrozenInstanceError, dataclass

import pytest

from bot.model.copy_with import copy_with


@dataclass(frozen=True)
class Point:
    x: int
    y: int = 0


def test_a_copy_has_what_changed_and_keeps_the_rest():
    before = Point(1, 2)
    assert copy_with(before, y=3) == Point(1, 3)
    assert before == Point(1, 2)


def test_a_field_that_is_none_is_refused():
    with pytest.raises(TypeError, match="Point has no z"):
        copy_with(Point(1), z=3)


def test_a_copy_is_as_frozen_as_what_it_was_made_of():
    with pytest.raises(FrozenInstanceError):
        copy_with(Point(1), y=3).x = 4  # type: ignore[misc]
