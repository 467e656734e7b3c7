"""Changes made through the API, each in one unit of work, and once per idempotency key."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions import api_requests
from bot.actions.action_context import ActionServices
from bot.actions.action_table import as_use_case
from bot.actions.api_requests import ApiRequest
from bot.messages.errors import IdempotencyKeyReused
from bot.messages.inbound import DetectedLanguage
from bot.model.account import Accounts
from bot.model.unit_of_work import Changes, Records, UseCase
from store.contacts.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """The key of a change, and a digest of its content; without a name it may be repeated."""

    name: str = ""
    content: str = ""  # hex


@dataclass(frozen=True, slots=True)
class RequestResult:
    """The ticket, the thread entry that was added, and whether the change had been made before."""

    ticket_id: str
    entry_id: str
    is_repeat: bool = False


class ApiRequests:
    """The API's use cases; `by` is the id of the app's token."""

    def __init__(
        self,
        units: UnitsOfWork,
        services: ActionServices,
        accounts: Accounts,
        hear: Callable[[str, str], DetectedLanguage],
        clock: Callable[[], datetime],
    ) -> None:
        self._units, self._services, self._accounts = units, services, accounts
        self._hear, self._clock = hear, clock

    def open(self, request: ApiRequest, once: IdempotencyKey) -> RequestResult:
        """Open a ticket; raises InvalidDetails."""
        words = request.answers.get("description", "")
        request = replace(request, guess=self._hear(words, "").locale)

        def decide(records: Records) -> Changes:
            now = self._clock()
            policy, find_agent = self._services.policies.current, self._services.find_agent
            return api_requests.open_request(records, request, policy, now, self._accounts, find_agent)

        return self._done(
            lambda told: self._units.change_by_address(request.address, told, once=once.name), decide, once
        )

    def act(
        self, ticket_id: str, action: str, by: str, once: IdempotencyKey, **arguments: object
    ) -> RequestResult:
        """Run that action of `action_table`; raises NotFound, and whatever the action raises."""
        use_case = as_use_case(ticket_id, action, by, self._services, self._clock(), **arguments)
        return self._done(lambda told: self._units.change(ticket_id, told, once=once.name), use_case, once)

    def _done(
        self, change: Callable[[UseCase], Changes | None], decide: UseCase, once: IdempotencyKey
    ) -> RequestResult:
        """Make the change, or return its earlier result; IdempotencyKeyReused if the key had other content."""

        def told(records: Records) -> Changes | None:
            changes = decide(records)
            return changes and replace(changes, outcome="|".join((once.content, *_made(changes))))

        if changes := change(told):
            return RequestResult(*_made(changes))
        content, ticket_id, entry_id = self._units.outcome(once.name).split("|")
        if content != once.content:
            raise IdempotencyKeyReused("this key was used for another request")
        return RequestResult(ticket_id, entry_id, is_repeat=True)


def _made(changes: Changes) -> tuple[str, str]:
    return changes.tickets[0].ticket_id, changes.entries[0].entry_id
