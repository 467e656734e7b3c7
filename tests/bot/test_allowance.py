"""How an amount of time is written and read."""

from datetime import timedelta

import pytest

from bot.calendar.durations import Allowance, Counting


@pytest.mark.parametrize(
    ("text", "counting", "amount", "written"),
    [
        ("4 business hours", Counting.BUSINESS_TIME, timedelta(hours=4), "4 business hours"),
        ("90 minutes", Counting.BUSINESS_TIME, timedelta(minutes=90), "90 business minutes"),
        ("120 minutes", Counting.BUSINESS_TIME, timedelta(hours=2), "2 business hours"),
        ("24 working hours", Counting.BUSINESS_TIME, timedelta(hours=24), "24 business hours"),
        ("  1  Business   Hour ", Counting.BUSINESS_TIME, timedelta(hours=1), "1 business hour"),
        ("45 seconds", Counting.BUSINESS_TIME, timedelta(seconds=45), "45 business seconds"),
        ("2 business days", Counting.BUSINESS_DAYS, 2, "2 business days"),
        ("1 day", Counting.BUSINESS_DAYS, 1, "1 business day"),
        ("24 calendar hours", Counting.CALENDAR_TIME, timedelta(hours=24), "24 calendar hours"),
        ("3 calendar days", Counting.CALENDAR_TIME, timedelta(days=3), "72 calendar hours"),
        ("0 minutes", Counting.BUSINESS_TIME, timedelta(0), "0 business seconds"),
    ],
)
def test_an_amount_of_time_is_read_and_written_again(text, counting, amount, written):
    read = Allowance.parse(text)
    assert (read.counting, read.days or read.length) == (counting, amount)
    assert str(read) == written
    assert Allowance.parse(written) == read


@pytest.mark.parametrize(
    "text",
    ["", "soon", "4", "hours", "4.5 hours", "4 weeks", "4 office hours", "1 hour 30 minutes", "٤ hours"],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match="not an amount of time"):
        Allowance.parse(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-1 hours", "negative"),
        ("-2 days", "negative"),
        ("4000 days", "ten years"),
        (f"{9**99} hours", "ten years"),
    ],
)
def test_amounts_that_make_no_sense_are_refused(text, why):
    with pytest.raises(ValueError, match=why):
        Allowance.parse(text)
