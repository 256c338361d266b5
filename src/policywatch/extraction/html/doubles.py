"""Passages that a page has more than once: a copy for phones, a variant for each width, a tab's twin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from policywatch.extraction.html.page import Box, Page

_BASE, _MODULUS = 1_000_003, (1 << 61) - 1
_SMALLEST = 60  # letters; shorter texts repeat themselves for good reasons, outside a builder's own variants
_SECTION = 600  # letters that an author hardly repeats word by word
_ENTRIES = frozenset(("tr", "td", "th", "li", "dd", "dt"))  # alike for good reasons, too
_RESPONSIVE = re.compile(
    r"(?:^|[\s_-])(?:mobile|desktop|tablet|phone|hidden|hide|visible|d-none|[sml]g?:(?:hidden|block|flex)|ssr-variant)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Copy:
    box: Box
    size: int  # letters; 0 for a single block, which an author may repeat for all the page
    beside: bool  # its twin is its neighbour
    variant: bool  # one of the two is hidden, or named after a width


def drop_doubles(page: Page, keep: bytearray) -> None:
    """Of boxes with the same texts keep the first that is shown.

    A contract may repeat a clause in its own right, so a copy goes only if it stands beside its twin, is one of two
    variants, or if so much of the page is there twice that it can't be the author's doing.
    """
    long = [
        block.text for block, kept in zip(page.blocks, keep, strict=True) if kept and len(block.text) >= _SMALLEST // 3
    ]
    if len(set(long)) == len(long):
        return
    _drop_earlier_versions(page, keep)
    copies = list(_copies(page, keep))
    whole = sum(len(block.text) for block, kept in zip(page.blocks, keep, strict=True) if kept)
    everywhere = sum(copy.size for copy in copies) > whole * 0.25
    for copy in copies:
        if everywhere or copy.beside or copy.variant:
            _drop(page, keep, copy.box)


def _drop(page: Page, keep: bytearray, box: Box) -> None:
    page.settled.update(index for index in range(box.first, box.last) if keep[index])
    keep[box.first : box.last] = bytes(box.last - box.first)


def _drop_earlier_versions(page: Page, keep: bytearray) -> None:
    """Hidden parts most of whose words are shown elsewhere: what a version picker would bring up."""
    shown = {
        block.text
        for block, kept in zip(page.blocks, keep, strict=True)
        if kept and len(block.text) >= _SMALLEST and not page.boxes[block.box].hidden
    }
    index, boxes = 0, page.boxes
    while index < len(boxes):
        box = boxes[index]
        index += 1
        if not box.hidden or box.last - box.first < 8:
            continue
        texts = [b.text for b in page.blocks[box.first : box.last] if len(b.text) >= _SMALLEST]
        known = sum(len(text) for text in texts if text in shown)
        if known > 2000 and known > sum(map(len, texts)) * 0.5:
            _drop(page, keep, box)
            index = box.end


def _copies(page: Page, keep: bytearray) -> Iterator[_Copy]:
    """The outermost boxes whose kept blocks say exactly what those of an earlier box say."""
    marks = [hash(block.text) if kept else None for block, kept in zip(page.blocks, keep, strict=True)]
    hashes = list(accumulate(marks, _hashed, initial=0))
    sizes = list(accumulate((len(block.text) * kept for block, kept in zip(page.blocks, keep, strict=True)), initial=0))
    powers = list(accumulate(range(len(keep)), lambda power, _: power * _BASE % _MODULUS, initial=1))
    counts = list(accumulate(keep, initial=0))
    seen: dict[tuple[int, int], int] = {}
    index, boxes = 0, page.boxes
    while index < len(boxes):
        box = boxes[index]
        size, count = sizes[box.last] - sizes[box.first], counts[box.last] - counts[box.first]
        if (size < _SMALLEST and not (size and _is_variant(box))) or box.tag in _ENTRIES:
            index += 1
            continue
        key = ((hashes[box.last] - hashes[box.first] * powers[count]) % _MODULUS, count)
        twin = seen.setdefault(key, index)
        first = boxes[twin]
        if first.last <= box.first:
            beside = not any(keep[between] for between in range(first.last, box.first))
            variant = _named_variants(page, twin, index) or (count > 1 and _hidden_variants(page, twin, index, size))
            yield _Copy(box, size if count > 1 else 0, beside, variant)
            index = box.end
        else:
            index += 1


def _hashed(before: int, mark: int | None) -> int:
    return before if mark is None else (before * _BASE + mark) % _MODULUS


def _is_variant(box: Box) -> bool:
    """Whether a builder made the box as one of several for several widths."""
    return "ssr-variant" in (box.element.get("class") or "")


def _named_variants(page: Page, one: int, other: int) -> bool:
    """Whether one of two copies is named after a width."""
    return any(
        _RESPONSIVE.search(page.boxes[index].element.get("class") or "") is not None
        for index in (*_above(page, one), *_above(page, other))
    )


def _hidden_variants(page: Page, one: int, other: int, size: int) -> bool:
    """Whether one of two copies is shown and the other is not.

    Closed panels hide what an author repeats as well, so the copy must have a heading or be long.
    """
    boxes = page.boxes
    if boxes[one].hidden == boxes[other].hidden:
        return False
    first, last = boxes[other].first, boxes[other].last
    return size >= _SECTION or any(block.heading for block in page.blocks[first:last])


def _above(page: Page, index: int) -> Iterator[int]:
    """The box and the two around it: the wrappers that carry a variant's classes."""
    for _ in range(3):
        if index < 0:
            return
        yield index
        index = page.boxes[index].parent
