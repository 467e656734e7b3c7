"""WhatsApp's window: what it does not let through is held, asked for by a template, and arrives in order, once."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.messages.thread import DeliveryStatus, OutboxEntry
from sandbox.control_client import Phone
from store import keys
from store.agents.agent import Role
from tests.fixtures.paths import POLICIES
from tests.fixtures.sandbox_desk import House
from tests.fixtures.whatsapp_templates import policy_with, table, waiting_templates


class Desk:
    """A customer with a request, an agent, and a desk whose templates are in place unless said otherwise."""

    def __init__(self, house: House, folder: Path, country: str = "GB") -> None:
        self.house, self.folder = house, folder
        self.phone: Phone = house.customer("whatsapp", "Emma", country=country)
        self.ana = house.wiring.agents.add("Ana Costa", "ana", Role.AGENT).agent_id
        self.told = waiting_templates(house.sandbox)

    def use(self, whatsapp: str) -> None:
        self.house.open(policy_with(POLICIES / "demo.toml", self.folder, f"[whatsapp]\n{whatsapp}"))

    def open(self, hello: str = "hello, nothing works, I need a person") -> str:
        self.house.say(self.phone, hello)
        self.house.say(self.phone, "/human")
        return self.house.wiring.queries.rows("open")[0].ticket_id

    def wait(self, **length: float) -> None:
        """Time passes on both sides."""
        seconds = timedelta(**length).total_seconds()
        self.house.clock.turn(seconds=seconds)
        self.house.sandbox.set_clock(advance_seconds=seconds)

    def reply(self, ticket_id: str, text: str) -> None:
        self.house.wiring.desk.act(ticket_id, "reply", self.ana, text=text)
        self.house.run_jobs()

    def heard(self) -> list[str]:
        return [m["text"] for m in self.phone.messages() if m["from"] == "desk"]

    def entries(self, ticket_id: str) -> list[OutboxEntry]:
        view = self.house.wiring.queries.ticket(ticket_id)
        return [view.deliveries[e.entry_id] for e in view.entries if e.entry_id in view.deliveries]

    def of(self, ticket_id: str, text: str) -> OutboxEntry:
        return next(e for e in self.entries(ticket_id) if e.outgoing.lines == (text,))

    def creates(self) -> int:
        return len([c for c in self.house.sandbox.calls(name="Messages.create") if c["direction"] == "asked"])


@pytest.fixture
def desk(house: House, tmp_path: Path) -> Desk:
    desk = Desk(house, tmp_path)
    desk.use(f"answer_waiting = {table(desk.told)}")
    return desk


def test_a_minute_before_the_window_shuts_an_answer_goes_out(desk: Desk) -> None:
    ticket_id = desk.open()
    desk.wait(hours=23, minutes=59)
    desk.reply(ticket_id, "Here is your answer")
    assert desk.heard()[-1] == "Here is your answer"
    assert desk.of(ticket_id, "Here is your answer").status is DeliveryStatus.DELIVERED


def test_a_second_after_it_shut_no_free_text_goes_out_and_one_template_does(desk: Desk) -> None:
    ticket_id = desk.open()
    desk.wait(hours=24, seconds=1)
    before = desk.creates()
    desk.reply(ticket_id, "First")
    desk.reply(ticket_id, "Second")
    number = desk.house.wiring.queries.ticket(ticket_id).ticket.number
    assert desk.creates() == before + 1
    assert desk.heard()[-1].startswith(f"There is an answer to your request #{number}")
    first, second = desk.of(ticket_id, "First"), desk.of(ticket_id, "Second")
    assert (first.status, first.reason) == (DeliveryStatus.HELD, "held_invited")
    assert (second.status, second.reason) == (DeliveryStatus.HELD, "held_too_soon")


@pytest.mark.parametrize("is_tapped", [True, False], ids=["the button", "a message"])
def test_what_was_held_arrives_in_order_and_once_when_they_write_again(desk: Desk, is_tapped: bool) -> None:
    ticket_id = desk.open()
    desk.wait(hours=30)
    for text in ("First", "Second", "Third"):
        desk.reply(ticket_id, text)
    before = len(desk.heard())
    shown = desk.phone.messages()[-1]
    if is_tapped:
        desk.phone.press(shown["id"], "Show it to me")
    else:
        desk.phone.say("It still fails on my second till")
    desk.house.run_jobs()
    assert desk.heard()[before:] == ["First", "Second", "Third"]
    desk.house.clock.turn(minutes=20)
    desk.house.run_jobs()
    assert desk.heard()[before:] == ["First", "Second", "Third"]
    assert {desk.of(ticket_id, text).status for text in ("First", "Second")} == {DeliveryStatus.DELIVERED}


def test_the_tap_asks_for_nothing_else(desk: Desk) -> None:
    """It opens no request, and is not taken for an answer to anything."""
    ticket_id = desk.open()
    desk.wait(hours=30)
    desk.reply(ticket_id, "First")
    desk.phone.press(desk.phone.messages()[-1]["id"], "Show it to me")
    desk.house.run_jobs()
    assert desk.heard()[-1] == "First"
    kinds = [f.kind.value for f in desk.house.wiring.queries.ticket(ticket_id).ticket.facts]
    assert "customer_wrote" not in kinds[1:]
    assert len(desk.house.wiring.queries.rows("open")) == 1


@pytest.mark.parametrize(("country", "hello", "words"), [
    ("FR", "bonjour, plus rien ne marche, je veux parler à quelqu'un", "Une réponse à votre demande"),
    ("ES", "hola, nada funciona, quiero hablar con una persona", "Hay una respuesta a su solicitud"),
])  # fmt: skip
def test_the_template_is_in_the_customers_language(
    house: House, tmp_path: Path, country: str, hello: str, words: str
) -> None:
    desk = Desk(house, tmp_path, country)
    desk.use(f"answer_waiting = {table(desk.told)}")
    ticket_id = desk.open(hello)
    desk.wait(hours=25)
    desk.reply(ticket_id, "Voilà")
    assert words in desk.heard()[-1]


def test_nobody_gets_two_templates_in_a_day_but_a_new_answer_may_bring_one_the_next(desk: Desk) -> None:
    ticket_id = desk.open()
    desk.wait(hours=25)
    desk.reply(ticket_id, "First")
    desk.wait(hours=23, minutes=59)
    before = desk.creates()
    desk.reply(ticket_id, "Second")
    assert desk.creates() == before
    desk.wait(minutes=2)
    desk.wait(minutes=15)
    desk.house.run_jobs()
    assert desk.creates() == before + 1
    desk.wait(hours=25)
    desk.house.run_jobs()
    assert desk.creates() == before + 1, "what was asked for once is not asked for again"
    desk.phone.say("It still fails on my second till")
    desk.house.run_jobs()
    assert desk.heard()[-2:] == ["First", "Second"]


def test_a_day_has_only_so_many_templates(desk: Desk) -> None:
    desk.use(f"answer_waiting = {table(desk.told)}\nmost_templates_a_day = 0")
    ticket_id = desk.open()
    desk.wait(hours=25)
    before = desk.creates()
    desk.reply(ticket_id, "First")
    assert desk.creates() == before
    assert desk.of(ticket_id, "First").reason == "held_spent"
    desk.use(f"answer_waiting = {table(desk.told)}\nmost_templates_a_day = 1")
    desk.wait(hours=24)
    desk.house.run_jobs()
    assert desk.of(ticket_id, "First").reason == "held_invited"
    assert desk.creates() == before + 1


def test_without_a_template_agents_read_why_it_waits(desk: Desk) -> None:
    desk.use("most_templates_a_day = 5")
    ticket_id = desk.open()
    desk.wait(hours=25)
    before = desk.creates()
    desk.reply(ticket_id, "First")
    assert desk.creates() == before
    assert desk.of(ticket_id, "First").reason == "held_no_template"
    desk.phone.say("It still fails on my second till")
    desk.house.run_jobs()
    assert desk.heard()[-1] == "First"


def test_news_of_status_wait_without_costing_a_template(desk: Desk) -> None:
    ticket_id = desk.open()
    desk.wait(hours=25)
    before = desk.creates()
    desk.house.wiring.desk.act(ticket_id, "claim", desk.ana)
    desk.house.wiring.desk.act(ticket_id, "prioritise", desk.ana, priority="urgent")
    desk.house.wiring.desk.act(ticket_id, "resolve", desk.ana)
    desk.house.run_jobs()
    assert desk.creates() == before
    assert [e.reason for e in desk.entries(ticket_id)[-2:]] == ["held_quiet"] * 2
    count = len(desk.heard())
    desk.phone.say("It still fails on my second till")
    desk.house.run_jobs()
    told = desk.heard()[count:]
    assert "is now working on" in told[0]
    assert "is now Urgent" in told[1]  # both within a minute of that: one message
    assert "is solved" in told[1]


def test_a_question_back_is_worth_a_template(desk: Desk) -> None:
    ticket_id = desk.open()
    desk.wait(hours=25)
    before = desk.creates()
    desk.house.wiring.desk.act(ticket_id, "return", desk.ana, text="Which version?")
    desk.house.run_jobs()
    assert desk.creates() == before + 1


def test_a_template_that_is_not_approved_is_told_to_agents_and_holds_the_answer(desk: Desk) -> None:
    poor = waiting_templates(desk.house.sandbox, is_approved=False)
    desk.use(f"answer_waiting = {table(poor)}")
    ticket_id = desk.open()
    desk.wait(hours=25)
    desk.reply(ticket_id, "First")
    desk.house.run_jobs()
    assert desk.of(ticket_id, "First").reason == "held_template_failed"
    failed = desk.entries(ticket_id)[-1]
    assert (failed.status, failed.reason) == (DeliveryStatus.FAILED, "template")


def test_a_clock_that_is_ahead_of_ours_leads_to_the_same_end(desk: Desk) -> None:
    """We think that the window is open; WhatsApp says 63016, by receipt, for two answers in the wrong order."""
    ticket_id = desk.open()
    desk.phone.change(window_closed=True)
    desk.house.sandbox.configure(receipt_delay=0.2)
    desk.house.wiring.desk.act(ticket_id, "reply", desk.ana, text="First")
    desk.house.wiring.desk.act(ticket_id, "reply", desk.ana, text="Second")
    desk.house.run_jobs()
    desk.house.run_jobs()
    assert desk.heard()[-1].startswith("There is an answer")
    assert [desk.of(ticket_id, each).status for each in ("First", "Second")] == [DeliveryStatus.HELD] * 2
    before = desk.creates()
    desk.house.clock.turn(minutes=16)
    desk.house.run_jobs()
    assert desk.creates() == before, "nothing is tried again while they have not written"
    desk.phone.say("It still fails on my second till")
    desk.house.run_jobs()
    assert desk.heard()[-2:] == ["First", "Second"]


def test_an_error_that_says_so_at_once_leads_to_the_same_end(desk: Desk) -> None:
    ticket_id = desk.open()
    desk.house.sandbox.fault("error", channel="whatsapp", method="Messages.create", status=400, code=63016)
    desk.reply(ticket_id, "First")
    assert desk.of(ticket_id, "First").status is DeliveryStatus.HELD
    desk.phone.say("It still fails on my second till")
    desk.house.run_jobs()
    assert desk.heard()[-1] == "First"


def test_a_crash_while_it_is_held_loses_and_doubles_nothing(desk: Desk) -> None:
    """Every job and every note of when to look is lost; the sweep of a new clock finds all of it."""
    ticket_id = desk.open()
    desk.wait(hours=25)
    desk.reply(ticket_id, "First")
    desk.house.wiring.desk.act(ticket_id, "reply", desk.ana, text="Second")
    desk.house.redis.delete("rq:queue:deliver-whatsapp", f"lease:{ticket_id.partition('-')[0]}")
    desk.phone.say("It still fails on my second till")
    desk.house.redis.delete("rq:queue:deliver-whatsapp")
    desk.house.clock.turn(seconds=30)
    desk.house.run_jobs()
    assert [text for text in desk.heard() if text in ("First", "Second")] == ["First", "Second"]
    assert desk.house.redis.llen(keys.lane(ticket_id.partition("-")[0])) == 0


def test_the_view_tells_until_when_and_what_was_sent(desk: Desk) -> None:
    ticket_id = desk.open()
    desk.wait(hours=25)
    assert desk.house.wiring.queries.ticket(ticket_id).contact.window_closes_at < desk.house.clock()
    assert desk.house.wiring.queries.ticket(ticket_id).contact.invited_at is None
    desk.reply(ticket_id, "First")
    assert desk.house.wiring.queries.ticket(ticket_id).contact.invited_at is not None
    desk.phone.say("It still fails on my second till")
    desk.house.run_jobs()
    assert desk.house.wiring.queries.ticket(ticket_id).contact.invited_at is None
