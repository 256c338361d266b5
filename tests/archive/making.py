"""Archives to test with: an invented platform's documents, recorded day by day."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from policywatch.archive import Archive
from policywatch.archive.writing import Writer
from policywatch.extraction.markdown import FrontMatter, layout
from policywatch.model import Clause, Snapshot, SnapshotRef, Version

START = datetime(2026, 1, 1, 9, 30, tzinfo=UTC)
DOCUMENT = "lumen-notes/privacy-policy"
FRONT = FrontMatter("Privacy Policy", "Lumen Notes", "Privacy Policy", ("https://lumen.example/privacy",), None, "en")


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def policy(*blocks: str) -> str:
    """An archive file: ``# heading``, ``- item`` or a paragraph each."""
    clauses = []
    for block in blocks:
        if block.startswith("# "):
            clauses.append(Clause("heading", block[2:], 2))
        elif block.startswith("- "):
            clauses.append(Clause("item", block[2:], 1, "-"))
        else:
            clauses.append(Clause("paragraph", block))
    return layout(FRONT, clauses)


def snapshot(body: bytes, number: int = 0, url: str = "https://lumen.example/privacy") -> Snapshot:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("ETag", f'"{number}"'))
    return Snapshot(url, url, day(number), 200, headers, body, hashlib.sha256(body).hexdigest())


def add(writer: Writer, text: str, document: str = DOCUMENT, body: bytes | None = None) -> Version:
    """Record a text on the day after the version before."""
    head = writer.archive.head(document)
    number = head.version if head else 0
    page = snapshot(body if body is not None else text.encode(), number)
    writer.keep_evidence(document, page)
    return writer.record(
        document,
        text,
        kind="change" if head else "first",
        time=page.retrieved_at,
        snapshots=[SnapshotRef(page.url, page.sha256, page.retrieved_at)],
        extractor=1,
        taxonomy="2026.1",
        changes={"reworded": 1} if head else {},
        categories=["data-use"] if head else [],
        severity="medium" if head else None,
    )


def archive_of(root: Path, texts: Sequence[str], document: str = DOCUMENT) -> Archive:
    archive = Archive(root)
    with archive.writing(durable=False) as writer:
        for text in texts:
            add(writer, text, document)
    return archive


EDITIONS = (
    policy(
        "# What we collect",
        "We collect the notes you write. We keep them for 30 days.",
        "- your name",
        "- your e-mail address",
        "# Contact",
        "Write to privacy@lumen.example.",
    ),
    policy(
        "# What we collect",
        "We collect the notes you write. We keep them for 90 days.",
        "- your name",
        "- your e-mail address",
        "- the type of your device",
        "# Contact",
        "Write to privacy@lumen.example.",
    ),
    policy(
        "# Contact",
        "Write to privacy@lumen.example.",
        "# What we collect",
        "We may collect the notes you write. We keep them for 90 days.",
        "- your e-mail address",
        "- the type of your device",
    ),
)
