"""`guichet doctor`: checks everything the desk depends on, and prints a line for each: ok, or what to do.

Reads only, except with --repair, which puts unreachable work back into its index and changes nothing else.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

import click

from cli.doctor import forum_checks, local_checks, provider_checks, store_checks
from cli.doctor.local_checks import CheckResult
from cli.support.errors import CommandError
from cli.support.local_defaults import STORE_FOLDER, is_set, settings_with_store, with_defaults
from runtime.embedded_valkey import is_in_use, running_url
from runtime.settings import Settings, SettingsError

CHECKS: tuple[Callable[[Settings], Iterable[CheckResult]], ...] = (
    local_checks.policy,
    local_checks.catalogs,
    local_checks.store,
    local_checks.messages,
    store_checks.records,
    local_checks.files,
    local_checks.archive,
    provider_checks.public_url,
    provider_checks.twilio,
    provider_checks.telegram,
    forum_checks.group,
    store_checks.webhooks,
    provider_checks.mail,
)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--repair", is_flag=True, help="First repair work that no sweep would find.")
def doctor(*, as_json: bool, repair: bool) -> int:
    """Check settings, store, records, credentials, webhooks, policy and catalogs; print what to fix, and how."""
    if repair:
        _repair()
    found = []
    for finding in _run_checks():
        found.append(finding)
        if not as_json:
            click.echo(f"{'ok' if finding.is_well else 'FIX':<5} {finding.name:<9} {finding.told}")
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=2))
    wrong = sum(not finding.is_well for finding in found)
    if wrong:
        click.echo(f"guichet: {wrong} to fix", err=True)
    return 1 if wrong else 0


def _repair() -> None:
    with settings_with_store() as settings:
        for fault, is_mended in store_checks.repair(settings):
            click.echo(f"{'fixed' if is_mended else 'left':<7} {fault.rule} {fault.name}", err=True)


def _no_store_reason() -> str:
    """Why the desk in var/ has no running store."""
    if is_in_use(STORE_FOLDER):
        return f"guichet run is running here, but its store is down: see {STORE_FOLDER / 'server.log'}"
    return "REDIS_URL is not set and guichet run is not running here: start it"


def _run_checks() -> Iterator[CheckResult]:
    environ = dict(os.environ)
    if not is_set(environ, "REDIS_URL"):
        url = running_url(STORE_FOLDER)
        if url is None:
            yield CheckResult("store", False, _no_store_reason())
        try:
            environ = with_defaults(environ) | {"REDIS_URL": url or "redis://127.0.0.1:1"}
        except CommandError as trouble:
            yield from (CheckResult("settings", False, line) for line in trouble.lines)
            return
    try:
        settings = Settings.from_environment(environ)
    except SettingsError as error:
        yield from (CheckResult("settings", False, problem) for problem in error.problems)
        return
    yield CheckResult("settings", True, "complete")
    for check in CHECKS:
        yield from check(settings)
