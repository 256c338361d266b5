"""One walk over the element tree: block elements become boxes, the text between their boundaries becomes blocks."""

from __future__ import annotations

import re

from lxml import etree

from policywatch.extraction.html.lines import lines
from policywatch.extraction.html.links import mail_in, protected_mail
from policywatch.extraction.html.lists import ListState, count, opened
from policywatch.extraction.html.page import BREAK, Block, Box, Page, Run, Table
from policywatch.extraction.html.styles import Look, look_of_class, look_of_style
from policywatch.extraction.html.names import Part, part_of

_INLINE, _BLOCK, _HEADING, _LIST, _ITEM, _TABLE, _ROW, _CELL, _LINK, _BOLD, _LINE, _BUTTON, _PRE, _IMAGE, _SUMMARY = range(15)
_CODES = {
    **dict.fromkeys(
        "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
        "header hgroup hr html legend main nav p section search tbody thead tfoot caption colgroup slot frameset".split(),
        _BLOCK,
    ),
    **dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), _HEADING),
    **dict.fromkeys("ul ol menu dir".split(), _LIST),
    **dict.fromkeys("td th".split(), _CELL),
    **dict.fromkeys("b strong".split(), _BOLD),
    **dict.fromkeys("pre listing xmp plaintext".split(), _PRE),
    "li": _ITEM, "table": _TABLE, "tr": _ROW, "a": _LINK, "br": _LINE, "button": _BUTTON, "img": _IMAGE, "summary": _SUMMARY,
}  # fmt: skip
_ICON_TEXT = re.compile(r"\s*(?:[a-z0-9_]{1,30}|[^\w\s]{0,3})\s*")
_PERMALINK_TEXT = re.compile(r"\W*|(?i:\W*(?:anchor|permalink|(?:direct )?link (?:to|for)\b.*|copy link.*|copied.*)\W*)")
_ALT_TEXT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\u2061-\u2064\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ROLE_CODES = {
    "heading": _HEADING, "table": _TABLE, "grid": _TABLE, "row": _ROW, "cell": _CELL, "gridcell": _CELL, "columnheader": _CELL,
    "rowheader": _CELL, "listitem": _ITEM, "list": _LIST,
}  # fmt: skip
_INLINE_CODES = frozenset((_INLINE, _LINK, _BOLD, _IMAGE))
_SKIP = -1
_TOGGLING = frozenset(("collapse", "accordion", "toggle"))


def walk(body: etree._Element, page: Page) -> Page:
    """Fill the page with the boxes and blocks of ``body``."""
    _Walker(page).walk(body)
    return page


