"""WhatsApp's window: what it does not let through is held, asked for by a template, and arrives in order, once."""

from pathlib import Path

import pytest

from bot.messages.thread import DeliveryStatus, OutboxEntry
from store import keys
from tests.fixtures.customer import Customer
from tests.fixtures.paths import POLICIES
from tests.fixtures.sandbox_desk import SandboxDesk
from tests.fixtures.whatsapp_templates import policy_with, table, waiting_templates


class WindowCustomer(Customer):
    """A customer of a desk whose templates are in place unless a test says otherwise."""

    def __init__(self, desk: SandboxDesk, country: str = "GB") -> None:
        super().__init__(desk, name="Emma", country=country)
        self.templates = waiting_templates(desk.sandbox)

    def use(self, whatsapp: str) -> None:
        self.desk.restart(policy_with(POLICIES / "demo.toml", self.desk.folder, f"[whatsapp]\n{whatsapp}"))

    def entries(self, ticket_id: str) -> list[OutboxEntry]:
        view = self.desk.wiring.queries.ticket(ticket_id)
        return [view.deliveries[e.entry_id] for e in view.entries if e.entry_id in view.deliveries]

    def of(self, ticket_id: str, text: str) -> OutboxEntry:
        return next(e for e in self.entries(ticket_id) if e.outgoing.lines == (text,))

    def creates(self) -> int:
        return len(self.calls())


@pytest.fixture
def customer(desk: SandboxDesk, tmp_path: Path) -> WindowCustomer:
    customer = WindowCustomer(desk)
    customer.use(f"answer_waiting = {table(customer.templates)}")
    return customer


def test_a_minute_before_the_window_shuts_an_answer_goes_out(customer: WindowCustomer) -> None:
    ticket_id = customer.ask_for_agent()
    customer.desk.advance_clocks(hours=23, minutes=59)
    customer.reply("Here is your answer")
    assert customer.texts()[-1] == "Here is your answer"
    assert customer.of(ticket_id, "Here is your answer").status is DeliveryStatus.DELIVERED


def test_a_second_after_it_shut_no_free_text_goes_out_and_one_template_does(customer: WindowCustomer) -> None:
    ticket_id = customer.ask_for_agent()
    customer.desk.advance_clocks(hours=24, seconds=1)
    before = customer.creates()
    customer.reply("First")
    customer.reply("Second")
    number = customer.desk.wiring.queries.ticket(ticket_id).ticket.number
    assert customer.creates() == before + 1
    assert customer.texts()[-1].startswith(f"There’s an answer to your request #{number}")
    first, second = customer.of(ticket_id, "First"), customer.of(ticket_id, "Second")
    assert (first.status, first.reason) == (DeliveryStatus.HELD, "held_invited")
    assert (second.status, second.reason) == (DeliveryStatus.HELD, "held_too_soon")


@pytest.mark.parametrize("is_tapped", [True, False], ids=["the button", "a message"])
def test_what_was_held_arrives_in_order_and_once_when_they_write_again(
    customer: WindowCustomer, is_tapped: bool
) -> None:
    ticket_id = customer.ask_for_agent()
    customer.desk.advance_clocks(hours=30)
    for text in ("First", "Second", "Third"):
        customer.reply(text)
    before = len(customer.texts())
    shown = customer.phone.messages()[-1]
    if is_tapped:
        customer.phone.press(shown["id"], "Show it to me")
    else:
        customer.phone.say("It still fails on my second till")
    customer.desk.run_jobs()
    assert customer.texts()[before:] == ["First", "Second", "Third"]
    customer.desk.clock.advance(minutes=20)
    customer.desk.run_jobs()
    assert customer.texts()[before:] == ["First", "Second", "Third"]
    assert {customer.of(ticket_id, text).status for text in ("First", "Second")} == {DeliveryStatus.DELIVERED}


def test_the_tap_asks_for_nothing_else(customer: WindowCustomer) -> None:
    """It opens no request, and is not taken for an answer to anything."""
    ticket_id = customer.ask_for_agent()
    customer.desk.advance_clocks(hours=30)
    customer.reply("First")
    customer.phone.press(customer.phone.messages()[-1]["id"], "Show it to me")
    customer.desk.run_jobs()
    assert customer.texts()[-1] == "First"
    kinds = [f.kind.value for f in customer.desk.wiring.queries.ticket(ticket_id).ticket.facts]
    assert "customer_wrote" not in kinds[1:]
    assert len(customer.desk.wiring.queries.rows("open")) == 1


