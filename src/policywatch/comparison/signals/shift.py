"""Two wordings side by side, and what of one answers to what of the other."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from policywatch.comparison.blocks import Block, cut
from policywatch.comparison.tokens import Tokens, tokenise
from policywatch.model import Signal
from policywatch.patterns import late

LONG = 5  # words: what comes or goes with more than these says something new rather than shifts what was said
_END = late(r"(?<=[^\W_][^\W_])[)\"”’']?[.!?][)\"”’']?\s+(?=[^a-z])|[;:]\s+|[。；]")  # not "P.O. Box", "Inc. and"
_STOPS = frozenset(".!?。;")
ANY = ""  # no norm


Span = tuple[int, int]  # letters
Part = tuple[int, str]  # where it starts, and its words


class Match(NamedTuple):
    """Words of one side that a signal is about; ``norm`` is what they amount to, however they are put."""

    start: int
    end: int
    norm: str


class Shift:
    """One clause's wording before and after, in plain text; "" where it doesn't exist."""

    def __init__(self, before: str, after: str, lead: str = "") -> None:
        self.before, self.after = before, after
        self.lead = lead  # what introduces the list that the clause is an item of
        self.paired = bool(before and after)

    @cached_property
    def old(self) -> Tokens:
        return tokenise(self.before)

    @cached_property
    def new(self) -> Tokens:
        return tokenise(self.after)

    @cached_property
    def low(self) -> str:
        """What is read of both wordings in lower case: to see quickly that neither has some words."""
        return " ".join("\n".join(text for side in self.parts for _, text in side).lower().split())

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return cut(self.old, self.new)

    @cached_property
    def edits(self) -> list[Block]:
        return [block for block in self.blocks if not block.same]

    @cached_property
    def sentences(self) -> tuple[list[Span], list[Span]]:
        """The sentences that words changed in, on both sides; the others are the same and shift nothing."""
        if not self.paired:
            return [(0, len(self.before))] * bool(self.before), [(0, len(self.after))] * bool(self.after)
        old = [(block.i0, block.i1) for block in self.edits]
        new = [(block.j0, block.j1) for block in self.edits]
        return _sentences(self.before, self.old, old), _sentences(self.after, self.new, new)

    @cached_property
    def parts(self) -> tuple[list[Part], list[Part]]:
        """The same sentences' words."""
        olds, news = self.sentences
        return [(a, self.before[a:b]) for a, b in olds], [(a, self.after[a:b]) for a, b in news]

    def signals(
        self, kind: str, find: Callable[[str], Iterator[Match]], *, close: int = 0, once: bool = False
    ) -> Iterator[Signal]:
        """What changed among the matches on both sides; with ``close``, where no more words changed around it.

        With ``once`` it counts whether a wording says something, not how often.
        """
        olds, news = (list(_within(parts, find)) for parts in self.parts)
        if [match.norm for match in olds] == [match.norm for match in news]:
            return
        for old, new in self._pairs(olds, news):
            if old and new and old.norm == new.norm:
                continue
            if once and self._stands(old, new, find):
                continue
            if not close or self._close(old, new, close):
                words = self.before[old.start : old.end] if old else "", self.after[new.start : new.end] if new else ""
                yield Signal(kind, *words)

    def _stands(self, old: Match | None, new: Match | None, find: Callable[[str], Iterator[Match]]) -> bool:
        """Whether what came or went on one side stands elsewhere on the other."""
        match, others = (old, find(self.after)) if old else (new, find(self.before))
        return (not old or not new) and any(match.norm == other.norm for other in others if match)

    def repeats(self, signal: Signal) -> bool:
        """Whether the words that came or went stand on the other side, too."""
        return (not signal.before and signal.after in self.before) or (not signal.after and signal.before in self.after)

    def _pairs(self, olds: list[Match], news: list[Match]) -> list[tuple[Match | None, Match | None]]:
        """Each match with what answers to it: the same in its place, another in its place, the same anywhere."""
        pairs: list[tuple[Match | None, Match | None]] = []
        left, right = dict.fromkeys(olds), dict.fromkeys(news)  # ordered sets
        if not olds or not news:
            pairs = [*((old, None) for old in left), *((None, new) for new in right)]
            return sorted(pairs, key=_place)

        def take(old: Match, new: Match | None) -> None:
            if new:
                pairs.append((old, new))
                del left[old], right[new]

        there: defaultdict[tuple[int, str], deque[Match]] = defaultdict(deque)  # by place (a word or an edit) and norm
        for new in news:
            for place in self._places(self.new, new, self._new_places):
                there[place, new.norm].append(new)
                there[place, ANY].append(new)
        near = {old: self._places(self.old, old, self._old_places) for old in olds}

        def first(old: Match, norm: str) -> Match | None:
            for place in near[old]:
                queue = there.get((place, norm), ())
                while queue and queue[0] not in right:
                    queue.popleft()
                if queue:
                    return queue[0]
            return None

        for old in olds:
            take(old, first(old, old.norm))
        for old in list(left):
            take(old, first(old, ANY))
        alike: defaultdict[str, list[Match]] = defaultdict(list)
        for new in reversed(right):
            alike[new.norm].append(new)
        for old in list(left):
            take(old, alike[old.norm].pop() if alike[old.norm] else None)
        pairs += [(old, None) for old in left]
        pairs += [(None, new) for new in right]
        return sorted(pairs, key=_place)

    @staticmethod
    def _places(tokens: Tokens, match: Match, places: Sequence[int]) -> list[int]:
        return list(dict.fromkeys(places[index] for index in within(tokens, match)))

    @cached_property
    def _old_places(self) -> list[int]:
        """For each old word: the new word it stayed, or below 0 the edit it went in."""
        return self._numbered([block.i1 - block.i0 for block in self.blocks])

    @cached_property
    def _new_places(self) -> list[int]:
        return self._numbered([block.j1 - block.j0 for block in self.blocks])

    def _numbered(self, edited: Sequence[int]) -> list[int]:
        """The places of one side's words; ``edited`` has how many of them each block has."""
        out: list[int] = []
        for number, (block, words) in enumerate(zip(self.blocks, edited, strict=True), 1):
            out += range(block.j0, block.j1) if block.same else [-number] * words
        return out

    def _close(self, old: Match | None, new: Match | None, most: int) -> bool:
        """Whether the words that came or went with a match are few, and of its sentence."""
        spans = [(self.old, old, self._old_places), (self.new, new, self._new_places)]
        edits = {place for side, one, places in spans if one for place in self._places(side, one, places) if place < 0}
        return all(self._sizes[-edit - 1] <= most for edit in edits)

    @cached_property
    def _sizes(self) -> list[int]:
        """How many words came or went, by block."""
        old, new = self.old.keys, self.new.keys
        return [max(_size(old[block.i0 : block.i1]), _size(new[block.j0 : block.j1])) for block in self.blocks]


