"""A kill after any line, somebody who writes in between, two at once, an archive that is away: nothing is lost."""

from datetime import datetime
from pathlib import Path

import pytest
from redis import Redis

from archive import Archive
from bot.archiving.archive_record import ArchiveRecord
from bot.messages.errors import ArchiveUnavailable, NotFound
from bot.messages.inbound import Address
from store import keys
from store.archive.archive_state import ArchiveStateStore
from store.archive.archive_ticket import ArchiveCandidate, ArchiveMoves
from store.contacts.personal_data import erase_contact_data, load_contact_data
from tests.fixtures.archived_tickets import MARIE, ArchivedDesk
from tests.fixtures.crash import ProcessKilled


class KilledBeforeLeaving(ArchiveMoves):
    """Dies once the archive has it, and the store still has it too."""

    def remove(self, candidate: ArchiveCandidate, token: int, now: datetime) -> bool:
        raise ProcessKilled


class KilledAfterLeaving(ArchiveMoves):
    """Dies once the store has let it go."""

    def remove(self, candidate: ArchiveCandidate, token: int, now: datetime) -> bool:
        assert super().remove(candidate, token, now)
        raise ProcessKilled


class KilledBeforeWriting(Archive):
    """Dies when the move was noted, and before the archive has anything."""

    def put(self, archived: ArchiveRecord, token: int) -> bool:
        raise ProcessKilled


class KilledBeforeDropping(Archive):
    """Dies when the ticket is live again, and the archive has it too."""

    def drop(self, ticket_id: str, before: int) -> None:
        raise ProcessKilled


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> ArchivedDesk:
    return ArchivedDesk(redis, tmp_path)


@pytest.mark.parametrize("dies", [KilledBeforeLeaving, KilledAfterLeaving])
def test_a_kill_between_the_two_writes_loses_and_doubles_nothing(
    desk: ArchivedDesk, dies: type[ArchiveMoves]
) -> None:
    ticket_id = desk.old()
    before = desk.wiring.queries.ticket(ticket_id)
    with pytest.raises(ProcessKilled):
        desk.another_archiver(leaving=dies).look()
    assert desk.wiring.queries.ticket(ticket_id).ticket == before.ticket
    desk.look()
    assert desk.where(ticket_id) == "archived"
    assert list(desk.wiring.queries.ticket(ticket_id).entries) == list(before.entries)
    assert desk.archive.stats().tickets == 1
    assert desk.redis.hlen(keys.ARCHIVE_MOVES) == 0


