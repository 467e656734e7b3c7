"""The report to managers: made once a day and once a week, with what counts, and a chart that can be read."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image
from redis import Redis

from bot.messages.thread import OutboxEntry
from jobs.alerts import report_chart
from jobs.clock import Clock
from store import keys
from store.codec import load
from store.outbox.job_queue import JobQueue
from tests.fixtures.clock import ManualClock
from tests.fixtures.store_desk import MANAGER, StoreDesk, alerting_desk

MONDAY_MORNING = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)  # 9:30 in Paris, on a desk that is open 9 to 18


@pytest.fixture
def weekday(redis: Redis, tmp_path: Path) -> StoreDesk:
    one = alerting_desk(redis, tmp_path, "weekday-desk.toml", ManualClock(MONDAY_MORNING))
    one.sweep()
    return one


def reports(one: StoreDesk, address: str = MANAGER) -> list[str]:
    return [text for text in one.messages_to(address) if text.startswith("📊")]


def a_day(one: StoreDesk) -> None:
    """Two promises are kept by Ana, one is missed."""
    ana = one.wiring.agents.add("Ana Costa", "ana").agent_id
    answered, late = one.add_ticket("critical"), one.add_ticket("low", "whatsapp")
    one.skip_time(minutes=10)
    one.wiring.desk.act(answered, "reply", ana, text="done")
    one.wiring.desk.act(answered, "resolve", ana)
    one.skip_time(hours=1)
    assert one.ticket(late).is_live


def test_the_day_is_told_at_the_next_opening(weekday: StoreDesk) -> None:
    a_day(weekday)
    assert reports(weekday) == []
    weekday.clock.now = datetime(2026, 3, 3, 7, 59, 59, tzinfo=UTC)
    weekday.sweep()
    assert reports(weekday) == []
    weekday.skip_time(seconds=1)
    [text] = reports(weekday)
    assert text.splitlines() == [
        "📊 Support Desk, since yesterday at 9:00",
        "2 of 3 promises kept: 66%",
        "By priority: Critical 2/2 · Low 0/1",
        "By channel: Telegram 2/2 · WhatsApp 0/1",
        "By language: EN 2/3",
        "By agent: Ana Costa 2/2 · nobody 0/1",
        "1 request open: 1 overdue, 1 unassigned",
        f"Oldest: #{weekday.ticket(weekday.tickets[1]).number}, open for 24 h",
        "More: http://127.0.0.1:8000/overview/",
    ]


def test_it_comes_once_whoever_looks_and_however_often(weekday: StoreDesk) -> None:
    a_day(weekday)
    weekday.clock.now = datetime(2026, 3, 3, 8, 5, tzinfo=UTC)
    look = weekday.wiring.chores["reports"]
    threads = [Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    weekday.pass_time(minutes=1)
    weekday.skip_time(hours=3)
    assert len(reports(weekday)) == 1


def test_a_clock_that_was_away_at_the_opening_tells_later_that_day(weekday: StoreDesk) -> None:
    a_day(weekday)
    weekday.clock.now = datetime(2026, 3, 3, 13, 0, tzinfo=UTC)
    weekday.sweep()
    assert len(reports(weekday)) == 1


def test_the_week_is_told_on_monday_beside_the_day(weekday: StoreDesk) -> None:
    a_day(weekday)
    for day in (3, 4, 5, 6):
        weekday.clock.now = datetime(2026, 3, day, 8, tzinfo=UTC)
        weekday.sweep()
    before = len(reports(weekday))
    weekday.clock.now = datetime(2026, 3, 9, 8, tzinfo=UTC)
    weekday.sweep()
    told = [text.splitlines()[:2] for text in reports(weekday)[before:]]
    assert told == [
        ["📊 Support Desk, since Friday 6 March at 9:00", "No promise fell due."],
        ["📊 Support Desk, since Monday 2 March at 0:00", "2 of 3 promises kept: 66%"],
    ]


def test_a_desk_with_nothing_to_tell_says_nothing(weekday: StoreDesk) -> None:
    weekday.clock.now = datetime(2026, 3, 3, 8, tzinfo=UTC)
    weekday.sweep()
    assert weekday.messages_to(MANAGER) == []


def test_the_report_brings_a_chart(weekday: StoreDesk) -> None:
    a_day(weekday)
    weekday.clock.now = datetime(2026, 3, 3, 8, tzinfo=UTC)
    weekday.sweep()
    entries = [load(OutboxEntry, weekday.redis.get(key)) for key in weekday.redis.keys("outbox:*")]
    [file] = [file for entry in entries for file in entry.outgoing.attachments]
    path = weekday.wiring.media.path(file.file_id)
    assert (file.kind, file.media_type, file.name) == ("image", "image/png", "guichet-daily-2026-03-03.png")
    with Image.open(path) as image:
        assert image.format == "PNG"
        assert image.width > 600


def test_a_chore_that_fails_comes_round_again(weekday: StoreDesk) -> None:
    weekday.clock.now = datetime(2026, 3, 3, 8, tzinfo=UTC)
    before = weekday.redis.zscore(keys.CHORES, "reports")

    class Away(JobQueue):
        def run_chore(self, name: str) -> None:
            """The job is lost."""

    a_day(weekday)
    weekday.clock.now = datetime(2026, 3, 4, 8, tzinfo=UTC)
    Clock(weekday.redis, Away(weekday.redis), weekday.clock).sweep()
    weekday.skip_time(seconds=30)
    held_back = reports(weekday)
    weekday.skip_time(seconds=31)
    assert (before is not None, len(reports(weekday)) - len(held_back)) == (True, 1)


def test_the_chart_can_be_read_in_three_languages() -> None:
    widths = []
    for label in ("High", "Élevée", "Crítica · ñ"):
        drawn = report_chart.draw(
            "Promesses tenues, par priorité", [report_chart.Bar(label, 92, "11/12", 80)], "avant"
        )
        with Image.open(BytesIO(drawn)) as image:
            ink = (
                image.crop((report_chart.MARGIN, 90, report_chart.MARGIN + report_chart.LABELS, 140))
                .convert("L")
                .point(lambda p: p < 128)
            )
            widths.append(ink.getbbox())
    assert all(widths)
    assert len(set(widths)) == 3


@pytest.mark.parametrize(
    "bar",
    [
        report_chart.Bar("", 0, "0/0"),
        report_chart.Bar("x" * 300, 100, "9999/9999", 0),
        report_chart.Bar("–", 1, ""),
    ],
)
def test_odd_numbers_and_names_are_drawn_all_the_same(bar: report_chart.Bar) -> None:
    with Image.open(BytesIO(report_chart.draw("", [bar], ""))) as image:
        assert image.size[0] == report_chart.WIDTH


def test_nobody_is_sent_a_report_where_nobody_is_alerted(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path, "weekday-desk.toml", ManualClock(MONDAY_MORNING), ALERTS="")
    a_day(one)
    one.clock.now = datetime(2026, 3, 3, 8, tzinfo=UTC)
    one.sweep()
    kept = [load(OutboxEntry, redis.get(key)) for key in redis.keys("outbox:*")]
    assert [one.text_of(entry) for entry in kept if one.text_of(entry).startswith("📊")] == []
