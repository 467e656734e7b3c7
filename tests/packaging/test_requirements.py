"""The dependencies in pyproject.toml match those pinned in requirements/."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.fixtures.paths import ROOT

DECLARED = {
    canonicalize_name(each.name): each
    for each in map(
        Requirement, tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    )
}


def pins(name: str) -> dict[str, str]:
    """The pinned version of each package in a lock file."""
    return dict(
        re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE)
    )


PINNED = pins("runtime.txt")


def test_pyproject_declares_the_packages_of_runtime_in() -> None:
    listed = [
        line.partition("#")[0].strip() for line in (ROOT / "requirements/runtime.in").read_text().splitlines()
    ]
    assert sorted(DECLARED) == sorted(canonicalize_name(name) for name in listed if name)


@pytest.mark.parametrize("name", DECLARED)
def test_each_range_allows_the_pinned_version(name: str) -> None:
    assert PINNED[name] in DECLARED[name].specifier


@pytest.mark.parametrize("name", DECLARED)
def test_each_range_has_a_lower_bound(name: str) -> None:
    assert [each for each in DECLARED[name].specifier if each.operator == ">="]


def test_the_tests_run_with_the_versions_pinned_for_a_desk() -> None:
    assert PINNED.items() <= pins("test.txt").items()
