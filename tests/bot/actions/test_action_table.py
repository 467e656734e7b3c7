"""The table of actions: what it says of an action agrees with the function that it names."""

import inspect

import pytest

from bot.actions.action_table import ACTIONS, ROUTES, Action


@pytest.mark.parametrize("action", ACTIONS.values(), ids=list(ACTIONS))
def test_an_action_takes_the_arguments_that_the_page_sends(action: Action) -> None:
    names = [argument.name for argument in action.arguments]
    if action.route:
        inspect.signature(action.decide).bind("context", **dict.fromkeys(names))
    assert set(action.required) <= set(names)


def test_no_two_actions_share_a_name_or_a_route() -> None:
    assert list(ROUTES.values()) == [action for action in ACTIONS.values() if action.route]


def test_the_page_can_run_nothing_but_what_agents_do_there() -> None:
    assert {name for name, action in ACTIONS.items() if not action.route} == {
        "edit", "acknowledge", "customer_message",
    }  # fmt: skip