def test_a_kill_before_the_first_write_leaves_it_live(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    with pytest.raises(ProcessKilled):
        desk.another_archiver(archive=desk.archive_of(KilledBeforeWriting)).look()
    assert desk.where(ticket_id) == "live"
    desk.look()
    assert desk.where(ticket_id) == "archived"


def test_what_is_in_both_after_a_kill_and_is_opened_again_stays_live_alone(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    with pytest.raises(ProcessKilled):
        desk.another_archiver(leaving=KilledBeforeLeaving).look()
    desk.wiring.desk.act(ticket_id, "reopen", desk.ana.agent_id)
    assert desk.wiring.queries.ticket(ticket_id).ticket.is_live
    assert desk.wiring.queries.search_archived("Marie") == []
    desk.look()
    assert desk.where(ticket_id) == "live"


def test_whoever_writes_on_it_in_between_keeps_it_live(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()

    class SomebodyWrites(Archive):
        def put(self, archived: ArchiveRecord, token: int) -> bool:
            is_put = super().put(archived, token)
            desk.wiring.desk.act(ticket_id, "note", desk.ana.agent_id, text="They called")
            return is_put

    desk.another_archiver(archive=desk.archive_of(SomebodyWrites)).look()
    assert desk.where(ticket_id) == "live"
    assert desk.wiring.queries.ticket(ticket_id).entries[-1].text == "They called"


def test_a_customer_who_writes_anything_in_between_puts_it_off(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()

    class CustomerWrites(Archive):
        def put(self, archived: ArchiveRecord, token: int) -> bool:
            desk.customer_writes(MARIE, "The printer is broken too, it smells of smoke")
            return super().put(archived, token)

    desk.another_archiver(archive=desk.archive_of(CustomerWrites)).look()
    assert desk.where(ticket_id) == "live"
    desk.send_all()
    desk.look()
    assert desk.where(ticket_id) == "archived"


def test_an_agent_who_sends_again_in_between_has_it_sent(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    entry_id = next(iter(desk.wiring.queries.ticket(ticket_id).deliveries))
    raw = desk.redis.get(keys.outbox_entry(entry_id))
    desk.redis.set(keys.outbox_entry(entry_id), raw.replace(b'"delivered"', b'"failed"'))

    class SentAgain(Archive):
        def put(self, archived: ArchiveRecord, token: int) -> bool:
            desk.wiring.desk.try_again(entry_id, desk.ana.agent_id)
            return super().put(archived, token)

    desk.another_archiver(archive=desk.archive_of(SentAgain)).look()
    assert desk.where(ticket_id) == "live"
    assert desk.redis.lrange(keys.lane(ticket_id.partition("-")[0]), 0, -1) == [entry_id.encode()]


def test_two_at_once_move_it_once_and_the_slower_one_spoils_nothing(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    before = desk.wiring.queries.ticket(ticket_id)

    class Overtaken(Archive):
        def put(self, archived: ArchiveRecord, token: int) -> bool:
            desk.redis.delete(b"lease:archiving")
            desk.look()
            return super().put(archived, token)

    desk.another_archiver(archive=desk.archive_of(Overtaken)).look()
    assert desk.where(ticket_id) == "archived"
    assert list(desk.wiring.queries.ticket(ticket_id).entries) == list(before.entries)
    assert desk.redis.hlen(keys.ARCHIVE_MOVES) == 0


def test_one_that_was_taken_over_before_it_left_does_not_leave_twice(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()

    class TakenOver(ArchiveMoves):
        def remove(self, candidate: ArchiveCandidate, token: int, now: datetime) -> bool:
            desk.redis.delete(b"lease:archiving")
            desk.wiring.archiver.settle(ticket_id)  # as the next look begins
            return super().remove(candidate, token, now)

    desk.another_archiver(leaving=TakenOver).look()
    assert desk.where(ticket_id) == "live"
    desk.look()
    assert desk.where(ticket_id) == "archived"


def test_somebody_who_is_erased_in_between_is_in_neither(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()

    class ErasedMeanwhile(Archive):
        def put(self, archived: ArchiveRecord, token: int) -> bool:
            desk.redis.delete(b"lease:archiving")
            found = load_contact_data(desk.redis, Address.parse(MARIE), desk.archive)
            erase_contact_data(desk.redis, found, desk.wiring.media.delete, desk.archive.erase)
            return super().put(archived, token)

    desk.another_archiver(archive=desk.archive_of(ErasedMeanwhile)).look()
    assert desk.where(ticket_id) == ""
    assert desk.archive.contact_ids() == []


def test_a_kill_while_it_is_brought_back_leaves_it_live_and_the_next_look_ends_it(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.look()
    with pytest.raises(ProcessKilled):
        desk.another_archiver(archive=desk.archive_of(KilledBeforeDropping)).bring_back(
            ticket_id, desk.ana.agent_id
        )
    assert desk.where(ticket_id) == "live and archived"
    assert desk.wiring.queries.ticket(ticket_id).archived_at is None
    assert desk.wiring.queries.search_archived("Marie") == []
    desk.look()
    assert desk.where(ticket_id) == "live"


def test_one_whose_customer_was_erased_cannot_be_brought_back(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.look()
    desk.redis.delete(keys.contact(ticket_id.partition("-")[0]))
    with pytest.raises(NotFound):
        desk.wiring.archiver.bring_back(ticket_id, desk.ana.agent_id)
    with pytest.raises(NotFound):
        desk.wiring.queries.ticket(ticket_id)


def test_while_the_archive_is_away_nothing_moves_and_the_desk_goes_on(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    in_the_way = desk.folder / "archive.db"
    in_the_way.mkdir()
    desk.look()
    account = ArchiveStateStore(desk.redis).read()
    assert desk.is_live(ticket_id)
    assert (account.why != "", account.since) == (True, desk.clock())
    assert desk.redis.zscore(keys.CHORES, "archive") == desk.clock().timestamp() + 300
    assert desk.wiring.queries.ticket(ticket_id).ticket.ticket_id == ticket_id
    with pytest.raises(ArchiveUnavailable):
        desk.wiring.queries.search_archived("Marie")
    in_the_way.rmdir()
    desk.another_archiver(archive=desk.archive_of(Archive)).look()
    assert desk.archive_of(Archive).find(ticket_id)
    assert ArchiveStateStore(desk.redis).read().why == ""


def test_another_archivist_at_work_is_left_to_it(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.redis.set("lease:archiving", "somewhere else:1:x", px=30_000)
    desk.look()
    assert desk.where(ticket_id) == "live"


def test_an_archive_that_was_another_desks_takes_nothing(desk: ArchivedDesk) -> None:
    ticket_id = desk.old()
    desk.look()
    second = desk.old(MARIE, "The printer is broken")
    desk.redis.set(keys.DESK_ID, "another")
    desk.another_archiver(archive=desk.archive_of(Archive)).look()
    assert desk.is_live(second)
    assert "another desk" in ArchiveStateStore(desk.redis).read().why
    assert desk.archive.find(ticket_id)
