"""From bytes to clauses: pages, PDFs and plain text; archive text; the canonical form; guards."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from policywatch.errors import ExtractionError
from policywatch.model import Clause, Selector, Text
from policywatch.recent import Recent

EXTRACTOR = 1
"""Version of everything that decides a snapshot's archive text; raised when the same bytes would give another."""

Kind = Literal["html", "pdf", "plain", "markdown"]


def extract(
    body: bytes,
    *,
    content_type: str = "",
    url: str = "",
    select: Sequence[Selector] = (),
    remove: Sequence[Selector] = (),
    strict: bool = True,
) -> Text:
    """The text of one snapshot, its clauses in the archive's normal form.

    ``url`` resolves relative links and may tell the type by its ending. Raises ExtractionError where there is no
    policy text: an error page, a challenge, a shell, a PDF without text, an unknown type. Without ``strict`` what the
    guards have against a text is among its notes instead, and only unreadable bytes raise.
    """
    from policywatch.extraction.guards import refuse

    kind = sniff(body, content_type, url)
    source = _source(body, content_type) if kind == "html" else None
    if source and _is_noise(source):
        raise _binary()
    title = _page_title(source) if source else ""
    try:
        text = _completed(_READERS[kind](body, content_type, url, select, remove))
    except ExtractionError:
        if strict and source is not None and (select or remove):
            # A challenge or an error page has nothing that the selectors could match, and is the better reason.
            refuse(_completed(_READERS[kind](body, content_type, url, (), ())), html=source, title=title)
        raise
    try:
        refuse(text, html=source, title=title, chosen=bool(select))
    except ExtractionError as error:
        if strict:
            raise
        return replace(text, notes=(*text.notes, f"{error.status}: {error.message}"))
    return text


def _completed(text: Text) -> Text:
    """The text with its clauses in normal form, its language and its date."""
    from policywatch.extraction.characters import clean

    clauses, language, effective_date = _recent.of(text.clauses, lambda: _normal(text.clauses))
    return replace(
        text,
        title=clean(text.title),
        clauses=clauses,
        language=language or text.language,
        effective_date=text.effective_date or effective_date,
        notes=tuple(map(clean, text.notes)),
    )


_Normal = tuple[tuple[Clause, ...], str | None, date | None]
_recent: Recent[tuple[Clause, ...], _Normal] = Recent(4)


def _normal(clauses: tuple[Clause, ...]) -> _Normal:
    from policywatch.extraction.dates import effective_date
    from policywatch.extraction.language import detect
    from policywatch.extraction.markdown import normal

    found = normal(clauses)
    return found, detect(" ".join(clause.plain for clause in found)), effective_date(found)


# -- readers: each loads what it needs when it is needed --------------------------------------------------------------

_Selectors = Sequence[Selector]


def _read_html(body: bytes, content_type: str, url: str, select: _Selectors, remove: _Selectors) -> Text:
    from policywatch.extraction.html import extract_html

    return extract_html(body, content_type=content_type, url=url, select=select, remove=remove)


def _read_pdf(body: bytes, content_type: str, url: str, select: _Selectors, remove: _Selectors) -> Text:
    from policywatch.extraction.pdf import extract_pdf

    return extract_pdf(body)


def _read_plain(body: bytes, content_type: str, url: str, select: _Selectors, remove: _Selectors) -> Text:
    from policywatch.extraction.plain import extract_plain

    return extract_plain(body, content_type=content_type)


def _read_markdown(body: bytes, content_type: str, url: str, select: _Selectors, remove: _Selectors) -> Text:
    from policywatch.extraction.markdown_source import extract_markdown

    return extract_markdown(body, content_type=content_type)


_READERS: dict[Kind, Callable[[bytes, str, str, _Selectors, _Selectors], Text]] = {
    "html": _read_html,
    "pdf": _read_pdf,
    "plain": _read_plain,
    "markdown": _read_markdown,
}


def _source(body: bytes, content_type: str) -> str:
    from policywatch.extraction.decode import decode

    return decode(body, content_type)


# -- types -------------------------------------------------------------------------------------------------------------

_TAG = re.compile(
    rb"\s*(?:(?><\?xml[^>]*>\s*)|(?><!--.*?-->\s*))*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_MARKED_UP = re.compile(rb"<(?:p|div|h[1-6]|ul|table|section|article|main|title|meta|br)\b[^>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(rb"<[a-zA-Z/!?]")
_SEARCHED = 1 << 16  # bytes in which a tag is looked for
_FOREIGN = (  # how types begin that hold no text we read
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "an RTF file"),
)
_READABLE = ("text/", "application/xhtml", "application/xml", "application/octet-stream", "application/pdf", "binary/")


def sniff(body: bytes, content_type: str = "", url: str = "") -> Kind:
    """What the bytes are, by themselves first and by what they are called second.

    Raises ExtractionError for types that hold no text, and for an empty body.
    """
    if not body.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise ExtractionError("the body is empty")
    declared = content_type.partition(";")[0].strip().lower()
    if b"%PDF-" in body[:1024]:
        return "pdf"
    foreign = next((what for start, what in _FOREIGN if body.startswith(start)), None)
    if foreign or (declared and not declared.startswith(_READABLE)):
        raise ExtractionError(
            f"an unknown type: {foreign or declared}", hint="HTML, PDF, plain text and Markdown are read"
        )
    head = _ascii(body[:4096])
    path = url.partition("?")[0].partition("#")[0].lower()
    if _TAG.match(head):
        return "html"
    called = declared in ("text/html", "application/xhtml+xml") or path.endswith((".html", ".htm", ".xhtml"))
    if called and (b"\n" not in head or _ANY_TAG.search(_ascii(body[:_SEARCHED]))):
        return "html"  # whatever calls itself so; but what has lines and no tag at all is read by its lines
    if declared in ("text/markdown", "text/x-markdown") or path.endswith((".md", ".markdown")):
        return "markdown"
    if not called and declared != "text/plain" and _MARKED_UP.search(head):
        return "html"
    if _is_noise(head.decode("latin-1")):
        raise _binary()
    return "plain"


def _binary() -> ExtractionError:
    return ExtractionError("an unknown type: binary data", hint="HTML, PDF, plain text and Markdown are read")


def _ascii(head: bytes) -> bytes:
    """The beginning of a text without its byte order mark, UTF-16 made readable."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[:64].count(0) > 16:
        return head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return head.removeprefix(b"\xef\xbb\xbf")


_CONTROL = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT = 4096  # characters


def _is_noise(source: str) -> bool:
    """Whether what was read is no text: of a page it is asked when decoded, since its bytes may be in any encoding."""
    head = source[:_LOOKED_AT]
    return len(_CONTROL.findall(head)) > len(head) // 50


_TITLE = re.compile(r"<title\b[^<>]*+>([^<]*+)</title", re.IGNORECASE)


def _page_title(source: str) -> str:
    found = _TITLE.search(source[:200_000])
    return " ".join(entities.unescape(found[1]).split()) if found else ""
