"""The clocks of a ticket, told as stories on the weekday that the desk knows best."""

from datetime import datetime

import pytest

from bot.model.clock_events import ClockEvent, ClockEventKind, TicketTimeline
from bot.policy.policy import load_policy
from bot.sla.deadlines import DeadlineStatus, deadlines
from tests.fixtures.paths import POLICIES

PREMIUM = load_policy(POLICIES / "premium.toml")  # 09:00–12:00 and 13:30–18:00, Zurich
WEEKDAY = load_policy(POLICIES / "weekday-desk.toml")  # 09:00–18:00, Paris


def test_the_first_response_is_owed_from_the_opening():
    first = owed("first_response", ticket("Mon 10:00", "urgent"))
    assert (local(first.started_at), local(first.due_at)) == ("Mon 10:00", "Tue 10:30")
    assert first.status_at(at("Mon 11:00")) is DeadlineStatus.RUNNING


def test_an_answer_in_time_meets_it_and_a_late_one_misses_it():
    for answered, standing in (("Tue 10:30", DeadlineStatus.MET), ("Tue 10:31", DeadlineStatus.MISSED)):
        first = owed("first_response", ticket("Mon 10:00", "urgent", (answered, ClockEventKind.REPLIED)))
        assert first.status_at(at("Fri 10:00")) is standing


def test_it_is_overdue_only_after_the_due_instant():
    first = owed("first_response", ticket("Mon 10:00", "urgent"))
    assert first.status_at(at("Tue 10:30")) is DeadlineStatus.WARNED
    assert first.status_at(at("Tue 10:31")) is DeadlineStatus.OVERDUE


def test_the_warning_comes_after_three_quarters_of_the_business_time():
    first = owed("first_response", ticket("Mon 10:00", "urgent"))  # 8 hours: 6 of them
    assert local(first.warn_at) == "Mon 17:30"
    assert first.status_at(at("Mon 17:30")) is DeadlineStatus.WARNED


def test_the_warning_of_a_promise_in_days_is_three_quarters_of_its_open_hours():
    first = owed("first_response", ticket("Fri 17:00", "high"))  # due Monday 17:00: 7.5 hours
    assert local(first.due_at) == "Mon+7 17:00"
    assert local(first.warn_at) == "Mon+7 15:07"


def test_messages_before_the_first_answer_begin_no_turn_of_their_own():
    talk = ticket("Mon 10:00", "urgent", ("Mon 10:05", ClockEventKind.CUSTOMER_WROTE))
    assert names(talk) == ["first_response 1", "resolution 1"]


def test_each_later_turn_of_the_customer_is_owed_an_answer_once():
    talk = ticket(
        "Mon 10:00",
        "urgent",
        ("Mon 10:30", ClockEventKind.REPLIED),
        ("Mon 11:00", ClockEventKind.CUSTOMER_WROTE),
        ("Mon 11:30", ClockEventKind.CUSTOMER_WROTE),
        ("Mon 11:45", ClockEventKind.REPLIED),
        ("Mon 14:00", ClockEventKind.CUSTOMER_WROTE),
    )
    assert names(talk) == ["first_response 1", "resolution 1", "next_response 1", "next_response 2"]
    first, second = (d for d in deadlines(talk, PREMIUM) if d.target == "next_response")
    assert (local(first.started_at), local(first.met_at)) == ("Mon 11:00", "Mon 11:45")
    assert (local(second.started_at), second.met_at) == ("Mon 14:00", None)


def test_courtesy_begins_no_turn_and_ends_no_hold():
    talk = ticket(
        "Mon 10:00",
        "urgent",
        ("Mon 10:30", ClockEventKind.REPLIED),
        ("Mon 10:30", ClockEventKind.HELD),
        thanks("Mon 11:00"),
    )
    assert names(talk) == ["first_response 1", "resolution 1"]
    assert owed("resolution", talk).status_at(at("Mon 12:00")) is DeadlineStatus.ON_HOLD


def test_courtesy_after_the_solution_does_not_reopen():
    talk = ticket("Mon 10:00", "urgent", ("Mon 11:00", ClockEventKind.RESOLVED), thanks("Mon 11:01"))
    assert [d for d in deadlines(talk, PREMIUM) if not d.is_over] == []


def test_waiting_on_the_customer_is_not_counted():
    talk = ticket(
        "Mon 09:00",
        "urgent",
        ("Mon 10:00", ClockEventKind.REPLIED),
        ("Mon 10:00", ClockEventKind.HELD),
        ("Wed 10:00", ClockEventKind.CUSTOMER_WROTE),
    )
    without = ticket("Mon 09:00", "urgent", ("Mon 10:00", ClockEventKind.REPLIED))
    assert local(owed("resolution", without).due_at) == "Thu 10:30"  # 24 hours of work
    assert local(owed("resolution", talk).due_at) == "Mon+7 10:30"  # two days of work later


def test_a_night_on_hold_is_not_counted_twice():
    talk = ticket(
        "Mon 09:00", "urgent", ("Mon 18:00", ClockEventKind.HELD), ("Tue 09:00", ClockEventKind.RELEASED)
    )
    assert owed("resolution", talk).due_at == owed("resolution", ticket("Mon 09:00", "urgent")).due_at


