"""One walk over the element tree: block elements become boxes, the text between their boundaries becomes blocks."""

from __future__ import annotations

import re

from lxml import etree

from policywatch.extraction.html import elements
from policywatch.extraction.html.elements import BLOCK, BOLD, BUTTON, CODES, INLINE, INLINE_CODES, LINE, LINK, SKIP
from policywatch.extraction.html.lines import lines, set_apart
from policywatch.extraction.html.links import mail_in, protected_mail
from policywatch.extraction.html.lists import ListState, count, level_in, opened
from policywatch.extraction.html.names import Part, part_of, part_of_id
from policywatch.extraction.html.page import BLANK, BREAK, Block, Box, Page, Run, Table, seen, sentences_apart
from policywatch.extraction.html.styles import Look, generated_marker
from policywatch.extraction.html.tree import length_of, text_of
from policywatch.extraction.html.versions import Versions
from policywatch.extraction.html.vocabulary import is_consent_button, tells_update

_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_STOPS = frozenset(".!?")
_TELLING = frozenset(("role", "data-cfemail", "data-as", "for"))
# Of the page's letters, the most that a part called furniture may have for it not even to be looked at.
# A page has something besides its furniture; where next to nothing is left, the names mean something else.
_MOST_FURNITURE = 0.8  # of the letters
_LONGEST_LINK = 300  # letters; a longer one was never closed
_LEAST_LEFT = 300.0  # letters
_SMALL = {Part.FURNITURE: 0.25, Part.OVERLAY: 0.6}

_State = tuple[str, int, int, bool, bool, tuple[int, int, int] | None, int]


def walk(body: etree._Element, page: Page, *, everything: bool = False) -> Page:
    """Fill the page with the boxes and blocks of ``body``; ``everything``: furniture that is small against it, too."""
    letters = 0.0 if everything else length_of(body)
    walker = _Walker(page, letters, None if everything else Versions())
    walker.walk(body)
    own = letters - walker.overlaid
    if walker.skipped > own * _MOST_FURNITURE and own - walker.skipped < _LEAST_LEFT:
        page.boxes, page.blocks, page.tables, page.choices = [], [], {}, []
        _Walker(page, 0.0, walker.versions).walk(body)
    return page


