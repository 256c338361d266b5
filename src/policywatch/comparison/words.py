"""Word marks inside a pair: what a redline by hand would strike and insert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from policywatch.comparison.blocks import Block, cut
from policywatch.comparison.tokens import Tokens, heavy, tokenise
from policywatch.extraction.canonical import canonical
from policywatch.model import WordOp, plain

Words = tuple[tuple[WordOp, str], ...]
REWRITTEN = 0.5  # less of both texts kept than this: old and new are shown whole
LIGHT, FAINT = 0.4, 0.1  # of a word: "and" and its likes, punctuation


def mark(before: str, after: str) -> Words:
    """Runs of kept, struck and inserted words.

    "=" and "-" runs join to ``before``, letter by letter; "=" and "+" runs to ``after``, up to the canonical form.
    """
    if before and canonical(before) == canonical(after):
        return (("=", before),)
    if before and after:
        old, new = tokenise(before), tokenise(after)
        weights = _Weights(old, new)
        blocks = _fold(cut(old, new), weights)
        if weights.kept(blocks) >= REWRITTEN:
            words = tuple(_join(_render(old, new, blocks)))
            if canonical("".join(text for op, text in words if op != "-")) == canonical(after):
                return words
    whole: tuple[tuple[WordOp, str], ...] = (("-", before), ("+", after))
    return tuple((op, text) for op, text in whole if text)


class _Weights:
    """How much a run of tokens weighs in a reader's eye: by words; "and", "of" and commas count little."""

    def __init__(self, old: Tokens, new: Tokens) -> None:
        self._old, self._new = _sums(old), _sums(new)

    def old(self, block: Block) -> float:
        return self._old[block.i1] - self._old[block.i0]

    def new(self, block: Block) -> float:
        return self._new[block.j1] - self._new[block.j0]

    def kept(self, blocks: Sequence[Block]) -> float:
        """How much of the two texts stands in both, 0..1."""
        total = self._old[-1] + self._new[-1]
        return 2 * sum(self.old(block) for block in blocks if block.same) / total if total else 1.0


def _sums(side: Tokens) -> list[float]:
    return [0.0, *accumulate(1.0 if heavy(key) else LIGHT if key[0].isalnum() else FAINT for key in side.keys)]


def _fold(blocks: Iterable[Block], weights: _Weights) -> list[Block]:
    """Kept words that are fewer than what changes on either side of them are noise in a reader's eye."""

    def size(block: Block) -> float:
        return max(weights.old(block), weights.new(block))

    out: list[Block] = []
    for block in blocks:
        out.append(block)
        while len(out) > 2 and not block.same and size(out[-2]) <= min(size(out[-3]), size(out[-1])):
            first, _, block = out[-3:]
            block = Block(first.i0, block.i1, first.j0, block.j1, False)
            out[-3:] = [block]
    return out


# -- from tokens back to text ------------------------------------------------------------------------------------------

Span = tuple[int, int]


def _render(old: Tokens, new: Tokens, blocks: Sequence[Block]) -> Iterator[tuple[WordOp, str]]:
    for k, block in enumerate(blocks):
        if block.same:
            yield from _same(old, new, block, first=k == 0)
        else:
            yield from _edit(old, new, block)
    if not blocks or blocks[-1].same:
        yield from _gap(old, len(old.keys), new, len(new.keys))


def _same(old: Tokens, new: Tokens, block: Block, *, first: bool) -> Iterator[tuple[WordOp, str]]:
    if first:
        yield from _gap(old, block.i0, new, block.j0)
    before = old.text[old.starts[block.i0] : old.ends[block.i1 - 1]]
    if before == new.text[new.starts[block.j0] : new.ends[block.j1 - 1]]:
        yield "=", before
        return
    for i, j in zip(range(block.i0, block.i1), range(block.j0, block.j1), strict=True):
        if i > block.i0:
            yield from _gap(old, i, new, j)
        yield "=", old.text[old.starts[i] : old.ends[i]]


def _space(side: Tokens, index: int) -> Span:
    """Where the text between a token and the one before it stands."""
    start = side.ends[index - 1] if index else 0
    end = side.starts[index] if index < len(side.keys) else len(side.text)
    return start, end


def _blank(side: Tokens, span: Span) -> bool:
    return any(map(str.isspace, side.text[slice(*span)]))


def _gap(old: Tokens, i: int, new: Tokens, j: int) -> Iterator[tuple[WordOp, str]]:
    """Between words that are the same on both sides: nearly always the same."""
    a, b = _space(old, i), _space(new, j)
    if old.text[slice(*a)] == new.text[slice(*b)] or _apart(old, i) == _apart(new, j):
        yield "=", old.text[slice(*a)]
    else:
        yield from _struck(old, *a)
        yield "+", _inserted(new, *b, bare=True)


