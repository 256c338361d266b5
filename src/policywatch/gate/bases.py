"""What a base revision has already: the versions that a pull request does not bring."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from policywatch.archive import Archive, commits, files
from policywatch.archive.records import lines, read_version
from policywatch.archive.store import HISTORY_SUFFIX
from policywatch.errors import CommitError, UsageError

_SHALLOW = (
    "a shallow clone has one revision only; get the other as well: "
    "git fetch --depth=1 origin +refs/heads/main:refs/remotes/origin/main"
)


def settled_at(archive: Archive, revision: str) -> Mapping[str, int]:
    """Document -> its newest version that a git revision has too.

    Of two branches that each went on, what they have in common counts; of a history that was rebuilt, the version with
    the text that the revision ends with. Raises UsageError for a revision that this clone does not have.
    """
    try:
        there = commits.read_at(archive.root, revision, HISTORY_SUFFIX)
    except CommitError as error:
        without_git = "work tree" in error.message
        raise UsageError(f"--base {revision}: {error.message}", error.hint if without_git else _SHALLOW) from error
    found = {}
    for name, data in there.items():
        document = name.removesuffix(HISTORY_SUFFIX)
        if "/" in document:
            found[document] = _in_common(document, lines(data), _own_lines(archive, document))
    return found


def _own_lines(archive: Archive, document: str) -> list[bytes]:
    return lines(files.read(archive.history_path(document)) or b"")


def _in_common(document: str, theirs: list[bytes], ours: list[bytes]) -> int:
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(theirs, ours, strict=False)))
    if same or not theirs:
        return same
    # The chain was begun anew (sha256 of its lines differ from the first on), maybe over the same texts.
    text = read_version(document, theirs[-1]).text_sha256
    return max((one.version for line in ours if (one := read_version(document, line)).text_sha256 == text), default=0)
