"""The processes of a desk, one command each, as started by a Procfile or `guichet run`."""

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from cli.support.local_defaults import DATA_FOLDER, check_media, load_settings
from cli.support.policy_file import read_policy
from runtime.logs import configure
from runtime.settings import Settings

_DEFAULTS = Settings.model_fields


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--workers", default=2, show_default=True, help="How many processes.")
@click.option("--threads", default=8, show_default=True, help="How many threads in each.")
def web(host: str, workers: int, threads: int) -> None:
    """Serve webhooks, inbox and overview on PORT."""
    settings = _checked_settings()
    arguments = ["--config", "python:cli.run.gunicorn_conf", "--bind", f"{host}:{settings.port}"]
    arguments += ["--workers", str(workers), "--threads", str(threads), "cli.run.web_app:app()"]
    _exec_module("cli.run.web_server", *arguments)


@click.command()
def worker() -> int:
    """Send messages and run other jobs."""
    return _run_here("worker")


@click.command()
def clock() -> int:
    """Watch deadlines, and queue work that is due."""
    return _run_here("clock")


@click.command()
@click.option("--port", default=_DEFAULTS["sandbox_port"].default, envvar="SANDBOX_PORT", show_default=True)
@click.option("--target", default=f"http://127.0.0.1:{_DEFAULTS['port'].default}", show_default=True)
@click.option(
    "--public-url", default="", envvar="PUBLIC_URL", help="The desk's PUBLIC_URL, if it's different."
)
@click.option(
    "--data", default=DATA_FOLDER / "sandbox.json", type=click.Path(path_type=Path), show_default=True
)
def sandbox(port: int, target: str, public_url: str, data: Path) -> None:
    """Run a local Twilio and Telegram, with phones on a web page; --target is the desk's address."""
    options = {"--port": port, "--target": target, "--public-url": public_url, "--data": data}
    _exec_module("sandbox", *(word for name, value in options.items() for word in (name, str(value))))


def _run_here(name: str) -> int:
    """Run the worker or the clock in this process until it's stopped; its exit code."""
    settings = _checked_settings()
    configure(settings, name)
    code: int = import_module(f"jobs.{name}").main(settings)
    return code


def _checked_settings() -> Settings:
    """The settings, after checking them and the policy, so that errors show before anything starts."""
    settings = load_settings(os.environ)
    read_policy(settings.policy)
    check_media(settings)
    return settings


def _exec_module(module: str, *arguments: str) -> None:
    """Replace this process, so that signals reach the server itself. -P keeps the current directory off sys.path."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-P", "-m", module, *arguments])  # noqa: S606 - no shell is meant
