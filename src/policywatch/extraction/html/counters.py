"""Numbers that a page's own style sheet gives to list items, since clauses refer to one another by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import cast

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

# What makes a rule worth reading: a counter that is shown, letters or Roman numbers for markers. (``list-style: none``
# stands in every reset, to be undone elsewhere; who wins only a browser knows.)
_TELLING = re.compile(r"counters?\(|list-style(?:-type)?\s*:\s*(?:lower|upper)-")
_RARE = ("counter(", "counters(", "lower-", "upper-roman", "upper-alpha", "upper-latin")  # without these, no such rule
_BEFORE = re.compile(r"::?before\s*$")
_CONTENT = re.compile(r"content\s*:\s*([^;]+)")
_COUNTER = re.compile(
    r"""(?P<before>"[^"]*"|'[^']*'|)\s*(?P<function>counters?)\(\s*[\w-]+\s*(?:,\s*(?:"[^"]*"|'[^']*')\s*)?
    (?:,\s*(?P<style>[\w-]+)\s*)?\)\s*(?P<after>"[^"]*"|'[^']*'|)""",
    re.VERBOSE,
)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*((?:lower|upper)-(?:alpha|latin|roman))")
_MOST_RULES = 60


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
    sheets = [style.text or "" for style in root.iter("style")]
    css = "\n".join(text for text in sheets if any(word in text for word in _RARE))
    if not css:
        return None
    sheet = Sheet({}, {})
    for selector, declarations in islice(_rules(css), _MOST_RULES):
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
    """Selector and declarations of the rules that are worth reading."""
    done = 0
    for telling in _TELLING.finditer(css):
        begin = css.rfind("{", done, telling.start())
        if begin < 0:
            continue
        end = css.find("}", telling.end())
        start = max(css.rfind(mark, done, begin) for mark in "{};")
        done = end if end >= 0 else len(css)
        for selector in css[start + 1 : begin].rpartition("*/")[2].split(","):
            yield selector.strip(), css[begin + 1 : done]


def _counter(found: re.Match[str]) -> Counter:
    before, after = found["before"][1:-1].replace("\\0000a0", " "), found["after"][1:-1].replace("\\0000a0", " ")
    return Counter(found["style"] or "decimal", before.strip(), after.strip(), found["function"] == "counters")


def _matches(root: etree._Element, selector: str) -> list[etree._Element]:
    path = _compiled(selector)
    return cast(list[etree._Element], path(root)) if path is not None else []


@lru_cache(maxsize=256)
def _compiled(selector: str) -> etree.XPath | None:
    try:
        return etree.XPath(HTMLTranslator().css_to_xpath(selector, prefix="descendant::"))
    except (SelectorError, etree.XPathError):
        return None
