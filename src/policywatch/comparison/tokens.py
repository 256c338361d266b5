"""Where the words, numbers and punctuation of a clause's inline Markdown stand; link syntax and spaces lie between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from policywatch.comparison.subsequence import common
from policywatch.extraction import dates
from policywatch.extraction.canonical import canonical

_LINK = regex.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)(\]\((?:[^()\s\\]|\\.|\([^()\s]*\))*\))")
_HYPHENS = r"\-‐‑‒–−﹣"
_SIGN = r"[\p{Han}\p{Hiragana}\p{Katakana}]"
_INNER = rf"(?:[[\p{{L}}\p{{M}}\p{{N}}_\u200b-\u200d\u2060\u00ad]--{_SIGN}]|\\_)"
_TOKEN = regex.compile(
    rf"""
      (?:[\w.+{_HYPHENS}]|\\[_*.+-])+ @ [\w{_HYPHENS}]+ (?:\\?\.[\w-]+)+      # an e-mail address
    | (?:https?://|www\.) [^\s<>"“”\[\]]* [\w/]                       # a web address
    | \p{{N}}+ (?:[.,:]\p{{N}}+)* [\p{{L}}\p{{M}}]*                   # 30, 1,000.50, 4.2, 1st
    | {_SIGN}                                                         # scripts without spaces: each sign is a word
    | {_INNER}+ (?: ['’‘`´′＇{_HYPHENS}] {_INNER}+ )*                 # user's, opt-out
    | --+
    | \\[!-/:-@\[-`{{-~]
    | [^\s\u200b-\u200d\u2060\ufeff\u00ad]
    """,
    regex.VERBOSE | regex.VERSION1,
)
_BULLETS = regex.compile(r"\s*(?:\\?[-*·]\s+)+")  # that the text begins with


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark of punctuation at ``start``:``end``; ``key`` is what counts when it is compared."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text, its tokens, and the places of its links: (start, start of "](", end)."""

    text: str
    tokens: tuple[Token, ...]
    links: tuple[tuple[int, int, int], ...]


@lru_cache(maxsize=1 << 16)
def _key(raw: str) -> str:
    return canonical(raw)


def tokenise(text: str) -> Tokens:
    """The tokens that mean something: what the canonical form drops (link targets, zero-width signs) is none.

    A date whose reading is certain is one token, however it is written.
    """
    found: list[Token] = []
    links = []
    bullets = _BULLETS.match(text)
    last = bullets.end() if bullets else 0
    for link in _LINK.finditer(text, last) if "](" in text else ():
        links.append((link.start(), link.end(1), link.end()))
        _scan(text, last, link.start(), found)
        _scan(text, link.start() + 1, link.end(1), found)
        last = link.end()
    _scan(text, last, len(text), found)
    return Tokens(text, tuple(found), tuple(links))


def _scan(text: str, start: int, end: int, found: list[Token]) -> None:
    last = start
    for one in dates.find(text[start:end]):
        if one.day:
            _words(text, last, start + one.start, found)
            last = start + one.end
            found.append(Token(start + one.start, last, one.day.isoformat()))
    _words(text, last, end, found)


def _words(text: str, start: int, end: int, found: list[Token]) -> None:
    for match in _TOKEN.finditer(text, start, end):
        if key := _key(match[0]):
            found.append(Token(match.start(), match.end(), key))


_LIGHT = frozenset("and or the a an of to in".split())


def aligned(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[int, int]]:
    """Which tokens stay, as index pairs.

    Words that carry meaning are matched first, commas and the likes of "and" between them only: otherwise "a and b" ->
    "a, b and c" would keep the "and" and move the "b".
    """
    heavy_old = [i for i, token in enumerate(old) if _heavy(token)]
    heavy_new = [j for j, token in enumerate(new) if _heavy(token)]
    anchors = common([old[i].key for i in heavy_old], [new[j].key for j in heavy_new])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for p, q in [*((heavy_old[m], heavy_new[n]) for m, n in anchors), (len(old), len(new))]:
        if i < p and j < q:
            between = common([token.key for token in old[i:p]], [token.key for token in new[j:q]])
            pairs += ((i + m, j + n) for m, n in between)
        pairs.append((p, q))
        i, j = p + 1, q + 1
    return pairs[:-1]


def _heavy(token: Token) -> bool:
    return token.key[0].isalnum() and token.key not in _LIGHT
