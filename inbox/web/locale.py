"""The language of the pages: chosen by the agent, else the browser's; and gettext for the templates."""

from flask import Flask, g, request
from redis.exceptions import RedisError

from bot.messages.localized import LOCALES
from i18n.translations import translations
from inbox.web import cookies, guard

LANGUAGE_NAMES = {"en": "English", "fr": "Français", "es": "Español"}


def locale() -> str:
    """The language of this response, determined once per request."""
    if "locale" not in g:
        g.locale = _choose_locale()
    found: str = g.locale
    return found


def gettext(text: str) -> str:
    """The sentence in the language of this response."""
    return translations(locale()).gettext(text)


def ngettext(text: str, plural: str, count: int) -> str:
    """The singular or plural, in the language of this response."""
    return translations(locale()).ngettext(text, plural, count)


def install(app: Flask) -> None:
    """Give templates `_()`, their language and the list of languages."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
    app.jinja_env.globals.update(locale=locale, language_names=LANGUAGE_NAMES)


def _agents_locale() -> str:
    """The language of the signed-in agent; "" if nobody is, or if the store can't say: error pages need one too."""
    if guard.is_store_away():
        return ""
    try:
        signed_in = guard.current_session()
    except RedisError:
        return ""
    return signed_in.agent.locale if signed_in else ""


def _choose_locale() -> str:
    if (own := _agents_locale()) in LOCALES:
        return own
    for wish in (request.args.get("lang", ""), cookies.chosen_language()):
        if wish in LOCALES:
            return wish
    return request.accept_languages.best_match(LOCALES, default="en") or "en"
