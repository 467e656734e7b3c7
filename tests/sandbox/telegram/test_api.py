"""The emulated Bot API, asked by the real aiogram."""

from typing import Any

import pytest
import requests
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramUnauthorizedError
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from sandbox import credentials
from sandbox.control_client import Phone, Sandbox
from sandbox.samples import screenshot, voice_note
from tests.fixtures.provider_sdks import SyncBot
from tests.fixtures.provider_webhooks import ProviderWebhooks

PICTURE = BufferedInputFile(screenshot(), "écran.png")


def id_of(phone: Phone) -> int:
    return int(phone.person["telegram_id"])


def buttons(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    keys = [[InlineKeyboardButton(text=text, callback_data=data) for text, data in row] for row in rows]
    return InlineKeyboardMarkup(inline_keyboard=keys)


def test_html_is_shown_with_its_entities(bot: SyncBot, diego: Phone) -> None:
    sent = bot.send_message(
        id_of(diego), " 😀 <b>Hola</b> &lt;Diego&gt; <a href='https://x.es'>aquí</a>", parse_mode="HTML"
    )
    assert sent.text == "😀 Hola <Diego> aquí"
    assert [(each.type, each.offset, each.length) for each in sent.entities] == [
        ("bold", 3, 4),
        ("text_link", 16, 4),
    ]
    shown = diego.messages()[-1]["html"]
    assert shown.startswith("😀 <b>Hola</b> &lt;Diego&gt; <a href=")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<b>Hola", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>Hola</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("é <h1>Hola</h1>", 'Unsupported start tag "h1" at byte offset 3'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("Hola</b>", "Unexpected end tag at byte offset 4"),
        ("<b onclick='x'>Hola</b>", 'Unsupported attribute "onclick"'),
    ],
)
def test_wrong_markup_is_refused_as_telegram_does(bot: SyncBot, diego: Phone, text: str, reason: str) -> None:
    with pytest.raises(TelegramBadRequest) as refused:
        bot.send_message(id_of(diego), text, parse_mode="HTML")
    assert "can't parse entities" in refused.value.message
    assert reason in refused.value.message


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"text": "   "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "hola", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"text": "hola", "message_thread_id": 5}, "message thread not found"),
        (
            {"text": "hola", "reply_parameters": ReplyParameters(message_id=99)},
            "message to be replied not found",
        ),
        ({"text": "hola", "reply_markup": buttons([("Sí", "é" * 33)])}, "BUTTON_DATA_INVALID"),
        ({"text": "hola", "chat_id": 1}, "chat not found"),
        ({"text": "hola", "message_effect_id": "5"}, "unknown or not emulated"),
    ],
)
def test_what_telegram_refuses_is_refused(
    bot: SyncBot, diego: Phone, given: dict[str, Any], reason: str
) -> None:
    with pytest.raises(TelegramBadRequest, match=reason):
        bot.send_message(**{"chat_id": id_of(diego), **given})


