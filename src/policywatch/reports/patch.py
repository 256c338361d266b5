"""A unified diff of the archive's files that ``git apply`` takes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import islice

from policywatch.errors import UsageError
from policywatch.model import ChangeSet
from policywatch.reports.options import Options

_BARE = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./+=@,")


def render(change_sets: Sequence[ChangeSet], options: Options) -> str:
    """Needs both files of each document in ``options.files``; an empty one means that there is none."""
    return "".join("".join(_document(one.document, options)) for one in change_sets)


def _document(document: str, options: Options) -> Iterator[str]:
    if document not in options.files:
        raise UsageError(f"{document}: a patch needs the texts of both versions")
    before, after = options.files[document]
    path = "/".join(filter(None, (options.root.strip("/"), f"{document}.md")))
    return unified(before, after, *options.named.get(document, (path, path)))


def unified(before: str, after: str, path: str, path_after: str = "") -> Iterator[str]:
    """The lines of the diff from one file to the other, header first; none when they are the same."""
    if before == after:
        return
    old, new = (_quoted(f"{side}/{name.lstrip('/')}") for side, name in (("a", path), ("b", path_after or path)))
    yield f"diff --git {old} {new}\n"
    if not before or not after:
        yield "new file mode 100644\n" if not before else "deleted file mode 100644\n"
    yield f"--- {old if before else '/dev/null'}\n"
    yield f"+++ {new if after else '/dev/null'}\n"
    hunks = islice(difflib.unified_diff(_lines(before), _lines(after), n=3), 2, None)  # the header is ours
    for line in hunks:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines as git sees them: only a line feed ends one."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _quoted(path: str) -> str:
    """A path as git writes it in headers: in quotes, bytes as octal, where it is not plain."""
    if set(path) <= _BARE:
        return path
    return '"' + "".join(letter if letter in _BARE or letter == " " else _octal(letter) for letter in path) + '"'


def _octal(letter: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in letter.encode())
