"""Two wordings side by side, and what of one answers to what of the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from policywatch.comparison.blocks import Block, cut
from policywatch.comparison.tokens import Token, tokenise
from policywatch.model import Signal

LONG = 5  # words: what comes or goes with more than these says something new rather than shifts what was said
_STOPS = frozenset(".!?。;")


@dataclass(frozen=True, slots=True)
class Match:
    """Words of one side that a signal is about; ``norm`` is what they amount to, however they are put."""

    start: int
    end: int
    norm: str


class Shift:
    """One clause's wording before and after, in plain text; "" where it doesn't exist."""

    def __init__(self, before: str, after: str, lead: str = "") -> None:
        self.before, self.after = before, after
        self.lead = lead  # what introduces the list that the clause is an item of
        self.old, self.new = tokenise(before).tokens, tokenise(after).tokens

    @property
    def paired(self) -> bool:
        return bool(self.before and self.after)

    @cached_property
    def blocks(self) -> list[Block]:
        return cut(self.old, self.new)

    @cached_property
    def partners(self) -> dict[int, int]:
        """Old word -> the new word it stayed."""
        return {block.i0 + k: block.j0 + k for block in self.blocks if block.same for k in range(block.i1 - block.i0)}

    @property
    def edits(self) -> list[Block]:
        return [block for block in self.blocks if not block.same]

    def found(self, find: Callable[[str], Iterator[Match]]) -> tuple[list[Match], list[Match]]:
        return list(find(self.before)), list(find(self.after))

    def signals(self, kind: str, find: Callable[[str], Iterator[Match]], *, close: bool = False) -> Iterator[Signal]:
        """What changed among the matches on both sides; with ``close``, only where few words changed around it."""
        olds, news = self.found(find)
        pairs = self._pairs(olds, news)
        for old, new in pairs:
            if old and new and old.norm == new.norm:
                continue
            if not close or self._close(old, new):
                words = self.before[old.start : old.end] if old else "", self.after[new.start : new.end] if new else ""
                yield Signal(kind, *words)

    def _pairs(self, olds: list[Match], news: list[Match]) -> list[tuple[Match | None, Match | None]]:
        """Each match with what answers to it: the same in its place, another in its place, the same anywhere."""
        rules: tuple[Callable[[Match, Match], bool], ...] = (
            lambda old, new: old.norm == new.norm and self._together(old, new),
            lambda old, new: self._together(old, new),
            lambda old, new: old.norm == new.norm,
        )
        pairs: list[tuple[Match | None, Match | None]] = []
        for fits in rules:
            for old in list(olds):
                new = next((one for one in news if fits(old, one)), None)
                if new:
                    pairs.append((old, new))
                    olds.remove(old)
                    news.remove(new)
        pairs += [(old, None) for old in olds]
        pairs += [(None, new) for new in news]
        return sorted(pairs, key=lambda pair: pair[1].start if pair[1] else pair[0].start if pair[0] else 0)

    def _together(self, old: Match, new: Match) -> bool:
        """Whether a word of the one stayed as a word of the other, or both stand in one edit."""
        left, right = within(self.old, old), within(self.new, new)
        if any(self.partners.get(i, -1) in right for i in left):
            return True
        return any(_meet(left, edit.i0, edit.i1) and _meet(right, edit.j0, edit.j1) for edit in self.edits)

    def _close(self, old: Match | None, new: Match | None) -> bool:
        """Whether the words that came or went with a match are few, and of its sentence."""
        for edit in self.edits:
            if old and _meet(within(self.old, old), edit.i0, edit.i1):
                return _few(self.old[edit.i0 : edit.i1]) and _few(self.new[edit.j0 : edit.j1])
            if new and _meet(within(self.new, new), edit.j0, edit.j1):
                return _few(self.new[edit.j0 : edit.j1]) and _few(self.old[edit.i0 : edit.i1])
        return True


def within(tokens: Sequence[Token], match: Match) -> range:
    """The tokens that a match covers."""
    start = bisect_right(tokens, match.start, key=lambda token: token.end)
    return range(start, bisect_left(tokens, match.end, key=lambda token: token.start))


def _meet(span: range, start: int, end: int) -> bool:
    return span.start < end and start < span.stop


def _few(tokens: Sequence[Token]) -> bool:
    words = [token for token in tokens if token.key[0].isalnum()]
    return len(words) <= LONG and not any(token.key in _STOPS for token in tokens[:-1])
