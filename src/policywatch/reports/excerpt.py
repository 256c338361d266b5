"""What is quoted of a finding: the clause as it changed, cut so that the words that changed or decided are in sight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policywatch.model import Finding, plain
from policywatch.reports.runs import INSERTED, STRUCK, marked, plain_runs
from policywatch.reports.text import CONTEXT, ELLIPSIS, Run, clean, elide, shorten

_NEAR = 40  # letters of context that are left to each of many marks


def quote(finding: Finding, limit: int) -> str:
    """The excerpt as plain text, with what was struck and inserted in marks."""
    return marked(excerpt(finding, limit), STRUCK, INSERTED).strip()


def excerpt(finding: Finding, limit: int) -> tuple[Run, ...]:
    """About ``limit`` letters: more where what matters does not stand in so few."""
    runs = plain_runs(finding.words)
    if any(op != "=" for op, _ in runs):
        return _cut(runs, limit, finding.deciding)
    text = clean(plain(finding.text)).strip()
    return (("=", _around(text, finding.deciding, limit)),) if text else ()


def _cut(runs: Sequence[Run], limit: int, deciding: Sequence[str]) -> tuple[Run, ...]:
    if _size(runs) <= limit:
        return tuple(runs)
    found = _elided(runs, limit, deciding)
    if _size(found) <= 2 * limit:
        return found
    weighty = tuple(_settled(runs, deciding))
    if any(op != "=" for op, _ in weighty):
        found = _elided(weighty, limit, deciding)
    return tuple(_first(found, 2 * limit))


def _elided(runs: Sequence[Run], limit: int, deciding: Sequence[str]) -> tuple[Run, ...]:
    marks = sum(1 for op, _ in runs if op != "=")
    near = max(_NEAR, min(CONTEXT, limit // (2 * max(marks, 1))))
    return tuple((op, text if op == "=" else _around(text, deciding, limit)) for op, text in elide(runs, near))


def _settled(runs: Iterable[Run], deciding: Sequence[str]) -> Iterator[Run]:
    """The runs with marks on the weighty ones only; all else reads as it does now."""
    kept = ""
    for op, text in runs:
        words = text.strip().casefold()
        if op != "=" and words and any(words in one.casefold() or one.casefold() in words for one in deciding):
            if kept:
                yield "=", kept
            yield op, text
            kept = ""
        elif op != "-":
            kept += text
    if kept:
        yield "=", kept


def _first(runs: Sequence[Run], limit: int) -> Iterator[Run]:
    for op, text in runs:
        if limit <= 0:
            yield "=", " " + ELLIPSIS
            return
        yield op, text
        limit -= len(text)


def _around(text: str, deciding: Sequence[str], limit: int) -> str:
    """A text cut to its beginning, or to where the deciding words stand when that is further on."""
    if len(text) <= limit:
        return text
    begun = shorten(text, limit)
    spans = _spans(text, deciding)
    if not spans or spans[-1][1] < len(begun):
        return begun
    return "".join(part for _, part in elide(tuple(_parted(text, spans)), max(_NEAR, limit // (2 * len(spans)))))


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words first stand, in order and without overlaps."""
    folded = text.casefold()
    if len(folded) != len(text):
        folded = text
    places = sorted((folded.find(word.casefold()), len(word)) for word in words if word)
    spans: list[tuple[int, int]] = []
    for start, size in places:
        if start >= 0 and (not spans or start >= spans[-1][1]):
            spans.append((start, start + size))
    return spans


def _parted(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Run]:
    at = 0
    for start, end in spans:
        if start > at:
            yield "=", text[at:start]
        yield "+", text[start:end]
        at = end
    if at < len(text):
        yield "=", text[at:]


def _size(runs: Iterable[Run]) -> int:
    return sum(len(text) for _, text in runs)
