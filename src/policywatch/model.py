"""The values that travel through policywatch: frozen, and free of I/O.

All times are timezone-aware and in UTC. Line numbers are 1-based. Hashes are lower-case SHA-256 hex.
The words are those of the field; docs/architecture.md has the glossary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Status = Literal[
    "new",
    "changed",
    "upgraded",
    "unchanged",
    "pending",
    "flapping",
    "skipped",
    "blocked",
    "missing",
    "invalid",
    "failed",
]
FAILURES: frozenset[Status] = frozenset({"blocked", "missing", "invalid", "failed"})
RECORDED: frozenset[Status] = frozenset({"new", "changed", "upgraded"})  # a version more
SETTLED: frozenset[Status] = RECORDED | {"unchanged"}  # the text that was seen is the recorded one
ChangeKind = Literal["added", "removed", "reworded", "moved", "renumbered", "split", "merged"]
CHANGE_KINDS: tuple[ChangeKind, ...] = ("added", "removed", "reworded", "moved", "renumbered", "split", "merged")
Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
ClauseKind = Literal["heading", "paragraph", "item", "row"]
VersionKind = Literal["first", "change", "upgrade"]
Render = Literal["http", "browser"]
WordOp = Literal["=", "-", "+"]

# -- the watchlist -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Range:
    """An Open Terms Archive range: the page between two places, each a CSS selector."""

    start_before: str | None = None
    start_after: str | None = None
    end_before: str | None = None
    end_after: str | None = None


Selector = str | Range


@dataclass(frozen=True, slots=True)
class Source:
    """One URL a document is read from, and how."""

    url: str
    select: tuple[Selector, ...] = ()
    remove: tuple[Selector, ...] = ()
    render: Render = "http"
    robots: Literal["respect", "ignore"] = "respect"


@dataclass(frozen=True, slots=True)
class Document:
    """One policy of a platform; ``id`` is ``platform-slug/document-slug`` and names its files in the archive."""

    id: str
    name: str
    platform: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Platform:
    id: str
    name: str
    documents: tuple[Document, ...]
    homepage: str | None = None
    sector: str | None = None


# -- fetching ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes and headers one source answered with, at one time. ``body`` has its content encoding undone."""

    url: str  # as the watchlist has it
    final_url: str  # after redirects
    retrieved_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    sha256: str  # of body
    rendered: bool = False  # by a browser

    def header(self, name: str) -> str | None:
        """The first header of that name, in any letter case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def content_type(self) -> str:
        return self.header("content-type") or ""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request sends: the last answer's ETag and Last-Modified."""

    etag: str | None = None
    last_modified: str | None = None
    url: str | None = None  # who gave them out (Snapshot.final_url); None: the source's own address


@dataclass(frozen=True, slots=True)
class NotModified:
    """A 304: the page as it was when its validators were given out."""

    url: str
    retrieved_at: datetime


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document has no text this time. ``status`` is one of FAILURES, or ``skipped``."""

    status: Status
    reason: str  # one line for a person, starting in lower case: "HTTP 403 with a bot challenge"
    url: str | None = None
    hint: str | None = None  # what to do about it


# -- text --------------------------------------------------------------------------------------------------------------

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKUP = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\((?:[^()\s\\]|\\.|\([^()\s]*\))*\)"
)


_LANGUAGES = (
    "ar Arabic, bg Bulgarian, cs Czech, da Danish, de German, el Greek, en English, es Spanish, fi Finnish, fr French, "
    "he Hebrew, hi Hindi, hu Hungarian, id Indonesian, it Italian, ja Japanese, ko Korean, nl Dutch, no Norwegian, "
    "pl Polish, pt Portuguese, ro Romanian, ru Russian, sk Slovak, sv Swedish, th Thai, tr Turkish, uk Ukrainian, "
    "vi Vietnamese, zh Chinese"
)


def language_name(code: str | None) -> str:
    """ "French" for fr; the code itself where it is a rare one."""
    names = dict(pair.split(" ") for pair in _LANGUAGES.split(", "))
    return names.get(code, code) if code else "an unknown language"


def plain(markdown: str) -> str:
    """A clause's text for a reader: links give way to their text, escapes to what they protect."""
    if "[" not in markdown and "\\" not in markdown:
        return markdown
    return _MARKUP.sub(lambda found: found["escaped"] or _ESCAPE.sub(r"\1", found["label"]), markdown)


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest block that stands alone: a heading, paragraph, list item or table row.

    ``text`` is the archive's inline Markdown on one line (the file's line breaks as spaces), without heading marks and
    without ``marker``. Numbers that are part of the page's text ("4.2", "(b)") are in ``text``; ``marker`` is what a
    list generates ("-", "1."). A row's text is its cells joined with " | ".
    """

    kind: ClauseKind
    text: str
    level: int = 0  # headings: 1-6; items: nesting from 1; else 0
    marker: str = ""
    heading: tuple[str, ...] = ()  # the path of headings above it, outermost first, in plain text
    line: int = 0  # in the archive file; 0 when not laid out yet

    @property
    def plain(self) -> str:
        return plain(self.text)


@dataclass(frozen=True, slots=True)
class Text:
    """What extraction made of a document's snapshots."""

    title: str
    clauses: tuple[Clause, ...]
    language: str | None = None  # ISO 639-1, None when unsure
    effective_date: date | None = None
    confidence: float = 1.0  # 0..1: how sure extraction is that the policy is all there and nothing else is
    notes: tuple[str, ...] = ()  # warnings for a person


