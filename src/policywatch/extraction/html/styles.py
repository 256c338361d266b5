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
_CLASS = (
    (
        Look.HIDDEN,
        re.compile(
            r"(?:^|\s)(?:hidden|d-none|hide|is-hidden|u-hidden|uk-hidden|invisible|display-none|sr-hidden)(?:\s|$)"
        ),
    ),
    (Look.BLOCK, re.compile(r"(?:^|\s)(?:block|d-block|flex|d-flex|grid)(?:\s|$)")),
    (Look.INLINE, re.compile(r"(?:^|\s)(?:inline|d-inline)(?:\s|$)")),
    (
        Look.BOLD,
        re.compile(
            r"(?:^|\s)(?:font-(?:semi-?|extra-?)?bold|bold|fw-(?:bold|semibold|[6-9]00)|text-bold|is-bold|strong|ql-bold|font-weight-bold|fontbold)(?:\s|$)",
            re.I,
        ),
    ),
    (
        Look.ICON,
        re.compile(
            r"(?:^|[\s_-])(?:material-(?:icons?|symbols)[\w-]*|google-material-icons?|icons?|fa[bslrd]?|fa-[\w-]+|glyphicon|dashicons|svg-icon|chevron|caret|emoji-icon|mdi|bi-[\w-]+)(?=$|[\s_-])",
            re.I,
        ),
    ),
    (
        Look.SPOKEN,
        re.compile(
            r"(?:^|[\s_-])(?:sr-?only|visually-?hidden|screen-?reader(?:-?text|-?only)?|a11y-(?:hidden|text)|assistive-text|offscreen|off-screen|visuallyhidden|visually_hidden|u-hidden-visually|clip-text|hidden-visually|accessibility-text)(?=$|[\s_-])",
            re.I,
        ),
    ),
    (
        Look.PERMALINK,
        re.compile(
            r"(?:^|[\s_-])(?:anchor(?:js)?(?:-?link)?|header-?link|header-?anchor|heading-?(?:link|anchor)(?:-?(?:icon|symbol))?|permalink|hash-?link|headline-?link|direct-?link|anchor-icon)(?=$|[\s_-])",
            re.I,
        ),
    ),
    (
        Look.UNMARKED,
        re.compile(
            r"(?:^|\s)(?:list-none|list-unstyled|w-list-unstyled|list-style-none|no-bullets?|unstyled|no-list-style)(?:\s|$)"
        ),
    ),
    (Look.UNSHOWN, re.compile(r"(?:^|\s)(?:w-condition-invisible|w-dyn-bind-empty|mw-editsection)(?:\s|$)")),
    (Look.PREFORMATTED, re.compile(r"(?:^|\s)(?:whitespace-pre(?:-wrap|-line)?|pre-wrap)(?:\s|$)")),
)
_COUNTED = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(decimal|(?:lower|upper)-(?:alpha|latin|roman)|disc|circle|square|cjk-[\w-]+)"
)


@lru_cache(maxsize=4096)
def look_of_style(style: str) -> int:
    style = style.lower()
    return sum(look for look, pattern in _STYLE if pattern.search(style))


# Most classes say nothing, which one look tells.
_ANY_CLASS = re.compile("|".join(pattern.pattern for _, pattern in _CLASS), re.IGNORECASE)


@lru_cache(maxsize=8192)
def look_of_class(names: str) -> int:
    if not _ANY_CLASS.search(names):
        return 0
    return sum(look for look, pattern in _CLASS if pattern.search(names))


def list_style(style: str) -> str:
    """The marker style that a list's style attribute names, or ""."""
    found = _COUNTED.search(style.lower())
    return found[1] if found else ""
