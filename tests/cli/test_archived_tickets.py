"""Archived tickets at the command line: exported, handed over, erased for good, and told by the doctor."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis import Redis

from archive import Archive
from bot.messages.errors import WriteConflict
from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address, Inbound
from bot.messages.outgoing import Attachment
from bot.messages.thread import Author, DeliveryStatus, ThreadEntry
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEvent, TicketEventKind
from jobs.wiring import Wiring, build
from runtime.settings import Settings
from store import keys
from store.archive.archive_state import desk_id
from store.codec import dump, load
from store.contacts.personal_data import erase_contact_data, load_contact_data
from store.forum import keys as forum_keys
from store.outbox.outbox import Outbox
from tests.fixtures.cli import Guichet
from tests.fixtures.crash import ProcessKilled
from tests.fixtures.environment import COMPLETE
from tests.fixtures.paths import ROOT

MARIA, OTHER = Address("telegram", "4242424242"), Address("telegram", "5151515151")
CANARY = "canary-words of long ago"


class TwoCustomers:
    """A desk of two people's tickets: each has one in the archive, and one that is live."""

    def __init__(self, redis: Redis, redis_url: str, folder: Path) -> None:
        self.redis, self.folder = redis, folder
        self.environ = COMPLETE | {
            "REDIS_URL": redis_url,
            "POLICY": str(ROOT / "policies" / "demo.toml"),
            "MEDIA_DIR": str(folder / "media"),
            "ARCHIVE_URL": f"sqlite:///{folder}/archive.db",
        }
        self.wiring: Wiring = build(Settings.from_environment(self.environ), redis=redis)
        self.ids = [self.close(address) for address in (MARIA, OTHER)]
        self.wiring.archiver.look()
        for address in (MARIA, OTHER):
            self.open(address)

    @property
    def archive(self) -> Archive:
        return Archive(self.environ["ARCHIVE_URL"], lambda: desk_id(self.redis))

    def open(self, address: Address) -> str:
        for count, text in enumerate((CANARY, "/human")):
            name = f"m{count} of {self.redis.dbsize()}"
            self.wiring.desk.receive(
                Inbound(name, address, datetime.now(UTC), text=text, profile_name="Maria")
            )
        who = load(Conversation, self.redis.hget(keys.contact(make_contact_id(address)), "c"))
        return who.tickets[-1].ticket_id

    def close(self, address: Address) -> str:
        """A ticket of theirs, as one that was closed a year ago stands in the store; with a file and a topic."""
        ticket_id = self.open(address)
        outbox = Outbox(self.redis, self.wiring.job_queue)
        for entry in list(outbox.waiting(make_contact_id(address))):
            outbox.apply_receipt(
                entry.entry_id, DeliveryStatus.READ, datetime.now(UTC), f"ext{entry.entry_id}"
            )
            outbox.remove_from_lane(outbox.find(entry.entry_id) or entry)
        self.age(ticket_id, address)
        file_id, path = self.wiring.media.new()
        path.write_bytes(b"a picture")
        file = Attachment("image", "image/png", "crash.png", 9, file_id=file_id)
        entry = ThreadEntry(
            f"{ticket_id}.file", ticket_id, datetime.now(UTC), Author.CUSTOMER, attachments=(file,)
        )
        self.redis.rpush(keys.thread(ticket_id), dump(entry))
        self.redis.set(forum_keys.topic(ticket_id), json.dumps({"ticket_id": ticket_id, "thread_id": 77}))
        self.redis.hset(forum_keys.BY_THREAD_ID, "77", ticket_id)
        return ticket_id

    def age(self, ticket_id: str, address: Address) -> None:
        long_ago = datetime.now(UTC) - timedelta(days=365)
        ticket = load(Ticket, self.redis.get(keys.ticket(ticket_id)))
        ends = tuple(
            TicketEvent(kind, long_ago) for kind in (TicketEventKind.RESOLVED, TicketEventKind.CLOSED)
        )
        told = {"status": "closed", "facts": [json.loads(dump(f)) for f in (*ticket.facts, *ends)]}
        times = dict.fromkeys(("opened_at", "updated_at"), long_ago.isoformat())
        raw = json.loads(dump(ticket)) | told | times
        closed = load(Ticket, json.dumps(raw).encode())
        who = load(Conversation, self.redis.hget(keys.contact(make_contact_id(address)), "c"))
        who = who.evolve(ticket_id="", tickets=(closed.summary,))
        pipe = self.redis.pipeline()
        pipe.set(keys.ticket(ticket_id), dump(closed))
        pipe.hset(keys.contact(make_contact_id(address)), mapping={"c": dump(who), "t": ""})
        pipe.zrem(keys.DEADLINES, ticket_id)
        pipe.zrem(keys.LIVE, ticket_id)
        pipe.zrem(keys.UNASSIGNED, ticket_id)
        pipe.zadd(keys.ENDED, {ticket_id: long_ago.timestamp()})
        pipe.execute()

    def everywhere(self) -> bytes:
        """Every byte of the store, of the archive and of the folder of files."""
        dumps = (self.redis.dump(key) + key for key in self.redis.scan_iter() if not key.startswith(b"rq:"))
        files = (path.read_bytes() for path in self.folder.rglob("*") if path.is_file())
        return b"".join((*dumps, *files))

    def files(self) -> int:
        return sum(path.is_file() for path in (self.folder / "media").rglob("*"))


