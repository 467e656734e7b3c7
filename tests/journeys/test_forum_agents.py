"""Agents at work in their Telegram group: what they write, press, change and send, over the real sandbox."""

from datetime import timedelta

import pytest

from bot.messages.thread import Author
from bot.model.conversation import Status
from bot.model.ticket_events import TicketEventKind
from sandbox import credentials
from tests.fixtures.forum_desk import ForumDesk


@pytest.fixture(params=["telegram", "whatsapp"])
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_what_an_agent_writes_in_the_topic_goes_to_the_customer(forum: ForumDesk, channel: str) -> None:
    ana, marie = forum.link_agent(forum.ana, "Ana Costa"), forum.phone(channel, "Marie")
    ticket_id = forum.ticket_of(marie)
    forum.settle()
    number = forum.speak(forum.ana, ticket_id, "Have you tried again?")
    assert marie.messages()[-1]["text"] == "Have you tried again?"
    view = forum.wiring.queries.ticket(ticket_id)
    assert (view.entries[-1].author, view.entries[-1].by) == (Author.AGENT, ana.agent_id)
    assert view.ticket.assignee == ana.agent_id
    [own] = [post for post in forum.posts(ticket_id) if post["id"] == number]
    assert own["reactions"] == (["👍"] if channel == "telegram" else ["👌"])
    assert forum.texts(ticket_id).count("Have you tried again?") == 1
    forum.settle(minutes=0.2)
    assert "Ana Costa has it" in forum.card(ticket_id)["text"]


