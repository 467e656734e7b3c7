"""compose.yaml is complete and hardened, and its commands run a desk behind the same proxy."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from redis import Redis

from runtime.embedded_valkey import find_server
from runtime.settings import Settings
from tests.fixtures.paths import ROOT
from tests.packaging.deployment import FILLED_IN, compose, env_file, health_check, image
from tests.packaging.desk_processes import desk_of, succeeds
from tests.packaging.processes import Program, answers, free_port

EXAMPLE = ROOT / "deploy" / "compose.env.example"
STACK = compose(env_file(EXAMPLE))
SERVICES: dict[str, dict[str, Any]] = STACK["services"]
DESK = ("web", "worker", "clock")
CADDY = Path(sys.executable).with_name("caddy")


def environment(service: str) -> dict[str, str]:
    """The environment of a desk process: .env, then the service's own variables."""
    return env_file(EXAMPLE) | SERVICES[service]["environment"]


@pytest.mark.parametrize("name", ["DOMAIN", "POSTGRES_PASSWORD"])
def test_required_settings_must_be_filled_in(name: str) -> None:
    with pytest.raises(KeyError, match=name):
        compose({key: value for key, value in FILLED_IN.items() if key != name})


@pytest.mark.parametrize("service", DESK)
def test_each_desk_process_gets_complete_settings(service: str) -> None:
    settings = Settings.from_environment(environment(service))
    assert settings.public_url == "https://desk.example"
    assert settings.trusted_proxies == 1
    assert settings.archive_url == "postgresql://guichet:letters4and2digits@postgres/guichet"
    assert settings.policy == Path("/policies/demo.toml")
    assert "./policies:/policies:ro" in SERVICES[service]["volumes"]


@pytest.mark.parametrize("service", DESK)
def test_each_desk_process_is_hardened(service: str) -> None:
    assert SERVICES[service]["read_only"] is True
    assert SERVICES[service]["cap_drop"] == ["ALL"]
    assert SERVICES[service]["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_restarts_and_has_a_health_check(service: str) -> None:
    assert SERVICES[service]["restart"] == "unless-stopped"
    if service not in DESK:
        assert SERVICES[service]["healthcheck"]["test"][0] == "CMD"
    else:  # web uses the image's check; the others have no port to ask
        assert SERVICES[service].get("healthcheck") == (None if service == "web" else {"disable": True})


def test_only_the_proxy_has_public_ports() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert STACK["networks"]["inside"] == {"internal": True}
    assert SERVICES["valkey"]["networks"] == SERVICES["postgres"]["networks"] == ["inside"]


def test_everything_that_is_mounted_exists() -> None:
    for volume in (each for service in SERVICES.values() for each in service.get("volumes", ())):
        source = volume.partition(":")[0]
        assert (ROOT / source).exists() if source.startswith(".") else source in STACK["volumes"]


@pytest.mark.timeout(300)  # it starts many processes
def test_the_stack_answers_over_tls_and_stops_cleanly(
    scripts: Path, tmp_path: Path, start: Callable[..., Program]
) -> None:
    redis_url, port = store(start, tmp_path), free_port()
    environ = environment("web") | {
        "PATH": f"{scripts}:{os.environ['PATH']}",
        "PORT": str(port),
        "REDIS_URL": redis_url,
        "ARCHIVE_URL": f"sqlite:///{tmp_path}/archive.db",
        "MEDIA_DIR": str(tmp_path / "media"),
        "POLICY": str(ROOT / "policies" / "demo.toml"),
    }
    commands = [json.loads(image("ENTRYPOINT")) + SERVICES[name]["command"] for name in DESK]
    assert commands[0] == json.loads(image("ENTRYPOINT")) + json.loads(image("CMD"))
    assert not succeeds(health_check(), environ)
    with desk_of(start, commands, tmp_path / "desk", environ):
        assert succeeds(health_check(), environ)
        url, certificate = proxy(start, tmp_path, port)
        assert answers(f"{url}/readyz", verify=certificate)
        assert not answers(f"{url}/metrics", verify=certificate)
        assert answers(f"http://127.0.0.1:{port}/metrics")
        assert requests.post(f"{url}/webhooks/telegram", verify=certificate, timeout=10).status_code == 403


def store(start: Callable[..., Program], folder: Path) -> str:
    """Start Valkey with the command of compose.yaml; return its URL."""
    port = free_port()
    words = SERVICES["valkey"]["command"][1:]
    valkey = start([find_server(), *words, "--port", port, "--bind", "127.0.0.1"], folder / "valkey", {})
    with Redis(port=port, decode_responses=True) as redis:
        valkey.until(lambda: "Ready to accept connections" in valkey.output)
        assert redis.config_get("append*", "maxmemory-policy", "save").items() >= {
            ("appendonly", "yes"), ("appendfsync", "always"), ("maxmemory-policy", "noeviction"), ("save", ""),
        }  # fmt: skip
    return f"redis://127.0.0.1:{port}/0"


def proxy(start: Callable[..., Program], folder: Path, upstream: int) -> tuple[str, str]:
    """Start Caddy with our Caddyfile for localhost; return its URL and its root certificate."""
    port, settings = free_port(), folder / "Caddyfile"
    settings.write_text(
        f"{{\n admin off\n skip_install_trust\n http_port {free_port()}\n https_port {port}\n}}\n"
        f"import {ROOT}/deploy/Caddyfile\n"
    )
    environ = {
        "DOMAIN": "localhost",
        "UPSTREAM": f"127.0.0.1:{upstream}",
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
    }
    caddy = start([CADDY, "run", "--config", settings, "--adapter", "caddyfile"], folder / "caddy", environ)
    certificate = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    caddy.until(certificate.exists)
    caddy.until(lambda: answers(f"https://localhost:{port}/healthz", verify=str(certificate)))
    return f"https://localhost:{port}", str(certificate)
