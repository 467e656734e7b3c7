"""How a link or a code is told from other words."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.messages.inbound import Address, Inbound, MessageKind, SwitchLink
from bot.model.conversation import Conversation, Status, TicketSummary
from bot.model.switch_links import extract_token, format_code, is_switch_link, needs_confirmation

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
PHONE, CHAT = Address("whatsapp", "+447700900123"), Address("telegram", "42")
PASSAGE = SwitchLink("c.1.1", "c", PHONE, "telegram")


def said(text: str, address: Address = PHONE, **more: object) -> Inbound:
    return Inbound("1", address, AT, text=text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "M7KD4-MX9QA", "m7kd4-mx9qa", "M7KD4MX9QA", "M7KD4 MX9QA", "  M7KD4-MX9QA.\n",
        "code M7KD4-MX9QA", "Código: M7KD4-MX9QA", "Code : M7KD4-MX9QA",
    ],
)  # fmt: skip
def test_a_code_as_people_write_it(text: str) -> None:
    assert extract_token(said(text)) == "7KD4MX9QA"


@pytest.mark.parametrize(
    "text",
    [
        "", "M7KD4-MX9Q", "M7KD4-MX9QAA", "A7KD4-MX9QA", "M7KD4-MX0QA", "M7KD4-MXOQA", "MAKDE-MXFQA",
        "my code is M7KD4-MX9QA and it fails", "M7KD4--MX9QA", "K4-217", "M" * 500,
    ],
)  # fmt: skip
def test_what_is_no_code(text: str) -> None:
    assert extract_token(said(text)) == ""


def test_a_code_is_one_on_whatsapp_alone_and_a_link_on_telegram() -> None:
    assert extract_token(said("M7KD4-MX9QA", CHAT)) == ""
    assert extract_token(said("/start move-abc")) == ""
    assert extract_token(said("/start move-abc", CHAT)) == "abc"
    assert extract_token(said("/start@desk_bot move-abc", CHAT)) == "abc"


@pytest.mark.parametrize("text", ["/start", "/start summer", "/start remove-abc", "hello /start move-abc"])
def test_other_starts_are_no_links(text: str) -> None:
    assert extract_token(said(text, CHAT)) == ""
    assert not is_switch_link(said(text, CHAT))


def test_an_empty_link_is_refused_rather_than_taken_for_words() -> None:
    assert extract_token(said("/start move-", CHAT)) != ""


def test_an_edit_a_button_and_a_picture_bring_nothing() -> None:
    assert extract_token(said("M7KD4-MX9QA", is_edit=True)) == ""
    assert extract_token(said("M7KD4-MX9QA", choice="send")) == ""
    assert extract_token(said("M7KD4-MX9QA", kind=MessageKind.MEDIA)) == ""


def test_a_code_is_spelt_in_two_groups() -> None:
    assert format_code("7KD4MX9QA") == "M7KD4-MX9QA"
    assert extract_token(said(format_code("7KD4MX9QA"))) == "7KD4MX9QA"


def test_only_somebody_with_requests_of_their_own_is_asked_twice() -> None:
    known = Conversation("t", CHAT, addresses=(CHAT,))
    busy = known.evolve(
        tickets=(TicketSummary("t-1", "K4-217", Status.CLOSED, ended_at=AT - timedelta(days=90)),)
    )
    assert needs_confirmation(busy, PASSAGE)
    assert not needs_confirmation(None, PASSAGE)
    assert not needs_confirmation(known, PASSAGE)
    assert not needs_confirmation(busy.evolve(addresses=(CHAT, PHONE)), PASSAGE)
    assert not needs_confirmation(busy, SwitchLink("c.1.1", "c", PHONE, "telegram", is_confirmed=True))
