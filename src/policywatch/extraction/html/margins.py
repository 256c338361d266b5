"""What stands among the chosen blocks and is not the text: lists of its headings, links beside it, words of widgets.

Names and markup told the rest before; what is left shows by what it says and where it stands.
"""

from __future__ import annotations

import re

from policywatch.extraction import dates
from policywatch.extraction.html.lines import ENUMERATOR
from policywatch.extraction.html.page import BREAK, Block, Page, opens_entry
from policywatch.extraction.html.phrases import (
    heads_links,
    invites,
    is_language,
    is_widget,
    pieces_of,
    shares,
    starts_path,
)
from policywatch.extraction.html.vocabulary import heads_contents, is_button, legal_words, tells_update

_SAID = re.compile(r"[^\W_]|[✓✔✗✘☐☑☒]")
_SLOTS = frozenset("Advertisement Advertisements Sponsored Anzeige Publicité Publicidad Advertentie 広告 广告".split())
_STEPS = re.compile(r"[/›»>→·|\\]| - ")  # of a path
_LABEL = 100  # letters of a line that may be a label
_LEAD = 14  # blocks among which a page's head ends
_RUNNING = 60.0  # weight of a block from which on it is running text
_FEWEST = 3  # entries of a table of contents
_OUTLINE = 5  # of one that stands in running text


def drop_margins(page: Page, keep: bytearray) -> None:
    """Take out what a page says around its text, also where nothing parts the two."""
    kept = [index for index, chosen in enumerate(keep) if chosen]
    lead = _lead(page, kept)
    _drop_above_title(page, keep, kept, lead)
    _drop_contents(page, keep, kept, lead)
    _drop_lists_of_links(page, keep, kept)
    _drop_links_above(page, keep, kept[:lead])
    _drop_languages(page, keep, kept)
    for index in reversed(kept):
        block = page.blocks[index]
        if not keep[index] or block.cell is not None or (len(block.text) == 1 and opens_entry(page, index)):
            continue
        if len(block.text) < _LABEL:
            followed = index + 1 < len(keep) and keep[index + 1]
            keep[index] = not (_is_machinery(block) or (not followed and heads_links(block.text)))
        if keep[index] and not (block.text[0].isalnum() or _SAID.search(block.text)):
            keep[index] = 0  # a rule, or a picture drawn in punctuation


def _lead(page: Page, kept: list[int]) -> int:
    """How many of the kept blocks stand before the first running text; none where there is none soon."""
    for place, index in enumerate(kept[: _LEAD * 4]):
        if page.prose[index] >= _RUNNING:
            return place
    return 0


def _drop_above_title(page: Page, keep: bytearray, kept: list[int], lead: int) -> None:
    """What stands over the title and is no date, no number and no running text: slogans, names, telephone numbers."""
    rank = min((page.blocks[index].heading for index in kept if page.blocks[index].heading), default=0)
    tops = [index for index in kept if page.blocks[index].heading == rank] if rank else []
    if rank == 1:
        title = next((index for index in tops if len(tops) == 1 or _is_named(page, page.blocks[index])), -1)
    else:
        title = next((index for index in tops if _is_called(page, page.blocks[index])), -1)
    for index in kept[: kept.index(title)] if title in kept[:lead] else ():
        text = page.blocks[index].text
        told = tells_update(text) or dates.is_line(text) or ENUMERATOR.fullmatch(text) is not None
        keep[index] = told or page.blocks[index].cell is not None


def _is_named(page: Page, block: Block) -> bool:
    """Whether a heading is called as policies are, or as the page is."""
    return legal_words(block.text, block.foreign > 0) > 0 or block.text.casefold() in page.title.casefold()


def _is_called(page: Page, block: Block) -> bool:
    """Whether a heading that is not marked as the page's title says what the <title> says first, or all of it."""
    name, title = _letters(block.text), _letters(page.title)
    return len(name) >= 4 and legal_words(block.text, block.foreign > 0) > 0 and title.startswith(name)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


# -- tables of contents ------------------------------------------------------------------------------------------------


def _drop_contents(page: Page, keep: bytearray, kept: list[int], lead: int) -> None:
    """Runs of short lines each of which stands again further down, over a text of its own."""
    names = [_short_name(page.blocks[index]) for index in kept]
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        if name is not None:
            places.setdefault(name, []).append(place)
    if len(places) == len(names) - names.count(None):
        return  # nothing stands here twice
    ranks = _ranked(page, kept)
    place = 0
    while place < len(kept):
        end, name = place, names[place]
        if name is not None and len(places[name]) > 1:
            end = _contents_end(names, places, place)
        if end - place >= _FEWEST:
            labelled = place > 0 and heads_contents(page.blocks[kept[place - 1]].text)
            listed = kept[place:end]
            outline = _outlines(page, listed, end, ranks) and _is_whole_list(page, kept, place, end)
            if not (labelled or place < lead or _leads_within(page, listed) or outline):
                end = place
            for index in kept[place - labelled : end]:
                keep[index] = 0
        place = max(end, place + 1)


def _contents_end(names: list[str | None], places: dict[str, list[int]], begin: int) -> int:
    """Where the table of contents ends that begins here; ``begin`` if there is none."""
    last, end, missed = -1, begin, 0
    found: list[int] = []
    for place in range(begin, len(names)):
        name = names[place]
        if name is None:
            break
        later = [other for other in places[name] if other > max(last, place)]
        if later:
            last, end = later[0], place + 1
            found.append(last)
        else:
            missed += 1
            if missed > 1 + len(found) // 4:
                break
    spread = len(found) > 1 and found[-1] - found[0] >= len(found) * 1.5
    return end if spread and found[0] >= end else begin


