"""Extraction checks its own work: how much of what reads like policy is in the result, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policywatch.extraction.html.names import Part
from policywatch.extraction.html.page import Block, Page
from policywatch.extraction.html.root import prose
from policywatch.extraction.html.vocabulary import legal_words

UNSURE = 0.85  # below it a second opinion is asked for
_SHORT = 400.0  # letters of running text; fewer are a stub more often than a policy


@dataclass(frozen=True, slots=True)
class Coverage:
    """``share`` is of the page's policy-like letters; ``lost`` are the blocks that have the rest of them."""

    share: float
    confidence: float
    lost: tuple[int, ...]
    headings: tuple[str, ...]  # in front of lost blocks

    @property
    def notes(self) -> tuple[str, ...]:
        found: list[str] = []
        if self.headings:
            some = ", ".join(f"“{heading[:60]}”" for heading in self.headings[:5])
            more = ", …" if len(self.headings) > 5 else ""
            plural = "heading" if len(self.headings) == 1 else "headings"
            found.append(f"{len(self.headings)} {plural} of the page not in the text: {some}{more}")
        if self.share < UNSURE:
            found.append(f"{1 - self.share:.0%} of the page's policy-like text is not in the result")
        return tuple(found)


def check(page: Page, keep: bytearray) -> Coverage:
    """What the kept blocks cover of the page, consent managers left aside."""
    furniture = bytearray(len(page.blocks))
    for box in page.boxes:
        if box.part in (Part.OVERLAY, Part.FURNITURE):
            furniture[box.first : box.last] = b"\1" * (box.last - box.first)
    kept_texts = {block.text for block, kept in zip(page.blocks, keep, strict=True) if kept}
    inside = outside = running = 0.0
    lost: list[int] = []
    for index, block in enumerate(page.blocks):
        weight = prose(block)
        if keep[index]:
            running += weight
        if weight < 60 or not reads_like_policy(block):
            continue
        if keep[index]:
            inside += weight
        elif not furniture[index] and block.text not in kept_texts:
            outside += weight
            lost.append(index)
    share = inside / (inside + outside) if inside + outside else 0.0
    enough = min(running / _SHORT, 1.0)
    like_policy = min(inside / running * 2, 1.0) if running else 0.0
    return Coverage(share, round(share * (0.5 + 0.3 * enough + 0.2 * like_policy), 2), tuple(lost), tuple(_headings(page, lost)))


def reads_like_policy(block: Block) -> bool:
    """Whether one block's words are those of policies: about one in twenty-five."""
    return block.links * 2 < len(block.text) and legal_words(block.text) * 150 >= len(block.text)


def _headings(page: Page, lost: list[int]) -> Iterator[str]:
    """The headings right before lost blocks."""
    told: set[int] = set()
    for index in lost:
        before = index - 1
        while before >= 0 and index - before < 4 and not page.blocks[before].heading:
            before -= 1
        if before >= 0 and page.blocks[before].heading and before not in told:
            told.add(before)
            yield page.blocks[before].text
