"""Durations are read and written."""

from datetime import timedelta

import pytest

from bot.calendar.durations import CountingMode, Duration


@pytest.mark.parametrize(
    ("text", "counting", "amount", "written"),
    [
        ("4 business hours", CountingMode.BUSINESS_TIME, timedelta(hours=4), "4 business hours"),
        ("90 minutes", CountingMode.BUSINESS_TIME, timedelta(minutes=90), "90 business minutes"),
        ("120 minutes", CountingMode.BUSINESS_TIME, timedelta(hours=2), "2 business hours"),
        ("24 working hours", CountingMode.BUSINESS_TIME, timedelta(hours=24), "24 business hours"),
        ("  1  Business   Hour ", CountingMode.BUSINESS_TIME, timedelta(hours=1), "1 business hour"),
        ("45 seconds", CountingMode.BUSINESS_TIME, timedelta(seconds=45), "45 business seconds"),
        ("2 business days", CountingMode.BUSINESS_DAYS, 2, "2 business days"),
        ("1 day", CountingMode.BUSINESS_DAYS, 1, "1 business day"),
        ("24 calendar hours", CountingMode.CALENDAR_TIME, timedelta(hours=24), "24 calendar hours"),
        ("3 calendar days", CountingMode.CALENDAR_TIME, timedelta(days=3), "72 calendar hours"),
        ("0 minutes", CountingMode.BUSINESS_TIME, timedelta(0), "0 business seconds"),
    ],
)
def test_a_duration_is_read_and_written(text, counting, amount, written):
    read = Duration.parse(text)
    assert (read.counting, read.days or read.length) == (counting, amount)
    assert str(read) == written
    assert Duration.parse(written) == read


@pytest.mark.parametrize(
    "text",
    ["", "soon", "4", "hours", "4.5 hours", "4 weeks", "4 office hours", "1 hour 30 minutes", "٤ hours"],
)
def test_other_text_is_refused(text):
    with pytest.raises(ValueError, match="not a duration"):
        Duration.parse(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-1 hours", "negative"),
        ("-2 days", "negative"),
        ("4000 days", "ten years"),
        (f"{9**99} hours", "ten years"),
    ],
)
def test_negative_and_very_long_durations_are_refused(text, why):
    with pytest.raises(ValueError, match=why):
        Duration.parse(text)
