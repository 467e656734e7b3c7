"""What the drill calls lost, doubled and out of order: a drill that cannot fail would be worth nothing."""

import pytest

from drill.actors import DeliveryCount, tally
from drill.result import Result
from drill.scenarios import SCENARIOS, select_scenarios

SAID = ["one", "two", "three"]


def counted(shown: list[str], troubled: set[str] = frozenset()) -> DeliveryCount:  # type: ignore[assignment]
    count = DeliveryCount()
    tally(count, SAID, shown, troubled)
    return count


def verdict(count: DeliveryCount, *, max_duplicates: int = 0) -> list[str]:
    result = Result()
    result.counted("replies", count, max_duplicates=max_duplicates)
    assert result.is_passed == (not result.problems)
    return result.problems


def test_all_of_it_once_and_in_order_passes_among_other_words() -> None:
    assert verdict(counted(["hello", "one", "two", "good bye", "three"])) == []


def test_what_did_not_arrive_is_lost() -> None:
    assert verdict(counted(["one", "three"])) == ["replies lost: two"]


def test_what_did_not_arrive_and_an_agent_can_see_so_is_told_not_lost() -> None:
    count = counted(["one", "three"], {"two"})
    assert (verdict(count), count.told, count.arrived) == ([], ["two"], 2)


def test_what_arrived_twice_is_doubled() -> None:
    assert verdict(counted(["one", "two", "two", "three"])) == ["replies doubled: two"]


def test_a_double_that_is_told_fails_too_unless_a_kill_allows_it() -> None:
    count = counted(["one", "two", "two", "three"], {"two"})
    assert verdict(count) == ["replies doubled: two"]
    assert verdict(count, max_duplicates=1) == []


def test_a_double_that_nobody_is_told_of_fails_whatever_is_allowed() -> None:
    assert verdict(counted(["one", "two", "two", "three"]), max_duplicates=3) == ["replies doubled: two"]


def test_the_wrong_order_fails() -> None:
    assert verdict(counted(["two", "one", "three"])) == ["replies out of order for 1 people"]


def test_figures_of_several_counts_add_up() -> None:
    result = Result()
    result.counted("replies", counted(["one"]))
    result.counted("messages", counted(SAID))
    assert result.figures == {"replies": "1 of 3", "lost": 2, "doubled": 0, "messages": "3 of 3"}


def test_every_scenario_can_be_asked_for_by_a_name_of_its_own() -> None:
    names = [scenario.name for scenario in SCENARIOS]
    assert len(names) == len(set(names)) > 0
    assert [scenario.name for scenario in select_scenarios(["burst", "web"])] == ["web", "burst"]
    assert select_scenarios([]) == list(SCENARIOS)


def test_a_scenario_that_there_is_not_is_named() -> None:
    with pytest.raises(ValueError, match="no scenario 'fire'; there are: web, store"):
        select_scenarios(["web", "fire"])
