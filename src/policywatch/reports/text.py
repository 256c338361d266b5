"""Page text made safe and short enough to print: cleaning, eliding, wrapping."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from policywatch.model import WordOp
from policywatch.patterns import late

Run = tuple[WordOp, str]

CONTEXT = 180  # letters of unchanged text kept on either side of a mark
ELLIPSIS = "…"
_LEAD = 4  # of a stretch around a word, this part stands before it

# Never printed: C0 and C1 controls (terminal escapes), lone surrogates, marks that turn the writing direction of what
# follows, invisible tag characters, soft hyphens and byte order marks. Joiners stay: scripts and emoji need them.
_UNSAFE = late(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_ESCAPES = late("(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?|\x1b.")
_SPACE = late("[ \t\n\r\v\f\x85\u2028\u2029]+")
_WIDE = r"\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
_PIECE = late(f"[{_WIDE}] ?|[^\\s{_WIDE}]+ ?| ")
_SENTENCE_END = late(r"[.!?;:][\"'”’)\]]*\s+|[。！？；]")


def clean(text: str) -> str:
    """One line without anything that could steer a terminal. Edge spaces stay, as they part words from marks."""
    return _SPACE.sub(" ", _UNSAFE.sub("", _ESCAPES.sub("", text)))


def shorten(text: str, limit: int) -> str:
    """The beginning of a text, cut between words."""
    return text if len(text) <= limit else _head(text, limit).rstrip(" ,;:") + " " + ELLIPSIS


def focus(text: str, words: Sequence[str], limit: int) -> str:
    """The stretch of a text that has most of the words, of equals the first; as long as ``shorten`` would leave."""
    if len(text) <= limit:
        return text
    folded = text.casefold() if len(text.casefold()) == len(text) else text
    hits = [(found, word) for word in set(words) if word for found in _places(folded, word.casefold())]

    def held(start: int) -> int:
        return len({word for at, word in hits if start <= at and at + len(word) <= start + limit})

    starts = {0, *(_word_start(text, max(at - limit // _LEAD, 0)) for at, _ in hits)}
    start = max(starts, key=lambda one: (held(one), -one))
    if not start:
        begun = shorten(text, limit)
        kept = sum(word.casefold() in begun.casefold() for word in {word for _, word in hits})
        return begun if kept >= held(0) else f"{_whole_words(text[:limit])} {ELLIPSIS}"
    if start + limit >= len(text):
        return f"{ELLIPSIS} {text[_word_end(text, len(text) - limit) :]}"
    return f"{ELLIPSIS} {_whole_words(text[start : start + limit])} {ELLIPSIS}"


def _places(text: str, word: str) -> Iterable[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _word_start(text: str, at: int) -> int:
    """Where the word begins that stands there; what comes after the last space before it."""
    return text.rfind(" ", 0, at) + 1 if at else 0


def _word_end(text: str, at: int) -> int:
    """Where the next word begins; here where there is none."""
    return at if text[at - 1] == " " else text.find(" ", at) + 1 or at


def _whole_words(text: str) -> str:
    return text.rpartition(" ")[0].rstrip(" ,;:") or text


def elide(runs: Sequence[Run], context: int = CONTEXT) -> tuple[Run, ...]:
    """Runs with their long unchanged stretches cut, at a sentence's border where one is near."""
    last = len(runs) - 1
    return tuple(
        (op, _elided(text, context, index == 0, index == last) if op == "=" else text)
        for index, (op, text) in enumerate(runs)
    )


def _elided(text: str, context: int, first: bool, last: bool) -> str:
    head = "" if first else _head(text, context)
    tail = "" if last else _tail(text, context)
    if (first and last) or len(head) + len(tail) + 40 >= len(text):
        return text
    return (head.rstrip() + " " if head else "") + ELLIPSIS + (" " + tail.lstrip() if tail else "")


def _head(text: str, limit: int) -> str:
    window = text[:limit]
    ends = [found.end() for found in _SENTENCE_END.finditer(window)]
    if ends and ends[-1] > limit // 6:
        return window[: ends[-1]]
    space = window.rfind(" ")
    return window[:space] if space > limit // 2 else window


def _tail(text: str, limit: int) -> str:
    window = text[-limit:]
    ends = [found.end() for found in _SENTENCE_END.finditer(window)]
    if ends and ends[0] < limit * 3 // 4:
        return window[ends[0] :]
    space = window.find(" ")
    return window[space + 1 :] if 0 <= space < limit // 2 else window


def width(text: str) -> int:
    """Terminal columns: two for the wide characters of East Asia, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(letter) or letter in "\u200b\u200c\u200d\ufe0f"
        else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def wrap(text: str, columns: int, indent: str = "") -> list[str]:
    """Lines of at most ``columns``, indented; words longer than a line stay whole, wide characters may be parted."""
    lines: list[str] = []
    line, used = "", 0
    room = max(columns - width(indent), 16)
    for piece in _pieces(text):
        size = width(piece.rstrip())
        if line and used + size > room:
            lines.append(indent + line.rstrip())
            line, used = "", 0
            piece = piece.lstrip()
        line += piece
        used += width(piece)
    return [*lines, indent + line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> Iterable[str]:
    """Words with the space after them; every wide character is a word."""
    return _PIECE.findall(text)
