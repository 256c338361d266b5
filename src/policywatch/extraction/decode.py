"""Bytes to text as browsers do it, and a little more forgiving where a page lies about its charset."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

import webencodings

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._:-]+)")
_META = re.compile(rb"<meta[\s/][^>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_GUESSES = (  # what a text in this encoding has plenty of among its characters beyond ASCII
    ("shift_jis", re.compile("[\u3041-\u3096]"), 0.2),
    ("euc-jp", re.compile("[\u3041-\u3096]"), 0.2),
    ("euc-kr", re.compile("[\uac00-\ud7a3]"), 0.7),
    ("gb18030", re.compile("[的一是不了在人有我他这为之以您们务用，。、]"), 0.15),
    ("big5", re.compile("[的一是不了在人有我他這為之以您們務用，。、]"), 0.15),
    ("windows-1251", re.compile("(?<=[А-яІЇЄіїє])[а-яіїє]"), 0.6),  # beside each other: accents stand alone
)
_GUESSED = 8192  # bytes
_FEWEST = 8  # telling characters
_PRESCAN = 4096  # bytes; browsers look at 1024, pages put theirs behind scripts
_UTF8 = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
_TOLERATED = 0.002  # share of undecodable characters that still counts as damage, not as a wrong charset


def decode(body: bytes, content_type: str = "", *, markup: bool = True) -> str:
    """The body as text. Never fails: what cannot be read becomes U+FFFD.

    A byte order mark counts most; then UTF-8 if the body is that, for no other text is so by chance; then the header,
    then (in ``markup``) what the page itself says, each passed over where the body plainly is not in it; then a guess.
    """
    return _read(body, content_type, markup)[0]


def in_utf8(body: bytes, content_type: str = "") -> bytes:
    """What ``decode`` makes of a page, in UTF-8: most pages are in it, and need not be encoded anew."""
    text, is_body = _read(body, content_type, True)
    return body if is_body else text.encode("utf-8", "replace")


@lru_cache(maxsize=2)  # what reads a page and what judges it ask for the same bytes
def _read(body: bytes, content_type: str, markup: bool) -> tuple[str, bool]:
    """The text, and whether the body is just that in UTF-8."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), False
    head = body[:_PRESCAN]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) == 0 and max(even, odd) > 0.02 * len(head):
        return body.decode("utf-16-be" if even else "utf-16-le", "replace"), False
    utf8 = _decode(body, "utf-8")
    if "\ufffd" not in utf8:
        return utf8, True
    labels = (_from_header(content_type), _from_page(body) if markup else None)
    for name in filter(None, (_known(label) for label in labels if label)):
        text = utf8 if name == "utf-8" else _decode(body, name)
        if text.count("\ufffd") <= max(3, _TOLERATED * len(text)):
            return text, False
    guessed = _guess(body)
    return _decode(body, guessed) if guessed else utf8, False


def _decode(body: bytes, name: str) -> str:
    encoding = webencodings.lookup(name)
    assert encoding is not None, name
    text: str = encoding.codec_info.decode(body, "replace")[0]
    return text


def _guess(body: bytes) -> str | None:
    """The encoding of undeclared bytes, by what they would say; windows-1252 as browsers do where nothing fits.

    None for what is UTF-8 with some damage.
    """
    sample = body[:_GUESSED]
    if len(_UTF8.findall(sample)) > 4 * (_decode(sample, "utf-8").count("\ufffd") - 1):
        return None
    for name, expected, share in _GUESSES:
        text = _decode(sample, name)
        foreign = [character for character in text if character > "\x7f"]
        if "\ufffd" not in text[:-1] and len(expected.findall(text)) >= max(_FEWEST, share * len(foreign)):
            return name
    return "windows-1252"


def _known(label: str) -> str | None:
    """The encoding that browsers read this label as; None for an unknown label."""
    encoding = webencodings.lookup(label.strip())
    return str(encoding.name) if encoding else None


def _from_header(content_type: str) -> str | None:
    found = _HEADER.search(content_type)
    return found[1] if found else None


def _from_page(body: bytes) -> str | None:
    head = body[:_PRESCAN]
    found = _XML.match(head) or _META.search(_COMMENT.sub(b"", head))
    if not found:
        return None
    label = found[1].decode("ascii")
    # A page that can be read as ASCII so far is not in UTF-16, whatever it says.
    return "utf-8" if label.lower().startswith(("utf-16", "utf16")) else label
