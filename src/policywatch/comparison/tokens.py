"""Where the words, numbers and punctuation of a clause's inline Markdown stand; link syntax and spaces lie between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from policywatch.comparison.letters import is_english
from policywatch.comparison.subsequence import common
from policywatch.extraction import dates
from policywatch.extraction.canonical import canonical
from policywatch.patterns import late

_LINK = late(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)(\]\((?:[^()\s\\]|\\.|\([^()\s]*\))*\))")
_HYPHENS = r"\-‐‑‒–−﹣"
# Each sign of these scripts is a word, as they have no spaces.
_SIGN = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_FIRST_SIGN = "\u3040"
# Letters, and what \w leaves out: combining marks, vowel signs, what is invisible within a word, an escaped underscore.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0fff\u1000-\u109f"
    "\u1780-\u17d3"
)
_HIDDEN = "\u200b-\u200d\u2060\u00ad"
_LETTER = rf"(?:[\w{_MARKS}{_HIDDEN}]|\\_)"
_NUMBER = rf"\d+(?:[.,:]\d+)*[^\W\d_]*(?![\w{_MARKS}{_HYPHENS}'’])"  # 30, 1,000.50, 4.2, 1st
_REST = rf"--+|\\[!-/:-@\[-`{{-~]|[^\s{_HIDDEN}\ufeff]"
_ADDRESS = late(
    rf"(?<![\w.+{_HYPHENS}])(?:[\w.+{_HYPHENS}]|\\[_*.+-])+@[\w{_HYPHENS}]+(?:\\?\.[\w-]+)+"  # an e-mail address
    r"|(?<!\w)(?:https?://|www\.)[^\s<>\"“”\[\]]*[\w/]"
)


def _parts(letter: str, signs: Sequence[str] = ()) -> re.Pattern[str]:
    word = rf"{letter}+(?:['’‘`´′＇{_HYPHENS}]{letter}+)*"  # user's, opt-out
    return late("|".join([_NUMBER, *signs, word, _REST]))


_PARTS = _parts(_LETTER)
_ENGLISH = late(  # the same where nothing but typography is beyond ASCII: quicker to compile
    rf"\d+(?:[.,:]\d+)*[A-Za-z]*(?![\w{_HYPHENS}'’])|(?:\w|\\_)+(?:['’‘`´′＇{_HYPHENS}](?:\w|\\_)+)*"
    r"|--+|\\[!-/:-@\[-`{-~]|\S"
)
_WITH_SIGNS = _parts(f"(?:(?!{_SIGN}){_LETTER})", [_SIGN])  # costs more, and most texts have none
_BULLET = ("-", "*", "·", "\\")
_BULLETS = late(r"\s*(?:\\?[-*·]\s+)+")  # that the text begins with


class Tokens:
    """A text's words, numbers and marks of punctuation. Each is itself only: it is a key of caches."""

    __slots__ = ("ends", "keys", "links", "starts", "text")

    def __init__(
        self,
        text: str,
        starts: Sequence[int],
        ends: Sequence[int],
        keys: Sequence[str],
        links: Sequence[tuple[int, int, int]],
    ) -> None:
        self.text, self.starts, self.ends = text, starts, ends
        self.keys = keys  # what counts when tokens are compared
        self.links = links  # start, start of "](", end


@lru_cache(maxsize=8)
def tokenise(text: str) -> Tokens:
    """The tokens that mean something: what the canonical form drops (link targets, zero-width signs) is none.

    A date whose reading is certain is one token, however it is written.
    """
    found = _Found(_ENGLISH if is_english(text) else _PARTS)
    links = []
    bullets = _BULLETS.match(text) if text.lstrip()[:1] in _BULLET else None
    last = bullets.end() if bullets else 0
    for link in _LINK.finditer(text, last) if "](" in text else ():
        links.append((link.start(), link.end(1), link.end()))
        _scan(text, last, link.start(), found)
        _scan(text, link.start() + 1, link.end(1), found)
        last = link.end()
    _scan(text, last, len(text), found)
    return Tokens(text, found.starts, found.ends, found.keys, links)


class _Found:
    def __init__(self, parts: re.Pattern[str]) -> None:
        self.parts = parts
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.keys: list[str] = []

    def add(self, spans: Sequence[tuple[int, int]], keys: Sequence[str]) -> None:
        self.starts += [start for start, _ in spans]
        self.ends += [end for _, end in spans]
        self.keys += keys


def _scan(text: str, start: int, end: int, found: _Found) -> None:
    last = start
    for one in dates.find(text[start:end]):
        if one.day:
            _words(text, last, start + one.start, found)
            last = start + one.end
            found.add([(start + one.start, last)], [one.day.isoformat()])
    _words(text, last, end, found)


def _words(text: str, start: int, end: int, found: _Found) -> None:
    signs = not text.isascii() and max(text[start:end], default="") >= _FIRST_SIGN
    parts = _WITH_SIGNS if signs else found.parts
    spans: list[tuple[int, int]] = []
    if any(sign in text and text.find(sign, start, end) >= 0 for sign in ("@", "://", "www.")):
        for address in _ADDRESS.finditer(text, start, end):
            spans += _spans(text, start, address.start(), parts)
            spans.append(address.span())
            start = address.end()
    spans += _spans(text, start, end, parts)
    keys = [_keys[text[a:b]] for a, b in spans]
    if "" in keys:
        spans = [span for span, key in zip(spans, keys, strict=True) if key]
        keys = list(filter(None, keys))
    found.add(spans, keys)
    if len(_keys) > MOST_KEYS:
        _keys.clear()


def _spans(text: str, start: int, end: int, parts: re.Pattern[str]) -> list[tuple[int, int]]:
    return [match.span() for match in parts.finditer(text, start, end)]


class _Keys(dict[str, str]):
    """The canonical form of each part of a text that was met; punctuation has one beside words only."""

    def __missing__(self, raw: str) -> str:
        plain = raw.isascii() and raw.isalnum()
        key = self[raw] = raw if plain else canonical(raw) or canonical(f"x{raw}")[1:].strip()
        return key


MOST_KEYS = 1 << 16
_keys = _Keys()


_LIGHT = frozenset("and or the a an of to in".split())


def aligned(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which tokens stay, as index pairs, by their keys.

    Words that carry meaning are matched first, commas and the likes of "and" between them only: otherwise "a and b" ->
    "a, b and c" would keep the "and" and move the "b".
    """
    heavy_old = [i for i, key in enumerate(old) if heavy(key)]
    heavy_new = [j for j, key in enumerate(new) if heavy(key)]
    anchors = common([old[i] for i in heavy_old], [new[j] for j in heavy_new])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for p, q in [*((heavy_old[m], heavy_new[n]) for m, n in anchors), (len(old), len(new))]:
        if i < p and j < q:
            pairs += ((i + m, j + n) for m, n in common(old[i:p], new[j:q]))
        pairs.append((p, q))
        i, j = p + 1, q + 1
    return pairs[:-1]


def heavy(key: str) -> bool:
    return key[0].isalnum() and key not in _LIGHT
