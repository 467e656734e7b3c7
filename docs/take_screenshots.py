"""Takes the README's screenshots from a running desk: `python -m docs.take_screenshots AGENT_LINK MANAGER_LINK`.

Start `make run` on an empty var/ and pass the two sign-in links it printed. The script writes on the sandbox's
phones, answers in the inbox as an agent, and photographs each page.
"""

import sys
import time

from playwright.sync_api import Browser, Page, sync_playwright

from docs.conversation_screenshots import CHROMIUM, IMAGES, PHONES, take_conversations
from sandbox.control_client import Phone, Sandbox

DESK = {"width": 1440, "height": 900}
POCKET = {"width": 390, "height": 844}

STORIES = [
    ("telegram", "Emma Stone", {"language_code": "en"}, [
        "hello, the October invoices are missing on the billing page, I only see September and November. No rush",
        "Stone & Daughters", "looks good, send it"]),
    ("whatsapp", "Lucía Gómez", {"country": "ES"}, [
        "hola, soy Lucía Gómez de Farmacia Gómez, la tienda da error 500 después de la contraseña desde esta mañana",
        "alta", "está perfecto, mándelo"]),
    ("telegram", "Jean-Marc Lefèvre", {"language_code": "fr"}, [
        "bonjour, comment ajouter une collègue aux utilisateurs ? rien d’urgent", "pourquoi vous voulez savoir ça ?",
        "Atelier Lefèvre", "c’est bon, envoyez"]),
    ("whatsapp", "Ahmed Benali", {"country": "FR"}, [
        "la caisse ne s’ouvre plus du tout depuis 8 h, écran blanc après le code, on ne peut plus rien encaisser !!",
        "Épicerie du Port", "oui vite"]),
]  # fmt: skip


def main(agent_link: str, manager_link: str) -> None:
    """Play the stories, then take the screenshots."""
    sandbox = Sandbox(PHONES)
    customers = [sandbox.phone(each["id"]) for each in sandbox.ask("GET", "/control/people")]
    customers = [phone for phone in customers if phone.person["role"] == "customer"]
    for channel, name, details, lines in STORIES:
        _tell(sandbox.add(channel, name, **details), lines)
    french, spanish = customers[0], customers[1]
    _tell(spanish, [
        "Hola, la aplicación se cierra sola al abrir una factura", "Talleres Ruiz",
        "¿cuánto tardan en contestar?"])  # fmt: skip
    _tell(french, [
        "Bonjour, quand je clique sur Encaisser un écran blanc s’affiche, ça nous ralentit beaucoup",
        "Boulangerie Durand", "presque : c’est Boulangerie Durant, avec un t", "parfait, allez-y"])  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        _inbox(browser, agent_link, french)
        phones = _page(browser, PHONES, DESK)
        _take(phones, "phones")
        _group(phones)
        overview = _page(browser, manager_link, DESK)
        overview.locator("form button").first.click()
        overview.wait_for_timeout(1500)
        _take(overview, "overview")
        _what_if(overview)
        take_conversations(browser, sandbox)
        browser.close()


def _inbox(browser: Browser, link: str, french: Phone) -> None:
    page = _page(browser, link, DESK)
    page.locator("form button").first.click()
    page.get_by_text(french.person["name"]).first.click()
    page.wait_for_timeout(800)
    page.keyboard.press("c")
    page.wait_for_timeout(800)
    page.keyboard.press("r")
    page.keyboard.type("Bonjour, merci pour ces détails. Quelle version voyez-vous en bas de l’écran ?")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(7000)
    french.say("Version 4.2, et cela arrive aussi sur la deuxième caisse")
    page.wait_for_timeout(2500)
    _take(page, "inbox")
    page.get_by_role("button", name="Why?").first.click()
    page.wait_for_timeout(800)
    _take(page, "why")
    page.keyboard.press("Escape")
    page.set_viewport_size(POCKET)  # type: ignore[arg-type]
    page.wait_for_timeout(600)
    _take(page, "inbox-phone")


def _group(page: Page) -> None:
    """The tickets as topics of the agents' group."""
    page.get_by_role("tab", name="Agents’ group").click()
    page.wait_for_timeout(800)
    page.locator(".tablet").screenshot(path=IMAGES / "group.png")


def _what_if(page: Page) -> None:
    """The requests so far, if the desk were open on weekdays only."""
    page.locator("#what-if-policy").select_option("weekday-desk.toml")
    page.locator("#what-if-run").click()
    page.wait_for_timeout(2500)
    page.locator("#what-if").screenshot(path=IMAGES / "what-if.png")


def _tell(phone: Phone, lines: list[str]) -> None:
    """Send one answer after another, each once the desk has asked."""
    for line in lines:
        shown = phone.messages()
        phone.say(line)
        phone.heard(str(shown[-1]["id"]) if shown else "", wait=5)
        time.sleep(1.1)  # Telegram takes one message a second in a chat


def _page(browser: Browser, url: str, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size, locale="en-GB").new_page()  # type: ignore[arg-type]
    page.goto(url)
    page.wait_for_timeout(1200)
    return page


def _take(page: Page, name: str) -> None:
    IMAGES.mkdir(exist_ok=True)
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main(*sys.argv[1:3])
