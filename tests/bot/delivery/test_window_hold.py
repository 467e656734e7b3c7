"""Which held messages are worth a template, and what the template says."""

from datetime import UTC, datetime

import pytest

from bot.delivery.window_hold import is_worth_a_template, template_for, template_message
from bot.messages import phrases_ticket
from bot.messages.inbound import Address
from bot.messages.outgoing import Outgoing, Phrase, Translatable
from bot.messages.thread import Author, OutboxEntry
from bot.policy.whatsapp_section import ContentSids, WhatsAppSettings

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
SIDS = ContentSids(en="HX" + "1" * 32, fr="HX" + "2" * 32, es="HX" + "3" * 32)
OTHER = ContentSids(en="HX" + "4" * 32, fr="HX" + "5" * 32, es="HX" + "6" * 32)


def saying(phrase: Phrase, author: Author = Author.BOT) -> OutboxEntry:
    said = Outgoing((Translatable(phrase, {}),))
    return OutboxEntry("c.1.0", "c", Address("whatsapp", "+1"), "fr", said, NOW, author=author)


def by_an_agent() -> OutboxEntry:
    words = Outgoing(("Bonjour",))
    return OutboxEntry("c.1.0", "c", Address("whatsapp", "+1"), "fr", words, NOW, author=Author.AGENT)


@pytest.mark.parametrize(
    "phrase",
    [
        phrases_ticket.RETURNED,
        phrases_ticket.QUOTE_OFFER,
        phrases_ticket.ALERT_OVERDUE,
        phrases_ticket.ALERT_DIGEST,
    ],
)
def test_what_somebody_waits_for_is_worth_a_template(phrase: Phrase) -> None:
    assert is_worth_a_template(saying(phrase))


def test_an_agents_words_always_are() -> None:
    assert is_worth_a_template(by_an_agent())


@pytest.mark.parametrize(
    "phrase",
    [
        phrases_ticket.TICKET_ACCEPTED, phrases_ticket.PRIORITY_CHANGED, phrases_ticket.TICKET_RESOLVED,
        phrases_ticket.RATE_ASK, phrases_ticket.RATE_THANKS, phrases_ticket.ALERT_WARN,
    ],
)  # fmt: skip
def test_news_and_the_question_of_satisfaction_are_not(phrase: Phrase) -> None:
    assert not is_worth_a_template(saying(phrase))


def test_managers_and_customers_have_a_template_each() -> None:
    settings = WhatsAppSettings(answer_waiting=SIDS, alert_waiting=OTHER)
    assert template_for(by_an_agent(), settings) is SIDS
    assert template_for(saying(phrases_ticket.ALERT_OVERDUE), settings) is OTHER
    assert template_for(saying(phrases_ticket.ALERT_OVERDUE), WhatsAppSettings(answer_waiting=SIDS)) is None


def test_it_carries_the_tickets_number() -> None:
    shown, approved = template_message(by_an_agent(), "K4-217", SIDS.in_("fr"))
    assert approved.content_sid == SIDS.fr
    assert approved.variables == {"1": "K4-217"}
    assert [option.payload for option in shown.options] == ["write_again"]


def test_a_language_of_nobodys_reads_english() -> None:
    assert SIDS.in_("") == SIDS.en
