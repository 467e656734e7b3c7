"""Files both ways on both channels, through the real SDKs; and those that cannot be kept."""

import base64
import io
from dataclasses import replace

import pytest

from bot.messages.outgoing import Attachment
from bot.messages.thread import DeliveryStatus
from channels.signed_links import LinkedFile, SignedLinks
from sandbox.samples import SAMPLES
from tests.fixtures.customer import Customer
from tests.fixtures.sandbox_desk import SandboxDesk

CHANNELS = ("whatsapp", "telegram")


class AttachingCustomer(Customer):
    """A customer with a ticket, whose agent sends files."""

    def attach(self, name: str, media_type: str, data: bytes) -> Attachment:
        return self.desk.wiring.files.save(name, media_type, io.BytesIO(data))

    def shown(self, text: str, *files: Attachment) -> list[dict[str, object]]:
        """What the phone shows of the agent's answer."""
        before = {m["id"] for m in self.phone.messages()}
        self.reply(text, *files)
        return [m for m in self.phone.messages() if m["id"] not in before]

    def entries(self) -> list[object]:
        return list(self.view.entries)


def with_ticket(desk: SandboxDesk, channel: str = "whatsapp") -> AttachingCustomer:
    customer = AttachingCustomer(desk, channel=channel, name="Emma")
    customer.ask_for_agent()
    return customer


@pytest.fixture(params=CHANNELS)
def customer(request: pytest.FixtureRequest, desk: SandboxDesk) -> AttachingCustomer:
    return with_ticket(desk, request.param)


def sample(name: str) -> tuple[str, str, bytes]:
    file_name, media_type, make = SAMPLES[name]
    return file_name, media_type, make()


@pytest.mark.parametrize("kind", ["photo", "document"])
def test_what_an_agent_attaches_arrives_byte_for_byte(customer: AttachingCustomer, kind: str) -> None:
    name, media_type, data = sample(kind)
    shown = customer.shown("See the attached file", customer.attach(name, media_type, data))
    [file] = [file for message in shown for file in message["attachments"]]
    assert (file["type"], file["size"]) == (media_type, len(data))
    assert any("See the attached file" in str(message["text"]) for message in shown)
    if kind == "document":
        assert file["name"] == name
    view = customer.desk.wiring.queries.ticket(customer.ticket_id)
    assert view.deliveries[view.entries[-1].entry_id].status in (
        DeliveryStatus.SENT,
        DeliveryStatus.DELIVERED,
    )


def test_several_files_arrive_in_order(customer: AttachingCustomer) -> None:
    files = [customer.attach(f"{n}.pdf", "application/pdf", sample("document")[2]) for n in "abc"]
    shown = customer.shown("", *files)
    assert [f["name"] for m in shown for f in m["attachments"]] == ["a.pdf", "b.pdf", "c.pdf"]


def test_what_a_customer_attaches_is_kept_byte_for_byte(customer: AttachingCustomer) -> None:
    customer.desk.say(customer.phone, "the screen", files=[{"sample": "document"}])
    [file] = customer.entries()[-1].attachments
    assert (file.media_type, file.problem) == ("application/pdf", "")
    assert customer.desk.wiring.files.path(file.file_id).read_bytes() == sample("document")[2]


@pytest.mark.parametrize(
    ("name", "data"), [("page.html", b"<html><script>1</script>"), ("x.exe", b"MZ\x90\x00\x03")]
)
def test_a_file_that_cannot_be_kept_is_told_to_its_sender_once(
    customer: AttachingCustomer, name: str, data: bytes
) -> None:
    file = {"name": name, "type": "application/octet-stream", "base64": base64.b64encode(data).decode()}
    told = customer.desk.say(customer.phone, "", files=[file])
    assert len([text for text in told if "we can’t open this kind of file" in text]) == 1
    entry = next(e for e in customer.entries() if e.attachments)
    assert (entry.attachments[0].problem, entry.attachments[0].file_id) == ("type_refused", "")
    before = customer.phone.messages()
    customer.desk.wiring.media_fetcher.fetch(customer.ticket_id, entry.entry_id)
    customer.desk.run_jobs()
    assert customer.desk.heard(customer.phone, before) == []


def test_a_file_whose_fetching_fails_for_a_while_is_fetched_later_and_nobody_is_troubled(
    desk: SandboxDesk,
) -> None:
    customer = with_ticket(desk)
    desk.sandbox.fault("error", channel="whatsapp", method="Media.list", status=503, count=1)
    told = desk.say(customer.phone, "", files=[{"sample": "photo"}])
    desk.clock.advance(minutes=2)
    desk.run_jobs()
    assert desk.sandbox.ask("GET", "/control/faults") == []
    assert told == []
    assert customer.entries()[-1].attachments[0].file_id


def test_a_link_opens_one_file_for_a_while_and_nothing_else(desk: SandboxDesk) -> None:
    customer = with_ticket(desk)
    files = [customer.attach(f"{n}.pdf", "application/pdf", sample("document")[2]) for n in "ab"]
    settings = desk.wiring.settings
    links = SignedLinks(settings.public_url, settings.secret_key)
    link = links.file_url(LinkedFile(files[0].file_id, "application/pdf", "a.pdf")).rpartition("/")[2]
    found = links.read_file_link(link)
    assert found is not None
    assert found.file_id == files[0].file_id
    assert links.read_file_link(link, max_age=-1) is None
    assert links.read_file_link(link[:-2] + "xx") is None


def test_a_file_that_whatsapp_does_not_take_is_told_to_the_agent(desk: SandboxDesk) -> None:
    """The words arrive, the file does not: the message is not taken for delivered."""
    customer = with_ticket(desk)
    odd = customer.attach("model.step", "model/step", b"ISO-10303-21;")
    shown = customer.shown("Here is the model", replace(odd, kind="document"))
    view = desk.wiring.queries.ticket(customer.ticket_id)
    delivery = view.deliveries[view.entries[-1].entry_id]
    assert [m["text"] for m in shown] == ["Here is the model"]
    assert delivery.status is DeliveryStatus.FAILED
    assert delivery.reason in ("refused", "file_unreachable", "other")


def test_the_files_of_the_intake_can_be_opened_from_the_tickets_details(desk: SandboxDesk) -> None:
    phone = desk.phone("whatsapp", "Emma", country="GB")
    desk.say(phone, "hello, the app does not work")
    desk.say(phone, "", files=[{"sample": "photo"}])
    for text in ("Stone Ltd", "High", "send"):
        desk.say(phone, text)
    ticket_id = desk.wiring.queries.rows("open")[0].ticket_id
    details = desk.wiring.queries.ticket(ticket_id).ticket.details
    [file] = [file for detail in details.values() for file in detail.attachments]
    assert desk.wiring.files.path(file.file_id).is_file()