class _Walker:
    """Where the walk is. What an element changes is put back at its end."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.runs: list[Run] = []
        self.broken = False  # a forced line break is in runs
        self.box = -1
        self.href = ""
        self.bold = False
        self.heading = 0
        self.toggle = False
        self.pre = False
        self.cell: tuple[int, int, int] | None = None
        self.table = -1
        self.lists: list[ListState] = []
        self.item: tuple[int, str, str, bool] | None = None  # level, marker, number, sole: waits for its first block
        self.labels: dict[str, str] = {}  # of tabs, by the panel's id and by their own

    def walk(self, body: etree._Element) -> None:
        walker = etree.iterwalk(body, events=("start", "end"))
        undo: list[tuple[int, _State | None]] = []
        # The loop is the hot path of extraction: bare inline elements are handled here, the rest in methods.
        for event, element in walker:
            if event == "start":
                code = _CODES.get(element.tag, _INLINE)
                state: _State | None = None
                if code or element.keys():
                    code, state = self._start(element, code)
                    if code == _SKIP:
                        walker.skip_subtree()
                        undo.append((_INLINE, None))
                        continue
                undo.append((code, state))
                if text := element.text:
                    self.runs.append((text, self.href, self.bold))
            else:
                code, state = undo.pop()
                if state is not None:
                    self._end(code, state)
                if (tail := element.tail) and undo:
                    self.runs.append((tail, self.href, self.bold))

    # -- elements ------------------------------------------------------------------------------------------------------

    def _start(self, element: etree._Element, code: int) -> tuple[int, _State | None]:
        if code == _LINE:
            self.runs.append((BREAK, "", False))
            self.broken = True
            return _SKIP, None
        attributes = dict(element.items())
        look, role = 0, ""
        if attributes:
            look, role = _look(attributes), attributes.get("role", "")
            if look & (Look.UNSHOWN | Look.ICON | Look.SPOKEN | Look.HIDDEN) and _unspoken(element, code, look):
                return _SKIP, None
            if mail := attributes.get("data-cfemail"):
                self.runs.append((protected_mail(mail), "", self.bold))
                return _SKIP, None
            code = self._shown_as(element, code, look, attributes, role)
            if code == _SKIP:
                return code, None
        state = (
            self.box, self.href, self.bold, self.heading, self.toggle, self.pre, self.cell, self.table,
        )  # fmt: skip
        if look & Look.BOLD:
            self.bold = True
        if look & Look.PREFORMATTED:
            self.pre = self.broken = True
        if code in _INLINE_CODES:
            if code == _BOLD:
                self.bold = True
            elif code == _LINK:
                return self._link(element, attributes), state
            elif code == _IMAGE and _ALT_TEXT.fullmatch(attributes.get("alt", "")):
                self.runs.append((attributes["alt"], "", False))
            return code, state
        self._open(element, code, look, role, attributes)
        return code, state

    def _shown_as(self, element: etree._Element, code: int, look: int, attributes: dict[str, str], role: str) -> int:
        """The element's code with its role, its display and its use as a button considered."""
        if role == "tablist" and self._is_tab_bar(element):
            return _SKIP
        if role in _ROLE_CODES and code in (_INLINE, _BLOCK):
            return _ROLE_CODES[role]
        if code == _BUTTON or role in ("button", "tab"):
            if "aria-haspopup" in attributes:
                return _SKIP
            opens = "aria-expanded" in attributes or "aria-controls" in attributes or role == "tab" or _toggles(attributes)
            if code == _BUTTON and not opens and not self.heading and not _has_heading(element):
                return _SKIP
            return _SUMMARY if opens and not self.heading else _BLOCK if code == _BUTTON and not self.heading else code or _INLINE
        if code == _INLINE and look & Look.BLOCK:
            return _BLOCK
        if code == _BLOCK and look & Look.INLINE and element.tag == "div":
            return _INLINE
        return code

    def _link(self, element: etree._Element, attributes: dict[str, str]) -> int:
        href = attributes.get("href", "")
        if href and (mail := mail_in(href)):
            said = "".join(element.itertext())
            if "[email" in said or not said.strip():
                self.runs.append((mail, "", self.bold))
                return _SKIP
            href = f"mailto:{mail}"
        if (href.startswith("#") and self.heading) or look_of_class(attributes.get("class", "")) & Look.PERMALINK:
            said = "".join(element.itertext())
            if _PERMALINK_TEXT.fullmatch(said):
                return _SKIP
        # Links side by side are shown apart even where the markup has no space between them.
        if self.runs and (previous := element.getprevious()) is not None and previous.tag == "a" and not previous.tail:
            self.runs.append((" ", "", False))
        self.href = href or self.href
        return _LINK

    def _open(self, element: etree._Element, code: int, look: int, role: str, attributes: dict[str, str]) -> None:
        """Begin a block element."""
        self.flush()
        page = self.page
        index = len(page.boxes)
        hidden = look & Look.HIDDEN != 0 or (self.box >= 0 and page.boxes[self.box].hidden)
        tag = element.tag
        part = part_of(tag, role, attributes.get("class", ""), attributes.get("id", ""))
        if part is Part.HEAD and self._inside_article():
            part = Part.PLAIN  # the head of a section, not of the page
        page.boxes.append(Box(element, tag, self.box, len(page.blocks), part, hidden))
        self.box = index
        if code == _HEADING:
            level = attributes.get("aria-level", "") if tag not in _CODES or role == "heading" else tag[1:]
            self.heading = min(int(level), 6) if level.isdigit() and level != "0" else 2
        elif code == _LIST:
            self.lists.append(opened(element))
        elif code == _ITEM:
            marker, number = count(self.lists[-1], element) if self.lists else ("-", "")
            self.item = (max(len(self.lists), 1), marker, number, bool(self.lists) and self.lists[-1].sole)
        elif code == _TABLE:
            if self.table >= 0:
                page.tables[self.table].layout = True
            page.tables[index] = Table(layout=role in ("presentation", "none"))
            self.table, self.cell = index, None
        elif code == _ROW and self.table >= 0:
            page.tables[self.table].rows += 1
            page.tables[self.table].column = -1
        elif code == _CELL and self.table >= 0:
            table = page.tables[self.table]
            table.rows, table.column = max(table.rows, 0), table.column + 1
            self.cell = (self.table, table.rows, table.column)
        elif code == _PRE:
            self.pre = self.broken = True
        elif code == _SUMMARY:
            self.toggle = True
        if self.labels and (label := self.labels.get(attributes.get("id", "")) or self.labels.get(attributes.get("aria-labelledby", ""))):
            page.blocks.append(Block(label, [(label, "", True)], index, 0, True, toggle=True))

    def _inside_article(self) -> bool:
        index = self.box
        while index >= 0:
            box = self.page.boxes[index]
            if box.tag in ("main", "article", "section"):
                return True
            index = box.parent
        return False

    def _end(self, code: int, state: _State) -> None:
        if code not in _INLINE_CODES:
            self.flush()
            box = self.page.boxes[self.box]
            box.last, box.end = len(self.page.blocks), len(self.page.boxes)
            if code == _LIST:
                self.lists.pop()
            elif code == _ITEM:
                self.item = None
        self.box, self.href, self.bold, self.heading, self.toggle, self.pre, self.cell, self.table = state

    def _is_tab_bar(self, element: etree._Element) -> bool:
        """Whether the tabs stand apart from their panels; their labels are kept for the panels then."""
        roles = {child.get("role") for child in element.iter()}
        if "tabpanel" in roles:
            return False
        for tab in element.iter():
            if tab.get("role") == "tab" and (label := " ".join("".join(tab.itertext()).split())):
                for key in (tab.get("id"), tab.get("aria-controls"), (tab.get("href") or "").removeprefix("#")):
                    if key:
                        self.labels[key] = label
        return True

    # -- blocks --------------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """End the block that is being gathered."""
        runs = self.runs
        if not runs:
            return
        self.runs = []
        if self.broken and not self.heading and self.cell is None:
            inside_item = self.item is not None
            for line in lines(runs, inside_item=inside_item, preformatted=self.pre):
                self._block(line)
        else:
            self._block(runs)
        self.broken = self.pre

    def _block(self, runs: list[Run]) -> None:
        text = " ".join((runs[0][0] if len(runs) == 1 else "".join([run[0] for run in runs])).split())
        if not text.isascii():
            text = _INVISIBLE.sub("", text).strip("\u200c\u200d ")
        if not text:
            return
        links, bold = 0, True
        for said, href, is_bold in runs:
            if href:
                links += len(said)
            if bold and not is_bold and not said.isspace():
                bold = False
        block = Block(text, runs, self.box, min(links, len(text)), bold, heading=self.heading, toggle=self.toggle, cell=self.cell)
        if self.item is not None:
            block.level, block.marker, block.number, block.sole = self.item
            self.item = None
        self.page.blocks.append(block)


