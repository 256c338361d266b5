"""As much of GitHub's runner as the recipes need: checkouts, expressions, steps, their files and exit codes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_GH = """#!/bin/sh
echo "$*" >> "$GITHUB_STUBS/gh.log"
case "$1 $2" in
  "pr list") cat "$GITHUB_STUBS/open" ;;
  "pr create") echo 1 > "$GITHUB_STUBS/open" ;;
  "api "*) echo '{}' ;;
esac
while [ $# -gt 0 ]; do
  if [ "$1" = --body-file ]; then cp "$2" "$GITHUB_STUBS/body.md"; fi
  shift
done
"""
_PIP = '#!/bin/sh\necho "$*" >> "$GITHUB_STUBS/pip.log"\n'


@dataclass(frozen=True)
class Ended:
    """How a job ended: the step that failed and its code, or the last one and 0; what all steps printed."""

    step: str
    code: int
    log: str
    summary: str
    outputs: Mapping[str, str]


@dataclass
class Hub:
    """A bare repository, a stub of `gh` that remembers whether a pull request is open, a stub of `pip`."""

    folder: Path
    _jobs: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        self.stubs.mkdir(parents=True)
        for name, script in (("gh", _GH), ("pip", _PIP)):
            (self.stubs / name).write_text(script)
            (self.stubs / name).chmod(0o755)
        self.set_open(0)
        git(self.folder, "init", "-q", "--bare", "-b", "main", "origin")

    @property
    def stubs(self) -> Path:
        return self.folder / "stubs"

    @property
    def origin(self) -> str:
        return f"file://{self.folder}/origin"

    def set_open(self, number: int) -> None:
        (self.stubs / "open").write_text(f"{number}\n")

    def called(self, name: str) -> list[str]:
        """The command lines that a stub was called with since it was last asked."""
        log = self.stubs / f"{name}.log"
        found = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return found

    def body(self) -> str:
        return (self.stubs / "body.md").read_text("utf-8")

    def clone(self, name: str, branch: str = "main") -> Path:
        """A person's clone."""
        git(self.folder, "clone", "-q", "--branch", branch, self.origin, name)
        git(self.folder / name, "config", "user.name", "Ada")
        git(self.folder / name, "config", "user.email", "ada@lumen.example")
        return self.folder / name

    def branches(self) -> list[str]:
        return git(self.folder / "origin", "for-each-ref", "--format=%(refname:short)", "refs/heads").split()

    def merged_ref(self, branch: str) -> str:
        """The reference that a pull request's workflows check out: its merge with main."""
        work = self.folder / "merging"
        subprocess.run(["rm", "-rf", str(work)], check=True)
        git(self.folder, "clone", "-q", self.origin, "merging")
        git(work, "merge", "-q", "--no-ff", "-m", "merge", f"origin/{branch}")
        git(work, "push", "-q", "--force", "origin", "HEAD:refs/pull/1/merge")
        return "refs/pull/1/merge"

    def run(
        self, steps: Sequence[Mapping[str, Any]], facts: Mapping[str, str], env: Mapping[str, str], ref: str = ""
    ) -> Ended:
        """Run a job's steps in a checkout of main, or of a pull request's ``ref``.

        ``facts`` are what expressions name; one that is not given is an error.
        """
        self._jobs += 1
        place = self.folder / f"job{self._jobs}"
        work = place / "work"
        work.mkdir(parents=True)
        files = {name: place / name.lower() for name in ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            path.touch()
        base = {
            "PATH": f"{self.stubs}:{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(place),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "lumen/legal",
            "GITHUB_STUBS": str(self.stubs),
            "RUNNER_TEMP": str(place),
            **{name: str(path) for name, path in files.items()},
            **_filled(env, facts),
        }
        log, outcome = "", ("", 0)
        for step in steps:
            if "uses" in step:
                if step["uses"].startswith("actions/checkout@"):
                    _check_out(work, self.origin, ref, str(step.get("with", {}).get("fetch-depth", 1)))
                continue
            given = {**base, **_pairs(files["GITHUB_ENV"]), **_filled(step.get("env", {}), facts)}
            done = _shell(step, work, given)
            log += done.stdout
            outcome = (step["name"], done.returncode)
            if done.returncode:
                break
        summary = files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        return Ended(*outcome, log, summary, _pairs(files["GITHUB_OUTPUT"]))


def git(folder: Path, *arguments: str) -> str:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment = {**clean, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)}
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@lumen.example")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _check_out(work: Path, origin: str, ref: str, depth: str) -> None:
    """As actions/checkout does it: one revision unless told otherwise, a pull request's detached."""
    git(work, "init", "-q")
    git(work, "remote", "add", "origin", origin)
    shallow = [] if depth == "0" else [f"--depth={depth}"]
    if ref:
        place = ref.replace("refs/", "refs/remotes/", 1)
        git(work, "fetch", "-q", *shallow, "origin", f"+{ref}:{place}")
        git(work, "checkout", "-q", "--detach", place)
    else:
        what = "+refs/heads/*:refs/remotes/origin/*" if depth == "0" else "+refs/heads/main:refs/remotes/origin/main"
        git(work, "fetch", "-q", *shallow, "origin", what)
        git(work, "checkout", "-q", "-B", "main", "refs/remotes/origin/main")


def _shell(step: Mapping[str, Any], work: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    options = ["-eo", "pipefail"] if step.get("shell") == "bash" else ["-e"]
    return subprocess.run(
        ["bash", "--noprofile", "--norc", *options, "-c", step["run"]],
        cwd=work,
        env=dict(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )


def _filled(env: Mapping[str, Any], facts: Mapping[str, str]) -> dict[str, str]:
    return {key: _EXPRESSION.sub(lambda found: facts[found[1]], str(value)) for key, value in env.items()}


def _pairs(path: Path) -> dict[str, str]:
    rows = [line.partition("=") for line in path.read_text("utf-8").splitlines()]
    return {name: value for name, _, value in rows}
