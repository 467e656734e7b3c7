"""What happened to a ticket, told as one thin line of its thread, in the agent's language."""

from bot.model.ticket_events import CUSTOMER, Fact, Happened
from bot.sla.window_warning import TARGET as WINDOW
from bot.text.channel_names import NAMES
from inbox.tickets.display_names import agent_name, category_name, priority_name, rule_name, target_name
from inbox.web.locale import gettext as _


def event_words(fact: Fact) -> str:
    """The line; "" for what the thread shows anyway (messages) or what concerns only managers."""
    tell = _TOLD.get(fact.kind)
    return tell(fact) if tell else ""


def _opened(fact: Fact) -> str:
    words = {"priority": priority_name(fact.data.get("priority", ""))}
    category, through = fact.data.get("category", ""), fact.data.get("through", "")
    line = _("opened, priority %(priority)s") % words
    if category:
        line = _("opened, priority %(priority)s, %(category)s") % {
            **words, "category": category_name(category)
        }  # fmt: skip
    way = _("through %(name)s") % {"name": agent_name(through)} if through else ""
    return f"{line}, {way}" if way else line


def _assigned(fact: Fact) -> str:
    to = fact.data.get("to", "")
    if not to:
        return _("given back by %(name)s: nobody has it") % _by(fact)
    if to == fact.by:
        return _("claimed by %(name)s") % _by(fact)
    return _("given to %(to)s by %(name)s") % {"to": agent_name(to), **_by(fact)}


def _prioritised(fact: Fact) -> str:
    old, new = (priority_name(fact.data.get(name, "")) for name in ("old", "new"))
    return _("priority %(old)s → %(new)s, by %(name)s") % {"old": old, "new": new, **_by(fact)}


def _returned(fact: Fact) -> str:
    return _("returned for more information by %(name)s; the clock is on hold") % _by(fact)


def _held(fact: Fact) -> str:
    return _("put on hold by %(name)s") % _by(fact)


def _released(fact: Fact) -> str:
    return _("taken off hold by %(name)s") % _by(fact)


def _resolved(fact: Fact) -> str:
    return _("solved by %(name)s") % _by(fact)


def _reopened(fact: Fact) -> str:
    return _("reopened by %(name)s") % _by(fact)


def _closed(_fact: Fact) -> str:
    return _("closed")


def _brought_back(fact: Fact) -> str:
    return _("brought back from the archive by %(name)s") % _by(fact)


def _merged(fact: Fact) -> str:
    return _("merged into %(number)s by %(name)s") % {"number": fact.data.get("number", ""), **_by(fact)}


def _joined(fact: Fact) -> str:
    return _("%(number)s was merged into this by %(name)s") % {
        "number": fact.data.get("number", ""),
        **_by(fact),
    }


def _rated(fact: Fact) -> str:
    stars = fact.data.get("stars", "0")
    filled = min(5, int(stars)) if stars.isdecimal() else 0
    shown = "★" * filled + "☆" * (5 - filled)
    comment = fact.data.get("comment", "")
    if comment:
        return _("rated %(stars)s “%(comment)s”") % {"stars": shown, "comment": comment}
    return _("rated %(stars)s") % {"stars": shown}


def _tagged(fact: Fact) -> str:
    tags = fact.data.get("tags", "").replace(",", ", ")
    if not tags:
        return _("tags removed by %(name)s") % _by(fact)
    return _("tags: %(tags)s, by %(name)s") % {"tags": tags, **_by(fact)}


def _renamed(fact: Fact) -> str:
    return _("renamed “%(subject)s” by %(name)s") % {"subject": fact.data.get("subject", ""), **_by(fact)}


def _quoted(fact: Fact) -> str:
    return _("quote of %(price)s by %(name)s") % {"price": fact.data.get("price", ""), **_by(fact)}


def _quote_accepted(_fact: Fact) -> str:
    return _("the customer accepted the quote")


def _quote_declined(_fact: Fact) -> str:
    return _("the customer declined the quote")


def _warned(fact: Fact) -> str:
    if fact.data["target"] == WINDOW:
        told = _("no answer yet, and WhatsApp’s window shuts while the desk is closed")
        return told if fact.data.get("is_told") else ""
    return _("falls due soon: %(target)s") % _target(fact)


