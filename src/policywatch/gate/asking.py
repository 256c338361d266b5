"""What is checked, from where it is asked, and what the answers point at."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from policywatch.archive import Archive
from policywatch.watchlist import Gate


@dataclass(frozen=True, slots=True)
class Question:
    """What is checked, and from where it is asked."""

    gate: Gate
    documents: tuple[str, ...]  # to look at
    now: datetime
    shown: str = "archive"  # the archive's folder as findings name it
    flags: tuple[str, ...] = ()  # of the command line that every command printed needs as well: --config FILE
    watched: frozenset[str] | None = None  # documents that runs look for; None: all of them
    expected: frozenset[str] = frozenset()  # documents that should have a version, also those that nobody ever read
    base: Mapping[str, int] | None = None  # document -> version that a base revision has; None: no base was asked for
    watchlist: Path | None = None  # the file that has the gate, for what is wrong in it
    titles: Mapping[str, str] = field(default_factory=dict)  # category -> title

    @property
    def today(self) -> date:
        return self.now.date()

    def covered(self, archive: Archive, document: str) -> int:
        """The newest version that nobody has to look at: it is signed off, or the base revision has it. 0 for none."""
        brought = self.base.get(document, 0) if self.base is not None else 0
        return max(archive.reviewed_up_to(document, self.today), brought)

    def title(self, category: str) -> str:
        return self.titles.get(category, category)

    def path(self, document: str) -> str:
        return f"{self.shown}/{document}.md" if self.shown != "." else f"{document}.md"

    def command(self, verb: str, *arguments: str) -> str:
        """A command that works where the question was asked."""
        return shlex.join(("policywatch", verb, *arguments, *self.flags))

    def sign_off(self, document: str, version: int) -> str:
        return self.command("review", document, "--version", str(version), "--decision", "accepted")
