"""The composer in a real browser: one state per ticket and agent, limits that are told, and solving with a way back."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

from playwright.sync_api import Page, expect

from bot.messages.thread import DeliveryStatus
from store.outbox.outbox import Outbox
from tests.fixtures.browser_clock import stop_clock
from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]
UNDO_FOR = 5_100  # ms
PICTURE = {"name": "screen.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}


def test_files_text_and_mode_belong_to_the_ticket_on_every_device(desk: StoreDesk, visit: Visit) -> None:
    first, second = desk.open_ticket(), desk.open_ticket("telegram:43")
    ana = desk.agent("Ana Ruiz")
    page = visit(ana, f"/inbox/ticket/{first}")
    page.keyboard.press("n")
    page.locator("#words").fill("look at this")
    page.locator("#picker").set_input_files(PICTURE)
    expect(page.locator("#files .file", has_text="screen.png")).to_be_visible()
    _saved(desk, ana.agent_id, first, "look at this", files=1)

    page.locator(f'#rows a[href$="{second}"]').click()
    expect(page.locator("#words")).to_have_value("")
    expect(page.locator("#files .file")).to_have_count(0)
    page.locator(f'#rows a[href$="{first}"]').click()
    expect(page.locator("#files .file", has_text="screen.png")).to_be_visible()
    page.reload()
    _shows(page, "look at this")
    elsewhere = visit(ana, f"/inbox/ticket/{first}")
    _shows(elsewhere, "look at this")

    page.keyboard.press("Control+Enter")
    page.locator("#words").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.note", has_text="look at this")).to_be_visible()
    expect(elsewhere.locator("#words")).to_have_value("")
    expect(elsewhere.locator("#files .file")).to_have_count(0)


def test_a_refused_answer_waits_for_its_agent_on_every_device(desk: StoreDesk, visit: Visit) -> None:
    ticket_id, ana = desk.open_ticket(), desk.agent("Ana Ruiz")
    page = visit(ana, f"/inbox/ticket/{ticket_id}")
    stop_clock(page)
    page.locator("#words").fill("Mine")
    desk.wiring.desk.act(ticket_id, "reply", desk.agent("Ben Moor").agent_id, text="Ben's")
    page.keyboard.press("Control+Enter")
    page.clock.fast_forward(UNDO_FOR)
    asked = page.get_by_text("Ben Moor has answered in the meantime. Send yours too?")
    expect(asked).to_be_visible()
    page.clock.run_for(100)
    page.reload()
    expect(page.get_by_text("Ben Moor has answered in the meantime. Send yours too?")).to_be_visible()
    elsewhere = visit(ana, f"/inbox/ticket/{ticket_id}")
    elsewhere.get_by_role("button", name="Edit").click()
    expect(elsewhere.locator("#words")).to_have_value("Mine")
    page.clock.resume()
    expect(page.locator("#words")).to_have_value("Mine")
    expect(page.get_by_role("button", name="Send anyway")).to_have_count(0)


def test_what_cannot_be_sent_is_told_beside_send(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket()
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    page.locator("#words").fill("here it is")
    for name, size, problem in (("nothing.txt", 0, "empty"), ("film.mp4", 16 * 1024 * 1024 + 1, "too big")):
        page.locator("#picker").set_input_files(
            {"name": name, "mimeType": "text/plain", "buffer": b"x" * size}
        )
        expect(page.locator("#hint")).to_have_text(f"“{name}” can’t be sent ({problem}): remove it first.")
        expect(page.locator("#send")).to_be_disabled()
        page.get_by_role("button", name=f"Remove {name}").click()
        expect(page.locator("#hint")).to_be_hidden()
    page.locator("#words").fill("x" * 25_000)
    expect(page.locator("#hint")).to_contain_text("25,000 characters: at most 20,000 can be sent.")
    expect(page.locator("#send")).to_be_disabled()
    assert len(page.locator("#words").input_value()) == 25_000


def test_solving_can_be_undone_and_asks_when_nobody_has_answered(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket()
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    stop_clock(page)
    page.keyboard.press("e")
    expect(page.get_by_role("dialog")).to_contain_text("Nobody has answered this request yet.")
    page.keyboard.press("Escape")
    expect(page.locator(".event.solving")).to_have_count(0)
    page.keyboard.press("e")
    page.get_by_role("button", name="Solve anyway").click()
    page.get_by_role("button", name="Undo").click()
    page.clock.fast_forward(UNDO_FOR)
    assert desk.ticket(ticket_id).is_live
    page.keyboard.press("e")
    page.get_by_role("button", name="Solve anyway").click()
    page.clock.fast_forward(UNDO_FOR)
    expect(page.locator(".event.resolved")).to_be_visible()


def test_an_answer_that_is_held_comes_back_into_the_composer(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket()
    desk.wiring.desk.act(ticket_id, "reply", desk.agent("Ana Ruiz").agent_id, text="It costs 900")
    entry_id = desk.wiring.queries.ticket(ticket_id).entries[-1].entry_id
    outbox = Outbox(desk.redis, desk.wiring.job_queue)
    outbox.update(entry_id, lambda entry: replace(entry, status=DeliveryStatus.HELD, reason="held_quiet"))
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    page.locator(".message.agent").get_by_role("button", name="Edit").click()
    expect(page.locator("#words")).to_have_value("It costs 900")
    expect(page.locator(".message.agent .trouble")).to_contain_text("It was taken back before it went out.")
    assert "It costs 900" not in desk.messages_to_customer(ticket_id)


LAYOUTS = [
    ("r", "KeyR", "reply"),  # QWERTY (UK), QWERTZ (DE), AZERTY (FR), Spanish
    ("n", "KeyN", "note"),
    ("m", "KeyM", "return"),  # UK, DE, ES
    ("m", "Semicolon", "return"),  # FR
    ("®", "KeyR", "reply"),  # Option on a Mac
    ("~", "KeyN", "note"),
    ("Dead", "KeyN", "note"),
    ("R", "KeyR", "reply"),  # with Caps Lock
    ("n", "KeyL", "note"),  # Dvorak
]


def test_alt_works_with_the_letter_on_any_keyboard(desk: StoreDesk, visit: Visit) -> None:
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{desk.open_ticket()}")
    for key, code, mode in LAYOUTS:
        page.locator("#mode-reply" if mode == "note" else "#mode-note").click()
        page.locator("#words").dispatch_event("keydown", {"key": key, "code": code, "altKey": True})
        expect(page.locator("#composer"), f"{key} {code}").to_have_attribute("data-mode", mode)
    for more in ({"ctrlKey": True}, {"metaKey": True}):  # AltGr on Windows, and the browser's own
        page.locator("#mode-reply").click()
        page.locator("#words").dispatch_event("keydown", {"key": "n", "code": "KeyN", "altKey": True, **more})
        expect(page.locator("#composer")).to_have_attribute("data-mode", "reply")


def test_earlier_lines_appear_above_what_is_being_read(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket()
    for number in range(300):
        desk.customer_writes("telegram:42", f"line {number}")
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    scroller = page.locator("#thread-scroll")
    expect(page.locator(".message", has_text="line 299")).to_be_in_viewport()
    scroller.evaluate("node => { node.scrollTop = 0; }")
    first = page.locator(".message").first
    key, before = first.get_attribute("data-key"), first.bounding_box()
    page.locator("#earlier button").click()
    expect(page.locator(".message", has_text="line 5").first).to_be_attached()
    after = page.locator(f'[data-key="{key}"]').bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 60  # the button itself is gone


def _saved(desk: StoreDesk, agent_id: str, ticket_id: str, text: str, *, files: int) -> None:
    """Wait until the desk has the draft."""
    for _ in range(200):
        draft = desk.wiring.drafts.find(agent_id, ticket_id)
        if (draft.text, len(draft.files)) == (text, files):
            return
        Event().wait(0.05)
    raise AssertionError(f"the desk has {draft}")


def _shows(page: Page, text: str) -> None:
    expect(page.locator("#words")).to_have_value(text)
    expect(page.locator("#composer")).to_have_attribute("data-mode", "note")
    expect(page.locator("#files .file", has_text="screen.png")).to_be_visible()
