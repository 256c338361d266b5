"""stdout closed, full, left by its reader or short of letters: a line on stderr, and an exit code that says so."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.reading import sample
from tests.conftest import Command, Done, command_path

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full and a shell")
Shell = Callable[..., Done]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("streams")
    sample(found / "archive")
    return found


@pytest.fixture
def shell(folder: Path) -> Shell:
    """Run the installed command with a shell's redirections."""

    def call(line: str, **env: str) -> Done:
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "POLICYWATCH_"))}
        done = subprocess.run(
            ["bash", "-c", f'set -o pipefail; pw() {{ {command_path()} "$@"; }}; {line}'],
            cwd=folder,
            env={**clean, "TERM": "dumb", **env},
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode("latin-1"), done.stderr.decode("latin-1"))

    return call


@pytest.mark.parametrize("line", ["pw diff -a archive > /dev/full", "pw log -a archive >&-", "pw -V > /dev/full"])
def test_results_that_cannot_be_written_are_an_error_in_a_line(shell: Shell, line: str) -> None:
    done = shell(line)
    assert done.code == 2
    assert "bug" not in done.err
    assert "-V" in line or done.err.startswith("policywatch: the output cannot be written: ")


def test_messages_that_nobody_can_get_change_nothing(shell: Shell) -> None:
    assert shell("pw log -a archive -n 1 2>&-").code == 0
    assert shell("pw log -a archive -n 1 2>/dev/full").code == 0


@pytest.mark.parametrize("line", ["log -f jsonl -a archive", "diff -a archive", "show --at 1 -a archive privacy"])
def test_a_reader_that_goes_away_is_no_news(shell: Shell, line: str) -> None:
    whole = shell(f"pw {line}")
    assert shell(f"pw {line} | true") == Done(whole.code, "", whole.err)


@pytest.mark.parametrize("verb", ["check", "diff --exit-code"])
def test_nor_does_it_change_the_exit_code(shell: Shell, verb: str) -> None:
    whole = shell(f"pw {verb} -a archive >/dev/null")
    assert whole.code in (0, 1)
    assert shell(f"pw {verb} -a archive | true").code == whole.code


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX locale")
def test_letters_that_the_output_lacks_are_replaced(shell: Shell) -> None:
    for env in (
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ):
        done = shell("pw diff -a archive", **env)
        assert done.code == 0, done.err
        assert "[-" in done.out


def test_an_archive_that_is_not_there_is_a_usage_error(inside: Command, folder: Path) -> None:
    (folder / "file").write_text("no archive", "utf-8")
    for verb in ("log", "check"):
        for place in ("nope", "file"):
            done = inside(verb, "-a", place, cwd=folder)
            assert (done.code, place in done.err) == (2, True), (verb, place, done)
