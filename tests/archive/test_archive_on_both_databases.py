"""A whole desk over each database: a ticket leaves, is found and read, comes back, leaves again, is erased."""

from pathlib import Path

import pytest
from redis import Redis

from bot.messages.inbound import Address
from store.contacts.personal_data import erase_contact_data, load_contact_data
from tests.fixtures.archived_tickets import MARIE, ArchivedDesk


@pytest.fixture
def desk(redis: Redis, tmp_path: Path, url: str) -> ArchivedDesk:
    return ArchivedDesk(redis, tmp_path, ARCHIVE_URL=url)


def test_a_ticket_leaves_and_comes_back_whole(desk: ArchivedDesk) -> None:
    ticket_id = desk.old(MARIE, "L’écran reste noir ☀ \u202f “vraiment” \\ \x00 fin")
    before = desk.wiring.queries.ticket(ticket_id)
    desk.look()
    assert desk.where(ticket_id) == "archived"
    after = desk.wiring.queries.ticket(ticket_id)
    assert (after.ticket, list(after.entries), after.deliveries) == (
        before.ticket, list(before.entries), before.deliveries,
    )  # fmt: skip
    assert [row.ticket_id for row in desk.wiring.queries.search_archived("ECRAN dubois")] == [ticket_id]
    assert desk.wiring.queries.by_number(before.ticket.number) == ticket_id
    desk.wiring.archiver.bring_back(ticket_id, desk.ana.agent_id)
    assert desk.where(ticket_id) == "live"
    assert list(desk.wiring.queries.ticket(ticket_id).entries) == list(before.entries)


def test_one_that_left_twice_is_there_once(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.look()
    desk.wiring.archiver.bring_back(ticket_id, desk.ana.agent_id)
    desk.clock.advance(days=8)
    desk.wiring.deadline_check.check_all([ticket_id])
    desk.clock.advance(days=desk.wiring.policy.archive_after)
    desk.look()
    assert desk.where(ticket_id) == "archived"
    assert desk.archive.stats().tickets == 1


def test_whoever_is_erased_is_erased_there(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.look()
    found = load_contact_data(desk.redis, Address.parse(MARIE), desk.archive)
    erase_contact_data(desk.redis, found, desk.wiring.media.delete, desk.archive.erase)
    assert desk.where(ticket_id) == ""
    assert desk.wiring.queries.search_archived("Marie") == []
