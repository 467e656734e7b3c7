"""Defaults with which `guichet run` works without any setup: a secret key, an embedded store, the sandbox.

Other commands use them too, so that they find the desk in var/. Starts no process but
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
    """The settings in the environment; CommandError with a line for each problem."""
    try:
        return Settings.from_environment(environ)
    except SettingsError as error:
        raise CommandError(*error.problems) from error


def load_local_settings() -> Settings:
    """The settings in the environment, or of the desk in var/, for a command that needs no store."""
    return load_settings(os.environ if is_set(os.environ, "REDIS_URL") else with_defaults(os.environ))


@contextmanager
def settings_with_store() -> Iterator[Settings]:
    """The settings in the environment, or of the desk in var/, whose store is started if needed."""
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
    """Start the server; its URL, or CommandError."""
    assert server is not None  # noqa: S101 - narrows the type
    try:
        return server.start()
    except EmbeddedServerError as error:
        raise CommandError(str(error)) from error


def with_defaults(given: Mapping[str, str]) -> dict[str, str]:
    """The environment with these defaults. REDIS_URL is a placeholder until the store runs."""
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
    """CommandError if MEDIA_DIR isn't a folder."""
    folder = settings.media_dir
    if not folder.is_dir() and (folder.exists() or folder.is_symlink()):
        raise CommandError(f"MEDIA_DIR isn’t a folder: move {folder.absolute()} away, or name another")


def uses_sandbox(environ: Mapping[str, str]) -> bool:
    """Whether no channel has credentials, so that the sandbox is used."""
    return not any(is_set(environ, name) for channel in CHANNELS for name in required_variables(channel))


def is_set(environ: Mapping[str, str], name: str) -> bool:
    """Whether a variable is set, directly or with _FILE."""
    return bool(environ.get(name, "").strip() or environ.get(f"{name}_FILE", "").strip())


def _sandbox_credentials(given: Mapping[str, str]) -> dict[str, str]:
    port = given.get("SANDBOX_PORT") or ""
    is_port = port.isdecimal() and int(port) < 1 << 16  # a wrong port is reported under its own name
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
    """The secret key in var/, generated at the first start and readable by its owner only."""
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
            f"can’t store the secret key in {path}: {getattr(error, 'strerror', 0) or 'it isn’t text'}"
        ) from error
    if not kept:
        raise CommandError(
            f"{path} is empty: restore it from a backup, or delete it to get a new key (then import the accounts again:"
            " their codes depend on the key)"
        )
    return kept


def _demo_policy() -> Path:
    """The demo policy of this folder, or the one in the package."""
    return DEMO_POLICY if DEMO_POLICY.exists() else Path(__file__).parents[2] / DEMO_POLICY
