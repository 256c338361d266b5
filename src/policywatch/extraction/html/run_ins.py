"""Titles at the beginning of their own paragraph, as contracts set them: "**5. Feedback.** We appreciate comments …".

Told apart they are headings, and what follows stands under them instead of under whatever heading came before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from policywatch.extraction.html.drafts import Draft
from policywatch.extraction.html.headings import numbered_title
from policywatch.extraction.html.page import BLANK, Run, seen

_FEWEST = 3  # titles in a row of rising numbers: one bold beginning may be an emphasis


def part_run_ins(drafts: list[Draft]) -> list[Draft]:
    """The drafts with the titles of a page's numbered paragraphs as paragraphs of their own."""
    found = {place: parts for place, draft in enumerate(drafts) if (parts := _parted(draft)) is not None}
    if not found or not _count_up(list(_numbers(drafts, found))):
        return drafts
    return [part for place, draft in enumerate(drafts) for part in (found[place][1] if place in found else [draft])]


_Parted = tuple[int, list[Draft]]


def _numbers(drafts: list[Draft], found: Mapping[int, _Parted]) -> Iterator[int]:
    """The numbers of all titles, in the page's order: those found, and those with a line or an element of their own."""
    for place, draft in enumerate(drafts):
        own = draft.bold or draft.kind == "heading"
        number = found[place][0] if place in found else numbered_title(draft.text) if own else None
        if number is not None:
            yield number


def _count_up(numbers: Sequence[int]) -> bool:
    """Whether these are the numbers of one text's sections: in their order, but for an annex that begins anew."""
    rising = sum(before < after for before, after in pairwise(numbers))
    return len(numbers) >= _FEWEST and rising * 4 >= (len(numbers) - 1) * 3


def _parted(draft: Draft) -> _Parted | None:
    """The number of a paragraph that begins with a bold numbered title, and the title and its text; None for others."""
    if draft.kind != "paragraph" or draft.bold or draft.toggle or not draft.text[0].isdecimal():
        return None
    end = next((place for place, (said, _, bold) in enumerate(draft.runs) if not bold and said.strip(BLANK)), 0)
    title, runs = _with_stop(seen(draft.runs[:end])[0], draft.runs[end:])
    number = numbered_title(title)
    text, _ = seen(runs)
    if number is None or (text and (not text[0].isalnum() or text[0].islower())):
        return None
    head = Draft("paragraph", title, [(title, "", 1)], linked=False)
    head.bold = True
    return number, [head, Draft("paragraph", text, runs, draft.linked)] if text else [head]


def _with_stop(title: str, runs: list[Run]) -> tuple[str, list[Run]]:
    """A title's full stop may stand behind the bold letters."""
    said, href, bold = runs[0] if runs else ("", "", 0)
    bare = said.lstrip(BLANK)
    if title and title[-1] not in ".:" and bare[:1] in (".", ":"):
        return title + bare[0], [(bare[1:], href, bold), *runs[1:]]
    return title, runs
