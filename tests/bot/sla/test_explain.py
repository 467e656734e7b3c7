"""Why a promise is due when it is: the stretches, in the words of the desk."""

import json
import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.clock_events import ClockEvent, ClockEventKind, TicketTimeline
from bot.policy.policy import load_policy
from bot.sla.deadlines import deadlines
from bot.sla.explain import Reason, explain
from tests.fixtures.paths import POLICIES

PREMIUM = load_policy(POLICIES / "premium.toml")
FIELD_SERVICE = load_policy(POLICIES / "field-service.toml")
DEMO = load_policy(POLICIES / "demo.toml")


def test_lunch_night_and_weekend_are_named():
    talk = TicketTimeline(at(PREMIUM, "2026-11-20 11:00"), "urgent")  # a Friday; 8 hours of work
    assert told(talk, PREMIUM) == [
        "11:00 12:00 open",
        "12:00 13:30 midday",
        "13:30 18:00 open",
        "18:00 00:00 night",
        "00:00 00:00 closed_day",
        "00:00 09:00 before_opening",
        "09:00 11:30 open",
    ]


def test_the_small_hours_belong_to_the_night():
    talk = TicketTimeline(at(PREMIUM, "2026-11-23 17:00"), "urgent", plan="plus")  # a Monday; 2 hours
    assert told(talk, PREMIUM) == ["17:00 18:00 open", "18:00 09:00 night", "09:00 10:00 open"]


def test_a_holiday_is_called_by_its_name():
    talk = TicketTimeline(at(FIELD_SERVICE, "2026-12-07 20:00"), "urgent")
    holiday = [s for s in stretches(talk, FIELD_SERVICE) if s.reason is Reason.HOLIDAY]
    assert [s.name.en for s in holiday] == ["Immaculate Conception"]
    assert holiday[0].length == timedelta(days=1)


def test_a_holiday_of_geneva_has_its_french_name():
    talk = TicketTimeline(at(PREMIUM, "2026-09-09 17:00"), "urgent")
    assert [s.name.fr for s in stretches(talk, PREMIUM) if s.name] == ["Jeûne genevois"]


def test_waiting_on_the_customer_is_cut_out():
    held = ClockEvent(ClockEventKind.HELD, at(PREMIUM, "2026-11-23 10:00"))
    back = ClockEvent(ClockEventKind.CUSTOMER_WROTE, at(PREMIUM, "2026-11-23 14:00"))
    talk = TicketTimeline(at(PREMIUM, "2026-11-23 09:30"), "urgent", (held, back), plan="plus")
    assert told(talk, PREMIUM) == ["09:30 10:00 open", "10:00 14:00 on_hold", "14:00 15:30 open"]


def test_while_it_waits_the_story_is_told_until_now():
    held = ClockEvent(ClockEventKind.HELD, at(PREMIUM, "2026-11-23 10:00"))
    talk = TicketTimeline(at(PREMIUM, "2026-11-23 09:30"), "urgent", (held,))
    assert told(talk, PREMIUM, now="2026-11-23 19:00") == ["09:30 10:00 open", "10:00 19:00 on_hold"]


def test_the_time_between_solved_and_reopened_is_cut_out():
    solved = ClockEvent(ClockEventKind.RESOLVED, at(DEMO, "2026-11-23 10:05"))
    again = ClockEvent(ClockEventKind.REOPENED, at(DEMO, "2026-11-23 11:00"))
    talk = TicketTimeline(at(DEMO, "2026-11-23 10:00"), "urgent", (solved, again))
    assert told(talk, DEMO, "resolution") == ["10:00 10:05 open", "10:05 11:00 resolved", "11:00 11:05 open"]


def test_an_emergency_has_no_night():
    talk = TicketTimeline(at(PREMIUM, "2026-11-21 23:50"), "urgent", plan="pro", is_emergency=True)
    assert told(talk, PREMIUM) == ["23:50 00:20 open"]


def test_it_can_be_told_to_a_program():
    talk = TicketTimeline(at(FIELD_SERVICE, "2026-12-07 20:00"), "urgent")
    deadline = deadlines(talk, FIELD_SERVICE)[0]
    story = json.loads(json.dumps(explain(deadline, FIELD_SERVICE, deadline.started_at).to_json()))
    assert (story["allowance"], story["counted_seconds"]) == ("4 business hours", 4 * 3600)
    assert story["stretches"][0] == {
        "from": "2026-12-07T20:00:00+00:00",
        "to": "2026-12-07T21:00:00+00:00",
        "seconds": 3600.0,
        "counted": True,
        "reason": "open",
        "name": None,
    }
    assert {"en", "fr", "es"} == set(story["stretches"][2]["name"])


@pytest.mark.parametrize("policy", [PREMIUM, FIELD_SERVICE, DEMO], ids=lambda policy: policy.key)
def test_stretches_have_no_gaps_and_their_sum_is_what_was_promised(policy):
    dice = random.Random(policy.key)
    for _ in range(300):
        talk = generated_talk(policy, dice)
        for deadline in deadlines(talk, policy):
            story = explain(deadline, policy, talk.opened_at + timedelta(days=40))
            ends = [deadline.started_at, *(s.end for s in story.stretches)]
            assert [s.start for s in story.stretches] == ends[:-1]
            assert all(s.length > timedelta() for s in story.stretches)
            if deadline.due_at and deadline.allowance.length:
                assert ends[-1] == deadline.due_at
                assert story.counted == deadline.allowance.length


def generated_talk(policy, dice):
    opened = at(policy, "2026-10-20 00:00") + timedelta(minutes=dice.randrange(60 * 1440))
    kinds = [
        ClockEventKind.CUSTOMER_WROTE,
        ClockEventKind.REPLIED,
        ClockEventKind.HELD,
        ClockEventKind.RELEASED,
        ClockEventKind.RESOLVED,
        ClockEventKind.REOPENED,
    ]
    steps = [timedelta(minutes=dice.randrange(3 * 1440)) for _ in range(dice.randrange(8))]
    instants = [opened + sum(steps[: n + 1], timedelta()) for n in range(len(steps))]
    events = tuple(ClockEvent(dice.choice(kinds), instant) for instant in instants)
    return TicketTimeline(opened, dice.choice([p.key for p in policy.priorities]), events)


def told(talk, policy, target="first_response", now="2026-11-23 12:00"):
    zone = policy.calendar.zone
    found = stretches(talk, policy, target, now)
    return [f"{s.start.astimezone(zone):%H:%M} {s.end.astimezone(zone):%H:%M} {s.reason}" for s in found]


def stretches(talk, policy, target="first_response", now="2026-11-23 12:00"):
    deadline = next(d for d in deadlines(talk, policy) if d.target == target)
    return explain(deadline, policy, at(policy, now)).stretches


def at(policy, text):
    return datetime.fromisoformat(text).replace(tzinfo=policy.calendar.zone).astimezone(UTC)
