"""HTML and XHTML pages: the policy's clauses out of everything else on the page.

Bytes become a tree (``tree``), the tree is walked once into boxes and blocks (``walk``, ``page``), versions that nobody
picked passed over (``versions``). The policy's blocks are chosen (``root``, with ``furniture``, ``widgets``,
``doubles`` and ``weights``), the choice is checked (``coverage``, ``second_voice``), and what is left becomes clauses
(``blocks``, ``drafts``, ``run_ins``, ``headings``, ``inline``). A watchlist's ``selectors`` take the place of the
choice; a URL's ``fragment`` narrows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from urllib.parse import urldefrag, urljoin

from lxml import etree

from policywatch.errors import ExtractionError
from policywatch.extraction.decode import decode, in_utf8
from policywatch.extraction.html import coverage, second_voice
from policywatch.extraction.html.blocks import clauses_of
from policywatch.extraction.html.counters import sheet_of
from policywatch.extraction.html.fragment import narrow
from policywatch.extraction.html.page import Page
from policywatch.extraction.html.root import choose
from policywatch.extraction.html.selectors import removed, selected
from policywatch.extraction.html.state import markup_in_state
from policywatch.extraction.html.tree import body_of, parse, silence, text_of
from policywatch.extraction.html.vocabulary import legal_words
from policywatch.extraction.html.walk import walk
from policywatch.model import Clause, Selector, Text

IN_SCRIPTS = "the text stands only in the page's script data"  # a note

_SITE_NAME = re.compile(r"\s+[|–—·:»-]\s+")
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg"))
_SHELL = 600  # letters that a script's empty page may have: a menu, a footer


def extract_html(
    body: bytes,
    *,
    content_type: str = "",
    url: str = "",
    select: Sequence[Selector] = (),
    remove: Sequence[Selector] = (),
) -> Text:
    """The text of one page, in the page's order; language and effective date are left to the caller.

    With ``select`` the page is taken at the watchlist's word; without it, the policy is looked for, and ``confidence``
    and ``notes`` say how that went. Raises ExtractionError when a selector matches nothing or is not CSS.
    """
    markup = decode(body, content_type)
    root = parse(markup, content_type, in_utf8(body, content_type))
    page = Page(base=_base(root, url), title=_title(root))
    notes = list(removed(root, remove))
    top = selected(root, select) if select else body_of(root)
    page.sheet = sheet_of(root) if not select else None
    if not select and _is_shell(top) and (state := markup_in_state(root)):
        top = body_of(parse(state))
        notes.append(IN_SCRIPTS)
    silence(top)
    walk(top, page, everything=bool(select))
    if select:
        clauses = clauses_of(page, bytearray(b"\1") * len(page.blocks))
        if not clauses:
            raise ExtractionError("what the selectors match has no text", hint="correct `select` and `remove`")
        return Text(_title_of(clauses, page), clauses, notes=tuple(notes))
    keep = choose(page)
    found = coverage.check(page, keep)
    if found.confidence < coverage.UNSURE and found.lost and second_voice.restore(page, keep, found.lost, markup):
        found = coverage.check(page, keep)
    fragment = urldefrag(url).fragment
    if fragment and narrow(page, keep, fragment):
        notes.append(f"only the section #{fragment} of the page")
    clauses = clauses_of(page, keep)
    return Text(_title_of(clauses, page), clauses, confidence=found.confidence, notes=(*notes, *found.notes))


def _is_shell(body: etree._Element) -> bool:
    """Whether hardly anything of the page is text that a reader would see without its scripts."""
    seen = 0.0
    for element in body.iter(etree.Element):
        if element.tag not in _UNSEEN:
            seen += len(element.text or "")
        seen += len(element.tail or "")
        if seen > _SHELL:
            return False
    return True


def _base(root: etree._Element, url: str) -> str:
    base = root.find(".//base[@href]")
    if base is None:
        return url
    try:
        return urljoin(url, (base.get("href") or "").strip())
    except ValueError:
        return url


def _title(root: etree._Element) -> str:
    found = root.find("head/title")
    return " ".join(text_of(found).split()) if found is not None else ""


def _title_of(clauses: Sequence[Clause], page: Page) -> str:
    """The text's own title; else the page's, without the site's name; else the first heading."""
    first = next((clause for clause in clauses if clause.kind == "heading"), None)
    if first is not None and (first.level == 1 or not page.title):
        return first.plain
    parts = _SITE_NAME.split(page.title)
    lead = takewhile(lambda clause: clause.kind == "heading", clauses)
    names = (*parts, *(clause.plain.rstrip(" :") for clause in lead))
    return next((name for name in names if legal_words(name, not name.isascii())), parts[0])
