"""A run killed at any point leaves an archive that verifies, and the next run continues."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from policywatch.archive import Archive
from policywatch.archive.verify import verify
from tests.archive.making import DOCUMENT, EDITIONS, add, archive_of

TOUCHING = frozenset({"open", "os.rename", "os.remove", "os.truncate", "os.mkdir", "os.chmod"})


def die_at(root: Path, number: int) -> None:
    """From now on: end this process, without any clean-up, at the so-many-th time it touches a file in the archive."""
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in TOUCHING and str(arguments[0]).startswith(str(root)):
            if count == number:
                os._exit(9)
            count += 1

    sys.addaudithook(hook)


def killed_while_recording(root: Path, number: int) -> bool:
    """Record the second edition in a child that dies on the way; whether it did."""
    child = os.fork()
    if child == 0:
        die_at(root, number)
        with Archive(root).writing(durable=False) as writer:
            add(writer, EDITIONS[1])
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_at_each_touch_of_a_file_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    archive_of(tmp_path / "before", EDITIONS[:1])
    deaths, outcomes = 0, set()
    while True:
        root = tmp_path / f"run-{deaths}"
        shutil.copytree(tmp_path / "before", root)
        if not killed_while_recording(root, deaths):
            break
        deaths += 1
        archive = Archive(root)
        report = verify(archive)
        assert report.sound, (deaths, report.problems)
        seen = len(archive.history(DOCUMENT))
        outcomes.add(seen)
        assert archive.text(DOCUMENT, seen) == EDITIONS[seen - 1] == archive.current(DOCUMENT)
        with archive.writing() as writer:  # the next run
            for text in EDITIONS[seen:]:
                add(writer, text)
        assert [text for _, text in archive.texts(DOCUMENT)] == list(EDITIONS[::-1])
        assert verify(archive).sound
        left = [path.name for path in root.rglob("*") if path.is_file() and path.name.endswith(".tmp")]
        assert not left
    assert deaths > 8
    assert outcomes == {1, 2}  # some deaths came before the version counted, some after


CROWD = """
import sys
from pathlib import Path
from policywatch.archive import Archive
from tests.archive.making import add, policy
with Archive(Path(sys.argv[1])).writing(durable=False) as writer:
    for number in range(100_000):
        add(writer, policy("# Terms", f"Paragraph {number}.", *(f"Clause {number // step}." for step in range(1, 60))))
        print(number, flush=True)
"""


@pytest.mark.parametrize("after", [3, 40])
def test_kill_9_in_the_middle_of_a_run(tmp_path: Path, after: int) -> None:
    root = tmp_path / "archive"
    run = subprocess.Popen(
        [sys.executable, "-c", CROWD, str(root)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert run.stdout is not None
    for line in run.stdout:
        if int(line) == after:
            run.send_signal(signal.SIGKILL)
            break
    run.stdout.close()
    assert run.wait() == -signal.SIGKILL
    archive = Archive(root)
    assert verify(archive).sound
    assert len(archive.history(DOCUMENT)) > after
    with archive.writing() as writer:  # the lock died with its holder
        add(writer, EDITIONS[0])
    assert verify(archive).sound
    assert archive.current(DOCUMENT) == EDITIONS[0]
