"""What leaves the desk: the table of tickets, all that is kept of one customer, and what erasing leaves."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address, Inbound
from bot.messages.outgoing import Attachment
from jobs.wiring import Wiring, build
from runtime.settings import Settings
from store.agents.agents import Agents
from tests.fixtures.cli import Guichet
from tests.fixtures.environment import COMPLETE
from tests.fixtures.paths import ROOT

MARIA, OTHER = Address("whatsapp", "+351912345678"), Address("telegram", "4242424242")
CANARY = "=HYPERLINK canary-words"


@pytest.fixture
def desk(redis: Redis, redis_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a desk to which two people have written and one ticket each was opened."""
    environ = COMPLETE | {"REDIS_URL": redis_url, "POLICY": str(ROOT / "policies" / "demo.toml")}
    environ["MEDIA_DIR"] = str(tmp_path / "media")
    wiring = build(Settings.from_environment(environ), redis=redis)
    for address in (MARIA, OTHER):
        for count, text in enumerate((CANARY, "/human")):
            wiring.desk.receive(message(address, f"{address.channel}{count}", text))
    answer(wiring, wiring.queries.rows("open")[0].ticket_id)
    return environ


def message(address: Address, external_id: str, text: str) -> Inbound:
    return Inbound(external_id, address, datetime.now(UTC), text=text, profile_name="Maria")


def answer(wiring: Wiring, ticket_id: str) -> None:
    ana = Agents(wiring.redis, wiring.clock).add("Ana", "ana")
    wiring.desk.act(ticket_id, "claim", ana.agent_id)
    wiring.desk.act(ticket_id, "reply", ana.agent_id, text="Good morning")


def exported(guichet: Guichet, desk: dict[str, str]) -> list[dict[str, str]]:
    told = guichet("tickets", "export", **desk)
    assert (told.returncode, told.stderr) == (0, "")
    return list(csv.DictReader(io.StringIO(told.stdout)))


def kept(redis: Redis) -> str:
    """Every key and value of the store, as text; kicks of RQ, which name an id and soon end, left out."""
    found = []
    for key in redis.scan_iter():
        if key.startswith(b"rq:"):
            continue
        found.append(key.decode())
        found.append(repr(redis.dump(key)))
        kind = redis.type(key)
        if kind == b"string":
            found.append(repr(redis.get(key)))
        elif kind == b"hash":
            found.append(repr(redis.hgetall(key)))
        elif kind == b"list":
            found.append(repr(redis.lrange(key, 0, -1)))
        elif kind == b"zset":
            found.append(repr(redis.zrange(key, 0, -1)))
        elif kind == b"stream":
            found.append(repr(redis.xrange(key)))
    return "\n".join(found)


def test_every_ticket_is_a_row_with_its_promises(guichet: Guichet, desk: dict[str, str]) -> None:
    rows = exported(guichet, desk)
    assert {row["channel"] for row in rows} == {"whatsapp", "telegram"}
    assert sorted(row["first_response_standing"] for row in rows) == ["met", "running"]
    assert all(datetime.fromisoformat(row["opened_at"]).utcoffset() is not None for row in rows)


def test_words_that_a_spreadsheet_would_run_are_marked_as_text(
    guichet: Guichet, desk: dict[str, str]
) -> None:
    cells = [cell for row in exported(guichet, desk) for cell in row.values()]
    assert any("canary" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_programs_get_a_json_object_a_line(guichet: Guichet, desk: dict[str, str], tmp_path: Path) -> None:
    told = guichet("tickets", "export", "--format", "jsonl", "--output", "out.jsonl", **desk)
    assert told.returncode == 0
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["status"] for line in lines} == {"new", "open"}


def test_a_desk_without_tickets_exports_an_empty_table(
    guichet: Guichet, desk: dict[str, str], redis: Redis
) -> None:
    redis.flushall()
    assert exported(guichet, desk) == []


@pytest.mark.parametrize("words", [["tickets", "export"], ["contact", "export", str(MARIA)]])
def test_a_file_that_cannot_be_written_is_one_line(
    guichet: Guichet, desk: dict[str, str], words: list[str]
) -> None:
    told = guichet(*words, "--output", "none/out", **desk)
    assert told.returncode == 1
    assert told.stderr == "guichet: cannot write none/out: No such file or directory\n"


