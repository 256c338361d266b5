"""Text in pieces of one style each, laid out before it is painted: colour can't change where a line ends."""

from __future__ import annotations

from collections.abc import Iterator

from policywatch.reports.ink import Paint
from policywatch.reports.text import wrap

Spans = tuple[tuple[str, str], ...]  # (a style of ink or "", text)


def text_of(spans: Spans) -> str:
    return "".join(text for _, text in spans)


def painted(spans: Spans, paint: Paint) -> str:
    return "".join(paint(style, text) for style, text in spans)


def cut(spans: Spans, start: int, end: int) -> Spans:
    """The spans of a stretch of their text."""
    found, place = [], 0
    for style, text in spans:
        part = text[max(start - place, 0) : max(end - place, 0)]
        if part:
            found.append((style, part))
        place += len(text)
    return tuple(found)


def stripped(spans: Spans) -> Spans:
    """Without the spaces at both ends."""
    text = text_of(spans)
    return cut(spans, len(text) - len(text.lstrip()), len(text.rstrip()))


def wrapped(spans: Spans, columns: int, indent: str = "") -> Iterator[Spans]:
    """The lines that `wrap` makes of the text."""
    text, place = text_of(spans), 0
    for line in wrap(text, columns, indent):
        start = text.index(line[len(indent) :], place)  # what wrap leaves out is spaces
        place = start + len(line) - len(indent)
        yield (("", indent), *cut(spans, start, place)) if indent else cut(spans, start, place)
