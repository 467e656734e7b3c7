"""What `guichet run` makes up so that a desk works with no account anywhere: a key, a store, the sandbox.

The other commands use the same, so that they find the desk that `run` keeps in var/. Starts no process but
the embedded store.
"""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cli.support.errors import CommandError
from runtime.embedded_valkey import EmbeddedServerError, EmbeddedValkey, running_url
from runtime.settings import CHANNELS, Settings, SettingsError, required_variables
from sandbox import credentials

DATA_FOLDER = Path("var")
STORE_FOLDER = DATA_FOLDER / "valkey"
DEMO_POLICY = Path("policies/demo.toml")
_PLACEHOLDER_REDIS_URL = "redis://127.0.0.1/0"


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings of this environment; Trouble with a line for each problem."""
    try:
        return Settings.from_environment(environ)
    except SettingsError as error:
        raise CommandError(*error.problems) from error


def load_local_settings() -> Settings:
    """The settings of this environment, or of the desk in var/, for a command that needs no store."""
    return load_settings(os.environ if is_set(os.environ, "REDIS_URL") else with_defaults(os.environ))


@contextmanager
def settings_with_store() -> Iterator[Settings]:
    """The settings of this environment, or of the desk in var/, whose store runs at least meanwhile."""
    if is_set(os.environ, "REDIS_URL"):
        yield load_settings(os.environ)
        return
    url = running_url(STORE_FOLDER)
    server = None if url else EmbeddedValkey(STORE_FOLDER)
    try:
        yield load_settings(with_defaults(os.environ) | {"REDIS_URL": url or start_store(server)})
    finally:
        if server:
            server.stop()


def start_store(server: EmbeddedValkey | None) -> str:
    """The URL of that server, started now; Trouble when it cannot be."""
    assert server is not None  # noqa: S101 - narrows the type
    try:
        return server.start()
    except EmbeddedServerError as error:
        raise CommandError(str(error)) from error


def with_defaults(given: Mapping[str, str]) -> dict[str, str]:
    """The environment with all that `run` makes up; REDIS_URL is only a placeholder until the store runs."""
    environ = dict(given)
    if not is_set(given, "REDIS_URL"):
        environ["REDIS_URL"] = _PLACEHOLDER_REDIS_URL
    if not is_set(given, "SECRET_KEY"):
        environ["SECRET_KEY"] = _load_or_create_secret(DATA_FOLDER / "secret_key")
    if not is_set(given, "POLICY"):
        environ["POLICY"] = str(_demo_policy())
    if uses_sandbox(given):
        environ |= _sandbox_credentials(given)
    return environ


def check_media(settings: Settings) -> None:
    """Trouble where attachments could not be kept, since something else has the folder's name."""
    folder = settings.media_dir
    if not folder.is_dir() and (folder.exists() or folder.is_symlink()):
        raise CommandError(f"MEDIA_DIR is no folder: move {folder.absolute()} away, or name another")


def uses_sandbox(environ: Mapping[str, str]) -> bool:
    """Whether no channel's credentials are set, so that the phones of the sandbox stand in."""
    return not any(is_set(environ, name) for channel in CHANNELS for name in required_variables(channel))


def is_set(environ: Mapping[str, str], name: str) -> bool:
    """Whether a variable is given, by itself or by a file."""
    return bool(environ.get(name, "").strip() or environ.get(f"{name}_FILE", "").strip())


def _sandbox_credentials(given: Mapping[str, str]) -> dict[str, str]:
    port = given.get("SANDBOX_PORT") or ""
    is_port = port.isdecimal() and int(port) < 1 << 16  # one that is none is told by its own name
    url = f"http://127.0.0.1:{port if is_port else Settings.model_fields['sandbox_port'].default}"
    made_up = {
        "TWILIO_ACCOUNT_SID": credentials.TWILIO_ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": credentials.TWILIO_AUTH_TOKEN,
        "TWILIO_WHATSAPP_NUMBER": credentials.TWILIO_WHATSAPP_NUMBER,
        "TELEGRAM_BOT_TOKEN": credentials.TELEGRAM_BOT_TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": credentials.TELEGRAM_WEBHOOK_SECRET,
        "TWILIO_API_URL": url,
        "TELEGRAM_API_URL": url,
        "TELEGRAM_INBOX_CHAT": str(credentials.TELEGRAM_INBOX_CHAT),
        "ALERTS": f"telegram:{credentials.TELEGRAM_MANAGER_CHAT}",
    }
    return {name: value for name, value in made_up.items() if not is_set(given, name)}


def _load_or_create_secret(path: Path) -> str:
    """The key in var/, made at the first start, readable by its owner only."""
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists():
            draft = path.with_suffix(f".{os.getpid()}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(48))
            draft.replace(path)
        kept = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"cannot keep the key in {path}: {getattr(error, 'strerror', 0) or 'it is not text'}"
        ) from error
    if not kept:
        raise CommandError(
            f"{path} is empty: restore it from a backup, or remove it to have a new key (then import the accounts anew:"
            " their codes are known by the old one)"
        )
    return kept


def _demo_policy() -> Path:
    """The demo policy of this folder, else the one that Guichet came with."""
    return DEMO_POLICY if DEMO_POLICY.exists() else Path(__file__).parents[2] / DEMO_POLICY
