"""`guichet drill`: holds a fire drill and prints a line for each row. The desk that it burns is its own."""

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
    "--only", multiple=True, metavar="ROW", help=f"One of {', '.join(row.name for row in SCENARIOS)}."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def drill(*, only: tuple[str, ...], as_json: bool) -> int:
    """Try under your policy what no customer should meet: storms, lost answers, kills, two clocks.

    Everything runs on this machine with a store and providers of its own: no customer is written to, no data
    of yours are touched. Exit code 1 when a row fails.
    """
    try:
        rows = select_scenarios(only)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--only") from error
    started, held = time.monotonic(), []
    for each in _run_scenarios(rows, os.environ | {"POLICY": str(_policy())}):
        held.append(each)
        if not as_json:
            click.echo(_line(each))
    failed = sum(not each.result.is_passed for each in held)
    if as_json:
        click.echo(json.dumps([_as_json(each) for each in held], ensure_ascii=False, indent=2))
    else:
        click.echo(
            f"\n{len(held) - failed} of {len(held)} rows passed in {time.monotonic() - started:.0f} s."
        )
    return 1 if failed else 0


def _policy() -> Path:
    """The operator's policy, which must be readable; of their other settings none is needed."""
    given = {name: os.environ[name] for name in ("POLICY", "POLICY_FILE") if name in os.environ}
    policy = load_settings(with_defaults(given | {"SECRET_KEY": secrets.token_urlsafe(32)})).policy.absolute()
    read_policy(policy)
    return policy


def _run_scenarios(rows: list[Scenario], environ: dict[str, str]) -> Iterator[ScenarioOutcome]:
    """Each row as its end is known. The agents' group has a desk of its own, and time while the others are held."""
    grouped, plain = [r for r in rows if r.has_group], [r for r in rows if not r.has_group]
    try:
        with ExitStack() as open_desks:
            group = [_start_run(open_desks, grouped, environ)] if grouped else []
            for exercise in group:
                yield from exercise.hold()
                exercise.begin()
            if plain:
                others = _start_run(open_desks, plain, environ)
                others.begin()
                yield from others.hold()
                yield from others.finish()
            for exercise in group:
                yield from exercise.finish()
    except (DrillError, EmbeddedServerError) as error:
        raise CommandError(f"the drill could not be held: {error}") from error


def _start_run(open_desks: ExitStack, rows: list[Scenario], environ: dict[str, str]) -> ScenarioRun:
    folder = Path(
        open_desks.enter_context(
            tempfile.TemporaryDirectory(prefix="guichet-drill-", ignore_cleanup_errors=True)
        )
    )
    own = drill_environment(environ, folder, has_group=rows[0].has_group)
    return ScenarioRun(open_desks.enter_context(DrillDesk(own, folder)), rows)


def drill_environment(given: dict[str, str], folder: Path, *, has_group: bool) -> dict[str, str]:
    """The settings of a desk of the drill's own: of the operator's only the policy."""
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


def _line(held: ScenarioOutcome) -> str:
    result = held.result
    figures = ", ".join(f"{name} {value}" for name, value in result.figures.items())
    verdict = "pass" if result.is_passed else "FAIL"
    first = f"{verdict:<5}{held.row.name:<14}{held.row.told:<40}{held.seconds:4.0f} s   {figures}"
    return "\n".join([first, *(f"     {'':<14}! {problem}" for problem in result.problems)])


def _as_json(held: ScenarioOutcome) -> dict[str, object]:
    return {"row": held.row.name, "seconds": round(held.seconds, 1), **held.result.as_json()}
