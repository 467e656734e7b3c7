"""The systemd units are valid and hardened, and run the same commands as the containers."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from runtime.settings import Settings
from tests.fixtures.paths import ROOT
from tests.packaging.deployment import FILLED_IN, compose, env_file, exec_start, unit

FOLDER = ROOT / "deploy" / "systemd"
COMMAND = "/opt/guichet/bin/guichet"
SERVICES = ("guichet-web.service", "guichet-worker@.service", "guichet-clock.service")
HARDENING = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
    "CapabilityBoundingSet": "", "User": "guichet", "StateDirectory": "guichet", "UMask": "0077",
}  # fmt: skip


@pytest.fixture
def units(scripts: Path, tmp_path: Path) -> Path:
    """A copy of the units that runs an installed `guichet`."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "units"))
    for path in folder.glob("*.service"):
        path.write_text(path.read_text().replace("/opt/guichet/bin", str(scripts)))
    return folder


def analyze(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run systemd-analyze on the units."""
    if not shutil.which("systemd-analyze"):
        missing = "no systemd-analyze: the units weren't verified (apt install systemd)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    return subprocess.run(
        ["systemd-analyze", *words], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def test_systemd_accepts_the_units(units: Path) -> None:
    shutil.copy(units / "guichet-worker@.service", units / "guichet-worker@1.service")
    found = analyze(
        units,
        "verify",
        "--man=no",
        "guichet.target",
        *(f"./{path.name}" for path in units.glob("*[!@].service")),
    )
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def test_systemd_rates_the_services_as_little_exposed(units: Path) -> None:
    found = analyze(
        units, "security", "--offline=true", "--threshold=25", "--no-pager", "./guichet-web.service"
    )
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_hardened(name: str) -> None:
    service = unit(name)
    assert {key: service[f"Service.{key}"] for key in HARDENING} == {
        key: [value] for key, value in HARDENING.items()
    }


def test_the_services_differ_only_in_what_they_run() -> None:
    own = {"Unit.Description", "Service.ExecStart", "Install.WantedBy"}
    alike = [{key: value for key, value in unit(name).items() if key not in own} for name in SERVICES]
    assert alike[0] == alike[1] == alike[2]


def test_the_target_starts_the_whole_desk() -> None:
    assert unit("guichet.target")["Unit.Wants"] == [
        "guichet-web.service guichet-worker@1.service guichet-clock.service"
    ]
    assert all(unit(name)["Unit.PartOf"] == ["guichet.target"] for name in SERVICES)


def test_data_is_kept_where_the_services_may_write() -> None:
    settings = Settings.from_environment(env_file(FOLDER / "guichet.env"))
    assert settings.media_dir.parent == Path("/var/lib/guichet")
    assert settings.archive_url.startswith("sqlite:////var/lib/guichet/")


def test_the_services_run_the_commands_that_containers_run() -> None:
    """The test of compose.yaml runs them. Here the proxy is on the same machine, so web listens on 127.0.0.1."""
    services = compose(FILLED_IN)["services"]
    for name in ("worker", "clock"):
        assert exec_start(name) == [COMMAND, *services[name]["command"]]
    assert [*exec_start("web"), "--host", "0.0.0.0"] == [COMMAND, *services["web"]["command"]]
