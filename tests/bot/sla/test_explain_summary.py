"""What people read of a long explanation: nights and weekends as one line, days and weeks alike folded."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.clock_events import ClockEvent, ClockEventKind, TicketTimeline
from bot.policy.policy import load_policy
from bot.sla.deadlines import deadlines
from bot.sla.explain import explain
from bot.sla.explain_summary import ExplanationLine, RepeatedLines, summarise
from tests.fixtures.paths import POLICIES

PREMIUM = load_policy(POLICIES / "premium.toml")  # 09:00–12:00 and 13:30–18:00, Zurich
WEEKDAY = load_policy(POLICIES / "weekday-desk.toml")  # 09:00–18:00, Paris
FIELD_SERVICE = load_policy(POLICIES / "field-service.toml")


def test_a_weekend_is_one_line_with_all_its_reasons():
    lines = shown(TicketTimeline(at(PREMIUM, "2026-11-20 16:00"), "urgent"), PREMIUM)
    assert [told(line) for line in lines] == [
        "open",
        "night closed_day before_opening",
        "open",
        "midday",
        "open",
    ]


def test_a_hold_is_never_one_line_with_the_night_beside_it():
    held = ClockEvent(ClockEventKind.HELD, at(PREMIUM, "2026-11-24 08:00"))
    back = ClockEvent(ClockEventKind.RELEASED, at(PREMIUM, "2026-11-24 08:30"))
    lines = shown(TicketTimeline(at(PREMIUM, "2026-11-23 17:00"), "urgent", (held, back)), PREMIUM)
    assert [told(line) for line in lines][:4] == ["open", "night", "on_hold", "before_opening"]


def test_what_is_read_at_a_glance_is_not_folded():
    lines = shown(TicketTimeline(at(WEEKDAY, "2026-11-23 10:00"), "high"), WEEKDAY, "resolution")
    assert len(lines) == 5
    assert all(isinstance(line, ExplanationLine) for line in lines)


def test_equal_days_are_folded_and_the_weekend_stays_between_them():
    lines = shown(
        TicketTimeline(at(PREMIUM, "2026-11-23 10:00"), "medium"), PREMIUM, "resolution"
    )  # 60 hours
    assert [told(line) for line in lines] == [
        "open",
        "midday",
        "open",
        "4 × (night open midday open)",
        "night closed_day before_opening",
        "open",
        "midday",
        "open",
        "2 × (night open midday open)",
        "night",
        "open",
    ]
    fold = lines[3]
    assert (fold.counted, fold.every) == (timedelta(hours=30), timedelta(days=1))


def test_equal_weeks_are_folded_as_well():
    months = TicketTimeline(at(WEEKDAY, "2026-02-02 09:00"), "low")
    lines = summarise(stretches(months, WEEKDAY, hours=9 * 5 * 12), WEEKDAY.calendar.zone)
    assert len(lines) < 10
    weeks = next(
        line for line in lines if isinstance(line, RepeatedLines) and line.every == timedelta(days=7)
    )
    assert weeks.times >= 10
    assert counted(lines) == timedelta(hours=9 * 5 * 12)


def test_a_change_of_the_clocks_makes_no_night_unequal():
    over_march = TicketTimeline(at(WEEKDAY, "2026-03-16 09:00"), "low")
    lines = summarise(stretches(over_march, WEEKDAY, hours=9 * 5 * 4), WEEKDAY.calendar.zone)
    weeks = [line for line in lines if isinstance(line, RepeatedLines) and line.every == timedelta(days=7)]
    assert [fold.times for fold in weeks] == [3]


def test_a_holiday_breaks_the_row():
    around_december = TicketTimeline(at(FIELD_SERVICE, "2026-11-23 09:00"), "low")
    lines = summarise(stretches(around_december, FIELD_SERVICE, hours=12 * 15), FIELD_SERVICE.calendar.zone)
    alone = [
        line for line in lines if isinstance(line, ExplanationLine) and any(s.name for s in line.stretches)
    ]
    assert [s.name.en for line in alone for s in line.stretches if s.name] == [
        "Restoration of Independence Day",
        "Immaculate Conception",
    ]


def test_nothing_at_all_is_no_line():
    assert summarise((), PREMIUM.calendar.zone) == ()


@pytest.mark.parametrize("policy", [PREMIUM, WEEKDAY, FIELD_SERVICE], ids=lambda policy: policy.key)
def test_folding_loses_no_second_and_leaves_no_gap(policy):
    dice = random.Random(policy.key)
    for _ in range(40):
        talk = TicketTimeline(
            at(policy, "2026-02-01 00:00") + timedelta(minutes=dice.randrange(400_000)), "low"
        )
        whole = stretches(talk, policy, hours=dice.randrange(1, 900))
        lines = summarise(whole, policy.calendar.zone)
        assert counted(lines) == sum((s.length for s in whole if s.is_counted), timedelta())
        assert [line.start for line in lines[1:]] == [line.end for line in lines[:-1]]
        assert (lines[0].start, lines[-1].end) == (whole[0].start, whole[-1].end)


def counted(lines):
    return sum((line.counted for line in lines), timedelta())


def told(line):
    if isinstance(line, RepeatedLines):
        return f"{line.times} × ({' '.join(told(each) for each in line.lines)})"
    return " ".join(stretch.reason for stretch in line.stretches)


def shown(talk, policy, target="first_response"):
    found = next(d for d in deadlines(talk, policy) if d.target == target)
    return summarise(explain(found, policy, at(policy, "2026-12-31 12:00")).stretches, policy.calendar.zone)


def stretches(talk, policy, hours):
    """The way of a promise of so many open hours."""
    longer = {"resolution": f"{hours} business hours"}
    content = policy.model_dump(mode="json", exclude_defaults=True)
    for priority in content["priorities"]:
        priority["targets"] = longer
    changed = type(policy).model_validate(content)
    return explain(deadlines(talk, changed)[0], changed, talk.opened_at).stretches


def at(policy, text):
    return datetime.fromisoformat(text).replace(tzinfo=policy.calendar.zone).astimezone(UTC)
