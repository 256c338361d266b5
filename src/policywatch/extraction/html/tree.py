"""Page text to an element tree: lenient, bounded, and free of what never holds a policy's words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from html.entities import name2codepoint
from typing import cast

from lxml import etree

# Never rendered as running text. `template` is listed apart: a declarative shadow root is rendered.
_SILENT = (
    "script style svg math noscript iframe object embed applet canvas video audio map area progress meter "
    "select option datalist textarea input keygen frameset noframes head source track param link meta rp rt"
).split()
_IN_HEAD = frozenset("title meta link base basefont bgsound script style noscript template object isindex".split())
_LENGTH = etree.XPath("string-length()")
_LONGEST_ENTRY = 400  # letters
_GONE = "policywatch-gone"
_XML_SPACE = re.compile(r"^\{[^}]*\}")
_XHTML = re.compile(r"\s*<\?xml[^>]*\?>[^<]*(?:<!DOCTYPE[^>]*>[^<]*)?<html[^>]*\sxmlns=", re.IGNORECASE)
_DOCTYPE = re.compile(r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?<!DOCTYPE[^>]*>", re.IGNORECASE)
# A page that nests without end is read by its paragraphs, headings and items alone.
_SCRIPTS = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_FLAT = re.compile(r"</?(?!/?(?:p|h[1-6]|li|br|hr)\b)[a-zA-Z][^<>]*>")
_BEFORE_MARKUP = re.compile(rb"\A(?:\xef\xbb\xbf|[ \t\r\n])*+")
_NAMED_ENTITY = re.compile(r"&(\w+);")


def parse(text: str, content_type: str = "", encoded: bytes | None = None) -> etree._Element:
    """The page's ``html`` element. Never fails: a text without markup becomes a page with that text.

    ``encoded`` is the text in UTF-8, where it is at hand.
    """
    if "\0" in text:
        text, encoded = text.replace("\0", ""), None
    root = _parse_xml(text) if "xhtml" in content_type or (not content_type and _XHTML.match(text)) else None
    if root is None:
        root = _parse_html(text, text.encode("utf-8", "replace") if encoded is None else encoded)
    _end_head(root)
    return root


def _end_head(root: etree._Element) -> None:
    """Let the body begin where it does in browsers: the parser knows of no newer elements that end a head."""
    head = root.find("head")
    first = next((child for child in head if child.tag not in _IN_HEAD), None) if head is not None else None
    if head is None or first is None:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    outside = list(head)[head.index(first) :]
    if body.text and body.text.strip():
        outside[-1].tail = (outside[-1].tail or "") + body.text
        body.text = None
    for place, element in enumerate(outside):
        body.insert(place, element)


def silence(root: etree._Element) -> None:
    """Take out what is never read, in place. Run after titles, states and style sheets have been looked at."""
    for field in root.iter("textarea", "object"):
        if field.tag == "object":
            if field.get("data") is None and field.find("param") is None:
                field.tag = "span"  # with nothing to load, what stands in it is shown: some builders wrap links so
        elif len(field.text or "") > _LONGEST_ENTRY:
            field.tag = "pre"  # not to be filled in but read: terms beside a registration form
    _drop_labels(root)
    etree.strip_elements(root, *_SILENT, with_tail=False)
    if templates := [template for template in root.iter("template") if template.get("shadowrootmode") is None]:
        remove_all(root, templates)


def _drop_labels(root: etree._Element) -> None:
    """Take out what only names a select box: its label."""
    boxes = list(root.iter("select"))
    if boxes:
        named = {name for box in boxes if (name := box.get("id"))}
        labels = [one for one in root.iter("label") if one.get("for") in named or one.find(".//select") is not None]
        remove_all(root, labels)


def remove_all(root: etree._Element, elements: Iterable[etree._Element]) -> None:
    """Take elements out, in place, and leave the text after them."""
    for element in elements:
        element.tag = _GONE
    etree.strip_elements(root, _GONE, with_tail=False)


def text_of(element: etree._Element) -> str:
    """All the text in an element, as it stands in the markup."""
    return etree.tostring(element, encoding="unicode", method="text", with_tail=False)


def length_of(element: etree._Element) -> float:
    """How many letters the text in an element has; counted by the parser's library, without making the text."""
    return cast(float, _LENGTH(element))


def body_of(root: etree._Element) -> etree._Element:
    body = root.find("body")
    return root if body is None else body


def _parse_html(text: str, encoded: bytes) -> etree._Element:
    root, cut = _parsed(encoded)
    if cut:
        root, _ = _parsed(_FLAT.sub(" ", _SCRIPTS.sub(" ", text)).encode("utf-8", "replace"))
    return root


def _parsed(encoded: bytes) -> tuple[etree._Element, bool]:
    """The tree, and whether the parser gave up on a page that nests deeper than its limit of 2048."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, collect_ids=False
    )
    # Markup of our own comes first: an empty page would parse to nothing, and a mark before <html> would open the body.
    # (A doctype after it is passed over.)
    root = etree.fromstring(_BEFORE_MARKUP.sub(b"<!DOCTYPE html><html>", encoded, count=1), parser)
    return (root if root.tag == "html" else _wrapped(root)), bool(parser.error_log.filter_from_fatals())


def _without_doctype(text: str) -> str:
    start = _DOCTYPE.match(text[:2000])
    return text[start.end() :] if start else text


def _parse_xml(text: str) -> etree._Element | None:
    """XHTML as XML, in which ``<a/>`` and ``<script/>`` are closed; None when it is not well-formed."""
    parser = etree.XMLParser(
        huge_tree=False, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    text = _NAMED_ENTITY.sub(_expand, text)
    text = re.sub(r"<\?xml[^>]*\?>", "", text, count=1)
    try:
        root = etree.fromstring(_without_doctype(text).strip().encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    for element in root.iter(etree.Element):
        element.tag = _XML_SPACE.sub("", str(element.tag))
    return root if root.tag == "html" else None


def _expand(found: re.Match[str]) -> str:
    name = found[1]
    return html.unescape(found[0]) if name in name2codepoint and name not in ("lt", "gt", "amp", "quot") else found[0]


def _wrapped(root: etree._Element) -> etree._Element:
    page = etree.Element("html")
    page.append(root)
    return page
