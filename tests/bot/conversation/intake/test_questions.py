"""Questions as data: what a policy asks is asked, shown and stored, whatever its kind."""

import pytest

from bot.conversation.intake.questions import (
    display_value,
    find_question,
    is_unanswered,
    next_question,
    payload,
    question_buttons,
    value_of,
    wording,
)
from bot.messages.inbound import Address
from bot.messages.localized import LocalizedText
from bot.messages.outgoing import Translatable
from bot.model.conversation import Conversation, Detail
from bot.policy.sections import Choice, Question
from tests.fixtures.conversation_script import policy, talk

NOBODY = Conversation("c0ffee", Address("telegram", "42"))


def label(text: str) -> LocalizedText:
    return LocalizedText(text, text, text)


def desk_asking(*questions: Question):
    demo = policy()
    described = next(question for question in demo.questions if question.key == "description")
    return demo.model_copy(update={"questions": (described, *questions)})


DEVICE = Question(
    key="device",
    kind="choice",
    label=label("Device"),
    ask=label("Which device do you use?"),
    is_required=False,
    options=(
        Choice(key="phone", label=label("Phone"), words=("mobile",)),
        Choice(key="laptop", label=label("Laptop"), description=label("any computer")),
    ),
)


def test_a_question_of_the_desks_own_is_asked_shown_and_stored():
    talk(
        """
        en> my app stays blank all day
        bot< Which device do you use?
        buttons< Phone, Laptop, Skip
        > the mobile one
        bot< 2. Device: Phone
        > change 2
        > skip
        bot< 2. Device: none
        > send
        opens< device=
        """,
        desk_asking(DEVICE),
    )


def test_a_text_question_of_the_desks_own_may_want_more_words():
    room = Question(key="room", label=label("Room"), example=label("floor 2, door 7"), min_words=3)
    talk(
        """
        en> my app stays blank all day
        bot< Room?
        > here
        bot< For example: floor 2, door 7 | Could you tell us a bit more
        > on the left
        bot< 2. Room: here · on the left
        > send
        opens< room=here ⏎ on the left
        """,
        desk_asking(room),
    )


def test_a_choice_that_the_policy_dropped_is_asked_again():
    talking = talk("en> my app stays blank all day\n> phone\nbot< Here is your request", desk_asking(DEVICE))
    kept = DEVICE.model_copy(update={"options": (*DEVICE.options[1:], Choice(key="tv", label=label("TV")))})
    talking.policy = desk_asking(kept)
    assert next_question(talking.conversation, talking.policy) == kept


def test_a_button_holds_at_most_64_bytes_whatever_the_keys():
    longest = Question(key="q" * 32, kind="choice", label=label("Q"), options=DEVICE.options)
    assert len(payload(longest, "o" * 32)) == 64


@pytest.mark.parametrize("name", ["demo", "premium", "weekday-desk", "field-service"])
def test_every_question_of_the_shipped_policies_has_a_wording_and_buttons_that_fit(name):
    desk = policy(name)
    for question in desk.questions:
        assert isinstance(wording(question), Translatable | LocalizedText)
        for option in question_buttons(question, NOBODY, desk):
            assert len(option.payload.encode()) <= 64


def test_a_long_answer_is_clipped_and_an_empty_one_named():
    described = find_question(policy(), "description")
    assert len(display_value(described, Detail("word " * 1000), policy())) == 60
    assert display_value(described, Detail("two\nlines"), policy()) == "two · lines"
    assert isinstance(display_value(described, Detail(""), policy()), Translatable)


def test_what_is_remembered_or_known_by_account_is_not_wanted():
    desk = policy("premium")
    name, code = find_question(desk, "name"), find_question(desk, "support_code")
    assert is_unanswered(name, NOBODY, desk)
    assert is_unanswered(code, NOBODY, desk)
    known = NOBODY.evolve(remembered={"name": "Ana"}, account_id="acme")
    assert not is_unanswered(name, known, desk)
    assert not is_unanswered(code, known, desk)
    assert value_of(name, known, desk) == Detail("Ana")


def test_a_question_nobody_asks_is_none():
    assert find_question(policy(), "shoe_size") is None
