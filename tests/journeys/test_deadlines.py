"""Who waits for whom, and until when: stories on a real desk, told so that a support manager can check them.

The desk is open 09:00–12:00 and 13:30–18:00 on weekdays (7½ hours a day). Urgent: first and next answer within
8 open hours, solved within 24. High: answers within 1 business day, solved within 40.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

from bot.messages.errors import NotFound
from bot.model.ticket_events import TicketEventKind
from jobs.forum.topic_view import TopicViews
from sandbox.control_client import Sandbox
from store.policies import StoredPolicies
from tests.fixtures.deadline_story import DeadlineStory, Step
from tests.fixtures.paths import POLICIES
from tests.fixtures.sandbox_desk import SandboxDesk

PREMIUM, FIELD_SERVICE = POLICIES / "premium.toml", POLICIES / "field-service.toml"


@pytest.fixture
def story(
    redis: Redis, redis_url: str, sandbox_url: str, tmp_path: Path
) -> Iterator[Callable[..., DeadlineStory]]:
    desk = SandboxDesk(redis, redis_url, Sandbox(sandbox_url), tmp_path, PREMIUM)
    yield lambda channel="telegram": DeadlineStory(desk, channel)
    desk.close()


STORIES: dict[str, tuple[list[Step], dict[str, str]]] = {
    "nobody does anything": ([], {"first_response 1": "Tue 10:30", "resolution 1": "Thu 11:30"}),
    "a question after the answer is owed an answer of its own": (
        [
            ("Mon 10:30", "agent_replies"),
            ("Mon 11:00", "customer_writes", "It still fails on the second till"),
        ],
        {"next_response 1": "Tue 11:30", "resolution 1": "Thu 11:30"},
    ),
    "a second message of one turn starts no second clock": (
        [
            ("Mon 10:30", "agent_replies"),
            ("Mon 11:00", "customer_writes", "It still fails on the second till"),
            ("Mon 15:00", "customer_writes", "And on the third one as well"),
        ],
        {"next_response 1": "Tue 11:30", "resolution 1": "Thu 11:30"},
    ),
    "thanks start no clock": (
        [("Mon 10:30", "agent_replies"), ("Mon 11:00", "customer_writes", "thank you so much!")],
        {"resolution 1": "Thu 11:30"},
    ),
    "merci starts no clock": (
        [("Mon 10:30", "agent_replies"), ("Mon 11:00", "customer_writes", "merci beaucoup 👍")],
        {"resolution 1": "Thu 11:30"},
    ),
    "gracias starts no clock": (
        [("Mon 10:30", "agent_replies"), ("Mon 11:00", "customer_writes", "¡muchas gracias!")],
        {"resolution 1": "Thu 11:30"},
    ),
    "waiting on the customer, nobody can tell when": (
        [("Mon 11:00", "agent_asks")],
        {"resolution 1": "on hold"},
    ),
    "thanks do not end the wait": (
        [("Mon 11:00", "agent_asks"), ("Mon 15:00", "customer_writes", "merci beaucoup")],
        {"resolution 1": "on hold"},
    ),
    "two days of waiting move the solution by two days": (
        [("Mon 11:00", "agent_asks"), ("Wed 11:00", "customer_writes", "Version 12 on both tills")],
        {"next_response 1": "Thu 11:30", "resolution 1": "Mon+7 11:30"},
    ),
    "a hold moves the first answer too": (
        [("Mon 11:00", "agent_holds"), ("Tue 11:00", "agent_releases")],
        {"first_response 1": "Wed 10:30", "resolution 1": "Fri 11:30"},
    ),
    "a night on hold is not counted twice": (
        [("Mon 18:30", "agent_holds"), ("Tue 08:00", "agent_releases")],
        {"first_response 1": "Tue 10:30", "resolution 1": "Thu 11:30"},
    ),
    "a lower priority gives more time, from the old start": (
        [("Mon 15:00", "agent_sets", "high")],
        {"first_response 1": "Tue 10:00", "resolution 1": "Mon+7 14:00"},
    ),
    "there and back changes nothing": (
        [("Mon 15:00", "agent_sets", "high"), ("Mon 16:00", "agent_sets", "urgent")],
        {"first_response 1": "Tue 10:30", "resolution 1": "Thu 11:30"},
    ),
    "what was answered stays answered under another priority": (
        [("Mon 11:00", "agent_replies"), ("Mon 15:00", "agent_sets", "high")],
        {"resolution 1": "Mon+7 14:00"},
    ),
    "a solved request owes nothing": ([("Mon 11:00", "agent_solves")], {}),
    "thanks do not open it again": (
        [("Mon 11:00", "agent_solves"), ("Mon 15:00", "customer_writes", "gracias, perfecto")],
        {},
    ),
    "the time between solved and reopened does not count": (
        [("Mon 11:00", "agent_solves"), ("Wed 11:00", "customer_writes", "It fails again, the screen is white")],
        {"next_response 1": "Thu 11:30", "resolution 1": "Mon+7 11:30"},
    ),
    "an agent who reopens it owes the same": (
        [("Mon 11:00", "agent_solves"), ("Wed 11:00", "agent_reopens")],
        {"next_response 1": "Thu 11:30", "resolution 1": "Mon+7 11:30"},
    ),
    "solved too late is not forgiven by reopening": (
        [("Fri 11:00", "agent_solves"), ("Fri 15:00", "agent_reopens")],
        {"next_response 1": "Mon+7 15:30", "resolution 1": "Thu 11:30"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_what_is_owed_after(name: str, story: Callable[..., DeadlineStory]) -> None:
    steps, owed = STORIES[name]
    told = story().opens("Mon 10:00", "urgent").play(*steps)
    assert told.owed() == owed
    due = sorted(told.at(when) for when in owed.values() if when != "on hold")
    assert told.row_due() == (told.told(due[0]) if due else "on hold"), "the list says the same"


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
@pytest.mark.parametrize(
    ("opened", "priority", "due"),
    [
        ("Mon 17:00", "medium", "Wed 17:00"),
        ("Fri 17:00", "low", "Wed+7 17:00"),
        ("Fri 19:00", "urgent", "Tue+7 09:30"),
    ],
)
def test_a_promise_is_the_same_on_every_channel_and_in_every_place(
    story: Callable[..., DeadlineStory], channel: str, opened: str, priority: str, due: str
) -> None:
    """WhatsApp's window closes before each of them."""
    told = story(channel).opens(opened, priority)
    assert told.owed()["first_response 1"] == due
    assert told.row_due() == due, "the list"
    desk = told.desk.wiring
    policies = StoredPolicies(told.desk.redis, desk.policy)
    views = TopicViews(desk.queries, policies, desk.agents, desk.presence, "", told.desk.clock)
    [line] = [str(line) for line in views.look(told.ticket_id).card.lines if "a first answer" in str(line)]
    assert line.endswith(f"{told.at(due).astimezone(told.zone):%A %-d %B at %-H:%M}"), "the topic's card"
    explained = desk.queries.explain(told.ticket_id, "first_response", 1)
    assert told.told(explained.deadline.due_at) == due, "the explanation"
    window = desk.queries.ticket(told.ticket_id).window
    assert bool(window) is (channel == "whatsapp" and opened != "Fri 19:00"), "nobody is there on Saturday"


