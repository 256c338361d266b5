"""The page's parts that a watchlist names: CSS selectors, and ranges between two places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import lru_cache
from typing import cast

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from policywatch.errors import ExtractionError
from policywatch.extraction.html.tree import body_of, remove_all
from policywatch.model import Range, Selector


def selected(root: etree._Element, selectors: Sequence[Selector]) -> etree._Element:
    """A body with what the selectors match, in the page's order; an element inside another match is not doubled.

    Raises ExtractionError naming the selector that matches nothing.
    """
    order = {element: place for place, element in enumerate(root.iter())}
    found: dict[etree._Element, etree._Element] = {}
    for selector in selectors:
        if isinstance(selector, Range):
            start, part = _cut(root, selector, order)
            found[start] = part
        else:
            matches = _matches(root, selector)
            if not matches:
                raise _nothing(selector)
            found.update((match, match) for match in matches)
    body = etree.Element("body")
    for place in sorted(found, key=order.__getitem__):
        part = found[place]
        if part is place:
            if any(found.get(parent) is parent for parent in place.iterancestors()):
                continue
            part = deepcopy(place)
            part.tail = None
        body.append(part)
    return body


def removed(root: etree._Element, selectors: Sequence[Selector]) -> tuple[str, ...]:
    """Take out what the selectors match; returns a note for each that matches nothing."""
    notes: list[str] = []
    for selector in selectors:
        if isinstance(selector, Range):
            try:
                _take_out(root, selector)
            except ExtractionError as error:
                notes.append(error.message)
        elif matches := _matches(root, selector):
            remove_all(root, matches)
        else:
            notes.append(f"the selector to remove matches nothing: {selector}")
    return tuple(notes)


def _matches(root: etree._Element, selector: str) -> list[etree._Element]:
    found = cast(list[etree._Element], _compiled(selector)(root))
    return [match for match in found if match.tag != "html"]


@lru_cache(maxsize=256)
def _compiled(selector: str) -> etree.XPath:
    try:
        return etree.XPath(HTMLTranslator().css_to_xpath(selector, prefix="descendant-or-self::"))
    except (SelectorError, etree.XPathError) as error:
        raise ExtractionError(
            f"not a CSS selector: {selector} ({error})", hint="correct `select` or `remove`"
        ) from None


def _nothing(selector: str) -> ExtractionError:
    return ExtractionError(
        f"the selector matches nothing on the page: {selector}",
        hint="the page was rebuilt, or another one was served; correct `select`, or leave it out",
    )


# -- ranges ------------------------------------------------------------------------------------------------------------


def _ends(
    root: etree._Element, range_: Range, order: dict[etree._Element, int]
) -> tuple[etree._Element | None, etree._Element | None]:
    """The elements at which a range starts and ends; None for the page's own."""
    start = end = None
    if wanted := range_.start_before or range_.start_after:
        start = next(iter(_matches(root, wanted)), None)
        if start is None:
            raise _nothing(wanted)
    if wanted := range_.end_before or range_.end_after:
        # The first place behind the start: a selector such as "h2" also matches before it.
        at = -1 if start is None else order[start]
        end = next((match for match in _matches(root, wanted) if order[match] > at), None)
        if end is None:
            raise _nothing(wanted)
    return start, end


def _cut(
    root: etree._Element, range_: Range, order: dict[etree._Element, int]
) -> tuple[etree._Element, etree._Element]:
    """Where a range starts, and a copy of the body with the range only."""
    body = body_of(root)
    start, end = _ends(root, range_, order)
    copy = deepcopy(body)
    copy.tag = "div"
    copied_start = None if start is None else _counterpart(start, body, copy)
    copied_end = None if end is None else _counterpart(end, body, copy)
    if copied_end is not None:
        _forget_after(copied_end, copy, itself=range_.end_before is not None)
    if copied_start is not None:
        _forget_before(copied_start, copy, itself=range_.start_before is None)
    return (body if start is None else start), copy


def _counterpart(element: etree._Element, body: etree._Element, copy: etree._Element) -> etree._Element:
    path: list[int] = []
    while element is not body:
        parent = element.getparent()
        if parent is None:
            return copy
        path.append(parent.index(element))
        element = parent
    for place in reversed(path):
        copy = copy[place]
    return copy


def _forget_after(element: etree._Element, top: etree._Element, *, itself: bool) -> None:
    edge = element
    while edge is not top and (parent := edge.getparent()) is not None:
        del parent[parent.index(edge) + 1 :]
        edge.tail = None
        edge = parent
    if itself and element is not top:
        remove_all(top, [element])


def _forget_before(element: etree._Element, top: etree._Element, *, itself: bool) -> None:
    edge = element
    while edge is not top and (parent := edge.getparent()) is not None:
        del parent[: parent.index(edge)]
        parent.text = None
        edge = parent
    if itself and element is not top:
        remove_all(top, [element])


def _take_out(root: etree._Element, range_: Range) -> None:
    order = {element: place for place, element in enumerate(root.iter())}
    start, end = _ends(root, range_, order)
    first = 0 if start is None else order[start] + (range_.start_before is None) * sum(1 for _ in start.iter())
    last = len(order) if end is None else order[end] + (range_.end_before is None) * sum(1 for _ in end.iter())
    inside = list(_wholly_inside(body_of(root), order, first, last))
    for element in inside[:-1]:
        element.tail = None
    remove_all(root, inside)


def _wholly_inside(
    body: etree._Element, order: dict[etree._Element, int], first: int, last: int
) -> Iterator[etree._Element]:
    past = -1
    for element in body.iterdescendants():
        place = order[element]
        if place >= past and first <= place and place + sum(1 for _ in element.iter()) <= last:
            past = place + sum(1 for _ in element.iter())
            yield element
