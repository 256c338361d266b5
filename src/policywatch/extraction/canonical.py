"""The canonical form: two texts have the same one exactly if their words are the same.

Gone: markup, links' targets, invisible characters, the style of quotes and dashes, bullets and the numbers a list
generates, white space around punctuation and between CJK characters, relative ages ("Updated 5 days ago"), the way a
date is written where it can be read one way only. All else stays: letter case, numbers, e-mail addresses, every small
word. Full-width letters and ligatures count as the plain ones; other compatibility characters (², №, ™) stay, since
"10²" is not "102".
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from policywatch.extraction import dates
from policywatch.extraction.ages import without_ages
from policywatch.extraction.characters import clean
from policywatch.model import Clause, plain

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_QUOTES = dict.fromkeys(map(ord, "\"'‘’‚‛“”„‟‹›«»′″`´＂＇｀「」『』〝〞"), "'")
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–−﹣－"), "-")
_DASHES = dict.fromkeys(map(ord, "—―⸺⸻﹘"), " - ")
_BULLETS = dict.fromkeys(map(ord, "•●○◦▪▫■□‣⁃∙►▶➢➤|｜"), " ")
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_JOINERS = {0x200C: "", 0x200D: ""}
_MAPPED = _FULL_WIDTH | _QUOTES | _HYPHENS | _DASHES | _BULLETS | _LIGATURES | _JOINERS | {0x2026: "..."}
_TABLE = {chr(code): instead for code, instead in _MAPPED.items()}
_TABLED = re.compile(f"[{re.escape(''.join(_TABLE))}]")

_CLOSING = ",.;:!?)]}%、。，；：！？）」』】》"
_OPENING = "([{（「『【《"
_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_ANY_CJK = re.compile(f"[{_CJK}]")
_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}]) | (?=[{_CJK}])")
_AFTER_OPENING = re.compile(rf"([{re.escape(_OPENING)}]) ")
_BEFORE_CLOSING = re.compile(rf" (?=[{re.escape(_CLOSING)}])")
_LOOSE_QUOTE = re.compile(r"[«‹„] | [»›]")
_LEADING = re.compile(r"(?:[-*·✓✔] )+")  # a tick elsewhere is an answer, as in a table's cell
_WORD = re.compile(r"[\w✓✔✗✘]")
_DOUBLE_HYPHEN = re.compile(r" ?--+ ?")


def canonical(clause: Clause | str) -> str:
    """The canonical form of one clause, or of its text; "" if nothing of it counts."""
    return _canonical(clause if isinstance(clause, str) else clause.text)


def form(clauses: Sequence[Clause]) -> str:
    """SHA-256 hex of the whole document's canonical form, however the text is cut into blocks."""
    words = ""
    pieces: list[str] = []
    for clause in clauses:
        said = _canonical(clause.text)
        if said:
            if words and _parted(words[-1], said[0]):
                pieces.append(" ")
            pieces.append(said)
            words = said
    return hashlib.sha256("".join(pieces).encode()).hexdigest()


@lru_cache(maxsize=1 << 14)
def _canonical(text: str) -> str:
    text = clean(plain(text))
    if text.isascii():
        text = text.replace('"', "'").replace("`", "'").replace("|", " ")
    else:
        text = _LOOSE_QUOTE.sub(lambda found: found[0].strip(), text)
        text = unicodedata.normalize("NFC", text)
        text = _TABLED.sub(lambda found: _TABLE[found[0]], text).replace(" · ", " ")
    if "--" in text:
        text = _DOUBLE_HYPHEN.sub(" - ", text)
    text = " ".join(text.split())
    if not _WORD.search(text):
        return ""
    leading = _LEADING.match(text)
    if leading:
        text = text[leading.end() :]
    return without_ages(dates.normalise(_spaced(text)))


def _spaced(text: str) -> str:
    """White space where it separates words, and nowhere else."""
    text = _BEFORE_CLOSING.sub("", _AFTER_OPENING.sub(r"\1", text))
    return text if text.isascii() or not _ANY_CJK.search(text) else _BESIDE_CJK.sub("", text)


def _parted(before: str, after: str) -> bool:
    """Whether a space belongs between two pieces of text, by the characters that would meet."""
    if before in _OPENING or after in _CLOSING:
        return False
    return not (_ANY_CJK.match(before) or _ANY_CJK.match(after))
