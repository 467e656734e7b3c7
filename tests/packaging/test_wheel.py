"""The wheel is complete, and a desk installed from it runs from another folder with an empty environment."""

import signal
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from tests.fixtures.paths import ROOT
from tests.packaging.build import metadata, packaged_folders, pip
from tests.packaging.processes import Program, answers, free_port


def ended(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a command with an empty environment and wait for its end."""
    return subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    inside = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    tree = {
        str(path.relative_to(ROOT))
        for folder in packaged_folders()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside == tree


def test_the_wheel_requires_what_pyproject_declares(wheel: Path) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert {Requirement(line) for line in metadata(wheel).requires or ()} == {*map(Requirement, declared)}


def test_the_installed_dependencies_satisfy_the_wheel(scripts: Path) -> None:
    assert "No broken requirements" in pip("--python", scripts / "python", "check")


def test_guichet_shows_its_help_and_its_version(scripts: Path, tmp_path: Path) -> None:
    shown = ended(tmp_path, scripts / "guichet", "--help")
    assert shown.returncode == 0, shown.stderr
    assert "policy" in shown.stdout
    assert ended(tmp_path, scripts / "guichet", "--version").stdout == "guichet, version 0.1.0\n"


def test_a_policy_is_checked_by_its_path_in_the_working_folder(scripts: Path, tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text((ROOT / "policies" / "demo.toml").read_text())
    checked = ended(tmp_path, scripts / "guichet", "policy", "check", "desk.toml")
    assert (checked.returncode, checked.stderr) == (0, "")
    missing = ended(tmp_path, scripts / "guichet", "policy", "check", "policies/demo.toml")
    assert missing.returncode == 1  # only the default of `run` falls back to the packaged file


@pytest.mark.timeout(300)  # it starts many processes
def test_a_desk_runs_from_any_folder_and_stops_at_ctrl_c(
    scripts: Path, tmp_path: Path, start: Callable[..., Program]
) -> None:
    for name in ("bot.py", "store.py", "jobs.py"):  # someone else's modules must not replace ours
        (tmp_path / name).write_text("raise SystemExit('not the desk')")
    port, sandbox = free_port(), free_port()
    run = start([scripts / "guichet", "run"], tmp_path, {"PORT": str(port), "SANDBOX_PORT": str(sandbox)})
    run.until(lambda: "/sign-in/" in run.output)
    run.until(lambda: answers(f"http://127.0.0.1:{port}/readyz"))
    run.until(lambda: answers(f"http://127.0.0.1:{sandbox}/"))
    for page in ("page/main.js", "page/phones.css"):
        assert answers(f"http://127.0.0.1:{sandbox}/{page}")
    assert answers(f"http://127.0.0.1:{port}/sign-in")
    assert "site-packages/policies/demo.toml" in run.output
    run.ask_to_stop(signal.SIGINT)
    assert run.ended(within=15) == 0
    assert (tmp_path / "var" / "valkey" / "appendonlydir").is_dir()
