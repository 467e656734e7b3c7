"""What falls due is told once, in time, to the right people, whoever runs twice, dies or sleeps."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from redis import Redis

from bot.model.ticket_events import TicketEventKind
from jobs.clock import Clock
from jobs.tasks import check_deadlines
from store import keys
from store.agents.agent import Role
from store.due_claims import CLAIM_SECONDS
from tests.fixtures.clock import ManualClock
from tests.fixtures.crash import sweep_and_die
from tests.fixtures.store_desk import MANAGER, StoreDesk, alerting_desk

NIGHT = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # Monday 17:30 in Paris: half an hour is left


@pytest.fixture
def demo(redis: Redis, tmp_path: Path) -> StoreDesk:
    return alerting_desk(redis, tmp_path)


@pytest.fixture
def weekday(redis: Redis, tmp_path: Path) -> StoreDesk:
    """Open 9 to 18 in Paris; the night begins in half an hour."""
    return alerting_desk(redis, tmp_path, "weekday-desk.toml", ManualClock(NIGHT))


def test_agents_are_warned_at_the_policys_share_and_managers_at_the_miss(demo: StoreDesk) -> None:
    ana = demo.wiring.agents.add("Ana", "ana").agent_id
    demo.wiring.agents.set_alerts(ana, "telegram:7")
    ticket = demo.add_ticket()
    demo.wiring.desk.act(ticket, "assign", "", to=ana)
    demo.pass_time(minutes=2, seconds=55)
    assert (demo.messages_to("telegram:7"), demo.messages_to(MANAGER)) == ([], [])
    demo.pass_time(seconds=10)
    [warning] = demo.messages_to("telegram:7")
    assert warning.startswith("⏳ 1 min left · #")
    assert demo.messages_to(MANAGER) == []
    demo.pass_time(minutes=1)
    assert len(demo.messages_to("telegram:7")) == 2
    assert [text.split(" · ")[0] for text in demo.messages_to(MANAGER)] == ["⏰ Overdue 1 min"]


def test_a_warning_goes_to_the_group_while_nobody_has_it(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path, TELEGRAM_INBOX_CHAT="-1001")
    one.add_ticket()
    one.pass_time(minutes=3, seconds=5)
    assert [text[:1] for text in one.messages_to("telegram:-1001")] == ["⏳"]
    assert one.messages_to(MANAGER) == []


def test_two_clocks_and_every_job_twice_tell_once(demo: StoreDesk) -> None:
    tickets = [demo.add_ticket() for _ in range(5)]
    demo.skip_time(minutes=4, seconds=1)
    demo.redis.delete(keys.DEADLINES, keys.ALERT_QUEUES)
    before = demo.messages_to(MANAGER)
    for _ in range(2):  # two clocks that both believe that everything is due, and jobs delivered twice
        for ticket_id in tickets:
            demo.wiring.job_queue.check_deadlines([ticket_id, *tickets])
    threads = [Thread(target=check_deadlines, args=(t,)) for t in tickets * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    demo.work()
    assert demo.messages_to(MANAGER) == before
    assert len(before) == 5
    for ticket_id in tickets:
        assert len(demo.events(ticket_id, TicketEventKind.MISSED)) == 1


def test_many_looks_at_the_same_moment_tell_once(demo: StoreDesk) -> None:
    ticket = demo.add_ticket()
    demo.clock.advance(minutes=4, seconds=1)
    threads = [Thread(target=check_deadlines, args=(ticket,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    demo.work()
    assert len(demo.messages_to(MANAGER)) == 1
    assert Counter(f.kind for f in demo.events(ticket, TicketEventKind.MISSED)) == {TicketEventKind.MISSED: 1}


def test_a_clock_killed_between_claim_and_job_is_made_good_by_another(
    demo: StoreDesk, redis_url: str
) -> None:
    ticket = demo.add_ticket()
    demo.clock.advance(minutes=4, seconds=1)

    sweep_and_die(redis_url, demo.clock)
    demo.sweep()
    assert demo.messages_to(MANAGER) == []  # claimed by the dead
    demo.skip_time(seconds=CLAIM_SECONDS)
    demo.skip_time(seconds=CLAIM_SECONDS)
    assert len(demo.messages_to(MANAGER)) == 1
    assert len(demo.events(ticket, TicketEventKind.MISSED)) == 1


def test_a_lost_telling_is_found_by_the_sweep(demo: StoreDesk) -> None:
    ticket = demo.add_ticket()
    demo.clock.advance(minutes=4, seconds=1)
    demo.wiring.deadline_check.check(ticket)
    demo.redis.delete("rq:queue:due")  # the job that was to tell is gone
    demo.skip_time(seconds=5)
    assert len(demo.messages_to(MANAGER)) == 1


def test_nobody_answers_and_the_head_is_told_with_new_words(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path, ALERTS=f"{MANAGER},telegram:9?to=head")
    one.add_ticket()
    one.pass_time(minutes=4, seconds=5)
    assert (len(one.messages_to(MANAGER)), one.messages_to("telegram:9")) == (1, [])
    one.pass_time(minutes=5)
    assert len(one.messages_to(MANAGER)) == 1
    [told] = one.messages_to("telegram:9")
    assert told.startswith("⏰ Still overdue 5 min")
    assert "Nobody has acknowledged it yet" in told


def test_managers_wait_their_turn_while_the_team_knows(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path, "weekday-desk.toml", ManualClock(), TELEGRAM_INBOX_CHAT="-1001")
    one.add_ticket("critical")  # 10:30 in Paris: to be looked at by 11:30
    one.skip_time(hours=1, seconds=1)
    assert [len(_overdue(one, "telegram:-1001")), len(one.alerts_to(MANAGER))] == [
        1,
        0,
    ]  # there is no assignee to wait for
    one.skip_time(minutes=29)
    assert [len(_overdue(one, "telegram:-1001")), len(one.alerts_to(MANAGER))] == [1, 0]
    one.skip_time(minutes=1)
    assert [len(_overdue(one, "telegram:-1001")), len(one.alerts_to(MANAGER))] == [1, 1]
    assert one.alerts_to(MANAGER)[0].startswith("⏰ Still overdue 30 min")


def _overdue(one: StoreDesk, address: str) -> list[str]:
    return [text for text in one.alerts_to(address) if "verdue" in text.splitlines()[0]]


def test_whoever_stands_on_two_rungs_hears_once(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path, ALERTS=f"{MANAGER},telegram:9")
    boss = one.wiring.agents.add("Boss", "boss", Role.MANAGER).agent_id
    one.wiring.agents.set_alerts(boss, MANAGER)
    one.wiring.desk.act(one.add_ticket(), "assign", "", to=boss)
    one.pass_time(minutes=9, seconds=30)
    overdue = [text for text in one.messages_to(MANAGER) if "verdue" in text.splitlines()[0]]
    assert (len(overdue), len(one.messages_to("telegram:9"))) == (1, 1)


def test_seeing_only_the_warning_does_not_silence_the_miss(demo: StoreDesk) -> None:
    ticket = demo.add_ticket()
    demo.pass_time(minutes=3, seconds=5)
    demo.wiring.desk.act(ticket, "acknowledge", "", target="first_response", turn="1")
    demo.pass_time(minutes=1)
    assert len(demo.messages_to(MANAGER)) == 1


def test_nobody_is_told_at_night_and_everybody_is_in_the_morning(weekday: StoreDesk) -> None:
    weekday.add_ticket("critical")  # to be looked at within one business hour
    weekday.skip_time(minutes=29)
    weekday.pass_time(minutes=2)
    assert weekday.alerts_to(MANAGER) == []  # Monday 18:01: closed
    weekday.skip_time(hours=15)
    assert weekday.alerts_to(MANAGER) == []  # Tuesday 9:01: half an hour of the review's hour has passed
    weekday.skip_time(minutes=30)
    assert [text.splitlines()[1] for text in weekday.alerts_to(MANAGER)] == [
        "Promised: a first look by 9:30 today"
    ]


def test_what_is_missed_while_closed_is_told_at_the_opening(weekday: StoreDesk) -> None:
    weekday.clock.advance(minutes=-30)  # 17:00: the hour of the review ends as the desk closes
    ticket = weekday.add_ticket("critical")
    weekday.skip_time(hours=1, seconds=1)
    assert len(weekday.events(ticket, TicketEventKind.MISSED, "review")) == 1
    assert weekday.messages_to(MANAGER) == []
    weekday.skip_time(hours=14, minutes=59)
    assert weekday.alerts_to(MANAGER) == []
    weekday.skip_time(minutes=1)
    assert len(weekday.alerts_to(MANAGER)) == 1


def test_an_emergency_is_told_at_once_at_night(weekday: StoreDesk) -> None:
    weekday.clock.advance(hours=8)
    weekday.add_ticket("critical", is_emergency=True)
    weekday.sweep()
    assert [text.splitlines()[0][:11] for text in weekday.messages_to(MANAGER)] == ["🚨 Emergency"]


def test_an_answer_too_late_but_before_the_sweep_is_still_a_miss(demo: StoreDesk) -> None:
    ticket = demo.add_ticket()
    ana = demo.wiring.agents.add("Ana", "ana").agent_id
    demo.clock.advance(minutes=4, seconds=1)
    demo.wiring.desk.act(ticket, "reply", ana, text="sorry")
    demo.sweep()
    assert len(demo.events(ticket, TicketEventKind.MISSED)) == 1
    assert demo.messages_to(MANAGER) == []
    assert len(demo.wiring.queries.overview(demo.clock()).alerts) == 1


def test_one_ticket_that_cannot_be_read_holds_up_no_other(demo: StoreDesk) -> None:
    broken, *others = [demo.add_ticket() for _ in range(4)]
    demo.redis.set(keys.ticket(broken), b"{not json")
    demo.clock.advance(minutes=4, seconds=1)
    Clock(demo.redis, demo.wiring.job_queue, demo.clock).sweep()
    with pytest.raises(
        AssertionError, match="Invalid JSON"
    ):  # its own job fails, and is kept with the reason
        demo.work()
    demo.redis.delete("rq:failed:due")
    demo.work()
    assert [len(demo.events(t, TicketEventKind.MISSED)) for t in others] == [1, 1, 1]


def test_a_ticket_that_is_gone_is_forgotten(demo: StoreDesk) -> None:
    ticket = demo.add_ticket()
    demo.redis.delete(keys.ticket(ticket))
    demo.skip_time(minutes=5)
    assert demo.redis.zcard(keys.DEADLINES) == 0
    assert demo.messages_to(MANAGER) == []


def test_nothing_is_told_early(demo: StoreDesk) -> None:
    ticket = demo.add_ticket()
    due_at = demo.clock.now.replace(microsecond=0)
    for _ in range(300):
        demo.skip_time(seconds=1)
        for fact in demo.events(ticket, TicketEventKind.MISSED):
            assert (fact.at - due_at).total_seconds() >= 240
            return
    raise AssertionError("never missed")
