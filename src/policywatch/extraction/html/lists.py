"""The markers that lists generate, as browsers count them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from policywatch.extraction.html.counters import Counter, Sheet
from policywatch.extraction.html.styles import Look, list_style, look_of_class, look_of_style

_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
_ROMAN = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True)
)
_NUMBER = re.compile(r"\s*([+-]?\d{1,9})")
_DEPTH = re.compile(r"\blst-kix_\w+-([0-8])\b")  # word processors on the web write a nested list behind its item


@dataclass(slots=True)
class ListState:
    """One open list: how it counts, and where it is."""

    ordered: bool
    style: str  # a CSS list-style-type; "none" where the list shows no markers
    next: int = 1
    step: int = 1
    sole: bool = False  # the list has one item, as lists that number headings do
    current: str = ""  # the number of the item that is open, spelled
    depth: int = 0  # how many levels the list claims to be in, where it only follows the list that it is in


def opened(element: etree._Element, sheet: Sheet | None) -> ListState:
    style_attribute = element.get("style") or ""
    look = look_of_style(style_attribute) | look_of_class(element.get("class") or "")
    style = "none" if look & Look.UNMARKED else list_style(style_attribute)
    if not style and sheet is not None:
        style = sheet.markers.get(element, "")
    told = _DEPTH.search(element.get("class") or "")
    depth = int(told[1]) if told else 0
    if element.tag != "ol":
        return ListState(ordered=False, style=style or "disc", depth=depth)
    style = style or _TYPES.get((element.get("type") or "").strip(), "decimal")
    items = sum(1 for child in element if child.tag == "li")
    state = ListState(ordered=True, style=style, sole=items == 1, depth=depth)
    start = _NUMBER.match(element.get("start") or "")
    if element.get("reversed") is not None:
        state.step = -1
        state.next = items
    if start:
        state.next = int(start[1])
    return state


def count(lists: list[ListState], item: etree._Element, sheet: Sheet | None) -> tuple[str, str]:
    """The next item's marker, and the number to write into its text where Markdown has no such marker.

    ``lists`` are the open ones, the item's own last.
    """
    state = lists[-1]
    if not state.ordered:
        return "-", ""
    value = _NUMBER.match(item.get("value") or "")
    number = int(value[1]) if value else state.next
    state.next = number + state.step
    if sheet is not None and (counter := sheet.counters.get(item)) is not None:
        return _generated(lists, number, counter)
    style = list_style(item.get("style") or "") or _TYPES.get((item.get("type") or "").strip(), "") or state.style
    if style == state.style and sheet is not None:
        style = sheet.markers.get(item, style)
    if style in ("disc", "circle", "square", "none"):
        return "-", ""
    if style == "decimal" and number >= 0:
        state.current = str(number)
        return f"{number}.", ""
    state.current = spelled(number, style)
    return "-", f"{state.current}."


def _generated(lists: list[ListState], number: int, counter: Counter) -> tuple[str, str]:
    """An item's number as the style sheet writes it; one of Markdown's own where it looks the same."""
    state = lists[-1]
    state.current = spelled(number, counter.style)
    around = [outer.current for outer in lists[:-1] if outer.ordered and outer.current] if counter.nested else []
    shown = f"{counter.before}{'.'.join([*around, state.current])}{counter.after}"
    return (shown, "") if shown == f"{number}." else ("-", shown)


def level_in(lists: list[ListState]) -> int:
    """The level of an item in these open lists; without any it is a list's all the same."""
    return max(len(lists), lists[-1].depth + 1) if lists else 1


def spelled(number: int, style: str) -> str:
    """A number in a CSS counter style; in digits where the style has no letters for it."""
    text = ""
    if style.endswith(("alpha", "latin")) and number > 0:
        while number:
            number, letter = divmod(number - 1, 26)
            text = chr(ord("a") + letter) + text
    elif style.endswith("roman") and 0 < number < 4000:
        for value, letters in _ROMAN:
            repeat, number = divmod(number, value)
            text += letters * repeat
    else:
        return str(number)
    return text.upper() if style.startswith("upper") else text
