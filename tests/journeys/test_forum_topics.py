"""What the agents' group is shown of a ticket, over the real sandbox."""

from tests.journeys.forum_house import ForumHouse


def test_a_new_ticket_has_a_topic_with_a_pinned_card(forum: ForumHouse) -> None:
    ticket_id = forum.ticket(words="The app does not work, my card is 4111 1111 1111 1111")
    forum.settle()
    number = forum.wiring.queries.ticket(ticket_id).ticket.number
    topic, [card] = forum.topic_of(ticket_id), forum.posts(ticket_id)
    assert topic["name"].startswith(f"🆕 {number} EN The app does not work")
    assert card["is_pinned"]
    for words in (number, "Marie Dubois", "Acme", "Nobody has it yet", "a first answer by", "•••1111"):
        assert words in card["text"]
    assert "4111 1111" not in card["text"] + topic["name"]
    labels = [button["label"] for row in card["buttons"] for button in row]
    assert labels == ["Claim", "Priority", "Return", "Resolve", "Note"]


def test_what_the_customer_writes_is_shown_and_several_lines_are_folded(forum: ForumHouse) -> None:
    ticket_id = forum.ticket()
    forum.settle()
    for line in ("One more thing:", "it also fails on Mondays", "and on my IBAN PT50 0002 0123 1234 5678 9015 4"):
        forum.write("telegram:42", line)
    forum.settle()
    [_, post] = forum.texts(ticket_id)
    assert post.splitlines() == [
        "👤 Marie Dubois:",
        "One more thing:",
        "it also fails on Mondays",
        "and on my IBAN •••0154",
    ]
