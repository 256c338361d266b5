"""What is added to a list or dropped from it: recipients, purposes, and anything else that is enumerated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from policywatch.comparison import numbering
from policywatch.comparison.blocks import Block
from policywatch.comparison.signals import coordination, roles
from policywatch.comparison.signals.coordination import JOINTS
from policywatch.comparison.signals.shift import Shift
from policywatch.comparison.tokens import Tokens
from policywatch.model import Signal
from policywatch.patterns import late

FEW = 10  # words of a clause that is an item but no recipient and no purpose: longer ones are clauses of their own
MANY = 24  # words of one that is a recipient or a purpose
HEADING = 8  # words of a lead that may lack its colon
AROUND = 8  # words on either side of an edit that tell whether the sentence was rewritten
SLIDE = 4  # words that an insertion can be moved by
KEPT = 0.5  # of them, at least
SAME = 0.6  # of the words of an item that came, and of one that went: they are one item, reworded

_SENTENCES = frozenset(
    "we you if when this it they please i there do don't don’t".split()
)  # begin with these, items don't
_OPEN = frozenset("limited limitation limiting things others".split())  # say that a list is open, are no items
_SWAPPED = roles.PREPOSITIONS | {"without"}
_BETWEEN = frozenset("•·|")  # signs between words that are no tokens
_ENDS = late(r"[:;(–—]|\.(?=\s+[^a-z]|\s*$)")  # of what an item names; no ends: "U.S. residents"
_BRACKETS = late(r"\([^()]*\)")
_LEADS = late(r"(?<=\w[\w)][.!?])\s+(?=[^a-z\s])")  # between sentences
_MARKS = ".,;:!?()\"“”'’"


def signals(shift: Shift) -> Iterator[Signal]:
    if shift.paired:
        yield from _Pair(shift).signals()
    elif shift.lead:
        yield from _item(shift)


def _item(shift: Shift) -> Iterator[Signal]:
    """A whole clause that is an item of a list; the sentence before the list says of which."""
    text = numbering.label((shift.before or shift.after).lstrip("-–—•·* "))[1]
    end = min((match.start() for match in _ENDS.finditer(text)), default=len(text))
    head = _without_joint(text[:end])
    said, sentence = head.lower().split(), _BRACKETS.sub(" ", text[: text.find(":") if ":" in text else None])
    if not said or said[0] in _SENTENCES or roles.says(sentence.lower().split()):
        return
    lead = _LEADS.split(shift.lead.rstrip(": "))[-1]
    words = [word for word in (part.strip(_MARKS) for part in lead.lower().split()) if word]
    kind = roles.by_lead(words, said)
    if not shift.lead.rstrip().endswith(":") and (kind == "list-item" or len(words) > HEADING):
        return
    whole = not any(map(str.isalnum, text[end:]))
    if len(said) <= MANY if kind != "list-item" else len(said) <= FEW and whole:
        yield Signal(kind, head if shift.before else "", head if shift.after else "")


def _without_joint(text: str) -> str:
    """Without the "and" that joins an item to the next one, or an "including" that introduces its own."""
    text = text.strip(" ,")
    while text.lower().endswith((" and", " or", " including")):
        text = text[: text.rfind(" ")].rstrip(" ,")
    return text


class _Words:
    """A side's words, to look for lists in, with the bullets and bars between them; and which tokens they are."""

    def __init__(self, tokens: Tokens) -> None:
        words = coordination.lower(tokens.keys)
        self.tokens = list(range(len(words)))  # by word; a sign is with the token after it
        self._places: Sequence[int] = self.tokens  # by token
        if not _BETWEEN.isdisjoint(tokens.text):
            gaps = zip((0, *tokens.ends), (*tokens.starts, len(tokens.text)), strict=True)
            signs = [next(filter(_BETWEEN.__contains__, tokens.text[start:end]), "") for start, end in gaps]
            rows = [(at, one) for at, both in enumerate(zip(signs, (*words, ""), strict=True)) for one in both if one]
            words, self.tokens = [one for _, one in rows], [at for at, _ in rows]
            self._places = [place for place, one in enumerate(words) if one not in _BETWEEN]
        self.words = words
        self.all = f" {' '.join(words)} "

    def edited(self, start: int, end: int) -> range:
        """The words of some tokens, with the sign before them."""
        first = self._places[start] if start < len(self._places) else len(self.words)
        if start == end:
            return range(first, first)
        return range(first - (first > 0 and self.words[first - 1] in _BETWEEN), self._places[end - 1] + 1)


