"""The page with the phones, in a real headless Chromium."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox import credentials
from sandbox import page as page_files
from sandbox.control_client import Phone, Sandbox
from tests.fixtures.provider_sdks import SyncBot
from tests.fixtures.provider_webhooks import ProviderWebhooks


@pytest.fixture
def page(browser: Browser, sandbox: Sandbox) -> Iterator[Page]:
    """The page as a newcomer first sees it; any error in its console fails the test."""
    sandbox.ask("POST", "/control/reset", {"first_customers": True})
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(60_000)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.goto(f"{sandbox.url}/?lang=en")
    page.wait_for_selector("body.ready")
    yield page
    context.close()
    sandbox.ask("POST", "/control/reset", {"first_customers": False})
    assert troubles == []


def test_a_newcomer_writes_on_both_phones(page: Page, desk: ProviderWebhooks) -> None:
    page.get_by_role("button", name="Bonjour, l’appli ne marche pas").click()
    box = page.locator("#telegram textarea")
    box.fill("Hola")
    box.press("Enter")
    expect(page.locator("#whatsapp .bubble .ticks.delivered")).to_be_visible()
    expect(page.locator("#telegram .bubble .ticks.delivered")).to_be_visible()
    assert desk.messages[0]["Body"] == "Bonjour, l’appli ne marche pas"
    assert desk.updates[0]["message"]["text"] == "Hola"


def test_buttons_are_pressed_and_answers_appear_without_reload(
    page: Page, sandbox: Sandbox, bot: SyncBot, desk: ProviderWebhooks
) -> None:
    diego = phone_of(sandbox, "telegram")
    diego.say("hola")
    keys = {"inline_keyboard": [[{"text": "Alta", "callback_data": "high"}]]}
    bot.send_message(
        diego.person["telegram_id"], "<b>¿Prioridad?</b> <i>x</i>", parse_mode="HTML", reply_markup=keys
    )
    expect(page.locator("#telegram .text b")).to_have_text("¿Prioridad?")
    page.get_by_role("button", name="Alta").click()
    expect(page.locator("#telegram .key.chosen")).to_be_visible()
    sandbox.settle()
    assert desk.updates[-1]["callback_query"]["data"] == "high"


def test_a_link_to_the_other_app_opens_the_other_phone(
    page: Page, sandbox: Sandbox, bot: SyncBot, desk: ProviderWebhooks
) -> None:
    diego = phone_of(sandbox, "telegram")
    diego.say("hola")
    bot.send_message(diego.person["telegram_id"], "https://wa.me/351600000000?text=M7KD4-MX9QA")
    page.locator("#telegram a[href*='wa.me']").click()
    expect(page.locator("#whatsapp textarea")).to_have_value("M7KD4-MX9QA")
    expect(page.locator("#whatsapp textarea")).to_be_focused()
    bot.send_message(diego.person["telegram_id"], "https://t.me/guichet_sandbox_bot?start=move-abc")
    page.locator("#telegram a[href*='t.me']").click()
    expect(page.locator("#telegram .bubble .text").last).to_have_text("/start move-abc")
    assert [each["message"]["text"] for each in desk.updates] == ["hola", "/start move-abc"]


def test_what_people_write_is_shown_and_never_run(page: Page, sandbox: Sandbox, bot: SyncBot) -> None:
    diego = phone_of(sandbox, "telegram")
    diego.say("<img src=x onerror=alert(1)>")
    bot.send_message(diego.person["telegram_id"], "<script>alert(1)</script>")
    expect(page.locator("#telegram .text").last).to_have_text("<script>alert(1)</script>")
    assert page.locator("#telegram .text img, #telegram .text script").count() == 0


def test_pictures_voices_and_stickers_are_sent_from_the_sheet(page: Page, desk: ProviderWebhooks) -> None:
    for name in ("Screenshot", "Voice note", "Location", "Contact"):
        page.locator("#whatsapp").get_by_role("button", name="Attach").click()
        page.locator("#whatsapp .sheet-of-actions").get_by_role("button", name=name).click()
    page.locator("#whatsapp").get_by_role("button", name="Attach").click()
    page.locator("#whatsapp .stickers button").first.click()
    expect(page.locator("#whatsapp .photo img")).to_be_visible()
    expect(page.locator("#whatsapp .voice small")).to_have_text("0:03")
    expect(page.locator("#whatsapp .messages .sticker")).to_be_visible()
    page.wait_for_function("document.querySelectorAll('#whatsapp .ticks.delivered').length === 5")
    assert [each["MessageType"] for each in desk.messages] == [
        "image",
        "audio",
        "location",
        "contacts",
        "sticker",
    ]


def test_a_person_is_added_with_a_country(page: Page, sandbox: Sandbox) -> None:
    page.locator("#whatsapp").get_by_role("button", name="Add a person").click()
    page.locator("#whatsapp .add-person select").select_option("MX")
    page.locator("#whatsapp .add-person").get_by_role("button", name="Add").click()
    expect(page.locator("#whatsapp .face.here")).to_contain_text("Ximena")
    added = sandbox.ask("GET", "/control/people")[-1]
    assert (added["country"], added["number"][:3]) == ("MX", "+52")


def test_the_manager_and_the_agents_see_their_chats(page: Page, sandbox: Sandbox, bot: SyncBot) -> None:
    bot.send_message(credentials.TELEGRAM_MANAGER_CHAT, "⏰ Overdue 5 min")
    expect(page.locator("#side-manager .text")).to_have_text("⏰ Overdue 5 min")
    thread = bot.create_forum_topic(credentials.TELEGRAM_INBOX_CHAT, "K4-217").message_thread_id
    page.get_by_role("tab", name="Agents’ group").click()
    page.get_by_role("button", name=re.compile("K4-217")).click()
    page.locator("#side-agents textarea").fill("Lo miro")
    page.locator("#side-agents textarea").press("Enter")
    expect(page.locator("#side-agents .mine .text")).to_have_text("Lo miro")
    assert sandbox.topic(thread)[-1]["author"] == "Ana"


def test_trouble_is_ordered_seen_and_stopped(page: Page, sandbox: Sandbox, bot: SyncBot) -> None:
    page.get_by_role("button", name="Telegram", exact=True).first.click()
    page.get_by_role("button", name="3 ×").click()
    page.get_by_role("button", name=re.compile("Server error")).click()
    expect(page.locator(".chip")).to_contain_text("Server error · Telegram · 3 left")
    with pytest.raises(Exception, match="Internal server error"):
        bot.get_me()
    expect(page.locator(".call.bad .pill")).to_have_text("500")
    page.locator(".call.bad summary").click()
    expect(page.locator(".call.bad pre").last).to_contain_text('"error_code": 500')
    page.locator(".chip button").click()
    expect(page.locator(".calm")).to_be_visible()


@pytest.mark.parametrize(("language", "title"), [("fr", "Semer le trouble"), ("es", "Causar problemas")])
def test_the_page_speaks_french_and_spanish(page: Page, sandbox: Sandbox, language: str, title: str) -> None:
    page.goto(f"{sandbox.url}/?lang={language}")
    expect(page.locator(".trouble h2")).to_have_text(title)
    assert page.locator("html").get_attribute("lang") == language


def test_every_sentence_of_the_page_is_translated(page: Page) -> None:
    tables = page.evaluate("import('/page/translations.js').then((words) => words.table)")
    folder = Path(page_files.__file__).parent
    sources = "".join(each.read_text(encoding="utf-8") for each in folder.glob("*.js"))
    said = set(re.findall(r'\bsay\("([^"]+)"\)', sources))
    assert said <= set(tables["fr"])
    assert set(tables["fr"]) == set(tables["es"])


def test_a_narrow_screen_shows_one_thing_at_a_time(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for tab, place in (
        ("Telegram", "#telegram"),
        ("Agents", "#desk"),
        ("Faults", "#trouble"),
        ("Calls", "#calls"),
    ):
        page.locator("#tabs").get_by_role("button", name=tab).click()
        expect(page.locator(place)).to_be_visible()
        expect(page.locator("#whatsapp")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_page_asks_nobody_else(page: Page, sandbox: Sandbox) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_selector("body.ready")
    assert all(url.startswith(sandbox.url) for url in asked)


def phone_of(sandbox: Sandbox, channel: str) -> Phone:
    people = sandbox.ask("GET", "/control/people")
    found = next(each for each in people if (each["channel"], each["role"]) == (channel, "customer"))
    return sandbox.phone(found["id"])