def _short_name(block: Block) -> str | None:
    """The name of a line that may be an entry; None for a longer text, and for a cell."""
    return _name(block) if len(block.text) < _LABEL and block.cell is None else None


def _name(block: Block) -> str:
    text = block.text.casefold()
    number = ENUMERATOR.match(text)
    return text[number.end() if number else 0 :].strip(" .:")


def _leads_within(page: Page, indexes: list[int]) -> bool:
    """Whether these are links within the page."""
    within = sum(any("#" in href for _, href, _ in page.blocks[index].runs if href) for index in indexes)
    return within * 2 > len(indexes)


def _outlines(page: Page, listed: list[int], end: int, ranks: dict[int, dict[str, int]]) -> bool:
    """Whether these lines are practically all headings of one rank behind ``end``, not only a section's."""
    if len(listed) < _OUTLINE or any(page.blocks[index].heading for index in listed):
        return False
    names = {_name(page.blocks[index]) for index in listed}
    return any(
        sum(last.get(name, -1) >= end for name in names) >= max(_OUTLINE, len(last) * 0.8, len(listed) * 0.8)
        for last in ranks.values()
    )


def _is_whole_list(page: Page, kept: list[int], place: int, end: int) -> bool:
    """Whether no item beside these lines is of the same list."""

    def inside(at: int) -> int:
        block = page.blocks[kept[at]]
        return page.boxes[block.box].parent if block.level else -1

    before = place > 0 and inside(place - 1) >= 0 and inside(place - 1) == inside(place)
    return not before and not (end < len(kept) and inside(end) >= 0 and inside(end) == inside(end - 1))


def _ranked(page: Page, kept: list[int]) -> dict[int, dict[str, int]]:
    """The headings of each rank: their names, and where among the kept blocks each stands last."""
    ranks: dict[int, dict[str, int]] = {}
    for place, index in enumerate(kept):
        if rank := page.blocks[index].heading:
            ranks.setdefault(rank, {})[_name(page.blocks[index])] = place
    return ranks


# -- links -------------------------------------------------------------------------------------------------------------


def _drop_lists_of_links(page: Page, keep: bytearray, kept: list[int]) -> None:
    """Links to other articles and to earlier versions, with the line that stands over them."""
    for place, index in enumerate(kept):
        block = page.blocks[index]
        if len(block.text) >= _LABEL or block.cell is not None or not heads_links(block.text):
            continue
        end = place + 1
        while end < len(kept) and _is_link(page.blocks[kept[end]]):
            end += 1
        if end > place + 1 or (_is_link(block) and not block.heading):
            for gone in kept[place:end]:
                keep[gone] = 0


def _drop_links_above(page: Page, keep: bytearray, lead: list[int]) -> None:
    """Paths, pickers and buttons over the text: what is mostly a link there and tells no date."""
    path = -1  # the list that a path is in
    for index in lead:
        block = page.blocks[index]
        inside = page.boxes[block.box].parent
        if block.cell is None and starts_path(block.text) and (block.links or _ends_path(page, block.text)):
            keep[index] = 0
            path = inside if block.level else -1
        elif block.level and inside == path:
            keep[index] = 0
        elif not block.heading and block.cell is None and block.links * 2 > len(block.text) and "@" not in block.text:
            keep[index] = keep[index] and tells_update(block.text)
        elif block.links and not block.heading and _announces(block):
            keep[index] = 0


def _ends_path(page: Page, text: str) -> bool:
    """Whether a path ends with the page that it leads to, all of it shown without links."""
    parts = [part.strip() for part in _STEPS.split(text)]
    return len(parts) > 1 and len(parts[-1]) > 3 and parts[-1].casefold() in page.title.casefold()


def _announces(block: Block) -> bool:
    """Whether a line over the text ends with a link to something else: "New: Lumen 4. Read the announcement"."""
    href = next((target for text, target, _ in reversed(block.runs) if text.strip(" \n\t.!→›")), "")
    label = "".join(text for text, target, _ in block.runs if target == href)
    return href != "" and block.cell is None and invites(label) and not legal_words(block.text, block.foreign > 0)


def _drop_languages(page: Page, keep: bytearray, kept: list[int]) -> None:
    """Links to the page in other languages, one below the other."""
    names = [page.blocks[index].links > 0 and is_language(page.blocks[index].text.casefold()) for index in kept]
    for place, index in enumerate(kept):
        if names[place] and any([*names[max(place - 1, 0) : place], *names[place + 1 : place + 2]]):
            keep[index] = 0


def _is_link(block: Block) -> bool:
    return block.links * 5 >= len(block.text) * 4 and "@" not in block.text and block.cell is None


# -- words of widgets --------------------------------------------------------------------------------------------------


def _is_machinery(block: Block) -> bool:
    """Whether a short line is only what widgets say: one of their phrases, or a row of their labels."""
    if is_widget(block.text) or (block.text in _SLOTS and not block.level and not block.bold):
        return not block.heading
    if not block.links or block.heading:
        return False
    pieces = [piece for text, _, _ in block.runs if text != BREAK for piece in pieces_of(" ".join(text.split()))]
    return len(pieces) > 1 and (
        all(is_button(piece) or shares(piece) for piece in pieces) or all(map(is_language, pieces))
    )
