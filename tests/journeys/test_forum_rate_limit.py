"""Sixty things at once in a group that takes twenty posts a minute: nothing lost, nothing out of order."""

from collections import Counter

from tests.fixtures.forum_desk import ForumDesk

POSTS = ("sendMessage", "sendMediaGroup", "createForumTopic")


def test_sixty_lines_in_a_burst_are_all_shown_in_order(forum: ForumDesk) -> None:
    tickets = [forum.open_ticket(f"telegram:{n}", priority="low") for n in range(1, 16)]
    forum.until_shown()
    forum.sandbox.configure(group_posts_per_minute=20)
    forum.pass_by(65)
    for line in range(4):
        for n in range(1, 16):
            forum.customer_writes(f"telegram:{n}", f"line {line} of {n}")
            if line == 0 and n % 5 == 0:
                forum.show()
    passed = forum.until_shown()
    assert passed.total_seconds() <= 180
    for n, ticket_id in enumerate(tickets, 1):
        shown = "\n".join(forum.texts(ticket_id)[1:])
        places = [shown.index(f"line {line} of {n}\n") for line in range(3)]
        assert places == sorted(places)
        assert Counter(shown.splitlines())[f"line 3 of {n}"] == 1
    _no_call_was_refused(forum)


def test_sixty_new_tickets_at_once_all_get_their_topics(forum: ForumDesk) -> None:
    forum.sandbox.configure(group_posts_per_minute=20)
    tickets = [forum.open_ticket(f"telegram:{n}", priority="low") for n in range(1, 61)]
    passed = forum.until_shown()
    assert len(forum.topics()) == len(tickets) == 60
    assert all(forum.card(ticket_id)["is_pinned"] for ticket_id in tickets)
    assert passed.total_seconds() <= 15 * 60
    _no_call_was_refused(forum)


def test_an_urgent_customer_passes_all_who_wait(forum: ForumDesk) -> None:
    low = [forum.open_ticket(f"telegram:{n}", priority="low") for n in range(1, 31)]
    urgent = forum.open_ticket("telegram:99", priority="urgent")
    forum.until_shown()
    forum.sandbox.configure(group_posts_per_minute=20)
    forum.pass_by(65)
    for n in range(1, 31):
        forum.customer_writes(f"telegram:{n}", "not urgent")
    forum.show()
    forum.customer_writes("telegram:99", "very urgent")
    forum.customer_writes("telegram:99", "and more")
    forum.until_shown()
    last = forum.posts(urgent)[-1]
    assert last["text"] == "👤 Marie Dubois:\nvery urgent\nand more"
    others = [int(post["id"]) for t in low for post in forum.posts(t) if post["text"].endswith("not urgent")]
    assert len(others) == 30
    assert sum(number > int(last["id"]) for number in others) >= 12
    _no_call_was_refused(forum)


def test_an_agents_answer_is_not_delayed_by_a_full_group(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    leo = forum.phone("telegram", "Leo")
    ticket_id = forum.ticket_of(leo)
    forum.until_shown()
    forum.sandbox.configure(group_posts_per_minute=20)
    for n in range(1, 31):
        forum.open_ticket(f"telegram:{n}", priority="low")
    forum.show()
    forum.speak(forum.ana, ticket_id, "I am here")
    forum.settle()
    assert leo.messages()[-1]["text"] == "I am here"


def _no_call_was_refused(forum: ForumDesk) -> None:
    refused = [
        call
        for name in POSTS
        for call in forum.sandbox.calls(channel="telegram", name=name)
        if call["status"] == 429
    ]
    assert refused == []
