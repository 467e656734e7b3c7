"""Builds the wheel and installs it in a virtual environment with just the dependencies it declares, offline."""

import shutil
import subprocess
import sys
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement

from tests.fixtures.paths import ROOT

BUILD_FILES = ("pyproject.toml", "README.md", "LICENSE")
NOT_INSTALLED = ("bench", "bin", "build", "deploy", "docs", "requirements", "tests", "var")
"""Folders of the repository that aren't part of the wheel."""


def packaged_folders() -> list[Path]:
    """The folders of the repository that are part of the wheel."""
    return [
        path
        for path in sorted(ROOT.iterdir())
        if path.is_dir() and path.name not in NOT_INSTALLED and not path.name.startswith((".", "_"))
        if path.suffix != ".egg-info"
    ]


def build_wheel(folder: Path) -> Path:
    """Build a wheel in `folder`, from a copy of the tree so that leftovers of other builds don't get in."""
    source = folder / "source"
    source.mkdir(parents=True)
    for name in BUILD_FILES:
        shutil.copy(ROOT / name, source)
    for path in packaged_folders():
        shutil.copytree(path, source / path.name, ignore=shutil.ignore_patterns("__pycache__"))
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """Make a virtual environment with the wheel; what the wheel requires, and no more, is linked from ours."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=60)
    pip("--python", folder / "bin" / "python", "install", "--no-deps", "--no-index", wheel)
    (site,) = (folder / "lib").glob("python*/site-packages")
    for each in required_by(metadata(wheel)):
        link(each, site)
    return folder


def metadata(wheel: Path) -> Distribution:
    """The wheel's metadata."""
    with ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        archive.extract(name, wheel.parent)
    return PathDistribution((wheel.parent / name).parent)


def required_by(what: Distribution) -> list[Distribution]:
    """The distributions that this one requires, and those that they require in turn."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(line) for line in what.requires or ()]
    while waiting:
        each = waiting.pop()
        if each.name in found or not _applies(each):
            continue
        found[each.name] = distribution(each.name)
        waiting += [Requirement(line) for line in found[each.name].requires or ()]
    return list(found.values())


def _applies(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def link(installed: Distribution, site: Path) -> None:
    """Make an installed distribution visible in another environment."""
    tops = {file.parts[0] for file in installed.files or ()} - {"..", "__pycache__"}
    for top in tops:
        if not (site / top).exists():
            (site / top).symlink_to(Path(str(installed.locate_file(top))))


def pip(*words: object) -> str:
    """Run our own pip and return its output."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, words)],
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
