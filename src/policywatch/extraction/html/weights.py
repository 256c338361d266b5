"""How much of a page is running text, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from operator import mul

from policywatch.extraction.html.page import Block, Page

_SENTENCE = re.compile(r"[.!?:;,。！？：；，、।؟۔]")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(slots=True)
class Weights:
    """Running sums over the kept blocks: letters, letters in links, letters of running text."""

    text: list[int]
    links: list[int]
    prose: list[float]

    def of(self, first: int, last: int) -> tuple[int, int, float]:
        """The sums over blocks from ``first`` to before ``last``."""
        text, links, running = self.text, self.links, self.prose
        return text[last] - text[first], links[last] - links[first], running[last] - running[first]


def prose(block: Block) -> float:
    """How many of the block's letters are running text: all of a sentence's, few of a label's, none of a link's."""
    size = len(block.text) - block.links
    if size <= 0:
        return 0.0
    if block.foreign and _WIDE.search(block.text):
        size += 2 * block.foreign  # a letter of a script without spaces says as much as three of Latin
    if block.heading:
        return size * 0.1
    if size >= 60 and (size >= 200 or _SENTENCE.search(block.text)):
        return float(size)
    return size * 0.25


def weigh(page: Page, keep: bytearray) -> Weights:
    blocks = page.blocks
    return Weights(
        list(accumulate(map(mul, [len(block.text) for block in blocks], keep), initial=0)),
        list(accumulate(map(mul, [block.links for block in blocks], keep), initial=0)),
        list(accumulate(map(mul, page.prose, keep), initial=0.0)),
    )
