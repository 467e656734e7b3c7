"""Hostile words in every field that strangers fill in, looked at in a real browser: none of them runs."""

from collections.abc import Callable
from io import BytesIO
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from bot.messages.outgoing import Attachment
from store.agents.agent import Role
from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]

_SCRIPT = "window.struck=1"
_TAGS = (
    "<script>{}</script>",
    "<img src=x onerror={}>",
    "<svg onload={}>",
    "<svg/onload={}//",
    "<body onload={}>",
    "<iframe srcdoc='<script>parent.{}</script>'>",
    "<iframe src=javascript:{}>",
    "<details open ontoggle={}>x</details>",
    "<input autofocus onfocus={}>",
    "<video><source onerror={}></video>",
    "<math><mi xlink:href='javascript:{}'>x</mi></math>",
    "<a href='javascript:{}'>x</a>",
    "<form action=javascript:{}><button>x</button></form>",
    "<object data=javascript:{}>",
    "<embed src=javascript:{}>",
    "<base href=//evil.example/>{}",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<link rel=stylesheet href=//evil.example/{}>",
    "<style>@import '//evil.example/{}';</style>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "<!--><img src=x onerror={}>-->",
    "<template><img src=x onerror={}></template>",
    "<marquee onstart={}>x</marquee>",
    "<select autofocus onfocus={}>",
    "<keygen autofocus onfocus={}>",
)
_WRAPS = (
    "{}",
    '">{}',
    "'>{}",
    "</script>{}",
    "</title></textarea>{}",
    "]]>{}",
    "${{{}}}",
    "{{{{{}}}}}",
)
_BARE = (
    "javascript:{}",
    'https://x.example/"onmouseover={}//',
    "https://x.example/<img src=x onerror={}>",
    "https://x.example/#'-{}-'",
    "data:text/html,<script>{}</script>",
    "\u202e<script>{}</script>",
    "\u0000<script>{}</script>",
    "＜script＞{}＜/script＞",
    "&lt;script&gt;{}&lt;/script&gt;",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e",
    "%3Cscript%3E{}%3C/script%3E",
    "{{{{constructor.constructor('{}')()}}}}",
)
PAYLOADS = [wrap.format(tag.format(_SCRIPT)) for tag, wrap in product(_TAGS, _WRAPS)]
PAYLOADS += [bare.format(_SCRIPT) for bare in _BARE]


def unharmed(page: Page) -> None:
    """Nothing ran, and nothing of theirs became part of the page."""
    assert page.evaluate("window.struck") is None
    assert (
        page.locator("#app script, #app iframe, #app object, #app embed, #app base, #app style").count() == 0
    )
    assert page.locator("#app a[href^='javascript:' i], #app a[href^='data:' i]").count() == 0


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) >= 200


def test_none_of_them_runs_in_the_thread(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket()
    agent = desk.agent("Ana Ruiz")
    for n, payload in enumerate(PAYLOADS):
        if n % 2:
            desk.customer_writes("telegram:42", payload)
        else:
            desk.wiring.desk.act(ticket_id, "note", agent.agent_id, text=payload)
    page = visit(agent, f"/inbox/ticket/{ticket_id}")
    page.locator("#earlier button").click()
    expect(page.locator("#thread .message")).to_have_count(len(desk.wiring.queries.ticket(ticket_id).entries))
    for link in page.locator("#thread a[href]").all():
        assert str(link.get_attribute("href")).startswith(("https://x.example/", "/inbox/files/"))
        assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    unharmed(page)


@pytest.mark.parametrize("chunk", range(4))
def test_none_of_them_runs_in_names_subjects_details_tags_or_files(
    desk: StoreDesk, visit: Visit, chunk: int
) -> None:
    desk.agent("Max Keller", Role.MANAGER)
    ana = desk.agent("Ana Ruiz")
    tickets = []
    for n, payload in enumerate(PAYLOADS[chunk * 53 : chunk * 53 + 53 : 5]):
        address = f"telegram:{n + 1}"
        ticket_id = desk.open_ticket(
            address, f"hello {payload}", name=payload, company=payload, affected=payload
        )
        kept = desk.wiring.media.save(
            payload, "image/svg+xml", BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        )
        desk.customer_sends(address, kept, Attachment("document", payload, payload, ref="x", problem="gone"))
        desk.wiring.desk.act(ticket_id, "rename", ana.agent_id, subject=payload)
        desk.wiring.desk.act(ticket_id, "tag", ana.agent_id, tags=[payload, payload[:12]])
        desk.wiring.desk.act(ticket_id, "reply", ana.agent_id, text=payload)
        tickets.append(ticket_id)
    desk.clock.advance(minutes=30)
    page = visit(ana, "/inbox/")
    expect(page.locator("#rows > li")).to_have_count(len(tickets))
    unharmed(page)
    for ticket_id in tickets[:4]:
        page.locator(f"li[data-key='{ticket_id}'] > a").click()
        expect(page.locator("#thread .message").first).to_be_visible()
        expect(page.locator("#details-body dl")).to_be_visible()
        unharmed(page)
    overview = visit(desk.agent("Max Keller"), "/overview/")
    expect(overview.locator("#overdue > li").first).to_be_visible()
    unharmed(overview)


def test_none_of_them_runs_in_what_an_agent_searches_or_is_called(desk: StoreDesk, visit: Visit) -> None:
    desk.open_ticket()
    agent = desk.agent('"><img src=x onerror=window.struck=1> Ruiz')
    page = visit(agent, "/inbox/")
    for payload in PAYLOADS[:6]:
        page.locator("#search").fill(payload)
        expect(page.locator("#list-title")).to_have_text("0 found")
    unharmed(page)
    for path in (
        "/inbox/ticket/<img src=x onerror=window.struck=1>",
        "/inbox/?view=<script>window.struck=1</script>",
    ):
        page.goto(path)
        assert page.evaluate("window.struck") is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<html><script>window.struck=1</script></html>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='window.struck=1'/>"),
        ("both.png", b"\x89PNG\r\n\x1a\n<script>window.struck=1</script>"),
        (
            "run.xhtml",
            b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><script>1</script></html>",
        ),
    ],
)
def test_a_file_is_only_ever_saved_or_shown_as_a_picture(desk: StoreDesk, name: str, content: bytes) -> None:
    kept = desk.wiring.media.save(name, "text/html", BytesIO(content))
    answer = desk.browser(desk.agent("Ana")).get(f"/inbox/files/{kept.file_id}?name={name}")
    answer.close()
    assert answer.status_code == 200
    assert answer.mimetype in ("application/octet-stream", "image/png")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "file_id", ["..", "../../etc/passwd", "%2e%2e%2fetc%2fpasswd", "0" * 32, "a" * 500, "nul"]
)
def test_a_file_that_is_none_of_ours_is_not_found(desk: StoreDesk, file_id: str) -> None:
    answer = desk.browser(desk.agent("Ana")).get(f"/inbox/files/{file_id}")
    assert answer.status_code == 404
