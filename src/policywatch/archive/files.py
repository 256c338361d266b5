"""Bytes on disk: atomic replacement, and a journal that makes several writes one.

The journal names every write of one step and holds its bytes. It is complete before the first write begins and goes
away after the last, so a step that was cut off is finished by whoever opens the archive for writing next; until then
readers see through it to the finished state.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policywatch.archive.records import seal, sealed
from policywatch.errors import ArchiveError

JOURNAL = "journal.json"
SCRAP = ".tmp"


@dataclass(frozen=True, slots=True)
class Write:
    """One file's part in a step: ``data`` from ``offset`` on; without an offset the file becomes ``data``."""

    path: str  # in the archive, with forward slashes
    data: bytes
    offset: int | None = None


def replace(path: Path, data: bytes, durable: bool = True, scratch: Path | None = None) -> None:
    """Make a file hold ``data``: at every moment it is the old one or the new one, whole.

    ``scratch`` is a folder of the same file system; what a killed run leaves behind, it leaves there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=scratch or path.parent, prefix=".", suffix=SCRAP)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_UMASK)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


@contextlib.contextmanager
def told(place: Path) -> Iterator[None]:
    """A disk that is full or may not be written is told as such, with the place. Raises ArchiveError."""
    try:
        yield
    except TimeoutError:
        raise
    except OSError as error:
        hint = (
            "make room on the disk"
            if error.errno in (errno.ENOSPC, errno.EDQUOT)
            else f"make it and {place.parent} writable"
        )
        raise ArchiveError(f"{place} cannot be written: {error.strerror}", f"{hint}, then run this again") from error


def sweep(scratch: Path) -> None:
    """Remove what killed runs left behind."""
    for path in scratch.glob(f".*{SCRAP}"):
        path.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


_UMASK = _umask()  # once, while there is one thread: the call cannot read without setting


def write(root: Path, step: Write, durable: bool = True, scratch: Path | None = None) -> None:
    path = root / step.path
    if step.offset is None:
        replace(path, step.data, durable, scratch)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(step.offset)
        file.seek(step.offset)
        file.write(step.data)
        if durable:
            file.flush()
            os.fsync(file.fileno())


def take_back(root: Path, step: Write) -> None:
    """Undo what a step may have added to a file; one that replaces a whole file does it at once or not at all."""
    path = root / step.path
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):  # nothing came to be there
        if step.offset == 0:
            path.unlink(missing_ok=True)
        elif step.offset is not None and path.stat().st_size > step.offset:
            os.truncate(path, step.offset)


def read(path: Path) -> bytes | None:
    """A file's bytes, None if there is no such file.

    Raises ArchiveError for one that is there and cannot be read.
    """
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> ArchiveError:
    return ArchiveError(f"{path} cannot be read: {error.strerror}", "make it readable for the user that runs this")


# -- the journal -------------------------------------------------------------------------------------------------------


def write_journal(path: Path, steps: Sequence[Write], durable: bool = True) -> None:
    """Say what is about to be written. Files are UTF-8 text."""
    fields = {"writes": [{"path": step.path, "offset": step.offset, "text": step.data.decode()} for step in steps]}
    replace(path, seal(fields), durable)


def read_journal(path: Path) -> Mapping[str, Write]:
    """The writes of a step that was cut off, by path; none as a rule.

    A journal that is not whole is as good as none: no write begins before it is.
    """
    data = read(path)
    if data is None or not sealed(data):
        return {}
    return {one["path"]: Write(one["path"], one["text"].encode(), one["offset"]) for one in json.loads(data)["writes"]}


def overlaid(data: bytes | None, step: Write | None) -> bytes | None:
    """A file as it is once the step is done."""
    if step is None:
        return data
    return step.data if step.offset is None else (data or b"")[: step.offset] + step.data
