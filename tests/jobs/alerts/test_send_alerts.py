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
from tests.fixtures.store_desk import MANAGER, StoreDesk, alerting_desk

PAULA = "whatsapp:+351961000000"


@pytest.fixture
def demo(redis: Redis, tmp_path: Path) -> StoreDesk:
    return alerting_desk(redis, tmp_path)


def press(one: StoreDesk, payload: str, update: str = "u1", address: str = MANAGER, **more: object) -> bool:
    inbound = Inbound(
        update, Address.parse(address), one.clock(), MessageKind.CHOICE, choice=payload, profile_name="Morgan"
    )
    return one.wiring.desk.receive(replace(inbound, **more))  # type: ignore[arg-type]


def ack(ticket_id: str) -> str:
    return f"ack:{ticket_id}:first_response:1"


def test_a_storm_becomes_one_digest_and_nothing_is_lost(demo: StoreDesk) -> None:
    for _ in range(30):
        demo.add_ticket()
    demo.skip_time(minutes=4, seconds=1)
    demo.pass_time(seconds=20)
    texts = demo.messages_to(MANAGER)
    [digest] = [text for text in texts if "alerts, all at once" in text]
    alone = [text for text in texts if text.startswith("⏰ Overdue")]
    assert len(alone) <= 5
    assert digest.startswith(f"⏰ {30 - len(alone)} alerts")
    assert digest.splitlines()[-1].endswith("/overview/")
    assert len(demo.wiring.queries.overview(demo.clock()).alerts) == 30
    assert demo.redis.exists(keys.alert_queue(_lane())) == 0


def test_after_the_storm_an_alert_comes_alone(demo: StoreDesk) -> None:
    for _ in range(12):
        demo.add_ticket()
    demo.skip_time(minutes=4, seconds=1)
    demo.pass_time(seconds=20)
    demo.skip_time(minutes=11)
    before = len(demo.messages_to(MANAGER))
    demo.add_ticket("urgent")
    demo.pass_time(minutes=2, seconds=5)
    assert [text[:9] for text in demo.messages_to(MANAGER)[before:]] == ["⏰ Overdue"]