def test_the_window_is_shown_only_where_it_closes_before_an_answer_is_due(
    story: Callable[..., DeadlineStory],
) -> None:
    told = story("whatsapp").opens(
        "Mon 10:00", "urgent"
    )  # due on Tuesday at 10:30; the window closes at 10:00
    view = told.desk.wiring.queries.ticket
    assert view(told.ticket_id).window is not None
    told.play(("Mon 11:00", "customer_writes", "It still fails on the second till"))
    assert view(told.ticket_id).window is None, "their message moved the end of the window past the deadline"
    told.play(("Tue 10:31", "nothing_happens"))
    assert view(told.ticket_id).window is not None, "overdue: the window is what comes next"


def test_nothing_is_missed_or_regretted_when_whatsapps_window_closes(
    story: Callable[..., DeadlineStory],
) -> None:
    told = story("whatsapp").opens("Fri 17:02", "low")  # due on Wednesday; the window closes on Saturday
    told.play(("Fri 17:30", "nothing_happens"))
    assert told.happened(TicketEventKind.WARNED) == ["Fri 17:02"], "within the last open hour"
    told.play(("Sat 17:30", "nothing_happens"), ("Mon+7 09:01", "nothing_happens"))
    assert told.happened(TicketEventKind.MISSED) == []
    assert told.happened(TicketEventKind.APOLOGISED) == []
    assert told.happened(TicketEventKind.WARNED) == ["Fri 17:02"]


