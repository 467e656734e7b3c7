"""Ticket events as lines of the thread, in the agent's language."""

from bot.model.ticket_events import CUSTOMER, TicketEvent, TicketEventKind
from bot.sla.window_warning import WINDOW_TARGET
from bot.text.channel_names import SWITCHABLE_CHANNELS
from inbox.tickets.display_names import agent_name, category_name, priority_name, rule_name, target_name
from inbox.web.locale import gettext as _


def event_text(fact: TicketEvent) -> str:
    """The line; "" for events that the thread shows anyway (messages), or that only managers see."""
    tell = _TEXT_BY_KIND.get(fact.kind)
    return tell(fact) if tell else ""


def _opened(fact: TicketEvent) -> str:
    words = {"priority": priority_name(fact.data.get("priority", ""))}
    category, through = fact.data.get("category", ""), fact.data.get("through", "")
    line = _("opened, priority %(priority)s") % words
    if category:
        line = _("opened, priority %(priority)s, %(category)s") % {
            **words, "category": category_name(category)
        }  # fmt: skip
    way = _("through %(name)s") % {"name": agent_name(through)} if through else ""
    return f"{line}, {way}" if way else line


def _assigned(fact: TicketEvent) -> str:
    to = fact.data.get("to", "")
    if not to:
        return _("unassigned by %(name)s") % _by(fact)
    if to == fact.by:
        return _("claimed by %(name)s") % _by(fact)
    return _("assigned to %(to)s by %(name)s") % {"to": agent_name(to), **_by(fact)}


def _prioritised(fact: TicketEvent) -> str:
    old, new = (priority_name(fact.data.get(name, "")) for name in ("old", "new"))
    return _("priority %(old)s → %(new)s, by %(name)s") % {"old": old, "new": new, **_by(fact)}


def _returned(fact: TicketEvent) -> str:
    return _("returned for more information by %(name)s; the clock is on hold") % _by(fact)


def _held(fact: TicketEvent) -> str:
    return _("put on hold by %(name)s") % _by(fact)


def _released(fact: TicketEvent) -> str:
    return _("taken off hold by %(name)s") % _by(fact)


def _resolved(fact: TicketEvent) -> str:
    return _("solved by %(name)s") % _by(fact)


def _reopened(fact: TicketEvent) -> str:
    return _("reopened by %(name)s") % _by(fact)


def _closed(_fact: TicketEvent) -> str:
    return _("closed")


def _restored(fact: TicketEvent) -> str:
    return _("brought back from the archive by %(name)s") % _by(fact)


def _merged(fact: TicketEvent) -> str:
    return _("merged into %(number)s by %(name)s") % {"number": fact.data.get("number", ""), **_by(fact)}


def _merged_in(fact: TicketEvent) -> str:
    return _("%(number)s was merged into this by %(name)s") % {
        "number": fact.data.get("number", ""),
        **_by(fact),
    }


def _rated(fact: TicketEvent) -> str:
    stars = fact.data.get("stars", "0")
    filled = min(5, int(stars)) if stars.isdecimal() else 0
    shown = "★" * filled + "☆" * (5 - filled)
    comment = fact.data.get("comment", "")
    if comment:
        return _("rated %(stars)s “%(comment)s”") % {"stars": shown, "comment": comment}
    return _("rated %(stars)s") % {"stars": shown}


def _tagged(fact: TicketEvent) -> str:
    tags = fact.data.get("tags", "").replace(",", ", ")
    if not tags:
        return _("tags removed by %(name)s") % _by(fact)
    return _("tags: %(tags)s, by %(name)s") % {"tags": tags, **_by(fact)}


def _renamed(fact: TicketEvent) -> str:
    return _("renamed “%(subject)s” by %(name)s") % {"subject": fact.data.get("subject", ""), **_by(fact)}


def _quoted(fact: TicketEvent) -> str:
    return _("quote of %(price)s by %(name)s") % {"price": fact.data.get("price", ""), **_by(fact)}


def _quote_accepted(_fact: TicketEvent) -> str:
    return _("the customer accepted the quote")


def _quote_declined(_fact: TicketEvent) -> str:
    return _("the customer declined the quote")


def _warned(fact: TicketEvent) -> str:
    if fact.data["target"] == WINDOW_TARGET:
        told = _("no answer yet, and WhatsApp’s window closes outside opening hours")
        if fact.data.get("is_desk_open"):
            told = _("no answer yet, and WhatsApp’s window closes soon")
        return told if fact.data.get("is_told") else ""
    return _("falls due soon: %(target)s") % _target(fact)


