"""The story of one request, told in three languages on both channels, over the real sandbox, store and SDKs."""

import pytest

from bot.model.conversation import Status
from sandbox.control_client import Phone
from store.agents.agent import Role
from tests.fixtures.customer_lines import SCRIPTS, Script
from tests.fixtures.sandbox_desk import House

CHANNELS = ("whatsapp", "telegram")


@pytest.fixture(params=[(locale, channel) for locale in SCRIPTS for channel in CHANNELS], ids="-".join)
def told(request: pytest.FixtureRequest, house: House) -> "Told":
    locale, channel = request.param
    return Told(house, SCRIPTS[locale], channel)


class Told:
    """One customer, one agent, one house."""

    def __init__(self, house: House, script: Script, channel: str) -> None:
        self.house, self.script, self.channel = house, script, channel
        key = "country" if channel == "whatsapp" else "language_code"
        self.phone: Phone = house.customer(channel, script.name, **{key: script.person[key]})
        self.ana = house.wiring.agents.add("Ana Costa", "ana", Role.AGENT).agent_id
        self.desk = house.wiring.desk

    def say(self, text: str) -> str:
        return "\n".join(self.house.say(self.phone, text))

    def after(self, *actions: object) -> str:
        """What the customer reads after the desk has done something."""
        before = self.phone.messages()
        for action in actions:
            action()  # type: ignore[operator]
        self.house.run_jobs()
        return "\n".join(self.house.heard(self.phone, before))

    def a_minute_later(self) -> str:
        """What the customer reads once a minute has gone by."""
        return self.after(lambda: self.house.clock.turn(seconds=60))

    def open(self) -> str:
        """Write the whole request; the ticket's id."""
        s = self.script
        for text in (s.hello, s.name, s.company, s.category, s.affected):
            self.say(text)
        asked = self.say(s.story)
        if s.priority in asked:  # the story came while the priority was being asked
            self.say(s.priority)
        self.say(s.no_files)
        self.confirmed = self.say(s.send)
        return self.house.wiring.queries.rows("open")[0].ticket_id


def test_a_request_becomes_a_ticket_with_a_promise(told: Told) -> None:
    ticket = told.house.wiring.queries.ticket(told.open()).ticket
    assert told.script.opened in told.confirmed
    assert told.script.aim in told.confirmed
    assert ticket.number in told.confirmed
    assert (ticket.contact_name, ticket.company) == (told.script.name, told.script.company)
    assert (ticket.category, ticket.priority, ticket.locale) == ("fault", "high", told.script.locale)
    assert told.script.hello.split(",")[0] in ticket.details["description"].value
    assert told.script.story in ticket.details["description"].value


def test_one_answer_is_corrected_from_the_summary(told: Told) -> None:
    s = told.script
    for text in (s.hello, s.name, s.company, s.category, s.affected, s.story, s.priority, s.no_files):
        told.say(text)
    told.say(s.change)
    assert "caisse 2" in told.say("caisse 2")
    told.say(s.send)
    row = told.house.wiring.queries.rows("open")[0]
    details = told.house.wiring.queries.ticket(row.ticket_id).ticket.details
    assert details["affected"].value == "caisse 2"


def test_the_customer_hears_of_all_that_agents_do(told: Told) -> None:
    ticket_id, s = told.open(), told.script
    assert s.accepted in told.after(lambda: told.desk.act(ticket_id, "claim", told.ana))
    assert (
        told.after(lambda: told.desk.act(ticket_id, "reply", told.ana, text="Hello <b>&</b> 👋"))
        == "Hello <b>&</b> 👋"
    )
    assert told.after(lambda: told.desk.act(ticket_id, "note", told.ana, text="between us")) == ""
    assert told.after(lambda: told.desk.act(ticket_id, "prioritise", told.ana, priority="urgent")) == ""
    assert s.raised in told.a_minute_later()
    sent_back = told.after(lambda: told.desk.act(ticket_id, "return", told.ana, text="Which version?"))
    assert s.asked_back in sent_back
    assert "Which version?" in sent_back
    assert s.solved in told.after(lambda: told.desk.act(ticket_id, "resolve", told.ana))
    assert told.after(lambda: told.desk.act(ticket_id, "reopen", told.ana)) == ""
    assert s.reopened in told.a_minute_later()


def test_what_is_written_on_an_open_ticket_joins_it_quietly(told: Told) -> None:
    ticket_id = told.open()
    assert told.say(told.script.more) == ""
    view = told.house.wiring.queries.ticket(ticket_id)
    assert view.entries[-1].text == told.script.more
    assert len(told.house.wiring.queries.rows("open")) == 1


def test_thanks_do_not_reopen_but_a_complaint_does(told: Told) -> None:
    ticket_id, s = told.open(), told.script
    told.after(lambda: told.desk.act(ticket_id, "resolve", told.ana))
    told.say(s.thanks)
    status = lambda: told.house.wiring.queries.ticket(ticket_id).ticket.status  # noqa: E731
    assert status() is Status.RESOLVED
    assert s.reopened in told.say(s.not_solved)
    assert status() is Status.OPEN
    assert len(told.house.wiring.queries.rows("open")) == 1


def test_a_missed_promise_warns_agents_then_alerts_managers_once(told: Told) -> None:
    ticket_id = told.open()
    house, manager = told.house, told.house.sandbox.phone("manager")
    house.clock.turn(minutes=3, seconds=5)  # three of four minutes
    house.run_jobs()
    kinds = [f.kind.value for f in house.wiring.queries.ticket(ticket_id).ticket.facts]
    assert (kinds.count("warned"), kinds.count("missed")) == (1, 0)
    house.clock.turn(minutes=2)
    house.run_jobs()
    house.clock.turn(seconds=20)
    house.run_jobs()
    number = house.wiring.queries.ticket(ticket_id).ticket.number
    alerts = [m["text"] for m in manager.messages() if number in m["text"]]
    assert len(alerts) == 1
    assert alerts[0].startswith("⏰")
    assert [alert.number for alert in house.wiring.queries.overview(house.clock()).alerts] == [number]


def test_an_answer_in_time_alerts_nobody(told: Told) -> None:
    ticket_id = told.open()
    told.after(lambda: told.desk.act(ticket_id, "reply", told.ana, text="Looking into it"))
    told.house.clock.turn(minutes=6)
    told.house.run_jobs()
    assert told.house.sandbox.phone("manager").messages() == []
