"""What the markup calls furniture, and what shows that it is: gone, unless too much of the page's weight is in it."""

from __future__ import annotations

import re

from policywatch.extraction.html.lines import ENUMERATOR
from policywatch.extraction.html.names import Part
from policywatch.extraction.html.page import Block, Box, Page
from policywatch.extraction.html.phrases import is_widget
from policywatch.extraction.html.vocabulary import (
    heads_contents,
    is_button,
    legal_words,
    opens_more,
    tells_copyright,
    tells_date,
    tells_update,
)
from policywatch.extraction.html.weights import Weights, prose, weigh

_PAGE = re.compile(r"^(?:\w+://[^/]+)?/(?!(?:\w\w(?:-\w\w)?|home|index\.\w+)?/?(?:[?#]|$))")  # below a site's first
_BRANDED = re.compile(r"\s+[|–—·:»-]\s+")  # between a page's name and its site's
_BUTTON = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.IGNORECASE)  # in classes or roles of links
_LARGEST_FORM = 1000
_FORM_SHARE = 0.15  # of the page's running text
_LARGEST_TEASER = 300
_BYLINES = 3  # blocks below a title among which the page may say what it is about
_ENTRY = 80  # letters from which on a line is no entry of a table of contents
_MANY_HOSTS = 8  # a footer's icons lead to fewer


def drop_furniture(page: Page, keep: bytearray) -> None:
    sums = weigh(page, keep)
    overlays = sum(sums.of(box.first, box.last)[2] for box in page.boxes if box.part == Part.OVERLAY)
    whole = max(sums.prose[-1] - overlays, 1.0)
    index, boxes = 0, page.boxes
    while index < len(boxes):
        box = boxes[index]
        if box.part != Part.PLAIN and box.first < box.last and _goes(page, box, sums, whole, keep):
            index = box.end
        else:
            index += 1


def drop_buttons(page: Page, keep: bytearray) -> None:
    """What only buttons say. A heading or an item may say the same for itself, unless what it was over is gone."""
    for index, block in enumerate(page.blocks):
        if not keep[index] or len(block.text) >= 40 or block.cell is not None:
            continue
        if not is_button(block.text) and (block.links or not opens_more(block.text)):
            continue
        followed = index + 1 < len(keep) and keep[index + 1]
        contents = heads_contents(block.text)
        if contents and followed:
            followed = not _opens_text(page.blocks[index + 1])  # its list was empty, or filled by a script
        heads = block.heading or block.bold or contents
        if not followed if heads else not block.level or block.links:
            keep[index] = 0


def _opens_text(block: Block) -> bool:
    """Whether a block is running text, or a heading over it, and no entry of a list."""
    return not block.level and not block.links and (block.bold or block.heading > 0 or len(block.text) >= _ENTRY)


def drop(keep: bytearray, first: int, last: int) -> None:
    keep[first:last] = bytes(last - first)


def _goes(page: Page, box: Box, sums: Weights, whole: float, keep: bytearray) -> bool:
    text, links, weight = sums.of(box.first, box.last)
    share = weight / whole
    if box.part == Part.HEAD:
        # Only at the page's top: further down a header is a section's own.
        gone = share < 0.4 and sums.prose[box.first] < whole * 0.1
        if gone:
            keep_title(page, box.first, box.last, keep)
        return gone
    if box.part == Part.OVERLAY:
        gone = share < 20.0
    elif box.part == Part.FURNITURE:
        gone = share < 0.5
    elif box.part == Part.CONTENTS:
        gone = share < 0.2 and links > text * 0.4
    else:
        asks = _is_small_form(page, box, text, share)
        if asks:
            page.settled.update(range(box.first, box.last))
        gone = asks or (share < 0.3 and _is_beside(page, box, sums, whole))
    if gone:
        # A footer of the article, or of a policy's generator, may have the only date there is.
        furniture = box.part == Part.FURNITURE
        drop_but_updates(page, box.first, box.last, keep) if furniture else drop(keep, box.first, box.last)
    return gone


def drop_but_updates(page: Page, first: int, last: int, keep: bytearray) -> None:
    """Drop blocks but for lines that say when the text was updated."""
    for index in range(first, last):
        block = page.blocks[index]
        keep[index] = keep[index] and is_date_line(block) and tells_update(block.text)


def _is_small_form(page: Page, box: Box, text: int, share: float) -> bool:
    """Whether this is something to fill in beside a policy: what it asks to agree to reads like one.

    Long forms, and those with headings, hold what is to be read before it is accepted.
    """
    return (
        box.tag == "form"
        and share < _FORM_SHARE
        and text < _LARGEST_FORM
        and next(box.element.iter("label", "button"), None) is not None
        and not any(block.heading for block in page.blocks[box.first : box.last])
    )


def _is_beside(page: Page, box: Box, sums: Weights, whole: float) -> bool:
    """Whether what is named after a tool, a sidebar or a promotion is one, and not a part of the text."""
    text, links, _ = sums.of(box.first, box.last)
    if links * 2 > text:
        return True
    if reads_like_policy(page, box.first, box.last):
        return False
    if box.part == Part.TOOL or box.hidden or box.tag == "aside" or is_operated(box) or links * 4 > text:
        return True
    if box.element.get("role") == "alert" and sums.prose[box.first] > whole * 0.3:
        return not _tells(page, box)
    return _is_teaser(page, box, text) or not any(block.heading for block in page.blocks[box.first : box.last])


