"""Rules through the real store: what the customer is told, what agents read in the thread, and who has the request."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from redis import Redis

from store.agents.agent import Agent
from tests.fixtures.api_client import ApiClient
from tests.fixtures.paths import ROOT
from tests.fixtures.rules_desk import rule
from tests.fixtures.store_desk import StoreDesk

MARIE = "telegram:42"
WORDS = "We were FLOODED last night and the shop is shut"
RULES = rule(
    'tags = "flood", priority = "urgent", assign = "Ana Ruiz", note = { en = "Save the logs", '
    'fr = "Sauvegarder les journaux", es = "Guardar los registros" }',
    '{ words = "flooded" }',
    key="night",
) + rule('priority = "urgent"', on='["customer_wrote", "reopened"]', when='{ words = "nobody" }', key="angry")
SEEN = {
    "en": (
        "By the rule “Rule night”:\nSave the logs",
        "The desk",
        ["tags: flood, by the rule “Rule night”", "priority Medium → Urgent, by the rule “Rule night”"],
        "assigned to Ana Ruiz by the rule “Rule night”",
    ),
    "fr": (
        "Selon la règle «\u202fRègle night\u202f»\u202f:\nSauvegarder les journaux",
        "L’assistance",
        ["la règle «\u202fRègle night\u202f»"] * 2,
        "la règle «\u202fRègle night\u202f»",
    ),
    "es": (
        "Según la regla «Regla night»:\nGuardar los registros",
        "El soporte",
        ["la regla «Regla night»"] * 2,
        "la regla «Regla night»",
    ),
}


@pytest.fixture
def build(redis: Redis, tmp_path: Path) -> Callable[[str], StoreDesk]:
    """A demo desk with these rules after its own."""

    def build(rules: str) -> StoreDesk:
        file = tmp_path / "policy.toml"
        file.write_text((ROOT / "policies" / "demo.toml").read_text(encoding="utf-8") + rules)
        return StoreDesk(redis, tmp_path, policy=file)

    return build


@pytest.fixture
def desk(build: Callable[[str], StoreDesk]) -> StoreDesk:
    return build(RULES)


def shown(desk: StoreDesk, ticket_id: str, agent: Agent) -> dict[str, object]:
    """The ticket as that agent's page gets it."""
    answer = desk.browser(agent).get(f"/inbox/api/tickets/{ticket_id}")
    assert answer.status_code == 200, answer.text
    return answer.json["ticket"]


def told(desk: StoreDesk, ticket_id: str) -> list[str]:
    """All that the customer was told in that thread, the latest last."""
    items = shown(desk, ticket_id, desk.agent("Bruno Sa"))["items"]
    return [item["text"] for item in items if item.get("author") == "bot"]


def events(ticket: dict[str, object]) -> list[str]:
    return [item["words"] for item in ticket["items"] if item["type"] == "event"]


@pytest.mark.parametrize("locale", list(SEEN))
def test_the_thread_names_the_rule_and_what_it_did_in_the_readers_language(
    desk: StoreDesk, locale: str
) -> None:
    ana = desk.agent("Ana Ruiz", locale=locale)
    ticket = shown(desk, desk.open_ticket(MARIE, WORDS, priority="medium"), ana)
    note, author, lines, given = SEEN[locale]
    _, *done = events(ticket)
    assert len(done) == 3
    assert all(line in words for line, words in zip([*lines, given], done, strict=True))
    [item] = [item for item in ticket["items"] if item.get("author") == "note"]
    assert (item["text"], item["name"], item["delivery"]) == (note, author, None)
    assert (ticket["assignee"], ticket["status"], ticket["tags"]) == (ana.agent_id, "new", ["flood"])


def test_the_customer_is_promised_what_the_raised_priority_promises(desk: StoreDesk) -> None:
    ticket_id = desk.open_ticket(MARIE, WORDS, priority="low")
    assert "Urgent" in told(desk, ticket_id)[-1]
    view = desk.wiring.queries.ticket(ticket_id)
    first = next(promise for promise in view.deadlines if promise.target == "first_response")
    assert (first.due_at - view.ticket.opened_at).total_seconds() == 120


def test_a_priority_raised_later_is_told_to_the_customer_and_shown_to_agents(desk: StoreDesk) -> None:
    ticket_id = desk.open_ticket(MARIE, "The till does not open today", priority="low")
    desk.clock.advance(minutes=1)
    desk.customer_writes(MARIE, "Does NOBODY read this?")
    assert "is now Urgent instead of Low. We aim to reply by" in told(desk, ticket_id)[-1]
    line = "priority Low → Urgent, by the rule “Rule angry”"
    assert events(shown(desk, ticket_id, desk.agent("Bruno Sa")))[-1] == line


def test_a_rule_on_reopened_holds_when_the_customer_comes_back(desk: StoreDesk) -> None:
    ticket_id, bruno = desk.open_ticket(MARIE, "The till does not open today"), desk.agent("Bruno Sa")
    desk.clock.advance(minutes=2)
    desk.wiring.desk.act(ticket_id, "resolve", bruno.agent_id)
    desk.clock.advance(minutes=2)
    desk.customer_writes(MARIE, "nobody did anything, it is still shut")
    ticket = shown(desk, ticket_id, bruno)
    assert (ticket["status"], ticket["priority"]) == ("open", "urgent")
    assert [line.split(",")[0] for line in events(ticket)[-2:]] == [
        "reopened by the customer", "priority High → Urgent"
    ]  # fmt: skip
    assert "is open again" in told(desk, ticket_id)[-1]
    assert "is now Urgent instead of High" in told(desk, ticket_id)[-1]


