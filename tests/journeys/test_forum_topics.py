"""What the agents' group is shown of a ticket, over the real sandbox."""

from aiogram.methods import DeleteMessage

from bot.messages.inbound import Address
from sandbox import credentials
from store import keys
from store.contacts.personal_data import erase_contact_data, load_contact_data
from store.forum.topics import Topics
from tests.fixtures.forum_desk import ForumDesk
from tests.fixtures.sandbox_desk import SandboxDesk


def test_a_new_ticket_has_a_topic_with_a_pinned_card(forum: ForumDesk) -> None:
    ticket_id = forum.open_ticket(words="The app does not work, my card is 4111 1111 1111 1111")
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


def test_what_the_customer_writes_is_shown_and_several_lines_are_folded(forum: ForumDesk) -> None:
    ticket_id = forum.open_ticket()
    forum.settle()
    for line in (
        "One more thing:",
        "it also fails on Mondays",
        "and on my IBAN PT50 0002 0123 1234 5678 9015 4",
    ):
        forum.customer_writes("telegram:42", line)
    forum.settle()
    [_, post] = forum.texts(ticket_id)
    assert post.splitlines() == [
        "👤 Marie Dubois:",
        "One more thing:",
        "it also fails on Mondays",
        "and on my IBAN •••0154",
    ]


def test_a_name_follows_the_ticket(forum: ForumDesk) -> None:
    ana = forum.link_agent(forum.ana, "Ana")
    ticket_id = forum.open_ticket()
    forum.settle()
    forum.wiring.desk.act(ticket_id, "claim", ana.agent_id)
    forum.wiring.desk.act(ticket_id, "rename", ana.agent_id, subject="Crash at the start " + "🙂" * 120)
    forum.settle(minutes=0.2)
    name = forum.topic_of(ticket_id)["name"]
    assert name.startswith("🔵 ")
    assert "EN Crash at the start" in name
    assert len(name.encode("utf-16-le")) // 2 <= 128
    assert name.endswith("…")


def test_an_overdue_ticket_says_so_in_its_name_and_on_its_card(forum: ForumDesk) -> None:
    ticket_id = forum.open_ticket(priority="urgent")
    forum.settle()
    forum.clock.advance(hours=2)
    forum.sandbox.set_clock(advance_seconds=7200)
    forum.settle(minutes=0.5)
    assert forum.topic_of(ticket_id)["name"].startswith("⏰")
    assert "⏰ overdue: a first answer" in forum.card(ticket_id)["text"]


def test_cards_are_edited_seldom_however_much_changes(forum: ForumDesk) -> None:
    ana = forum.link_agent(forum.ana, "Ana")
    ticket_id = forum.open_ticket()
    forum.settle()
    for priority in ("low", "medium", "urgent", "high", "low"):
        forum.wiring.desk.act(ticket_id, "prioritise", ana.agent_id, priority=priority)
        forum.run_jobs()
    forum.settle(minutes=0.5)
    edits = forum.sandbox.calls(channel="telegram", name="editMessageText")
    assert 1 <= len(edits) <= 2
    assert "· Low" in forum.card(ticket_id)["text"]


def test_who_is_writing_an_answer_stands_on_the_card_while_they_do(forum: ForumDesk) -> None:
    ana = forum.link_agent(forum.ana, "Ana")
    ticket_id = forum.open_ticket()
    forum.settle(minutes=0.2)
    forum.wiring.presence.mark_present(ticket_id, ana.agent_id, is_typing=True)
    forum.settle()
    assert "Ana is writing an answer" in forum.card(ticket_id)["text"]
    forum.settle(minutes=1)
    assert "Ana is writing an answer" not in forum.card(ticket_id)["text"]


