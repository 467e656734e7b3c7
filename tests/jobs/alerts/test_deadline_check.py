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
from tests.fixtures.jobs_desk import MANAGER, Desk, Hand, desk

NIGHT = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # Monday 17:30 in Paris: half an hour is left


@pytest.fixture
def demo(redis: Redis, tmp_path: Path) -> Desk:
    return desk(redis, tmp_path)


@pytest.fixture
def weekday(redis: Redis, tmp_path: Path) -> Desk:
    """Open 9 to 18 in Paris; the night begins in half an hour."""
    return desk(redis, tmp_path, "weekday-desk.toml", Hand(NIGHT))


def test_agents_are_warned_at_the_policys_share_and_managers_at_the_miss(demo: Desk) -> None:
    ana = demo.wiring.agents.add("Ana", "ana").agent_id
    demo.wiring.agents.set_alerts(ana, "telegram:7")
    ticket = demo.ticket()
    demo.wiring.desk.act(ticket, "assign", "", to=ana)
    demo.later(minutes=2, seconds=55)
    assert (demo.told("telegram:7"), demo.told()) == ([], [])
    demo.later(seconds=10)
    [warning] = demo.told("telegram:7")
    assert warning.startswith("⏳ 1 min left · #")
    assert demo.told() == []
    demo.later(minutes=1)
    assert len(demo.told("telegram:7")) == 2
    assert [text.split(" · ")[0] for text in demo.told()] == ["⏰ Overdue 1 min"]


def test_a_warning_goes_to_the_group_while_nobody_has_it(redis: Redis, tmp_path: Path) -> None:
    one = desk(redis, tmp_path, TELEGRAM_INBOX_CHAT="-1001")
    one.ticket()
    one.later(minutes=3, seconds=5)
    assert [text[:1] for text in one.told("telegram:-1001")] == ["⏳"]
    assert one.told() == []