def test_a_customer_gets_all_that_is_kept_of_them_and_of_nobody_else(
    guichet: Guichet, desk: dict[str, str]
) -> None:
    told = guichet("contact", "export", MARIA, **desk)
    found = json.loads(told.stdout)
    assert found["conversation"]["address"]["name"] == MARIA.name
    texts = [entry.get("text") for thread in found["threads"] for entry in thread["entries"]]
    assert CANARY in texts
    assert OTHER.name not in told.stdout


def test_a_customer_is_found_by_their_number_in_any_spelling(guichet: Guichet, desk: dict[str, str]) -> None:
    told = guichet("contact", "export", "whatsapp:00351 912-345-678", **desk)
    assert json.loads(told.stdout)["conversation"]["address"]["name"] == MARIA.name


def test_erasing_leaves_nothing_of_them_and_everything_of_others(
    guichet: Guichet, desk: dict[str, str], redis: Redis
) -> None:
    told = guichet("contact", "erase", MARIA, "--yes", **desk)
    assert told.returncode == 0
    left = kept(redis)
    assert MARIA.name not in left
    assert make_contact_id(MARIA) not in left
    assert OTHER.name in left
    assert len(exported(guichet, desk)) == 1
    assert guichet("contact", "export", MARIA, **desk).returncode == 1


def test_their_files_are_erased_too(
    guichet: Guichet, desk: dict[str, str], redis: Redis, tmp_path: Path
) -> None:
    wiring = build(Settings.from_environment(desk), redis=redis)
    file = wiring.media.save("passport.jpg", "image/jpeg", io.BytesIO(b"canary"))
    path = wiring.media.path(file.file_id)
    sent = Attachment("image", "image/jpeg", "passport.jpg", 6, file_id=file.file_id)
    inbound = Inbound("SM9", MARIA, datetime.now(UTC), text="see", attachments=(sent,))
    wiring.desk.receive(inbound)
    assert path.exists()
    assert guichet("contact", "erase", MARIA, "--yes", **desk).returncode == 0
    assert not path.exists()


def test_a_repeat_of_an_old_message_does_not_bring_them_back(
    guichet: Guichet, desk: dict[str, str], redis: Redis
) -> None:
    guichet("contact", "erase", MARIA, "--yes", **desk)
    wiring = build(Settings.from_environment(desk), redis=redis)
    assert not wiring.desk.receive(message(MARIA, "whatsapp0", CANARY))
    assert guichet("contact", "export", MARIA, **desk).returncode == 1


def test_nothing_is_erased_without_a_yes(guichet: Guichet, desk: dict[str, str]) -> None:
    told = guichet("contact", "erase", MARIA, stdin="n\n", **desk)
    assert told.returncode == 1
    assert guichet("contact", "export", MARIA, **desk).returncode == 0


@pytest.mark.parametrize("command", ["export", "erase"])
@pytest.mark.parametrize("address", ["whatsapp:+351900000000", "nonsense"])
def test_an_address_that_nobody_wrote_from_is_one_line(
    guichet: Guichet, desk: dict[str, str], command: str, address: str
) -> None:
    told = guichet("contact", command, address, **desk)
    assert told.returncode == 1
    assert len(told.stderr.splitlines()) == 1


def test_an_erasure_that_the_customer_asked_for_is_shown_and_done_with_the_rest(
    guichet: Guichet, desk: dict[str, str], redis: Redis
) -> None:
    wiring = build(Settings.from_environment(desk), redis=redis)
    for count, text in enumerate(("delete my data", "yes", "yes")):
        wiring.desk.receive(message(MARIA, f"erase{count}", text))
    found = json.loads(guichet("contact", "export", MARIA, **desk).stdout)
    assert datetime.fromisoformat(found["erasure"]["due_at"]) > datetime.now(UTC)
    asked = guichet("contact", "erase", MARIA, stdin="n\n", **desk)
    assert "the customer asked for it on" in asked.stderr
    assert guichet("contact", "erase", MARIA, "--yes", **desk).returncode == 0
    assert make_contact_id(MARIA) not in kept(redis)
