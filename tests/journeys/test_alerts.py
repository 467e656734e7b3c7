"""Managers and their alerts, over the real sandbox: told once, answered on the phone, in three languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from bot.model.ticket_events import TicketEventKind
from sandbox.control_client import Phone, Sandbox
from store.agents.agent import Role
from tests.fixtures.alerted_managers import MANAGER, AlertingDesk

NUMBER = "+351961000000"
SAID = {
    "en": {
        "overdue": "⏰ Overdue", "nobody": "Nobody has it yet", "ack": "Acknowledge", "give": "Reassign",
        "quiet": "Snooze", "noted": "is handling #", "already": "already",
        "quiet_until": "is snoozed until", "who": "Who should take",
        "given": "is now assigned to Ana", "still": "⏰ Still overdue", "help": "You get alerts here",
        "over": "answered in the meantime", "again": "snooze",
    },
    "fr": {
        "overdue": "⏰ En retard", "nobody": "Personne", "ack": "J’ai vu", "give": "Réattribuer",
        "quiet": "Plus tard", "noted": "s’occupe de #", "already": "déjà",
        "quiet_until": "en sourdine", "who": "À qui confier",
        "given": "confiée à Ana", "still": "⏰ Toujours en retard", "help": "recevez ici les alertes",
        "over": "entre-temps", "again": "plus tard",
    },
    "es": {
        "overdue": "⏰ Con retraso", "nobody": "Nadie", "ack": "Enterado", "give": "Reasignar",
        "quiet": "Posponer", "noted": "se ocupa de #", "already": "ya se ocupa",
        "quiet_until": "queda en silencio", "who": "¿A quién",
        "given": "asignada a Ana", "still": "⏰ Sigue con retraso", "help": "recibe las alertas",
        "over": "ya recibió", "again": "posponer",
    },
}  # fmt: skip
CHOICES = ("ack", "give", "quiet")


class Manager:
    """One manager on one channel, in one language."""

    def __init__(self, desk: AlertingDesk, phone: Phone, locale: str, channel: str) -> None:
        self.desk, self.phone, self.said, self.channel = desk, phone, SAID[locale], channel

    def read(self) -> list[str]:
        """What is new on the phone."""
        self.last = self.desk.new_messages(self.phone)
        return [str(message["text"]) for message in self.last]

    def chooses(self, choice: str) -> list[str]:
        """They answer the newest alert: by a button on Telegram, by its number on WhatsApp."""
        if self.channel == "telegram":
            self.last = self.desk.press(self.phone, self.last[-1], self.said[choice])
        else:
            self.last = self.desk.say_as_manager(self.phone, str(CHOICES.index(choice) + 1))
        return [str(message["text"]) for message in self.last]

    def writes(self, text: str) -> list[str]:
        self.last = self.desk.say_as_manager(self.phone, text)
        return [str(message["text"]) for message in self.last]


@pytest.fixture(
    params=[(locale, channel) for locale in SAID for channel in ("telegram", "whatsapp")], ids="-".join
)
def manager(
    request: pytest.FixtureRequest, redis: Redis, redis_url: str, sandbox_url: str, tmp_path: Path
) -> Iterator[Manager]:
    locale, channel = request.param
    address = MANAGER if channel == "telegram" else f"whatsapp:{NUMBER}"
    desk = AlertingDesk(redis, redis_url, Sandbox(sandbox_url), tmp_path, ALERTS=f"{address}?lang={locale}")
    phone = desk.manager() if channel == "telegram" else desk.whatsapp_manager(NUMBER)
    yield Manager(desk, phone, locale, channel)
    desk.close()


def test_an_overdue_request_is_told_once_with_the_fact_first(manager: Manager) -> None:
    ticket = manager.desk.overdue("fr")
    [alert] = manager.read()
    first, *rest = alert.splitlines()
    assert first.startswith(manager.said["overdue"])
    assert f"#{ticket.number}" in first
    assert "Acme (FR)" in first
    assert any(manager.said["nobody"] in line for line in rest)
    assert any(line.endswith(f"/inbox/ticket/{ticket.number}") for line in rest)
    if manager.channel == "whatsapp":
        assert alert.endswith("1 {ack}\n2 {give}\n3 {quiet}".format(**manager.said))
    manager.desk.pass_time(minutes=6)  # past the head's moment, who is nobody here
    assert manager.read() == []


def test_who_acknowledges_is_noted_and_the_ladder_stops(manager: Manager) -> None:
    ticket = manager.desk.overdue()
    manager.read()
    [confirmed] = manager.chooses("ack")
    assert manager.said["noted"] + ticket.number in confirmed
    [fact] = manager.desk.events(ticket.ticket_id, TicketEventKind.ACKNOWLEDGED)
    assert fact.data["name"] in ("Morgan", "Paula")
    [alert] = [
        a
        for a in manager.desk.wiring.queries.overview(manager.desk.clock()).alerts
        if a.target == "first_response"
    ]
    assert (alert.acknowledged_name, alert.acknowledged_at) == (fact.data["name"], fact.at)
    manager.desk.pass_time(minutes=6)
    assert len(manager.desk.events(ticket.ticket_id, TicketEventKind.ESCALATED)) == 3  # not the head


def test_the_ticket_is_given_to_an_agent_who_is_offered(manager: Manager) -> None:
    agents = manager.desk.wiring.agents
    ana = agents.add("Ana Costa", "ana", Role.AGENT).agent_id
    ticket = manager.desk.overdue()
    manager.read()
    [asked] = manager.chooses("give")
    assert manager.said["who"] in asked
    if manager.channel == "telegram":
        manager.last = manager.desk.press(manager.phone, manager.last[-1], "Ana Costa")
    else:
        manager.last = manager.desk.say_as_manager(manager.phone, "ana")
    assert manager.said["given"] in str(manager.last[-1]["text"])
    assert manager.desk.ticket(ticket.ticket_id).assignee == ana
    assert len(manager.desk.events(ticket.ticket_id, TicketEventKind.ACKNOWLEDGED)) == 1


def test_a_snoozed_alert_is_told_again_once(manager: Manager) -> None:
    manager.desk.overdue()
    manager.read()
    [quiet] = manager.chooses("quiet")
    assert manager.said["quiet_until"] in quiet
    manager.desk.pass_time(minutes=2, seconds=1)
    [again] = manager.read()
    assert again.startswith(manager.said["still"])
    manager.desk.pass_time(minutes=3)
    assert manager.read() == []


def test_other_words_get_a_short_answer_and_no_conversation(manager: Manager) -> None:
    [helped] = manager.writes("bonjour, hello, hola")
    assert manager.said["help"] in helped
    assert manager.desk.wiring.queries.counts()["open"] == 0


def test_a_number_brings_the_request_with_its_choices(manager: Manager) -> None:
    ticket = manager.desk.overdue()
    manager.read()
    [shown] = manager.writes(f"#{ticket.number.lower()}")
    assert shown.splitlines()[0].startswith(manager.said["overdue"])
    [confirmed] = manager.chooses("ack")
    assert manager.said["noted"] in confirmed


def test_an_answered_request_says_so(manager: Manager) -> None:
    ticket = manager.desk.overdue()
    manager.read()
    ana = manager.desk.wiring.agents.add("Ana", "ana").agent_id
    manager.desk.wiring.desk.act(ticket.ticket_id, "reply", ana, text="We are on it")
    [said] = manager.chooses("ack")
    assert manager.said["over"] in said
    assert manager.desk.events(ticket.ticket_id, TicketEventKind.ACKNOWLEDGED) == []


def test_a_second_acknowledgement_names_the_first(manager: Manager) -> None:
    manager.desk.overdue()
    manager.read()
    alert = manager.last
    manager.chooses("ack")
    manager.last = alert
    [said] = manager.chooses("ack")
    assert manager.said["already"] in said


@pytest.fixture
def paula(redis: Redis, redis_url: str, sandbox_url: str, tmp_path: Path) -> Iterator[Manager]:
    desk = AlertingDesk(redis, redis_url, Sandbox(sandbox_url), tmp_path, ALERTS=f"whatsapp:{NUMBER}")
    yield Manager(desk, desk.whatsapp_manager(NUMBER), "en", "whatsapp")
    desk.close()


def two_overdue(manager: Manager) -> list[str]:
    """Two requests overdue at once; their ids, as they were told."""
    ids = [manager.desk.open_ticket_in(), manager.desk.open_ticket_in()]
    manager.desk.pass_time(minutes=4, seconds=1)
    texts = manager.read()
    return sorted(
        ids, key=lambda one: next(n for n, t in enumerate(texts) if manager.desk.ticket(one).number in t)
    )


def test_a_number_that_fits_two_alerts_is_asked_about(paula: Manager) -> None:
    first, second = two_overdue(paula)
    [asked] = paula.writes("1")
    assert asked.startswith("Which request do you mean?")
    assert (
        paula.desk.events(first, TicketEventKind.ACKNOWLEDGED)
        == paula.desk.events(second, TicketEventKind.ACKNOWLEDGED)
        == []
    )
    [confirmed] = paula.writes("2")
    assert paula.desk.ticket(first).number in confirmed
    assert len(paula.desk.events(first, TicketEventKind.ACKNOWLEDGED)) == 1
    assert paula.desk.events(second, TicketEventKind.ACKNOWLEDGED) == []


def test_a_quoted_alert_needs_no_question(paula: Manager) -> None:
    ids = [paula.desk.open_ticket_in(), paula.desk.open_ticket_in()]
    paula.desk.pass_time(minutes=4, seconds=1)
    alerts = paula.desk.new_messages(paula.phone)
    number = str(alerts[0]["text"]).split("#")[1].split(" ")[0]
    [confirmed] = paula.desk.say_as_manager(paula.phone, "1", reply_to=str(alerts[0]["id"]))
    assert number in str(confirmed["text"])
    assert sum(len(paula.desk.events(one, TicketEventKind.ACKNOWLEDGED)) for one in ids) == 1
