"""The agents' forum group: topics, rights, limits, and what agents write there."""

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)

from sandbox import credentials
from sandbox.control_client import Sandbox
from tests.fixtures.provider_sdks import SyncBot
from tests.fixtures.provider_webhooks import ProviderWebhooks

FORUM = credentials.TELEGRAM_INBOX_CHAT


def test_a_topic_lives_from_creation_to_deletion(
    sandbox: Sandbox, bot: SyncBot, desk: ProviderWebhooks
) -> None:
    topic = bot.create_forum_topic(FORUM, "K4-217 · Cobro doble", icon_color=16749490)
    thread = {"chat_id": FORUM, "message_thread_id": topic.message_thread_id}
    assert bot.edit_forum_topic(**thread, name="🟢 K4-217")
    assert bot.close_forum_topic(**thread)
    assert bot.reopen_forum_topic(**thread)
    assert sandbox.forum()["topics"][0]["name"] == "🟢 K4-217"
    sandbox.settle()
    told = [key for each in desk.updates for key in each["message"] if key.startswith("forum_topic_")]
    assert told == ["forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"]
    assert bot.delete_forum_topic(**thread)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        bot.send_message(FORUM, "tarde", message_thread_id=topic.message_thread_id)


def test_doing_twice_what_is_done_is_refused(bot: SyncBot) -> None:
    topic = bot.create_forum_topic(FORUM, "K4-217")
    bot.close_forum_topic(FORUM, topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        bot.close_forum_topic(FORUM, topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        bot.edit_forum_topic(FORUM, topic.message_thread_id, name="K4-217")


@pytest.mark.parametrize("name", ["", "x" * 129])
def test_a_topic_needs_a_name_of_at_most_128_characters(bot: SyncBot, name: str) -> None:
    with pytest.raises(TelegramBadRequest):
        bot.create_forum_topic(FORUM, name)


def test_only_telegrams_six_colours_are_accepted(bot: SyncBot) -> None:
    with pytest.raises(TelegramBadRequest, match="icon color"):
        bot.create_forum_topic(FORUM, "K4", icon_color=1)


def test_an_agent_writes_in_a_topic_and_the_bot_answers_there(
    sandbox: Sandbox, bot: SyncBot, desk: ProviderWebhooks
) -> None:
    thread = bot.create_forum_topic(FORUM, "K4-217").message_thread_id
    ana, bruno = sandbox.agents()
    ana.say("Lo miro", chat="forum", thread_id=thread)
    told = desk.updates[-1]["message"]
    assert (told["message_thread_id"], told["is_topic_message"]) == (thread, True)
    assert told["from"]["first_name"] == "Ana"
    assert "forum_topic_created" in told["reply_to_message"]
    bot.send_message(FORUM, "Enviado", message_thread_id=thread)
    assert [each["text"] for each in sandbox.topic(thread)] == ["", "Lo miro", "Enviado"]
    assert bruno.person["name"] == "Bruno"


def test_a_customer_is_not_in_the_group(sandbox: Sandbox) -> None:
    phone = sandbox.add("telegram", "Diego")
    with pytest.raises(Exception, match="only agents and the manager"):
        phone.say("hola", chat="forum")


def test_an_agent_presses_a_button_of_the_card(
    sandbox: Sandbox, bot: SyncBot, desk: ProviderWebhooks
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Claim", "callback_data": "claim"}]]}
    thread = bot.create_forum_topic(FORUM, "K4-217").message_thread_id
    card = bot.send_message(FORUM, "card", message_thread_id=thread, reply_markup=keyboard)
    assert bot.pin_chat_message(FORUM, card.message_id)
    sandbox.agents()[0].press(str(card.message_id), "Claim", chat="forum")
    sandbox.settle()
    assert any("pinned_message" in each.get("message", {}) for each in desk.updates)
    assert [each["callback_query"]["data"] for each in desk.updates if "callback_query" in each] == ["claim"]


def test_without_its_right_the_bot_cannot_manage_topics(sandbox: Sandbox, bot: SyncBot) -> None:
    sandbox.change_forum(can_manage_topics=False)
    with pytest.raises(TelegramBadRequest, match="not enough rights to create a topic"):
        bot.create_forum_topic(FORUM, "K4-217")
    me = bot.get_chat_member(FORUM, credentials.TELEGRAM_BOT_ID)
    assert (me.status, me.can_manage_topics) == ("administrator", False)
    sandbox.change_forum(is_admin=False)
    assert bot.get_chat_member(FORUM, credentials.TELEGRAM_BOT_ID).status == "member"
    assert bot.send_message(FORUM, "todavía").message_id


def test_out_of_the_group_the_bot_is_told_and_refused(
    sandbox: Sandbox, bot: SyncBot, desk: ProviderWebhooks
) -> None:
    sandbox.change_forum(is_bot_member=False)
    sandbox.settle()
    assert desk.updates[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
        bot.send_message(FORUM, "¿hola?")


def test_a_moved_group_says_where_it_went(sandbox: Sandbox, bot: SyncBot) -> None:
    sandbox.change_forum(migrate=True)
    with pytest.raises(TelegramMigrateToChat) as moved:
        bot.send_message(FORUM, "¿hola?")
    assert bot.send_message(moved.value.migrate_to_chat_id, "hola").chat.id == FORUM - 1


def test_the_group_takes_only_so_many_posts_a_minute(sandbox: Sandbox, bot: SyncBot) -> None:
    sandbox.configure(group_posts_per_minute=20)
    for number in range(20):
        bot.send_message(FORUM, str(number))
    with pytest.raises(TelegramRetryAfter) as refused:
        bot.send_message(FORUM, "21")
    assert 55 <= refused.value.retry_after <= 61
    sandbox.set_clock(advance_seconds=refused.value.retry_after)
    assert bot.send_message(FORUM, "21").text == "21"
