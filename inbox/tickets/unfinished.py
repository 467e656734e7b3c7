"""The view *Unfinished*: requests that customers began and didn't send; an agent takes one over with one press."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.conversation.intake.questions import find_question
from bot.conversation.intake.summary import render_lines
from bot.messages.thread import Author
from bot.model.conversation import Conversation, Stage
from bot.text.phone_numbers import format_international
from i18n.dates import format_duration
from i18n.render import render
from i18n.thread_text import entry_text
from inbox.tickets.display_names import channel_name, language_title
from inbox.tickets.pages import sidebar_context
from inbox.web import guard
from inbox.web.locale import gettext, locale
from jobs.request_context import wiring
from store.inbox.unfinished import UnfinishedRequest, unfinished_requests

unfinished = Blueprint("unfinished", __name__, url_prefix="/inbox/unfinished")
guard.protect(unfinished)


@unfinished.get("/")
def page() -> str:
    """The list, the latest first."""
    desk, agent = wiring(), guard.current_agent()
    found = unfinished_requests(desk.redis, desk.clock())
    return render_template(
        "unfinished.html",
        requests=[_shown(each) for each in found],
        counts=desk.queries.counts(agent.agent_id),
        is_unfinished=True,
        **sidebar_context(),
    )


@unfinished.post("/<draft_id>/take-over")
def take_over(draft_id: str) -> ResponseReturnValue:
    """Make it a ticket of this agent's, and open it; NotFound if it was cancelled."""
    ticket = wiring().desk.take_over(draft_id, guard.current_agent().agent_id)
    return redirect(url_for("inbox.ticket", ticket_id=ticket.ticket_id), 303)


def _shown(found: UnfinishedRequest) -> dict[str, Any]:
    who, desk = found.conversation, wiring()
    zone, now = desk.policy.calendar.zone, desk.clock()
    told = [render(line, locale(), zone, now) for line in render_lines(who, desk.policy)]
    messages = [
        {
            "is_customer": entry.author is Author.CUSTOMER,
            "text": entry_text(entry, who.locale or locale(), zone)[0],
        }
        for entry in found.entries
    ]
    return {
        "id": found.draft_id,
        "name": who.remembered.get("name") or who.profile_name or format_international(who.address.name),
        "channel": channel_name(who.address.channel),
        "language": language_title(who.locale) if who.locale else gettext("language unknown"),
        "silent_for": format_duration(now - (who.last_inbound_at or now), locale()),
        "step": _step(who),
        "is_asked": who.is_reminded,
        "told": told,
        "held": who.held,
        "messages": messages,
    }


def _step(who: Conversation) -> str:
    """What we asked last."""
    if who.stage is Stage.LANGUAGE:
        return gettext("Language")
    question = find_question(wiring().policy, who.asking or who.paused_asking)
    return question.label.in_(locale()) if question else gettext("Summary")
