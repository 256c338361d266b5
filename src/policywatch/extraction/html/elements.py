"""What an element is to the text: by its tag first, then by its role, its display and its use."""

from __future__ import annotations

import re

from lxml import etree

from policywatch.extraction.html.styles import Look, look_of_class, look_of_style
from policywatch.extraction.html.tree import text_of

INLINE, BLOCK, HEADING, LIST, ITEM, TABLE, ROW, CELL, LINK, BOLD, LINE, BUTTON, PREFORMATTED, IMAGE, TOGGLE = range(15)
SKIP = -1
CODES = {
    **dict.fromkeys(
        "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer "
        "form header hgroup hr html legend main nav p section search tbody thead tfoot caption".split(),
        BLOCK,
    ),
    **dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), HEADING),
    **dict.fromkeys("ul ol menu dir".split(), LIST),
    **dict.fromkeys("td th".split(), CELL),
    **dict.fromkeys("b strong".split(), BOLD),
    **dict.fromkeys("pre listing xmp plaintext".split(), PREFORMATTED),
    "li": ITEM,
    "table": TABLE,
    "tr": ROW,
    "a": LINK,
    "br": LINE,
    "button": BUTTON,
    "img": IMAGE,
    "summary": TOGGLE,
}
INLINE_CODES = frozenset((INLINE, LINK, BOLD, IMAGE))
_ROLES = {
    **dict.fromkeys(("cell", "gridcell", "columnheader", "rowheader"), CELL),
    "heading": HEADING,
    "table": TABLE,
    "grid": TABLE,
    "row": ROW,
    "list": LIST,
    "listitem": ITEM,
}
# Where builders of pages, and word processors, say what a part of theirs is; and what they call it.
BUILT_NAMES = frozenset(("data-elementor-type", "data-framer-name", "title"))
_BUILT_ROLES = {"header": "banner", "footer": "contentinfo", "popup": "dialog", "navigation": "navigation"}
_ICON_TEXT = re.compile(r"\s*(?:[a-z0-9_]{1,30}|[^\w\s]{0,3})\s*")
_PERMALINK_TEXT = re.compile(
    r"\W*|(?i:\W*(?:anchor|permalink|hashtag|(?:direct )?link (?:to|for)\b.*|copy link.*|copied.*|print|share|edit)\W*)"
)
_TOGGLING = frozenset(("collapse", "accordion", "toggle"))


def look_of(attributes: dict[str, str]) -> int:
    """Bits of Look, from classes, style and the attributes that hide."""
    look = 0
    if names := attributes.get("class"):
        look = look_of_class(names)
    if style := attributes.get("style"):
        look |= look_of_style(style)
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        look |= Look.HIDDEN
    return look


def built_role(attributes: dict[str, str]) -> str:
    """The role of a part that a site's builder, or a word processor, has named; "" without."""
    names = (attributes[key].lower() for key in BUILT_NAMES if key in attributes)
    return next((_BUILT_ROLES[name] for name in names if name in _BUILT_ROLES), "")


def says_nothing(element: etree._Element, code: int, look: int, title: str) -> bool:
    """Whether an element that is hidden, an icon or meant for the ear only has none of the text.

    Hidden blocks stay: the panels of an accordion are hidden until somebody clicks. A heading for the ear only stays
    when it is the page's title.
    """
    if look & Look.UNSHOWN:
        return True
    if code not in INLINE_CODES and not look & (Look.SPOKEN | Look.ICON):
        return False
    said = text_of(element).strip()
    if look & Look.SPOKEN:
        return said.casefold() not in title.casefold() if code == HEADING else len(said) < 200
    if _ICON_TEXT.fullmatch(said):
        return True
    return not look & Look.ICON and len(said) < 100 and element.get("aria-hidden") is None


def shown_as(element: etree._Element, code: int, look: int, attributes: dict[str, str], in_heading: bool) -> int:
    """The code of an element that has attributes; SKIP for a button that is no accordion's."""
    role = attributes.get("role", "")
    if role in _ROLES and code in (INLINE, BLOCK):
        return _ROLES[role]
    if code == BUTTON or role in ("button", "tab"):
        return _button(element, code, role, attributes, in_heading)
    if code == INLINE and (look & Look.BLOCK or attributes.get("data-as") == "p"):
        return BLOCK
    if element.tag == "label" and "for" in attributes and not in_heading and _is_over_a_block(element):
        return TOGGLE  # an accordion without scripts: a check box, its label, the panel
    if look & Look.INLINE and element.tag == "div":
        return INLINE
    return code


def _button(element: etree._Element, code: int, role: str, attributes: dict[str, str], in_heading: bool) -> int:
    """An accordion's head and a tab's label are text; other buttons do something, other roles are only looks."""
    if "aria-haspopup" in attributes:
        return SKIP
    if in_heading:
        return INLINE if code == BUTTON else code
    toggling = (attributes.get("data-toggle") or attributes.get("data-bs-toggle") or "").lower() in _TOGGLING
    if toggling or role == "tab" or "aria-expanded" in attributes or "aria-controls" in attributes:
        return TOGGLE
    if code != BUTTON:
        return code
    return BLOCK if next(element.iter("h1", "h2", "h3", "h4", "h5", "h6"), None) is not None else SKIP


def _is_over_a_block(label: etree._Element) -> bool:
    following = label.getnext()
    return following is not None and following.tag in ("div", "section", "article") and not (label.tail or "").strip()


def is_permalink(element: etree._Element, href: str, classes: str, in_heading: bool) -> bool:
    """Whether a link has only a mark to copy the address of a heading."""
    if (in_heading and href.startswith("#")) or look_of_class(classes) & Look.PERMALINK:
        return _PERMALINK_TEXT.fullmatch(text_of(element)) is not None
    return False


def continues(link: etree._Element, following: etree._Element) -> bool:
    """Whether a link was cut in two inside a word: the same target, and small letters where the two meet."""
    if link.get("href") != following.get("href"):
        return False
    before, after = text_of(link)[-1:], text_of(following)[:1]
    return before.isalnum() and (after.islower() or after.isdecimal())


def heading_level(element: etree._Element, attributes: dict[str, str]) -> int:
    tag = element.tag
    level = (
        tag[1:] if CODES.get(tag) == HEADING and "aria-level" not in attributes else attributes.get("aria-level", "")
    )
    return min(int(level), 6) if level.isdecimal() and int(level) else 2


def span(attributes: dict[str, str], name: str) -> int:
    """A cell's columns or rows; no more than tables have, since a page may claim a million."""
    value = attributes.get(name, "1")
    return min(int(value), 12) if value.isdecimal() and int(value) else 1


def tab_labels(bar: etree._Element) -> dict[str, str] | None:
    """The labels of a bar of tabs, by their panels' ids and their own; None if the panels stand among the tabs.

    Tabs that name no panel get names that none has, in their order: they begin with a space.
    """
    labels: dict[str, str] = {}
    for element in bar.iter():
        role = element.get("role")
        if role == "tabpanel":
            return None
        if role == "tab" and (label := " ".join(text_of(element).split())):
            names = (element.get("id"), element.get("aria-controls"), (element.get("href") or "").removeprefix("#"))
            labels.update((name, label) for name in names if name)
            if not any(names):
                labels[f" {len(labels)}"] = label
    return labels