def _missed(fact: TicketEvent) -> str:
    return _("overdue: %(target)s") % _target(fact)


def _acknowledged(fact: TicketEvent) -> str:
    return _("alert acknowledged by %(name)s: %(target)s") % {**_by(fact), **_target(fact)}


def _snoozed(fact: TicketEvent) -> str:
    return _("alert snoozed by %(name)s: %(target)s") % {**_by(fact), **_target(fact)}


def _raised(_fact: TicketEvent) -> str:
    return _("emergency: managers alerted")


def _apologised(fact: TicketEvent) -> str:
    return _("the customer was told it’s taking longer")


def _identified(_fact: TicketEvent) -> str:
    return _("the customer gave a code: we found their account")


def _alerted(_fact: TicketEvent) -> str:
    return _("over the plan’s requests for this month: the managers were told")


def _access_asked(fact: TicketEvent) -> str:
    return _("%(name)s asked for access to their services") % _by(fact)


def _access_declined(_fact: TicketEvent) -> str:
    return _("the customer would rather give no access")


def _access_granted(_fact: TicketEvent) -> str:
    return _("the customer granted access")


def _access_revoked(fact: TicketEvent) -> str:
    if fact.by == CUSTOMER:
        return _("the customer ended access")
    return _("%(name)s ended the access") % _by(fact)


def _access_expired(_fact: TicketEvent) -> str:
    return _("access has ended")


def _blocked(_fact: TicketEvent) -> str:
    return _("the customer has blocked us")


def _unblocked(_fact: TicketEvent) -> str:
    return _("the customer can be reached again")


def _switch_offered(fact: TicketEvent) -> str:
    return _("%(name)s offered to continue on %(channel)s") % {**_by(fact), **_channel(fact)}


def _moved(fact: TicketEvent) -> str:
    return _("the customer moved to %(channel)s") % _channel(fact)


def _channel(fact: TicketEvent) -> dict[str, str]:
    to = fact.data.get("to", "")
    return {"channel": SWITCHABLE_CHANNELS.get(to, to)}


def _by(fact: TicketEvent) -> dict[str, str]:
    if fact.by == CUSTOMER:
        return {"name": _("the customer")}
    if fact.rule:
        return {"name": _("the rule “%(rule)s”") % {"rule": rule_name(fact.rule)}}
    return {"name": agent_name(fact.by) if fact.by else fact.data.get("name") or _("the desk")}


def _target(fact: TicketEvent) -> dict[str, str]:
    return {"target": target_name(fact.data.get("target", ""))}


_TEXT_BY_KIND = {
    TicketEventKind.OPENED: _opened,
    TicketEventKind.ASSIGNED: _assigned,
    TicketEventKind.PRIORITISED: _prioritised,
    TicketEventKind.RETURNED: _returned,
    TicketEventKind.HELD: _held,
    TicketEventKind.RELEASED: _released,
    TicketEventKind.RESOLVED: _resolved,
    TicketEventKind.REOPENED: _reopened,
    TicketEventKind.CLOSED: _closed,
    TicketEventKind.BROUGHT_BACK: _restored,
    TicketEventKind.MERGED: _merged,
    TicketEventKind.JOINED: _merged_in,
    TicketEventKind.RATED: _rated,
    TicketEventKind.TAGGED: _tagged,
    TicketEventKind.RENAMED: _renamed,
    TicketEventKind.QUOTED: _quoted,
    TicketEventKind.QUOTE_ACCEPTED: _quote_accepted,
    TicketEventKind.QUOTE_DECLINED: _quote_declined,
    TicketEventKind.WARNED: _warned,
    TicketEventKind.MISSED: _missed,
    TicketEventKind.ACKNOWLEDGED: _acknowledged,
    TicketEventKind.SNOOZED: _snoozed,
    TicketEventKind.RAISED: _raised,
    TicketEventKind.APOLOGISED: _apologised,
    TicketEventKind.IDENTIFIED: _identified,
    TicketEventKind.ALERTED: _alerted,
    TicketEventKind.ACCESS_ASKED: _access_asked,
    TicketEventKind.ACCESS_DECLINED: _access_declined,
    TicketEventKind.ACCESS_GRANTED: _access_granted,
    TicketEventKind.ACCESS_REVOKED: _access_revoked,
    TicketEventKind.ACCESS_EXPIRED: _access_expired,
    TicketEventKind.PASSAGE_OFFERED: _switch_offered,
    TicketEventKind.MOVED: _moved,
    TicketEventKind.BLOCKED: _blocked,
    TicketEventKind.UNBLOCKED: _unblocked,
}
