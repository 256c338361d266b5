"""Word marks as a reader sees them: a change's runs are Markdown, a report shows plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from policywatch.model import Change
from policywatch.reports.text import Run, clean

STRUCK = ("[-", "-]")  # around words in plain text
INSERTED = ("{+", "+}")

# Reads as model.plain does; a test holds the two together.
_MARKUP = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\((?:[^()\s\\]|\\.|\([^()\s]*\))*\)"
)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


def pair_runs(change: Change) -> tuple[Run, ...]:
    """The change's words as a reader sees them."""
    return plain_runs(change.words)


def plain_runs(words: Sequence[Run]) -> tuple[Run, ...]:
    """Words without link targets and escapes, clean, neighbours of one kind joined.

    Where only link targets differ, the Markdown as it is: they are then what there is to see.
    """
    shown = tuple(_joined(_plain(words)))
    if all(op == "=" for op, _ in shown) and any(op != "=" for op, _ in words):
        return tuple(_joined((op, clean(text)) for op, text in words))
    return shown


def visible(markdown: str) -> Iterator[tuple[int, int]]:
    """The spans of the letters that a reader sees, in order."""
    at = 0
    for found in _MARKUP.finditer(markdown):
        yield at, found.start()
        if found["escaped"]:
            yield found.start("escaped"), found.end("escaped")
        else:
            yield from _unescaped(markdown, found.start("label"), found.end("label"))
        at = found.end()
    yield at, len(markdown)


def _unescaped(markdown: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _ESCAPE.finditer(markdown, start, end):
        if found.start() < start:  # the second of two backslashes
            continue
        yield start, found.start()
        yield found.end(), found.end() + 1
        start = found.end() + 1
    yield start, end


def _plain(words: Sequence[Run]) -> Iterator[Run]:
    """Runs cut down to visible letters: kept and struck ones as in the old text, inserted ones as in the new."""
    old = _mask("".join(text for op, text in words if op != "+"))
    new = _mask("".join(text for op, text in words if op != "-"))
    was = now = 0
    for op, text in words:
        mask, start = (new, now) if op == "+" else (old, was)
        yield op, clean("".join(letter for letter, seen in zip(text, mask[start:], strict=False) if seen))
        was += len(text) if op != "+" else 0
        now += len(text) if op != "-" else 0


def _mask(markdown: str) -> bytes:
    seen = bytearray(len(markdown))
    for start, end in visible(markdown):
        seen[start:end] = b"\x01" * (end - start)
    return bytes(seen)


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    last: Run | None = None
    for op, text in runs:
        if not text:
            continue
        if last and last[0] == op:
            last = (op, last[1] + text)
            continue
        if last:
            yield last
        last = (op, text)
    if last:
        yield last


def parted(runs: Sequence[Run], texts: Sequence[str]) -> list[tuple[Run, ...]]:
    """The runs of several new clauses compared as one text, one part a clause.

    Letters are counted, not compared: kept runs have the old text's typography. Where the count does not come out, the
    whole in one part.
    """
    sizes = [_letters(text) for text in texts]
    if len(sizes) < 2 or sum(sizes) != sum(_letters(text) for op, text in runs if op != "-"):
        return [tuple(runs)]
    parts: list[list[Run]] = [[]]
    left = sizes[0]
    for op, text in runs:
        while op != "-" and _letters(text) > left:
            head, text = _cut(text, left)
            parts[-1].append((op, head.rstrip()))
            parts.append([])
            text = text.lstrip()
            left = sizes[len(parts) - 1]
        parts[-1].append((op, text))
        left -= _letters(text) if op != "-" else 0
    return [tuple(_joined(part)) for part in parts] if len(parts) == len(texts) else [tuple(runs)]


def _letters(text: str) -> int:
    return sum(not letter.isspace() for letter in text)


def _cut(text: str, letters: int) -> tuple[str, str]:
    """The text parted after so many letters that are no spaces."""
    at = 0
    while letters:
        letters -= not text[at].isspace()
        at += 1
    return text[:at], text[at:]


def marked(runs: Iterable[Run], struck: tuple[str, str], inserted: tuple[str, str]) -> str:
    """Runs as one text, struck and inserted words between the given marks; edge spaces stay outside of them."""
    return "".join(_marked(op, text, struck if op == "-" else inserted) for op, text in runs)


def _marked(op: str, text: str, marks: tuple[str, str]) -> str:
    if op == "=" or not text.strip():
        return text
    lead, core, trail = edges(text)
    return f"{lead}{marks[0]}{core}{marks[1]}{trail}"


def edges(text: str) -> tuple[str, str, str]:
    """The spaces before, the words, the spaces after."""
    core = text.strip()
    start = text.find(core)
    return text[:start], core, text[start + len(core) :]