class _Walker:
    """Where the walk is. What an element changes is put back at its end."""

    def __init__(self, page: Page, letters: float, versions: Versions | None) -> None:
        self.page = page
        self.letters = letters
        self.versions = versions  # None: whatever is there was asked for
        self.skipped = 0.0  # of them, in furniture
        self.overlaid = 0.0  # in consent dialogs, which are no part of the page
        self.runs: list[Run] = []
        self.broken = False  # a forced line break is in runs
        self.box = -1
        self.href = ""
        self.bold = 0
        self.heading = 0
        self.toggle = False
        self.pre = False
        self.cell: tuple[int, int, int] | None = None
        self.table = -1
        self.lists: list[ListState] = []
        self.item: tuple[int, str, str, bool] | None = None  # level, marker, number, sole: waits for its first block
        self.labels: dict[str, str] = {}  # of tabs

    def walk(self, body: etree._Element) -> None:
        walker = etree.iterwalk(body, events=("start", "end"))
        undo: list[tuple[int, _State | None]] = []
        code_of = CODES.get
        # The loop is the hot path of extraction: bare elements are handled here, the rest in methods.
        for event, element in walker:
            if event == "start":
                code = code_of(element.tag, INLINE)
                state: _State | None = None
                if code == LINE:
                    self.runs.append((BREAK, "", 0))
                    self.broken = True
                elif own := element.items():
                    code, state = self._start(element, code, dict(own))
                elif code == BOLD:
                    self.bold += 1
                elif code == BLOCK:
                    code = self._bare(element)
                elif code:
                    code, state = self._start(element, code, {})
                if code == SKIP:
                    walker.skip_subtree()
                    undo.append((INLINE, None))
                    continue
                undo.append((code, state))
                if (text := element.text) and (self.runs or not text.isspace()):
                    self.runs.append((text, self.href, self.bold))
            else:
                code, state = undo.pop()
                if code:
                    self._end(code, state)
                if (tail := element.tail) and undo and (self.runs or not tail.isspace()):
                    self.runs.append((tail, self.href, self.bold))

    # -- elements ------------------------------------------------------------------------------------------------------

    def _bare(self, element: etree._Element) -> int:
        """A block element without attributes."""
        part = part_of(element.tag, "", "")
        if part <= Part.FURNITURE and self._is_small(element, part):
            self.flush()
            return SKIP
        self._box(element, part, False)
        return BLOCK

    def _start(self, element: etree._Element, code: int, attributes: dict[str, str]) -> tuple[int, _State | None]:
        look = elements.look_of(attributes) if attributes else 0
        if look or code == BUTTON or not _TELLING.isdisjoint(attributes):
            shown = self._shown(element, code, look, attributes)
            if shown == SKIP:
                self._pass_over(element, code)
                return SKIP, None
            code = shown
        elif code == INLINE:
            return INLINE, None
        state = (self.href, self.bold, self.heading, self.toggle, self.pre, self.cell, self.table)
        if look & (Look.BOLD | Look.PREFORMATTED):
            self.bold += look & Look.BOLD != 0
            self.pre = self.broken = self.pre or look & Look.PREFORMATTED != 0
        if code not in INLINE_CODES:
            code = self._open(element, code, look, attributes)
            if code != SKIP and (style := attributes.get("style")) and (marker := generated_marker(style)):
                self.runs.append((f"{marker} ", "", 0))
            return code, state
        if code == LINK:
            code = self._link(element, attributes)
        elif code == BOLD:
            self.bold += 1
        elif code == elements.IMAGE and _MAIL.fullmatch(attributes.get("alt", "")):
            self.runs.append((attributes["alt"], "", 0))
        return code, state

    def _pass_over(self, element: etree._Element, code: int) -> None:
        """Leave out an element that has none of the text; a block still parts what is around it."""
        if code == BUTTON and is_consent_button(text_of(element).strip()):
            self.page.choices.append(self.box)
        elif code not in INLINE_CODES and code != BUTTON:
            self.flush()

    def _shown(self, element: etree._Element, code: int, look: int, attributes: dict[str, str]) -> int:
        """What the element is with its attributes considered."""
        hiding = Look.UNSHOWN | Look.ICON | Look.SPOKEN | Look.HIDDEN
        if look & hiding and elements.says_nothing(element, code, look, self.page.title):
            return SKIP
        if mail := attributes.get("data-cfemail"):
            self.runs.append((protected_mail(mail), self.href, self.bold))
            return SKIP
        if attributes.get("role") == "tablist" and (labels := elements.tab_labels(element)) is not None:
            self.labels.update(labels)
            return SKIP
        return elements.shown_as(element, code, look, attributes, self.heading > 0)

    def _link(self, element: etree._Element, attributes: dict[str, str]) -> int:
        href = attributes.get("href", "")
        if href and (mail := mail_in(href)):
            said = text_of(element)
            coded = element.find(".//*[@data-cfemail]") is not None  # says it itself, among what else the link holds
            if not coded and ("[email" in said or not said.strip()):
                self.runs.append((mail, f"mailto:{mail}", self.bold))
                return SKIP
            href = f"mailto:{mail}"
        if href[:7].lower() == "mailto:" and not text_of(element).strip() and element.find(".//img") is None:
            self.runs.append((href[7:].partition("?")[0], href, self.bold))  # a script would have written it
            return SKIP
        if elements.is_permalink(element, href, attributes.get("class", ""), self.heading > 0):
            return SKIP
        # Links side by side are shown apart even where the markup has no space between them.
        before = element.getprevious() if self.runs else None
        if before is not None and before.tag == "a" and not (before.tail or elements.continues(before, element)):
            self.runs.append((" ", "", 0))
        self.href = href or self.href
        return LINK

    def _open(self, element: etree._Element, code: int, look: int, attributes: dict[str, str]) -> int:
        """Begin a block element that is more than a bare one; SKIP if it is furniture."""
        tag, role = element.tag, attributes.get("role", "")
        if not role and not elements.BUILT_NAMES.isdisjoint(attributes):
            role = elements.built_role(attributes)
        part = part_of(tag, role, attributes.get("class", ""))
        if name := attributes.get("id"):
            part = part_of_id(name, tag, part)
        hidden = look & Look.HIDDEN != 0
        if (part <= Part.FURNITURE and self._is_small(element, part)) or (hidden and self._is_unpicked(element)):
            self.flush()
            return SKIP
        self._box(element, part, hidden)
        if code != BLOCK:
            self._begin(element, code, role, attributes)
        if self.labels:
            self._label(attributes)
        return code

    def _begin(self, element: etree._Element, code: int, role: str, attributes: dict[str, str]) -> None:
        """What a block of a kind of its own changes until its end."""
        page = self.page
        if code == elements.HEADING:
            self.heading = elements.heading_level(element, attributes)
        elif code == elements.LIST:
            self.lists.append(opened(element, self.page.sheet))
        elif code == elements.ITEM:
            marker, number = count(self.lists, element, self.page.sheet) if self.lists else ("-", "")
            self.item = (level_in(self.lists), marker, number, bool(self.lists) and self.lists[-1].sole)
        elif code == elements.TABLE:
            if self.table >= 0:
                page.tables[self.table].layout = True
            self.table, self.cell = self.box, None
            page.tables[self.table] = Table(placing=role in ("presentation", "none"))
        elif code == elements.ROW and self.table >= 0:
            page.tables[self.table].next_row()
        elif code == elements.CELL and self.table >= 0:
            spans = (elements.span(attributes, "colspan"), elements.span(attributes, "rowspan"))
            self.cell = (self.table, *page.tables[self.table].place(*spans))
        elif code == elements.PREFORMATTED:
            self.pre = self.broken = True
        elif code == elements.TOGGLE:
            self.toggle = True

    def _box(self, element: etree._Element, part: int, hidden: bool) -> None:
        if self.runs:
            self.flush()
        boxes = self.page.boxes
        if part == Part.HEAD and self._inside_article():
            part = Part.PLAIN  # the head of a section, not of the page
        hidden = hidden or (self.box >= 0 and boxes[self.box].hidden)
        boxes.append(Box(element, element.tag, self.box, len(self.page.blocks), part, hidden))
        self.box = len(boxes) - 1

    def _label(self, attributes: dict[str, str]) -> None:
        """The label of a tab, in front of its panel."""
        names = [attributes.get("id", ""), attributes.get("aria-labelledby", "")]
        if attributes.get("role") == "tabpanel":
            names.append(next((name for name in self.labels if name[0] == " "), ""))
        for name in names:
            if label := self.labels.pop(name, ""):
                toggle, self.toggle = self.toggle, True
                self.runs.append((label, "", 1))
                self.flush()
                self.toggle = toggle
                return

    def _inside_article(self) -> bool:
        index = self.box
        while index >= 0:
            box = self.page.boxes[index]
            if box.tag in ("main", "article", "section"):
                return True
            index = box.parent
        return False

    def _is_small(self, element: etree._Element, part: int) -> bool:
        """Whether furniture has so little of the page that nothing need be known of it, and no date of an update."""
        letters = length_of(element)
        if letters > self.letters * _SMALL[part]:
            return False
        if part == Part.FURNITURE and tells_update(text_of(element)):
            return False
        if part == Part.OVERLAY:
            self.overlaid += letters
        else:
            self.skipped += letters
        return True

    def _is_unpicked(self, element: etree._Element) -> bool:
        inside_hidden = self.box >= 0 and self.page.boxes[self.box].hidden
        return self.versions is not None and self.versions.is_unpicked(element, inside_hidden)

    def _end(self, code: int, state: _State | None) -> None:
        if code not in INLINE_CODES:
            if code == LINE:
                return
            if self.runs:
                self.flush()
            box = self.page.boxes[self.box]
            box.last, box.end = len(self.page.blocks), len(self.page.boxes)
            self.box = box.parent
            if code == elements.LIST:
                self.lists.pop()
            elif code == elements.ITEM:
                self.item = None
        if state is not None:
            self.href, self.bold, self.heading, self.toggle, self.pre, self.cell, self.table = state
        elif code == BOLD:
            self.bold -= 1

    # -- blocks --------------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """End the block that is being gathered."""
        runs = self.runs
        if not runs:
            return
        self.runs = []
        if self.broken and not self.heading:
            inside_item = self.item is not None
            for line in lines(runs, inside_item=inside_item, preformatted=self.pre):
                self._block(line)
        else:
            self._block(runs)
        self.broken = self.pre

    def _block(self, runs: list[Run]) -> None:
        text, foreign = seen(runs)
        if not text:
            return
        if foreign and len(runs) > 1 and _HAN.search(text):
            runs = set_apart(runs)
            text, foreign = seen(runs)
        links, bold, ended, glued = 0, True, False, False
        for said, href, is_bold in runs:
            if ended and said[:1].isupper():
                glued = True
            ended = said[-1:] in _STOPS
            if href and len(said) < _LONGEST_LINK:
                links += len(" ".join(said.split()))
            if bold and not is_bold and said.strip(BLANK):
                bold = False
        if glued or (text[0].isdecimal() and len(runs) > 1):
            runs = sentences_apart(runs)
            text, foreign = seen(runs)
        block = Block(text, runs, self.box, min(links, len(text)), bold, foreign)
        if self.heading:
            block.heading = self.heading
        if self.toggle:
            block.toggle = True
        if self.cell is not None:
            block.cell = self.cell
        if self.item is not None:
            block.level, block.marker, block.number, block.sole = self.item
            self.item = None
        self.page.blocks.append(block)
