"""What is added to a list or dropped from it: recipients, purposes, and anything else that is enumerated."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from policywatch.comparison import numbering
from policywatch.comparison.blocks import Block
from policywatch.comparison.signals import coordination, grammar, leads, roles
from policywatch.comparison.signals.coordination import JOINTS
from policywatch.comparison.signals.shift import Shift
from policywatch.comparison.tokens import Tokens
from policywatch.model import Signal
from policywatch.patterns import late

FEW = 12  # words of a clause that is an item but no recipient and no purpose: longer ones are clauses of their own
MANY = 24  # words of one that is a recipient or a purpose
HEADING = 8  # words of a lead that may lack its colon
AROUND = 8  # words on either side of an edit that tell whether the sentence was rewritten
SLIDE = 4  # words that an insertion can be moved by
KEPT = 0.5  # of them, at least …
UNTOUCHED = 0.75  # … beside an item that another took the place of
SMALL = 3  # letters of a word that says nothing by itself
STEM = 5  # letters that a word's forms have in common
SAME = 0.6  # of the words of an item that came, and of one that went: they are one item, reworded

_SENTENCES = frozenset(
    "we you if when this it they please i there do don't don’t".split()
)  # begin with these, items don't
_BEFORE_CLAUSES = frozenset("if when where that unless whether".split())  # a lead ends, and its items are sentences
_OPEN = frozenset("limited limitation limiting things others".split())  # say that a list is open, are no items
_SWAPPED = grammar.PREPOSITIONS | {"without"}
_JOINING = JOINTS | {"as"}
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
    lead = _LEADS.split(shift.lead.rstrip(": "))[-1]
    words = [word for word in (part.strip(_MARKS) for part in lead.lower().split()) if word]
    clauses = words[-1:] and words[-1] in _BEFORE_CLAUSES
    if not said or not (clauses or said[0] not in _SENTENCES) or (leads.says(sentence.lower().split()) and not clauses):
        return
    kind = leads.by_lead(words, said)
    short = len(words) <= HEADING and kind != "list-item"
    if not (shift.lead.rstrip().endswith(":") or short or leads.opens(words)):
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
    """A side's words, to look for lists in, with the bullets and bars between them; and which tokens they are.

    Brackets are left out with what they hold, but for those that an edit begins or ends in.
    """

    def __init__(self, tokens: Tokens, edits: Sequence[tuple[int, int]]) -> None:
        self._tokens = tokens
        words = coordination.lower(tokens.keys)
        self.all = f" {' '.join(words)} "
        self.tokens: Sequence[int] = range(len(words))  # by word; a sign is with the token after it
        if "(" in words:
            dropped = coordination.brackets(words, edits)
            self.tokens = [at for at in self.tokens if at not in dropped]
            words = [words[at] for at in self.tokens]
        if not _BETWEEN.isdisjoint(tokens.text):
            rows = [row for at, word in zip(self.tokens, words, strict=True) for row in self._signs(at, word)]
            rows += self._signs(len(tokens.keys), "")
            words, self.tokens = [one for _, one in rows], [at for at, _ in rows]
        self.words = words

    def _signs(self, at: int, word: str) -> Iterator[tuple[int, str]]:
        """A token's word, after the sign before it."""
        tokens = self._tokens
        begin = tokens.ends[at - 1] if at else 0
        gap = tokens.text[begin : tokens.starts[at] if word else len(tokens.text)]
        if sign := next(filter(_BETWEEN.__contains__, gap), ""):
            yield at, sign
        if word:
            yield at, word

    def edited(self, start: int, end: int) -> range:
        """The words of some tokens, with the sign before them."""
        if start == end:
            first = bisect_left(self.tokens, start)
            while first < len(self.words) and self.words[first] in _BETWEEN and self.tokens[first] == start:
                first += 1
            return range(first, first)
        return range(bisect_left(self.tokens, start), bisect_left(self.tokens, end))

    def kind(self, item: range) -> str:
        """What the list is of that some words are an item of."""
        return roles.within(self.words, item, named=self.named(item))

    def named(self, item: range) -> bool:
        """Whether some words begin with a capital letter."""
        return self._tokens.keys[self.tokens[item.start]][0].isupper()

    def said(self, item: range) -> str:
        """The text of some words, with brackets that follow them."""
        first, tokens = self.tokens[item.start], self._tokens
        after = self.tokens[item.stop] if item.stop < len(self.tokens) else len(tokens.keys)
        return tokens.text[tokens.starts[first] : tokens.ends[max(after - 1, first)]]


