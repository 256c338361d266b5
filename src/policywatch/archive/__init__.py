"""The archive: files on disk, history, status, evidence, reviews; and git commits.

`Archive` reads, `Archive.writing` writes; store.py and writing.py say how. `commits` is the only caller of git.
"""

from policywatch.archive.records import StatusLine
from policywatch.archive.store import Archive, parse_when

__all__ = ["Archive", "StatusLine", "parse_when"]