@pytest.mark.parametrize("who", ["nobody", "shut out"])
def test_an_agent_who_does_not_work_here_stops_nothing_and_a_note_says_so(desk: StoreDesk, who: str) -> None:
    if who == "shut out":
        desk.wiring.agents.disable(desk.agent("Ana Ruiz").agent_id)
    ticket = shown(desk, desk.open_ticket(MARIE, WORDS, priority="medium"), desk.agent("Bruno Sa"))
    assert (ticket["assignee"], ticket["priority"], ticket["tags"]) == ("", "urgent", ["flood"])
    [note] = [item["text"] for item in ticket["items"] if item.get("author") == "note"]
    assert note.endswith("Save the logs\nNobody here is called Ana Ruiz, so this request wasn’t assigned.")


def test_whoever_was_given_it_may_claim_it_and_nobody_else(desk: StoreDesk) -> None:
    ana, bruno = desk.agent("Ana Ruiz"), desk.agent("Bruno Sa")
    ticket_id = desk.open_ticket(MARIE, WORDS)
    assert shown(desk, ticket_id, ana)["can"]["claim"] is True
    assert shown(desk, ticket_id, bruno)["can"]["claim"] is False
    desk.wiring.desk.act(ticket_id, "claim", ana.agent_id)
    ticket = shown(desk, ticket_id, ana)
    assert (ticket["status"], ticket["can"]["claim"]) == ("open", False)


@pytest.mark.parametrize(
    ("name", "finds"),
    [("ana", "Ana Ruiz"), ("ANA", "Ana Ruiz"), ("ana ruiz", "Ana Ruiz"), ("Jose Peña", "José Pena"),
     ("bruno", ""), ("Ruiz", ""), ("", "")],
)  # fmt: skip
def test_agents_are_found_by_how_they_sign_in_or_by_their_whole_name(
    build: Callable[[str], StoreDesk], name: str, finds: str
) -> None:
    desk = build(rule(f'assign = "{name or "-"}"', key="give"))
    people = {who: desk.agent(who) for who in ("Ana Ruiz", "José Pena")}
    ticket = desk.wiring.queries.ticket(desk.open_ticket(MARIE)).ticket
    assert ticket.assignee == (people[finds].agent_id if finds else "")


def test_of_two_agents_of_one_name_nobody_is_given_it(build: Callable[[str], StoreDesk]) -> None:
    desk = build(rule('assign = "Ana Ruiz"', key="give"))
    for login in ("ana", "ana2"):
        desk.wiring.agents.add("Ana Ruiz", login)
    ticket = shown(desk, desk.open_ticket(MARIE), desk.agent("Bruno Sa"))
    assert ticket["assignee"] == ""
    assert "Nobody here is called Ana Ruiz" in next(
        i["text"] for i in ticket["items"] if i.get("author") == "note"
    )


def test_a_rule_that_the_policy_no_longer_has_is_named_by_its_key(
    redis: Redis, desk: StoreDesk, tmp_path: Path
) -> None:
    ticket_id = desk.open_ticket(MARIE, WORDS, priority="medium")
    later = StoreDesk(redis, tmp_path, clock=desk.clock)
    assert "tags: flood, by the rule “night”" in events(shown(later, ticket_id, later.agent("Bruno Sa")))


def test_the_demo_shows_a_newcomer_what_a_rule_does(build: Callable[[str], StoreDesk]) -> None:
    desk = build("")
    ticket = shown(desk, desk.open_ticket(MARIE, "Help, we were hacked this morning"), desk.agent("Bruno Sa"))
    assert (ticket["priority"], ticket["tags"]) == ("urgent", ["security"])


def test_rules_hold_for_requests_by_the_api_and_once_for_each_key(build: Callable[[str], StoreDesk]) -> None:
    desk = build(RULES + rule('tags = "by app"', '{ channel = "portal" }', key="app"))
    portal, _ = ApiClient(desk), desk.agent("Ana Ruiz")
    made = [portal.open(key="k-1", description=WORDS, priority="low") for _ in range(2)]
    assert {one["number"] for one in made} == {made[0]["number"]}
    assert (made[0]["priority"], made[0]["tags"], made[0]["assignee"]) == (
        "urgent", ["flood", "by app"], "Ana Ruiz"
    )  # fmt: skip
    notes = [m for m in portal.thread(made[0]["number"], notes="true") if m["author"] == "note"]
    assert [note["text"] for note in notes] == ["By the rule “Rule night”:\nSave the logs"]


def test_a_message_that_the_provider_repeats_sets_off_its_rules_once(desk: StoreDesk) -> None:
    ticket_id = desk.open_ticket(MARIE, "The till does not open today", priority="low")
    for _ in range(3):
        desk.count = 500  # the same message, for the provider
        desk.customer_writes(MARIE, "Does nobody read this?")
    lines = events(shown(desk, ticket_id, desk.agent("Bruno Sa")))
    assert len([line for line in lines if "Rule angry" in line]) == 1


def test_the_page_shows_the_lines_and_whoever_was_given_it_takes_it_up_with_a_key(
    desk: StoreDesk, visit: Callable[..., Page]
) -> None:
    ana = desk.agent("Ana Ruiz")
    ticket_id = desk.open_ticket(MARIE, WORDS, priority="medium")
    page = visit(ana, f"/inbox/ticket/{ticket_id}")
    expect(
        page.locator(".event", has_text="priority Medium → Urgent, by the rule “Rule night”")
    ).to_be_visible()
    note = page.locator(".note", has_text="Save the logs")
    expect(note).to_contain_text("The desk")
    page.locator("#head").get_by_role("button", name="Claim").wait_for()
    page.keyboard.press("c")
    expect(page.locator("#head").get_by_role("button", name="Claim")).to_have_count(0)
    assert desk.wiring.queries.ticket(ticket_id).ticket.status == "open"
