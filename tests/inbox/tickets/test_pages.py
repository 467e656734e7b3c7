"""The inbox in a real browser: by keyboard, live, with two agents at once, on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from bot.messages.thread import DeliveryStatus
from tests.fixtures.browser_clock import stop_clock
from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]
UNDO_FOR = 5_100  # ms


def open_first(page: Page) -> None:
    """Open the first ticket by keyboard."""
    expect(page.locator("#rows > li").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#head h2")).to_be_visible()
    expect(page.locator("#thread .message").first).to_be_visible()


def replies(desk: StoreDesk, ticket_id: str) -> list[str]:
    """What agents answered on that ticket."""
    return [e.text for e in desk.wiring.queries.ticket(ticket_id).entries if e.author == "agent"]


def test_a_whole_answer_by_keyboard(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket()
    page = visit(desk.agent("Ana Ruiz"), "/inbox/")
    stop_clock(page)
    open_first(page)

    page.keyboard.press("c")
    expect(page.locator(".event", has_text="claimed by Ana Ruiz")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("ask Ben")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.note", has_text="ask Ben")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("Which version is it?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.pending", has_text="Which version is it?")).to_be_visible()
    assert replies(desk, ticket_id) == []
    page.clock.fast_forward(UNDO_FOR)
    expect(page.locator(".message.agent:not(.pending)", has_text="Which version is it?")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator(".event.solving")).to_be_visible()
    page.clock.fast_forward(UNDO_FOR)
    expect(page.locator(".event.resolved")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#head h2")).to_be_hidden()

    assert replies(desk, ticket_id) == ["Which version is it?"]
    assert desk.wiring.queries.ticket(ticket_id).ticket.status == "resolved"


def test_an_answer_taken_back_within_five_seconds_is_never_sent(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket()
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    stop_clock(page)
    page.locator("#words").fill("You fool")
    page.locator("#send").click()
    page.get_by_role("button", name="Undo").click()

    expect(page.locator("#words")).to_have_value("You fool")
    page.clock.fast_forward(UNDO_FOR)
    expect(page.locator(".message.pending")).to_have_count(0)
    assert replies(desk, ticket_id) == []


def test_a_note_is_begun_from_within_the_box_and_never_goes_to_the_customer(
    desk: StoreDesk, visit: Visit
) -> None:
    ticket_id = desk.open_ticket()
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    page.locator("#words").fill("ask Ben first")
    page.keyboard.press("Alt+n")
    expect(page.get_by_role("textbox", name="Note for colleagues")).to_have_value("ask Ben first")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.note", has_text="ask Ben first")).to_be_visible()
    page.keyboard.press("Alt+r")
    expect(page.get_by_role("textbox", name="Reply to the customer")).to_be_focused()
    assert replies(desk, ticket_id) == []


def test_a_request_solved_right_after_an_answer_is_told_so_after_it(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket()
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    stop_clock(page)
    page.locator("#words").fill("It works again since noon")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator(".event.solving")).to_be_visible()
    page.clock.fast_forward(UNDO_FOR)
    expect(page.locator(".event.resolved")).to_be_visible()
    entries = desk.wiring.queries.ticket(ticket_id).entries
    told = [entry.text for entry in entries if entry.author in ("agent", "bot")][-2:]
    assert told == ["It works again since noon", ""]
    assert desk.wiring.queries.ticket(ticket_id).ticket.status == "resolved"


def test_a_request_is_not_solved_over_an_answer_that_is_still_in_question(
    desk: StoreDesk, visit: Visit
) -> None:
    ticket_id = desk.open_ticket()
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    page.locator("#words").fill("Mine")
    words = "Ben has answered in the meantime. Send yours too?"
    page.route("**/reply", lambda route: route.fulfill(status=409, json={"error": "newer", "words": words}))
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.get_by_text("Your answer hasn’t gone out yet")).to_be_visible()
    expect(page.get_by_text(words)).to_be_visible()
    assert desk.wiring.queries.ticket(ticket_id).ticket.status != "resolved"


def test_answers_keep_their_order_when_the_first_has_to_be_tried_again(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket()
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    stop_clock(page)
    tries: list[str] = []

    def lose_the_first(route: Route) -> None:
        tries.append(route.request.post_data_json["text"])
        route.abort() if len(tries) == 1 else route.continue_()

    page.route("**/reply", lose_the_first)
    for text in ("One", "Two"):
        page.locator("#words").fill(text)
        page.keyboard.press("Control+Enter")
    page.clock.fast_forward(UNDO_FOR)
    expect(page.get_by_text("this goes out as soon as it’s back")).to_be_visible()
    page.clock.fast_forward(2_000)
    expect(page.locator(".message.agent:not(.pending)", has_text="Two")).to_be_visible()
    assert tries == ["One", "One", "Two"]
    assert replies(desk, ticket_id) == ["One", "Two"]


def test_an_answer_goes_out_once_when_the_page_is_left_before_it_was_sent(
    desk: StoreDesk, visit: Visit
) -> None:
    ticket_id = desk.open_ticket()
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    page.locator("#words").fill("On our way")
    page.locator("#send").click()
    page.reload()

    expect(page.locator(".message.agent:not(.pending)", has_text="On our way")).to_have_count(1)
    expect(page.locator(".message.pending")).to_have_count(0)
    assert replies(desk, ticket_id) == ["On our way"]


def test_what_a_customer_writes_appears_by_itself_and_moves_nothing_that_is_read(
    desk: StoreDesk, visit: Visit
) -> None:
    ticket_id = desk.open_ticket()
    for n in range(30):
        desk.customer_writes("telegram:42", f"line {n}")
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}", is_clock_stopped=True)
    expect(page.locator(".message", has_text="line 29")).to_be_visible()
    page.locator("#thread-scroll").evaluate("node => { node.scrollTop = 300; }")
    page.wait_for_function("document.querySelector('#thread-scroll').scrollTop === 300")

    desk.customer_writes("telegram:42", "are you there?")

    pill = page.get_by_role("button", name="1 new ↓")
    page.clock.run_for(2_000)
    expect(pill).to_be_visible()
    assert page.locator("#thread-scroll").evaluate("node => node.scrollTop") == 300
    pill.click()
    expect(page.locator(".message", has_text="are you there?")).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_a_new_request_is_in_the_list_within_two_seconds(desk: StoreDesk, visit: Visit) -> None:
    page = visit(desk.agent("Ana Ruiz"), "/inbox/?view=unassigned", is_clock_stopped=True)
    expect(page.locator("#list-empty")).to_have_text("Every open request is assigned.")

    desk.open_ticket(words="The till does not open", name="Lucía Fernández")

    page.clock.run_for(2_000)
    expect(page.locator("#rows > li", has_text="Lucía Fernández")).to_be_visible()
    expect(page.locator("#view-unassigned .count")).to_have_text("1")


def test_a_line_of_the_list_tells_all_that_is_needed_to_choose(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket(
        "whatsapp:+33612345678", "Bonjour, écran blanc", locale="en français svp", priority="high"
    )
    desk.wiring.desk.act(ticket_id, "claim", desk.agent("Ben Moor").agent_id)
    page = visit(desk.agent("Ana Ruiz"), "/inbox/")
    line = page.locator("#rows > li")
    expect(line.locator(".name")).to_have_text("Marie Dubois")
    expect(line.locator(".company")).to_have_text("Acme")
    expect(line.locator(".subject")).to_contain_text("Bonjour, écran blanc")
    expect(line.locator(".locale")).to_have_text("FR")
    expect(line.locator(".face")).to_have_text("BM")
    expect(line.locator(".left")).to_have_text("4 min")
    expect(line.locator(".left")).to_have_attribute("title", "First answer 10:04")
    expect(line.get_by_role("img", name="High")).to_be_visible()
    expect(line.locator("svg.whatsapp")).to_be_visible()
    expect(line.locator(".dot")).to_be_visible()
    line.click()
    expect(page.locator("#thread .message").first).to_be_visible()
    expect(line.locator(".dot")).to_have_count(0)


def test_a_draft_survives_a_reload_and_another_browser(desk: StoreDesk, visit: Visit) -> None:
    ticket_id, ana = desk.open_ticket(), desk.agent("Ana Ruiz")
    page = visit(ana, f"/inbox/ticket/{ticket_id}")
    page.keyboard.press("n")
    page.locator("#words").press_sequentially("half a thought")
    with page.expect_response(lambda answer: answer.url.endswith("/draft")):
        pass
    page.reload()
    expect(page.locator("#words")).to_have_value("half a thought")
    expect(page.locator("#composer")).to_have_attribute("data-mode", "note")

    elsewhere = visit(ana, f"/inbox/ticket/{ticket_id}")
    expect(elsewhere.locator("#words")).to_have_value("half a thought")
    others = visit(desk.agent("Ben Moor"), f"/inbox/ticket/{ticket_id}")
    expect(others.locator("#words")).to_have_value("")


def test_colleagues_see_who_is_here_and_an_answer_over_theirs_asks_first(
    desk: StoreDesk, visit: Visit
) -> None:
    ticket_id = desk.open_ticket()
    ana = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    ben = visit(desk.agent("Ben Moor"), f"/inbox/ticket/{ticket_id}")
    ben.locator("#words").press_sequentially("I have it")
    expect(ana.locator("#typing")).to_have_text("Ben Moor is typing…")
    stop_clock(ana)

    ana.locator("#words").fill("I have it too")
    ana.locator("#send").click()
    desk.wiring.desk.act(ticket_id, "reply", desk.agent("Ben Moor").agent_id, text="Solved in a minute")
    ana.clock.fast_forward(UNDO_FOR)

    expect(ana.get_by_text("Ben Moor has answered in the meantime. Send yours too?")).to_be_visible()
    assert replies(desk, ticket_id) == ["Solved in a minute"]
    ana.get_by_role("button", name="Send anyway").click()
    ana.clock.fast_forward(UNDO_FOR)
    expect(ana.locator(".message.agent:not(.pending)", has_text="I have it too")).to_be_visible()
    assert replies(desk, ticket_id) == ["Solved in a minute", "I have it too"]


def test_priority_assignee_tags_and_subject_are_changed_in_place(desk: StoreDesk, visit: Visit) -> None:
    ticket_id, ben = desk.open_ticket(), desk.agent("Ben Moor")
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")

    page.get_by_label("Priority", exact=True).select_option("urgent")
    expect(page.locator(".event", has_text="priority High → Urgent, by Ana Ruiz")).to_be_visible()
    page.locator("#set-assignee").select_option(ben.agent_id)
    expect(page.locator(".event", has_text="assigned to Ben Moor by Ana Ruiz")).to_be_visible()
    page.locator("#set-tags").fill("login")
    page.locator("#set-tags").press("Enter")
    expect(page.locator("span.tag", has_text="login")).to_be_visible()
    page.locator("#head h2 button").click()
    page.keyboard.type("White screen after login")
    page.keyboard.press("Enter")
    expect(page.locator("#head h2")).to_have_text("White screen after login")

    ticket = desk.wiring.queries.ticket(ticket_id).ticket
    assert (ticket.priority, ticket.assignee, ticket.tags) == ("urgent", ben.agent_id, ("login",))
    assert ticket.subject == "White screen after login"


def test_a_message_that_failed_says_why_and_can_be_tried_again(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket()
    ticket = desk.wiring.desk.act(ticket_id, "reply", desk.agent("Ana Ruiz").agent_id, text="Hello")
    entry = desk.wiring.queries.ticket(ticket_id).entries[-1]
    desk.wiring.desk.record_receipt(
        "telegram", DeliveryStatus.FAILED, entry_id=entry.entry_id, reason="blocked"
    )
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket.ticket_id}")

    expect(page.get_by_text("The customer has blocked us or left the chat.")).to_be_visible()
    page.get_by_role("button", name="Try again").click()

    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    assert desk.wiring.queries.ticket(ticket_id).deliveries[entry.entry_id].status == "queued"


def test_events_of_the_same_instant_are_each_shown_once(desk: StoreDesk, visit: Visit) -> None:
    ticket_id, ana = desk.open_ticket(priority="urgent"), desk.agent("Ana Ruiz")
    desk.clock.advance(hours=2)
    desk.wiring.deadline_check.check(ticket_id)
    page = visit(ana, f"/inbox/ticket/{ticket_id}")
    expect(page.locator(".event.missed")).to_have_count(2)
    before = page.locator("#thread > li").count()
    for n in range(3):
        desk.wiring.desk.act(ticket_id, "note", ana.agent_id, text=f"note {n}")
        expect(page.locator(".message.note")).to_have_count(n + 1)
    assert page.locator(".event.missed").count() == 2
    assert page.locator("#thread > li").count() == before + 3


def test_the_search_finds_by_number_name_and_words_and_clears_with_escape(
    desk: StoreDesk, visit: Visit
) -> None:
    desk.open_ticket("telegram:1", "The till does not open", name="Lucía Fernández")
    found = desk.open_ticket("telegram:2", "Printer on fire", name="Tom Brown")
    number = desk.wiring.queries.ticket(found).ticket.number
    page = visit(desk.agent("Ana Ruiz"), "/inbox/")
    for words in (number, f"#{number.lower().replace('-', ' ')}", "tom bro", "printer"):
        page.keyboard.press("/")
        page.locator("#search").fill(words)
        expect(page.locator("#list-title")).to_have_text("1 found")
        expect(page.locator("#rows > li .name")).to_have_text("Tom Brown")
        page.keyboard.press("Escape")
        expect(page.locator("#rows > li")).to_have_count(2)


def test_on_a_phone_one_pane_is_shown_at_a_time(desk: StoreDesk, visit: Visit) -> None:
    desk.open_ticket()
    page = visit(desk.agent("Ana Ruiz"), "/inbox/", width=390, height=844)
    expect(page.locator("#pane")).to_be_hidden()
    page.locator("#rows > li").first.click()
    expect(page.locator("#list")).to_be_hidden()
    expect(page.locator("#composer")).to_be_in_viewport()
    page.get_by_role("button", name="Details").click()
    expect(page.get_by_role("heading", name="Promises")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator("#list")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.go_back()
    expect(page.locator("#composer")).to_be_visible()


def test_when_the_desk_is_out_of_reach_it_is_said_quietly_and_nothing_is_lost(
    desk: StoreDesk, visit: Visit
) -> None:
    ticket_id = desk.open_ticket()
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    page.keyboard.press("n")
    page.locator("#words").fill("written in a tunnel")
    page.locator("#send").click()
    expect(page.get_by_text("this goes out as soon as it’s back")).to_be_visible()

    page.context.set_offline(False)

    expect(page.locator(".message.note:not(.pending)", has_text="written in a tunnel")).to_be_visible()
    expect(page.locator("#offline")).to_be_hidden()
    notes = [e.text for e in desk.wiring.queries.ticket(ticket_id).entries if e.author == "note"]
    assert notes == ["written in a tunnel"]


def test_who_is_signed_out_meanwhile_is_told_and_keeps_what_they_typed(desk: StoreDesk, visit: Visit) -> None:
    ticket_id, ana = desk.open_ticket(), desk.agent("Ana Ruiz")
    page = visit(ana, f"/inbox/ticket/{ticket_id}")
    page.locator("#words").fill("half a thought")
    desk.wiring.agents.disable(ana.agent_id)

    expect(page.locator("#signed-out")).to_be_visible()
    expect(page.locator("#words")).to_have_value("half a thought")


@pytest.mark.parametrize(("locale", "words"), [("fr", "Toutes en cours"), ("es", "Todas en curso")])
def test_the_page_speaks_the_language_of_its_agent(
    desk: StoreDesk, visit: Visit, locale: str, words: str
) -> None:
    page = visit(desk.agent("Ana Ruiz", locale=locale), "/inbox/")
    expect(page.locator("html")).to_have_attribute("lang", locale)
    expect(page.locator("#list-title")).to_contain_text(words)
