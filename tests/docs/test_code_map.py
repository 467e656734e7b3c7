"""docs/code-map.md lists every package and module, one line each."""

from pathlib import Path

from docs.code_map import PACKAGES, ROOT, WRITTEN, code_map, first_line


def test_the_code_map_is_up_to_date() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == code_map(), "run: python -m docs.code_map"


def test_every_module_says_what_it_holds_in_one_line() -> None:
    silent = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if not first_line(path)]
    assert silent == []


def test_a_module_without_a_docstring_has_no_line(tmp_path: Path) -> None:
    module = tmp_path / "silent.py"
    module.write_text("VALUE = 1\n")
    assert first_line(module) == ""


def test_no_folder_holds_more_than_25_modules() -> None:
    folders = [init.parent for package in PACKAGES for init in (ROOT / package).rglob("__init__.py")]
    assert [folder for folder in folders if len(list(folder.glob("*.py"))) - 1 > 25] == []
