"""Data is erased when the customer's days are over: after a kill, twice, and if somebody writes in between."""

from collections.abc import Callable
from pathlib import Path

import pytest
from redis import Redis

from archive import Archive
from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from jobs.clock import Clock
from jobs.contacts.erase import ContactEraser
from store import keys
from store.archive.archive_state import desk_id
from store.integrity.audit import audit
from store.integrity.repair import Repair
from store.outbox.job_queue import MEDIA_QUEUE
from store.outbox.outbox import Outbox
from store.policies import StoredPolicies
from tests.fixtures.crash import ProcessKilled
from tests.fixtures.store_desk import StoreDesk
from tests.fixtures.worker import run_jobs

EVA, OTHER = "telegram:42", "telegram:43"
EVA_ID = make_contact_id(Address.parse(EVA))


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> StoreDesk:
    """Eva has a ticket and asked us to delete her data; somebody else has a ticket, too."""
    desk = StoreDesk(redis, tmp_path)
    desk.open_ticket(EVA)
    desk.open_ticket(OTHER)
    for words in ("delete my data", "yes", "yes"):
        desk.customer_writes(EVA, words)
    return desk


def sweep(desk: StoreDesk) -> None:
    """What the clock and the worker do."""
    Clock(desk.redis, desk.wiring.job_queue, desk.clock).sweep()
    run_jobs(desk.redis, MEDIA_QUEUE)


def traces(desk: StoreDesk) -> list[str]:
    """Keys and members that name her, except jobs and the marks of messages already seen."""
    named = [key.decode() for key in desk.redis.scan_iter() if EVA_ID in key.decode()]
    indexes = (keys.ERASURES, keys.LIVE, keys.DEADLINES, keys.TICKET_ROWS)
    return named + [
        key for key in indexes if any(EVA_ID in str(member) for member in members(desk.redis, key))
    ]


def members(redis: Redis, key: str) -> list[bytes]:
    return list(redis.hkeys(key) if redis.type(key) == b"hash" else redis.zrange(key, 0, -1))


def eraser(desk: StoreDesk, in_between: Callable[[], object]) -> ContactEraser:
    """One at work, with something happening when the files are gone and the records are still here."""

    class BusyArchive(Archive):
        def erase(self, owners: list[str]) -> None:
            super().erase(owners)
            in_between()

    archive = BusyArchive(f"sqlite:///{desk.folder}/archive.db", lambda: desk_id(desk.redis))
    return ContactEraser(desk.redis, archive, desk.wiring.media.delete, desk.clock)


def test_nothing_is_erased_before_the_days_are_over(desk: StoreDesk) -> None:
    desk.clock.advance(days=6, hours=23)
    sweep(desk)
    assert desk.conversation(EVA).erasure
    desk.wiring.eraser.erase_if_due(EVA_ID)
    assert desk.conversation(EVA).tickets


def test_all_of_it_is_erased_when_they_are_and_nothing_of_others(desk: StoreDesk) -> None:
    desk.clock.advance(days=7, minutes=1)
    sweep(desk)
    assert traces(desk) == []
    assert len(desk.wiring.queries.rows("open")) == 1
    assert desk.conversation(OTHER).tickets
    desk.wiring.eraser.erase_if_due(EVA_ID)  # the same job again


def test_whoever_changed_their_mind_keeps_everything(desk: StoreDesk) -> None:
    desk.customer_writes(EVA, "please keep my data after all")
    assert members(desk.redis, keys.ERASURES) == []
    desk.clock.advance(days=8)
    sweep(desk)
    assert desk.conversation(EVA).tickets


def test_a_kill_in_the_middle_is_finished_by_the_next_run(desk: StoreDesk) -> None:
    desk.clock.advance(days=8)

    def dies() -> None:
        raise ProcessKilled

    with pytest.raises(ProcessKilled):
        eraser(desk, dies).erase_if_due(EVA_ID)
    assert desk.conversation(EVA).erasure
    sweep(desk)
    assert traces(desk) == []


def test_what_they_write_meanwhile_is_erased_with_the_rest(desk: StoreDesk) -> None:
    desk.clock.advance(days=8)
    eraser(desk, lambda: desk.customer_writes(EVA, "one more thing about the till")).erase_if_due(EVA_ID)
    assert desk.conversation(EVA).erasure, "it's tried again with what they wrote"
    sweep(desk)
    assert traces(desk) == []


def test_an_erasure_that_no_sweep_would_find_is_found_and_repaired(desk: StoreDesk) -> None:
    desk.redis.delete(keys.ERASURES)
    policies, job_queue = StoredPolicies(desk.redis, desk.wiring.policy), desk.wiring.job_queue
    (fault,) = audit(desk.redis, policies, lambda: None).faults
    assert fault.rule == "unreachable-erasure"
    assert Repair(desk.redis, Outbox(desk.redis, job_queue), job_queue).repair(fault, desk.clock())
    desk.clock.advance(days=8)
    sweep(desk)
    assert traces(desk) == []
