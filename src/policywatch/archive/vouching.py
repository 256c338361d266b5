"""Whether a document's files are as policywatch wrote them, as far as its history can tell without rebuilding texts.

Cheaper than `verify`, which also goes all the way back: this is what is asked before a commit.
"""

from __future__ import annotations

from policywatch.archive import files, records
from policywatch.archive.store import Archive
from policywatch.errors import PolicywatchError


def vouched(archive: Archive, document: str, committed: bytes | None) -> bool:
    """Whether every line of the history is sealed and follows the one before, and the last vouches for the text.

    A history that only lost lines against the ``committed`` one is not as it was recorded either; one that was rebuilt
    is another chain.
    """
    try:
        history, text = files.read(archive.history_path(document)), files.read(archive.path(document))
        if not history or text is None or not _chained(document, history):
            return False
        lost = committed is not None and len(committed) > len(history) and committed.startswith(history)
        head = records.read_version(document, records.lines(history)[-1])
        return not lost and records.sha256(text) == head.text_sha256
    except (PolicywatchError, ValueError):
        return False


def _chained(document: str, history: bytes) -> bool:
    previous: bytes | None = None
    for number, line in enumerate(records.lines(history), start=1):
        if not records.sealed(line):
            return False
        version = records.read_version(document, line)
        if version.version != number or (previous and version.previous != records.sha256(previous)):
            return False
        previous = line
    return history.endswith(b"\n")
