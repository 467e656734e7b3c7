"""Alerts on their way to a destination: folded, held back by a shut window, counted once; by mail; answered once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from redis import Redis

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address, Inbound, MessageKind
from bot.model.ticket_events import TicketEventKind
from store import keys
from tests.fixtures.jobs_desk import MANAGER, Desk, desk

PAULA = "whatsapp:+351961000000"


@pytest.fixture
def demo(redis: Redis, tmp_path: Path) -> Desk:
    return desk(redis, tmp_path)


def press(one: Desk, payload: str, update: str = "u1", address: str = MANAGER, **more: object) -> bool:
    inbound = Inbound(
        update, Address.parse(address), one.clock(), MessageKind.CHOICE, choice=payload, profile_name="Morgan"
    )
    return one.wiring.desk.receive(replace(inbound, **more))  # type: ignore[arg-type]


def ack(ticket_id: str) -> str:
    return f"ack:{ticket_id}:first_response:1"


def test_a_storm_becomes_one_digest_and_nothing_is_lost(demo: Desk) -> None:
    for _ in range(30):
        demo.ticket()
    demo.jump(minutes=4, seconds=1)
    demo.later(seconds=20)
    texts = demo.told()
    [digest] = [text for text in texts if "alerts, all at once" in text]
    alone = [text for text in texts if text.startswith("⏰ Overdue")]
    assert len(alone) <= 5
    assert digest.startswith(f"⏰ {30 - len(alone)} alerts")
    assert digest.splitlines()[-1].endswith("/overview/")
    assert len(demo.wiring.queries.overview(demo.clock()).alerts) == 30
    assert demo.redis.exists(keys.alert_queue(_lane())) == 0


def test_after_the_storm_an_alert_comes_alone(demo: Desk) -> None:
    for _ in range(12):
        demo.ticket()
    demo.jump(minutes=4, seconds=1)
    demo.later(seconds=20)
    demo.jump(minutes=11)
    before = len(demo.told())
    demo.ticket("urgent")
    demo.later(minutes=2, seconds=5)
    assert [text[:9] for text in demo.told()[before:]] == ["⏰ Overdue"]


def test_two_tellers_of_one_board_tell_once(demo: Desk) -> None:
    for _ in range(4):
        demo.wiring.deadline_check.check(demo.ticket())
    demo.clock.turn(minutes=4, seconds=1)
    for ticket in demo.tickets:
        demo.wiring.deadline_check.check(ticket)
    threads = [Thread(target=demo.wiring.alert_sender.send, args=(_lane(),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(demo.told()) == 4


def test_a_press_that_comes_twice_acts_and_answers_once(demo: Desk) -> None:
    ticket = demo.ticket()
    demo.jump(minutes=4, seconds=1)
    for _ in range(3):
        assert press(demo, ack(ticket))
    demo.work()
    assert len(demo.facts(ticket, TicketEventKind.ACKNOWLEDGED)) == 1
    assert len(demo.told()) == 2


def test_a_customer_who_makes_up_a_command_commands_nothing(demo: Desk) -> None:
    ticket = demo.ticket()
    demo.jump(minutes=4, seconds=1)
    press(demo, ack(ticket), address="telegram:666")
    assert demo.facts(ticket, TicketEventKind.ACKNOWLEDGED) == []


def test_an_agent_in_the_group_presses_and_is_known_by_name(redis: Redis, tmp_path: Path) -> None:
    one = desk(redis, tmp_path, TELEGRAM_INBOX_CHAT="-1001")
    ana = one.wiring.agents.add("Ana Costa", "ana").agent_id
    one.wiring.agents.set_alerts(ana, "telegram:7")
    ticket = one.ticket()
    one.jump(minutes=4, seconds=1)
    press(one, ack(ticket), address="telegram:-1001", sender=Address("telegram", "7"))
    one.work()
    assert [fact.by for fact in one.facts(ticket, TicketEventKind.ACKNOWLEDGED)] == [ana]
    assert "Ana Costa sees to #" in one.told("telegram:-1001")[-1]


def test_a_group_that_is_not_ours_is_heard_by_nobody(demo: Desk) -> None:
    ticket = demo.ticket()
    demo.jump(minutes=4, seconds=1)
    assert not press(demo, ack(ticket), address="telegram:-999", sender=Address("telegram", "7"))
    assert demo.facts(ticket, TicketEventKind.ACKNOWLEDGED) == []
    assert demo.redis.keys("contact:*") == [keys.contact(ticket.split("-", maxsplit=1)[0]).encode()]


def test_an_agent_who_was_disabled_is_a_stranger(redis: Redis, tmp_path: Path) -> None:
    one = desk(redis, tmp_path)
    eve = one.wiring.agents.add("Eve", "eve").agent_id
    one.wiring.agents.set_alerts(eve, "telegram:7")
    ticket = one.ticket()
    one.wiring.desk.act(ticket, "assign", "", to=eve)
    one.wiring.agents.disable(eve)
    one.jump(minutes=4, seconds=1)
    press(one, ack(ticket), address="telegram:7")
    assert one.facts(ticket, TicketEventKind.ACKNOWLEDGED) == []
    assert [text.splitlines()[0] for text in one.told("telegram:7")] == ["Which language do you prefer?"]


def test_on_whatsapp_alerts_wait_for_a_shut_window(redis: Redis, tmp_path: Path) -> None:
    one = desk(redis, tmp_path, ALERTS=PAULA)
    hello = Inbound("m1", Address.parse(PAULA), one.clock(), text="hello")
    one.wiring.desk.receive(hello)
    one.sweep()
    one.clock.turn(hours=25)
    first = one.ticket()
    one.jump(minutes=4, seconds=1)
    second = one.ticket()
    one.jump(minutes=4, seconds=1)
    waiting = one.redis.llen(keys.alert_queue(_lane(PAULA)))
    assert waiting == 1  # the first went to the courier, which holds it and asks for a word
    one.wiring.desk.receive(replace(hello, external_id="m2", sent_at=one.clock(), text="what is it?"))
    one.sweep()
    assert one.redis.llen(keys.alert_queue(_lane(PAULA))) == 0
    numbers = [one.now(ticket).number for ticket in (first, second)]
    overdue = [text for text in one.alerts(PAULA) if text.startswith("⏰")]
    assert [number for text in overdue for number in numbers if number in text] == numbers


def test_the_warning_and_the_alert_are_two_and_no_third_repeats_them(redis: Redis, tmp_path: Path) -> None:
    one = desk(redis, tmp_path, TELEGRAM_INBOX_CHAT="-1001", ALERTS="telegram:-1001")
    one.ticket()
    one.later(minutes=9, seconds=30)
    firsts = [text.split(" · ")[0] for text in one.alerts("telegram:-1001")]
    assert firsts == ["⏳ 1 min left", "⏰ Overdue 1 min"]


def test_card_and_phone_numbers_are_masked(demo: Desk) -> None:
    ticket = demo.ticket(
        last_words="my card is 4929 1234 5678 9012, call +351 912 345 678", last_by="customer"
    )
    demo.jump(minutes=4, seconds=1)
    [text] = demo.told()
    assert "4929" not in text
    assert "912 345" not in text
    assert demo.now(ticket).number in text


def _lane(address: str = MANAGER) -> str:
    return make_contact_id(Address.parse(address))


def test_time_of_a_snooze_is_business_time(redis: Redis, tmp_path: Path) -> None:
    one = desk(redis, tmp_path, "weekday-desk.toml")  # Monday 10:30 in Paris, open until 18:00
    ticket = one.ticket("critical")
    one.jump(hours=7, minutes=15)
    press(one, f"quiet:{ticket}:resolution:1")
    [fact] = one.facts(ticket, TicketEventKind.SNOOZED, "resolution")
    assert fact.data["until"] == (one.clock() + timedelta(hours=15, minutes=30)).isoformat()