def test_a_deleted_topic_comes_back_with_a_recap(forum: ForumDesk) -> None:
    ticket_id = forum.open_ticket()
    forum.settle()
    for line in ("It got worse", "and worse"):
        forum.customer_writes("telegram:42", line)
        forum.settle()
        forum.until_shown()
    forum.sandbox.delete_topic(forum.topic_of(ticket_id)["id"])
    forum.customer_writes("telegram:42", "It is still broken")
    forum.settle()
    forum.until_shown()
    card, recap, line = forum.texts(ticket_id)
    assert "Marie Dubois" in card
    assert recap.startswith("🗂")
    assert "It got worse\nand worse" in recap
    assert line == "👤 Marie Dubois:\nIt is still broken"


def test_a_deleted_card_is_posted_again(forum: ForumDesk) -> None:
    ana = forum.link_agent(forum.ana, "Ana")
    ticket_id = forum.open_ticket()
    forum.settle(minutes=0.2)
    _delete(forum, forum.card(ticket_id)["id"])
    forum.wiring.desk.act(ticket_id, "claim", ana.agent_id)
    forum.settle(minutes=0.2)
    [card] = [post for post in forum.posts(ticket_id) if post["is_pinned"]]
    assert "Ana has it" in card["text"]


def test_an_ended_ticket_whose_topic_was_deleted_gets_no_other(forum: ForumDesk) -> None:
    ana = forum.link_agent(forum.ana, "Ana")
    ticket_id = forum.open_ticket()
    forum.settle()
    forum.sandbox.delete_topic(forum.topic_of(ticket_id)["id"])
    forum.wiring.desk.act(ticket_id, "resolve", ana.agent_id)
    forum.settle(minutes=0.2)
    assert forum.topics() == []
    assert forum.waiting() == 0


def test_a_lost_right_is_told_and_nothing_is_lost(forum: ForumDesk) -> None:
    forum.sandbox.change_forum(is_admin=False)
    ticket_id = forum.open_ticket()
    forum.settle()
    forum_services = forum.wiring.forum_services
    assert forum_services
    trouble = forum_services.group.problem()
    assert trouble
    assert trouble.code == "no_rights"
    assert {name: value for name, _, _, value in forum.wiring.figures()}["guichet_group_usable"] == 0
    forum.customer_writes("telegram:42", "and another thing")
    calls = len(forum.sandbox.calls(channel="telegram", name="createForumTopic"))
    forum.settle()
    assert len(forum.sandbox.calls(channel="telegram", name="createForumTopic")) == calls
    forum.sandbox.change_forum(is_admin=True)
    forum.settle(minutes=1.5)
    assert forum.texts(ticket_id)[-1] == "👤 Marie Dubois:\nand another thing"
    assert forum_services.group.problem() is None


def test_a_bot_that_was_put_out_comes_back_where_it_left(forum: ForumDesk) -> None:
    ticket_id = forum.open_ticket()
    forum.settle()
    forum.sandbox.change_forum(is_bot_member=False)
    forum.settle()
    assert forum.wiring.forum_services
    assert forum.wiring.forum_services.group.problem()
    forum.customer_writes("telegram:42", "hello?")
    forum.settle()
    forum.sandbox.change_forum(is_bot_member=True)
    forum.settle(minutes=1.5)
    assert forum.texts(ticket_id)[-1].endswith("hello?")


def test_a_group_that_moves_is_followed_and_heard(forum: ForumDesk) -> None:
    forum.link_agent(forum.ana, "Ana")
    ticket_id = forum.open_ticket()
    forum.settle()
    forum.sandbox.change_forum(migrate=True)
    forum.customer_writes("telegram:42", "It is still broken")
    forum.settle()
    assert forum.texts(ticket_id)[-1].endswith("It is still broken")
    forum.speak(forum.ana, ticket_id, "// yes")
    assert forum.wiring.queries.ticket(ticket_id).entries[-1].text == "yes"


def test_a_call_whose_answer_is_lost_is_repeated_never_dropped(forum: ForumDesk) -> None:
    ticket_id = forum.open_ticket()
    forum.settle()
    forum.sandbox.fault("drop", channel="telegram", method="sendMessage")
    forum.customer_writes("telegram:42", "do you read me?")
    forum.settle(minutes=0.5)
    assert 1 <= sum(text.endswith("do you read me?") for text in forum.texts(ticket_id)) <= 2


