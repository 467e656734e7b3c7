"""The scenarios of a drill, in order, and how they're run."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from drill import forum_scenarios, load_scenarios, process_scenarios, provider_scenarios, webhook_scenarios
from drill.actors import Actors
from drill.desk import DrillDesk, DrillError
from drill.result import Finish, Result
from store.integrity.audit import audit
from store.policies import StoredPolicies

RunScenario = Callable[[DrillDesk, Actors], Result]
StartScenario = Callable[[DrillDesk, Actors], Finish]


@dataclass(frozen=True)
class Scenario:
    """Runs at once (`run`), or is started before the others and checked after them (`start`).

    `has_group`: it needs the agents' group, which the others run without.
    """

    name: str
    description: str
    run: RunScenario | None = None
    start: StartScenario | None = None
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
    Scenario("html", "502 with an HTML page", provider_scenarios.html_error_page),
    Scenario("dropped", "accepted by the provider, response lost", provider_scenarios.dropped_connection),
    Scenario("hanging", "Twilio hangs", provider_scenarios.hanging_provider),
    Scenario("duplicates", "every webhook sent ten times", provider_scenarios.duplicate_webhooks),
    Scenario("receipts", "receipts doubled and out of order", provider_scenarios.disordered_receipts),
    Scenario("window", "WhatsApp’s window closed (63016)", provider_scenarios.window_closed),
    Scenario("steady", "40 turns a second, the provider takes 200 ms", load_scenarios.steady_load),
    Scenario("crowd", "300 customers write at once", load_scenarios.crowd_at_once),
    Scenario("some-hang", "one call in twenty hangs", load_scenarios.some_calls_hang),
    Scenario("in-air", "kill -9 of workers, 50 messages in the air", load_scenarios.kill_worker_in_the_air),
    Scenario("missed", "Twilio cannot reach us and gives up", start=provider_scenarios.missed_webhooks),
    Scenario("topic", "a topic of the agents’ group deleted", forum_scenarios.deleted_topic, has_group=True),
    Scenario("burst", "60 lines at once into the group", start=forum_scenarios.burst, has_group=True),
)


@dataclass(frozen=True)
class ScenarioOutcome:
    """A scenario and its result."""

    scenario: Scenario
    result: Result
    seconds: float


class ScenarioRun:
    """Scenarios on one desk. Slow ones are started first, and checked by `finish`."""

    def __init__(self, desk: DrillDesk, scenarios: Sequence[Scenario], people: Actors | None = None) -> None:
        self._desk, self.people = desk, people or Actors(desk)
        self._scenarios = scenarios
        self._started: list[tuple[Scenario, Finish]] = []

    def run(self) -> Iterator[ScenarioOutcome]:
        """Run the scenarios that don't have to be started first."""
        yield from (self._run(scenario, scenario.run) for scenario in self._scenarios if scenario.run)

    def start(self) -> None:
        """Start the slow scenarios; DrillError if one can't start."""
        self._started = [
            (scenario, scenario.start(self._desk, self.people))
            for scenario in self._scenarios
            if scenario.start
        ]

    def finish(self) -> Iterator[ScenarioOutcome]:
        """Check the slow scenarios."""
        yield from (self._run(scenario, lambda *_, end=finish: end()) for scenario, finish in self._started)

    def audit(self, result: Result) -> None:
        """Audit the whole store; faults are problems of the scenario."""
        policies = StoredPolicies(self._desk.redis, self._desk.wiring.policy)
        found = audit(
            self._desk.redis, policies, lambda: self._desk.let_time_pass(1.5), self._desk.wiring.archive
        )
        for fault in found.faults[:3]:
            result.expect(False, f"the audit found {fault.rule}: {fault.name}")

    def _run(self, scenario: Scenario, run: RunScenario) -> ScenarioOutcome:
        started_at = time.monotonic()
        self._desk.sandbox.clear_faults()
        self._desk.sandbox.settle(20)
        if scenario.run:
            self._desk.sandbox.ask("DELETE", "/control/calls")
        try:
            result = run(self._desk, self.people)
            self._desk.sandbox.clear_faults()
            self.audit(result)
        except DrillError as error:
            result = Result(problems=[str(error)])
        return ScenarioOutcome(scenario, result, time.monotonic() - started_at)


def select_scenarios(names: Sequence[str]) -> list[Scenario]:
    """The scenarios with these names, or all if there are no names; ValueError for an unknown name."""
    unknown = [name for name in names if name not in {scenario.name for scenario in SCENARIOS}]
    if unknown:
        known = ", ".join(scenario.name for scenario in SCENARIOS)
        raise ValueError(f"no scenario {unknown[0]!r}; there are: {known}")
    return [scenario for scenario in SCENARIOS if not names or scenario.name in names]
