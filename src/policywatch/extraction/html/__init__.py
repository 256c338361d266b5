"""HTML and XHTML pages: the policy's clauses out of everything else on the page."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

from lxml import etree

from policywatch.extraction.decode import decode
from policywatch.extraction.html.blocks import clauses_of
from policywatch.extraction.html.page import Page
from policywatch.extraction.html.root import choose
from policywatch.extraction.html.tree import body_of, parse, silence
from policywatch.extraction.html.walk import walk
from policywatch.model import Clause, Selector, Text


def extract_html(
    body: bytes, *, content_type: str = "", url: str = "", select: Sequence[Selector] = (), remove: Sequence[Selector] = ()
) -> Text:
    """The text of one page. Clauses are in the page's order; language and effective date are left to the caller."""
    root = parse(decode(body, content_type), content_type)
    page = Page(base=_base(root, url), title=_title(root))
    silence(root)
    walk(body_of(root), page)
    keep = choose(page)
    clauses = clauses_of(page, keep)
    return Text(_heading(clauses) or page.title, clauses)


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
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _heading(clauses: Sequence[Clause]) -> str:
    return next((clause.plain for clause in clauses if clause.kind == "heading"), "")