def test_two_clocks_and_every_job_twice_tell_once(demo: Desk) -> None:
    tickets = [demo.ticket() for _ in range(5)]
    demo.jump(minutes=4, seconds=1)
    demo.redis.delete(keys.DEADLINES, keys.ALERT_QUEUES)
    before = demo.told()
    for _ in range(2):  # two clocks that both believe that everything is due, and jobs delivered twice
        for ticket_id in tickets:
            demo.wiring.job_queue.check_deadlines([ticket_id, *tickets])
    threads = [Thread(target=check_deadlines, args=(t,)) for t in tickets * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    demo.work()
    assert demo.told() == before
    assert len(before) == 5
    for ticket_id in tickets:
        assert len(demo.facts(ticket_id, TicketEventKind.MISSED)) == 1


def test_many_looks_at_the_same_moment_tell_once(demo: Desk) -> None:
    ticket = demo.ticket()
    demo.clock.turn(minutes=4, seconds=1)
    threads = [Thread(target=check_deadlines, args=(ticket,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    demo.work()
    assert len(demo.told()) == 1
    assert Counter(f.kind for f in demo.facts(ticket, TicketEventKind.MISSED)) == {TicketEventKind.MISSED: 1}


def test_a_clock_killed_between_claim_and_job_is_made_good_by_another(demo: Desk, redis_url: str) -> None:
    ticket = demo.ticket()
    demo.clock.turn(minutes=4, seconds=1)

    demo.sweep_and_die(redis_url)
    demo.sweep()
    assert demo.told() == []  # claimed by the dead
    demo.jump(seconds=CLAIM_SECONDS)
    demo.jump(seconds=CLAIM_SECONDS)
    assert len(demo.told()) == 1
    assert len(demo.facts(ticket, TicketEventKind.MISSED)) == 1


def test_a_lost_telling_is_found_by_the_sweep(demo: Desk) -> None:
    ticket = demo.ticket()
    demo.clock.turn(minutes=4, seconds=1)
    demo.wiring.deadline_check.check(ticket)
    demo.redis.delete("rq:queue:due")  # the job that was to tell is gone
    demo.jump(seconds=5)
    assert len(demo.told()) == 1


def test_nobody_answers_and_the_head_is_told_with_new_words(redis: Redis, tmp_path: Path) -> None:
    one = desk(redis, tmp_path, ALERTS=f"{MANAGER},telegram:9?to=head")
    one.ticket()
    one.later(minutes=4, seconds=5)
    assert (len(one.told()), one.told("telegram:9")) == (1, [])
    one.later(minutes=5)
    assert len(one.told()) == 1
    [told] = one.told("telegram:9")
    assert told.startswith("⏰ Still overdue 5 min")
    assert "Nobody has acknowledged it yet" in told


def test_managers_wait_their_turn_while_the_team_knows(redis: Redis, tmp_path: Path) -> None:
    one = desk(redis, tmp_path, "weekday-desk.toml", Hand(), TELEGRAM_INBOX_CHAT="-1001")
    one.ticket("critical")  # 10:30 in Paris: to be looked at by 11:30
    one.jump(hours=1, seconds=1)
    assert [len(_overdue(one, "telegram:-1001")), len(one.alerts())] == [
        1,
        0,
    ]  # there is no assignee to wait for
    one.jump(minutes=29)
    assert [len(_overdue(one, "telegram:-1001")), len(one.alerts())] == [1, 0]
    one.jump(minutes=1)
    assert [len(_overdue(one, "telegram:-1001")), len(one.alerts())] == [1, 1]
    assert one.alerts()[0].startswith("⏰ Still overdue 30 min")


def _overdue(one: Desk, address: str) -> list[str]:
    return [text for text in one.alerts(address) if "verdue" in text.splitlines()[0]]


def test_whoever_stands_on_two_rungs_hears_once(redis: Redis, tmp_path: Path) -> None:
    one = desk(redis, tmp_path, ALERTS=f"{MANAGER},telegram:9")
    boss = one.wiring.agents.add("Boss", "boss", Role.MANAGER).agent_id
    one.wiring.agents.set_alerts(boss, MANAGER)
    one.wiring.desk.act(one.ticket(), "assign", "", to=boss)
    one.later(minutes=9, seconds=30)
    overdue = [text for text in one.told() if "verdue" in text.splitlines()[0]]
    assert (len(overdue), len(one.told("telegram:9"))) == (1, 1)


def test_seeing_only_the_warning_does_not_silence_the_miss(demo: Desk) -> None:
    ticket = demo.ticket()
    demo.later(minutes=3, seconds=5)
    demo.wiring.desk.act(ticket, "acknowledge", "", target="first_response", turn="1")
    demo.later(minutes=1)
    assert len(demo.told()) == 1


def test_nobody_is_told_at_night_and_everybody_is_in_the_morning(weekday: Desk) -> None:
    weekday.ticket("critical")  # to be looked at within one business hour
    weekday.jump(minutes=29)
    weekday.later(minutes=2)
    assert weekday.alerts() == []  # Monday 18:01: closed
    weekday.jump(hours=15)
    assert weekday.alerts() == []  # Tuesday 9:01: half an hour of the review's hour has passed
    weekday.jump(minutes=30)
    assert [text.splitlines()[1] for text in weekday.alerts()] == ["Promised: a first look by 9:30 today"]


def test_what_is_missed_while_closed_is_told_at_the_opening(weekday: Desk) -> None:
    weekday.clock.turn(minutes=-30)  # 17:00: the hour of the review ends as the desk closes
    ticket = weekday.ticket("critical")
    weekday.jump(hours=1, seconds=1)
    assert len(weekday.facts(ticket, TicketEventKind.MISSED, "review")) == 1
    assert weekday.told() == []
    weekday.jump(hours=14, minutes=59)
    assert weekday.alerts() == []
    weekday.jump(minutes=1)
    assert len(weekday.alerts()) == 1


def test_an_emergency_is_told_at_once_at_night(weekday: Desk) -> None:
    weekday.clock.turn(hours=8)
    weekday.ticket("critical", is_emergency=True)
    weekday.sweep()
    assert [text.splitlines()[0][:11] for text in weekday.told()] == ["🚨 Emergency"]


def test_an_answer_too_late_but_before_the_sweep_is_still_a_miss(demo: Desk) -> None:
    ticket = demo.ticket()
    ana = demo.wiring.agents.add("Ana", "ana").agent_id
    demo.clock.turn(minutes=4, seconds=1)
    demo.wiring.desk.act(ticket, "reply", ana, text="sorry")
    demo.sweep()
    assert len(demo.facts(ticket, TicketEventKind.MISSED)) == 1
    assert demo.told() == []
    assert len(demo.wiring.queries.overview(demo.clock()).alerts) == 1


def test_one_ticket_that_cannot_be_read_holds_up_no_other(demo: Desk) -> None:
    broken, *others = [demo.ticket() for _ in range(4)]
    demo.redis.set(keys.ticket(broken), b"{not json")
    demo.clock.turn(minutes=4, seconds=1)
    Clock(demo.redis, demo.wiring.job_queue, demo.clock).sweep()
    with pytest.raises(
        AssertionError, match="Invalid JSON"
    ):  # its own job fails, and is kept with the reason
        demo.work()
    demo.redis.delete("rq:failed:due")
    demo.work()
    assert [len(demo.facts(t, TicketEventKind.MISSED)) for t in others] == [1, 1, 1]


def test_a_ticket_that_is_gone_is_forgotten(demo: Desk) -> None:
    ticket = demo.ticket()
    demo.redis.delete(keys.ticket(ticket))
    demo.jump(minutes=5)
    assert demo.redis.zcard(keys.DEADLINES) == 0
    assert demo.told() == []


def test_nothing_is_told_early(demo: Desk) -> None:
    ticket = demo.ticket()
    due_at = demo.clock.now.replace(microsecond=0)
    for _ in range(300):
        demo.jump(seconds=1)
        for fact in demo.facts(ticket, TicketEventKind.MISSED):
            assert (fact.at - due_at).total_seconds() >= 240
            return
    raise AssertionError("never missed")
