"""Reading another archive's git repository: which file changed when, and its bytes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from policywatch.errors import UsageError


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file as one commit left it; ``blob`` is None where the commit removed it."""

    commit: str
    time: datetime
    path: str
    blob: str | None


def file_changes(repository: Path) -> Iterator[FileChange]:
    """Every file change on the current branch's first-parent line, oldest first.

    Raises UsageError when the folder is no git repository, or git is not there.
    """
    log = _git(
        repository,
        "log",
        "--reverse",
        "--first-parent",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "-m",
        "-z",
        "--format=%x01%H %ct",
    )
    for chunk in log.split(b"\x01")[1:]:
        head, _, rest = chunk.partition(b"\0")
        sha, _, seconds = head.strip().partition(b" ")
        moment = datetime.fromtimestamp(int(seconds.split(b"\n")[0]), UTC)
        fields = [field.lstrip(b"\n") for field in rest.split(b"\0")]
        for facts, name in zip(fields[::2], fields[1::2], strict=False):
            if facts.startswith(b":"):
                blob = facts.split()[3].decode()
                yield FileChange(
                    sha.decode(), moment, name.decode("utf-8", "replace"), None if not blob.strip("0") else blob
                )


class Blobs:
    """A repository's file contents by hash, through one long-lived git process. For one thread."""

    def __init__(self, repository: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            ["git", "-C", str(repository), "cat-file", "--batch"],  # noqa: S607
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
        )

    def read(self, blob: str) -> bytes:
        """One file's bytes.

        Raises UsageError for a hash that the repository lacks, as a partial clone does.
        """
        asked, given = _pipes(self._process)
        asked.write(blob.encode() + b"\n")
        asked.flush()
        header = given.readline().split()
        if len(header) < 3:
            raise UsageError(f"the repository lacks the object {blob}", "import from a full clone")
        body = given.read(int(header[2]))
        given.read(1)
        return body

    def close(self) -> None:
        asked, given = _pipes(self._process)
        asked.close()
        given.close()
        self._process.wait()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def _git(repository: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(repository), *arguments],  # noqa: S607
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env=_environment(),
        )
    except FileNotFoundError:
        raise UsageError("git is not installed", "an import reads a git repository and needs it") from None
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(f"{repository}: {words[-1] if words else 'is not a git repository'}")
    return done.stdout


def _environment() -> dict[str, str]:
    """Ours without GIT_DIR and friends: they would point every call at another repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