def put(kind: str, found: list[Signal]) -> Iterator[Signal]:
    """What went and what came elsewhere are one, if they are all: "used solely to", "mainly used to"."""
    gone, come = [one for one in found if not one.after], [one for one in found if not one.before]
    if len(gone) == len(come) == 1:
        yield Signal(kind, gone[0].before, come[0].after)
        found = [one for one in found if one not in (*gone, *come)]
    yield from found


def _sentences(text: str, tokens: Tokens, edits: Sequence[Span]) -> list[Span]:
    ends = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    out: list[Span] = []
    for start, end in edits:
        first = tokens.ends[start - 1] if start else 0
        last = tokens.starts[end] if end < len(tokens.keys) else len(text)
        begin, stop = ends[max(0, bisect_left(ends, first) - 1)], ends[min(len(ends) - 1, bisect_right(ends, last))]
        if out and begin <= out[-1][1]:
            begin = out.pop()[0]
        out.append((begin, stop))
    return out


def _within(parts: Sequence[Part], find: Callable[[str], Iterator[Match]]) -> Iterator[Match]:
    for start, text in parts:
        for match in find(text):
            yield Match(start + match.start, start + match.end, match.norm)


def _place(pair: tuple[Match | None, Match | None]) -> int:
    old, new = pair
    return new.start if new else old.start if old else 0


def within(tokens: Tokens, match: Match) -> range:
    """The tokens that a match covers."""
    return range(bisect_right(tokens.ends, match.start), bisect_left(tokens.starts, match.end))


def _size(keys: Sequence[str]) -> int:
    """How many words there are; of several sentences, more than any bound."""
    return sum(key[0].isalnum() for key in keys) if _STOPS.isdisjoint(keys[:-1]) else sys.maxsize