def test_a_note_stays_among_agents(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    number = forum.speak(forum.ana, ticket_id, "// he pays late")
    assert forum.heard(leo, before) == []
    entry = forum.wiring.queries.ticket(ticket_id).entries[-1]
    assert (entry.author, entry.text) == (Author.NOTE, "he pays late")
    assert [p["reactions"] for p in forum.posts(ticket_id) if p["id"] == number] == [["✍"]]


def test_strangers_are_told_once_and_nothing_reaches_the_customer(forum: ForumDesk) -> None:
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    forum.speak(forum.bruno, ticket_id, "hello?")
    forum.speak(forum.bruno, ticket_id, "is anybody there?")
    assert forum.heard(leo, before) == []
    assert [text[:21] for text in forum.texts(ticket_id)].count("I don’t know you yet,") == 1
    assert len(forum.redis.keys("contact:*")) == 1


def test_an_agent_links_themselves_with_a_code_once(forum: ForumDesk) -> None:
    agent = forum.wiring.agents.add("Bruno", "bruno")
    code = forum.wiring.codes.issue(agent.agent_id)
    ticket_id = forum.open_ticket()
    forum.speak(forum.bruno, _settled(forum, ticket_id), f"/link {code.lower()}")
    assert any(text.startswith("Welcome, Bruno.") for text in forum.texts(ticket_id))
    forum.speak(forum.ana, ticket_id, f"/link {code}")
    assert any(text.startswith("That code isn’t valid") for text in forum.texts(ticket_id))
    forum.speak(forum.bruno, ticket_id, "// it is me")
    assert forum.wiring.queries.ticket(ticket_id).entries[-1].by == agent.agent_id


def test_an_agent_may_say_who_they_are_in_private_and_becomes_no_customer(forum: ForumDesk) -> None:
    agent = forum.wiring.agents.add("Bruno", "bruno")
    before = forum.bruno.messages()
    forum.bruno.say(f"/link {forum.wiring.codes.issue(agent.agent_id)}")
    forum.settle()
    assert forum.heard(forum.bruno, before)[0].startswith("Welcome, Bruno.")
    assert forum.redis.keys("contact:*") == []


def test_a_disabled_agent_is_a_stranger(forum: ForumDesk) -> None:
    agent = forum.link_agent(forum.ana, "Ana")
    forum.wiring.agents.disable(agent.agent_id)
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    forum.speak(forum.ana, ticket_id, "still me")
    assert forum.heard(leo, before) == []


def test_codes_cannot_be_guessed(forum: ForumDesk) -> None:
    agent = forum.wiring.agents.add("Bruno", "bruno")
    code = forum.wiring.codes.issue(agent.agent_id)
    for _ in range(10):
        assert forum.wiring.codes.link("AAAA-AAAA", 700202) is None
    assert forum.wiring.codes.link(code, 700202) is None
    assert forum.wiring.codes.link(code, 700201) is not None


def test_nobody_becomes_a_customer_by_talking_in_the_group(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    for phone in (forum.ana, forum.bruno):
        phone.say("good morning", chat="forum")
    forum.settle()
    assert forum.redis.keys("contact:*") == []
    assert [post["text"] for post in forum.sandbox.topic(1)] == ["good morning", "good morning"]


def test_a_claim_is_one_truth_for_the_inbox_and_the_group(forum: ForumDesk) -> None:
    ana, bruno = forum.link_agent(forum.ana, "Ana"), forum.link_agent(forum.bruno, "Bruno")
    ticket_id = _settled(forum, forum.open_ticket())
    forum.ana.press(forum.card(ticket_id)["id"], "Claim", chat="forum")
    forum.bruno.press(forum.card(ticket_id)["id"], "Claim", chat="forum")
    forum.settle()
    owner = forum.wiring.queries.ticket(ticket_id).ticket.assignee
    assert owner in (ana.agent_id, bruno.agent_id)
    winner, loser = (forum.ana, forum.bruno) if owner == ana.agent_id else (forum.bruno, forum.ana)
    assert forum.toast(winner) == "It’s yours."
    assert forum.toast(loser).endswith("already has it.")
    forum.settle(minutes=0.2)
    assert f"{'Ana' if winner is forum.ana else 'Bruno'} has it" in forum.card(ticket_id)["text"]


def test_the_priority_is_chosen_under_the_card(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    ticket_id = _settled(forum, forum.open_ticket(priority="high"))
    forum.press(forum.ana, ticket_id, "Priority")
    labels = [b["label"] for row in forum.card(ticket_id)["buttons"] for b in row]
    assert labels == ["Urgent", "High", "Medium", "Low", "Back"]
    forum.press(forum.ana, ticket_id, "Urgent")
    forum.settle(minutes=0.5)
    assert forum.wiring.queries.ticket(ticket_id).ticket.priority == "urgent"
    assert "Urgent" in forum.card(ticket_id)["text"]
    assert "Claim" in [b["label"] for row in forum.card(ticket_id)["buttons"] for b in row]


def test_resolving_closes_the_topic_and_reopening_opens_it_again(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    forum.speak(forum.ana, ticket_id, "It works again")
    assert forum.press(forum.ana, ticket_id, "Resolve").startswith("Solved.")
    forum.settle(minutes=0.5)
    assert forum.wiring.queries.ticket(ticket_id).ticket.status is Status.RESOLVED
    topic = forum.topic_of(ticket_id)
    assert topic["is_closed"]
    assert topic["name"].startswith("🟢")
    forum.press(forum.ana, ticket_id, "Reopen")
    forum.settle(minutes=0.5)
    assert not forum.topic_of(ticket_id)["is_closed"]


def test_a_request_that_nobody_answered_is_solved_only_after_a_question(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    assert forum.press(forum.ana, ticket_id, "Resolve").startswith("Nobody has answered this customer yet.")
    assert forum.wiring.queries.ticket(ticket_id).ticket.is_live
    assert [b["label"] for row in forum.card(ticket_id)["buttons"] for b in row] == ["Solve anyway", "Back"]
    forum.press(forum.ana, ticket_id, "Solve anyway")
    assert forum.wiring.queries.ticket(ticket_id).ticket.status is Status.RESOLVED


def test_solving_that_is_taken_back_at_once_never_reaches_the_customer(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    forum.speak(forum.ana, ticket_id, "It works again")
    before, desk = leo.messages(), forum.wiring.desk
    desk.act(ticket_id, "resolve", "ana", undo_for=timedelta(seconds=5))
    desk.act(ticket_id, "reopen", "ana")
    forum.settle(minutes=0.2)
    assert forum.heard(leo, before) == []
    assert forum.wiring.queries.ticket(ticket_id).ticket.is_live


def test_a_request_reopened_within_minutes_keeps_no_survey_and_no_first_answer(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    forum.wiring.desk.act(ticket_id, "resolve", "ana")
    forum.settle(minutes=0.2)
    assert leo.messages()[-1]["buttons"]
    forum.wiring.desk.act(ticket_id, "reopen", "ana")
    forum.settle(minutes=1.2)
    solved = next(m for m in reversed(leo.messages()) if "is solved" in m["text"])
    assert not solved["buttons"]
    assert "How did we do" not in solved["text"]
    leo.say("5")
    forum.settle()
    view = forum.wiring.queries.ticket(ticket_id)
    assert not [fact for fact in view.ticket.facts if fact.kind is TicketEventKind.RATED]
    [first] = [d for d in view.deadlines if d.target == "first_response"]
    assert first.met_at is None


def test_what_follows_the_return_button_asks_the_customer(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    assert forum.press(forum.ana, ticket_id, "Return").startswith("Write what you need to know")
    forum.speak(forum.ana, ticket_id, "Which version is it?")
    assert forum.wiring.queries.ticket(ticket_id).ticket.status is Status.WAITING
    assert "Which version is it?" in leo.messages()[-1]["text"]
    forum.speak(forum.ana, ticket_id, "Take your time")
    assert leo.messages()[-1]["text"] == "Take your time"


def test_what_follows_the_note_button_is_a_note_although_it_has_no_slashes(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    forum.press(forum.ana, ticket_id, "Note")
    forum.speak(forum.ana, ticket_id, "he is angry")
    assert forum.heard(leo, before) == []
    assert forum.wiring.queries.ticket(ticket_id).entries[-1].author is Author.NOTE


def test_a_command_that_nobody_knows_does_not_reach_the_customer(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    forum.speak(forum.ana, ticket_id, "/resolve please")
    assert forum.heard(leo, before) == []


def test_quotes_are_carried_both_ways(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    [said] = leo.say("It says error 12")
    forum.settle()
    shown = forum.posts(ticket_id)[-1]
    answer = forum.speak(forum.ana, ticket_id, "That one is known", reply_to=shown["id"])
    last = leo.messages()[-1]
    assert last["reply_to"]["id"] == said
    leo.say("It only shows on Mondays", reply_to=last["id"])
    forum.settle()
    assert forum.posts(ticket_id)[-1]["reply_to"]["id"] == answer
    items = forum.wiring.queries.ticket(ticket_id).entries
    assert items[-1].quoted_id


def test_edits_are_carried_both_ways(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    [said] = leo.say("It says eror 12")
    forum.settle()
    shown = forum.posts(ticket_id)[-1]
    leo.edit(said, "It says error 12")
    forum.settle()
    edit = forum.posts(ticket_id)[-1]
    assert edit["text"] == "✏️ Leo edited this message:\nIt says error 12"
    assert edit["reply_to"]["id"] == shown["id"]
    number = forum.speak(forum.ana, ticket_id, "Plese wait")
    forum.ana.edit(number, "Please wait", chat="forum")
    forum.settle()
    assert [(m["text"], m["is_edited"]) for m in leo.messages()][-1] == ("Please wait", True)
    assert "Plese wait" not in [m["text"] for m in leo.messages()]


def test_an_edit_that_whatsapp_cannot_carry_is_explained(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    marie = forum.phone("whatsapp", "Marie")
    ticket_id = _settled(forum, forum.ticket_of(marie))
    number = forum.speak(forum.ana, ticket_id, "Plese wait")
    forum.ana.edit(number, "Please wait", chat="forum")
    forum.settle()
    assert forum.texts(ticket_id)[-1].startswith("WhatsApp can’t change a sent message")
    assert marie.messages()[-1]["text"] == "Plese wait"


def test_albums_stay_together_both_ways(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    photos = [{"sample": "photo"}, {"sample": "photo"}]
    leo.say("look at these", files=photos)
    forum.settle(minutes=0.2)
    album = [post for post in forum.posts(ticket_id) if post["attachments"]]
    assert len(album) == 2
    assert len({post["album"] for post in album}) == 1
    assert "look at these" in album[0]["text"]
    forum.speak(forum.ana, ticket_id, "and at these", files=photos)
    forum.settle(minutes=0.2)
    got = [m for m in leo.messages() if m["from"] == "desk" and m["attachments"]]
    assert len(got) == 2
    assert len({m["album"] for m in got}) == 1
    assert got[0]["text"] == "and at these"
    assert len(forum.wiring.queries.ticket(ticket_id).entries[-1].attachments) == 2


def test_a_file_of_an_agent_reaches_whatsapp_too(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    marie = forum.phone("whatsapp", "Marie")
    ticket_id = _settled(forum, forum.ticket_of(marie))
    forum.speak(forum.ana, ticket_id, "the manual", files=[{"sample": "document"}])
    assert any(m["attachments"] for m in marie.messages() if m["from"] == "desk")


def test_a_voice_note_of_an_agent_is_one_for_the_customer(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    forum.speak(forum.ana, ticket_id, files=[{"sample": "voice"}], as_voice=True)
    [call] = [c for c in forum.sandbox.calls(channel="telegram") if c["name"] == "sendVoice"]
    assert call["status"] == 200
    assert [m["attachments"][0]["kind"] for m in leo.messages() if m["attachments"]] == ["voice"]


def test_what_did_not_arrive_is_explained_under_the_agents_message(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    leo.change(has_blocked=True)
    forum.settle(minutes=0.5)
    assert "has blocked us" in forum.card(ticket_id)["text"]
    number = forum.speak(forum.ana, ticket_id, "Are you there?")
    explained = forum.posts(ticket_id)[-1]
    assert explained["text"].startswith("⚠ Not delivered: The customer has blocked us")
    assert explained["reply_to"]["id"] == number
    assert [p["reactions"] for p in forum.posts(ticket_id) if p["id"] == number] == [["😢"]]
    leo.say("I am back")
    forum.settle(minutes=0.5)
    assert "has blocked us" not in forum.card(ticket_id)["text"]


def test_a_second_answer_within_seconds_waits_for_its_agents_word(forum: ForumDesk) -> None:
    ana = forum.link_agent(forum.ana, "Ana")
    forum.link_agent(forum.bruno, "Bruno")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    before = leo.messages()
    forum.wiring.desk.act(ticket_id, "reply", ana.agent_id, text="We are on it")
    forum.speak(forum.bruno, ticket_id, "We look at it")
    assert "We look at it" not in forum.heard(leo, before)
    asked = forum.posts(ticket_id)[-1]
    assert asked["text"] == "Ana just answered. Send yours too?"
    forum.bruno.press(asked["id"], "Send it too", chat="forum")
    forum.settle()
    assert forum.heard(leo, before)[-1] == "We look at it"
    assert forum.toast(forum.bruno) == "It’s on its way."
    assert forum.posts(ticket_id)[-1]["buttons"] == []


def test_an_answer_that_was_dropped_never_goes_out(forum: ForumDesk) -> None:
    ana = forum.link_agent(forum.ana, "Ana")
    forum.link_agent(forum.bruno, "Bruno")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    forum.wiring.desk.act(ticket_id, "reply", ana.agent_id, text="We are on it")
    forum.speak(forum.bruno, ticket_id, "We look at it")
    asked = forum.posts(ticket_id)[-1]["id"]
    forum.bruno.press(asked, "Don’t send", chat="forum")
    forum.settle()
    assert "We look at it" not in [m["text"] for m in leo.messages()]


def test_what_colleagues_do_in_the_inbox_is_shown_in_the_topic(forum: ForumDesk) -> None:
    ana = forum.link_agent(forum.ana, "Ana")
    marie = forum.phone("whatsapp", "Marie")
    ticket_id = _settled(forum, forum.ticket_of(marie))
    forum.wiring.desk.act(ticket_id, "note", ana.agent_id, text="she called")
    forum.wiring.desk.act(ticket_id, "reply", ana.agent_id, text="We are on it")
    forum.settle(minutes=0.2)
    shown = {post["text"]: post for post in forum.posts(ticket_id)}
    assert "📝 Note by Ana:\nshe called" in shown
    assert shown["💬 Ana answered:\nWe are on it"]["reactions"] == ["👌"]
    marie.change(is_open=True)
    forum.settle(minutes=0.2)
    [post] = [p for p in forum.posts(ticket_id) if p["text"].endswith("We are on it")]
    assert post["reactions"] == ["👀"]


def test_the_same_update_twice_answers_once(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = _settled(forum, forum.ticket_of(leo))
    forum.sandbox.fault("duplicate_webhook", channel="telegram", times=5)
    forum.speak(forum.ana, ticket_id, "Once")
    assert [m["text"] for m in leo.messages()].count("Once") == 1


def test_an_agents_press_by_a_stranger_changes_nothing(forum: ForumDesk) -> None:
    ticket_id = _settled(forum, forum.open_ticket())
    assert forum.press(forum.bruno, ticket_id, "Resolve").startswith("I don’t know you yet")
    assert forum.wiring.queries.ticket(ticket_id).ticket.status is Status.NEW


def test_another_group_is_none_of_ours(forum: ForumDesk) -> None:
    assert not forum.wiring.forum_services.group.is_ours(-1)  # type: ignore[union-attr]
    assert forum.wiring.forum_services.group.is_ours(credentials.TELEGRAM_INBOX_CHAT)  # type: ignore[union-attr]


def _settled(forum: ForumDesk, ticket_id: str) -> str:
    forum.settle()
    return ticket_id
