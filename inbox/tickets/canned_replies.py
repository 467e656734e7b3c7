"""Canned replies: as JSON for the composer, and a page where agents write them in each language."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from bot.messages.localized import LOCALES
from inbox.web import guard
from inbox.web.locale import gettext
from inbox.web.translation_marks import N_
from jobs.request_context import wiring
from store.inbox.canned_replies import MAX_NAME_LENGTH, MAX_TEXT_LENGTH, InvalidReply

canned = Blueprint("canned", __name__, url_prefix="/inbox")
guard.protect(canned)

PROBLEMS = {
    "nameless": N_("Give it a name so you can find it."),
    "empty": N_("Write it in at least one language."),
    "too-long": N_("That’s too long."),
    "too-many": N_("There are too many; remove one first."),
    "unknown-gap": N_("%(what)s isn’t known; use {name}, {number} or {agent}."),
}


@canned.get("/api/replies")
def replies_json() -> dict[str, Any]:
    """All canned replies, for the composer."""
    kept = wiring().canned.all()
    return {"replies": [{"name": reply.name, "texts": dict(reply.texts)} for reply in kept]}


@canned.get("/replies")
def replies() -> str:
    """The page."""
    return _page()


@canned.post("/replies")
def save_reply() -> Response:
    """Create or change a canned reply."""
    texts = {locale: request.form.get(f"text-{locale}", "") for locale in LOCALES}
    name, reply_id = request.form.get("name", ""), request.form.get("id", "")[:32]
    try:
        wiring().canned.save(name, texts, reply_id)
    except InvalidReply as poor:
        problem = gettext(PROBLEMS[poor.problem])
        if poor.what:
            problem %= {"what": poor.what}
        return make_response(_page(problem, {"id": reply_id, "name": name, "texts": texts}), 422)
    return _redirect_to_list()


@canned.post("/replies/forget")
def delete_reply() -> Response:
    """Delete a canned reply."""
    wiring().canned.delete(request.form.get("id", ""))
    return _redirect_to_list()


def _redirect_to_list() -> Response:
    return make_response(redirect(url_for("canned.replies"), 303))


def _page(problem: str = "", written: dict[str, Any] | None = None) -> str:
    """The page; `written` is a rejected form, shown again."""
    return render_template(
        "replies.html",
        replies=wiring().canned.all(),
        problem=problem,
        written=written or {"id": "", "name": "", "texts": {}},
        longest_name=MAX_NAME_LENGTH,
        longest_text=MAX_TEXT_LENGTH,
    )
