"""Which of the page's blocks are the policy.

Every block is weighed by how much it reads like running text, every box by its blocks. What the markup calls furniture
goes, unless too much of the weight is in it. Then the way leads from the body down to where the weight parts: at every
step a side that has next to none of it goes too, unless it is the title, a date, or reads like the policy itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policywatch.extraction.html.doubles import drop_doubles
from policywatch.extraction.html.page import Block, Box, Page
from policywatch.extraction.html.names import Part
from policywatch.extraction.html.vocabulary import UPDATED, is_button, legal_words, tells_update

_SENTENCE = re.compile(r"[.!?:;,。！？：；，、।؟۔]")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DATED = re.compile(rf"\b(?:19|20)\d\d\b|(?:19|20)\d\d年|\b\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}\b|{UPDATED.pattern}", re.IGNORECASE)
_CHOICE = re.compile(
    r"(?:accept|agree|allow|reject|decline|deny|refuse|i agree|i accept|got it|confirm|save|manage|customi[sz]e|only necessary"
    r"|akzeptieren|alle akzeptieren|ablehnen|zustimmen|accepter|tout accepter|refuser|tout refuser|aceptar|rechazar|accetta"
    r"|rifiuta|aceitar|rejeitar|accepteren|weigeren|godkänn|accepter alle|同意|接受|拒绝|すべて)"
)
_COPYRIGHT = re.compile(r"©|\(c\)\s*(?:19|20)\d\d|copyright|all rights reserved", re.IGNORECASE)
_DOMINANT = 0.9
_LEAST = 120.0
_NEVER_LEAF = frozenset("div section article main aside header footer form body center span td th".split())


@dataclass(slots=True)
class Weights:
    """Running sums over blocks: text is letters, prose is letters of running text, legal is policies' words."""

    text: list[int]
    links: list[int]
    prose: list[float]

    def of(self, first: int, last: int) -> tuple[int, int, float]:
        return self.text[last] - self.text[first], self.links[last] - self.links[first], self.prose[last] - self.prose[first]


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
    """The sums over the kept blocks."""
    text, links, weights = [0], [0], [0.0]
    for block, kept, weight in zip(page.blocks, keep, page.prose, strict=True):
        text.append(text[-1] + len(block.text) * kept)
        links.append(links[-1] + block.links * kept)
        weights.append(weights[-1] + weight * kept)
    return Weights(text, links, weights)


def choose(page: Page) -> bytearray:
    """One byte a block of the page: 1 where it belongs to the policy."""
    keep = bytearray(b"\1") * len(page.blocks)
    page.prose = [prose(block) for block in page.blocks]
    if not page.blocks:
        return keep
    _drop_furniture(page, keep)
    drop_doubles(page, keep)
    _descend(page, keep)
    _drop_buttons(page, keep)
    return keep


# -- what the markup calls furniture -----------------------------------------------------------------------------------


def _drop_furniture(page: Page, keep: bytearray) -> None:
    sums = weigh(page, keep)
    whole = sums.prose[-1] or 1.0
    overlays = sum(sums.of(b.first, b.last)[2] for b in _outermost(page, Part.OVERLAY))
    whole = max(whole - overlays, 1.0)
    index, boxes = 0, page.boxes
    while index < len(boxes):
        box = boxes[index]
        if box.part is not Part.PLAIN and box.first < box.last and _goes(page, box, sums, whole, keep):
            index = box.end
        else:
            index += 1


def _outermost(page: Page, part: Part) -> Iterator[Box]:
    index = 0
    while index < len(page.boxes):
        box = page.boxes[index]
        if box.part is part:
            yield box
            index = box.end
        else:
            index += 1


def _goes(page: Page, box: Box, sums: Weights, whole: float, keep: bytearray) -> bool:
    text, links, weight = sums.of(box.first, box.last)
    share = weight / whole
    if box.part is Part.OVERLAY:
        gone = share < 20.0
    elif box.part is Part.FURNITURE:
        gone = share < 0.5
    elif box.part is Part.HEAD:
        if share < 0.4 and sums.prose[box.first] < whole * 0.1:
            _keep_title(page, box.first, box.last, keep)
            return True
        gone = False
    elif box.part is Part.CONTENTS:
        gone = share < 0.2 and links > text * 0.4
    else:
        gone = share < 0.3 and (
            links > text * 0.5 or not _reads_like_policy(page, box.first, box.last) or _asks_consent(page, box)
        )
    if gone:
        # A footer of the article, or of a policy's generator, may have the only date there is.
        dated = [i for i in range(box.first, box.last) if box.part is Part.FURNITURE and _is_update_line(page.blocks[i])]
        _drop(keep, box.first, box.last)
        for index in dated:
            keep[index] = 1
    return gone


def _drop(keep: bytearray, first: int, last: int) -> None:
    keep[first:last] = bytes(last - first)


def _reads_like_policy(page: Page, first: int, last: int) -> bool:
    """Whether the running text among these blocks uses the words that policies use; a sentence or two must be all of it."""
    words = legal = 0
    for block in page.blocks[first:last]:
        if len(block.text) + 2 * block.foreign >= 30 and block.links * 2 < len(block.text):
            words += (len(block.text) + 2 * block.foreign) // 6
            legal += legal_words(block.text, block.foreign > 0)
    if words < 30:
        return legal >= 2 and legal * 8 >= words and last - first <= 3
    return legal >= 3 and legal * 25 >= words


