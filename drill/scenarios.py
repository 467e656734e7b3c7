"""The rows of a drill, in the order in which they are held, each with the name by which it is asked for."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from drill import forum_scenarios, process_scenarios, provider_scenarios, webhook_scenarios
from drill.actors import Actors
from drill.desk import DrillDesk, DrillError
from drill.result import Finish, Result
from store.integrity.audit import audit
from store.policies import StoredPolicies

RunScenario = Callable[[DrillDesk, Actors], Result]
StartScenario = Callable[[DrillDesk, Actors], Finish]


@dataclass(frozen=True)
class Scenario:
    """One thing that is tried, at once (`hold`), or begun before the others and looked at after them (`begin`).

    `has_group`: it needs the agents' group, which the other rows do without.
    """

    name: str
    told: str
    hold: RunScenario | None = None
    begin: StartScenario | None = None
    has_group: bool = False


SCENARIOS = (
    Scenario("web", "kill -9 of web processes, three times", process_scenarios.kill_web),
    Scenario("store", "kill -9 of the store, twice", process_scenarios.kill_store),
    Scenario("hung-store", "the store freezes", process_scenarios.hang_store),
    Scenario("worker", "kill -9 of all workers, twice", process_scenarios.kill_worker),
    Scenario("two-clocks", "two clocks, every job three times", process_scenarios.duplicate_clocks_and_jobs),
    Scenario("hooks", "apps break and hang, workers are killed", webhook_scenarios.failing_webhooks),
    Scenario("rate-limits", "429 storm, six calls in ten", provider_scenarios.rate_limits),
    Scenario("server-errors", "500 and 503 storm", provider_scenarios.server_errors),
    Scenario("html", "502 with a page of HTML", provider_scenarios.html_error_page),
    Scenario("dropped", "taken by the provider, answer lost", provider_scenarios.dropped_connection),
    Scenario("hanging", "Twilio hangs", provider_scenarios.hanging_provider),
    Scenario("duplicates", "every post told ten times", provider_scenarios.duplicate_webhooks),
    Scenario("receipts", "receipts doubled and out of order", provider_scenarios.disordered_receipts),
    Scenario("window", "WhatsApp’s window closed (63016)", provider_scenarios.window_closed),
    Scenario("missed", "Twilio cannot reach us and gives up", begin=provider_scenarios.missed_webhooks),
    Scenario("topic", "a topic of the agents’ group deleted", forum_scenarios.deleted_topic, has_group=True),
    Scenario("burst", "60 lines at once into the group", begin=forum_scenarios.burst, has_group=True),
)


@dataclass(frozen=True)
class ScenarioOutcome:
    """A row and what it found."""

    row: Scenario
    result: Result
    seconds: float


class ScenarioRun:
    """Some rows at one desk: those that need time are begun first and looked at when `finish` is called."""

    def __init__(self, desk: DrillDesk, rows: Sequence[Scenario], people: Actors | None = None) -> None:
        self._desk, self.people = desk, people or Actors(desk)
        self._rows = rows
        self._begun: list[tuple[Scenario, Finish]] = []

    def hold(self) -> Iterator[ScenarioOutcome]:
        """All that can be looked at now."""
        yield from (self._held(row, row.hold) for row in self._rows if row.hold)

    def begin(self) -> None:
        """What needs time; DrillFailed when it cannot even begin."""
        self._begun = [(row, row.begin(self._desk, self.people)) for row in self._rows if row.begin]

    def finish(self) -> Iterator[ScenarioOutcome]:
        """What has come of it."""
        yield from (self._held(row, lambda *_, end=finish: end()) for row, finish in self._begun)

    def audit(self, result: Result) -> None:
        """Look at the whole store; what is out of place is a problem of that row."""
        policies = StoredPolicies(self._desk.redis, self._desk.wiring.policy)
        found = audit(
            self._desk.redis, policies, lambda: self._desk.let_time_pass(1.5), self._desk.wiring.archive
        )
        for fault in found.faults[:3]:
            result.expect(False, f"the audit found {fault.rule}: {fault.name}")

    def _held(self, row: Scenario, hold: RunScenario) -> ScenarioOutcome:
        started = time.monotonic()
        self._desk.sandbox.clear_faults()
        self._desk.sandbox.settle(20)
        if row.hold:
            self._desk.sandbox.ask("DELETE", "/control/calls")
        try:
            result = hold(self._desk, self.people)
            self._desk.sandbox.clear_faults()
            self.audit(result)
        except DrillError as error:
            result = Result(problems=[str(error)])
        return ScenarioOutcome(row, result, time.monotonic() - started)


def select_scenarios(names: Sequence[str]) -> list[Scenario]:
    """The rows of these names, all when there are none; ValueError names what there is not."""
    unknown = [name for name in names if name not in {row.name for row in SCENARIOS}]
    if unknown:
        known = ", ".join(row.name for row in SCENARIOS)
        raise ValueError(f"no row {unknown[0]!r}; there are {known}")
    return [row for row in SCENARIOS if not names or row.name in names]