def test_a_window_that_shuts_at_night_is_warned_of_before_the_shift_ends(
    story: Callable[..., DeadlineStory],
) -> None:
    told = story("whatsapp").opens("Mon 20:00", "medium").play(("Tue 16:55", "nothing_happens"))
    assert told.happened(TicketEventKind.WARNED) == []
    told.play(("Tue 17:01", "nothing_happens"))
    assert told.happened(TicketEventKind.WARNED) == ["Tue 17:01"]


def test_a_window_that_is_open_only_while_the_desk_is_closed_hurries_nobody(
    story: Callable[..., DeadlineStory],
) -> None:
    told = story("whatsapp").opens("Fri 19:00", "medium")
    assert told.owed()["first_response 1"] == "Wed+7 09:00"
    told.play(("Sat 20:00", "nothing_happens"))
    assert told.happened(TicketEventKind.MISSED) == []


def test_a_restart_under_another_policy_changes_no_promise_that_was_made(
    story: Callable[..., DeadlineStory],
) -> None:
    told = story().opens("Mon 10:00", "urgent")
    before, version = told.owed(), told.desk.wiring.policy.version
    told.desk.restart(FIELD_SERVICE)
    assert told.desk.wiring.policy.version != version
    told.play(("Mon 11:00", "nothing_happens"))
    assert told.owed() == before
    told.play(("Mon 15:00", "agent_sets", "high"))
    assert told.owed() == {"first_response 1": "Tue 10:00", "resolution 1": "Mon+7 14:00"}
    told.play(("Mon 16:00", "agent_replies"), ("Tue 10:30", "customer_writes", "It fails on the second till"))
    assert told.owed()["next_response 1"] == "Wed 10:30", "a target that the new policy does not even have"
    view = told.desk.wiring.queries.ticket(told.ticket_id)
    assert (view.ticket.policy_version, view.policy.version) == (version, version)


def test_a_new_request_is_promised_under_the_new_policy(story: Callable[..., DeadlineStory]) -> None:
    old = story().opens("Mon 10:00", "urgent")
    old.desk.restart(FIELD_SERVICE)
    new = DeadlineStory(old.desk, name="Lou", beside=old).opens("Mon 15:00", "urgent")  # 14:00 in Lisbon
    assert new.owed()["first_response 1"] == "Mon 19:00"  # 4 of its open hours
    versions = {new.desk.wiring.queries.ticket(each.ticket_id).policy.version for each in (old, new)}
    assert len(versions) == 2


def test_a_priority_of_the_new_policy_is_none_for_an_older_request(
    story: Callable[..., DeadlineStory],
) -> None:
    told = story().opens("Mon 10:00", "urgent")
    told.desk.restart(POLICIES / "weekday-desk.toml")
    with pytest.raises(NotFound):
        told.play(("Mon 11:00", "agent_sets", "critical"))
    assert told.owed() == {"first_response 1": "Tue 10:30", "resolution 1": "Thu 11:30"}


def test_a_higher_plan_holds_for_the_next_request(story: Callable[..., DeadlineStory]) -> None:
    told = story()
    told.has_plan("plus")
    first = told.opens("Mon 09:30", "urgent").ticket_id
    assert told.owed()["first_response 1"] == "Mon 11:30"
    told.has_plan("pro")
    told.play(("Mon 10:30", "customer_writes", "One more thing about that failure"))
    assert told.owed()["first_response 1"] == "Mon 11:30"
    told.play(("Mon 14:00", "agent_solves"))
    told.opens("Tue 10:00", "urgent")
    assert told.ticket_id != first
    assert told.owed()["first_response 1"] == "Tue 11:00"
