"""What the conversation makes of a wish for the other app, and of a link or code that was brought."""

from dataclasses import replace

import pytest

from bot.conversation.effects import AddToTicket, CompleteChannelSwitch, OfferChannelSwitch, Record
from bot.messages.inbound import Address, SwitchLink, SwitchLinkProblem
from bot.model.conversation import Stage
from bot.text.support_codes import REDACTED
from tests.fixtures.conversation_script import Talk, policy, talk

PHONE = Address("whatsapp", "+447700900123")
PASSAGE = SwitchLink("c0ffee.1.1", "c0ffee", PHONE, "telegram", "c0ffee-1", "fr")
LINK = "/start move-abc"


def a_ticket(more: str = "") -> Talk:
    return talk(f"en> my screen is black all day\nen> /human\nopens< a person\n{more}")


def offered(talking: Talk) -> list[str]:
    return [effect.to for effect in talking.effects if isinstance(effect, OfferChannelSwitch)]


def come_through(talking: Talk, passage: SwitchLink = PASSAGE) -> None:
    """By the link, once both addresses are known as theirs."""
    talking.conversation = talking.conversation.evolve(addresses=(PHONE, talking.conversation.address))
    talking.send(text=LINK, claimed=passage)


def record(talking: Talk) -> Record:
    return next(effect for effect in talking.effects if isinstance(effect, Record))


def test_with_a_live_ticket_a_wish_is_answered_and_stands_in_its_thread() -> None:
    talking = a_ticket("en> I prefer WhatsApp\nin< ticket 1")
    assert offered(talking) == ["whatsapp"]
    assert not talking.has(AddToTicket)


def test_a_mere_name_is_read_by_the_agent_too_who_may_have_asked_for_it() -> None:
    talking = a_ticket("en> WhatsApp\nin< ticket 1\njoins<")
    assert offered(talking) == ["whatsapp"]


def test_without_a_name_it_is_the_other_app() -> None:
    assert offered(a_ticket("en> /move")) == ["whatsapp"]


def test_the_first_words_of_somebody_unknown_may_ask_for_it() -> None:
    talking = Talk(policy(), hint="fr")
    talking.play("> /whatsapp")
    assert offered(talking) == ["whatsapp"]
    talking.play("language< fr")


def test_a_mere_name_answers_a_question_that_is_asked_in_words() -> None:
    talking = Talk(policy("demo"))
    talking.play("en> my screen is black all day")
    talking.conversation = talking.conversation.evolve(stage=Stage.ASKING, asking="affected")
    talking.play("en> Telegram")
    assert offered(talking) == []
    assert talking.conversation.answers["affected"].value == "Telegram"


def test_a_wish_does_not_answer_it_and_the_question_keeps_waiting() -> None:
    talking = Talk(policy("demo"))
    talking.play("en> my screen is black all day")
    talking.conversation = talking.conversation.evolve(stage=Stage.ASKING, asking="affected")
    talking.play("en> I would like to continue on WhatsApp")
    assert offered(talking) == ["whatsapp"]
    assert (talking.conversation.stage, talking.conversation.asking) == (Stage.ASKING, "affected")


def test_who_comes_through_hears_from_the_desk_and_their_words_are_kept_from_the_thread() -> None:
    talking = a_ticket()
    come_through(talking)
    assert talking.has(CompleteChannelSwitch, passage=PASSAGE, is_told=True)
    assert (record(talking).thread_id, record(talking).is_secret, record(talking).shown) == (
        "c0ffee-1", True, "/start"
    )  # fmt: skip
    talking.play("bot<")


def test_coming_through_is_no_message_that_starts_a_clock() -> None:
    talking = a_ticket()
    come_through(talking)
    assert not talking.has(AddToTicket)


def test_the_language_is_the_one_that_they_spoke_there_unless_they_chose_another() -> None:
    talking = a_ticket()
    come_through(talking)
    assert talking.conversation.locale == "fr"
    talking = a_ticket("en> /language español")
    come_through(talking)
    assert talking.conversation.locale == "es"


def test_a_half_told_request_asks_the_same_question_again() -> None:
    talking = talk("en> my screen is black all day\nbot< What’s your name")
    asking = talking.conversation.asking
    come_through(talking, replace(PASSAGE, locale="en", ticket_id=""))
    talking.play("bot< Let’s continue here. | What’s your name")
    assert talking.conversation.asking == asking
    assert talking.has(CompleteChannelSwitch, is_told=False)


@pytest.mark.parametrize("text", [LINK, "M7KD4-MX9QA"])
def test_one_that_is_over_is_told_so_and_kept_from_the_thread(text: str) -> None:
    talking = a_ticket()
    talking.send(text=text, claimed=SwitchLinkProblem.OVER)
    talking.play("bot< has expired or was already used")
    assert record(talking).is_secret


def test_one_that_is_over_leaves_the_question_that_waits() -> None:
    talking = talk("en> my screen is black all day")
    talking.send(text=LINK, claimed=SwitchLinkProblem.OVER)
    talking.play("bot< has expired or was already used | What’s your name")


@pytest.mark.parametrize("refusal", [SwitchLinkProblem.UNKNOWN, SwitchLinkProblem.TOO_OFTEN])
def test_ten_letters_that_open_nothing_are_words_where_somebody_listens(refusal: SwitchLinkProblem) -> None:
    talking = a_ticket()
    talking.send(text="M7KD4-MX9QA", claimed=refusal)
    talking.play("joins<")
    assert not record(talking).is_secret


@pytest.mark.parametrize(
    ("refusal", "words"),
    [(SwitchLinkProblem.UNKNOWN, "I don’t know that code"), (SwitchLinkProblem.TOO_OFTEN, "Too many codes")],
)
def test_where_nobody_does_they_are_a_code_with_a_mistake(refusal: SwitchLinkProblem, words: str) -> None:
    talking = Talk(policy(), hint="en")
    talking.send(text="M7KD4-MX9QA", claimed=refusal)
    talking.play(f"bot< {words}")
    assert record(talking).shown == REDACTED
    assert talking.conversation.draft_id == ""


def test_somebody_with_requests_of_their_own_is_asked_to_say_it_twice() -> None:
    talking = a_ticket()
    stranger = replace(PASSAGE, contact_id="beef", ticket_id="beef-1", origin=Address("whatsapp", "+1"))
    talking.send(text=LINK, claimed=stranger)
    talking.play("bot< You already have requests here")
    assert not talking.has(CompleteChannelSwitch)


def test_the_help_offers_only_apps_that_the_desk_has() -> None:
    talking = a_ticket()
    talking.send(text="/help")
    assert "continue on" not in talking.told()
    talking.send(text="/help", elsewhere=("whatsapp",))
    assert "/whatsapp: continue on WhatsApp" in talking.told()
