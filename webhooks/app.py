"""The Flask app of the web process. Building it opens no connections."""

from flask import Flask

from jobs.wiring import Wiring
from webhooks.headers import add_security_headers
from webhooks.health import health
from webhooks.media import media
from webhooks.telegram import telegram
from webhooks.whatsapp import whatsapp

MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # bytes, for pages; webhooks and the API have lower limits


def create_app(wiring: Wiring) -> Flask:
    """Return an app with the routes of this package; the caller adds the inbox and the API."""
    settings = wiring.settings
    app = Flask("guichet", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_UPLOAD_SIZE)
    if settings.twilio is not None:
        app.register_blueprint(whatsapp(wiring, settings.twilio))
    if settings.telegram is not None:
        app.register_blueprint(telegram(wiring, settings.telegram))
    for blueprint in (health(wiring), media(wiring)):
        app.register_blueprint(blueprint)
    add_security_headers(app, is_https=settings.public_url.startswith("https:"))
    return app
