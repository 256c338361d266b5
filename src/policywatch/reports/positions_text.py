"""Positions for the terminal and for pipes, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policywatch.reports.ink import Paint, no_paint
from policywatch.reports.positions_view import POSITIONS_NOTICE, Cited, Comparison, Row
from policywatch.reports.text import focus, width, wrap

_QUOTE = 900  # letters of a quote shown, around the words that decide; the rest is in json
_NAME = 26  # columns for a platform's name


def render(comparisons: Sequence[Comparison], columns: int = 100, paint: Paint = no_paint) -> str:
    """Question by question, each platform with its answer, its quote, and where and since when that stands."""
    parts = ["\n".join(_comparison(one, columns, paint)) for one in comparisons]
    notice = "\n".join(paint("dim", line) for line in wrap(POSITIONS_NOTICE, columns))
    return "\n\n\n".join(parts) + f"\n\n\n{notice}\n"


def _comparison(comparison: Comparison, columns: int, paint: Paint) -> Iterator[str]:
    question = comparison.question
    yield paint("title", question.title) + (f"  {question.question}" if question.question else "")
    yield from (paint("dim", line) for line in wrap(comparison.counts, columns, "  "))
    name_columns = min(max((width(row.platform) for row in comparison.rows), default=0), _NAME)
    for row in comparison.rows:
        yield ""
        yield from _row(row, question.words, name_columns, columns, paint)


def _row(row: Row, words: Sequence[str], name_columns: int, columns: int, paint: Paint) -> Iterator[str]:
    indent = " " * (name_columns + 4)
    pad = " " * max(name_columns - width(row.platform), 0)
    style = "name" if row.asserted else "dim"
    yield f"  {paint('name', row.platform)}{pad}  {paint(style, row.answer)}"
    if row.note:
        yield from wrap(row.note, columns, indent)
    for quote in row.quotes:
        yield from (paint("quote", line) for line in wrap(f"“{focus(quote.text, words, _QUOTE)}”", columns, indent))
        yield indent + paint("dim", _place(quote))


def _place(quote: Cited) -> str:
    return quote.place + (f" · since {quote.since}" if quote.since else "")


def markdown(comparisons: Sequence[Comparison]) -> str:
    """A table a question; fits an issue or a wiki."""
    parts = ["\n".join(_markdown(one)) for one in comparisons]
    return "\n\n".join(parts) + f"\n\n_{POSITIONS_NOTICE}_\n"


def _markdown(comparison: Comparison) -> Iterator[str]:
    yield f"## {escape(comparison.question.title)}"
    yield ""
    if comparison.question.question:
        yield f"{escape(comparison.question.question)} {escape(comparison.counts)}."
        yield ""
    yield "| Platform | Position | Quote | Where | Since |"
    yield "| --- | --- | --- | --- | --- |"
    for row in comparison.rows:
        quotes = "<br>".join(f"“{escape(quote.text)}”" for quote in row.quotes) or escape(row.note)
        places = "<br>".join(f"`{quote.place}`" for quote in row.quotes)
        since = "<br>".join(quote.since for quote in row.quotes)
        yield f"| {escape(row.platform)} | {escape(row.answer)} | {quotes} | {places} | {since} |"


def escape(text: str) -> str:
    """Page text as Markdown that shows it and nothing else."""
    for sign in "\\`*_[]<>|#~":
        text = text.replace(sign, {"<": "&lt;", ">": "&gt;"}.get(sign, f"\\{sign}"))
    return text
