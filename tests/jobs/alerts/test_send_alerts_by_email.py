"""Alerts and reports by e-mail, from the missed deadline to the letter, through a real SMTP conversation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.messages.thread import DeliveryStatus, OutboxEntry
from store import keys
from store.codec import load
from tests.fixtures.smtp_server import SmtpServer, smtp_server
from tests.fixtures.store_desk import StoreDesk, alerting_desk

BOSS = "mailto:boss@acme.example"


@pytest.fixture
def mailbox() -> Iterator[SmtpServer]:
    with smtp_server() as server:
        yield server


@pytest.fixture
def mailed(redis: Redis, tmp_path: Path, mailbox: SmtpServer) -> StoreDesk:
    return alerting_desk(redis, tmp_path, ALERTS=f"{BOSS}?lang=fr", SMTP_URL=mailbox.url)


def deliver(one: StoreDesk) -> None:
    one.wiring.lane_drainer.drain(make_contact_id(Address.parse(BOSS)))


def test_a_missed_promise_comes_as_a_letter_in_words_and_html(mailed: StoreDesk, mailbox: SmtpServer) -> None:
    ticket = mailed.add_ticket()
    mailed.skip_time(minutes=4, seconds=1)
    deliver(mailed)
    [letter] = mailbox.parsed()
    number = mailed.ticket(ticket).number
    assert letter["Subject"].startswith("⏰ En retard")
    assert f"#{number}" in letter["Subject"]
    words, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert words is not None
    assert html is not None
    link = f"http://127.0.0.1:8000/inbox/ticket/{number}"
    assert link in words.get_content()
    assert f'<a href="{link}">' in html.get_content()


def test_the_report_comes_with_its_chart(redis: Redis, tmp_path: Path, mailbox: SmtpServer) -> None:
    one = alerting_desk(redis, tmp_path, "weekday-desk.toml", ALERTS=BOSS, SMTP_URL=mailbox.url)
    one.sweep()
    one.add_ticket("critical")
    one.skip_time(hours=2)
    one.skip_time(hours=22)
    deliver(one)
    report = next(letter for letter in mailbox.parsed() if letter["Subject"].startswith("📊"))
    [chart] = list(report.iter_attachments())
    assert chart.get_content_type() == "image/png"
    assert chart.get_content().startswith(b"\x89PNG")


def test_a_server_that_is_full_is_tried_again_and_told_once(mailed: StoreDesk, mailbox: SmtpServer) -> None:
    mailbox.answers["DATA"] = "452 mailbox full"
    mailed.add_ticket()
    mailed.skip_time(minutes=4, seconds=1)
    deliver(mailed)
    [entry_id] = mailed.redis.lrange(keys.lane(make_contact_id(Address.parse(BOSS))), 0, -1)
    entry = load(OutboxEntry, mailed.redis.get(keys.outbox_entry(entry_id.decode())))
    assert (entry.status, entry.reason) == (DeliveryStatus.QUEUED, "paced")
    del mailbox.answers["DATA"]
    mailed.clock.advance(seconds=10)
    deliver(mailed)
    deliver(mailed)
    assert len(mailbox.parsed()) == 1


def test_no_server_at_all_loses_nothing(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path, ALERTS=BOSS, SMTP_URL="smtp://127.0.0.1:1")
    one.add_ticket()
    one.skip_time(minutes=4, seconds=1)
    deliver(one)
    assert one.redis.llen(keys.lane(make_contact_id(Address.parse(BOSS)))) == 1