def test_nobody_can_tell_when_a_held_promise_is_due():
    held = owed("resolution", ticket("Mon 09:00", "urgent", ("Mon 10:00", ClockEventKind.HELD)))
    assert (held.due_at, held.warn_at) == (None, None)
    assert not held.is_missed(at("Fri 10:00"))


def test_what_was_missed_before_the_hold_stays_missed():
    talk = ticket("Mon 09:00", "urgent", ("Fri 10:00", ClockEventKind.HELD))
    assert owed("resolution", talk).status_at(at("Fri 11:00")) is DeadlineStatus.OVERDUE


def test_a_hold_in_the_first_response_moves_it_too():
    talk = ticket(
        "Mon 09:00", "urgent", ("Mon 10:00", ClockEventKind.HELD), ("Mon 14:30", ClockEventKind.RELEASED)
    )
    assert local(owed("first_response", talk).due_at) == "Tue 14:00"  # 1 h, 3½ h, then 3½ h on Tuesday


def test_a_new_priority_is_counted_from_the_old_start():
    talk = ticket("Mon 10:00", "low", ("Tue 11:00", ClockEventKind.PRIORITISED, "urgent"))
    first = owed("first_response", talk)
    assert (local(first.started_at), local(first.due_at)) == ("Mon 10:00", "Tue 10:30")
    assert first.status_at(at("Tue 11:00")) is DeadlineStatus.OVERDUE


def test_a_new_priority_leaves_what_was_kept_alone():
    talk = ticket(
        "Mon 10:00",
        "low",
        ("Tue 11:00", ClockEventKind.REPLIED),
        ("Tue 12:00", ClockEventKind.PRIORITISED, "urgent"),
    )
    assert owed("first_response", talk).status_at(at("Fri 10:00")) is DeadlineStatus.MET


def test_a_lower_priority_gives_more_time():
    talk = ticket("Mon 10:00", "urgent", ("Mon 11:00", ClockEventKind.PRIORITISED, "low"))
    assert local(owed("first_response", talk).due_at) == "Thu 10:00"


def test_solving_answers_everything_that_was_owed():
    talk = ticket("Mon 10:00", "urgent", ("Mon 11:00", ClockEventKind.RESOLVED))
    assert {d.status_at(at("Fri 10:00")) for d in deadlines(talk, PREMIUM)} == {DeadlineStatus.MET}


def test_time_between_solved_and_reopened_does_not_count():
    talk = ticket(
        "Mon 09:00", "urgent", ("Mon 12:00", ClockEventKind.RESOLVED), ("Wed 13:30", ClockEventKind.REOPENED)
    )
    solution = owed("resolution", talk)
    assert (solution.turn, local(solution.started_at)) == (1, "Mon 09:00")
    assert local(solution.due_at) == "Mon+7 10:30"  # three hours were used on Monday, 21 were left
    assert local(owed("next_response", talk).started_at) == "Wed 13:30"


def test_what_was_solved_too_late_is_not_forgiven_by_reopening():
    talk = ticket(
        "Mon 09:00", "urgent", ("Fri 12:00", ClockEventKind.RESOLVED), ("Fri 14:00", ClockEventKind.REOPENED)
    )
    assert owed("resolution", talk).status_at(at("Fri 14:00")) is DeadlineStatus.OVERDUE


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_message_that_reopens_is_one_turn_whatever_is_noted_first(order):
    both = [("Wed 13:30", ClockEventKind.REOPENED), ("Wed 13:30", ClockEventKind.CUSTOMER_WROTE)]
    events = [both[n] for n in order]
    talk = ticket("Mon 09:00", "urgent", ("Mon 12:00", ClockEventKind.RESOLVED), *events)
    assert [d.turn for d in deadlines(talk, PREMIUM) if d.target == "next_response"] == [1]


def test_every_message_is_read_through_within_the_hour():
    talk = ticket(
        "Mon 17:30",
        "low",
        ("Tue 09:15", ClockEventKind.REVIEWED),
        ("Tue 11:00", ClockEventKind.CUSTOMER_WROTE),
        ("Tue 11:10", ClockEventKind.CUSTOMER_WROTE),
    )
    first, second = (d for d in deadlines(talk, WEEKDAY) if d.target == "review")
    assert (local(first.due_at), first.status_at(at("Fri 10:00"))) == ("Tue 09:30", DeadlineStatus.MET)
    assert (local(second.due_at), second.status_at(at("Tue 12:01"))) == ("Tue 12:00", DeadlineStatus.OVERDUE)


@pytest.mark.parametrize(
    "seen",
    [
        (ClockEventKind.REPLIED,),
        (ClockEventKind.HELD,),
        (ClockEventKind.PRIORITISED, "high"),
        (ClockEventKind.RESOLVED,),
    ],
)
def test_whoever_acts_on_a_ticket_has_read_it(seen):
    talk = ticket("Mon 10:00", "low", ("Mon 10:20", *seen))
    assert next(d for d in deadlines(talk, WEEKDAY) if d.target == "review").met_at == at("Mon 10:20")


