"""The canonical form: two texts have the same one exactly if their words are the same.

Gone: markup (also Markdown that a page shows as such), links' targets, invisible characters, the style of quotes and
dashes, bullets and the numbers a list generates, white space around punctuation and between CJK characters, relative
ages ("Updated 5 days ago"), the years of a copyright line, the way a date is written where it can be read one way only.
All else stays: letter case, numbers, e-mail addresses, every small word. Full-width letters and ligatures count as the
plain ones; other compatibility characters (², №, ™) stay, since "10²" is not "102".
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from policywatch.extraction import ages, dates
from policywatch.extraction.characters import clean
from policywatch.model import Clause, plain
from policywatch.patterns import late

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_QUOTES = dict.fromkeys(map(ord, "\"'‘’‚‛“”„‟‹›«»′″`´＂＇｀「」『』〝〞"), "'")
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–−﹣－"), "-")
_DASHES = dict.fromkeys(map(ord, "—―⸺⸻﹘"), " - ")
_BULLETS = dict.fromkeys(map(ord, "•●○◦▪▫■□‣⁃∙►▶➢➤|｜"), " ")
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_JOINERS = {0x200C: "", 0x200D: ""}
_MAPPED = _FULL_WIDTH | _QUOTES | _HYPHENS | _DASHES | _BULLETS | _LIGATURES | _JOINERS | {0x2026: "..."}
_TABLE = {chr(code): instead for code, instead in _MAPPED.items()}
_TABLED = late(f"[{re.escape(''.join(_TABLE))}]")

_CLOSING = ",.;:!?)]}%、。，；：！？）」』】》"
_OPENING = "([{（「『【《"
_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_ANY_CJK = late(f"[{_CJK}]")
_STOP_AFTER_CJK = f"[{_CJK}][!-/:-?]"
_CJK_STOP = late(_STOP_AFTER_CJK)
_BESIDE_CJK = late(rf"(?<=[{_CJK}]) | (?=[{_CJK}])|(?<={_STOP_AFTER_CJK}) ")
_AFTER_OPENING = late(rf"([{re.escape(_OPENING)}]) ")
_BEFORE_CLOSING = late(rf" (?=[{re.escape(_CLOSING)}])")
_LOOSE_QUOTE = late(r"[«‹„] | [»›]")
_LEADING = late(r"(?:[-*·✓✔] )+")  # a tick elsewhere is an answer, as in a table's cell
_WORD = late(r"[\w✓✔✗✘]")
_TIGHT = late(r"(?:(?:\d{1,2}\.){1,4}|\(\w{1,4}\))(?=[^\W\d_])|[a-z]\.(?=[A-Z])")  # a number before its word
_NOTICE = 200  # letters of a line that is there for the copyright in it
_COPYRIGHT = late(  # with its years, which move every January
    r"((?:copyright )?(?:©|\(c\)|copyright)) ?(?:19|20)\d\d(?: ?[-,&] ?(?:(?:19|20)\d\d|present|today))*(?!\d)",
    re.IGNORECASE,
)
_DOUBLE_HYPHEN = late(r" ?--+ ?")
# What gives or takes an ASCII letter: combining marks, the sign of kelvin, ligatures, full-width letters.
_RESPELLED = late("[\u0300-\u036f\u212a\ufb00-\ufb06\uff01-\uff5e]")
_SHORT = 60  # a counter is shorter
_UNRENDERED = late(r"\*\*+|(?<!\S)(?:#{2,6}(?!#)|:?-{3,}:?(?!\S))")  # Markdown that the page shows as such


def canonical(clause: Clause | str) -> str:
    """The canonical form of one clause, or of its text; "" if nothing of it counts."""
    return _canonical(clause if isinstance(clause, str) else clause.text)


def respelled(texts: Collection[str], others: Iterable[str]) -> Iterator[str]:
    """Those of some plain texts that may have the form of one of ``others`` without having its ASCII letters.

    Both have a date then, or an age, or are nothing but a counter; or the text has letters that a form spells anew.
    """
    theirs, whole = " ".join(others), " ".join(texts)
    signs = [sign for sign in ("19", "20", *ages.HINTS) if sign in f"{theirs} "]
    anew = not whole.isascii() and _RESPELLED.search(whole) is not None
    for text in texts:
        if len(text) < _SHORT or (anew and _RESPELLED.search(text)) or any(sign in f"{text} " for sign in signs):
            yield text


def form(clauses: Sequence[Clause]) -> str:
    """SHA-256 hex of the whole document's canonical form, however the text is cut into blocks.

    What the layout of a whole text brings along does not count here either: the letters and numbers that lists
    generate, the stops after sentences and items, the quotation marks around words, where in the page's head its dates
    stand.
    """
    words = ""
    pieces: list[str] = []
    for said in _dates_first([said for clause in clauses if (said := wording(clause))]):
        if words and _parted(words, said):
            pieces.append(" ")
        pieces.append(said)
        words = said
    return hashlib.sha256("".join(pieces).encode()).hexdigest()


_LETTER = late(rf"(?:[a-z]|[ivxl]{{2,5}})\.(?: |(?=[{_CJK}]))", re.IGNORECASE)
_NUMBER = late(rf"\d{{1,2}}\.(?: |(?=[{_CJK}]))")
_FOR_EXAMPLE = late(r"\b(e\.g|i\.e),", re.IGNORECASE)  # with its comma or without: a house's style
_COMMAS = late(r"(?<!,),,(?!,)")
_AT_END = rf"(?=[\s{re.escape(_CLOSING)}{_CJK}]|$)"
_STOPS = late(rf"[.:;]+{_AT_END}|(?<=[{_CJK}])[.:;。]+|;")
_MARKS = late(rf"(?<![^\W{_CJK}])'|'(?![^\W{_CJK}])")  # all but apostrophes inside words


def wording(clause: Clause) -> str:
    """A clause's canonical form without what a list's layout brings along, and without stops and quotation marks."""
    said = _canonical(clause.text)
    if clause.kind in ("item", "heading"):
        # What a list counts may stand in its text as well; a heading's number is what references name.
        counted = _LETTER.match(said) or (_NUMBER.match(said) if clause.kind == "item" else None)
        said = said[counted.end() :] if counted else said
    return _unmarked(said)


@lru_cache(maxsize=1 << 14)
def _unmarked(said: str) -> str:
    before = said
    if "'" in said:
        said = _MARKS.sub("", said)
    said = _STOPS.sub(lambda found: " " if found[0] == ";" else "", said)
    if "g," in said or "e," in said:
        said = _FOR_EXAMPLE.sub(r"\1", said)
    if ",," in said:
        said = _COMMAS.sub(",", said)
    return _spaced(" ".join(said.split())) if said != before else said


_HEAD = 8  # clauses among which a date line has no place of its own
_RUNNING = 100  # characters from which on a clause ends the head
_DATE_LINE = late(r"([^\d.(]{0,40}?)[: ]*(\d{4}-\d\d-\d\d)\.?( ?\([^()]{0,40}\))?")


def _dates_first(said: list[str]) -> list[str]:
    """The clauses with the head's date lines in front, each label beside its date, and no label without one."""
    lines: list[str] = []
    head: list[str] = []
    end = next((place for place, text in enumerate(said[:_HEAD]) if len(text) >= _RUNNING), _HEAD)
    for text in said[:end]:
        found = _DATE_LINE.fullmatch(text)
        label = found[1].strip(" :") if found else ""
        if found is None or (label and not dates.is_label(label)):
            head.append(text)
            continue
        if not label and head and dates.is_label(head[-1]):
            label = head.pop().strip(" :")
        lines.append(f"{label} {found[2]}{found[3] or ''}".strip())
    return [*lines, *(text for text in head if not dates.is_bare_label(text)), *said[end:]]


