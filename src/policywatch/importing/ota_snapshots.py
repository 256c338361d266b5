"""A git repository of recorded pages in Open Terms Archive's layout: which documents are in it, and one page's text.

Files are ``<platform>/<document>[ #part].html|pdf``, one commit a snapshot.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

from slugify import slugify

from policywatch.archive.targets import match_all
from policywatch.errors import UsageError
from policywatch.importing.git_history import Blobs, FileChange, file_changes
from policywatch.model import Document, Failure, Selector, Snapshot, Source, Text
from policywatch.observation import Part, read_answer
from policywatch.recent import Recent

_FILE = re.compile(r"(?P<platform>[^/]+)/(?P<document>[^/]+?)(?: #(?P<part>[^/]+))?\.(?P<kind>html|pdf|md|txt)")
_SCHEME = "ota-snapshots:"  # of what stands for the address of a recorded page: nobody recorded that
_TYPES = {"html": "text/html", "pdf": "application/pdf", "md": "text/markdown", "txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class Place:
    """One recorded file: which document it belongs to, and as which of its sources."""

    document: Document
    source: int
    kind: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be replayed: recorded files, oldest first, and where each belongs."""

    repository: Path
    changes: tuple[FileChange, ...]
    places: Mapping[str, Place] = field(default_factory=dict)  # by path in the repository
    until: datetime | None = None  # when the last page was known to stand

    @property
    def documents(self) -> tuple[Document, ...]:
        found = {place.document.id: place.document for place in self.places.values()}
        return tuple(found[key] for key in sorted(found))


def plan(
    repository: Path,
    watched: Sequence[Document] = (),
    only: Sequence[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
) -> Plan:
    """Read the repository's log and map its files to documents.

    A file becomes the watched document of the same id, or a source of it if the watchlist joins several; else a
    document of its own. ``only`` has ids, platforms or globs of ids. Raises UsageError for one that means nothing.
    """
    found = [change for change in file_changes(repository) if _FILE.fullmatch(change.path)]
    by_id = {document.id: document for document in watched}
    places = {path: _place(path, by_id) for path in dict.fromkeys(change.path for change in found)}
    named = _named(only, {place.document.id for place in places.values()})
    places = {path: place for path, place in places.items() if place.document.id in named}
    chosen = tuple(
        change
        for change in found
        if change.path in places and (since is None or change.time >= since) and (until is None or change.time <= until)
    )
    last = max((change.time for change in found), default=None)
    ends = min(last, until) if last and until else last
    left = {change.path for change in chosen}
    return Plan(repository, chosen, {path: place for path, place in places.items() if path in left}, ends)


def _named(only: Sequence[str], documents: Collection[str]) -> Collection[str]:
    try:
        return set(match_all(only, sorted(documents)))
    except UsageError as error:
        shown = ", ".join(sorted(documents)[:6]) + (", …" if len(documents) > 6 else "")
        raise UsageError(f"--only {error.message}", f"recorded here: {shown}" if documents else None) from None


def _place(path: str, watched: Mapping[str, Document]) -> Place:
    found = _FILE.fullmatch(path)
    assert found is not None
    platform, name, part = found["platform"], found["document"], found["part"]
    whole = watched.get(f"{slugify(platform)}/{slugify(name)}")
    if whole and part is None:
        return Place(whole, 0, found["kind"])
    if whole and part:
        for index, source in enumerate(whole.sources):
            if len(whole.sources) > 1 and _part_name(source.url) == slugify(part.replace("_", "-")):
                return Place(whole, index, found["kind"])
    full = f"{name} #{part}" if part else name
    identity = f"{slugify(platform) or _short(platform)}/{slugify(full) or _short(full)}"
    return Place(
        watched.get(identity) or Document(identity, full, platform, (Source(_SCHEME + quote(path)),)),
        0,
        found["kind"],
    )


def _part_name(url: str) -> str:
    parts = urlsplit(url)
    return slugify(f"{parts.path} {parts.fragment}".replace("_", "-"))


def _short(name: str) -> str:
    return "x" + hashlib.sha256(name.encode()).hexdigest()[:8]


_blobs: dict[Path, Blobs] = {}


def read_snapshot(repository: Path, blob: str, source: Source, kind: str, when: datetime) -> Part:
    """Read one recorded page as a fetch would have."""
    from policywatch.extraction.html import IN_SCRIPTS

    if repository not in _blobs:
        _blobs[repository] = Blobs(repository)
    body = _blobs[repository].read(blob)
    if not body.strip():
        return Failure("invalid", "an empty page", source.url)
    headers = (("content-type", _TYPES[kind]),)
    sha256 = hashlib.sha256(body).hexdigest()
    snapshot = Snapshot(source.url, source.url, when, 200, headers, body, sha256)
    address = "" if source.url.startswith(_SCHEME) else source.url
    asked = _without_scripts(body), kind, address, source.select, source.remove
    known = _recent.get(asked)
    if known is not None:
        return snapshot, known
    part = read_answer(source, snapshot)
    if not isinstance(part, Failure) and IN_SCRIPTS not in part[1].notes:
        _recent.put(asked, part[1])
    return part


_Asked = tuple[bytes, str, str, tuple[Selector, ...], tuple[Selector, ...]]
_recent: Recent[_Asked, Text] = Recent(4)
_END = 64  # bytes by which it shows whether a page is whole


def _without_scripts(body: bytes) -> bytes:
    """What a page's text is read from, but for pages that have it in a script. Two snapshots often have it alike."""
    kept, at = [body[-_END:]], 0
    while (start := body.find(b"<script", at)) >= 0:
        comment = body.rfind(b"<!--", at, start)
        told = comment >= 0 and body.find(b"-->", comment, start) < 0  # only spoken of
        end = body.find(b"-->" if told else b"</script", start)
        if end < 0:
            break
        kept.append(body[at : end if told else start])
        at = end
    return b"".join((*kept, body[at:]))
