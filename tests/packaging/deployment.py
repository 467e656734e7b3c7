"""Reads the deployment files: Dockerfile, compose.yaml with its variables, systemd units, settings."""

import json
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.fixtures.paths import ROOT

FILLED_IN = {
    "DOMAIN": "desk.example",
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "POSTGRES_PASSWORD": "letters4and2digits",
    "TELEGRAM_BOT_TOKEN": "42:token",
    "TELEGRAM_WEBHOOK_SECRET": "hook",
}
"""The least that an operator fills in."""


def dockerfile() -> list[tuple[str, str]]:
    """The Dockerfile as pairs of instruction and arguments."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in lines if line]


def stages() -> list[list[tuple[str, str]]]:
    """The Dockerfile's stages, each beginning with its FROM."""
    found: list[list[tuple[str, str]]] = []
    for instruction, arguments in dockerfile():
        if instruction == "FROM":
            found.append([])
        if found:
            found[-1].append((instruction, arguments))
    return found


def image(instruction: str) -> str:
    """The arguments of an instruction that occurs once in the final stage."""
    (arguments,) = [arguments for name, arguments in stages()[-1] if name == instruction]
    return arguments


def health_check() -> list[str]:
    """The command of the image's HEALTHCHECK."""
    words: list[str] = json.loads(image("HEALTHCHECK").partition("CMD ")[2])
    return words


def compose(environ: Mapping[str, str]) -> dict[str, Any]:
    """compose.yaml with its variables replaced; KeyError if a required one is missing."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    replaced: dict[str, Any] = _replaced(loaded, environ)
    return replaced


def _replaced(value: object, environ: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(each, environ) for key, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, environ) for each in value]
    if isinstance(value, str):
        return re.sub(r"\$\{(\w+)(?::([-?])([^}]*))?\}", lambda found: _value(found, environ), value)
    return value


def _value(found: re.Match[str], environ: Mapping[str, str]) -> str:
    name, kind, rest = found.groups()
    if kind == "?" and not environ.get(name):
        raise KeyError(f"{name}: {rest}")
    return environ.get(name) or (rest if kind == "-" else "")


def env_file(path: Path) -> dict[str, str]:
    """The variables of a settings file, once an operator has filled it in."""
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    given = {name: value for name, _, value in (line.partition("=") for line in lines)}
    return given | {name: value for name, value in FILLED_IN.items() if name in given}


def unit(name: str) -> dict[str, list[str]]:
    """A systemd unit: the values of each `Section.Key`, in order."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in (ROOT / "deploy" / "systemd" / name).read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(f"{section}.{key}", []).append(value)
    return found


def exec_start(process: str) -> list[str]:
    """The command of the service that runs this process."""
    (name,) = [path.name for path in (ROOT / "deploy" / "systemd").glob(f"guichet-{process}*.service")]
    (command,) = unit(name)["Service.ExecStart"]
    return shlex.split(command)