# -- history -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SnapshotRef:
    """Which bytes a version was made from."""

    url: str
    sha256: str
    retrieved_at: datetime


@dataclass(frozen=True, slots=True)
class Undo:
    """One step back to the version before: at ``line``, ``count`` lines give way to ``lines``."""

    line: int
    count: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One line of a document's history."""

    document: str
    version: int
    time: datetime
    kind: VersionKind
    text_sha256: str
    snapshots: tuple[SnapshotRef, ...]
    extractor: int
    taxonomy: str
    changes: Mapping[str, int]  # change kind -> number of clauses
    categories: tuple[str, ...]
    severity: Severity | None
    undo: tuple[Undo, ...]
    previous: str | None  # sha256 of the line before


@dataclass(frozen=True, slots=True)
class Review:
    """A person's sign-off on a version and all before it."""

    document: str
    version: int
    text_sha256: str
    decision: Literal["accepted", "escalated", "ignored"]
    by: str
    time: datetime
    note: str | None = None
    expires: date | None = None


# -- comparison --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signal:
    """A wording shift inside a change, with the words that show it; "" where a side has none."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One clause-level difference.

    ``before`` and ``after`` hold one clause each as a rule, none on the side where it doesn't exist, several in a
    ``split`` or ``merged``. ``words`` covers one pair; "=" runs carry the before side's letters.
    """

    kind: ChangeKind
    before: tuple[Clause, ...]
    after: tuple[Clause, ...]
    words: tuple[tuple[WordOp, str], ...] = ()
    signals: tuple[Signal, ...] = ()
    moved: bool = False  # a reworded clause that also stands elsewhere now
    categories: tuple[str, ...] = ()  # main one first
    severity: Severity = "low"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What changed between two versions (or two files) of one document, in the new text's order."""

    document: str
    changes: tuple[Change, ...]
    from_version: int | None = None
    to_version: int | None = None
    from_time: datetime | None = None
    to_time: datetime | None = None
    title: str = ""
    signals: tuple[Signal, ...] = ()  # of the version as a whole: date-only, silent-edit, effective-date
    effective_before: date | None = None
    effective_after: date | None = None
    notice_days: int | None = None  # from the fetch to the new effective date; negative: it was in force already
    unattributed: bool = False  # an upgrade of extraction: the differences may not be the platform's
    platform: str = ""  # its name, where the text's front matter has one
    name: str = ""  # the document's name in the watchlist, likewise; ``title`` is the page's

    @property
    def severity(self) -> Severity | None:
        found = {change.severity for change in self.changes}
        return next((level for level in SEVERITIES if level in found), None)

    @property
    def kinds(self) -> Mapping[str, int]:
        """Change kind -> number of changes, kinds in CHANGE_KINDS' order."""
        count = Counter(change.kind for change in self.changes)
        return {kind: count[kind] for kind in CHANGE_KINDS if count[kind]}

    @property
    def categories(self) -> Mapping[str, Mapping[str, int]]:
        """Category -> change kind -> number, most frequent category first."""
        table: dict[str, Counter[str]] = {}
        for change in self.changes:
            for category in change.categories:
                table.setdefault(category, Counter())[change.kind] += 1
        ordered = sorted(table.items(), key=lambda row: (-row[1].total(), row[0]))
        return {category: {kind: count[kind] for kind in CHANGE_KINDS if count[kind]} for category, count in ordered}


