"""What is added to a list or dropped from it: recipients, purposes, and anything else that is enumerated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policywatch.comparison.blocks import Block
from policywatch.comparison.signals import coordination, roles
from policywatch.comparison.signals.coordination import FINITE, JOINTS
from policywatch.comparison.signals.shift import Shift
from policywatch.model import Signal

FEW = 6  # words of a clause that is an item but no recipient and no purpose: longer ones are clauses of their own
MANY = 24  # words of one that is a recipient or a purpose
AROUND = 8  # words on either side of an edit that tell whether the sentence was rewritten
SLIDE = 4  # words that an insertion can be moved by
KEPT = 0.5  # of them, at least

_SENTENCES = frozenset("we you if when this it they please i there".split())  # begin with these, items don't
_RELATIVES = frozenset("that which who whose when where".split())
_OPEN = frozenset("limited limitation limiting things others".split())  # say that a list is open, are no items
_SWAPPED = roles.PREPOSITIONS | {"without"}
_MARKS = ".,;:!?()\"“”'’"


def signals(shift: Shift) -> Iterator[Signal]:
    if shift.paired:
        yield from _Pair(shift).signals()
    elif shift.lead.rstrip().endswith(":"):
        yield from _item(shift)


def _item(shift: Shift) -> Iterator[Signal]:
    """A whole clause that is an item of a list; the sentence before the list says of which."""
    text = shift.before or shift.after
    end = min((at for at in map(text.find, ":.;(–—") if at >= 0), default=len(text))
    head = text[:end].strip()
    said = head.lower().split()
    if not said or said[0] in _SENTENCES or _says(said):
        return
    lead = [word for word in (part.strip(_MARKS) for part in shift.lead.lower().split()) if word]
    kind = roles.by_lead(lead, said)
    whole = not any(map(str.isalnum, text[end:]))
    if len(said) <= MANY if kind != "list-item" else len(said) <= FEW and whole:
        yield Signal(kind, head if shift.before else "", head if shift.after else "")


def _says(words: Sequence[str]) -> bool:
    """Whether words are a sentence rather than what an item names: "is" or "may" before any "that" or "who"."""
    for word in words:
        if word in _RELATIVES or word.endswith(","):
            return False
        if word in FINITE:
            return True
    return False


class _Pair:
    """Items that came or went within sentences."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self._old: list[str] = []
        self._new: list[str] = []
        self._whole: dict[bool, str] = {}

    def signals(self) -> Iterator[Signal]:
        for number, edit in enumerate(self._shift.blocks):
            if not edit.same and edit.i1 - edit.i0 != edit.j1 - edit.j0:
                if not self._old:
                    self._old = coordination.lower(self._shift.old.keys)
                    self._new = coordination.lower(self._shift.new.keys)
                    self._whole = {False: f" {' '.join(self._old)} ", True: f" {' '.join(self._new)} "}
                yield from self._inside(edit, number)

    def _inside(self, edit: Block, number: int) -> Iterator[Signal]:
        old, new = range(edit.i0, edit.i1), range(edit.j0, edit.j1)
        added = len(new) > len(old)
        mine, theirs = (self._new, self._old) if added else (self._old, self._new)
        here, there = (new, old) if added else (old, new)
        core = _item_of(mine, here, theirs, there)
        if not core or not coordination.is_item(mine, core) or not _OPEN.isdisjoint(mine[core.start : core.stop]):
            return
        rest = coordination.others(mine, core)
        if not rest or self._elsewhere(" ".join(mine[core.start : core.stop]), added) or not self._steady(number):
            return
        tokens, text = (self._shift.new, self._shift.after) if added else (self._shift.old, self._shift.before)
        kind = roles.within(mine, core, named=tokens.keys[core.start][0].isupper())
        first = mine[core.start]
        alike = first not in roles.PREPOSITIONS or roles.beside(first, mine[: core.start])
        if kind != "list-item" or (rest > 1 and alike):
            said = text[tokens.starts[core.start] : tokens.ends[core.stop - 1]]
            yield Signal(kind, "" if added else said, said if added else "")

    def _elsewhere(self, said: str, added: bool) -> bool:
        """Whether the other side says the same at another place."""
        return self._whole[not added].count(f" {said} ") >= self._whole[added].count(f" {said} ")

    def _steady(self, number: int) -> bool:
        """Whether most words around an edit stayed: a rewritten sentence says otherwise what it seems to add."""
        blocks = self._shift.blocks
        kept = gone = 0
        for step in (-1, 1):
            room, at = AROUND, number + step
            while room > 0 and 0 <= at < len(blocks):
                size = min(room, max(blocks[at].i1 - blocks[at].i0, blocks[at].j1 - blocks[at].j0))
                kept, gone = (kept + size, gone) if blocks[at].same else (kept, gone + size)
                room, at = room - size, at + step
        return kept >= KEPT * (kept + gone)


def _item_of(mine: Sequence[str], here: range, theirs: Sequence[str], there: range) -> range:
    """The words of an edit that can be an item: with a joint more, and nothing on the other side that became it.

    A preposition beside it may have become another: "with hosts with consent" -> "with hosts and brokers without …".
    """
    while here and there and mine[here.stop - 1] == theirs[there.stop - 1]:  # but for a capital letter
        here, there = here[:-1], there[:-1]
    here = here if there else _slid(mine, here)
    core, other = coordination.core(mine, here.start, here.stop), coordination.core(theirs, there.start, there.stop)
    joined = sum(word in JOINTS for word in mine[here.start : here.stop])
    if joined <= sum(word in JOINTS for word in theirs[there.start : there.stop]):
        return range(0)
    if other:
        if len(other) > 1 or theirs[other.start] not in _SWAPPED or mine[core.stop - 1 : core.stop] == []:
            return range(0)
        stop = core.stop
        while stop > core.start and mine[stop - 1] in _SWAPPED:
            stop -= 1
        return range(core.start, stop) if stop < core.stop else range(0)
    return core


def _slid(words: Sequence[str], edit: range) -> range:
    """An insertion from its joint on: in "fares [and fees]" beside "fees", "[fares and] fees" would be as right."""
    for step in (1, -1):
        start, stop = edit.start, edit.stop
        while abs(start - edit.start) <= SLIDE and start < stop:
            if words[start] in JOINTS or words[stop - 1] in JOINTS:
                return range(start, stop)
            gone, come = (start, stop) if step > 0 else (stop - 1, start - 1)
            if not 0 <= come < len(words) or words[gone] != words[come]:
                break
            start, stop = start + step, stop + step
    return edit
