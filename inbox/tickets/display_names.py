"""Display names of agents, statuses, priorities, targets and the like, by key."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.messages.inbound import CHANNEL_NAMES
from bot.messages.localized import LocalizedText
from bot.messages.outgoing import Translatable
from bot.messages.phrases_forum import reason_in_group
from bot.model.conversation import Status
from i18n.render import render
from inbox.web.locale import gettext, locale
from inbox.web.translation_marks import N_
from jobs.request_context import agents, app_name, wiring

STATUSES = {
    Status.NEW: N_("new"),
    Status.OPEN: N_("open"),
    Status.WAITING: N_("waiting on the customer"),
    Status.RESOLVED: N_("solved"),
    Status.CLOSED: N_("closed"),
}

TARGETS = {
    "review": N_("Review"),
    "first_response": N_("First answer"),
    "next_response": N_("Next answer"),
    "update": N_("Update"),
    "resolution": N_("Solution"),
}

OTHER_CHANNEL_NAMES = {"portal": N_("Portal"), "mailto": N_("E-mail")}

LANGUAGES = {"en": N_("English"), "fr": N_("French"), "es": N_("Spanish")}


class HasLabel(Protocol):
    """Anything in the policy with a key and a label."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> LocalizedText: ...


def agent_name(agent_id: str) -> str:
    """The agent's name, or that of an app's token; “Somebody” if the id is no longer known."""
    agent = agents().get(agent_id)
    return agent.name if agent else app_name(agent_id) or gettext("Somebody")


def status_name(status: str) -> str:
    """A status in the agent's language."""
    return gettext(STATUSES[Status(status)]) if status in set(Status) else status


def target_name(target: str) -> str:
    """A target in the agent's language."""
    return gettext(TARGETS[target]) if target in TARGETS else target


def channel_name(channel: str) -> str:
    """A channel in the agent's language."""
    return CHANNEL_NAMES.get(channel) or (
        gettext(OTHER_CHANNEL_NAMES[channel]) if channel in OTHER_CHANNEL_NAMES else channel
    )


def language_name(code: str) -> str:
    """A customer's language in the agent's."""
    return gettext(LANGUAGES[code]) if code in LANGUAGES else code.upper()


def language_title(code: str) -> str:
    """The same, capitalised to stand alone: French and Spanish write names of languages in lower case."""
    name = language_name(code)
    return name[:1].upper() + name[1:]


def priority_name(key: str) -> str:
    """Its label in the policy; the key if the policy no longer has it."""
    return label_of(wiring().policy.priorities, key)


def category_name(key: str) -> str:
    """Its label in the policy; the key if the policy no longer has it."""
    return label_of(wiring().policy.categories, key)


def plan_name(key: str) -> str:
    """Its label in the policy; the key if the policy no longer has it."""
    return label_of(wiring().policy.plans, key) if key else ""


def rule_name(key: str) -> str:
    """Its label in the policy; the key if the policy no longer has it."""
    return label_of(wiring().policy.rules, key)


def label_of(named: Iterable[HasLabel], key: str) -> str:
    """The label of the thing with that key; the key if there's none."""
    found = next((thing for thing in named if thing.key == key), None)
    return found.label.in_(locale()) if found else key


def policy_title() -> str:
    """The desk's name."""
    return wiring().policy.title.in_(locale())


def view_names() -> dict[str, str]:
    """Names of the list's views, by key."""
    return {
        "mine": gettext("Mine"),
        "unassigned": gettext("Unassigned"),
        "open": gettext("All open"),
        "waiting": gettext("Waiting"),
        "overdue": gettext("Overdue"),
        "solved": gettext("Solved"),
    }


def sandbox_url() -> str:
    """The sandbox's URL; "" outside `guichet run`."""
    settings = wiring().settings
    phones = f"http://127.0.0.1:{settings.sandbox_port}"
    channels = [channel.api_url for channel in (settings.twilio, settings.telegram) if channel]
    return f"{phones}/" if any(url.startswith(phones) for url in channels) else ""


@dataclass(frozen=True, slots=True)
class GroupStatus:
    """The agents' Telegram group; `trouble` says why it can't be used, "" if it can."""

    trouble: str = ""


def group_status() -> GroupStatus | None:
    """The agents' group, if there is one."""
    forum_services = wiring().forum_services
    if forum_services is None:
        return None
    trouble = forum_services.group.problem()
    if trouble is None:
        return GroupStatus()
    said, zone = Translatable(reason_in_group(trouble.code)), wiring().policy.calendar.zone
    return GroupStatus(render(said, locale(), zone, wiring().clock()))