def _missed(fact: Fact) -> str:
    return _("overdue: %(target)s") % _target(fact)


def _acknowledged(fact: Fact) -> str:
    return _("alert acknowledged by %(name)s: %(target)s") % {**_by(fact), **_target(fact)}


def _snoozed(fact: Fact) -> str:
    return _("alert snoozed by %(name)s: %(target)s") % {**_by(fact), **_target(fact)}


def _raised(_fact: Fact) -> str:
    return _("emergency: managers alerted")


def _apologised(fact: Fact) -> str:
    return _("the customer was told that it takes longer")


def _identified(_fact: Fact) -> str:
    return _("the customer gave a code: we know whose they are")


def _alerted(_fact: Fact) -> str:
    return _("past the plan’s requests for this month: the managers were told")


def _access_asked(fact: Fact) -> str:
    return _("%(name)s asked for access to their services") % _by(fact)


def _access_declined(_fact: Fact) -> str:
    return _("the customer would rather give no access")


def _access_granted(_fact: Fact) -> str:
    return _("the customer granted access")


def _access_revoked(fact: Fact) -> str:
    if fact.by == CUSTOMER:
        return _("the customer took access back")
    return _("%(name)s ended the access") % _by(fact)


def _access_expired(_fact: Fact) -> str:
    return _("access has ended")


def _blocked(_fact: Fact) -> str:
    return _("the customer has blocked the desk")


def _unblocked(_fact: Fact) -> str:
    return _("the customer can be reached again")


def _passage_offered(fact: Fact) -> str:
    return _("%(name)s offered to go on in %(channel)s") % {**_by(fact), **_channel(fact)}


def _moved(fact: Fact) -> str:
    return _("the customer moved to %(channel)s") % _channel(fact)


def _channel(fact: Fact) -> dict[str, str]:
    to = fact.data.get("to", "")
    return {"channel": NAMES.get(to, to)}


def _by(fact: Fact) -> dict[str, str]:
    if fact.by == CUSTOMER:
        return {"name": _("the customer")}
    if fact.rule:
        return {"name": _("the rule “%(rule)s”") % {"rule": rule_name(fact.rule)}}
    return {"name": agent_name(fact.by) if fact.by else fact.data.get("name") or _("the desk")}


def _target(fact: Fact) -> dict[str, str]:
    return {"target": target_name(fact.data.get("target", ""))}


_TOLD = {
    Happened.OPENED: _opened,
    Happened.ASSIGNED: _assigned,
    Happened.PRIORITISED: _prioritised,
    Happened.RETURNED: _returned,
    Happened.HELD: _held,
    Happened.RELEASED: _released,
    Happened.RESOLVED: _resolved,
    Happened.REOPENED: _reopened,
    Happened.CLOSED: _closed,
    Happened.BROUGHT_BACK: _brought_back,
    Happened.MERGED: _merged,
    Happened.JOINED: _joined,
    Happened.RATED: _rated,
    Happened.TAGGED: _tagged,
    Happened.RENAMED: _renamed,
    Happened.QUOTED: _quoted,
    Happened.QUOTE_ACCEPTED: _quote_accepted,
    Happened.QUOTE_DECLINED: _quote_declined,
    Happened.WARNED: _warned,
    Happened.MISSED: _missed,
    Happened.ACKNOWLEDGED: _acknowledged,
    Happened.SNOOZED: _snoozed,
    Happened.RAISED: _raised,
    Happened.APOLOGISED: _apologised,
    Happened.IDENTIFIED: _identified,
    Happened.ALERTED: _alerted,
    Happened.ACCESS_ASKED: _access_asked,
    Happened.ACCESS_DECLINED: _access_declined,
    Happened.ACCESS_GRANTED: _access_granted,
    Happened.ACCESS_REVOKED: _access_revoked,
    Happened.ACCESS_EXPIRED: _access_expired,
    Happened.PASSAGE_OFFERED: _passage_offered,
    Happened.MOVED: _moved,
    Happened.BLOCKED: _blocked,
    Happened.UNBLOCKED: _unblocked,
}
