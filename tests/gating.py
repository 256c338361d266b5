"""A compliance repository to test the gate with: a watchlist, an archive written version by version, the verbs."""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from policywatch.archive import Archive
from policywatch.archive.records import StatusLine
from policywatch.cli.app import run
from policywatch.extraction.markdown import FrontMatter, layout
from policywatch.model import Clause, SnapshotRef, Status, Version, VersionKind
from tests.conftest import Done

PRIVACY, TERMS = "lumen/privacy-policy", "lumen/terms-of-service"
INTRO = "This policy explains how Lumen Works handles personal data when you use the Lumen assistant."
KEEP_30 = "We keep deleted conversations for 30 days and then erase them."
KEEP_90 = "We keep deleted conversations for 90 days and then erase them."
OPT_IN = "We use your messages to train our models only if you opt in in your settings."
OPT_OUT = "We use your messages to train our models unless you opt out in your settings."
CONTACT = "Write to privacy@lumen.example with any question about this policy."
TODAY = datetime.now(UTC)


def page(*paragraphs: str, document: str = "Privacy Policy") -> str:
    """An archive file with a heading above each paragraph."""
    front = FrontMatter(document, "Lumen", document, ("https://lumen.example/policy",), None, "en")
    clauses = [
        clause
        for number, text in enumerate(paragraphs, start=1)
        for clause in (Clause("heading", f"Part {number}", 2), Clause("paragraph", text))
    ]
    return layout(front, clauses)


@dataclass
class Repository:
    """``gate`` is YAML; ``record`` adds versions, ten days apart and the last ones in the past."""

    root: Path
    capfd: pytest.CaptureFixture[str]
    extra: str = ""
    documents: Sequence[str] = ("Privacy Policy", "Terms of Service")
    _bytes: dict[str, str] = field(default_factory=dict)

    @property
    def archive(self) -> Archive:
        return Archive(self.root / "archive")

    def gate(self, yaml: str) -> None:
        rows = "".join(f"    {name}: https://lumen.example/{number}\n" for number, name in enumerate(self.documents))
        (self.root / "platforms.yaml").write_text(f"{self.extra}\ngate: {yaml}\nplatforms:\n  Lumen:\n{rows}", "utf-8")

    def record(self, text: str, document: str = PRIVACY, *, upgrade: str = "") -> Version:
        """Add a version; an ``upgrade`` is read from the "same" bytes as the version before, or from "other" ones."""
        head = self.archive.head(document)
        body = self._bytes.get(document, "") if upgrade == "same" else text
        self._bytes[document] = body
        kind: VersionKind = "upgrade" if upgrade else "change" if head else "first"
        at = TODAY - timedelta(days=100) + timedelta(days=10 * (head.version if head else 0))
        seen = SnapshotRef("https://lumen.example/policy", hashlib.sha256(body.encode()).hexdigest(), at)
        with self.archive.writing(durable=False) as writer:
            return writer.record(
                document, text, kind=kind, time=at, snapshots=[seen], extractor=1, taxonomy="2026.1", severity="low"
            )

    def seen(self, document: str, last: date | None, status: Status = "unchanged", reason: str | None = None) -> None:
        with self.archive.writing(durable=False) as writer:
            writer.set_status(StatusLine(document, status, last or TODAY.date(), last, reason))

    def run(self, *arguments: str) -> Done:
        self.capfd.readouterr()
        code = run(arguments)
        out, err = self.capfd.readouterr()
        return Done(code, out, err)

    def findings(self, *arguments: str) -> list[dict[str, Any]]:
        """What `check` finds; the gate's state and exit code go with it."""
        done = self.run("check", "--format", "json", *arguments)
        found = json.loads(done.out)
        assert found["schema"] == "policywatch/check/1"
        assert done.code == (0 if found["open"] else 1), done.err
        assert found["open"] == (not found["findings"])
        return list(found["findings"])

    def follow(self, command: str) -> Done:
        """Run commands as they were printed."""
        for one in command.split(" && "):
            name, *arguments = shlex.split(one)
            assert name == "policywatch"
            done = self.run(*arguments, *(["--by", "Ada"] if arguments[0] == "review" else []))
        return done