def test_telegram_out_of_order_delays_and_loses_nothing(forum: ForumDesk) -> None:
    ticket_id = forum.open_ticket()
    forum.settle()
    for kind in ("error", "html", "reset"):
        forum.sandbox.fault(kind, channel="telegram", count=2, status=500)
    forum.sandbox.fault("rate_limit", channel="telegram", retry_after=7)
    for n in range(3):
        forum.customer_writes("telegram:42", f"line {n}")
    forum.until_shown()
    shown = "\n".join(forum.texts(ticket_id)[1:])
    assert [shown.find(f"line {n}") >= 0 for n in range(3)] == [True] * 3
    assert shown.index("line 0") < shown.index("line 1") < shown.index("line 2")
    assert not [call for call in forum.sandbox.calls(channel="telegram") if call["note"].startswith("early")]


def test_a_post_that_telegram_never_takes_does_not_hold_up_what_follows(forum: ForumDesk) -> None:
    ticket_id = forum.open_ticket()
    forum.settle()
    forum.sandbox.fault(
        "error", channel="telegram", method="sendMessage", status=400, text="Bad Request: odd"
    )
    forum.customer_writes("telegram:42", "odd words")
    forum.settle(minutes=0.2)
    forum.customer_writes("telegram:42", "plain words")
    forum.settle(minutes=0.2)
    _, missing, plain = forum.texts(ticket_id)
    assert missing.startswith("⚠ Something can’t be shown here")
    assert plain.endswith("plain words")


def test_without_a_group_nothing_is_shown_anywhere(desk: SandboxDesk) -> None:
    assert desk.wiring.forum_services is None
    phone = desk.phone("telegram", "Leo")
    desk.say(phone, "Hello")
    assert not desk.sandbox.calls(channel="telegram", name="createForumTopic")


def test_what_was_changed_while_nobody_worked_is_shown_afterwards(forum: ForumDesk) -> None:
    tickets = [forum.open_ticket(f"telegram:{n}") for n in range(40, 43)]
    forum.redis.delete(keys.FEED)
    forum.settle(minutes=0.5)
    assert sorted(forum.topic_of(t)["id"] for t in tickets) == sorted(t["id"] for t in forum.topics())


def forgotten(forum: ForumDesk, address: str) -> None:
    archive = forum.wiring.archive
    found = load_contact_data(forum.redis, Address.parse(address), archive)
    erase_contact_data(forum.redis, found, forum.wiring.media.delete, archive.erase)


def test_an_erased_customer_leaves_no_topic_and_no_trace_of_it(forum: ForumDesk) -> None:
    other, ticket_id = forum.open_ticket("telegram:41"), forum.open_ticket("telegram:42")
    forum.settle()
    forum.sandbox.change_forum(can_delete_messages=False)
    forgotten(forum, "telegram:42")
    forum.settle()
    forum.customer_writes("telegram:41", "am I held up?")
    forum.settle()
    assert forum.texts(other)[-1].endswith("am I held up?")
    forum.sandbox.change_forum(can_delete_messages=True)
    forum.pass_by(11 * 60)
    assert [topic["id"] for topic in forum.topics()] == [forum.topic_of(other)["id"]]
    assert [key for key in forum.redis.keys("*") if ticket_id.encode() in key] == []


def test_an_erased_feed_keeps_nobody_busy(forum: ForumDesk) -> None:
    forum.open_ticket("telegram:42")
    forum.settle()
    forgotten(forum, "telegram:42")
    forum.show()
    assert not Topics(forum.redis).has_changes(forum.clock())


def _delete(forum: ForumDesk, message_id: str) -> None:
    """Somebody deletes a message; Telegram does not tell the bot."""
    forum.wiring.channels["telegram"].loaded.call(  # type: ignore[attr-defined]
        DeleteMessage(chat_id=credentials.TELEGRAM_INBOX_CHAT, message_id=int(message_id))
    )
