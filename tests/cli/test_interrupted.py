"""What no run has reported, the next one shows and commits as what it is; what one has reported is told once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from policywatch.archive import Archive
from policywatch.cli.app import run
from tests.conftest import Command, Done, Site, command_path
from tests.pages import SECTIONS, TRAINING, TRAINING_NOW, policy, reworded

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
CHANGED = policy(reworded(TRAINING, TRAINING_NOW))
AGAIN = policy(reworded(TRAINING, TRAINING_NOW)[:-1])
PRIVACY = "lumen/privacy-policy"
Fetch = Callable[..., Done]


@pytest.fixture
def fetch(tmp_path: Path, site: Site, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Fetch:
    """Fetch in this process, quickly; the first version is recorded and committed."""
    monkeypatch.delenv("POLICYWATCH_CONFIG", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q")
    watch(tmp_path, site.put("/privacy", policy()))

    def call(*arguments: str) -> Done:
        capfd.readouterr()
        code = run(["fetch", "--format", "plain", *arguments])
        out, err = capfd.readouterr()
        return Done(code, out, err)

    call()
    return call


def watch(folder: Path, *addresses: str) -> None:
    names = ("Privacy Policy", "Terms", "Cookies")
    rows = "".join(f"    {name}: {address}\n" for name, address in zip(names, addresses, strict=False))
    (folder / "platforms.yaml").write_text(f"defaults: {{timeout: 30}}\nplatforms:\n  Lumen:\n{rows}", "utf-8")


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def subjects(folder: Path) -> list[str]:
    return [one for one in git(folder, "log", "--format=%s").splitlines() if not one.startswith("status:")]


def unreported(fetch: Fetch, *arguments: str) -> None:
    """A run that records, but whose report nobody gets."""
    assert fetch("-o", "/dev/full", *arguments).code == 2


@needs_git
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_ended_in_the_middle_leaves_its_news_to_the_next(
    inside: Command, site: Site, tmp_path: Path, number: signal.Signals
) -> None:
    git(tmp_path, "init", "-q")
    terms = site.put("/terms", policy())
    watch(tmp_path, site.put("/privacy", policy()), terms)
    inside("fetch")
    site.put("/privacy", CHANGED)
    history = tmp_path / f"archive/{PRIVACY}.history.jsonl"
    with socket.socket() as silent:  # accepts and never answers
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        watch(tmp_path, site.url + "/privacy", f"http://127.0.0.1:{silent.getsockname()[1]}/slow")
        clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        process = subprocess.Popen(
            [command_path(), "fetch"], cwd=tmp_path, env=clean, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        until = time.monotonic() + 20
        while len(history.read_bytes().splitlines()) < 2 and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(number)
        out, _ = process.communicate(timeout=20)
    assert out == b""
    assert inside("verify").code == 0
    watch(tmp_path, site.url + "/privacy", terms)
    told = inside("fetch", "--exit-code")
    assert told.code == 1
    assert "{+will+}" in told.out
    assert "1 changed, 1 unchanged" in told.err
    assert "cut off" in told.err
    assert subjects(tmp_path)[0].startswith(f"{PRIVACY}: 1 clause changed (ai-training")
    assert inside("fetch", "-q") == Done(0, "", "")
    assert inside("verify").code == 0
    assert git(tmp_path, "status", "--porcelain", "archive") == ""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_that_a_document_works_again_is_told_by_the_run_after_one_that_was_ended(
    inside: Command, site: Site, tmp_path: Path, number: signal.Signals
) -> None:
    """The run has written the status and waits for somebody to take its report."""
    watch(tmp_path, site.put("/privacy", policy()))
    inside("fetch")
    site.put("/privacy", "no", 404)
    assert inside("fetch").code == 3
    site.put("/privacy", policy())
    report = tmp_path / "report"
    os.mkfifo(report)
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    process = subprocess.Popen([command_path(), "fetch", "-o", report], cwd=tmp_path, env=clean)
    archive = Archive(tmp_path / "archive")
    until = time.monotonic() + 20
    while status_of(archive) != "unchanged" and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(number)
    process.wait(timeout=20)
    report.unlink()
    assert status_of(archive) == "unchanged"
    assert inside("verify").code == 0
    assert "works again" in inside("fetch", "-q").err
    assert inside("fetch", "-q") == Done(0, "", "")
    assert inside("verify").code == 0


def status_of(archive: Archive) -> str | None:
    line = archive.status(PRIVACY)
    return line.status if line else None


@needs_git
def test_that_a_document_works_again_is_told_with_its_change_or_not_at_all_where_it_fails_again(
    fetch: Fetch, site: Site, tmp_path: Path
) -> None:
    site.put("/privacy", "no", 404)
    fetch()
    site.put("/privacy", CHANGED)
    unreported(fetch)
    told = fetch("-q")
    assert ("{+will+}" in told.out, "works again" in told.err) == (True, True)
    assert fetch("-q") == Done(0, "", "")
    site.put("/privacy", "no", 404)
    fetch()
    site.put("/privacy", CHANGED)
    unreported(fetch, "--format", "json")
    site.put("/privacy", "no", 404)
    assert "works again" not in fetch().err
    site.put("/privacy", CHANGED)
    unreported(fetch, "--format", "json")
    (tmp_path / "platforms.yaml").write_text(f"platforms:\n  Lumen:\n    Terms: {site.put('/t', policy())}\n", "utf-8")
    assert "works again" not in fetch().err  # nobody watches it any more
    assert not (tmp_path / "archive/.policywatch/owed.jsonl").exists()


@needs_git
def test_a_failure_that_nobody_was_told_of_is_news_to_the_next_run(fetch: Fetch, site: Site, tmp_path: Path) -> None:
    site.put("/privacy", "no", 404)
    unreported(fetch, "--format", "json")
    told = fetch("-q")
    assert (told.code, "404" in told.err) == (3, True)
    assert fetch("-q").err == ""  # once a day
    unreported(fetch, "--format", "json")
    assert fetch("-q").err == ""  # that one had nothing new to tell
    site.put("/privacy", policy())
    assert "works again" in fetch("-q").err
    assert not (tmp_path / "archive/.policywatch/owed.jsonl").exists()


@needs_git
def test_a_report_that_could_not_be_written_is_given_by_the_next_run(fetch: Fetch, site: Site, tmp_path: Path) -> None:
    site.put("/privacy", CHANGED)
    unreported(fetch)
    assert subjects(tmp_path)[0].startswith(f"{PRIVACY}: 1 clause changed")  # the commit waits for no reader
    assert "{+will+}" not in fetch("--dry-run").out  # which tells what would be recorded, and uses up nothing
    assert "{+will+}" in fetch("-q").out
    assert fetch("-q") == Done(0, "", "")
    assert len(subjects(tmp_path)) == 2


@needs_git
def test_what_came_since_is_told_together_with_it(fetch: Fetch, site: Site, tmp_path: Path) -> None:
    site.put("/privacy", CHANGED)
    unreported(fetch)
    site.put("/privacy", AGAIN)
    (told,) = json.loads(fetch("-q", "--format", "json").out)["documents"]
    assert (told["status"], told["changes"]["from"]["version"], told["changes"]["to"]["version"]) == ("changed", 1, 3)
    assert fetch("-q") == Done(0, "", "")


@needs_git
def test_a_document_that_fails_now_is_told_of_all_the_same(fetch: Fetch, site: Site) -> None:
    site.put("/privacy", CHANGED)
    unreported(fetch)
    site.put("/privacy", "no", 404)
    told = fetch()
    assert (told.code, "{+will+}" in told.out, "404" in told.err) == (3, True, True)
    assert "{+will+}" not in fetch().out


@needs_git
def test_a_run_over_other_documents_tells_of_nothing_else(fetch: Fetch, site: Site, tmp_path: Path) -> None:
    site.put("/privacy", CHANGED)
    unreported(fetch)
    watch(tmp_path, site.url + "/privacy", site.put("/terms", policy(SECTIONS[:4])))
    assert "{+will+}" not in fetch("terms").out
    watch(tmp_path, site.url + "/none", site.url + "/terms")
    (tmp_path / "platforms.yaml").write_text(f"platforms:\n  Lumen:\n    Terms: {site.url}/terms\n", "utf-8")
    assert "{+will+}" in fetch().out  # no run will look at it any more: now or never
    assert "{+will+}" not in fetch().out


@needs_git
def test_what_git_does_not_have_is_committed_as_what_it_is_and_not_told_again(
    fetch: Fetch, site: Site, tmp_path: Path
) -> None:
    site.put("/privacy", CHANGED)
    assert "{+will+}" in fetch("--no-commit").out
    assert len(subjects(tmp_path)) == 1
    assert fetch("-q") == Done(0, "", "")
    assert subjects(tmp_path)[0].startswith(f"{PRIVACY}: 1 clause changed (ai-training")


@needs_git
def test_a_checkout_without_the_private_folder_has_nothing_to_tell(fetch: Fetch, site: Site, tmp_path: Path) -> None:
    site.put("/privacy", CHANGED)
    unreported(fetch, "--no-commit")
    git(tmp_path, "checkout", "-q", "--", "archive")
    assert "{+will+}" in fetch("-q").out  # recorded anew, told once
    assert fetch("-q") == Done(0, "", "")
    site.put("/privacy", AGAIN)
    unreported(fetch)
    shutil.rmtree(tmp_path / "archive/.policywatch")
    assert fetch("-q") == Done(0, "", "")
