"""Which patterns a text's words leave possible: a look at each word instead of a search for each pattern.

hints.json tells for each built-in pattern the words that a text must have to match it; training/hints.py makes it.
A pattern has ways to match; a way has groups, of each of which a matching text has a word. Each (group, way) is a bit;
a word sets the bits of the groups it is in; a way is possible when all its groups' bits are set.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from hashlib import sha256
from importlib import resources
from operator import or_

FILE = "hints.json"
SIGNS = "|?@$"  # words of a hint, too: they stand for themselves
CROSSING = "."  # stands first in a way that can match across sentences, or that looks at the whole text

_LONGEST = 110  # letters; no "<…" is more

Ways = Sequence[Sequence[str]]
_ALWAYS: Ways = [[CROSSING]]


def key(pattern: str) -> str:
    """What a pattern is called in the file; one that was changed since the file was made isn't in it."""
    return sha256(pattern.encode()).hexdigest()[:12]


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Ways]:
    """The ways of each pattern by its ``key``: groups of words with spaces between.

    A word is a run of letters or digits. "*" stands where more of them may follow, "<30" is a text of less than 30
    letters.
    """
    source = resources.files("policywatch.taxonomy").joinpath(FILE)
    content: dict[str, Ways] = json.loads(source.read_bytes())
    return content


class Hints:
    """What is known about some patterns. Those that the file doesn't know are always possible."""

    def __init__(self, patterns: Sequence[str | None]) -> None:
        """None stands for a pattern that every text matches."""
        ways = [(number, *_parted(way)) for number, pattern in enumerate(patterns) for way in _ways_of(pattern)]
        # Those of most groups have the lowest bits: what words tell of a further group is short then.
        ways.sort(key=lambda way: -len(way[2]))
        self.bits = [0] * len(patterns)  # of each pattern
        self.crossing = 0  # bits of ways that a single sentence cannot tell about
        for bit, (number, crossing, _) in enumerate(ways):
            self.bits[number] |= 1 << bit
            self.crossing |= crossing << bit
        self._all = (1 << len(ways)) - 1
        self._words = _Words()
        # By number of group: where its bits begin, and the bits of ways that have no such group.
        self._groups: list[tuple[int, int]] = []
        start = 0
        for number in range(max((len(groups) for *_, groups in ways), default=0)):
            having = [groups[number] for *_, groups in ways if number < len(groups)]
            for bit, words in enumerate(having, start):
                self._words.add(words.split(" "), bit)
            self._groups.append((start, self._all ^ (1 << len(having)) - 1))
            start += len(having)
        # Texts of as many letters as the place says; the last one stands for all longer ones.
        self._lengths = [self._words[f"<{length}"] for length in range(_LONGEST + 1)]
        for length in reversed(range(_LONGEST)):
            self._lengths[length] |= self._lengths[length + 1]
        self._lengths = [*self._lengths[1:], 0]
        self._signs = [(sign, mask) for sign in SIGNS if (mask := self._words[sign])]

    def of_text(self, lowered: str, sentences: Sequence[Sequence[str]]) -> tuple[int, list[int]]:
        """The ways in which patterns may match a text, and, where it has several sentences, each of them.

        Sentences, what is between full stops, are given as words; they tell nothing of ways that are ``crossing``.
        """
        bits_of = self._words.__getitem__
        whole = self._lengths[min(len(lowered), _LONGEST)]
        for sign, mask in self._signs:
            if sign in lowered:
                whole |= mask
        if len(sentences) == 1:
            return self._possible(reduce(or_, map(bits_of, sentences[0]), whole)), []
        each = []
        inside = 0
        for words in sentences:
            found = reduce(or_, map(bits_of, words), 0)
            whole |= found
            ways = self._possible(found)
            inside |= ways
            each.append(ways)
        return inside | (self._possible(whole) & self.crossing), each

    def _possible(self, found: int) -> int:
        every = self._all
        for start, given in self._groups:
            every &= found >> start | given
        return every


def _ways_of(pattern: str | None) -> Ways:
    return _ALWAYS if pattern is None else shipped().get(key(pattern), _ALWAYS)


def _parted(way: Sequence[str]) -> tuple[bool, Sequence[str]]:
    """Whether a way is crossing, and its groups."""
    crossing = way[:1] == [CROSSING]
    return crossing, way[1:] if crossing else way


class _Words(dict[str, int]):
    """Word -> bits, put together when a word is first met."""

    def __init__(self) -> None:
        super().__init__()
        self._exact: dict[str, list[int]] = {}
        self._begins: dict[str, list[int]] = {}
        self._ends: dict[str, list[int]] = {}
        self._inside: dict[str, list[int]] = {}
        self._any_inside: Callable[[str], object] = self._first

    def _first(self, part: str) -> object:
        """Makes ``_any_inside`` when all words are there: it spares most words a look at each piece."""
        pieces = "|".join(map(re.escape, self._inside)) or "(?!)"
        self._any_inside = re.compile(pieces).search
        return self._any_inside(part)

    def add(self, words: Iterable[str], bit: int) -> None:
        for word in words:
            begins, ends = word[-1] == "*", word[0] == "*"
            table = self._inside if begins and ends else self._begins if begins else self._ends if ends else self._exact
            table.setdefault(word.strip("*"), []).append(bit)

    def __missing__(self, word: str) -> int:
        bits = list[int]()
        for part in word.split("'"):
            bits += self._exact.get(part, ())
            size = len(part)
            for at in range(1, size + 1):
                bits += self._begins.get(part[:at], ())
                bits += self._ends.get(part[-at:], ())
            if self._any_inside(part):
                for inside, mine in self._inside.items():
                    if inside in part:
                        bits += mine
        found = self[word] = _sum(bits) if bits else 0
        return found


def _sum(bits: Sequence[int]) -> int:
    """Many bits as one number, put together as bytes."""
    body = bytearray(max(bits) // 8 + 1)
    for bit in bits:
        body[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(body, "little")
