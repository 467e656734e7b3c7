"""Changes within a minute reach the phone as one message, on both channels, in three languages, whatever races."""

from itertools import pairwise
from threading import Thread

import pytest

from bot.messages.outgoing import Outgoing
from bot.messages.thread import Author, DeliveryStatus
from i18n.render import render_outgoing
from tests.fixtures.customer import Customer
from tests.fixtures.customer_lines import LINES, CustomerLines
from tests.fixtures.sandbox_desk import SandboxDesk

CHANNELS = ("whatsapp", "telegram")


class WaitingCustomer(Customer):
    """A customer with an open ticket, who says the lines of their language."""

    def __init__(self, desk: SandboxDesk, lines: CustomerLines, channel: str) -> None:
        super().__init__(desk, lines.locale, channel, name=lines.name)
        self.lines, self.actions = lines, desk.wiring.desk
        self.ask_for_agent(lines.hello)
        self.before = self.phone.messages()

    def prioritise(self, *priorities: str) -> None:
        for priority in priorities:
            self.actions.act(self.ticket_id, "prioritise", self.ana, priority=priority)

    @property
    def heard(self) -> list[str]:
        return self.desk.heard(self.phone, self.before)

    @property
    def recorded(self) -> list[str]:
        """What stands in the thread as said to the customer since then, in their language."""
        view = self.desk.wiring.queries.ticket(self.ticket_id)
        zone, locale = self.desk.wiring.policy.calendar.zone, view.ticket.locale
        own = [e for e in view.entries if e.author in (Author.BOT, Author.AGENT)]
        said = [render_outgoing(e.said or Outgoing((e.text,)), locale, zone, e.at) for e in own]
        lines = ["\n".join(map(str, each.lines)) for each in said]
        return lines[len(lines) - len(self.heard) :] if self.heard else []


@pytest.fixture(params=[(locale, channel) for locale in LINES for channel in CHANNELS], ids="-".join)
def customer(request: pytest.FixtureRequest, desk: SandboxDesk) -> WaitingCustomer:
    locale, channel = request.param
    return WaitingCustomer(desk, LINES[locale], channel)


def test_changes_of_the_next_minute_arrive_as_one_message(customer: WaitingCustomer) -> None:
    customer.actions.act(customer.ticket_id, "claim", customer.ana)
    customer.desk.run_jobs()
    [accepted] = customer.heard
    assert customer.lines.accepted in accepted
    customer.prioritise("high", "low", "high", "urgent")
    customer.desk.run_jobs()
    assert customer.heard == [accepted]
    customer.desk.pass_time(seconds=61)
    assert len(customer.heard) == 2
    assert "Urgent" in customer.heard[1]
    assert "\n" not in customer.heard[1]
    customer.desk.pass_time(seconds=5)
    assert len(customer.heard) == 2
    assert customer.heard == customer.recorded


def test_an_answer_never_overtakes_what_waits(customer: WaitingCustomer) -> None:
    customer.prioritise("high")
    customer.actions.act(customer.ticket_id, "claim", customer.ana)
    customer.actions.act(customer.ticket_id, "reply", customer.ana, text="Ana here")
    customer.desk.run_jobs()
    assert [customer.lines.accepted in text for text in customer.heard] == [False, True, False]
    assert customer.heard[2] == "Ana here"
    assert customer.heard == customer.recorded


def test_what_waits_when_the_window_shuts_is_held_and_comes_when_they_write(desk: SandboxDesk) -> None:
    customer = WaitingCustomer(desk, LINES["en"], "whatsapp")
    customer.desk.pass_time(hours=23, minutes=59)
    customer.actions.act(customer.ticket_id, "claim", customer.ana)
    customer.prioritise("urgent")
    customer.desk.run_jobs()
    before = customer.heard
    assert customer.lines.accepted in before[-1]
    customer.desk.pass_time(seconds=62)
    held = list(desk.wiring.queries.ticket(customer.ticket_id).deliveries.values())[-1]
    assert (held.status, held.reason) == (DeliveryStatus.HELD, "held_quiet")
    assert customer.heard == before
    assert "is now Urgent" in "".join(desk.say(customer.phone, "It still fails"))
    assert customer.heard == customer.recorded


def test_changes_made_while_messages_are_being_sent_are_told_once_and_to_the_last(desk: SandboxDesk) -> None:
    customer = WaitingCustomer(desk, LINES["en"], "telegram")

    def change() -> None:
        for priority in ("high", "low", "urgent", "medium", "high") * 4:
            customer.prioritise(priority)
            desk.clock.advance(seconds=20)

    agent = Thread(target=change)
    agent.start()
    while agent.is_alive():
        desk.run_jobs()
    agent.join()
    customer.desk.pass_time(seconds=61)
    told = [text for text in customer.heard if "The priority" in text]
    assert "is now High" in told[-1]
    assert len(told) < 20
    assert customer.heard == customer.recorded
    for earlier, later in pairwise(told):
        assert _priorities(later)[1] == _priorities(earlier)[0]


def _priorities(told: str) -> tuple[str, str]:
    """What it is now, and what it was."""
    now, _, rest = told.partition(" is now ")[2].partition(" instead of ")
    return now, rest.partition(".")[0]
