"""The web app that gunicorn serves: webhooks, inbox, overview and API."""

import os

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

import inbox
from api.v1 import problems, registration
from bot.reading.warm_up import warm_up
from inbox import error_pages
from jobs.wiring import Wiring, build, use
from runtime.settings import Settings
from webhooks.app import create_app


def app() -> Flask:
    """The web app with settings from the environment, ready to read messages; it connects at the first request."""
    wired = use(build(Settings.from_environment(os.environ)))
    warm_up(wired.policy)
    return build_app(wired)


def build_app(wired: Wiring) -> Flask:
    """The web app with these objects."""
    web = create_app(wired)
    inbox.register(web, wired)
    registration.register(web)
    web.register_error_handler(HTTPException, _refused)
    return web


def _refused(error: HTTPException) -> Response | HTTPException:
    return problems.problem_for_exception(error) if problems.is_api_request() else error_pages.answer(error)
