"""What an action on a ticket is given."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.actions.automation import FindAgent
from bot.model.change_set import ChangeSet
from bot.model.switch_links import SwitchLinks
from bot.model.ticket import Ticket
from bot.policy.policy import Policy
from bot.sla.outlook import Policies


@dataclass(frozen=True, slots=True)
class ActionServices:
    """What actions may look up."""

    policies: Policies
    first_name: Callable[[str], str]  # of an agent, by id
    find_agent: FindAgent
    switch_links: SwitchLinks


@dataclass(frozen=True, slots=True)
class ActionContext:
    """One ticket, who acts on it (the id of an agent or of an app's token), and where the changes go."""

    writing: ChangeSet
    ticket: Ticket
    policy: Policy
    by: str
    services: ActionServices

    @property
    def now(self) -> datetime:
        """When it happens."""
        return self.writing.now


Decide = Callable[..., Ticket]
"""An action: takes an `ActionContext` and its own arguments, returns the ticket as it is afterwards."""
