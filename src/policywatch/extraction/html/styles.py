"""What classes and style attributes say about how an element is shown, as far as the text depends on it."""

from __future__ import annotations

import re
from functools import lru_cache


class Look:
    """Bits of a look: plain ints, since they are combined once an element."""

    HIDDEN = 1  # not shown at first; may be an accordion's panel
    BLOCK = 2
    INLINE = 4
    BOLD = 8
    ICON = 16  # its letters name a picture
    SPOKEN = 32  # for screen readers only
    PERMALINK = 64
    UNMARKED = 128  # a list without markers
    UNSHOWN = 256  # left out by the site's builder, never shown
    PREFORMATTED = 512


_STYLE = (
    (Look.HIDDEN, re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")),
    (Look.BLOCK, re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)\b")),
    (Look.INLINE, re.compile(r"display\s*:\s*(?:inline\b(?!-)|contents)")),
    (Look.BOLD, re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font\s*:[^;]*\b(?:bold|[6-9]00)\b")),
    (Look.UNMARKED, re.compile(r"list-style(?:-type)?\s*:\s*none")),
    (Look.PREFORMATTED, re.compile(r"white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\b")),
)
_CLASS = {
    name: look
    for look, names in (
        (Look.HIDDEN, "hidden d-none hide is-hidden u-hidden uk-hidden invisible display-none sr-hidden"),
        (Look.BLOCK, "block d-block flex d-flex grid"),
        (Look.INLINE, "inline d-inline"),
        (Look.UNMARKED, "list-none list-unstyled w-list-unstyled list-style-none no-bullet no-bullets unstyled"),
        (Look.UNMARKED, "no-list-style"),
        (Look.UNSHOWN, "w-condition-invisible w-dyn-bind-empty mw-editsection"),
        (Look.PREFORMATTED, "whitespace-pre whitespace-pre-wrap whitespace-pre-line pre-wrap"),
    )
    for name in names.split()
}
_BOLD = frozenset(  # in any letters
    "bold font-bold font-semibold font-semi-bold font-extrabold font-extra-bold font-weight-bold fontbold fw-bold "
    "fw-semibold fw-600 fw-700 fw-800 fw-900 text-bold is-bold strong ql-bold".split()
)
# Pieces of a class in lower case, between dashes or lines.
_PIECES = (
    (
        Look.ICON,
        r"material-(?:icons?|symbols)[\w-]*|google-material-icons?|icons?|fa[bslrd]?|fa-[\w-]+|glyphicon|dashicons"
        r"|svg-icon|chevron|caret|emoji-icon|mdi|bi-[\w-]+",
    ),
    (
        Look.SPOKEN,
        r"sr-?only|visually[_-]?hidden|screen-?reader(?:-?text|-?only)?|a11y-(?:hidden|text)|assistive-text|off-?screen"
        r"|u-hidden-visually|clip-text|hidden-visually|accessibility-text",
    ),
    (
        Look.PERMALINK,
        r"anchor(?:js)?(?:-?link)?|header-?(?:link|anchor)|heading-?(?:link|anchor)(?:-?(?:icon|symbol))?|permalink"
        r"|hash-?link|headline-?link|direct-?link|anchor-icon|(?:data-)?footnote-backref",
    ),
)


def _piece(patterns: str) -> re.Pattern[str]:
    return re.compile(f"(?<![^_-])(?:{patterns})(?![^_-])")


_PIECE = tuple((look, _piece(patterns)) for look, patterns in _PIECES)
_ANY_PIECE = _piece("|".join(patterns for _, patterns in _PIECES))
_COUNTED = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(decimal|(?:lower|upper)-(?:alpha|latin|roman)|disc|circle|square|cjk-[\w-]+)"
)


@lru_cache(maxsize=4096)
def look_of_style(style: str) -> int:
    style = style.lower()
    return sum(look for look, pattern in _STYLE if pattern.search(style))


@lru_cache(maxsize=8192)
def look_of_class(names: str) -> int:
    look = 0
    for name in names.split():
        look |= _look_of_name(name)
    return look


@lru_cache(maxsize=8192)
def _look_of_name(name: str) -> int:
    look, lower = _CLASS.get(name, 0), name.lower()
    if lower in _BOLD:
        look |= Look.BOLD
    if _ANY_PIECE.search(lower):
        look |= sum(look for look, pattern in _PIECE if pattern.search(lower))
    return look


_MARKER = re.compile(r"--[\w-]*content\s*:\s*(['\"])([^'\"]{1,6})\1")


@lru_cache(maxsize=4096)
def generated_marker(style: str) -> str:
    """The bullet or number that a style attribute hands to the style sheet to write before the element, or ""."""
    found = _MARKER.search(style) if "content:" in style else None
    return found[2].strip() if found else ""


def list_style(style: str) -> str:
    """The marker style that a list's style attribute names, or ""."""
    found = _COUNTED.search(style.lower())
    return found[1] if found else ""