_State = tuple[int, str, bool, int, bool, bool, tuple[int, int, int] | None, int]


def _look(attributes: dict[str, str]) -> int:
    look = 0
    if names := attributes.get("class"):
        look = look_of_class(names)
    if style := attributes.get("style"):
        look |= look_of_style(style)
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        look |= Look.HIDDEN
    return look


def _unspoken(element: etree._Element, code: int, look: int) -> bool:
    """Whether an element that is hidden, an icon or meant for the ear only has nothing of the text."""
    if look & Look.UNSHOWN:
        return True
    if code == _HEADING or (code not in _INLINE_CODES and not look & (Look.SPOKEN | Look.ICON)):
        return False
    said = "".join(element.itertext()).strip()
    if look & Look.SPOKEN:
        return len(said) < 200
    if look & Look.ICON:
        return _ICON_TEXT.fullmatch(said) is not None
    return _ICON_TEXT.fullmatch(said) is not None or (len(said) < 100 and element.get("aria-hidden") is None)


def _toggles(attributes: dict[str, str]) -> bool:
    return (attributes.get("data-toggle") or attributes.get("data-bs-toggle") or "").lower() in _TOGGLING


def _has_heading(element: etree._Element) -> bool:
    return next(element.iter("h1", "h2", "h3", "h4", "h5", "h6"), None) is not None
