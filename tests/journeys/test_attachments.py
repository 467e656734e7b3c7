"""Files both ways on both channels, through the real SDKs; and those that cannot be kept."""

import base64
import io
from dataclasses import replace

import pytest

from bot.messages.outgoing import Attachment
from bot.messages.thread import DeliveryStatus
from channels.signed_links import LinkedFile, SignedLinks
from sandbox.control_client import Phone
from sandbox.samples import SAMPLES
from store.agents.agent import Role
from tests.fixtures.sandbox_desk import House

CHANNELS = ("whatsapp", "telegram")


class Desk:
    """A customer with a request, and an agent."""

    def __init__(self, house: House, channel: str) -> None:
        self.house = house
        details = {"country": "GB"} if channel == "whatsapp" else {"language_code": "en"}
        self.phone: Phone = house.customer(channel, "Emma", **details)
        self.ana = house.wiring.agents.add("Ana Costa", "ana", Role.AGENT).agent_id
        house.say(self.phone, "hello, nothing works, I need a person")
        house.say(self.phone, "/human")
        self.ticket_id = house.wiring.queries.rows("open")[0].ticket_id

    def attach(self, name: str, media_type: str, data: bytes) -> Attachment:
        return self.house.wiring.files.save(name, media_type, io.BytesIO(data))

    def reply(self, text: str, *files: Attachment) -> list[dict[str, object]]:
        """What the phone shows of it."""
        before = {m["id"] for m in self.phone.messages()}
        self.house.wiring.desk.act(self.ticket_id, "reply", self.ana, text=text, files=files)
        self.house.run_jobs()
        return [m for m in self.phone.messages() if m["id"] not in before]

    def entries(self) -> list[object]:
        return list(self.house.wiring.queries.ticket(self.ticket_id).entries)


@pytest.fixture(params=CHANNELS)
def desk(request: pytest.FixtureRequest, house: House) -> Desk:
    return Desk(house, request.param)


def sample(name: str) -> tuple[str, str, bytes]:
    file_name, media_type, make = SAMPLES[name]
    return file_name, media_type, make()


@pytest.mark.parametrize("kind", ["photo", "document"])
def test_what_an_agent_attaches_arrives_byte_for_byte(desk: Desk, kind: str) -> None:
    name, media_type, data = sample(kind)
    shown = desk.reply("See the attached file", desk.attach(name, media_type, data))
    [file] = [file for message in shown for file in message["attachments"]]
    assert (file["type"], file["size"]) == (media_type, len(data))
    assert any("See the attached file" in str(message["text"]) for message in shown)
    if kind == "document":
        assert file["name"] == name
    view = desk.house.wiring.queries.ticket(desk.ticket_id)
    assert view.deliveries[view.entries[-1].entry_id].status in (
        DeliveryStatus.SENT,
        DeliveryStatus.DELIVERED,
    )


def test_several_files_arrive_in_order(desk: Desk) -> None:
    files = [desk.attach(f"{n}.pdf", "application/pdf", sample("document")[2]) for n in "abc"]
    shown = desk.reply("", *files)
    assert [f["name"] for m in shown for f in m["attachments"]] == ["a.pdf", "b.pdf", "c.pdf"]


def test_what_a_customer_attaches_is_kept_byte_for_byte(desk: Desk) -> None:
    desk.house.say(desk.phone, "the screen", files=[{"sample": "document"}])
    [file] = desk.entries()[-1].attachments
    assert (file.media_type, file.problem) == ("application/pdf", "")
    assert desk.house.wiring.files.path(file.file_id).read_bytes() == sample("document")[2]


@pytest.mark.parametrize(
    ("name", "data"), [("page.html", b"<html><script>1</script>"), ("x.exe", b"MZ\x90\x00\x03")]
)
def test_a_file_that_cannot_be_kept_is_told_to_its_sender_once(desk: Desk, name: str, data: bytes) -> None:
    file = {"name": name, "type": "application/octet-stream", "base64": base64.b64encode(data).decode()}
    told = desk.house.say(desk.phone, "", files=[file])
    assert len([text for text in told if "we cannot open this kind of file" in text]) == 1
    entry = next(e for e in desk.entries() if e.attachments)
    assert (entry.attachments[0].problem, entry.attachments[0].file_id) == ("type_refused", "")
    before = desk.phone.messages()
    desk.house.wiring.media_fetcher.fetch(desk.ticket_id, entry.entry_id)
    desk.house.run_jobs()
    assert desk.house.heard(desk.phone, before) == []


def test_a_file_whose_fetching_fails_for_a_while_is_fetched_later_and_nobody_is_troubled(
    house: House,
) -> None:
    desk = Desk(house, "whatsapp")
    house.sandbox.fault("error", channel="whatsapp", method="Media.list", status=503, count=1)
    told = house.say(desk.phone, "", files=[{"sample": "photo"}])
    house.clock.turn(minutes=2)
    house.run_jobs()
    assert house.sandbox.ask("GET", "/control/faults") == []
    assert told == []
    assert desk.entries()[-1].attachments[0].file_id


def test_a_link_opens_one_file_for_a_while_and_nothing_else(house: House) -> None:
    desk = Desk(house, "whatsapp")
    files = [desk.attach(f"{n}.pdf", "application/pdf", sample("document")[2]) for n in "ab"]
    settings = house.wiring.settings
    links = SignedLinks(settings.public_url, settings.secret_key)
    link = links.file_url(LinkedFile(files[0].file_id, "application/pdf", "a.pdf")).rpartition("/")[2]
    found = links.read_file_link(link)
    assert found is not None
    assert found.file_id == files[0].file_id
    assert links.read_file_link(link, max_age=-1) is None
    assert links.read_file_link(link[:-2] + "xx") is None


def test_a_file_that_whatsapp_does_not_take_is_told_to_the_agent(house: House) -> None:
    """The words arrive, the file does not: the message is not taken for delivered."""
    desk = Desk(house, "whatsapp")
    odd = desk.attach("model.step", "model/step", b"ISO-10303-21;")
    shown = desk.reply("Here is the model", replace(odd, kind="document"))
    view = house.wiring.queries.ticket(desk.ticket_id)
    delivery = view.deliveries[view.entries[-1].entry_id]
    assert [m["text"] for m in shown] == ["Here is the model"]
    assert delivery.status is DeliveryStatus.FAILED
    assert delivery.reason in ("refused", "file_unreachable", "other")


def test_the_files_of_the_intake_can_be_opened_from_the_tickets_details(house: House) -> None:
    phone = house.customer("whatsapp", "Emma", country="GB")
    for text in ("hello, the app does not work", "Emma Stone", "Stone Ltd", "Something fails", "the till"):
        house.say(phone, text)
    house.say(phone, "Since this morning the screen stays white when I press pay")
    house.say(phone, "High")
    house.say(phone, "", files=[{"sample": "photo"}])
    house.say(phone, "no")
    house.say(phone, "send")
    ticket_id = house.wiring.queries.rows("open")[0].ticket_id
    details = house.wiring.queries.ticket(ticket_id).ticket.details
    [file] = [file for detail in details.values() for file in detail.attachments]
    assert house.wiring.files.path(file.file_id).is_file()