def test_a_withdrawn_ticket_owes_nothing():
    talk = ticket(
        "Mon 10:00", "urgent", ("Mon 11:00", ClockEventKind.HELD), ("Mon 12:00", ClockEventKind.STOPPED)
    )
    assert {d.status_at(at("Fri 10:00")) for d in deadlines(talk, PREMIUM)} == {DeadlineStatus.STOPPED}


def test_technical_services_have_no_clock():
    assert deadlines(TicketTimeline(at("Mon 10:00"), "urgent", has_clock=False), PREMIUM) == ()


def test_a_priority_that_the_policy_no_longer_has_promises_nothing():
    assert deadlines(ticket("Mon 10:00", "critical"), PREMIUM) == ()


def test_a_plan_promises_more_than_the_standard():
    plus = TicketTimeline(at("Mon 10:00"), "urgent", plan="plus")
    assert local(owed("first_response", plus).due_at) == "Mon 12:00"
    assert local(owed("resolution", plus).due_at) == "Thu 11:30"  # its own targets name no other solution


def test_a_plan_with_regular_news_owes_some_after_each_reply():
    talk = TicketTimeline(
        at("Mon 10:00"), "low", (as_event("Mon 11:00", ClockEventKind.REPLIED),), plan="pro"
    )
    news = owed("next_response", talk)
    assert (news.is_update, local(news.due_at)) == (True, "Tue 11:00")
    assert names(ticket("Mon 10:00", "low", ("Mon 11:00", ClockEventKind.REPLIED))) == [
        "first_response 1",
        "resolution 1",
    ]


def test_who_writes_before_the_news_is_owed_an_answer_instead():
    events = (
        as_event("Mon 11:00", ClockEventKind.REPLIED),
        as_event("Mon 14:00", ClockEventKind.CUSTOMER_WROTE),
    )
    answer = owed("next_response", TicketTimeline(at("Mon 10:00"), "high", events, plan="pro"))
    assert (answer.is_update, answer.turn, local(answer.due_at)) == (False, 2, "Mon 16:00")


def test_an_emergency_is_counted_around_the_clock():
    night = TicketTimeline(at("Sat 03:00"), "urgent", plan="pro", is_emergency=True)
    assert local(owed("first_response", night).due_at) == "Sat 03:30"


def test_a_merged_ticket_keeps_the_older_promise_and_the_talk_of_both():
    newer = ticket("Tue 10:00", "urgent", ("Tue 11:00", ClockEventKind.HELD))
    older = ticket(
        "Mon 10:00", "low", ("Mon 11:00", ClockEventKind.REPLIED), ("Mon 11:30", ClockEventKind.RESOLVED)
    )
    both = newer.merged_with(older)
    assert local(owed("first_response", both).met_at) == "Mon 11:00"
    assert local(owed("next_response", both).started_at) == "Tue 10:00"
    assert owed("resolution", both).status_at(at("Tue 12:00")) is DeadlineStatus.ON_HOLD


def test_events_may_come_in_any_order():
    events = [
        ("Mon 10:30", ClockEventKind.REPLIED),
        ("Mon 11:00", ClockEventKind.CUSTOMER_WROTE),
        ("Mon 11:30", ClockEventKind.HELD),
    ]
    told, shuffled = ticket("Mon 10:00", "high", *events), ticket("Mon 10:00", "high", *reversed(events))
    assert deadlines(told, PREMIUM) == deadlines(shuffled, PREMIUM)


def test_instants_without_a_zone_are_refused():
    naive = at("Mon 10:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="aware"):
        TicketTimeline(naive, "low")
    with pytest.raises(ValueError, match="aware"):
        ClockEvent(ClockEventKind.REPLIED, naive)


def ticket(opened, priority, *events):
    return TicketTimeline(at(opened), priority, tuple(as_event(*event) for event in events))


def as_event(when, kind, priority="", is_courtesy=False):
    return ClockEvent(kind, at(when), priority, is_courtesy)


def thanks(when):
    return when, ClockEventKind.CUSTOMER_WROTE, "", True


def owed(target, clocked):
    found = [d for d in deadlines(clocked, PREMIUM) if d.target == target]
    return found[-1]


def names(clocked):
    return [f"{d.target} {d.turn}" for d in deadlines(clocked, PREMIUM)]


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def at(text):
    """An instant of the week of Monday 23 November 2026, on the desk's clock."""
    day, clock = text.split()
    hour, minute = clock.split(":")
    return datetime(2026, 11, 23 + DAYS.index(day), int(hour), int(minute), tzinfo=PREMIUM.calendar.zone)


def local(instant):
    """The same way of writing it; “+7” in the week that follows."""
    shown = instant.astimezone(PREMIUM.calendar.zone)
    later = (shown.date() - at("Mon 00:00").date()).days // 7 * 7
    return f"{DAYS[shown.weekday()]}{f'+{later}' if later else ''} {shown:%H:%M}"
