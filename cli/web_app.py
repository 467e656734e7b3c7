"""The web process as gunicorn serves it: webhooks, inbox and overview over one wiring."""

from flask import Flask

from inbox.registration import register
from jobs.wiring import Wiring, wiring
from webhooks.app import create_app


def app() -> Flask:
    """The whole web app over the environment's settings; connects when the first request comes."""
    return compose(wiring())


def compose(wired: Wiring) -> Flask:
    """The whole web app over these objects."""
    web = create_app(wired)
    register(web, wired)
    return web
