"""WhatsApp's 24-hour window, to the second."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.messages.inbound import Address
from bot.sla.whatsapp_window import closes_at, is_open

ANA = Address("whatsapp", "+351912345678")
LEO = Address("telegram", "42")
WROTE = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (timedelta(0), True),
        (timedelta(hours=23, minutes=59), True),
        (timedelta(hours=23, minutes=59, seconds=59), True),
        (timedelta(hours=24), False),
        (timedelta(hours=24, seconds=1), False),
        (timedelta(days=30), False),
    ],
)
def test_free_text_goes_for_twenty_four_hours_after_their_last_message(
    later: timedelta, expected: bool
) -> None:
    assert is_open(ANA, WROTE, WROTE + later) is expected


def test_nothing_goes_to_somebody_who_never_wrote() -> None:
    assert not is_open(ANA, None, WROTE)
    assert closes_at(ANA, None) is None


def test_a_business_scoped_id_has_the_same_window_as_a_number() -> None:
    assert not is_open(Address("whatsapp", "PT.123"), WROTE, WROTE + timedelta(hours=25))


def test_telegram_and_mail_have_no_window() -> None:
    assert is_open(LEO, None, WROTE)
    assert closes_at(LEO, WROTE) is None
    assert is_open(Address("mailto", "boss@example.org"), None, WROTE)


def test_it_says_when_the_window_closes() -> None:
    assert closes_at(ANA, WROTE) == WROTE + timedelta(hours=24)


def test_what_whatsapp_says_counts_more_than_our_clock() -> None:
    later = WROTE + timedelta(hours=2)
    assert not is_open(ANA, WROTE, later, refused_at=later - timedelta(minutes=1))
    assert closes_at(ANA, WROTE, refused_at=later) == later


def test_only_a_message_after_the_refusal_opens_it_again() -> None:
    refused_at = WROTE + timedelta(hours=2)
    assert not is_open(ANA, refused_at, refused_at + timedelta(seconds=1), refused_at)
    again = refused_at + timedelta(seconds=1)
    assert is_open(ANA, again, again + timedelta(hours=23), refused_at)
