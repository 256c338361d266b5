"""readability-lxml as a second opinion, asked where our own choice is unsure.

It costs more than all the rest together and loses whole policies at times, so it never decides alone: only what it has
chosen and what also reads like policy to us is taken back into the text.
"""

from __future__ import annotations

import logging

from lxml import etree

from policywatch.extraction.html.page import Page
from policywatch.extraction.html.tree import text_of


def restore(page: Page, keep: bytearray, lost: tuple[int, ...], markup: str) -> int:
    """Keep those of the lost blocks that readability keeps as well; returns how many."""
    said = _letters(_chosen(markup))
    if not said:
        return 0
    agreed = [index for index in lost if _letters(page.blocks[index].text) in said]
    for index in agreed:
        keep[index] = 1
        if index and page.blocks[index - 1].heading:
            keep[index - 1] = 1
    return len(agreed)


def _chosen(markup: str) -> str:
    import readability

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        summary = readability.Document(markup).summary(html_partial=True)
        return text_of(etree.fromstring(summary, etree.HTMLParser(huge_tree=True)))
    except Exception:  # hostile markup fails in many ways inside it; a second opinion may stay away
        return ""


def _letters(text: str) -> str:
    return "".join(text.split())
