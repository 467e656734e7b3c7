"""Every number of the overview opens what it counts; charts are read without a legend, by eye or by ear."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from store import keys
from store.agents.agent import Agent, Role
from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]


@pytest.fixture
def manager(desk: StoreDesk) -> Agent:
    return desk.agent("Max Keller", Role.MANAGER)


@pytest.fixture
def busy(desk: StoreDesk) -> StoreDesk:
    """Last week two promises were kept and one missed; of five requests that wait, three are a week late."""
    ana = desk.agent("Ana Ruiz").agent_id
    for address in ("telegram:1", "telegram:2"):
        desk.wiring.desk.act(desk.open_ticket(address), "reply", ana, text="done")
    late = desk.open_ticket(
        "whatsapp:+33612340001", "L’application ne marche plus", locale="en français", name="Marie"
    )
    desk.clock.advance(minutes=4, seconds=1)
    desk.wiring.deadline_check.check(late)
    desk.clock.advance(days=8)
    desk.open_ticket("telegram:5", name="John", priority="low")
    desk.wiring.desk.act(desk.open_ticket("telegram:6", name="Ada"), "claim", ana)
    return desk


def opened(page: Page, section: str, figure: str) -> list[str]:
    """Follow a figure of a section; the names on the list that it opens."""
    page.get_by_role("region", name=section).get_by_role("link", name=figure, exact=True).click()
    expect(page.locator("#rows > li").first).to_be_visible()
    return sorted(page.locator("#rows .name").all_inner_texts())


@pytest.mark.parametrize(
    ("section", "figure", "names"),
    [
        ("By priority", "High, Open: 4", ["Ada", "Marie", "Marie Dubois", "Marie Dubois"]),
        ("By priority", "High, Due within the hour: 1", ["Ada"]),
        ("By priority", "High, Overdue: 3", ["Marie", "Marie Dubois", "Marie Dubois"]),
        ("Open, by age", "Today, Open: 2", ["Ada", "John"]),
        ("Open, by age", "Older, Open: 3", ["Marie", "Marie Dubois", "Marie Dubois"]),
        ("By channel, language and agent", "WhatsApp, Open: 1", ["Marie"]),
        ("By channel, language and agent", "French, Overdue: 1", ["Marie"]),
        (
            "By channel, language and agent",
            "English, Open: 4",
            ["Ada", "John", "Marie Dubois", "Marie Dubois"],
        ),
        ("By channel, language and agent", "Nobody, Overdue: 1", ["Marie"]),
    ],
)
def test_a_number_opens_the_list_that_it_counts(
    busy: StoreDesk, manager: Agent, visit: Visit, section: str, figure: str, names: list[str]
) -> None:
    assert opened(visit(manager, "/overview/"), section, figure) == names


def test_the_sums_open_their_lists(busy: StoreDesk, manager: Agent, visit: Visit) -> None:
    for words in ("overdue", "due within the hour", "open"):
        page = visit(manager, "/overview/")
        tile = page.locator("#sums a").filter(has=page.get_by_text(words, exact=True))
        count = int(tile.locator("b").inner_text())
        assert count > 0
        tile.click()
        expect(page.locator("#rows > li")).to_have_count(count)


def test_kept_and_missed_promises_are_named_behind_their_figure(
    busy: StoreDesk, manager: Agent, visit: Visit
) -> None:
    page = visit(manager, "/overview/")
    table = page.get_by_role("region", name="Promises kept")
    table.get_by_role("button", name="First answer, Last week: 2 of 3").click()
    behind = page.get_by_role("dialog", name="First answer · Last week")
    expect(behind.locator("li")).to_have_count(3)
    expect(behind.locator("li").first).to_contain_text("missed")
    expect(behind.locator("li").first).to_contain_text("Marie")
    behind.get_by_role("button", name="Close").click()
    expect(behind).to_be_hidden()
    expect(table.get_by_role("button", name="First answer, Last week: 2 of 3")).to_be_focused()


def test_the_small_line_tells_its_days_to_those_who_listen(
    busy: StoreDesk, manager: Agent, visit: Visit
) -> None:
    page = visit(manager, "/overview/")
    line = (
        page.get_by_role("region", name="Promises kept")
        .get_by_role("row", name="First answer")
        .get_by_role("img")
    )
    expect(line).to_have_accessible_name("Kept in the last 14 days, day by day: 2 Mon 2 of 3")
    expect(line.locator("circle")).to_have_count(1)


def test_a_day_more_makes_it_a_line(busy: StoreDesk, manager: Agent, visit: Visit) -> None:
    busy.wiring.desk.act(
        busy.open_ticket("telegram:9"), "reply", busy.agent("Ana Ruiz").agent_id, text="done"
    )
    page = visit(manager, "/overview/")
    row = page.get_by_role("region", name="Promises kept").get_by_role("row", name="First answer")
    first, last = row.locator("polyline").get_attribute("points").split()  # type: ignore[union-attr]
    assert float(first.split(",")[0]) < float(last.split(",")[0]), "days go from left to right"
    assert float(first.split(",")[1]) > float(last.split(",")[1]), "all kept is higher up than two of three"


def test_the_backlog_says_which_ticket_is_oldest(busy: StoreDesk, manager: Agent, visit: Visit) -> None:
    page = visit(manager, "/overview/")
    section = page.get_by_role("region", name="Open, by age")
    expect(section).to_contain_text("has been open for 8 d")
    widths = [bar.bounding_box()["width"] for bar in section.locator("i").all() if bar.is_visible()]  # type: ignore[index]
    assert widths[1] == pytest.approx(widths[0] * 3 / 2, rel=0.02), (
        "bars are as long as their numbers are large"
    )
    section.locator("#oldest a").click()
    expect(page.locator("#head h2")).to_be_visible()


def test_a_refresh_moves_neither_the_page_nor_the_focus(
    busy: StoreDesk, manager: Agent, visit: Visit
) -> None:
    page = visit(manager, "/overview/", height=500)
    figure = page.get_by_role("link", name="English, Open: 4")
    figure.focus()
    before = page.evaluate("scrollY")
    assert before > 0
    with page.expect_response(lambda answer: answer.url.endswith("/overview/api/now")):
        busy.open_ticket("telegram:77")
    expect(page.get_by_role("link", name="English, Open: 5")).to_be_focused()
    assert abs(page.evaluate("scrollY") - before) < 80


def test_what_is_empty_is_one_line(desk: StoreDesk, manager: Agent, visit: Visit) -> None:
    page = visit(manager, "/overview/")
    for name in ("Overdue now", "Due within the hour", "Alerts", "Open, by age", "Promises kept"):
        section = page.get_by_role("region", name=name)
        assert section.bounding_box()["height"] < 60, name  # type: ignore[index]
        expect(section.get_by_role("link")).to_have_count(0)


@pytest.mark.parametrize("locale", ["en", "fr", "es"])
def test_on_a_phone_nothing_is_wider_than_the_screen(busy: StoreDesk, visit: Visit, locale: str) -> None:
    head = busy.agent("Jean-Christophe de la Villardière-Montoya", Role.MANAGER, locale)
    busy.wiring.desk.act(busy.open_ticket("telegram:8"), "claim", head.agent_id)
    page = visit(head, "/overview/", width=390)
    expect(page.locator("#by-agent tr")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    wide = "all => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className)"
    assert page.locator("#board section").evaluate_all(wide) == []


def test_many_agents_are_a_press_away(desk: StoreDesk, manager: Agent, visit: Visit) -> None:
    for n in range(12):
        desk.wiring.desk.act(
            desk.open_ticket(f"telegram:{n + 1}"), "claim", desk.agent(f"Ana{n:02} Ruiz").agent_id
        )
    page = visit(manager, "/overview/")
    expect(page.locator("#by-agent tr")).to_have_count(1 + 8 + 1)
    page.get_by_role("button", name="4 more").click()
    expect(page.locator("#by-agent tr")).to_have_count(1 + 12)


def test_what_a_section_has_no_room_for_is_a_press_away(
    desk: StoreDesk, manager: Agent, visit: Visit
) -> None:
    row, redis = desk.wiring.redis.hget(keys.TICKET_ROWS, desk.open_ticket()), desk.wiring.redis
    for n in range(60):
        redis.hset(
            keys.TICKET_ROWS,
            f"x{n}",
            str(row and row.decode()).replace('"ticket_id":"', f'"ticket_id":"x{n}'),
        )
        redis.zadd(keys.LIVE, {f"x{n}": desk.clock().timestamp()})
    desk.clock.advance(minutes=5)
    page = visit(manager, "/overview/")
    section = page.get_by_role("region", name="Overdue now")
    expect(section.locator("li")).to_have_count(51)
    section.get_by_role("link", name="11 more").click()
    expect(page.locator("#list-title")).to_have_text("Overdue")


def test_the_headline_is_no_better_than_the_list_beside_it(desk: StoreDesk) -> None:
    """Four first answers have been overdue since yesterday; today's are all in time."""
    ana = desk.agent("Ana").agent_id
    waiting = [desk.open_ticket(f"telegram:{n}") for n in range(4)]
    desk.clock.advance(minutes=4, seconds=1)
    for ticket_id in waiting:
        desk.wiring.deadline_check.check(ticket_id)
    desk.clock.advance(days=1)
    for n in range(10, 13):
        desk.wiring.desk.act(desk.open_ticket(f"telegram:{n}"), "reply", ana, text="done")
    head = desk.agent("Max Keller", Role.MANAGER)
    shown = desk.browser(head).get("/overview/api/now").json
    assert shown["today"] == [{"key": "first_response", "label": "First answer", "kept": 3, "total": 7}]
    behind = desk.browser(head).get("/overview/api/promises?stretch=today&sort=&key=").json["promises"]
    assert [one["is_kept"] for one in behind] == [False] * 4 + [True] * 3, "the list behind the figure"
    seen = desk.wiring.queries.overview(desk.clock())
    first = seen.today["first_response"]
    assert (first.kept, first.total) == (3, 7)
    assert len(seen.overdue) == 4
    counted = sum(each.total_today for each in seen.by_priority.values())
    assert counted == sum(rate.total for rate in seen.today.values()), "the table has the same sum"


@pytest.mark.parametrize(
    "query",
    ["stretch=ever", "stretch=this&sort=shoe&key=1", "sort=priority&key=high", "stretch=this&sort=__class__"],
)
def test_promises_are_not_told_by_what_we_do_not_count(desk: StoreDesk, manager: Agent, query: str) -> None:
    assert desk.browser(manager).get(f"/overview/api/promises?{query}").status_code == 400


def test_agents_do_not_see_whose_promises_were_missed(busy: StoreDesk) -> None:
    path = "/overview/api/promises?stretch=last&sort=agent&key=nobody"
    assert busy.browser(busy.agent("Ana Ruiz")).get(path).status_code == 403
    assert busy.browser().get(path).status_code == 401
    found = busy.browser(busy.agent("Max Keller", Role.MANAGER)).get(path).json["promises"]
    assert [(one["name"], one["is_kept"]) for one in found] == [("Marie", False)]
