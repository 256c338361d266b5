"""The small verbs: init, schema, demo, status, version, help."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

from policywatch import __version__
from policywatch.cli.app import VERBS, run
from tests.conftest import Command, Site
from tests.pages import policy

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_init_starts_a_watchlist_that_is_right(inside: Command, tmp_path: Path) -> None:
    done = inside("init", "here")
    assert done.code == 0
    assert "git repository" in done.out
    assert (tmp_path / "here/.git").is_dir()
    assert (tmp_path / "here/archive").is_dir()
    written = yaml.safe_load((tmp_path / "here/platforms.yaml").read_text("utf-8"))
    jsonschema.validate(written, json.loads(inside("schema").out))
    again = inside("init", "here")
    assert again.code == 2
    assert "exists already" in again.err
    assert inside("status", cwd=tmp_path / "here").out.startswith("nothing recorded yet")


def test_init_inside_a_repository_starts_no_other(inside: Command, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    assert "git repository" not in inside("init", "inner").out
    assert not (tmp_path / "inner/.git").exists()


def test_without_git_init_and_fetch_say_that_nothing_is_committed(inside: Command, site: Site, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()  # holds no git
    alone = {"PATH": str(tmp_path / "bin")}
    assert "nothing will be committed: git is not installed" in inside("init", env=alone).out
    assert "committed" not in inside("init", "--no-git", "other").out
    (tmp_path / "platforms.yaml").write_text(f"platforms:\n  Lumen:\n    Terms: {site.put('/', policy())}\n", "utf-8")
    assert inside("fetch", "--dry-run").err.count("ommitted") == 0
    assert inside("fetch").err.count("`git init` starts one") == 1
    assert "ommitted" not in inside("fetch").err  # nothing was recorded


def test_the_version_comes_before_everything(policywatch: Command) -> None:
    assert policywatch("--version").out == f"policywatch {__version__}\n"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_and_a_line_in_the_readme(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([verb, "--help"]) == 0
    assert len(capsys.readouterr().out) > 100
    assert f"policywatch {verb}" in README or f"`{verb}`" in README


def test_a_wrong_verb_or_option_is_told(inside: Command) -> None:
    assert inside("fetsh").code == 2
    assert inside("fetch", "--nonsense").code == 2


def test_the_demo_runs_the_main_job_twice(policywatch: Command, inside: Command, tmp_path: Path) -> None:
    bare = {"PATH": "/usr/bin:/bin"}  # as after `make demo`: the command's folder is not on it
    done = policywatch("demo", "tour", env=bare)
    assert done.code == 0, done.err
    assert "7 new" in done.err
    assert "6 changed, 1 unchanged" in done.err
    assert "AI training" in done.out
    assert "[-30-]{+90+} days" in done.out
    assert inside("verify", cwd=tmp_path / "tour").code == 0
    log = subprocess.run(
        ["git", "log", "--format=%s"], cwd=tmp_path / "tour", capture_output=True, text=True, check=True
    )
    assert "7 documents: first versions" in log.stdout
    hint = done.err.rpartition("Look around: ")[2]
    looked = subprocess.run(["sh", "-c", hint], cwd=tmp_path, env=bare, capture_output=True, text=True, check=True)
    assert looked.stdout.startswith("2026-09-14  ")
    assert looked.stderr == ""
    assert inside("demo", "tour").code == 2  # not into a folder that is in use


def test_status_as_json(inside: Command, site: Site, tmp_path: Path) -> None:
    url = site.put("/terms", policy())
    (tmp_path / "platforms.yaml").write_text(f"platforms:\n  Lumen:\n    Terms: {url}\n    Gone: {site.url}/gone\n")
    inside("fetch")
    found = json.loads(inside("status", "--format", "json").out)
    rows = {row["document"]: row for row in found["documents"]}
    assert rows["lumen/terms"]["version"] == 1
    assert rows["lumen/gone"]["status"] == "missing"
    assert "404" in rows["lumen/gone"]["reason"]
    assert "lumen/terms" not in inside("status").out
    assert "lumen/terms" in inside("status", "--all").out
