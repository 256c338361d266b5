"""Headings that are not marked up as such: short lines that introduce text, found by how they are shown."""

from __future__ import annotations

import re

from policywatch.extraction import dates
from policywatch.extraction.html.drafts import Draft
from policywatch.extraction.html.vocabulary import legal_words, tells_date

_ENDS_OPEN = re.compile(r"[.;,،。；，、](?: (?:and|or|und|oder|et|ou|y|o|e|en|of))?$")
_NUMBERED = re.compile(
    r"(?:(?:article|section|part|artikel|abschnitt|artículo|articolo|artigo|teil|§)\s*)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-Z])[.):]?\s+\S"
    r"|제\s?\d+[조장]|第[一二三四五六七八九十百\d]+[条章节條節]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|(?P<deeper>[(（][一二三四五六七八九十]{1,3}[)）])",
    re.IGNORECASE,
)
# Longer words that titles write small.
_JOINING = frozenset("about between from into over that their these this those through under upon with your".split())
_TITLE = re.compile(r"(?P<number>\d{1,2})(?:\.\d{1,2})*[.):]?\s+(?P<title>(?:[^.:;!?。；]|\.(?=\w))+)[.:]?")
_LONGEST = 120  # letters


def find_headings(drafts: list[Draft], title: str) -> None:
    """Give short lines that introduce text the place that they have on the page, in the headings' tree.

    Only how a line is shown and what follows decides; its words stay whatever is decided. Lines that are shown alike
    get the same level. ``title`` is the page's own, by which the text's is known where nothing marks it.
    """
    base = 1
    _find_title(drafts, title)
    levels: dict[tuple[bool, int, int], int] = {}
    for place, draft in enumerate(drafts):
        if draft.kind == "heading":
            base = draft.level
            # Toggles and numbers go on after a heading below them; a bold line is below whatever came last.
            levels = {look: level for look, level in levels.items() if level < base and (look[0] or look[2] >= 0)}
            continue
        if len(draft.text) > _LONGEST or place + 1 == len(drafts) or not _may_head(draft, drafts[place + 1]):
            continue
        numbered = _NUMBERED.match(draft.text)
        depth = -1 if numbered is None else (numbered["number"] or "").count(".") + (numbered["deeper"] is not None)
        if draft.kind == "item" and draft.marker != "-":
            draft.prefix(draft.marker, [(draft.marker, "", 0)])
        look = (draft.toggle, draft.depth, depth)
        draft.level = levels.setdefault(look, min(base + 1 + max(depth, 0), 6))
        draft.kind, draft.marker = "heading", ""


def _find_title(drafts: list[Draft], title: str) -> None:
    """A short first line is the title where no heading is, if it is bold, or says what the page is called or is."""
    if len(drafts) < 2 or any(draft.kind == "heading" and draft.level == 1 for draft in drafts):
        return
    first = drafts[0]
    if first.kind != "paragraph" or len(first.text) > 80 or _ENDS_OPEN.search(first.text) or tells_date(first.text):
        return
    foreign = not first.text.isascii()
    if first.bold or first.text.casefold() in title.casefold() or legal_words(first.text, foreign):
        first.kind, first.level = "heading", 1


def _may_head(draft: Draft, following: Draft) -> bool:
    text = draft.text
    if draft.kind == "item":
        if not (draft.sole and draft.bold and following.kind != "item"):
            return False
    elif draft.kind != "paragraph":
        return False
    if len(text.split()) > 15 or dates.is_line(text) or (_ENDS_OPEN.search(text) and not _is_stopped_title(draft)):
        return False
    if following.kind == "heading":
        return draft.toggle
    if draft.toggle or draft.bold:
        return any(letter.isalpha() for letter in text)
    shouts = len(text) > 6 and text.isupper()
    if not shouts and (text[-1] in ":：" or not _is_numbered(text)):
        return False
    prose = max(50 if following.text.isascii() else 20, len(text))
    return len(text) < 80 and len(following.text) > prose and not _is_label(following)


def _is_stopped_title(draft: Draft) -> bool:
    """Whether a bold line is a title although it ends with a full stop."""
    return draft.bold and draft.text[-1] == "." and numbered_title(draft.text) is not None


def numbered_title(text: str) -> int | None:
    """The number of a title such as "7. Content." or "2. Notice to Users"; None for anything else.

    A sentence has small letters after its first word; where there are hardly any words, that cannot tell.
    """
    found = _TITLE.fullmatch(text)
    if found is None or len(text) > _LONGEST:
        return None
    words = found["title"].split()
    longer = [word for word in words if len(word) > 3 and word not in _JOINING]
    titled = len(words) <= 3 or all(word[0].isupper() for word in longer)
    return int(found["number"]) if titled and words[0][0].isupper() else None


def _is_numbered(text: str) -> bool:
    """Whether a number stands in front of a title: "3. Cookies" and "3 Cookies", but no "3 years" and no "A cookie"."""
    found = _NUMBERED.match(text)
    if found is None or not found["number"]:
        return found is not None
    bare = not text[found.end("number") : found.end() - 1].strip()
    word = found["number"].isalpha() and found.start("number") == 0
    return not (bare and (word or text[found.end() - 1].islower()))


def _is_label(draft: Draft) -> bool:
    """A numbered line that is no sentence: one of a list rather than a heading's text."""
    return len(draft.text) < 80 and _NUMBERED.match(draft.text) is not None and not _ENDS_OPEN.search(draft.text)