def test_two_tellers_of_one_board_tell_once(demo: StoreDesk) -> None:
    for _ in range(4):
        demo.wiring.deadline_check.check(demo.add_ticket())
    demo.clock.advance(minutes=4, seconds=1)
    for ticket in demo.tickets:
        demo.wiring.deadline_check.check(ticket)
    threads = [Thread(target=demo.wiring.alert_sender.send, args=(_lane(),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(demo.messages_to(MANAGER)) == 4


def test_a_press_that_comes_twice_acts_and_answers_once(demo: StoreDesk) -> None:
    ticket = demo.add_ticket()
    demo.skip_time(minutes=4, seconds=1)
    for _ in range(3):
        assert press(demo, ack(ticket))
    demo.work()
    assert len(demo.events(ticket, TicketEventKind.ACKNOWLEDGED)) == 1
    assert len(demo.messages_to(MANAGER)) == 2


def test_a_customer_who_makes_up_a_command_commands_nothing(demo: StoreDesk) -> None:
    ticket = demo.add_ticket()
    demo.skip_time(minutes=4, seconds=1)
    press(demo, ack(ticket), address="telegram:666")
    assert demo.events(ticket, TicketEventKind.ACKNOWLEDGED) == []


def test_an_agent_in_the_group_presses_and_is_known_by_name(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path, TELEGRAM_INBOX_CHAT="-1001")
    ana = one.wiring.agents.add("Ana Costa", "ana").agent_id
    one.wiring.agents.set_alerts(ana, "telegram:7")
    ticket = one.add_ticket()
    one.skip_time(minutes=4, seconds=1)
    press(one, ack(ticket), address="telegram:-1001", sender=Address("telegram", "7"))
    one.work()
    assert [fact.by for fact in one.events(ticket, TicketEventKind.ACKNOWLEDGED)] == [ana]
    assert "Ana Costa is handling #" in one.messages_to("telegram:-1001")[-1]


def test_a_group_that_is_not_ours_is_heard_by_nobody(demo: StoreDesk) -> None:
    ticket = demo.add_ticket()
    demo.skip_time(minutes=4, seconds=1)
    assert not press(demo, ack(ticket), address="telegram:-999", sender=Address("telegram", "7"))
    assert demo.events(ticket, TicketEventKind.ACKNOWLEDGED) == []
    assert demo.redis.keys("contact:*") == [keys.contact(ticket.split("-", maxsplit=1)[0]).encode()]


def test_an_agent_who_was_disabled_is_a_stranger(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path)
    eve = one.wiring.agents.add("Eve", "eve").agent_id
    one.wiring.agents.set_alerts(eve, "telegram:7")
    ticket = one.add_ticket()
    one.wiring.desk.act(ticket, "assign", "", to=eve)
    one.wiring.agents.disable(eve)
    one.skip_time(minutes=4, seconds=1)
    press(one, ack(ticket), address="telegram:7")
    assert one.events(ticket, TicketEventKind.ACKNOWLEDGED) == []
    assert [text.splitlines()[0] for text in one.messages_to("telegram:7")] == [
        "Which language do you prefer?"
    ]


def test_on_whatsapp_alerts_wait_for_a_shut_window(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path, ALERTS=PAULA)
    hello = Inbound("m1", Address.parse(PAULA), one.clock(), text="hello")
    one.wiring.desk.receive(hello)
    one.sweep()
    one.clock.advance(hours=25)
    first = one.add_ticket()
    one.skip_time(minutes=4, seconds=1)
    second = one.add_ticket()
    one.skip_time(minutes=4, seconds=1)
    waiting = one.redis.llen(keys.alert_queue(_lane(PAULA)))
    assert waiting == 1  # the first went to the courier, which holds it and asks for a word
    one.wiring.desk.receive(replace(hello, external_id="m2", sent_at=one.clock(), text="what is it?"))
    one.sweep()
    assert one.redis.llen(keys.alert_queue(_lane(PAULA))) == 0
    numbers = [one.ticket(ticket).number for ticket in (first, second)]
    overdue = [text for text in one.alerts_to(PAULA) if text.startswith("⏰")]
    assert [number for text in overdue for number in numbers if number in text] == numbers


def test_the_warning_and_the_alert_are_two_and_no_third_repeats_them(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path, TELEGRAM_INBOX_CHAT="-1001", ALERTS="telegram:-1001")
    one.add_ticket()
    one.pass_time(minutes=9, seconds=30)
    firsts = [text.split(" · ")[0] for text in one.alerts_to("telegram:-1001")]
    assert firsts == ["⏳ 1 min left", "⏰ Overdue 1 min"]


def test_card_and_phone_numbers_are_masked(demo: StoreDesk) -> None:
    ticket = demo.add_ticket(
        last_words="my card is 4929 1234 5678 9012, call +351 912 345 678", last_by="customer"
    )
    demo.skip_time(minutes=4, seconds=1)
    [text] = demo.messages_to(MANAGER)
    assert "4929" not in text
    assert "912 345" not in text
    assert demo.ticket(ticket).number in text


def _lane(address: str = MANAGER) -> str:
    return make_contact_id(Address.parse(address))


def test_time_of_a_snooze_is_business_time(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path, "weekday-desk.toml")  # Monday 10:30 in Paris, open until 18:00
    ticket = one.add_ticket("critical")
    one.skip_time(hours=7, minutes=15)
    press(one, f"quiet:{ticket}:resolution:1")
    [fact] = one.events(ticket, TicketEventKind.SNOOZED, "resolution")
    assert fact.data["until"] == (one.clock() + timedelta(hours=15, minutes=30)).isoformat()