class _Pair:
    """Items that came or went within sentences."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift

    @cached_property
    def _sides(self) -> tuple[_Words, _Words]:
        shift = self._shift
        olds, news = ([(edit.i0, edit.i1) for edit in shift.edits], [(edit.j0, edit.j1) for edit in shift.edits])
        return _Words(shift.old, olds), _Words(shift.new, news)

    def signals(self) -> Iterator[Signal]:
        edits = [(number, edit) for number, edit in enumerate(self._shift.blocks) if not edit.same]
        found = [
            signal for number, edit in edits for signal in (*self._inside(edit, number), *self._replaced(edit, number))
        ]
        told = {(one.before, one.after) for one in found if one.kind != "list-item"}
        found = [one for one in found if one.kind != "list-item" or (one.before, one.after) not in told]
        return (one for one in found if not any(_reworded(one, other) for other in found))

    def _inside(self, edit: Block, number: int) -> Iterator[Signal]:
        """An item that came or went."""
        if edit.i1 - edit.i0 == edit.j1 - edit.j0:
            return
        added = edit.j1 - edit.j0 > edit.i1 - edit.i0
        old, new = self._sides
        mine, theirs = (new, old) if added else (old, new)
        sides = old.edited(edit.i0, edit.i1), new.edited(edit.j0, edit.j1)
        here, there = sides[::-1] if added else sides
        words = mine.words
        core = self._new(_item_of(words, here, theirs.words, there), added)
        if not core or not _names(words, core):
            return
        rest = coordination.others(words, core)
        if not rest or not self._steady(number):
            return
        kind = mine.kind(core)
        alike = words[core.start] not in grammar.PREPOSITIONS or roles.beside(words, core)
        enough = rest > 1 or words[core.start - 1] == coordination.NUMBER
        if kind != "list-item" or (enough and alike):
            said = mine.said(core)
            yield Signal(kind, "" if added else said, said if added else "")

    def _replaced(self, edit: Block, number: int) -> Iterator[Signal]:
        """An item in the place of another, in a list that stayed otherwise."""
        if not (0 < edit.i1 - edit.i0 <= coordination.MOST and 0 < edit.j1 - edit.j0 <= coordination.MOST):
            return
        keys = self._shift.new.keys
        if _JOINING.isdisjoint((*keys[max(0, edit.j0 - 2) : edit.j0], *keys[edit.j1 : edit.j1 + 1])):
            return
        old, new = self._sides
        gone = coordination.with_preposition(old.words, old.edited(edit.i0, edit.i1))
        come = coordination.with_preposition(new.words, new.edited(edit.j0, edit.j1))
        if not (_whole(old.words, gone) and _whole(new.words, come)):
            return
        rests, kind = [coordination.others(old.words, gone), coordination.others(new.words, come)], old.kind(gone)
        rest = min(rests)
        if not rest or kind != new.kind(come):
            return
        one, other = old.words[gone.start : gone.stop], new.words[come.start : come.stop]
        moved = _ended(self._beside(number, True), one), _ended(self._beside(number, False), other)
        stayed = self._elsewhere(gone, False), self._elsewhere(come, True)
        if any(stayed) and not any(moved):
            return
        if all(moved) or _alike(one, other) or "other" in (*one, *other):
            return  # the same in other words; "or other misuses" ends a list
        renamed = kind == "list-item" and (rest < 2 or old.named(gone) or new.named(come))
        if any(moved) or (rest == max(rests) and self._steady(number, UNTOUCHED) and not renamed):
            yield Signal(kind, "" if moved[0] else old.said(gone), "" if moved[1] else new.said(come))

    def _beside(self, number: int, new: bool) -> list[Sequence[str]]:
        """The items that came or went next to an edit."""
        side, blocks = self._sides[new], self._shift.blocks
        near = (blocks[at] for at in (number - 2, number + 2) if 0 <= at < len(blocks))
        edits = (side.edited(edit.j0, edit.j1) if new else side.edited(edit.i0, edit.i1) for edit in near)
        cores = (coordination.core(side.words, *_ends(edit)) for edit in edits)
        return [side.words[core.start : core.stop] for core in cores]

    def _new(self, item: range, added: bool) -> range:
        """Some words without the items among them that merely moved."""
        words = self._sides[added].words
        left = [one for one in coordination.pieces(words, item) if not self._elsewhere(one, added)]
        return range(left[0].start, left[-1].stop) if left else range(0)

    def _elsewhere(self, item: range, added: bool) -> bool:
        """Whether the other side says the same at another place, which this one no longer does."""
        words, mine, theirs = self._sides[added].words, self._sides[added].all, self._sides[not added].all
        end = next((at for at in item[1:] if words[at] in grammar.PREPOSITIONS), item.stop)
        for stop in dict.fromkeys((item.stop, end)):
            said = f" {' '.join(words[item.start : stop])} "
            if theirs.count(said) >= mine.count(said):
                return True
        content = {word for word in words[item.start : item.stop] if len(word) > SMALL}
        return bool(content) and content <= self._edited[not added]

    @cached_property
    def _edited(self) -> tuple[frozenset[str], frozenset[str]]:
        """What came and went of the two sides, by whether it is the new one."""
        old, new = self._sides
        gone = (old.words[at] for edit in self._shift.edits for at in old.edited(edit.i0, edit.i1))
        come = (new.words[at] for edit in self._shift.edits for at in new.edited(edit.j0, edit.j1))
        return frozenset(gone), frozenset(come)

    def _joined(self, edit: Block) -> bool:
        """Whether all that an edit does is to add items to a list, or to take some from it, by its joints."""
        old, new = self._shift.old.keys[edit.i0 : edit.i1], self._shift.new.keys[edit.j0 : edit.j1]
        said = old or new
        return not (old and new) and not JOINTS.isdisjoint((said[0], said[-1])) and coordination.FINITE.isdisjoint(said)

    def _steady(self, number: int, share: float = KEPT) -> bool:
        """Whether most words around an edit stayed: a rewritten sentence says otherwise what it seems to add."""
        blocks = self._shift.blocks
        kept = gone = 0
        for step in (-1, 1):
            room, at = AROUND, number + step
            while room > 0 and 0 <= at < len(blocks):
                size = min(room, max(blocks[at].i1 - blocks[at].i0, blocks[at].j1 - blocks[at].j0))
                if blocks[at].same:
                    kept += size
                elif not self._joined(blocks[at]):
                    gone += size
                room, at = room - size, at + step
        return kept >= share * (kept + gone)


def _names(words: Sequence[str], item: range) -> bool:
    return coordination.is_item(words, item) and _OPEN.isdisjoint(words[item.start : item.stop])


def _ended(items: Sequence[Sequence[str]], by: Sequence[str]) -> bool:
    return any(item[-len(by) :] == by for item in items)


def _whole(words: Sequence[str], item: range) -> bool:
    """Whether words are one item, from its first word to its last."""
    said = words[item.start : item.stop]
    return bool(said) and JOINTS.isdisjoint(said) and coordination.is_whole(words, item) and _names(words, item)


def _ends(words: range) -> tuple[int, int]:
    return words.start, words.stop


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether words have one in common, in whatever form: "moderators" and "the moderation team"."""
    stems = {word[:STEM] for word in one if len(word) >= STEM}
    return any(word[:STEM] in stems for word in other)


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
    if not other and {here.start, here.stop} == {core.start, core.stop}:
        return range(0)  # joins what it says, but not to the list
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
