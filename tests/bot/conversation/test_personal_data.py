"""A customer's own data in the chat: the copy, erasure confirmed twice, and withdrawn in any words."""

from datetime import timedelta

import pytest

from bot.actions.merge_contacts import merge_conversations
from bot.conversation.effects import NoteErasure, OpenTicket, ShowMyData
from bot.messages.inbound import Address
from bot.model.conversation import Conversation, Stage
from bot.policy.policy import Policy
from bot.policy.policy_errors import PolicyError
from tests.fixtures.conversation_script import START, Talk, talk
from tests.fixtures.paths import ROOT

OPENED = """
    en> The card reader at the till refuses every card since this morning
    en> Emma Stone
    en> Stone Ltd
    tap> human
"""
ASKED = """
    en> please delete all my data
    bot< everything we have about you
    buttons< Delete my data, Keep my data
"""
PLANNED = f"""
    {ASKED}
    tap> Delete my data
    bot< can’t be undone
    buttons< Yes, delete it, Keep my data
    tap> Yes, delete it
    bot< we’ll delete your data
"""


@pytest.mark.parametrize(
    "words",
    [
        "what do you have about me?", "send me my data", "quelles données avez-vous sur moi ?",
        "je veux une copie de mes données", "¿qué datos tienen sobre mí?", "/data", "/datos", "/données",
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", OPENED, "en> our printer at the front desk jams on every page"])
def test_whoever_asks_what_we_have_gets_a_copy(words: str, before: str) -> None:
    talking = talk(f"en> Hello\n{before}\nen> {words}")
    assert talking.has(ShowMyData)
    assert not talking.has(OpenTicket)


@pytest.mark.parametrize(
    "words",
    [
        "delete my data", "erase everything you know about me", "supprimez toutes mes données svp",
        "effacez mes données", "borren mis datos", "eliminen todos mis datos por favor", "/erase", "/effacer",
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", OPENED, "en> our printer at the front desk jams on every page"])
def test_erasure_is_confirmed_twice_in_words(words: str, before: str) -> None:
    talking = talk(f"en> Hello\n{before}\nen> {words}\nbot< everything we have about you")
    talking.play("en> yes")
    assert talking.conversation.erasure is None
    talking.play("en> yes please")
    assert talking.has(NoteErasure)
    pending = talking.conversation.erasure
    assert pending
    assert pending.due_at - pending.asked_at == timedelta(days=7)


def test_a_request_in_progress_goes_on_after_it() -> None:
    talking = talk(
        f"en> Our printer at the front desk jams on every page\nbot< your name\n{PLANNED}\nbot< your name"
    )
    assert talking.conversation.stage is Stage.ASKING
    assert talking.conversation.answers["description"].value.startswith("Our printer")


def test_pressing_the_first_button_twice_confirms_once() -> None:
    talking = talk(f"en> Hello\n{ASKED}\ntap> Delete my data")
    talking.play("tap> erase")
    assert talking.conversation.erasure is None


def test_the_open_requests_that_would_go_are_named() -> None:
    talk(f"en> Hello\n{OPENED}\nen> delete my data\nbot< is still open | everything we have")


@pytest.mark.parametrize(
    "words",
    [
        "no", "keep my data", "no, keep it", "don't delete my data", "non, gardez mes données", "ne supprimez rien",
        "no borren mis datos", "conserven mis datos", "cancel", "/keep",
    ],
)  # fmt: skip
def test_whoever_shrinks_back_keeps_everything(words: str) -> None:
    talking = talk(f"en> Hello\n{ASKED}\nen> {words}\nbot< your data stays")
    assert talking.conversation.erasure is None
    assert talking.conversation.stage is not Stage.CONFIRMING


@pytest.mark.parametrize(
    "words",
    [
        "keep my data", "please keep my data after all", "don't delete my data", "stop the deletion",
        "i changed my mind, don't delete anything", "gardez mes données", "annulez la suppression",
        "ne supprimez pas mes données", "conserven mis datos", "cancelen el borrado", "no borren mis datos",
        "ya no quiero que borren mis datos", "/keep", "/garder", "/conservar",
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", OPENED])
def test_a_planned_erasure_is_withdrawn_by_words(words: str, before: str) -> None:
    talking = talk(f"en> Hello\n{before}\n{PLANNED}\nafter> 3 days\nen> {words}\nbot< your data stays")
    assert talking.has(NoteErasure)
    assert talking.conversation.erasure is None


def test_a_planned_erasure_is_withdrawn_by_its_button_days_later() -> None:
    talking = talk(f"en> Hello\n{PLANNED}\nafter> 6 days\ntap> keep_data\nbot< your data stays")
    assert talking.conversation.erasure is None


@pytest.mark.parametrize(
    "words",
    [
        "which data do you keep about me?",
        "quelles données gardez-vous sur moi",
        "qué datos conservan sobre mí",
    ],
)
def test_whoever_asks_what_we_keep_changes_nothing(words: str) -> None:
    talking = talk(f"en> Hello\n{PLANNED}\nafter> 3 days\nen> {words}")
    assert talking.has(ShowMyData)
    assert talking.conversation.erasure


@pytest.mark.parametrize("words", ["keep my data", "en fait gardez mes données", "don't delete my data"])
def test_with_nothing_planned_they_are_told_that_it_stays(words: str) -> None:
    talk(f"en> Hello\nen> {words}\nbot< your data stays")


def test_asking_again_changes_nothing_and_tells_the_day() -> None:
    talking = talk(f"en> Hello\n{PLANNED}")
    before = talking.conversation.erasure
    talking.play("after> 2 days")
    talking.play("en> delete my data")
    assert "we’ll delete your data" in talking.told()
    assert talking.conversation.erasure == before


def test_it_stays_planned_when_they_turn_out_to_be_a_known_contact() -> None:
    asked = talk(f"en> Hello\n{PLANNED}").conversation
    other = Conversation("decade", Address("whatsapp", "+351912345678"))
    assert merge_conversations(other, asked).erasure == asked.erasure


def test_once_it_is_due_it_is_too_late() -> None:
    talking = talk(f"en> Hello\n{PLANNED}\nafter> 8 days\nen> keep my data\nbot< too late")
    assert talking.conversation.erasure


@pytest.mark.parametrize(
    "words",
    [
        "my data was deleted by mistake, can you restore it", "please delete my order 1234",
        "supprimez les clients importés par erreur hier", "se perdieron mis datos, hay que recuperarlos",
        "please cancel my subscription", "when I press delete my data is lost", "how do I delete my data in the app",
        "please delete my data rows of the test import, the fifty customers",
        "quand je clique, l'appli efface mes données de tournée", "cuando borro un cliente se eliminan mis datos",
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", OPENED])
def test_other_data_is_a_request_like_any(words: str, before: str) -> None:
    talking = talk(f"en> Hello\n{before}\nen> {words}")
    assert "everything we have about you" not in talking.told()


@pytest.mark.parametrize(
    "words",
    [
        "don't keep my data, delete it", "no, delete my data",
        "hi, we closed the shop last month. Please delete all my data",
        "bonjour, je ne suis plus client, supprimez toutes mes données svp",
        "hola, ya no soy cliente, borren todos mis datos por favor",
    ],
)  # fmt: skip
def test_a_no_to_something_else_is_no_wish_to_keep_it(words: str) -> None:
    talk(f"en> Hello\nen> {words}\nbot< everything we have about you")


@pytest.mark.parametrize("days", [0, 31, -1])
def test_a_policy_gives_customers_a_day_to_a_month(days: int) -> None:
    text = (ROOT / "policies" / "demo.toml").read_text(encoding="utf-8")
    with pytest.raises(PolicyError, match=r"privacy\.erase_after_days"):
        Policy.from_toml(f"{text}\n[privacy]\nerase_after_days = {days}\n")


def test_the_policy_says_how_many_days() -> None:
    text = (ROOT / "policies" / "demo.toml").read_text(encoding="utf-8")
    talking = Talk(Policy.from_toml(f"{text}\n[privacy]\nerase_after_days = 30\n"))
    for words in ("Hello", "delete my data", "yes", "yes"):
        talking.play(f"en> {words}")
    pending = talking.conversation.erasure
    assert pending
    assert pending.due_at.date() == (START + timedelta(days=30)).date()
