"""A ticket's card and the name of its topic."""

from datetime import UTC, datetime

from bot.forum.topic_card import CardData, card, topic_name
from bot.messages.inbound import Address
from bot.model.ticket import Ticket
from bot.policy.policy import load_policy
from i18n.render import render_outgoing
from tests.fixtures.paths import POLICIES

DEMO = load_policy(POLICIES / "demo.toml")
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_name_with_signs_that_turn_text_around_turns_nothing() -> None:
    evil = "Leo\u202egpj\u2067"
    ticket = Ticket(
        "c-1", "c", "K4-217", Address("telegram", "42"), "en", DEMO.version, NINE,
        subject=f"The till\u202e of {evil}", contact_name=evil, company=evil, priority="high",
    )  # fmt: skip
    data = CardData(ticket, DEMO, (), NINE, assignee=evil)
    shown = render_outgoing(card(data), "en", DEMO.calendar.zone, NINE)
    words = topic_name(data) + "".join(map(str, shown.lines))
    assert "Leogpj · Leogpj" in words
    assert not {"\u202e", "\u2067"} & set(words)
