"""Takes the screenshots of six conversations at phone width: `python -m docs.conversation_screenshots [PHONES_URL]`.

Start `make run` on an empty var/ first. `docs.take_screenshots` takes these too.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from sandbox.control_client import Phone, Sandbox

IMAGES = Path(__file__).parent / "images"
PHONES = "http://127.0.0.1:8001"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE = {"width": 390, "height": 1180}


@dataclass(frozen=True)
class Conversation:
    """What one customer writes, and the name of its picture."""

    picture: str
    channel: str
    name: str
    details: dict[str, str]
    lines: tuple[str, ...]


CONVERSATIONS = (
    Conversation("talk-en-corrected", "whatsapp", "Kathryn Doyle", {"country": "GB"}, (
        "hi its Cathryn from Doyle Florists, the label printer at the counter spits out blank labels",
        "pretty urgent, we can't price anything",
        "actually it's Kathryn with a K, and make it high", "perfect, send it over")),
    Conversation("talk-en-second-request", "telegram", "Sam Okafor", {"language_code": "en"}, (
        "The scanner in the stockroom shows an error on every parcel. While you're at it, could you send us the "
        "October invoice?",
        "Okafor & Sons", "medium", "looks good, send it", "yes please")),
    Conversation("talk-fr-questions", "whatsapp", "Inès Martin", {"country": "FR"}, (
        "bonjour, les commandes du site n’arrivent plus en cuisine depuis midi", "c’est payant, votre aide ?",
        "Le Comptoir d’Inès", "assez pressé, le service du soir commence à 19 h", "c’est bon pour moi, envoyez")),
    Conversation("talk-fr-my-data", "telegram", "Paul Girard", {"language_code": "fr"}, (
        "bonjour, je ne suis plus client, supprimez toutes mes données svp", "oui", "oui, j’en suis sûr",
        "en fait gardez mes données")),
    Conversation("talk-es-my-data", "whatsapp", "Lucía Gómez", {"country": "ES"}, (
        "hola, soy Lucía Gómez de Farmacia Gómez, la tienda no acepta tarjetas desde ayer", "alta",
        "sí, mándelo", "¿qué datos tienen sobre mí?")),
    Conversation("talk-es-person", "telegram", "Diego Ruiz", {"language_code": "es"}, (
        "buenas, la aplicación se cierra al abrir una factura", "¿cuánto tardan en contestar?",
        "prefiero hablar con una persona")),
)  # fmt: skip


def take_conversations(browser: Browser, sandbox: Sandbox, url: str = PHONES) -> None:
    """Play each conversation on a phone of its own, and photograph it."""
    for each in CONVERSATIONS:
        phone = sandbox.add(each.channel, each.name, **each.details)
        _tell(phone, each.lines)
        page = browser.new_context(viewport=PHONE, locale="en-GB", device_scale_factor=1.5).new_page()  # type: ignore[arg-type]
        page.goto(url)
        page.evaluate(f"localStorage.setItem('picked-{each.channel}', '{phone.person['id']}')")
        page.reload()
        page.wait_for_timeout(800)
        page.locator("#tabs button").nth(0 if each.channel == "whatsapp" else 1).click()
        page.wait_for_timeout(1200)
        IMAGES.mkdir(exist_ok=True)
        picture = IMAGES / f"{each.picture}.png"
        page.locator(f"#{each.channel} .phone").screenshot(path=picture)
        Image.open(picture).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(
            picture, optimize=True
        )
        page.context.close()


def _tell(phone: Phone, lines: tuple[str, ...]) -> None:
    for line in lines:
        shown = phone.messages()
        phone.say(line)
        phone.heard(str(shown[-1]["id"]) if shown else "", wait=5)
        time.sleep(3)  # Telegram takes one message a second in a chat, and some answers are two


def main(url: str = PHONES) -> None:
    """Only these screenshots."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        take_conversations(browser, Sandbox(url), url)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
