"""The kept blocks as clauses: numbers joined to what they number, nothing twice, each under its headings."""

from __future__ import annotations

from collections.abc import Iterator

from policywatch.extraction.html.drafts import Draft, drafts_of
from policywatch.extraction.html.headings import find_headings
from policywatch.extraction.html.inline import markdown
from policywatch.extraction.html.lines import ENUMERATOR
from policywatch.extraction.html.page import Page
from policywatch.extraction.html.run_ins import part_run_ins
from policywatch.extraction.markdown import escape_inline
from policywatch.model import Clause, plain

_SMALLEST = 20  # letters


def clauses_of(page: Page, keep: bytearray) -> tuple[Clause, ...]:
    """The page's kept blocks as clauses, in the page's order."""
    drafts = part_run_ins(_without_repeats(_joined(drafts_of(page, keep))))
    find_headings(drafts, page.title)
    return tuple(_clauses(drafts, page.base))


def _joined(drafts: Iterator[Draft]) -> Iterator[Draft]:
    """A number in a box of its own joins the heading, paragraph or item that it numbers."""
    number: Draft | None = None
    for draft in drafts:
        if number is not None:
            if draft.kind == "row":
                yield number
            else:
                joins = draft.kind == "paragraph" and number.kind == "item"
                if not joins or number.text != number.marker:
                    draft.prefix(number.text, number.runs, number.linked)
                if joins:
                    draft.kind, draft.level, draft.marker = "item", number.level, number.marker
            number = None
        if len(draft.text) < 10 and draft.kind in ("paragraph", "item") and _is_number(draft.text):
            number = draft
        else:
            yield draft
    if number is not None:
        yield number


def _is_number(text: str) -> bool:
    return ENUMERATOR.fullmatch(text) is not None and (text[-1] in ".)）、" or "." in text)


def _without_repeats(drafts: Iterator[Draft]) -> list[Draft]:
    """The same words right after themselves are two renderings of one."""
    found: list[Draft] = []
    for draft in drafts:
        before = found[-1] if found else None
        if before is None or before.text != draft.text or draft.kind == "row":
            found.append(draft)
        elif draft.kind == "heading":
            found[-1] = draft
        elif len(draft.text) < _SMALLEST and before.kind != "heading" and len(found) > 1:
            found.append(draft)  # entries of a list may be alike: "Session", "Session"
    return found


def _clauses(drafts: list[Draft], base: str) -> Iterator[Clause]:
    path: list[tuple[int, str]] = []
    headings: tuple[str, ...] = ()
    for draft in drafts:
        if draft.cells is not None:
            text = " | ".join(markdown(cell, base) for cell in draft.cells).strip()
        else:
            text = markdown(draft.runs, base) if draft.linked else escape_inline(draft.text)
        if not text:
            continue
        if draft.kind != "heading":
            yield Clause(draft.kind, text, draft.level, draft.marker, headings)
            continue
        while path and path[-1][0] >= draft.level:
            path.pop()
        yield Clause("heading", text, draft.level, "", tuple(words for _, words in path))
        path.append((draft.level, plain(text)))
        headings = tuple(words for _, words in path)
