"""What was recorded and no run has reported yet: a note that is written in the step that records it.

It names each version, each document that had failed and works again, and each whose failure is news. A run that ends
has told of everything it recorded and takes its lines away. One that is killed, interrupted or cannot write its report
leaves them, and the next run tells of those too. Like all of the private folder the note may be lost; what is lost is
that the news is news, never a version.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from policywatch.archive import files, records

NAME = "owed.jsonl"


def step(private: Path, document: str, version: int) -> files.Write:
    """The write that notes a version, as a part of the step that records it."""
    return _step(private, records.seal({"document": document, "version": version}) + b"\n")


def status_step(private: Path, recovered: Mapping[str, date], failing: Collection[str]) -> files.Write:
    """The same for documents that had failed since these days and for those that fail, as a part of the step that
    writes their status."""
    lines = [records.seal({"document": one, "failed_since": day.isoformat()}) for one, day in recovered.items()]
    lines += [records.seal({"document": one, "fails": True}) for one in sorted(failing)]
    return _step(private, b"".join(line + b"\n" for line in lines))


def _step(private: Path, data: bytes) -> files.Write:
    path = private / NAME
    return files.Write(f"{private.name}/{NAME}", data, path.stat().st_size if path.exists() else 0)


def read(private: Path) -> Mapping[str, int]:
    """For each document in the note the first version that nobody was told of. A damaged line says nothing."""
    found: dict[str, int] = {}
    for note in _notes(private):
        if "version" in note:
            found.setdefault(note["document"], note["version"])
    return found


def recovered(private: Path) -> Mapping[str, date]:
    """The documents in the note that work again, and since when they had failed when somebody was told last."""
    found: dict[str, date] = {}
    for note in _notes(private):
        if "failed_since" in note:
            found.setdefault(note["document"], date.fromisoformat(note["failed_since"]))
    return found


def failing(private: Path) -> frozenset[str]:
    """The documents in the note whose failure nobody was told of."""
    return frozenset(note["document"] for note in _notes(private) if "fails" in note)


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


def _notes(private: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in _lines(private) if records.sealed(line))


def _lines(private: Path) -> list[bytes]:
    return records.lines(files.read(private / NAME) or b"")
