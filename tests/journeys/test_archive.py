"""A request from its first word to the archive and back, by the real jobs, in the chat and in the agents' group."""

from bot.model.conversation import Status
from store import keys
from store.forum import keys as forum_keys
from tests.fixtures.forum_desk import ForumDesk

A_WEEK, LONG = 8 * 24 * 3600, 91 * 24 * 3600  # seconds


def long_after(forum: ForumDesk, seconds: float) -> None:
    """Days pass at once, and everything is seen to."""
    forum.pass_time_in_steps(seconds, step=seconds / 2)
    forum.until_shown()
    forum.settle()


def test_a_request_goes_to_the_archive_by_itself_and_comes_back(forum: ForumDesk) -> None:
    ana, leo = forum.link_agent(forum.ana, "Ana Costa"), forum.phone("telegram", "Leo")
    ticket_id = forum.ticket_of(leo)
    forum.settle()
    forum.speak(forum.ana, ticket_id, "It works again")
    forum.wiring.desk.act(ticket_id, "resolve", ana.agent_id)
    long_after(forum, A_WEEK)
    assert forum.wiring.queries.ticket(ticket_id).ticket.status is Status.CLOSED
    before, shown = forum.wiring.queries.ticket(ticket_id), forum.texts(ticket_id)
    long_after(forum, LONG)
    after = forum.wiring.queries.ticket(ticket_id)
    assert not forum.redis.exists(keys.ticket(ticket_id))
    assert (after.ticket, list(after.entries)) == (before.ticket, list(before.entries))

    assert forum.texts(ticket_id) == shown  # its topic stays as it was, and gets no second one
    assert len(forum.topics()) == 1
    heard = leo.messages()
    forum.speak(forum.ana, ticket_id, "And how is it now?")
    assert forum.heard(leo, heard) == []
    assert any("couldn’t be saved" in text for text in forum.texts(ticket_id)[len(shown) :]), forum.texts(
        ticket_id
    )

    forum.wiring.archiver.bring_back(ticket_id, ana.agent_id)
    forum.wiring.desk.act(ticket_id, "reopen", ana.agent_id)
    forum.settle()
    heard = leo.messages()
    forum.speak(forum.ana, ticket_id, "Once more: how is it now?")
    assert forum.heard(leo, heard)[-1:] == ["Once more: how is it now?"]
    assert len(forum.topics()) == 1
    assert forum.redis.zcard(forum_keys.ERASED_TOPICS) == 0


def test_a_customer_who_comes_back_after_it_was_archived_is_asked_anew(forum: ForumDesk) -> None:
    ana, leo = forum.link_agent(forum.ana, "Ana Costa"), forum.phone("telegram", "Leo")
    ticket_id = forum.ticket_of(leo)
    forum.settle()
    forum.wiring.desk.act(ticket_id, "resolve", ana.agent_id)
    long_after(forum, A_WEEK)
    long_after(forum, LONG)
    assert not forum.redis.exists(keys.ticket(ticket_id))
    old = [m for m in leo.messages() if "How satisfied" in str(m["text"])]
    assert old
    before = leo.messages()
    leo.say("5")
    forum.settle()
    leo.say("The printer is broken, it prints nothing but stripes")
    forum.settle()
    assert forum.heard(leo, before)
    assert not forum.redis.exists(keys.ticket(ticket_id))
    assert forum.redis.xlen(keys.SET_ASIDE) == 0
