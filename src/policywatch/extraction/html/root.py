"""Which of the page's blocks are the policy.

Every block is weighed by how much it reads like running text, every box by its blocks. What the markup calls furniture
goes, and so do doubles. Then the way leads from the body down to where the weight parts: at every step a side that has
next to none of it goes too, unless it is the title, a date, or reads like the policy itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from policywatch.extraction.html.doubles import drop_doubles
from policywatch.extraction.html.furniture import (
    drop,
    drop_but_updates,
    drop_buttons,
    drop_furniture,
    is_foot,
    is_operated,
    keep_title,
    reads_like_policy,
)
from policywatch.extraction.html.lines import ENUMERATOR
from policywatch.extraction.html.margins import drop_margins
from policywatch.extraction.html.names import Part
from policywatch.extraction.html.page import Block, Page
from policywatch.extraction.html.phrases import is_consent_notice, offers
from policywatch.extraction.html.tables import holds_entries
from policywatch.extraction.html.vocabulary import asks_feedback, legal_words, tells_copyright
from policywatch.extraction.html.weights import Weights, prose, weigh
from policywatch.extraction.html.widgets import drop_comments, drop_consent, drop_feedback, drop_subscription

_DOMINANT = 0.9  # of the weight of a box: one of its children has practically all of it
_BANNER = 300  # letters of a banner above the policy
_LEAST = 120.0  # letters of running text without which nothing tells a page's parts apart
# What wraps parts of a page. Anything else is part of a text's flow: a paragraph, a heading, a list, a table.
_WRAPPERS = frozenset("div section article main aside header footer form body center span td th".split())


def choose(page: Page) -> bytearray:
    """One byte a block of the page: 1 where it belongs to the policy."""
    keep = bytearray(b"\1") * len(page.blocks)
    page.top_heading = min((block.heading for block in page.blocks if block.heading), default=1)
    page.prose = [prose(block) for block in page.blocks]
    if page.blocks:
        drop_furniture(page, keep)
        if _is_nearly_all_gone(page, keep):
            keep[:] = b"\1" * len(keep)  # the names on this page mean something else
        drop_consent(page, keep)
        drop_feedback(page, keep)
        drop_comments(page, keep)
        drop_subscription(page, keep)
        drop_doubles(page, keep)
        _descend(page, keep)
        drop_margins(page, keep)
        drop_buttons(page, keep)
    return keep


def _is_nearly_all_gone(page: Page, keep: bytearray) -> bool:
    left = sum(weight for weight, kept in zip(page.prose, keep, strict=True) if kept)
    if left >= _LEAST:
        return False
    consent = bytearray(len(keep))
    for box in page.boxes:
        if box.part == Part.OVERLAY:
            consent[box.first : box.last] = b"\1" * (box.last - box.first)
    own = sum(weight for weight, other in zip(page.prose, consent, strict=True) if not other)
    return left < own * 0.15 or not left


@dataclass(slots=True)
class _Side:
    """A child of a box, or a stretch of text right inside it (box -1)."""

    first: int
    last: int
    box: int
    text: int = 0
    links: int = 0
    weight: float = 0.0


def _descend(page: Page, keep: bytearray) -> None:
    sums = weigh(page, keep)
    if sums.prose[-1] < _LEAST:
        return
    todo = [(0, False)]  # a box, and whether it is a part of the policy already
    while todo:
        index, inside = todo.pop()
        sides = [side for side in _sides(page, index, sums) if side.text]
        whole = sum(side.weight for side in sides)
        if not whole:
            continue
        if page.boxes[index].tag == "table" and holds_entries(page, index):
            continue  # a column of links, or of names, is as much of it as the others
        main = max(sides, key=lambda side: side.weight)
        if main.weight >= _DOMINANT * whole:
            at = sides.index(main)
            for side in sides[:at]:
                if not inside:
                    _judge_above(page, side, main, keep)
            for side in sides[at + 1 :]:
                _judge_below(page, side, main, inside, keep)
            todo += [(main.box, inside)] * (main.box >= 0)
        else:
            _judge_parted(page, sides, whole, keep)
            todo += [(side.box, True) for side in sides if side.box >= 0 and side.weight > whole * 0.25]


def _sides(page: Page, index: int, sums: Weights) -> list[_Side]:
    boxes = page.boxes
    box = boxes[index]
    found: list[_Side] = []
    at, child = box.first, index + 1
    while child < box.end:
        inner = boxes[child]
        if inner.first > at:
            found.append(_Side(at, inner.first, -1))
        if inner.last > inner.first:
            found.append(_Side(inner.first, inner.last, child))
        at, child = max(at, inner.last), inner.end
    if at < box.last:
        found.append(_Side(at, box.last, -1))
    for side in found:
        side.text, side.links, side.weight = sums.of(side.first, side.last)
    return found


def _judge_above(page: Page, side: _Side, main: _Side, keep: bytearray) -> None:
    """A side with a tenth of the weight at most, in front of the one with the rest."""
    if not _is_wrapper(page, side):
        if side.links * 2 > side.text:
            drop(keep, side.first, side.last)
    elif _is_notice(page, side) or not _is_more_of(page, side, main):
        keep_title(page, side.first, side.last, keep)


def _judge_below(page: Page, side: _Side, main: _Side, inside: bool, keep: bytearray) -> None:
    """A side with a tenth of the weight at most, behind the one with the rest; ``inside``: both are in the policy."""
    if not _is_wrapper(page, side):
        copyright_line = side.text < 200 and tells_copyright(page.blocks[side.first].text)
        if not inside and (side.links * 2 > side.text or copyright_line):
            drop(keep, side.first, side.last)
    elif _is_numbered(page, side) or (not _tells_of_cookies(page, side, keep) and _is_more_of(page, side, main)):
        return
    elif _tells_of_cookies(page, side, keep):
        drop(keep, side.first, side.last)
    elif all(block.heading for block in page.blocks[side.first : side.last]):
        drop(keep, side.first, side.last)  # over something that a script would have put there
    elif (
        is_foot(page, side.first, side.last, side.text, side.links)
        or _is_operated(page, side)
        or _is_column(page, side, main)
        or _asks(page, side)
    ):
        drop_but_updates(page, side.first, side.last, keep)


def _is_notice(page: Page, side: _Side) -> bool:
    """Whether a part above the policy is a banner: a line or two, over the title, that have no title themselves."""
    blocks = page.blocks[side.first : side.last]
    over_title = any(block.heading == page.top_heading for block in page.blocks[side.last :])
    return over_title and side.text < _BANNER and len(blocks) <= 3 and not any(block.heading for block in blocks)


def _tells_of_cookies(page: Page, side: _Side, keep: bytearray) -> bool:
    """Whether a part beside the policy is a consent banner that has no buttons, or not those that are known."""
    blocks = [page.blocks[index] for index in range(side.first, side.last) if keep[index]]
    return side.text < _BANNER * 2 and len(blocks) <= 6 and any(is_consent_notice(block.text) for block in blocks)


def _manner(page: Page, side: _Side) -> tuple[str, int]:
    """How a side begins: its tag, and the rank of the heading that comes first; 0 without."""
    return (page.boxes[side.box].tag if side.box >= 0 else "", page.blocks[side.first].heading)


def _is_section(page: Page, side: _Side, manners: Counter[tuple[str, int]]) -> bool:
    """Whether the side is a section among sections: it begins as others do, with a heading of their rank."""
    manner = _manner(page, side)
    return (manner[1] > 0 and manners[manner] > 3) or _is_numbered(page, side)


def _is_operated(page: Page, side: _Side) -> bool:
    """Whether there is something to press in a side, other than the answers to a question that is gone already."""
    if not page.settled.isdisjoint(range(side.first, side.last)):
        return False
    return is_operated(page.boxes[side.box]) or any(map(_offers, page.blocks[side.first : side.last]))


def _offers(block: Block) -> bool:
    """Whether a line is a link to sign up or the like, and not to a policy."""
    if block.heading or block.links * 10 < len(block.text) * 9:
        return False
    return offers(block.text) and not legal_words(block.text, block.foreign > 0)


def _is_column(page: Page, side: _Side, main: _Side) -> bool:
    """Whether both are columns that a table makes of the page."""
    one, other = page.boxes[side.box], page.boxes[main.box]
    return side.box >= 0 and main.box >= 0 and one.tag == other.tag == "td" and one.parent == other.parent


def _is_numbered(page: Page, side: _Side) -> bool:
    """Whether the side begins with a heading that has a number."""
    block = page.blocks[side.first]
    return block.heading > 0 and (block.number != "" or ENUMERATOR.match(block.text) is not None)


def _is_more_of(page: Page, side: _Side, main: _Side) -> bool:
    """Whether a side is built like the one with the policy, or reads like policy itself."""
    if _asks(page, side):
        return False
    return _are_alike(page, side, main) or (
        side.links * 3 < side.text and reads_like_policy(page, side.first, side.last)
    )


def _asks(page: Page, side: _Side) -> bool:
    """Whether a part is there for a form that is gone already: builders make all parts of a page alike."""
    if page.settled.isdisjoint(range(side.first, side.last)) or side.box < 0:
        return False
    if next(page.boxes[side.box].element.iter("form"), None) is None:
        return False
    return not any(
        asks_feedback(block.text)
        if index in page.settled
        else "@" in block.text or legal_words(block.text, block.foreign > 0)
        for index, block in enumerate(page.blocks[side.first : side.last], side.first)
    )


def _judge_parted(page: Page, sides: list[_Side], whole: float, keep: bytearray) -> None:
    """Several sides share the weight: what lies between the first and the last of them stays, but lists of links."""
    enough = min(whole * 0.02, max(side.weight for side in sides) * 0.5)
    heavy = [place for place, side in enumerate(sides) if side.weight >= enough]
    first, last = _policy_range(page, sides, whole)
    manners = Counter(_manner(page, side) for side in sides)
    for place, side in enumerate(sides):
        if not _is_wrapper(page, side) or _is_section(page, side, manners):
            continue
        outermost = place in (0, len(sides) - 1) and (is_operated(page.boxes[side.box]) or _is_notice(page, side))
        if outermost and _tells_of_cookies(page, side, keep):
            drop(keep, side.first, side.last)
        elif heavy[0] <= place <= heavy[-1]:
            listing = side.links > side.text * 0.8 and side.last - side.first >= 3 and side.weight < whole * 0.01
            if listing or (not first <= place <= last and _ends_site(page, side, sides[first : last + 1])):
                drop(keep, side.first, side.last)
        elif _tells_of_cookies(page, side, keep):
            drop(keep, side.first, side.last)
        elif place < heavy[0]:
            if side.links * 2 > side.text:
                keep_title(page, side.first, side.last, keep)
        elif (
            is_foot(page, side.first, side.last, side.text, side.links)
            if side.links * 2 > side.text
            else (_is_operated(page, side) and not _is_more_of(page, side, sides[heavy[-1]]))
        ):
            drop_but_updates(page, side.first, side.last, keep)


def _policy_range(page: Page, sides: list[_Side], whole: float) -> tuple[int, int]:
    """The first and the last side that read like policy; all of them where none does."""

    def is_policy(side: _Side) -> bool:
        return side.weight >= whole * 0.25 or reads_like_policy(page, side.first, side.last)

    first = next((place for place, side in enumerate(sides) if is_policy(side)), 0)
    last = next((place for place in range(len(sides) - 1, first, -1) if is_policy(sides[place])), first)
    return (first, last) if last > first or is_policy(sides[first]) else (0, len(sides) - 1)


def _ends_site(page: Page, side: _Side, policy: list[_Side]) -> bool:
    return is_foot(page, side.first, side.last, side.text, side.links) and not any(
        _are_alike(page, side, other) for other in policy
    )


def _is_wrapper(page: Page, side: _Side) -> bool:
    return side.box >= 0 and page.boxes[side.box].tag in _WRAPPERS


def _are_alike(page: Page, side: _Side, other: _Side) -> bool:
    """Whether two sides are built alike: by tag and classes they are sections of one text."""
    if side.box < 0 or other.box < 0:
        return False
    one, two = page.boxes[side.box], page.boxes[other.box]
    names = one.element.get("class")
    return bool(names) and one.tag == two.tag and names == two.element.get("class")