def _apart(side: Tokens, index: int) -> bool:
    """Whether the canonical form has a space before a token."""
    if not 0 < index < len(side.keys):
        return False
    left, right = (side.starts[index - 1], side.ends[index - 1]), (side.starts[index], side.ends[index])
    between = plain(_inserted(side, left[1], right[0], bare=True))
    together = side.text[slice(*left)] + between + side.text[slice(*right)]
    return canonical(f"x({together}") != f"x({side.keys[index - 1]}{side.keys[index]}"


def _edit(old: Tokens, new: Tokens, block: Block) -> Iterator[tuple[WordOp, str]]:
    """What is struck and inserted, with the space that both sides have around it kept."""
    lead, trail = _around(old, block.i0, block.i1)
    head, tail = _around(new, block.j0, block.j1)
    if block.i0 == block.i1:
        lead, trail = _one_gap(old, lead, _blank(new, head), _blank(new, tail))
    if block.j0 == block.j1:
        head, tail = _one_gap(new, head, _blank(old, lead), _blank(old, trail))
    before, after = (lead[0], trail[1]), (head[0], tail[1])
    # A space that only one side has is marked; link syntax around the edit stays where it is.
    begins, ends = _blank(old, lead) == _blank(new, head), _blank(old, trail) == _blank(new, tail)
    if begins or not _blank(old, lead):
        yield "=", old.text[slice(*lead)]
        before, after = (lead[1], before[1]), (head[1] if begins else head[0], after[1])
    keeps = ends or not _blank(old, trail)
    if keeps:
        before, after = (before[0], trail[0]), (after[0], tail[0] if ends else tail[1])
    yield from _struck(old, *before)
    inside = any(opening < before[1] < stop for opening, _, stop in old.links)
    yield "+", _inserted(new, *after, bare=inside)
    if keeps:
        yield "=", old.text[slice(*trail)]


def _around(side: Tokens, start: int, end: int) -> tuple[Span, Span]:
    """What stands before and after some tokens; the syntax of links that are wholly among them is theirs."""
    lead, trail = _space(side, start), _space(side, end)
    if start < end:
        whole = [(a, stop) for a, _, stop in side.links if lead[0] <= a and stop <= trail[1]]
        lead = lead[0], min([a for a, _ in whole if a < lead[1]], default=lead[1])
        trail = max([stop for _, stop in whole if stop > trail[0]], default=trail[0]), trail[1]
    return lead, trail


def _one_gap(side: Tokens, gap: Span, head: bool, tail: bool) -> tuple[Span, Span]:
    """The side without words has one space: it stands for the other side's first or last, whichever is like it.

    It is parted outside links.
    """
    start = max((stop for _, _, stop in side.links if gap[0] < stop <= gap[1]), default=gap[0])
    end = min((opening for opening, _, _ in side.links if start <= opening < gap[1]), default=gap[1])
    blank = _blank(side, gap)
    at = start if blank != head and blank == tail else end
    return (gap[0], at), (at, gap[1])


def _syntax(side: Tokens, start: int, end: int, bare: bool) -> Iterator[Span]:
    """The syntax of links that are not wholly within the span (of all, if ``bare``)."""
    for opening, closing, stop in side.links:
        if start <= opening and stop <= end and not bare:
            continue
        for a, b in ((opening, opening + 1), (closing, stop)):
            if start < b and a < end:
                yield max(a, start), min(b, end)


def _struck(side: Tokens, start: int, end: int) -> Iterator[tuple[WordOp, str]]:
    for a, b in _syntax(side, start, end, bare=False):
        yield "-", side.text[start:a]
        yield "=", side.text[a:b]
        start = b
    yield "-", side.text[start:end]


def _inserted(side: Tokens, start: int, end: int, bare: bool) -> str:
    """Without half links; without any where it goes into a link's text, since links do not nest."""
    text = ""
    for a, b in _syntax(side, start, end, bare):
        text += side.text[start:a]
        start = b
    return text + side.text[start:end]


def _join(parts: Iterable[tuple[WordOp, str]]) -> Iterator[tuple[WordOp, str]]:
    run: list[str] = []
    last: WordOp = "="
    for op, text in parts:
        if text and op != last:
            if run:
                yield last, "".join(run)
            run, last = [], op
        if text:
            run.append(text)
    if run:
        yield last, "".join(run)
