"""Numbers that a page's own style sheet gives to list items, since clauses refer to one another by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from policywatch.extraction.html.tree import text_of

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_BEFORE = re.compile(r"::?before\s*$")
_CONTENT = re.compile(r"(?:^|;)\s*content\s*:\s*([^;]+)")
_COUNTER = re.compile(
    r"""(?P<before>"[^"]*"|'[^']*'|)\s*(?P<function>counters?)\(\s*[\w-]+\s*(?:,\s*(?:"[^"]*"|'[^']*')\s*)?
    (?:,\s*(?P<style>[\w-]+)\s*)?\)\s*(?P<after>"[^"]*"|'[^']*'|)""",
    re.VERBOSE,
)
_LIST_STYLE = re.compile(
    r"(?:^|;)\s*list-style(?:-type)?\s*:[^;]*?\b(decimal|(?:lower|upper)-(?:alpha|latin|roman)|none|disc|circle|square)\b"
)
_MOST_RULES = 200


@dataclass(frozen=True, slots=True)
class Counter:
    """How an item's number is written: ``nested`` puts the numbers of the items around it in front."""

    style: str
    before: str = ""
    after: str = "."
    nested: bool = False


@dataclass(slots=True)
class Sheet:
    """What the style sheet says: of items, the counter that is shown before them; of lists and items, their markers."""

    counters: dict[etree._Element, Counter]
    markers: dict[etree._Element, str]


def sheet_of(root: etree._Element) -> Sheet | None:
    """The page's own style sheet, as far as it is about lists; None where it says nothing of them."""
    if next(root.iter("ol"), None) is None:
        return None
    css = " ".join(
        text for style in root.iter("style") if "list-style" in (text := text_of(style)) or "counter" in text
    )
    if not css:
        return None
    sheet = Sheet({}, {})
    for selector, declarations in list(_rules(css))[:_MOST_RULES]:
        content = _CONTENT.search(declarations)
        if _BEFORE.search(selector):
            if content and (counter := _COUNTER.search(content[1])):
                found = _counter(counter)
                sheet.counters.update(
                    (item, found) for item in _matches(root, _BEFORE.sub("", selector)) if item.tag == "li"
                )
        elif marker := _LIST_STYLE.search(declarations):
            sheet.markers.update(
                (element, marker[1]) for element in _matches(root, selector) if element.tag in ("ol", "ul", "li")
            )
    return sheet if sheet.counters or sheet.markers else None


def _rules(css: str) -> Iterator[tuple[str, str]]:
    for selectors, declarations in _RULE.findall(_COMMENT.sub("", css)):
        if "list-style" in declarations or "counter" in declarations:
            for selector in selectors.split(","):
                yield selector.strip(), declarations


def _counter(found: re.Match[str]) -> Counter:
    before, after = found["before"][1:-1].replace("\\0000a0", " "), found["after"][1:-1].replace("\\0000a0", " ")
    return Counter(found["style"] or "decimal", before.strip(), after.strip(), found["function"] == "counters")


def _matches(root: etree._Element, selector: str) -> list[etree._Element]:
    try:
        path = HTMLTranslator().css_to_xpath(selector, prefix="descendant::")
        return cast(list[etree._Element], root.xpath(path))
    except (SelectorError, etree.XPathError):
        return []
