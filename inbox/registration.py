"""Registers the pages with the web app: routes, headers, languages and error pages."""

from flask import Blueprint, Flask, redirect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from inbox import error_pages
from inbox.auth.profile import account
from inbox.auth.sign_in import auth
from inbox.auth.telegram_link import telegram
from inbox.overview.pages import overview
from inbox.overview.what_if import what_if
from inbox.tickets import display_names
from inbox.tickets.actions import actions
from inbox.tickets.attachments import files
from inbox.tickets.canned_replies import canned
from inbox.tickets.deadline_explained import deadline_explained
from inbox.tickets.list_api import api
from inbox.tickets.pages import inbox
from inbox.tickets.unfinished import unfinished
from inbox.web import headers, locale
from inbox.web.assets import asset_url, assets
from inbox.web.guard import csrf_token
from jobs.request_context import EXTENSION
from jobs.wiring import Wiring

BLUEPRINTS: tuple[Blueprint, ...] = (
    auth,
    account,
    assets,
    inbox,
    unfinished,
    api,
    actions,
    files,
    deadline_explained,
    canned,
    overview,
    what_if,
    telegram,
)


def register(app: Flask, wiring: Wiring) -> None:
    """Add all pages to `app`, without changing its other routes."""
    app.extensions[EXTENSION] = wiring
    _trust_proxies(app, wiring.settings.trusted_proxies)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/", "home", _home)
    app.after_request(headers.add_security_headers)
    locale.install(app)
    error_pages.install(app)
    app.jinja_env.globals.update(
        asset=asset_url, csrf_token=csrf_token, policy_title=display_names.policy_title, url_of_desk="/inbox/"
    )


def _trust_proxies(app: Flask, proxies: int) -> None:
    """Take the client's address from the proxies, but our own URL only from PUBLIC_URL, never from a header."""
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]


def _home() -> Response:
    return redirect("/inbox/")
