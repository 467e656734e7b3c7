"""Which of our languages a message asks for."""

from bot.messages.localized import LOCALES
from bot.text.normalise import tokens

_NAMES = {
    "en": "english anglais anglaise ingles inglesa eng anglo",
    "fr": "french francais francaise frances francesa",
    "es": "spanish espanol espanola espagnol espagnole castellano castillan",
}


def language_wanted(text: str, spoken: str) -> str:
    """The language that the text names last, other than the one we speak already; "" if none."""
    named = [locale for word in tokens(text) for locale in LOCALES if word in _NAMES[locale].split()]
    return next((locale for locale in reversed(named) if locale != spoken), "")
