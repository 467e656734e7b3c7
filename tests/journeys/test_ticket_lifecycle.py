"""The story of one request, told in three languages on both channels, over the real sandbox, store and SDKs."""

import pytest

from bot.model.conversation import Status
from tests.fixtures.customer import Customer
from tests.fixtures.customer_lines import LINES, CustomerLines
from tests.fixtures.sandbox_desk import SandboxDesk

CHANNELS = ("whatsapp", "telegram")


@pytest.fixture(params=[(locale, channel) for locale in LINES for channel in CHANNELS], ids="-".join)
def customer(request: pytest.FixtureRequest, desk: SandboxDesk) -> "TalkingCustomer":
    locale, channel = request.param
    return TalkingCustomer(desk, LINES[locale], channel)


class TalkingCustomer(Customer):
    """A customer who says the lines of their language."""

    def __init__(self, desk: SandboxDesk, lines: CustomerLines, channel: str) -> None:
        super().__init__(desk, lines.locale, channel, name=lines.name)
        self.lines, self.actions = lines, desk.wiring.desk

    def a_minute_later(self) -> str:
        """What the customer reads once a minute has gone by."""
        return self.after(lambda: self.desk.clock.advance(seconds=60))

    def open(self) -> str:
        """Write the whole request; the ticket's id."""
        self.come_to_the_summary()
        self.confirmed = self.say(self.lines.send)
        return self.desk.wiring.queries.rows("open")[0].ticket_id

    def come_to_the_summary(self) -> str:
        """Tell what happens in two messages, and answer what is asked; what is read last."""
        s = self.lines
        self.say(s.hello)
        self.say(s.story)
        self.say(s.company)
        return self.say(s.priority)


def test_a_request_becomes_a_ticket_with_a_promise(customer: TalkingCustomer) -> None:
    ticket = customer.desk.wiring.queries.ticket(customer.open()).ticket
    assert customer.lines.opened in customer.confirmed
    assert customer.lines.aim in customer.confirmed
    assert ticket.number in customer.confirmed
    assert (ticket.contact_name, ticket.company) == (customer.lines.name, customer.lines.company)
    assert (ticket.category, ticket.priority, ticket.locale) == ("fault", "high", customer.lines.locale)
    assert customer.lines.hello.split(",")[0] in ticket.details["description"].value
    assert customer.lines.story in ticket.details["description"].value


def test_one_answer_is_corrected_from_the_summary(customer: TalkingCustomer) -> None:
    s = customer.lines
    assert s.company in customer.come_to_the_summary()
    customer.say(s.change)
    assert "Quai 9 SA" in customer.say("Quai 9 SA")
    customer.say(s.send)
    row = customer.desk.wiring.queries.rows("open")[0]
    assert customer.desk.wiring.queries.ticket(row.ticket_id).ticket.company == "Quai 9 SA"


def test_the_customer_hears_of_all_that_agents_do(customer: TalkingCustomer) -> None:
    ticket_id, s = customer.open(), customer.lines
    assert s.accepted in customer.after(lambda: customer.actions.act(ticket_id, "claim", customer.ana))
    assert (
        customer.after(
            lambda: customer.actions.act(ticket_id, "reply", customer.ana, text="Hello <b>&</b> 👋")
        )
        == "Hello <b>&</b> 👋"
    )
    assert (
        customer.after(lambda: customer.actions.act(ticket_id, "note", customer.ana, text="between us")) == ""
    )
    assert (
        customer.after(lambda: customer.actions.act(ticket_id, "prioritise", customer.ana, priority="urgent"))
        == ""
    )
    assert s.raised in customer.a_minute_later()
    sent_back = customer.after(
        lambda: customer.actions.act(ticket_id, "return", customer.ana, text="Which version?")
    )
    assert s.asked_back in sent_back
    assert "Which version?" in sent_back
    assert s.solved in customer.after(lambda: customer.actions.act(ticket_id, "resolve", customer.ana))
    assert customer.after(lambda: customer.actions.act(ticket_id, "reopen", customer.ana)) == ""
    assert s.reopened in customer.a_minute_later()


def test_what_is_written_on_an_open_ticket_joins_it_quietly(customer: TalkingCustomer) -> None:
    ticket_id = customer.open()
    assert customer.say(customer.lines.more) == ""
    view = customer.desk.wiring.queries.ticket(ticket_id)
    assert view.entries[-1].text == customer.lines.more
    assert len(customer.desk.wiring.queries.rows("open")) == 1


def test_thanks_do_not_reopen_but_a_complaint_does(customer: TalkingCustomer) -> None:
    ticket_id, s = customer.open(), customer.lines
    customer.after(lambda: customer.actions.act(ticket_id, "resolve", customer.ana))
    customer.say(s.thanks)
    status = lambda: customer.desk.wiring.queries.ticket(ticket_id).ticket.status  # noqa: E731
    assert status() is Status.RESOLVED
    assert s.reopened in customer.say(s.not_solved)
    assert status() is Status.OPEN
    assert len(customer.desk.wiring.queries.rows("open")) == 1


def test_a_missed_promise_warns_agents_then_alerts_managers_once(customer: TalkingCustomer) -> None:
    ticket_id = customer.open()
    desk, manager = customer.desk, customer.desk.sandbox.phone("manager")
    desk.clock.advance(minutes=3, seconds=5)  # three of four minutes
    desk.run_jobs()
    kinds = [f.kind.value for f in desk.wiring.queries.ticket(ticket_id).ticket.facts]
    assert (kinds.count("warned"), kinds.count("missed")) == (1, 0)
    desk.clock.advance(minutes=2)
    desk.run_jobs()
    desk.clock.advance(seconds=20)
    desk.run_jobs()
    number = desk.wiring.queries.ticket(ticket_id).ticket.number
    alerts = [m["text"] for m in manager.messages() if number in m["text"]]
    assert len(alerts) == 1
    assert alerts[0].startswith("⏰")
    assert [alert.number for alert in desk.wiring.queries.overview(desk.clock()).alerts] == [number]


def test_an_answer_in_time_alerts_nobody(customer: TalkingCustomer) -> None:
    ticket_id = customer.open()
    customer.after(lambda: customer.actions.act(ticket_id, "reply", customer.ana, text="Looking into it"))
    customer.desk.clock.advance(minutes=6)
    customer.desk.run_jobs()
    assert customer.desk.sandbox.phone("manager").messages() == []
