"""Changes within a minute reach the phone as one message, on both channels, in three languages, whatever races."""

from itertools import pairwise
from threading import Thread

import pytest

from bot.messages.outgoing import Outgoing
from bot.messages.thread import Author, DeliveryStatus
from i18n.render import render_outgoing
from sandbox.control_client import Phone
from store.agents.agent import Role
from tests.fixtures.customer_lines import SCRIPTS, Script
from tests.fixtures.sandbox_desk import House

CHANNELS = ("whatsapp", "telegram")


class Quiet:
    """A customer with an open request, and an agent."""

    def __init__(self, house: House, script: Script, channel: str) -> None:
        self.house, self.script, self.desk = house, script, house.wiring.desk
        key = "country" if channel == "whatsapp" else "language_code"
        self.phone: Phone = house.customer(channel, script.name, **{key: script.person[key]})
        self.ana = house.wiring.agents.add("Ana Costa", "ana", Role.AGENT).agent_id
        house.say(self.phone, script.hello)
        house.say(self.phone, "/human")
        self.ticket_id = house.wiring.queries.rows("open")[0].ticket_id
        self.before = self.phone.messages()

    def prioritise(self, *priorities: str) -> None:
        for priority in priorities:
            self.desk.act(self.ticket_id, "prioritise", self.ana, priority=priority)

    def wait(self, **length: float) -> None:
        """Time passes on both sides."""
        self.house.clock.turn(**length)
        self.house.sandbox.set_clock(advance_seconds=sum(length.values()))
        self.house.run_jobs()

    @property
    def heard(self) -> list[str]:
        return self.house.heard(self.phone, self.before)

    @property
    def recorded(self) -> list[str]:
        """What stands in the thread as said to the customer since then, in their language."""
        view = self.house.wiring.queries.ticket(self.ticket_id)
        zone, locale = self.house.wiring.policy.calendar.zone, view.ticket.locale
        own = [e for e in view.entries if e.author in (Author.BOT, Author.AGENT)]
        said = [render_outgoing(e.said or Outgoing((e.text,)), locale, zone, e.at) for e in own]
        lines = ["\n".join(map(str, each.lines)) for each in said]
        return lines[len(lines) - len(self.heard) :] if self.heard else []


@pytest.fixture(params=[(locale, channel) for locale in SCRIPTS for channel in CHANNELS], ids="-".join)
def quiet(request: pytest.FixtureRequest, house: House) -> Quiet:
    locale, channel = request.param
    return Quiet(house, SCRIPTS[locale], channel)


def test_changes_of_the_next_minute_arrive_as_one_message(quiet: Quiet) -> None:
    quiet.desk.act(quiet.ticket_id, "claim", quiet.ana)
    quiet.house.run_jobs()
    [accepted] = quiet.heard
    assert quiet.script.accepted in accepted
    quiet.prioritise("high", "low", "high", "urgent")
    quiet.house.run_jobs()
    assert quiet.heard == [accepted]
    quiet.wait(seconds=61)
    assert len(quiet.heard) == 2
    assert "Urgent" in quiet.heard[1]
    assert "\n" not in quiet.heard[1]
    quiet.wait(seconds=5)
    assert len(quiet.heard) == 2
    assert quiet.heard == quiet.recorded


def test_an_answer_never_overtakes_what_waits(quiet: Quiet) -> None:
    quiet.prioritise("high")
    quiet.desk.act(quiet.ticket_id, "claim", quiet.ana)
    quiet.desk.act(quiet.ticket_id, "reply", quiet.ana, text="Ana here")
    quiet.house.run_jobs()
    assert [quiet.script.accepted in text for text in quiet.heard] == [False, True, False]
    assert quiet.heard[2] == "Ana here"
    assert quiet.heard == quiet.recorded


def test_what_waits_when_the_window_shuts_is_held_and_comes_when_they_write(house: House) -> None:
    quiet = Quiet(house, SCRIPTS["en"], "whatsapp")
    quiet.wait(hours=23, minutes=59)
    quiet.desk.act(quiet.ticket_id, "claim", quiet.ana)
    quiet.prioritise("urgent")
    quiet.house.run_jobs()
    before = quiet.heard
    assert quiet.script.accepted in before[-1]
    quiet.wait(seconds=62)
    held = list(house.wiring.queries.ticket(quiet.ticket_id).deliveries.values())[-1]
    assert (held.status, held.reason) == (DeliveryStatus.HELD, "held_quiet")
    assert quiet.heard == before
    assert "is now Urgent" in "".join(house.say(quiet.phone, "It still fails"))
    assert quiet.heard == quiet.recorded


def test_changes_made_while_messages_are_being_sent_are_told_once_and_to_the_last(house: House) -> None:
    quiet = Quiet(house, SCRIPTS["en"], "telegram")

    def change() -> None:
        for priority in ("high", "low", "urgent", "medium", "high") * 4:
            quiet.prioritise(priority)
            house.clock.turn(seconds=20)

    agent = Thread(target=change)
    agent.start()
    while agent.is_alive():
        house.run_jobs()
    agent.join()
    quiet.wait(seconds=61)
    told = [text for text in quiet.heard if "The priority" in text]
    assert "is now High" in told[-1]
    assert len(told) < 20
    assert quiet.heard == quiet.recorded
    for earlier, later in pairwise(told):
        assert _priorities(later)[1] == _priorities(earlier)[0]


def _priorities(told: str) -> tuple[str, str]:
    """What it is now, and what it was."""
    now, _, rest = told.partition(" is now ")[2].partition(" instead of ")
    return now, rest.partition(".")[0]
