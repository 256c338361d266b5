"""On a server: silent without news, one writer at a time, gone within two seconds, logs that a machine reads."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from policywatch.archive import records
from policywatch.cli.app import run
from tests.conftest import Command, Done, Site, command_path
from tests.pages import TRAINING, TRAINING_NOW, policy, reworded

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
Fetch = Callable[..., Done]
PRIVACY = "lumen/privacy-policy"


@pytest.fixture
def fetch(tmp_path: Path, site: Site, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Fetch:
    """Fetch one document, in this process."""
    watch(tmp_path, site.put("/privacy", policy()))
    monkeypatch.delenv("POLICYWATCH_CONFIG", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Done:
        capfd.readouterr()
        code = run(["fetch", *arguments])
        out, err = capfd.readouterr()
        return Done(code, out, err)

    return call


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Takes connections and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/slow"


def watch(folder: Path, *addresses: str) -> None:
    names = ("Privacy Policy", "Terms", "Cookies")
    rows = "".join(f"    {name}: {address}\n" for name, address in zip(names, addresses, strict=False))
    (folder / "platforms.yaml").write_text(f"defaults: {{timeout: 30}}\nplatforms:\n  Lumen:\n{rows}", "utf-8")


def a_day_later(folder: Path) -> None:
    """Move what the status file remembers a day into the past."""
    path = folder / "archive/status.jsonl"
    moved = []
    for line in path.read_bytes().splitlines():
        known = records.read_status(line)
        day = timedelta(days=1)
        moved.append(
            replace(
                known,
                since=known.since - day,
                last_seen=known.last_seen - day if known.last_seen else None,
                reported=known.reported - day if known.reported else None,
            )
        )
    path.write_bytes(records.status_file(moved))


# -- silence -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["terminal", "json", "markdown"])
@pytest.mark.parametrize("log", ["text", "json"])
def test_nothing_is_said_when_nothing_changed(fetch: Fetch, tmp_path: Path, format: str, log: str) -> None:
    arguments = ("-q", "--format", format, "--log-format", log)
    assert fetch(*arguments) == Done(0, "", "")  # a first snapshot is no change either
    assert fetch(*arguments) == Done(0, "", "")
    file = tmp_path / "report"
    assert fetch(*arguments, "--output", str(file)) == Done(0, "", "")
    assert not file.exists()


def test_a_change_is_told_once(fetch: Fetch, site: Site) -> None:
    fetch("-q")
    site.put("/privacy", policy(reworded(TRAINING, TRAINING_NOW)))
    told = fetch("-q", "--format", "plain")
    assert "{+will+}" in told.out
    assert fetch("-q", "--format", "plain") == Done(0, "", "")


def test_failures_are_told_when_they_begin_daily_while_they_last_and_when_they_end(
    fetch: Fetch, site: Site, tmp_path: Path
) -> None:
    fetch("-q")
    site.put("/privacy", "no", 404)
    begun = fetch("-q")
    assert (begun.code, begun.out) == (3, "")
    assert "404" in begun.err
    for _ in range(2):
        assert fetch("-q") == Done(3, "", "")  # told today
    a_day_later(tmp_path)
    daily = fetch("-q")
    assert "404" in daily.err
    assert str((datetime.now(UTC) - timedelta(days=1)).date()) in daily.err or "since" in daily.err
    assert fetch("-q").err == ""
    site.put("/privacy", policy())
    ended = fetch("-q")
    assert (ended.code, "works again" in ended.err) == (0, True)
    assert fetch("-q") == Done(0, "", "")


# -- logs --------------------------------------------------------------------------------------------------------------


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_logs_are_json_lines_from_start_to_end(fetch: Fetch, site: Site, tmp_path: Path) -> None:
    watch(tmp_path, site.url + "/privacy", site.url + "/gone")
    done = fetch("--log-format", "json", "--format", "plain")
    start, *documents, end = lines(done.err)
    assert (start["event"], start["documents"]) == ("start", 2)
    assert {(one["document"], one["status"], one["level"]) for one in documents} == {
        (PRIVACY, "new", "info"),
        ("lumen/terms", "missing", "warning"),
    }
    assert (end["event"], end["totals"]) == ("end", {"missing": 1, "new": 1})
    assert all(str(one["time"]).endswith("Z") for one in (start, *documents, end))


def test_a_quiet_log_has_the_news_only(fetch: Fetch, site: Site, tmp_path: Path) -> None:
    site.put("/terms", policy())
    watch(tmp_path, site.url + "/privacy", site.url + "/terms")
    fetch("-q")
    site.put("/privacy", policy(reworded(TRAINING, TRAINING_NOW)))
    start, document, end = lines(fetch("-q", "--log-format", "json").err)
    assert (start["event"], end["event"]) == ("start", "end")
    assert (document["document"], document["status"], document["severity"]) == (PRIVACY, "changed", "high")
    assert "ai-training" in str(document["categories"])
    site.put("/privacy", "no", 404)
    assert [one.get("status") for one in lines(fetch("-q", "--log-format", "json").err)] == [None, "missing", None]


def test_what_stops_a_run_is_a_line_of_the_log_too(fetch: Fetch, tmp_path: Path) -> None:
    (tmp_path / "platforms.yaml").write_text("platforms:\n  Lumen:\n    Terms: htp://lumen.example\n")
    done = fetch("--log-format", "json", "-q")
    (error,) = lines(done.err)
    assert done.code == 2
    assert (error["event"], error["level"]) == ("error", "error")
    assert "platforms.yaml:3:5" in str(error["problems"])


def test_a_report_that_cannot_be_given_is_refused_before_anything_is_fetched(fetch: Fetch, site: Site) -> None:
    assert fetch("--format", "docx").code == 2
    assert fetch("--output", "no/such/folder.md").code == 2
    assert fetch("--log-format", "xml").code == 2
    assert site.asked == []


@needs_git
def test_a_commit_that_git_refuses_does_not_swallow_the_report(
    fetch: Fetch, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    fetch("-q")
    site.put("/privacy", policy(reworded(TRAINING, TRAINING_NOW)))
    stub(tmp_path, monkeypatch, "commit-tree", "echo 'refused today' >&2; exit 128")
    done = fetch("-q", "--format", "plain")
    assert done.code == 3
    assert "{+will+}" in done.out
    assert "refused today" in done.err


def stub(folder: Path, monkeypatch: pytest.MonkeyPatch, verb: str, script: str) -> Path:
    """A git on PATH that does something else for one verb."""
    real = shutil.which("git")
    (folder / "bin").mkdir()
    path = folder / "bin/git"
    path.write_text(f'#!/bin/sh\nif [ "$1" = {verb} ]; then {script}; fi\nexec {real} "$@"\n')
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")
    return path


# -- one writer --------------------------------------------------------------------------------------------------------


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "POLICYWATCH_"))}
    return subprocess.Popen(
        [command_path(), "fetch", *arguments], cwd=folder, env=clean, stderr=subprocess.PIPE, text=True
    )


def wait_for(path: Path) -> None:
    until = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < until, f"{path} did not appear"
        time.sleep(0.02)


def stopped(process: subprocess.Popen[str], number: signal.Signals) -> float:
    """Seconds from the signal to the end, which is the promised one."""
    process.send_signal(number)
    begun = time.monotonic()
    assert process.wait(timeout=20) == 130
    return time.monotonic() - begun


def test_a_second_run_is_told_who_writes_or_waits_and_both_end_at_a_signal(
    tmp_path: Path, site: Site, silent_server: str, inside: Command
) -> None:
    watch(tmp_path, site.put("/privacy", policy()), silent_server)
    first = started(tmp_path)
    wait_for(tmp_path / "archive" / f"{PRIVACY}.md")
    second = inside("fetch", "privacy-policy", "--wait", "0")
    assert second.code == 3
    assert f"process {first.pid}" in second.err
    assert "--wait" in second.err
    third = started(tmp_path, "privacy-policy", "--wait", "60", "--log-format", "json")
    assert third.stderr
    assert json.loads(third.stderr.readline())["event"] == "start"  # it is about to wait for the lock
    assert stopped(third, signal.SIGTERM) < 2
    assert json.loads(third.stderr.readlines()[-1])["event"] == "interrupted"
    assert stopped(first, signal.SIGINT) < 2
    assert inside("verify").code == 0
    assert inside("fetch", "privacy-policy", "--wait", "0").code == 0


def test_a_run_that_waits_goes_on_when_the_other_one_ended(tmp_path: Path, site: Site, silent_server: str) -> None:
    watch(tmp_path, site.put("/privacy", policy()), silent_server)
    first = started(tmp_path)
    wait_for(tmp_path / "archive" / f"{PRIVACY}.md")
    second = started(tmp_path, "privacy-policy", "--wait", "60", "--log-format", "json")
    assert second.stderr
    assert json.loads(second.stderr.readline())["event"] == "start"
    stopped(first, signal.SIGTERM)
    assert second.wait(timeout=30) == 0
    assert json.loads(second.stderr.readlines()[-1])["totals"] == {"new": 1}  # the first one told nobody


@needs_git
@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_a_run_that_waits_for_git_ends_at_a_signal_and_takes_git_along(
    tmp_path: Path, site: Site, inside: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    watch(tmp_path, site.put("/privacy", policy()))
    pid = tmp_path / "git.pid"
    stub(tmp_path, monkeypatch, "commit-tree", f"echo $$ > {pid}.new; mv {pid}.new {pid}; exec sleep 60")
    process = started(tmp_path)
    wait_for(pid)
    assert stopped(process, signal.SIGTERM) < 2
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    shutil.rmtree(tmp_path / "bin")
    assert inside("fetch").code == 0  # what was not committed is now
    assert inside("verify").code == 0
    said = subprocess.run(["git", "status", "--porcelain", "archive"], cwd=tmp_path, capture_output=True, check=True)
    assert said.stdout == b""
