"""A fresh CI checkout: depth 1, no cache, no evidence. Everything works from the files alone."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from policywatch.cli.app import run
from tests.conftest import Command, Done, Site
from tests.pages import SECTIONS, TRAINING, TRAINING_NOW, policy, reworded

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

Within = Callable[..., Done]
DOCUMENT = "lumen/privacy-policy"
CHANGED = reworded(TRAINING, TRAINING_NOW)


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@lumen.example", "-c", "protocol.file.allow=always")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def watch(folder: Path, site: Site, options: str = "") -> None:
    (folder / "platforms.yaml").write_text(
        f"gate: {{categories: [ai-training]}}\nplatforms:\n  Lumen:\n"
        f"    Privacy Policy: {{url: {site.url}/privacy{options}}}\n    Terms: {site.url}/terms\n",
        "utf-8",
    )


@pytest.fixture
def within(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Within:
    """Run a verb in a folder, in this process."""
    for name in ("POLICYWATCH_CONFIG", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def call(folder: Path, *arguments: str) -> Done:
        monkeypatch.chdir(folder)
        capfd.readouterr()
        code = run(arguments)
        out, err = capfd.readouterr()
        return Done(code, out, err)

    return call


@pytest.fixture
def clone(within: Within, site: Site, tmp_path: Path) -> Path:
    """Depth 1, of a repository where one document has two versions."""
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q", "-b", "main")
    watch(origin, site)
    git(origin, "add", "platforms.yaml")
    git(origin, "commit", "-q", "-m", "watchlist")
    site.put("/privacy", policy(), ETag='"1"')
    site.put("/terms", policy(SECTIONS[:4]), ETag='"t"')
    assert within(origin, "fetch", "-q").code == 0
    site.put("/privacy", policy(CHANGED), ETag='"2"')
    assert within(origin, "fetch", "-q", "--exit-code").code == 1
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{origin}", "fresh")
    fresh = tmp_path / "fresh"
    assert git(fresh, "rev-list", "--count", "HEAD") == "1"
    assert not (fresh / "archive/.policywatch").exists()
    return fresh


def test_everything_is_read_from_the_files_alone(within: Within, policywatch: Command, clone: Path) -> None:
    closed = policywatch("check", "--format", "json", cwd=clone)
    (found,) = json.loads(closed.out)["findings"]
    assert (closed.code, found["document"], found["text"]) == (1, DOCUMENT, TRAINING_NOW)
    redline = within(clone, "diff", DOCUMENT, "1", "2")
    assert "[-may-]" in redline.out
    assert "{+will+}" in redline.out
    told = json.loads(within(clone, "log", DOCUMENT, "--format", "json").out)
    assert sorted(one["version"] for one in told["versions"]) == [1, 2]
    sentences = json.loads(within(clone, "blame", DOCUMENT, "--format", "json").out)["sentences"]
    since = {one["text"]: one["version"] for one in sentences}
    assert (since[TRAINING_NOW], since["We do not sell your personal data."]) == (2, 1)
    assert TRAINING in within(clone, "show", DOCUMENT, "--at", "1").out
    assert within(clone, "verify").code == 0
    assert git(clone, "status", "--porcelain") == ""


def test_a_lost_cache_costs_a_download_and_no_false_change(
    within: Within, policywatch: Command, site: Site, clone: Path
) -> None:
    site.asked.clear()
    done = policywatch("fetch", "--format", "json", cwd=clone)
    assert {one["status"] for one in json.loads(done.out)["documents"]} == {"unchanged"}
    assert sorted(path for path in site.asked if path != "/robots.txt") == ["/privacy", "/terms"]
    assert len((clone / f"archive/{DOCUMENT}.history.jsonl").read_text().splitlines()) == 2
    assert git(clone, "status", "--porcelain") == ""
    site.put("/privacy", policy(), ETag='"3"')
    again = within(clone, "fetch", "--format", "json")
    assert json.loads(again.out)["totals"] == {"flapping": 1, "unchanged": 1}  # the files know the other form


def test_the_history_goes_on_from_the_clone(within: Within, site: Site, clone: Path, tmp_path: Path) -> None:
    site.put("/privacy", policy(reworded(TRAINING, "We never use your messages to train models.")))
    done = within(clone, "fetch", "--format", "json")
    assert json.loads(done.out)["totals"] == {"changed": 1, "unchanged": 1}
    git(clone, "push", "-q", "origin", "HEAD:refs/heads/update")
    git(tmp_path, "clone", "-q", "--depth=1", "--branch", "update", f"file://{tmp_path}/origin", "again")
    again = tmp_path / "again"
    assert within(again, "verify").code == 0
    assert TRAINING in within(again, "show", DOCUMENT, "--at", "1").out
    assert len(json.loads(within(again, "log", DOCUMENT, "--format", "json").out)["versions"]) == 3


def test_other_selectors_are_no_change_of_the_platforms_where_the_bytes_are_the_same(
    within: Within, site: Site, clone: Path
) -> None:
    assert within(clone, "review", DOCUMENT, "--decision", "accepted", "--by", "Ada").code == 0
    watch(clone, site, ", select: main, remove: 'main > p:first-of-type'")
    done = json.loads(within(clone, "fetch", "--format", "json").out)
    assert done["totals"] == {"unchanged": 1, "upgraded": 1}
    line = json.loads((clone / f"archive/{DOCUMENT}.history.jsonl").read_text().splitlines()[-1])
    assert line["kind"] == "upgrade"
    assert [one["changes"]["unattributed"] for one in done["documents"] if one["changes"]] == [False]
    assert within(clone, "check").code == 0  # the review carries over


def test_other_bytes_read_by_a_newer_extractor_ask_for_review(
    within: Within, site: Site, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    within(clone, "review", DOCUMENT, "--decision", "accepted", "--by", "Ada")
    monkeypatch.setattr("policywatch.recording.EXTRACTOR", 99)
    site.put("/privacy", policy(reworded(TRAINING, "We never use your messages to train models.")))
    done = json.loads(within(clone, "fetch", "--format", "json").out)
    assert [one["changes"]["unattributed"] for one in done["documents"] if one["changes"]] == [True]
    closed = within(clone, "check", "--format", "json")
    (found,) = json.loads(closed.out)["findings"]
    assert (closed.code, found["kind"], found["version"]) == (1, "unattributed", 3)
    assert within(clone, "review", DOCUMENT, "--decision", "accepted", "--by", "Ada").code == 0
    assert within(clone, "check").code == 0