class _Pair:
    """Items that came or went within sentences."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift

    @cached_property
    def _sides(self) -> tuple[_Words, _Words]:
        return _Words(self._shift.old), _Words(self._shift.new)

    def signals(self) -> Iterator[Signal]:
        found = [
            signal
            for number, edit in enumerate(self._shift.blocks)
            if not edit.same and edit.i1 - edit.i0 != edit.j1 - edit.j0
            for signal in self._inside(edit, number)
        ]
        told = {(one.before, one.after) for one in found if one.kind != "list-item"}
        found = [one for one in found if one.kind != "list-item" or (one.before, one.after) not in told]
        return (one for one in found if not any(_reworded(one, other) for other in found))

    def _inside(self, edit: Block, number: int) -> Iterator[Signal]:
        added = edit.j1 - edit.j0 > edit.i1 - edit.i0
        old, new = self._sides
        mine, theirs = (new, old) if added else (old, new)
        sides = old.edited(edit.i0, edit.i1), new.edited(edit.j0, edit.j1)
        here, there = sides[::-1] if added else sides
        words = mine.words
        core = _item_of(words, here, theirs.words, there)
        if not core or not coordination.is_item(words, core) or not _OPEN.isdisjoint(words[core.start : core.stop]):
            return
        rest = coordination.others(words, core)
        if not rest or self._elsewhere(words, core, added) or not self._steady(number):
            return
        tokens, text = (self._shift.new, self._shift.after) if added else (self._shift.old, self._shift.before)
        first, last = mine.tokens[core.start], mine.tokens[core.stop - 1]
        kind = roles.within(words, core, named=tokens.keys[first][0].isupper())
        alike = words[core.start] not in roles.PREPOSITIONS or roles.beside(words[core.start], words[: core.start])
        if kind != "list-item" or (rest > 1 and alike):
            said = text[tokens.starts[first] : tokens.ends[last]]
            yield Signal(kind, "" if added else said, said if added else "")

    def _elsewhere(self, words: Sequence[str], item: range, added: bool) -> bool:
        """Whether the other side says the same at another place, which this one no longer does."""
        said = " ".join(words[item.start : item.stop])
        theirs, mine = (side.all for side in (self._sides if added else self._sides[::-1]))
        if theirs.count(f" {said} ") >= mine.count(f" {said} "):
            return True
        return all(f" {one} " in self._edited[not added] for one in coordination.pieces(words, item))

    @cached_property
    def _edited(self) -> tuple[str, str]:
        """What came and went of the two sides, by whether it is the new one."""
        old, new = self._sides
        edits = self._shift.edits
        gone = (" ".join(old.words[at] for at in old.edited(edit.i0, edit.i1)) for edit in edits)
        come = (" ".join(new.words[at] for at in new.edited(edit.j0, edit.j1)) for edit in edits)
        return f" {' | '.join(gone)} ", f" {' | '.join(come)} "

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


def _reworded(one: Signal, other: Signal) -> bool:
    """Whether the item that the one is about is put in other words in the other: most of them are the same."""
    if bool(one.before) == bool(other.before):
        return False
    mine, theirs = ((item.before or item.after).lower().split() for item in (one, other))
    return len(set(mine) & set(theirs)) >= SAME * max(len(mine), len(theirs))


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
