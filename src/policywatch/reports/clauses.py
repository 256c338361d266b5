"""Clauses by category, with quotes: terminal, plain, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from policywatch.model import Clause, Label, plain
from policywatch.reports.ink import Paint, no_paint
from policywatch.reports.jsons import dump, instant
from policywatch.reports.positions_text import escape
from policywatch.reports.text import clean, wrap
from policywatch.reports.wording import PATH, count, day

CLAUSES = "policywatch/clauses/1"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A clause of a document, its labels, main one first, and since when it stands."""

    document: str
    clause: Clause
    labels: tuple[Label, ...]
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The clauses of one category: those shown under it, and how many have it, first or beside others."""

    id: str
    title: str
    clauses: tuple[Labelled, ...]
    total: int

    @property
    def told(self) -> str:
        """ "3 clauses"; "1 of 3 clauses, the others under their first category"."""
        if len(self.clauses) == self.total:
            return count(self.total, "clause")
        return f"{len(self.clauses)} of {count(self.total, 'clause')}, the others under their first category"


def render_json(clauses: Sequence[Labelled]) -> str:
    return dump({"schema": CLAUSES, "clauses": [_fields(one) for one in clauses]}, indent=2)


def render(groups: Sequence[Group], columns: int = 100, paint: Paint = no_paint) -> str:
    return "".join("\n".join(_group(group, columns, paint)) + "\n\n" for group in groups)


def render_markdown(groups: Sequence[Group]) -> str:
    return "\n".join(line for group in groups for line in _markdown(group))


def _fields(one: Labelled) -> dict[str, Any]:
    return {
        "document": one.document,
        "line": one.clause.line,
        "heading": " > ".join(one.clause.heading),
        "text": one.clause.text,
        "since": instant(one.since),
        "categories": [
            {"id": label.category, "score": label.score, "by": list(label.by), "words": list(label.words)}
            for label in one.labels
        ],
    }


def _group(group: Group, columns: int, paint: Paint) -> Iterator[str]:
    yield f"{paint('title', group.title)}  {group.told}"
    for one in group.clauses:
        yield ""
        heading = clean(PATH.join(one.clause.heading))
        if heading:
            yield from (paint("dim", line) for line in wrap(heading, columns, "  "))
        yield from wrap(clean(one.clause.plain), columns, "    ")
        yield paint("dim", f"    {one.document}:{one.clause.line}" + _since(one))


def _since(one: Labelled) -> str:
    return f" · since {day(one.since)}" if one.since else ""


def _markdown(group: Group) -> Iterator[str]:
    yield f"## {escape(group.title)}\n\n{group.told}\n"
    for one in group.clauses:
        yield f"> {escape(clean(plain(one.clause.text)))}  \n> `{one.document}:{one.clause.line}`{_since(one)}\n"
