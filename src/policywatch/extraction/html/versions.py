"""Versions of a text that its page holds beside the one that is shown, behind a picker: earlier, in other languages."""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from policywatch.extraction.html.elements import look_of
from policywatch.extraction.html.styles import Look

_VERSION = re.compile(r"(?:^|[\s_-])(?:versions?|revisions?)(?:$|[\s_-])", re.IGNORECASE)
_Manner = tuple[str, str | None]  # tag and classes


class Versions:
    """Which hidden parts of a page are versions that nobody picked.

    Shown is said of the part itself: a picker may stand in a panel that is closed.
    """

    def __init__(self) -> None:
        self._shown: dict[etree._Element, tuple[set[_Manner], bool]] = {}  # below a parent: how, and if one is named so

    def is_unpicked(self, element: etree._Element, inside_hidden: bool) -> bool:
        """Whether a hidden element is a named version, or in a language, that has another beside it which is shown."""
        parent = element.getparent()
        if parent is not None and (language := _language(element)):
            others = {_language(child) for child in parent.iterchildren(etree.Element) if not _hides_itself(child)}
            if language not in others and any(others):
                return True
        if parent is None or not _is_named(element):
            return False
        if parent not in self._shown:
            shown = [child for child in parent.iterchildren(etree.Element) if not _hides_itself(child)]
            self._shown[parent] = {(child.tag, child.get("class")) for child in shown}, any(map(_is_named, shown))
        manners, named = self._shown[parent]
        return (element.tag, element.get("class")) in manners or (inside_hidden and named)


def _language(element: etree._Element) -> str:
    """The language that an element says it is in; "" if it says none."""
    return (element.get("lang") or element.get("data-lang") or "").lower().partition("-")[0]


def _is_named(element: etree._Element) -> bool:
    return _VERSION.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _hides_itself(element: etree._Element) -> bool:
    return look_of(cast(dict[str, str], dict(element.items()))) & Look.HIDDEN != 0