@pytest.fixture
def desk(redis: Redis, redis_url: str, tmp_path: Path) -> TwoCustomers:
    desk = TwoCustomers(redis, redis_url, tmp_path)
    assert all(desk.archive.find(ticket_id) for ticket_id in desk.ids)
    assert desk.files() == 2
    return desk


def test_the_export_holds_archived_tickets_after_the_live_ones(guichet: Guichet, desk: TwoCustomers) -> None:
    told = guichet("tickets", "export", **desk.environ)
    assert (told.returncode, told.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert [bool(row["archived_at"]) for row in rows] == [False, False, True, True]
    assert {row["ticket_id"] for row in rows[2:]} == set(desk.ids)
    assert {row["status"] for row in rows[2:]} == {"closed"}


def test_programs_get_them_too(guichet: Guichet, desk: TwoCustomers) -> None:
    told = guichet("tickets", "export", "--format", "jsonl", **desk.environ)
    assert sum(bool(json.loads(line)["archived_at"]) for line in told.stdout.splitlines()) == 2


def test_an_export_without_the_archive_is_refused_and_not_cut_short(
    guichet: Guichet, desk: TwoCustomers
) -> None:
    elsewhere = desk.environ | {"ARCHIVE_URL": "postgresql://guichet:secret@127.0.0.1:1/archive"}
    told = guichet("tickets", "export", **elsewhere)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("guichet: the archive does not answer")
    assert "secret" not in told.stderr


def test_a_customer_is_handed_their_archived_tickets_too(guichet: Guichet, desk: TwoCustomers) -> None:
    told = guichet("contact", "export", MARIA, **desk.environ)
    threads = {each["thread_id"]: each for each in json.loads(told.stdout)["threads"]}
    archived = threads[desk.ids[0]]
    assert archived["archived_at"]
    assert archived["ticket"]["status"] == "closed"
    assert any(entry.get("attachments") for entry in archived["entries"])
    assert OTHER.name not in told.stdout


def test_erasing_leaves_nothing_in_the_archive_the_files_or_the_group(
    guichet: Guichet, desk: TwoCustomers
) -> None:
    told = guichet("contact", "erase", MARIA, "--yes", **desk.environ)
    assert (told.returncode, told.stderr) == (0, "")
    assert "2 tickets" in told.stdout
    left = desk.everywhere()
    assert MARIA.name.encode() not in left
    assert make_contact_id(MARIA).encode() not in left
    assert desk.files() == 1
    assert desk.archive.find(desk.ids[1])
    assert desk.redis.zrange(forum_keys.ERASED_TOPICS, 0, -1) == [b"77"]


@pytest.mark.parametrize("dies_at", ["files", "archive", "store"])
def test_an_erasure_that_was_killed_is_finished_by_the_next(
    guichet: Guichet, desk: TwoCustomers, dies_at: str
) -> None:
    def dies(*_: object) -> None:
        raise ProcessKilled

    def erased_and_dies(owners: list[str]) -> None:
        desk.archive.erase(owners)
        raise ProcessKilled

    found = load_contact_data(desk.redis, MARIA, desk.archive)
    drop = dies if dies_at == "files" else desk.wiring.media.delete
    forget = {"files": dies, "archive": dies, "store": erased_and_dies}[dies_at]
    with pytest.raises(ProcessKilled):
        erase_contact_data(desk.redis, found, drop, forget)  # type: ignore[arg-type]
    assert guichet("contact", "erase", MARIA, "--yes", **desk.environ).returncode == 0
    assert make_contact_id(MARIA).encode() not in desk.everywhere()
    assert desk.files() == 1


def test_nothing_is_erased_while_the_archive_is_away(guichet: Guichet, desk: TwoCustomers) -> None:
    elsewhere = desk.environ | {"ARCHIVE_URL": "postgresql://guichet:secret@127.0.0.1:1/archive"}
    told = guichet("contact", "erase", MARIA, "--yes", **elsewhere)
    assert told.returncode == 1
    assert told.stderr.startswith("guichet: the archive does not answer")
    assert desk.files() == 2
    assert guichet("contact", "export", MARIA, **desk.environ).returncode == 0


def test_nothing_is_erased_while_tickets_are_moved(desk: TwoCustomers) -> None:
    desk.redis.set("lease:archiving", "somewhere else:1:x", px=30_000)
    found = load_contact_data(desk.redis, MARIA, desk.archive)
    with pytest.raises(WriteConflict):
        erase_contact_data(desk.redis, found, desk.wiring.media.delete, desk.archive.erase)
    assert desk.files() == 2


def test_what_if_looks_into_the_archive_as_far_as_it_is_asked_to(
    guichet: Guichet, desk: TwoCustomers
) -> None:
    policy = ROOT / "policies" / "demo.toml"
    counts = []
    for days in (30, 400):
        told = guichet("policy", "replay", policy, "--days", days, "--json", **desk.environ)
        assert told.returncode == 0, told.stderr
        counts.append(json.loads(told.stdout)["tickets"])
    assert counts == [2, 4]


def test_the_archive_is_copied_whole_into_another_database(guichet: Guichet, desk: TwoCustomers) -> None:
    other = f"sqlite:///{desk.folder}/other/archive.db"
    told = guichet("archive", "copy", other, **desk.environ)
    assert (told.stdout, told.stderr) == ("copied 2 tickets; the database now has 2\n", "")
    assert guichet("archive", "copy", other, **desk.environ).stdout.startswith(
        "copied 0 tickets; the database now has 2"
    )
    there = Archive(other, lambda: desk_id(desk.redis))
    for ticket_id in desk.ids:
        assert there.find(ticket_id) == desk.archive.find(ticket_id)
    assert len(there.search(["canary"], "", 10)) == 2
    desk.wiring.archiver.bring_back(desk.ids[0], "ana")
    assert desk.redis.exists(keys.ticket(desk.ids[0]))


def test_a_copy_to_where_nothing_answers_is_one_line_without_secrets(
    guichet: Guichet, desk: TwoCustomers
) -> None:
    told = guichet("archive", "copy", "postgresql://guichet:secret@127.0.0.1:1/archive", **desk.environ)
    assert told.returncode == 1
    assert told.stderr.startswith("guichet: postgresql: the archive does not answer")
    assert "secret" not in told.stderr


def finding(guichet: Guichet, environ: dict[str, str]) -> dict[str, object]:
    told = guichet("doctor", "--json", **environ)
    return next(each for each in json.loads(told.stdout) if each["name"] == "archive")


def test_the_doctor_counts_the_archive(guichet: Guichet, desk: TwoCustomers) -> None:
    found = finding(guichet, desk.environ)
    assert found["is_well"]
    assert str(found["told"]).startswith("responds, tickets: 2, the last archived 20")


def test_the_doctor_says_that_the_archive_is_away_or_anothers(guichet: Guichet, desk: TwoCustomers) -> None:
    found = finding(guichet, desk.environ | {"ARCHIVE_URL": "postgresql://u:secret@127.0.0.1:1/a"})
    assert not found["is_well"]
    assert "secret" not in str(found["told"])
    desk.redis.set(keys.DESK_ID, "another")
    assert "another desk" in str(finding(guichet, desk.environ)["told"])


def test_what_is_in_both_is_told_by_the_doctor_and_mended_for_the_one_that_is_live(
    guichet: Guichet, desk: TwoCustomers
) -> None:
    ticket_id = desk.ids[0]
    archived = desk.archive.find(ticket_id)
    desk.wiring.archiver.bring_back(ticket_id, "ana")
    assert archived
    desk.archive.put(archived, 1)
    told = guichet("doctor", "--json", **desk.environ)
    assert "in-both" in told.stdout
    told = guichet("doctor", "--repair", "--json", **desk.environ)
    assert f"fixed   in-both {ticket_id}" in told.stderr
    assert desk.archive.find(ticket_id) is None
    assert desk.redis.exists(keys.ticket(ticket_id))


def test_the_figures_tell_of_the_archive_without_asking_it(desk: TwoCustomers) -> None:
    figures = {name: value for name, _, _, value in desk.wiring.figures()}
    assert figures["guichet_archive_tickets"] == figures["guichet_archive_moved_total"] == 2
    assert figures["guichet_archive_answers"] == 1
    (desk.folder / "archive.db").unlink()
    assert {name for name, *_ in desk.wiring.figures()} >= {"guichet_archive_age_seconds"}