@pytest.mark.parametrize(("country", "hello", "words"), [
    ("FR", "bonjour, plus rien ne marche, je veux parler à quelqu'un", "Une réponse à votre demande"),
    ("ES", "hola, nada funciona, quiero hablar con una persona", "Hay una respuesta a su solicitud"),
])  # fmt: skip
def test_the_template_is_in_the_customers_language(
    desk: SandboxDesk, tmp_path: Path, country: str, hello: str, words: str
) -> None:
    customer = WindowCustomer(desk, country)
    customer.use(f"answer_waiting = {table(customer.templates)}")
    customer.ask_for_agent(hello)
    customer.desk.advance_clocks(hours=25)
    customer.reply("Voilà")
    assert words in customer.texts()[-1]


def test_nobody_gets_two_templates_in_a_day_but_a_new_answer_may_bring_one_the_next(
    customer: WindowCustomer,
) -> None:
    customer.ask_for_agent()
    customer.desk.advance_clocks(hours=25)
    customer.reply("First")
    customer.desk.advance_clocks(hours=23, minutes=59)
    before = customer.creates()
    customer.reply("Second")
    assert customer.creates() == before
    customer.desk.advance_clocks(minutes=2)
    customer.desk.advance_clocks(minutes=15)
    customer.desk.run_jobs()
    assert customer.creates() == before + 1
    customer.desk.advance_clocks(hours=25)
    customer.desk.run_jobs()
    assert customer.creates() == before + 1, "what was asked for once is not asked for again"
    customer.phone.say("It still fails on my second till")
    customer.desk.run_jobs()
    assert customer.texts()[-2:] == ["First", "Second"]


def test_a_day_has_only_so_many_templates(customer: WindowCustomer) -> None:
    customer.use(f"answer_waiting = {table(customer.templates)}\nmost_templates_a_day = 0")
    ticket_id = customer.ask_for_agent()
    customer.desk.advance_clocks(hours=25)
    before = customer.creates()
    customer.reply("First")
    assert customer.creates() == before
    assert customer.of(ticket_id, "First").reason == "held_spent"
    customer.use(f"answer_waiting = {table(customer.templates)}\nmost_templates_a_day = 1")
    customer.desk.advance_clocks(hours=24)
    customer.desk.run_jobs()
    assert customer.of(ticket_id, "First").reason == "held_invited"
    assert customer.creates() == before + 1


def test_without_a_template_agents_read_why_it_waits(customer: WindowCustomer) -> None:
    customer.use("most_templates_a_day = 5")
    ticket_id = customer.ask_for_agent()
    customer.desk.advance_clocks(hours=25)
    before = customer.creates()
    customer.reply("First")
    assert customer.creates() == before
    assert customer.of(ticket_id, "First").reason == "held_no_template"
    customer.phone.say("It still fails on my second till")
    customer.desk.run_jobs()
    assert customer.texts()[-1] == "First"


def test_news_of_status_wait_without_costing_a_template(customer: WindowCustomer) -> None:
    ticket_id = customer.ask_for_agent()
    customer.desk.advance_clocks(hours=25)
    before = customer.creates()
    customer.desk.wiring.desk.act(ticket_id, "claim", customer.ana)
    customer.desk.wiring.desk.act(ticket_id, "prioritise", customer.ana, priority="urgent")
    customer.desk.wiring.desk.act(ticket_id, "resolve", customer.ana)
    customer.desk.run_jobs()
    assert customer.creates() == before
    assert [e.reason for e in customer.entries(ticket_id)[-2:]] == ["held_quiet"] * 2
    count = len(customer.texts())
    customer.phone.say("It still fails on my second till")
    customer.desk.run_jobs()
    told = customer.texts()[count:]
    assert "is now working on" in told[0]
    assert "is now Urgent" in told[1]  # both within a minute of that: one message
    assert "is solved" in told[1]