def _tells(page: Page, box: Box) -> bool:
    """Whether all of a part is sentences, without a link: a note in the text that is set off in a frame."""
    return all(not block.links and prose(block) == len(block.text) for block in page.blocks[box.first : box.last])


def _is_teaser(page: Page, box: Box, text: int) -> bool:
    """Whether a few lines end with a link to follow, and none of their words is a policy's."""
    blocks = page.blocks[box.first : box.last]
    last = blocks[-1]
    if text >= _LARGEST_TEASER or last.links * 5 < len(last.text) * 4 or "@" in last.text:
        return False
    return not any(legal_words(block.text, block.foreign > 0) for block in blocks)


def is_operated(box: Box) -> bool:
    """Whether there is something to fill in or to press; links that look like buttons are pressed too."""
    return any(
        element.tag != "a" or _BUTTON.search(f"{element.get('class') or ''} {element.get('role') or ''}")
        for element in box.element.iter("form", "button", "a")
    )


def reads_like_policy(page: Page, first: int, last: int) -> bool:
    """Whether the running text among these blocks uses policies' words; a sentence or two must be all of it."""
    words = legal = 0
    for block in page.blocks[first:last]:
        if len(block.text) + 2 * block.foreign >= 30 and block.links * 2 < len(block.text):
            words += (len(block.text) + 2 * block.foreign) // 6
            legal += legal_words(block.text, block.foreign > 0)
    if words < 30:
        return legal >= 2 and legal * 8 >= words and last - first <= 3
    return legal >= 3 and legal * 25 >= words


def is_foot(page: Page, first: int, last: int, text: int, links: int) -> bool:
    """Whether a part beside the policy ends a site: many links, a copyright, no address to write to."""
    blocks = page.blocks[first:last]
    if sum(block.links * 2 > len(block.text) for block in blocks) >= 3:
        return not _lists_others(blocks)
    if any("@" in block.text for block in blocks):
        return False
    return links * 5 > text or any(tells_copyright(block.text) for block in blocks)


def _lists_others(blocks: list[Block]) -> bool:
    """Whether links lead to many sites: a list of vendors or partners, which belongs to the text."""
    hosts = {
        href.split("/", 3)[2] for block in blocks for _, href, _ in block.runs if href.count("/") > 1 and ":" in href
    }
    return len(hosts) >= _MANY_HOSTS


def is_date_line(block: Block) -> bool:
    """Whether a block tells a date, or is the label of one; links with dates lead to other versions."""
    size = len(block.text)
    if size >= 100 or not tells_date(block.text):
        return False
    told = tells_update(block.text)
    return block.links * 10 <= size * (9 if told else 5) and (told or size < 30 or any(map(str.isdigit, block.text)))


def keep_title(page: Page, first: int, last: int, keep: bytearray) -> None:
    """Of a head, only the title and what follows it and is no link or label: dates, an introduction."""
    title = -1
    for index in range(first, last):
        block = page.blocks[index]
        titled = title >= 0
        if block.links * 2 > len(block.text):
            if linked := _is_linked_title(page, block):
                title = index
            keep[index] = keep[index] and (linked or is_date_line(block))
        elif _is_title(page, block):
            title = index
        elif titled and index - title <= _BYLINES and prose(block) < 40 and _subtitles(block):
            title -= _BYLINES  # there is one such line
        elif not (is_date_line(block) or (titled and prose(block) >= 40) or ENUMERATOR.fullmatch(block.text)):
            keep[index] = 0


def _subtitles(block: Block) -> bool:
    """Whether a line below the title says what the page is about, in words that policies like to use."""
    words = len(block.text.split())
    if words < 4 or (words > 14 and not block.heading) or is_widget(block.text):
        return False
    return legal_words(block.text, block.foreign > 0) > 0


def _is_linked_title(page: Page, block: Block) -> bool:
    """Whether a heading links to its own page, with which the <title> begins, and not to the site's first."""
    if block.heading != page.top_heading or not page.title.casefold().startswith(block.text.casefold()):
        return False
    href = next((href for _, href, _ in block.runs if href), "")
    return legal_words(block.text, block.foreign > 0) > 0 or _PAGE.search(href) is not None


def _is_brand(page: Page, block: Block) -> bool:
    """Whether a heading is the site's name: the <title> ends with it, and begins with another heading of the page."""
    parts = [part.casefold() for part in _BRANDED.split(page.title)]
    if len(parts) < 2 or parts[-1] != block.text.casefold():
        return False
    return any(other.heading and other.text.casefold().startswith(parts[0]) for other in page.blocks)


def _is_title(page: Page, block: Block) -> bool:
    """Whether the block is the page's title: its highest heading, or a line that the <title> begins or ends with."""
    if block.heading == page.top_heading and not is_button(block.text):
        return not _is_brand(page, block)
    title, text = page.title.casefold(), block.text.casefold()
    if page.top_heading > 1 and 8 <= len(text) < 80 and text[-1] not in ".:," and legal_words(text, block.foreign > 0):
        return True  # on a page that doesn't mark its title
    return 4 <= len(text) < 120 and (title.startswith(text) or title.endswith(text)) and len(text) * 3 >= len(title)
