"""The web process as gunicorn serves it: webhooks, inbox and overview over one wiring."""

import os

from flask import Flask

from inbox.registration import register
from jobs.wiring import Wiring, build, use
from runtime.settings import Settings
from webhooks.app import create_app


def app() -> Flask:
    """The whole web app over the environment's settings; connects when the first request comes."""
    return compose(use(build(Settings.from_environment(os.environ))))


def compose(wired: Wiring) -> Flask:
    """The whole web app over these objects."""
    web = create_app(wired)
    register(web, wired)
    return web