def test_a_question_back_is_worth_a_template(customer: WindowCustomer) -> None:
    ticket_id = customer.ask_for_agent()
    customer.desk.advance_clocks(hours=25)
    before = customer.creates()
    customer.desk.wiring.desk.act(ticket_id, "return", customer.ana, text="Which version?")
    customer.desk.run_jobs()
    assert customer.creates() == before + 1


def test_a_template_that_is_not_approved_is_told_to_agents_and_holds_the_answer(
    customer: WindowCustomer,
) -> None:
    poor = waiting_templates(customer.desk.sandbox, is_approved=False)
    customer.use(f"answer_waiting = {table(poor)}")
    ticket_id = customer.ask_for_agent()
    customer.desk.advance_clocks(hours=25)
    customer.reply("First")
    customer.desk.run_jobs()
    assert customer.of(ticket_id, "First").reason == "held_template_failed"
    failed = customer.entries(ticket_id)[-1]
    assert (failed.status, failed.reason) == (DeliveryStatus.FAILED, "template")


def test_a_clock_that_is_ahead_of_ours_leads_to_the_same_end(customer: WindowCustomer) -> None:
    """We think that the window is open; WhatsApp says 63016, by receipt, for two answers in the wrong order."""
    ticket_id = customer.ask_for_agent()
    customer.phone.change(window_closed=True)
    customer.desk.sandbox.configure(receipt_delay=0.2)
    customer.desk.wiring.desk.act(ticket_id, "reply", customer.ana, text="First")
    customer.desk.wiring.desk.act(ticket_id, "reply", customer.ana, text="Second")
    customer.desk.run_jobs()
    customer.desk.run_jobs()
    assert customer.texts()[-1].startswith("There’s an answer")
    assert [customer.of(ticket_id, each).status for each in ("First", "Second")] == [DeliveryStatus.HELD] * 2
    before = customer.creates()
    customer.desk.clock.advance(minutes=16)
    customer.desk.run_jobs()
    assert customer.creates() == before, "nothing is tried again while they have not written"
    customer.phone.say("It still fails on my second till")
    customer.desk.run_jobs()
    assert customer.texts()[-2:] == ["First", "Second"]


def test_an_error_that_says_so_at_once_leads_to_the_same_end(customer: WindowCustomer) -> None:
    ticket_id = customer.ask_for_agent()
    customer.desk.sandbox.fault("error", channel="whatsapp", method="Messages.create", status=400, code=63016)
    customer.reply("First")
    assert customer.of(ticket_id, "First").status is DeliveryStatus.HELD
    customer.phone.say("It still fails on my second till")
    customer.desk.run_jobs()
    assert customer.texts()[-1] == "First"


def test_a_crash_while_it_is_held_loses_and_doubles_nothing(customer: WindowCustomer) -> None:
    """Every job and every note of when to look is lost; the sweep of a new clock finds all of it."""
    ticket_id = customer.ask_for_agent()
    customer.desk.advance_clocks(hours=25)
    customer.reply("First")
    customer.desk.wiring.desk.act(ticket_id, "reply", customer.ana, text="Second")
    customer.desk.redis.delete("rq:queue:deliver-whatsapp", f"lease:{ticket_id.partition('-')[0]}")
    customer.phone.say("It still fails on my second till")
    customer.desk.redis.delete("rq:queue:deliver-whatsapp")
    customer.desk.clock.advance(seconds=30)
    customer.desk.run_jobs()
    assert [text for text in customer.texts() if text in ("First", "Second")] == ["First", "Second"]
    assert customer.desk.redis.llen(keys.lane(ticket_id.partition("-")[0])) == 0


def test_the_view_tells_until_when_and_what_was_sent(customer: WindowCustomer) -> None:
    ticket_id = customer.ask_for_agent()
    customer.desk.advance_clocks(hours=25)
    assert customer.desk.wiring.queries.ticket(ticket_id).contact.window_closes_at < customer.desk.clock()
    assert customer.desk.wiring.queries.ticket(ticket_id).contact.invited_at is None
    customer.reply("First")
    assert customer.desk.wiring.queries.ticket(ticket_id).contact.invited_at is not None
    customer.phone.say("It still fails on my second till")
    customer.desk.run_jobs()
    assert customer.desk.wiring.queries.ticket(ticket_id).contact.invited_at is None