# -- taxonomy ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Label:
    """A category given to a clause, by whom, and the words that decided."""

    category: str
    score: float  # 0..1
    by: tuple[Literal["rule", "model"], ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that stands verbatim in a document's archive file."""

    document: str
    line: int
    text: str
    since: datetime | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A platform's answer to a category's question.

    ``quotes`` has first the deciding ones, on which ``rests`` says the answer and its value stand; one mostly.
    """

    platform: str
    question: str
    position: str
    value: str | int | None = None
    quotes: tuple[Quote, ...] = ()
    note: str | None = None  # why nothing was read: "no rules yet for documents in Chinese"
    rests: int = 1

    @property
    def deciding(self) -> tuple[Quote, ...]:
        """The quotes that make up the answer and its value; of an unclear one those that make one hesitate."""
        return self.quotes[: self.rests]

    @property
    def since(self) -> datetime | None:
        """Since when all that it rests on has stood; None where that is not known of each."""
        days = [quote.since for quote in self.deciding]
        return max(known) if (known := [day for day in days if day]) and len(known) == len(days) else None


# -- runs --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one document ended a run."""

    document: str
    status: Status
    reason: str | None = None
    hint: str | None = None
    since: date | None = None  # since when the document has had this status
    version: int | None = None  # recorded in this run, or the standing one
    changes: ChangeSet | None = None
    confidence: float | None = None
    notes: tuple[str, ...] = ()
    news: bool = True  # whether a quiet run should speak of it: failures at most daily, flapping once
    recovered: date | None = None  # it had failed since then, and does no more


@dataclass(frozen=True, slots=True)
class Run:
    """One execution over the watchlist."""

    started: datetime
    finished: datetime
    outcomes: tuple[Outcome, ...] = field(default=())
    left_out: tuple[str, ...] = ()  # of its commits: the archive's files that are not as they were recorded
    dry: bool = False  # nothing of it was written

    @property
    def totals(self) -> Mapping[str, int]:
        return dict(sorted(Counter(outcome.status for outcome in self.outcomes).items()))

    @property
    def failed(self) -> bool:
        return any(outcome.status in FAILURES for outcome in self.outcomes)


# -- the gate ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why the gate is closed.

    ``kind`` says which rule found it: "change" (unreviewed), "unattributed" (an upgrade's differences), "position"
    (left the allowed set), "age" (not seen for too long).
    """

    document: str
    version: int | None
    kind: str
    categories: tuple[str, ...]
    severity: Severity
    reason: str  # one line for a person: "reworded clause on AI training is not reviewed"
    text: str = ""  # the clause as it stands, or stood; "" where there is none
    path: str = ""  # of the archive file, with "/", relative to the repository (or to where the command ran)
    line: int = 0  # in that file; 0 where the finding has none
    sign_off: str = ""  # the command that settles it; several with " && " between them
    words: tuple[tuple[WordOp, str], ...] = ()  # how the clause changed, as in Change; none where it only came or went
    deciding: tuple[str, ...] = ()  # words of it that decided its category or show a signal
    stood: tuple[int, int] | None = None  # of a clause that is gone: a version and the line in it where it stood


@dataclass(frozen=True, slots=True)
class Check:
    """What the gate says: open when nothing was found."""

    findings: tuple[Finding, ...] = ()
    documents: int = 0  # looked at
    unread: int = 0  # documents without a version, of which nothing can be said

    @property
    def open(self) -> bool:
        return not self.findings
