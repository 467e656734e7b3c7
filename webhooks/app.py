"""The web process: every route of the desk in one Flask app. Nothing connects while it is made."""

from flask import Flask

from jobs.wiring import Wiring
from webhooks.headers import add_security_headers
from webhooks.health import health
from webhooks.media import media
from webhooks.telegram import telegram
from webhooks.whatsapp import whatsapp

BIGGEST_UPLOAD = 20 * 1024 * 1024
"""What pages may post; webhooks allow themselves far less."""


def create_app(wiring: Wiring) -> Flask:
    """The app over these objects; the pages of agents and managers are added by who composes the process."""
    settings = wiring.settings
    app = Flask("guichet", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=BIGGEST_UPLOAD)
    if settings.twilio is not None:
        app.register_blueprint(whatsapp(wiring, settings.twilio))
    if settings.telegram is not None:
        app.register_blueprint(telegram(wiring, settings.telegram))
    for blueprint in (health(wiring), media(wiring)):
        app.register_blueprint(blueprint)
    add_security_headers(app, is_https=settings.public_url.startswith("https:"))
    return app
