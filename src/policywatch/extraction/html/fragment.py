"""The section of a page that the URL's #fragment names."""

from __future__ import annotations

from urllib.parse import unquote

from policywatch.extraction.html.page import Page
from policywatch.extraction.html.tree import text_of

_SECTIONS = frozenset("section article div details li dd main".split())
_SMALLEST = 200.0  # letters of running text


def narrow(page: Page, keep: bytearray, fragment: str) -> bool:
    """Keep only the named section, if there is one that is a proper part of the page; whether there was.

    A heading's section reaches to the next heading of its level or higher. Routes of scripts (``#/terms``), names that
    the page doesn't have and marks inside a paragraph name no section.
    """
    for name in dict.fromkeys((fragment, unquote(fragment))):
        for index, box in enumerate(page.boxes):
            if box.element.get("id") == name or box.element.get("name") == name or _marks(page, index, name):
                span = _span(page, index)
                if span is not None and _is_proper(page, keep, *span):
                    first, last = span
                    keep[:first] = bytes(first)
                    keep[last:] = bytes(len(keep) - last)
                    return True
    return False


def _marks(page: Page, index: int, name: str) -> bool:
    """Whether an inline element of the heading, or an empty one right before it, has the name."""
    box = page.boxes[index]
    if box.tag not in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return False
    if any(child.get("id") == name or child.get("name") == name for child in box.element.iterdescendants()):
        return True
    before = box.element.getprevious()
    return before is not None and name in (before.get("id"), before.get("name")) and not text_of(before).strip()


def _span(page: Page, index: int) -> tuple[int, int] | None:
    box = page.boxes[index]
    if box.first >= len(page.blocks):
        return None
    level = page.blocks[box.first].heading
    if box.last - box.first > 1 and box.tag in _SECTIONS:
        return box.first, box.last
    if not level:
        return None
    last = box.first + 1
    while last < len(page.blocks) and not 0 < page.blocks[last].heading <= level:
        last += 1
    return box.first, last


def _is_proper(page: Page, keep: bytearray, first: int, last: int) -> bool:
    weights = [weight * kept for weight, kept in zip(page.prose, keep, strict=True)]
    part = sum(weights[first:last])
    return _SMALLEST <= part < 0.95 * sum(weights)
