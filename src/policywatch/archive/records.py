"""History and status lines: values <-> sealed JSON lines.

Each line ends with ``line_sha256``, the hash of the line without that field, so that an altered byte is found even in
the last line of a history, which no later line's ``previous`` vouches for.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from policywatch.archive.settling import Memory, Pending
from policywatch.errors import ArchiveError
from policywatch.model import SnapshotRef, Status, Undo, Version

_SEAL = re.compile(rb', "line_sha256": "([0-9a-f]{64})"\}$')
_MARKER = re.compile(rb"(?m)^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)")


@dataclass(frozen=True, slots=True)
class StatusLine:
    """What the last runs saw of one document: all that a judgement needs beside the history."""

    document: str
    status: Status
    since: date  # since when it has had this status
    last_seen: date | None = None  # last day on which the document was read successfully
    reason: str | None = None
    pending: Pending | None = None
    forms: tuple[tuple[str, date], ...] = ()  # canonical forms seen before, with the day each was last seen
    flapping_since: date | None = None
    reported: date | None = None  # the last day on which its failure was told

    @property
    def memory(self) -> Memory:
        """What `settling.judge` wants to know."""
        return Memory(self.pending, self.forms, self.flapping_since)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def stamp(moment: datetime) -> str:
    """A moment as the archive writes it: UTC, whole seconds, ``Z``.

    Raises ValueError for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def moment(text: str) -> datetime:
    """The inverse of `stamp`, also for other offsets."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is UTC:
        return found
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


# -- sealing -----------------------------------------------------------------------------------------------------------


def seal(fields: Mapping[str, Any]) -> bytes:
    """One JSON line with its seal, without the line break."""
    body = json.dumps(fields, ensure_ascii=False).encode()
    return body[:-1] + f', "line_sha256": "{sha256(body)}"}}'.encode()


def sealed(line: bytes) -> bool:
    """Whether a line is exactly as it was written."""
    found = _SEAL.search(line)
    return found is not None and sha256(line[: found.start()] + b"}").encode() == found[1]


def conflicted(data: bytes) -> bool:
    """Whether git's conflict markers stand in a file."""
    return _MARKER.search(data) is not None


def lines(data: bytes) -> list[bytes]:
    """A file's lines. The last one is complete only if it ends in a line break; see `Archive.history`."""
    found = data.split(b"\n")
    return found[:-1] if not found[-1] else found


# -- history -----------------------------------------------------------------------------------------------------------


def version_line(version: Version) -> bytes:
    return seal(
        {
            "version": version.version,
            "time": stamp(version.time),
            "kind": version.kind,
            "text_sha256": version.text_sha256,
            "snapshots": [
                {"url": one.url, "sha256": one.sha256, "retrieved_at": stamp(one.retrieved_at)}
                for one in version.snapshots
            ],
            "extractor": version.extractor,
            "taxonomy": version.taxonomy,
            "changes": dict(version.changes),
            "categories": list(version.categories),
            "severity": version.severity,
            "undo": [[step.line, step.count, list(step.lines)] for step in version.undo],
            "previous": version.previous,
        }
    )


def read_version(document: str, line: bytes) -> Version:
    """Read one history line.

    Raises ValueError for a line that is none; the caller knows the place.
    """
    try:
        raw = json.loads(line.decode())
        return Version(
            document=document,
            version=int(raw["version"]),
            time=moment(raw["time"]),
            kind=raw["kind"],
            text_sha256=_text(raw["text_sha256"]),
            snapshots=tuple(
                SnapshotRef(one["url"], one["sha256"], moment(one["retrieved_at"])) for one in raw["snapshots"]
            ),
            extractor=int(raw["extractor"]),
            taxonomy=raw["taxonomy"],
            changes=raw["changes"],
            categories=tuple(raw["categories"]),
            severity=raw["severity"],
            undo=tuple(Undo(line, count, tuple(stood)) for line, count, stood in raw["undo"]),
            previous=raw["previous"],
        )
    except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(f"not a history line: {error}") from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


# -- status ------------------------------------------------------------------------------------------------------------


def status_line(status: StatusLine) -> bytes:
    fields: dict[str, Any] = {
        "document": status.document,
        "status": status.status,
        "since": status.since.isoformat(),
        "last_seen": status.last_seen.isoformat() if status.last_seen else None,
        "reason": status.reason,
        "pending": _pending_fields(status.pending) if status.pending else None,
        "forms": [[form, day.isoformat()] for form, day in status.forms],
    }
    if status.flapping_since is not None:
        fields["flapping_since"] = status.flapping_since.isoformat()
    if status.reported is not None:
        fields["reported"] = status.reported.isoformat()
    return seal(fields)


def _pending_fields(pending: Pending) -> dict[str, Any]:
    fields: dict[str, Any] = {"form": pending.form, "first_seen": stamp(pending.first_seen)}
    if pending.reason:
        fields["reason"] = pending.reason
    if pending.doubted_since is not None:
        fields["doubted_since"] = stamp(pending.doubted_since)
    return fields


def read_status(line: bytes) -> StatusLine:
    """Read one status line.

    Raises ValueError for a line that is none.
    """
    try:
        raw = json.loads(line)
        pending = raw["pending"]
        return StatusLine(
            document=_text(raw["document"]),
            status=raw["status"],
            since=date.fromisoformat(raw["since"]),
            last_seen=_day(raw["last_seen"]),
            reason=raw["reason"],
            pending=_read_pending(pending) if pending else None,
            forms=tuple((form, date.fromisoformat(day)) for form, day in raw["forms"]),
            flapping_since=_day(raw.get("flapping_since")),
            reported=_day(raw.get("reported")),
        )
    except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(f"not a status line: {error}") from error


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _read_pending(raw: Mapping[str, Any]) -> Pending:
    return Pending(
        form=raw["form"],
        first_seen=moment(raw["first_seen"]),
        reason=raw.get("reason", ""),
        doubted_since=moment(raw["doubted_since"]) if raw.get("doubted_since") else None,
    )


def status_file(statuses: Iterable[StatusLine]) -> bytes:
    """The whole of status.jsonl, sorted by document."""
    return b"".join(status_line(one) + b"\n" for one in sorted(statuses, key=lambda one: one.document))


def fork_error(path: object) -> ArchiveError:
    return ArchiveError(
        f"{path} holds the lines of two branches",
        "keep one branch's side of the document (`git checkout --ours` or `--theirs` on its .md and .history.jsonl); "
        "the next fetch records what the other one saw",
    )
