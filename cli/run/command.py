"""`guichet run`: runs a whole desk on this machine until Ctrl-C."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import click
from redis import RedisError

from cli.run.first_agents import sign_in_links
from cli.support.errors import CommandError
from cli.support.local_defaults import (
    STORE_FOLDER,
    check_media,
    is_set,
    load_settings,
    start_store,
    uses_sandbox,
    with_defaults,
)
from cli.support.policy_file import read_policy
from runtime.child_processes import Child, start_child, stop_child
from runtime.embedded_valkey import EmbeddedValkey
from runtime.settings import Settings
from runtime.supervisor import Service, Supervisor
from store.agents.agent import Role

_STOP_TIMEOUT = 8.0  # seconds for all processes together
_POLL_INTERVAL = 0.2


@click.command()
def run() -> None:
    """Run a whole desk on this machine, with sandbox phones to try it. Ctrl-C stops it."""
    os.umask(0o077)  # only the owner of var/ may read customers' messages and files
    environ = with_defaults(os.environ)
    settings = load_settings(environ)
    read_policy(settings.policy)
    check_media(settings)
    with _stop_signal() as stop, _store(environ) as server:
        environ["REDIS_URL"] = server.url if server else environ["REDIS_URL"]
        _check_ports(settings, with_sandbox=uses_sandbox(os.environ))
        supervisor = Supervisor(
            list(_services(environ, server)),
            now=time.monotonic,
            report=lambda line: click.echo(line, err=True),
        )
        try:
            if _wait_until_ready(supervisor, load_settings(environ), stop):
                _supervise(supervisor, environ, stop)
        finally:
            supervisor.stop(_STOP_TIMEOUT)
    click.echo("\nStopped. Your data is in var/.", err=True)


def _wait_until_ready(supervisor: Supervisor, settings: Settings, stop: threading.Event) -> bool:
    """Start everything, and print the addresses once pages respond. False if stopped before that."""
    while not stop.wait(_POLL_INTERVAL):
        supervisor.tick()
        if _is_answering(settings.port):
            try:
                click.echo(_welcome(settings, sign_in_links(settings)))
            except RedisError:  # the store is restarting
                continue
            return True
    return False


def _supervise(supervisor: Supervisor, environ: Mapping[str, str], stop: threading.Event) -> None:
    """Restart processes that die until stopped; also register the commands with the sandbox's Telegram."""
    errand = _guichet(environ, "webhooks", "set", "--quiet")() if uses_sandbox(os.environ) else None
    while not stop.wait(_POLL_INTERVAL):
        supervisor.tick()
    if errand:
        stop_child(errand, timeout=0)


def _services(environ: Mapping[str, str], server: EmbeddedValkey | None) -> Iterator[Service]:
    if server:
        yield Service("store", _reuse_running_server(server), stops_last=True, exit_reason=server.last_error)
    for name in ("web", "worker", "clock"):
        yield Service(name, _guichet(environ, name))
    if uses_sandbox(os.environ):
        target = f"http://127.0.0.1:{environ.get('PORT') or 8000}"
        yield Service("sandbox", _guichet(environ, "sandbox", "--target", target))


def _reuse_running_server(server: EmbeddedValkey) -> Callable[[], Child]:
    """The running server at first, then new processes at the same address."""
    lives = iter([server.child])
    return lambda: next(lives, None) or server.spawn()


def _guichet(environ: Mapping[str, str], *words: str) -> Callable[[], Child]:
    return lambda: start_child([sys.executable, "-P", "-m", "cli.main", *words], environ=environ)


@contextmanager
def _store(environ: Mapping[str, str]) -> Iterator[EmbeddedValkey | None]:
    """The embedded store, unless REDIS_URL is set; it stops last."""
    if is_set(os.environ, "REDIS_URL"):
        yield None
        return
    server = EmbeddedValkey(STORE_FOLDER)
    start_store(server)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def _stop_signal() -> Iterator[threading.Event]:
    """Set by Ctrl-C, SIGTERM or a closed terminal; a second signal changes nothing."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    yield stop


def _check_ports(settings: Settings, *, with_sandbox: bool) -> None:
    ports = {"PORT": settings.port, "SANDBOX_PORT": settings.sandbox_port}
    if with_sandbox and settings.port == settings.sandbox_port:
        raise CommandError(f"PORT and SANDBOX_PORT are both {settings.port}: choose another for one of them")
    for name, port in ports.items():
        if (name == "PORT" or with_sandbox) and not _is_free(port):
            raise CommandError(
                f"port {port} is in use by another program: stop it, or choose another port with {name}=…"
            )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _is_answering(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (HTTPError, URLError, OSError):
        return False


def _welcome(settings: Settings, links: Mapping[Role, str]) -> str:
    rows = [
        ("The inbox", links[Role.AGENT], "reply as an agent"),
        ("The overview", links[Role.MANAGER], "watch as a manager"),
    ]
    if uses_sandbox(os.environ):
        rows.insert(0, ("The phones", f"http://127.0.0.1:{settings.sandbox_port}/", "write as a customer"))
    lines = [f"  {name:<13} {what}\n    {address}\n" for name, address, what in rows]
    return "\n".join(
        [
            "",
            "Guichet is running. Ctrl-C stops it; your data stays in var/.",
            f"Policy: {settings.policy}. Each sign-in link works once, within a day.",
            "",
            *lines,
        ]
    )
