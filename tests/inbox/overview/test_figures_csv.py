"""Every section of the overview is to be had as a table: for managers only, and never as a formula."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from inbox.overview.figures_csv import SECTIONS
from store import keys
from store.agents.agent import Agent, Role
from store.codec import dump, load
from store.tickets.ticket_list import TicketRow
from tests.fixtures.store_desk import StoreDesk


@pytest.fixture
def manager(desk: StoreDesk) -> Agent:
    return desk.agent("Max Keller", Role.MANAGER)


def table(desk: StoreDesk, who: Agent, section: str, delimiter: str = ",") -> list[list[str]]:
    """The section's lines, as a spreadsheet reads them."""
    answer = desk.browser(who).get(f"/overview/api/{section}.csv")
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig")), delimiter=delimiter))


def late(desk: StoreDesk, *, name: str = "Marie Dubois", address: str = "telegram:42") -> str:
    """A request whose first answer was missed."""
    ticket = desk.open_ticket(address, name=name)
    desk.clock.advance(minutes=4, seconds=1)
    desk.wiring.deadline_check.check(ticket)
    return ticket


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_a_table_of_even_lines(desk: StoreDesk, manager: Agent, section: str) -> None:
    late(desk)
    desk.wiring.desk.act(desk.open_ticket("telegram:43"), "reply", desk.agent("Ana").agent_id, text="done")
    desk.open_ticket("telegram:44")
    desk.clock.advance(minutes=1)
    heading, *lines = table(desk, manager, section)
    assert lines
    assert {len(line) for line in lines} == {len(heading)}
    assert all(heading)


@pytest.mark.parametrize("section", SECTIONS)
def test_agents_and_strangers_get_none(desk: StoreDesk, section: str) -> None:
    late(desk)
    for who, code in ((desk.agent("Ana"), 403), (None, 401)):
        answer = desk.browser(who).get(f"/overview/api/{section}.csv")
        assert answer.status_code == code
        assert b"Marie" not in answer.data


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_that_looks_like_a_formula_stays_a_name(desk: StoreDesk, manager: Agent, start: str) -> None:
    ticket = late(desk)
    name = f'{start}HYPERLINK("http://evil.example","x")'
    row = load(TicketRow, desk.wiring.redis.hget(keys.TICKET_ROWS, ticket))
    desk.wiring.redis.hset(keys.TICKET_ROWS, ticket, dump(replace(row, contact_name=name)))
    _, line = table(desk, manager, "overdue")
    assert line[2] == f"'{name}"


def test_an_agents_name_is_no_formula_either(desk: StoreDesk, manager: Agent) -> None:
    desk.wiring.desk.act(desk.open_ticket(), "claim", desk.agent("=cmd|' /C calc'!A0").agent_id)
    names = [line[1] for line in table(desk, manager, "groups")[1:] if line[0] == "Agent"]
    assert names == ["'=cmd|' /C calc'!A0"]


def test_names_are_in_the_managers_language(desk: StoreDesk) -> None:
    french = desk.agent("Zoé Martin", Role.MANAGER, "fr")
    desk.open_ticket("whatsapp:+33612340001", "L’application ne marche plus", locale="en français")
    lines = table(desk, french, "groups", ";")
    assert lines[0][:4] == ["Par", "Nom", "En cours", "En retard"]
    assert ["Langue", "Français", "1", "0", "0", "0", "0", "0"] in lines
    assert ["Agent", "Personne", "1", "0", "0", "0", "0", "0"] in lines


def test_a_table_holds_more_than_the_page_shows(desk: StoreDesk, manager: Agent) -> None:
    ticket, redis = late(desk), desk.wiring.redis
    row, due = redis.hget(keys.TICKET_ROWS, ticket), redis.zscore(keys.LIVE, ticket)
    for n in range(150):
        redis.hset(keys.TICKET_ROWS, f"x{n}", row)
        redis.zadd(keys.LIVE, {f"x{n}": due})
    assert len(desk.browser(manager).get("/overview/api/now").json["overdue"]) == 50
    assert len(table(desk, manager, "overdue")) == 1 + 151


def test_the_file_says_what_it_is_and_when(desk: StoreDesk, manager: Agent) -> None:
    answer = desk.browser(manager).get("/overview/api/kept.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="guichet-kept-2026-03-02.csv"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["nothing", "..%2Fsecrets", "priorities.csv"])
def test_there_is_no_other_table(desk: StoreDesk, manager: Agent, name: str) -> None:
    assert desk.browser(manager).get(f"/overview/api/{name}.csv").status_code == 404
