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
from policywatch.extraction.characters import clean
from policywatch.model import Clause, plain

_QUOTES = dict.fromkeys(map(ord, "\"'‘’‚‛“”„‟‹›«»′″`´＂＇｀「」『』〝〞"), "'")
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–−﹣"), "-")
_DASHES = dict.fromkeys(map(ord, "—―⸺⸻﹘"), " - ")
_BULLETS = dict.fromkeys(map(ord, "•●○◦▪▫■□‣⁃∙►▶➢➤✓✔|"), " ")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_TABLE: dict[int, str] = {
    **_FULL_WIDTH, **_QUOTES, **_HYPHENS, **_DASHES, **_BULLETS, **_LIGATURES, ord("…"): "...", 0x200C: "", 0x200D: "",
}  # fmt: skip
_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}]) +| +(?=[{_CJK}])")
_LEADING = re.compile(r"^(?:[-*·] +)+")
_SPACED = re.compile(r"(?<=[(\[{]) +| +(?=[,.;:!?)\]}%])|(?<=') +(?=')")
_LOOSE_QUOTE = re.compile(r"[«‹„]\s+|\s+[»›]")
_AGE = re.compile(
    r"\b(?:about |over |almost |more than |less than )?(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten) "
    r"(?:sec(?:ond)?|min(?:ute)?|hour|day|week|month|year)s? ago\b"
)


@lru_cache(maxsize=1 << 14)
def _canonical(text: str) -> str:
    text = clean(plain(text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", _LOOSE_QUOTE.sub(lambda found: found[0].strip(), text))
    text = re.sub(r"\s*--+\s*", " - ", text.translate(_TABLE))
    text = _LEADING.sub("", " ".join(text.split()))
    return _spaced(dates.normalise(text))


def canonical(clause: Clause | str) -> str:
    """The canonical form of one clause, or of its text; "" if nothing of it counts."""
    return _canonical(clause if isinstance(clause, str) else clause.text)


def form(clauses: Sequence[Clause]) -> str:
    """SHA-256 hex of the whole document's canonical form, however the text is cut into blocks."""
    words = " ".join(filter(None, map(canonical, clauses)))
    return hashlib.sha256(_spaced(words).encode()).hexdigest()


def _spaced(text: str) -> str:
    """White space where it separates words, and nowhere else."""
    text = _SPACED.sub("", text)
    return text if text.isascii() else _BETWEEN_CJK.sub("", text)
