"""Puts our pages into the web app: routes, headers, languages, and what people read when something is wrong."""

from flask import Blueprint, Flask, redirect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from inbox import headers, languages, names, trouble
from inbox.account import account
from inbox.actions import actions
from inbox.api import api
from inbox.assets import asset_url, assets
from inbox.canned import canned
from inbox.door import door
from inbox.files import files
from inbox.guard import csrf_token
from inbox.overview import overview
from inbox.pages import inbox
from inbox.telegram import telegram
from inbox.v1 import v1
from inbox.what_if import what_if
from inbox.why import why
from inbox.wired import NAME
from jobs.wiring import Wiring

BLUEPRINTS: tuple[Blueprint, ...] = (
    door,
    account,
    assets,
    inbox,
    api,
    actions,
    files,
    why,
    canned,
    overview,
    what_if,
    telegram,
)


def register(app: Flask, wiring: Wiring) -> None:
    """Add every page of ours to `app`; other routes of the app are not touched."""
    app.extensions[NAME] = wiring
    _look_behind(app, wiring.settings.trusted_proxies)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.register_blueprint(v1)
    app.add_url_rule("/", "home", _home)
    app.after_request(headers.secure)
    languages.install(app)
    trouble.install(app)
    app.jinja_env.globals.update(
        asset=asset_url, csrf_token=csrf_token, policy_title=names.policy_title, url_of_desk="/inbox/"
    )


def _look_behind(app: Flask, proxies: int) -> None:
    """Requests come from whoever the proxies name; how we are reached is said by PUBLIC_URL, never by a header."""
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]


def _home() -> Response:
    return redirect("/inbox/")
