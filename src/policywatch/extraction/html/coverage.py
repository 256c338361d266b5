"""Extraction checks its own work: how much of what reads like policy is in the result, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policywatch.extraction.html.names import Part
from policywatch.extraction.html.page import Block, Page
from policywatch.extraction.html.vocabulary import legal_words

UNSURE = 0.85  # below it a second opinion is asked for
_WHOLE = 0.98  # above it what is missing is an advertisement in a policy's words
_SAMPLE = 20  # blocks
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
        if self.headings and self.share < _WHOLE:
            some = ", ".join(f"“{heading[:60]}”" for heading in self.headings[:5])
            more = ", …" if len(self.headings) > 5 else ""
            plural = "heading" if len(self.headings) == 1 else "headings"
            found.append(f"{len(self.headings)} {plural} of the page not in the text: {some}{more}")
        if self.lost and self.share < UNSURE:
            found.append(f"{1 - self.share:.0%} of the page's policy-like text is not in the result")
        return tuple(found)


def check(page: Page, keep: bytearray) -> Coverage:
    """What the kept blocks cover of the page, its furniture left aside."""
    told = bytearray(keep)
    for box in page.boxes:
        if box.part in (Part.OVERLAY, Part.FURNITURE):
            told[box.first : box.last] = b"\1" * (box.last - box.first)
    inside = sum(weight for weight, kept in zip(page.prose, keep, strict=True) if kept)
    doubtful = [index for index, weight in enumerate(page.prose) if weight >= 60 and not told[index]]
    kept_texts = {block.text for block, kept in zip(page.blocks, keep, strict=True) if kept} if doubtful else set()
    lost = tuple(
        index
        for index in doubtful
        if index not in page.settled
        and page.blocks[index].text not in kept_texts
        and reads_like_policy(page.blocks[index])
    )
    outside = sum(page.prose[index] for index in lost)
    share = inside / (inside + outside) if inside + outside else 0.0
    enough = min(inside / _SHORT, 1.0)
    return Coverage(
        share, round(share * (0.5 + 0.3 * enough + 0.2 * _likeness(page, keep)), 2), lost, tuple(_headings(page, lost))
    )


def _likeness(page: Page, keep: bytearray) -> float:
    """0..1: how many of the kept blocks read like policy, by a sample; half of them will do."""
    running = [b for b, kept, weight in zip(page.blocks, keep, page.prose, strict=True) if kept and weight >= 60]
    sample = running[:: len(running) // _SAMPLE + 1]
    return min(2 * sum(map(reads_like_policy, sample)) / len(sample), 1.0) if sample else 0.0


def reads_like_policy(block: Block) -> bool:
    """Whether one block's words are those of policies: about one in twenty-five."""
    return (
        block.links * 2 < len(block.text)
        and legal_words(block.text, block.foreign > 0) * 150 >= len(block.text) + 2 * block.foreign
    )


def _headings(page: Page, lost: tuple[int, ...]) -> Iterator[str]:
    """The headings right before lost blocks."""
    told: set[int] = set()
    for index in lost:
        before = index - 1
        while before >= 0 and index - before < 4 and not page.blocks[before].heading:
            before -= 1
        if before >= 0 and page.blocks[before].heading and before not in told:
            told.add(before)
            yield page.blocks[before].text