def test_the_length_counts_after_parsing(bot: SyncBot, diego: Phone) -> None:
    sent = bot.send_message(id_of(diego), "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert len(sent.text) == 4096


def test_strangers_blockers_and_the_deleted_cannot_be_written_to(
    sandbox: Sandbox, bot: SyncBot, diego: Phone
) -> None:
    stranger = sandbox.add("telegram", "Nuria")
    with pytest.raises(TelegramForbiddenError, match="can't initiate conversation"):
        bot.send_message(id_of(stranger), "hola")
    diego.change(has_blocked=True)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        bot.send_message(id_of(diego), "hola")
    diego.change(is_deactivated=True)
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        bot.send_message(id_of(diego), "hola")


def test_blocking_and_writing_again_are_told(sandbox: Sandbox, diego: Phone, desk: ProviderWebhooks) -> None:
    diego.change(has_blocked=True)
    diego.say("ya estoy")
    sandbox.settle()
    statuses = [
        each["my_chat_member"]["new_chat_member"]["status"]
        for each in desk.updates
        if "my_chat_member" in each
    ]
    assert statuses == ["kicked", "member"]


def test_a_wrong_token_and_an_unknown_method_are_refused(sandbox: Sandbox, bot: SyncBot) -> None:
    url = f"{sandbox.url}/bot{credentials.TELEGRAM_BOT_TOKEN}"
    unknown = requests.post(f"{url}/sendPostcard", timeout=5)
    assert (unknown.status_code, unknown.json()["description"]) == (404, "Not Found: method not found")
    with pytest.raises(TelegramUnauthorizedError):
        bot.with_token("1:wrong").get_me()


def test_parameters_of_the_wrong_kind_are_refused(sandbox: Sandbox) -> None:
    url = f"{sandbox.url}/bot{credentials.TELEGRAM_BOT_TOKEN}/sendMessage"
    answers = [
        requests.post(url, json=order, timeout=5).json()
        for order in (
            {"text": "hola"},
            {"chat_id": "", "text": "hola"},
            {"chat_id": 1, "text": 5},
            {"chat_id": 1, "text": "hola", "reply_markup": "{"},
            {"chat_id": 1, "text": "hola", "colour": "red"},
        )
    ]
    assert all(answer["ok"] is False and answer["error_code"] == 400 for answer in answers)
    assert answers[0]["description"] == "Bad Request: chat_id is empty"
    assert "colour" in answers[4]["description"]


def test_files_go_both_ways(sandbox: Sandbox, bot: SyncBot, diego: Phone, desk: ProviderWebhooks) -> None:
    diego.say("mire", files=[{"sample": "photo"}])
    photo = desk.updates[-1]["message"]["photo"][-1]
    path = bot.get_file(photo["file_id"]).file_path
    url = f"{sandbox.url}/file/bot{credentials.TELEGRAM_BOT_TOKEN}/{path}"
    assert requests.get(url, timeout=5).content == screenshot()
    again = bot.send_photo(id_of(diego), photo["file_id"], caption="<i>recibido</i>", parse_mode="HTML")
    assert (again.photo[-1].width, again.caption) == (360, "recibido")
    assert (
        bot.send_document(id_of(diego), BufferedInputFile(b"%PDF", "guía.pdf")).document.file_name
        == "guía.pdf"
    )
    assert bot.send_voice(id_of(diego), BufferedInputFile(voice_note(), "v.ogg")).voice.duration > 0
    assert [each["attachments"][0]["name"] for each in diego.messages()[-3:]] == [
        "screenshot.png",
        "guía.pdf",
        "v.ogg",
    ]


def test_an_album_stays_together(bot: SyncBot, diego: Phone) -> None:
    first, second = bot.send_media_group(
        id_of(diego), [InputMediaPhoto(media=PICTURE, caption="dos"), InputMediaPhoto(media=PICTURE)]
    )
    assert first.media_group_id == second.media_group_id
    assert (first.caption, second.caption) == ("dos", None)


@pytest.mark.parametrize("reference", ["AgACnowhere", "http://127.0.0.1:1/none.png"])
def test_a_file_that_is_not_there_is_refused(bot: SyncBot, diego: Phone, reference: str) -> None:
    with pytest.raises(TelegramBadRequest, match=r"wrong file identifier|failed to get HTTP URL content"):
        bot.send_photo(id_of(diego), reference)


def test_a_text_file_is_no_photo(bot: SyncBot, diego: Phone) -> None:
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        bot.send_photo(id_of(diego), BufferedInputFile(b"hola", "nota.txt"))


def test_a_pressed_button_is_told_and_answered_once(
    sandbox: Sandbox, bot: SyncBot, diego: Phone, desk: ProviderWebhooks
) -> None:
    sent = bot.send_message(id_of(diego), "¿Sí?", reply_markup=buttons([("Sí", "y"), ("No", "n")]))
    query = diego.press(str(sent.message_id), "Sí")
    sandbox.settle()
    told = desk.updates[-1]["callback_query"]
    assert (told["id"], told["data"], told["message"]["message_id"]) == (query, "y", sent.message_id)
    assert bot.answer_callback_query(query, text="Anotado")
    assert diego.screen()["alert"]["text"] == "Anotado"
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        bot.answer_callback_query(query)


def test_a_press_is_too_old_after_150_seconds(sandbox: Sandbox, bot: SyncBot, diego: Phone) -> None:
    sent = bot.send_message(id_of(diego), "¿Sí?", reply_markup=buttons([("Sí", "y")]))
    query = diego.press(str(sent.message_id), "y")
    sandbox.set_clock(advance_seconds=151)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        bot.answer_callback_query(query)


def test_a_message_is_edited_and_an_edit_without_change_refused(bot: SyncBot, diego: Phone) -> None:
    sent = bot.send_message(id_of(diego), "uno", reply_markup=buttons([("Sí", "y")]))
    place = {"chat_id": id_of(diego), "message_id": sent.message_id}
    assert bot.edit_message_text("dos", **place).reply_markup is None
    assert diego.messages()[-1]["is_edited"]
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        bot.edit_message_text("dos", **place)
    assert bot.edit_message_reply_markup(**place, reply_markup=buttons([("No", "n")])).reply_markup


def test_a_message_of_somebody_else_cannot_be_edited_and_a_deleted_one_is_gone(
    bot: SyncBot, diego: Phone
) -> None:
    theirs = int(diego.say("mío")[0])
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        bot.edit_message_text("tuyo", chat_id=id_of(diego), message_id=theirs)
    sent = bot.send_message(id_of(diego), "adiós")
    assert bot.delete_message(id_of(diego), sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        bot.edit_message_text("¿?", chat_id=id_of(diego), message_id=sent.message_id)


def test_signs_of_life_show_on_the_phone(sandbox: Sandbox, bot: SyncBot, diego: Phone) -> None:
    theirs = int(diego.say("hola")[0])
    bot.send_chat_action(id_of(diego), "typing")
    bot.set_message_reaction(id_of(diego), theirs, [ReactionTypeEmoji(emoji="👀")])
    assert diego.screen()["is_desk_typing"]
    assert diego.messages()[-1]["reactions"] == ["👀"]
    with pytest.raises(TelegramBadRequest, match="REACTION_INVALID"):
        bot.set_message_reaction(id_of(diego), theirs, [ReactionTypeEmoji(emoji="🦔")])


def test_commands_and_texts_are_kept_per_language(bot: SyncBot, diego: Phone) -> None:
    bot.set_my_commands([BotCommand(command="new", description="New request")])
    bot.set_my_commands([BotCommand(command="new", description="Nueva solicitud")], language_code="es")
    bot.set_my_description("Ventanilla", language_code="es")
    assert bot.get_my_commands()[0].description == "New request"
    assert bot.get_my_description("es").description == "Ventanilla"
    assert diego.screen()["commands"] == [{"command": "new", "description": "Nueva solicitud"}]
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        bot.set_my_commands([BotCommand(command="New one", description="x")])


def test_a_reply_keyboard_shares_the_own_card(bot: SyncBot, diego: Phone, desk: ProviderWebhooks) -> None:
    keys = [[KeyboardButton(text="Mi número", request_contact=True)]]
    bot.send_message(
        id_of(diego), "¿Número?", reply_markup=ReplyKeyboardMarkup(keyboard=keys, one_time_keyboard=True)
    )
    assert diego.screen()["reply_keyboard"] == [[{"text": "Mi número", "request_contact": True}]]
    diego.say(contact={"name": "Diego", "phone": "+34600", "is_own": True})
    assert desk.updates[-1]["message"]["contact"]["user_id"] == id_of(diego)
    assert diego.screen()["reply_keyboard"] == []


def test_replies_edits_and_reactions_of_a_person(bot: SyncBot, diego: Phone, desk: ProviderWebhooks) -> None:
    sent = bot.send_message(id_of(diego), "¿Cuál?")
    theirs = diego.say("esa", reply_to=str(sent.message_id))[0]
    assert desk.updates[-1]["message"]["reply_to_message"]["message_id"] == sent.message_id
    diego.edit(theirs, "esta")
    diego.react(str(sent.message_id), "👍")
    diego.sandbox.settle()
    assert desk.updates[-1]["edited_message"]["text"] == "esta"
    assert not any("message_reaction" in each for each in desk.updates)
