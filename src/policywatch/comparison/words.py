"""Word marks inside a pair: what a redline by hand would strike and insert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policywatch.comparison.blocks import Block, cut, joined
from policywatch.comparison.tokens import Tokens, tokenise
from policywatch.extraction.canonical import canonical
from policywatch.model import WordOp, plain

Words = tuple[tuple[WordOp, str], ...]
REWRITTEN = 0.5  # less of both texts kept than this: old and new are shown whole


def mark(before: str, after: str) -> Words:
    """Runs of kept, struck and inserted words.

    "=" and "-" runs join to ``before``, letter by letter; "=" and "+" runs to ``after``, up to the canonical form.
    """
    if before and canonical(before) == canonical(after):
        return (("=", before),)
    old, new = tokenise(before), tokenise(after)
    blocks = _blocks(old, new)
    if before and after and kept(old, new, blocks) >= REWRITTEN:
        words = tuple(_join(_render(old, new, blocks)))
        if canonical("".join(text for op, text in words if op != "-")) == canonical(after):
            return words
    whole: tuple[tuple[WordOp, str], ...] = (("-", before), ("+", after))
    return tuple((op, text) for op, text in whole if text)


def kept(old: Tokens, new: Tokens, blocks: Sequence[Block]) -> float:
    """How much of the two texts stands in both, 0..1, by words (punctuation counts little)."""
    total = sum(_weight(old, 0, len(old.tokens))) + sum(_weight(new, 0, len(new.tokens)))
    same = sum(sum(_weight(old, block.i0, block.i1)) for block in blocks if block.same)
    return 2 * same / total if total else 1.0


def _weight(side: Tokens, start: int, end: int) -> Iterator[float]:
    return (1.0 if token.key[0].isalnum() else 0.1 for token in side.tokens[start:end])


def _blocks(old: Tokens, new: Tokens) -> list[Block]:
    blocks = cut(old.tokens, new.tokens)
    while (folded := _fold(blocks, old, new)) != blocks:
        blocks = folded
    return blocks


def _fold(blocks: Sequence[Block], old: Tokens, new: Tokens) -> list[Block]:
    """Kept words that are fewer than what changes on either side of them are noise in a reader's eye."""

    def size(block: Block) -> float:
        return max(sum(_weight(old, block.i0, block.i1)), sum(_weight(new, block.j0, block.j1)))

    def noise(k: int) -> bool:
        inside = blocks[k].same and 0 < k < len(blocks) - 1
        return inside and size(blocks[k]) <= min(size(blocks[k - 1]), size(blocks[k + 1]))

    for k in range(len(blocks)):
        if noise(k):
            kept = blocks[k]
            return joined([*blocks[:k], Block(kept.i0, kept.i1, kept.j0, kept.j1, False), *blocks[k + 1 :]])
    return list(blocks)


# -- from tokens back to text ------------------------------------------------------------------------------------------

Span = tuple[int, int]


def _render(old: Tokens, new: Tokens, blocks: Sequence[Block]) -> Iterator[tuple[WordOp, str]]:
    for k, block in enumerate(blocks):
        if not block.same:
            yield from _edit(old, new, block)
            continue
        for i, j in zip(range(block.i0, block.i1), range(block.j0, block.j1), strict=True):
            if i > block.i0 or k == 0:
                yield from _gap(old, i, new, j)
            yield "=", old.text[old.tokens[i].start : old.tokens[i].end]
    if not blocks or blocks[-1].same:
        yield from _gap(old, len(old.tokens), new, len(new.tokens))


def _space(side: Tokens, index: int) -> Span:
    """Where the text between a token and the one before it stands."""
    start = side.tokens[index - 1].end if index else 0
    end = side.tokens[index].start if index < len(side.tokens) else len(side.text)
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
    if not 0 < index < len(side.tokens):
        return False
    left, right = side.tokens[index - 1], side.tokens[index]
    between = plain(_inserted(side, left.end, right.start, bare=True))
    together = side.text[left.start : left.end] + between + side.text[right.start : right.end]
    return canonical(f"({together}") != f"({left.key}{right.key}"


def _edit(old: Tokens, new: Tokens, block: Block) -> Iterator[tuple[WordOp, str]]:
    """What is struck and inserted, with the space that both sides have around it kept."""
    lead, trail = _around(old, block.i0, block.i1)
    head, tail = _around(new, block.j0, block.j1)
    if block.i0 == block.i1:
        lead, trail = _one_gap(old, lead, _blank(new, head), _blank(new, tail))
    if block.j0 == block.j1:
        head, tail = _one_gap(new, head, _blank(old, lead), _blank(old, trail))
    before, after = (lead[0], trail[1]), (head[0], tail[1])
    if shared := _blank(old, lead) == _blank(new, head):
        yield "=", old.text[slice(*lead)]
        before, after = (lead[1], before[1]), (head[1], after[1])
    if shared := _blank(old, trail) == _blank(new, tail):
        before, after = (before[0], trail[0]), (after[0], tail[0])
    yield from _struck(old, *before)
    inside = any(opening < before[1] < stop for opening, _, stop in old.links)
    yield "+", _inserted(new, *after, bare=inside)
    if shared:
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
