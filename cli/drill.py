"""`guichet drill`: runs fault scenarios on a temporary desk, and prints a line for each."""

import json
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import click

from cli.support.errors import CommandError
from cli.support.local_defaults import load_settings, with_defaults
from cli.support.policy_file import read_policy
from drill.desk import DrillDesk, DrillError
from drill.scenarios import SCENARIOS, Scenario, ScenarioOutcome, ScenarioRun, select_scenarios
from runtime.embedded_valkey import EmbeddedServerError


@click.command()
@click.option(
    "--only",
    multiple=True,
    metavar="SCENARIO",
    help=f"One of {', '.join(scenario.name for scenario in SCENARIOS)}.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def drill(*, only: tuple[str, ...], as_json: bool) -> int:
    """Test a desk with your policy under faults: error storms, lost responses, killed processes, two clocks.

    Everything runs on this machine, with its own store and providers: no customer gets a message, and your
    data isn't touched. Exits with 1 if a scenario fails.
    """
    try:
        scenarios = select_scenarios(only)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--only") from error
    started_at, outcomes = time.monotonic(), []
    for each in _run_scenarios(scenarios, os.environ | {"POLICY": str(_policy())}):
        outcomes.append(each)
        if not as_json:
            click.echo(_line(each))
    failed = sum(not each.result.is_passed for each in outcomes)
    if as_json:
        click.echo(json.dumps([_as_json(each) for each in outcomes], ensure_ascii=False, indent=2))
    else:
        click.echo(
            f"\n{len(outcomes) - failed} of {len(outcomes)} scenarios passed in {time.monotonic() - started_at:.0f} s."
        )
    return 1 if failed else 0


def _policy() -> Path:
    """The operator's policy, which must be valid; no other setting is needed."""
    given = {name: os.environ[name] for name in ("POLICY", "POLICY_FILE") if name in os.environ}
    policy = load_settings(with_defaults(given | {"SECRET_KEY": secrets.token_urlsafe(32)})).policy.absolute()
    read_policy(policy)
    return policy


def _run_scenarios(scenarios: list[Scenario], environ: dict[str, str]) -> Iterator[ScenarioOutcome]:
    """Each scenario as it ends. Those with the agents' group have their own desk, and continue while the others run."""
    grouped, plain = [r for r in scenarios if r.has_group], [r for r in scenarios if not r.has_group]
    try:
        with ExitStack() as open_desks:
            group = [_start_run(open_desks, grouped, environ)] if grouped else []
            for group_run in group:
                yield from group_run.run()
                group_run.start()
            if plain:
                others = _start_run(open_desks, plain, environ)
                others.start()
                yield from others.run()
                yield from others.finish()
            for group_run in group:
                yield from group_run.finish()
    except (DrillError, EmbeddedServerError) as error:
        raise CommandError(f"the drill could not run: {error}") from error


def _start_run(open_desks: ExitStack, scenarios: list[Scenario], environ: dict[str, str]) -> ScenarioRun:
    folder = Path(
        open_desks.enter_context(
            tempfile.TemporaryDirectory(prefix="guichet-drill-", ignore_cleanup_errors=True)
        )
    )
    own = drill_environment(environ, folder, has_group=scenarios[0].has_group)
    return ScenarioRun(open_desks.enter_context(DrillDesk(own, folder)), scenarios)


def drill_environment(given: dict[str, str], folder: Path, *, has_group: bool) -> dict[str, str]:
    """The settings of the drill's desk; only the policy comes from the operator."""
    plain = {name: value for name, value in given.items() if name in ("PATH", "PYTHONPATH", "HOME", "LANG")}
    own = {
        "POLICY": given["POLICY"],
        "SECRET_KEY": secrets.token_urlsafe(32),
        "MEDIA_DIR": str(folder / "media"),
        "ARCHIVE_URL": f"sqlite:///{folder / 'archive.db'}",
        "LOG_FORMAT": "json",
    }
    environ = with_defaults(plain | own)
    if not has_group:
        environ.pop("TELEGRAM_INBOX_CHAT", None)
    return environ


def _line(outcome: ScenarioOutcome) -> str:
    result = outcome.result
    figures = ", ".join(f"{name} {value}" for name, value in result.figures.items())
    verdict = "pass" if result.is_passed else "FAIL"
    name, description = outcome.scenario.name, outcome.scenario.description
    first = f"{verdict:<5}{name:<14}{description:<40}{outcome.seconds:4.0f} s   {figures}"
    return "\n".join([first, *(f"     {'':<14}! {problem}" for problem in result.problems)])


def _as_json(outcome: ScenarioOutcome) -> dict[str, object]:
    return {"row": outcome.scenario.name, "seconds": round(outcome.seconds, 1), **outcome.result.as_json()}
