"""A block's runs as the archive's inline Markdown."""

from __future__ import annotations

from policywatch.extraction.html.links import clean_target, says_the_same
from policywatch.extraction.html.page import Run
from policywatch.extraction.html.vocabulary import without_new_tab
from policywatch.extraction.markdown import escape_inline, link


def markdown(runs: list[Run], base: str) -> str:
    """Inline Markdown on one line; neighbouring runs of one link are one link."""
    parts: list[str] = []
    label: list[str] = []
    current = ""
    for text, href, _ in [*runs, ("", "", 0)]:
        if href != current:
            if label:
                parts.append(_linked("".join(label), current, base))
                label.clear()
            current = href
        if href:
            label.append(text)
        else:
            if parts and text[:1] in (".", ",") and parts[-1].endswith(") "):
                parts[-1] = parts[-1][:-1]  # the space stood before a mark for the ear that is gone
            parts.append(escape_inline(text))
    return _collapse("".join(parts))


def _collapse(text: str) -> str:
    return " ".join(text.split())


def _linked(label: str, href: str, base: str) -> str:
    """One link; the white space at its edges stays outside, where it parts the words."""
    said = without_new_tab(label)
    before = " " if said[:1].isspace() else ""
    after = " " if label[-1:].isspace() else ""
    said = _collapse(said)
    if not said:
        return " " if label else ""
    target = clean_target(href, base)
    if not target or says_the_same(said, target):
        return f"{before}{escape_inline(said)}{after}"
    return f"{before}{link(escape_inline(said), target)}{after}"
