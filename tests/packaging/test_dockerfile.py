"""The Dockerfile passes the linter, its build steps work, and the image has neither root nor secrets."""

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fixtures.environment import defaults
from tests.fixtures.paths import ROOT
from tests.packaging.build import link, metadata, packaged_folders, required_by
from tests.packaging.deployment import health_check, image, stages

BUILD, _IMAGE = stages()
TOOLS = Path(sys.executable).parent
IGNORED = [
    line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")
]


def build_context(folder: Path) -> Path:
    """What `docker build .` sees: the tree without what .dockerignore excludes."""

    def ignored(path: str, names: list[str]) -> set[str]:
        patterns = [
            each.removeprefix("**/") for each in IGNORED if each.startswith("**/") or Path(path) == ROOT
        ]
        return {name for name in names if any(fnmatch(name, pattern) for pattern in patterns)}

    return Path(shutil.copytree(ROOT, folder, ignore=ignored))


def test_the_linter_finds_nothing() -> None:
    said = subprocess.run(
        [TOOLS / "hadolint", ROOT / "Dockerfile"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (said.returncode, said.stdout + said.stderr) == (0, "")


INSTALL = [
    "pip install --require-hashes -r requirements/build.txt",
    "pip install --require-hashes --no-build-isolation -r requirements/runtime.txt",
    "pip install --no-deps --no-build-isolation .",
]


def test_pip_installs_pinned_versions_with_hashes_only() -> None:
    commands = [words for name, words in BUILD if name == "RUN" for words in re.split(r"\s*&&\s*", words)]
    assert [words for words in commands if words.startswith("pip install")] == INSTALL


def test_the_systemd_guide_installs_the_same_versions() -> None:
    guide = (ROOT / "docs" / "install.md").read_text()
    assert all(f"sudo /opt/guichet/bin/{words}\n" in guide for words in INSTALL)


@pytest.mark.timeout(300)  # it starts many processes
def test_the_build_steps_install_the_command(wheel: Path, tmp_path: Path) -> None:
    if find_spec("ensurepip") is None:
        words = "no ensurepip: the Dockerfile's build steps weren't run (apt install python3-venv)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(words)
    source, target = build_context(tmp_path / "src"), tmp_path / "guichet"
    environ = {"PATH": f"{target}/bin:{TOOLS}:/usr/bin:/bin", "PIP_NO_INDEX": "1", "PIP_NO_COMPILE": "1"}
    for instruction, arguments in BUILD:
        if instruction == "COPY":
            assert all((source / name).exists() for name in arguments.split()[:-1])
        elif instruction == "RUN":
            shell = ["/bin/sh", "-c", arguments.replace("/opt/guichet", str(target))]
            done = subprocess.run(
                shell, cwd=source, env=environ, capture_output=True, text=True, timeout=100, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
            if " -m venv " in arguments:
                _provide_downloads(wheel, target)
    assert subprocess.run(
        [target / "bin" / "guichet", "--version"], cwd=tmp_path, env={}, capture_output=True, check=True
    ).stdout.startswith(b"guichet, version ")


def _provide_downloads(wheel: Path, environment: Path) -> None:
    """Link the pinned versions from our own environment, so that pip has nothing to download."""
    (site,) = (environment / "lib").glob("python*/site-packages")
    shutil.rmtree(site)  # the pip and setuptools that Python brings along
    site.mkdir()
    for each in [distribution("pip"), distribution("setuptools"), *required_by(metadata(wheel))]:
        link(each, site)


def test_secrets_and_data_are_not_sent_to_the_build() -> None:
    for name in (".env", ".git", ".venv", "var", "desk.env"):
        assert any(fnmatch(name, pattern) for pattern in IGNORED)
    for folder in packaged_folders():
        assert not any(fnmatch(folder.name, pattern) for pattern in IGNORED)


def test_the_image_does_not_run_as_root_and_has_no_settings_but_the_port() -> None:
    assert int(image("USER")) > 0
    named = {
        pair.partition("=")[0]
        for name, words in BUILD + _IMAGE
        if name in {"ENV", "ARG"}
        for pair in words.split()
    }
    assert named & defaults().keys() == {"PORT"}


def test_the_health_check_asks_healthz() -> None:
    assert "/healthz" in health_check()[-1]
