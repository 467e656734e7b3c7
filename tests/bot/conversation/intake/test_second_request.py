"""Two problems in one message: once the first is sent, the second is offered with its words."""

import pytest

from bot.conversation.effects import AddToTicket, OpenTicket
from tests.fixtures.conversation_script import talk

SECOND = "Also can you create a login for Maya Lind"
SENT = f"""
    en> The screen in room 4 stays dark. {SECOND}
    > Emma Stone
    > Stone Ltd
    > high
    > send
    opens< name=Emma Stone; category=fault
    bot< You also wrote: “{SECOND}” | second request
    buttons< Yes, open it, No, thanks
"""


@pytest.mark.parametrize(
    "words", ["tap> Yes, open it", "> yes", "> oui, s'il vous plaît", "> sí, ábrala", "> yes open it"]
)
def test_one_press_or_word_opens_it_with_its_words(words: str) -> None:
    talking = talk(f"{SENT}\n{words}")
    draft = talking.conversation
    assert draft.draft_id == "c0ffee-2"
    assert draft.answers["description"].value == SECOND
    assert draft.second_request == ""
    for answer in ("> low", "> send"):
        talking.play(answer)
    talking.play(f"opens< name=Emma Stone; company=Stone Ltd; description={SECOND}")


@pytest.mark.parametrize("words", ["tap> No, thanks", "> no", "> non merci", "> no, just one"])
def test_a_no_keeps_the_words_with_the_first(words: str) -> None:
    talking = talk(f"{SENT}\n{words}\nbot< The team reads it in #K4-1\nin< ticket 1")
    assert talking.conversation.second_request == ""
    assert talking.conversation.draft_id == ""


def test_anything_else_goes_to_the_first_request_and_the_button_still_works() -> None:
    talking = talk(f"{SENT}\n> the lamp of the screen blinks red\njoins<\nafter> 2 days\ntap> second")
    assert talking.conversation.answers["description"].value == SECOND


def test_nothing_of_it_is_lost_from_the_first_meanwhile() -> None:
    talking = talk("\n".join(SENT.splitlines()[:-4]))
    assert SECOND in talking.conversation.answers["description"].value


def test_a_person_gets_all_of_it_in_one_request() -> None:
    talking = talk(f"en> The screen in room 4 stays dark. {SECOND}\n> a person please")
    assert (
        SECOND in next(e for e in talking.effects if isinstance(e, OpenTicket)).details["description"].value
    )
    assert talking.options == ()


def test_a_cancelled_request_takes_its_second_with_it() -> None:
    talking = talk(f"en> The screen in room 4 stays dark. {SECOND}\n> /cancel\n> yes")
    assert (talking.conversation.draft_id, talking.conversation.second_request) == ("", "")


def test_a_wish_beside_the_yes_is_offered_too() -> None:
    talking = talk(
        f"en> The screen in room 4 stays dark\n> Emma Stone\n> Stone Ltd\n> high\n> yes send it. {SECOND}"
    )
    assert talking.conversation.second_request == SECOND
    assert not talking.has(AddToTicket)


def test_one_problem_is_sent_without_an_offer() -> None:
    talking = talk("en> The screen in room 4 stays dark. Also the lamp blinks red")
    for words in ("> Emma Stone", "> Stone Ltd", "> high", "> send", "opens<"):
        talking.play(words)
    assert talking.options == ()
