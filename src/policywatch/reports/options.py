"""What a report may be asked for, the same for every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NOTICE = "This describes how documents changed. It is not legal advice."


@dataclass(frozen=True, slots=True)
class Options:
    """Formats take what concerns them and leave the rest."""

    titles: Mapping[str, str] = field(default_factory=dict)  # category id -> title; a missing one shows its id
    side_by_side: bool = False  # terminal: old beside new, where it is wide enough
    stat: bool = False  # one line a document instead of the redline
    full: bool = False  # every change, every word: no cap, nothing elided
    cap: int = 40  # changes shown of one document, the important first
    width: int = 88  # columns that plain text is wrapped to
    root: str = ""  # folder of the archive within the repository, for paths: "archive"
    files: Mapping[str, tuple[str, str]] = field(
        default_factory=dict
    )  # document -> its file before and after, for patch
    named: Mapping[str, tuple[str, str]] = field(
        default_factory=dict
    )  # the same -> those files' names, where they are not the archive's
    many: bool = False  # json: a list of documents even if there is only one

    def title(self, category: str) -> str:
        return self.titles.get(category, category)