def _asks_consent(page: Page, box: Box) -> bool:
    """Whether a part of the page is a consent dialog: about cookies, and with the buttons to choose."""
    text = " ".join(block.text for block in page.blocks[box.first : box.last])[:6000].casefold()
    if not any(word in text for word in ("cookie", "consent", "einwilligung", "tracking", "kakor", "cookies")):
        return False
    return any(
        len(said := "".join(button.itertext()).strip()) < 40 and _CHOICE.match(said.casefold())
        for button in box.element.iter("button", "a", "div", "span")
        if button.tag in ("button", "a") or button.get("role") == "button"
    )


def _keep_title(page: Page, first: int, last: int, keep: bytearray) -> None:
    """Of a head, only the title and what follows it and is no link or label: dates, an introduction."""
    titled = False
    for index in range(first, last):
        block = page.blocks[index]
        if block.links * 2 > len(block.text):
            keep[index] = 0
        elif _is_title(page, block):
            titled = True
        elif not (_is_date_line(block) or (titled and prose(block) >= 40)):
            keep[index] = 0


def _is_title(page: Page, block: Block) -> bool:
    """Whether the block is the page's title: an h1, or the first line that the <title> begins with or ends in."""
    if block.heading == 1:
        return True
    title, text = page.title.casefold(), block.text.casefold()
    return 4 <= len(text) < 120 and (title.startswith(text) or title.endswith(text)) and len(text) * 3 >= len(title)


# -- the way down ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Side:
    """A child of a box, or a stretch of text right inside it (box None)."""

    first: int
    last: int
    box: int | None


def _sides(page: Page, index: int) -> list[_Side]:
    boxes = page.boxes
    box = boxes[index]
    found: list[_Side] = []
    at, child = box.first, index + 1
    while child < box.end:
        inner = boxes[child]
        if inner.first > at:
            found.append(_Side(at, inner.first, None))
        if inner.last > inner.first:
            found.append(_Side(inner.first, inner.last, child))
        at, child = max(at, inner.last), inner.end
    if at < box.last:
        found.append(_Side(at, box.last, None))
    return found


def _descend(page: Page, keep: bytearray) -> None:
    sums = weigh(page, keep)
    if sums.prose[-1] < _LEAST:
        return  # hardly a sentence: nothing tells the parts apart
    todo = [0]
    while todo:
        index = todo.pop()
        sides = [side for side in _sides(page, index) if any(keep[side.first : side.last])]
        weights = [sums.of(side.first, side.last)[2] for side in sides]
        whole = sum(weights)
        if not whole:
            continue
        heaviest = max(range(len(sides)), key=weights.__getitem__)
        if weights[heaviest] >= _DOMINANT * whole:
            main = sides[heaviest]
            for place, side in enumerate(sides):
                if place != heaviest:
                    _judge_beside(page, side, main, place < heaviest, sums, keep)
            if main.box is not None:
                todo.append(main.box)
        else:
            _judge_parted(page, sides, weights, whole, sums, keep)
            todo.extend(side.box for side, weight in zip(sides, weights, strict=True) if side.box is not None and weight > whole * 0.25)


def _judge_beside(page: Page, side: _Side, main: _Side, before: bool, sums: Weights, keep: bytearray) -> None:
    """A side with a tenth of the weight at most, beside the one with the rest."""
    text, links, _ = sums.of(side.first, side.last)
    if side.box is None or page.boxes[side.box].tag not in _NEVER_LEAF:
        if links * 2 > text and text:
            _drop(keep, side.first, side.last)
        elif not before and _COPYRIGHT.search(page.blocks[side.first].text) and text < 200:
            _drop(keep, side.first, side.last)
        return
    if _same_kind(page, side, main) or (
        links * 3 < text and _reads_like_policy(page, side.first, side.last) and not _asks_consent(page, page.boxes[side.box])
    ):
        return
    if before:
        _keep_title(page, side.first, side.last, keep)
    else:
        dated = [i for i in range(side.first, side.last) if _is_date_line(page.blocks[i])]
        kept = [keep[i] for i in dated]
        _drop(keep, side.first, side.last)
        for i, was in zip(dated, kept, strict=True):
            keep[i] = was


def _is_date_line(block: Block) -> bool:
    text = block.text
    return len(text) < 100 and block.links * 2 <= len(text) and bool(_DATED.search(text)) and not _COPYRIGHT.search(text)


def _is_update_line(block: Block) -> bool:
    return tells_update(block.text) and _is_date_line(block)


def _same_kind(page: Page, side: _Side, main: _Side) -> bool:
    if side.box is None or main.box is None:
        return False
    one, other = page.boxes[side.box], page.boxes[main.box]
    names = one.element.get("class")
    return bool(names) and one.tag == other.tag and names == other.element.get("class")


def _judge_parted(page: Page, sides: list[_Side], weights: list[float], whole: float, sums: Weights, keep: bytearray) -> None:
    """Several sides share the weight: all from the first to the last of them stay, but for lists of links among them."""
    enough = min(whole * 0.02, max(weights) * 0.5)
    heavy = [i for i, weight in enumerate(weights) if weight >= enough]
    for place, side in enumerate(sides):
        text, links, weight = sums.of(side.first, side.last)
        leaf = side.box is None or page.boxes[side.box].tag not in _NEVER_LEAF
        if heavy[0] <= place <= heavy[-1]:
            if not leaf and links > text * 0.8 and side.last - side.first >= 3 and weight < whole * 0.01:
                _drop(keep, side.first, side.last)
        elif not leaf:
            if links * 2 > text:
                if place < heavy[0]:
                    _keep_title(page, side.first, side.last, keep)
                else:
                    _drop(keep, side.first, side.last)


def _drop_buttons(page: Page, keep: bytearray) -> None:
    for index, block in enumerate(page.blocks):
        if keep[index] and len(block.text) < 40 and block.cell is None and is_button(block.text):
            keep[index] = 0
