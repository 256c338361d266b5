"""What was recorded and no run has reported yet: a note that is written with each version, in the same step.

A run that ends has told of everything it recorded and takes its lines away. One that is killed, interrupted or cannot
write its report leaves them, and the next run tells of those versions too. Like all of the private folder the note may
be lost; what is lost is that the news is news, never a version.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from policywatch.archive import files, records

NAME = "owed.jsonl"


def step(private: Path, document: str, version: int) -> files.Write:
    """The write that notes a version, as a part of the step that records it."""
    path = private / NAME
    size = path.stat().st_size if path.exists() else 0
    line = records.seal({"document": document, "version": version}) + b"\n"
    return files.Write(f"{private.name}/{NAME}", line, size)


def read(private: Path) -> Mapping[str, int]:
    """For each document in the note the first version that nobody was told of. A damaged line says nothing."""
    found: dict[str, int] = {}
    for line in _lines(private):
        if records.sealed(line):
            note = json.loads(line)
            found.setdefault(note["document"], note["version"])
    return found


def altered(data: bytes) -> bool:
    """Whether a line of the note is not as it was written."""
    return not all(records.sealed(line) for line in records.lines(data))


def settle(private: Path, documents: Collection[str]) -> None:
    """These documents' versions have been told of."""
    lines = _lines(private)
    kept = [line for line in lines if records.sealed(line) and json.loads(line)["document"] not in documents]
    if kept:
        files.replace(private / NAME, b"".join(line + b"\n" for line in kept))
    elif lines:
        (private / NAME).unlink(missing_ok=True)


def _lines(private: Path) -> list[bytes]:
    return records.lines(files.read(private / NAME) or b"")
