"""Who may import whom: docs/architecture.md, held."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import policywatch

ROOT = Path(policywatch.__file__).parent
PACKAGES = ("fetching", "extraction", "archive", "comparison", "taxonomy", "reports")
# Clause text is the common tongue: these may use extraction's.
CLAUSE_TEXT = {"canonical", "markdown", "sentences", "dates", "language", "characters", "inline", "ages"}
ALLOWED = {"archive", "comparison", "taxonomy"}
# Libraries that one place only may know.
HOMES = {
    "rich": ("cli", "reports/terminal", "reports/progress", "reports/dossier_terminal", "reports/positions_terminal"),
    "typer": ("cli",),
    "lxml": ("extraction",),
    "readability": ("extraction",),
    "requests": ("fetching",),
    "playwright": ("fetching",),
    "subprocess": ("archive/commits", "importing/git_history", "fetching/browser"),
}


def modules() -> Iterator[Path]:
    yield from sorted(ROOT.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def place(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix()


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_do_not_import_one_another(package: str) -> None:
    wrong = []
    for path in sorted((ROOT / package).rglob("*.py")):
        for name in imported(path):
            parts = name.split(".")
            if parts[0] != "policywatch" or len(parts) < 2:
                continue
            other = parts[1]
            fine = other not in (*PACKAGES, "cli", "pipeline", "importing") or other == package
            clause_text = other == "extraction" and package in ALLOWED and (len(parts) < 3 or parts[2] in CLAUSE_TEXT)
            if not (fine or clause_text):
                wrong.append(f"{place(path)} imports {name}")
    assert not wrong


def test_libraries_stay_at_home() -> None:
    wrong = [
        f"{place(path)} imports {name}"
        for path in modules()
        for name in imported(path)
        for library, homes in HOMES.items()
        if name.split(".")[0] == library and not place(path).startswith(homes)
    ]
    assert not wrong


def test_values_and_errors_import_nothing_of_ours() -> None:
    for name in ("model", "errors"):
        assert not [one for one in imported(ROOT / f"{name}.py") if one.startswith("policywatch")]


def test_no_verb_loads_heavy_libraries_before_it_runs() -> None:
    heavy = {"requests", "lxml", "rich", "pydantic", "yaml", "readability", "pypdf", "jinja2"}
    for path in sorted((ROOT / "cli").glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        names = {alias.name for node in top if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module or "" for node in top if isinstance(node, ast.ImportFrom)}
        assert not {name.split(".")[0] for name in names} & heavy, path