@lru_cache(maxsize=1 << 14)
def _canonical(text: str) -> str:
    text = clean(plain(text))
    if text.isascii():
        text = text.replace('"', "'").replace("`", "'").replace("|", " ")
    else:
        text = _LOOSE_QUOTE.sub(lambda found: found[0].strip(), text)
        text = unicodedata.normalize("NFC", text)
        text = _TABLED.sub(lambda found: _TABLE[found[0]], text).replace(" · ", " ")
    if "--" in text or "**" in text or "##" in text:
        text = _UNRENDERED.sub("", text)
        text = _DOUBLE_HYPHEN.sub(" - ", text)
    text = " ".join(text.split())
    if not _WORD.search(text):
        return ""
    leading = _LEADING.match(text)
    if leading:
        text = text[leading.end() :]
    if len(text) < _NOTICE and (year := _COPYRIGHT.match(text)):
        text = f"{year[1]}{text[year.end() :]}"
    if tight := _TIGHT.match(text):
        text = f"{tight[0]} {text[tight.end() :]}"
    return ages.without_ages(dates.normalise(_spaced(text)))


def _spaced(text: str) -> str:
    """White space where it separates words, and nowhere else."""
    text = _BEFORE_CLOSING.sub("", _AFTER_OPENING.sub(r"\1", text))
    return text if text.isascii() or not _ANY_CJK.search(text) else _BESIDE_CJK.sub("", text)


def _parted(before: str, after: str) -> bool:
    """Whether a space belongs between two pieces of text, by the characters that would meet."""
    if before[-1] in _OPENING or after[0] in _CLOSING:
        return False
    return not (_ANY_CJK.match(before[-1]) or _ANY_CJK.match(after[0]) or _CJK_STOP.match(before[-2:]))
