"""The way back: any text is rebuilt from the next one, to the byte."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policywatch.archive.undo import equal_blocks, rewind, undo
from policywatch.model import Undo

LINES = st.lists(st.sampled_from(["", "a", "b", "c", "the same", "- item", "| x |"]), max_size=30)
TEXTS = st.one_of(st.builds("\n".join, LINES), st.text(max_size=60))


@given(TEXTS, TEXTS)
def test_a_text_is_rebuilt_from_the_next_one(new: str, old: str) -> None:
    assert rewind(new, undo(new, old)) == old


@given(LINES, LINES)
def test_steps_come_bottom_up_and_do_not_overlap(new: list[str], old: list[str]) -> None:
    steps = undo("\n".join(new), "\n".join(old))
    places = [(step.line, step.line + step.count) for step in steps]
    assert all(below[0] >= above[1] for below, above in pairwise(places))
    assert all(step.count or step.lines for step in steps)


@given(LINES, LINES)
def test_equal_blocks_are_equal_and_in_order(a: list[str], b: list[str]) -> None:
    at_a = at_b = 0
    for start_a, start_b, length in equal_blocks(a, b):
        assert start_a >= at_a
        assert start_b >= at_b
        assert a[start_a : start_a + length] == b[start_b : start_b + length]
        at_a, at_b = start_a + length, start_b + length


def test_one_changed_line_is_one_step() -> None:
    new = "\n".join(["x", "", "y", "", "new", "", "y", "", "z", ""])
    old = "\n".join(["x", "", "y", "", "old", "", "y", "", "z", ""])
    assert undo(new, old) == (Undo(5, 1, ("old",)),)


def test_an_insertion_and_a_deletion() -> None:
    assert undo("a\nb\nc\n", "a\nc\n") == (Undo(2, 1, ()),)
    assert undo("a\nc\n", "a\nb\nc\n") == (Undo(2, 0, ("b",)),)


def test_repeated_lines_give_the_shortest_way() -> None:
    old = ["a", "b", "a", "b", "b", "a"]
    new = ["b", "a", "b", "a", "b", "b"]
    kept = sum(length for _, _, length in equal_blocks(new, old))
    assert kept == 5


@pytest.mark.parametrize("step", [Undo(0, 1, ()), Undo(5, 1, ()), Undo(2, 9, ()), Undo(1, -1, ())])
def test_a_step_that_does_not_fit_is_an_error(step: Undo) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        rewind("a\nb\n", [step])


def test_a_step_above_one_before_it_must_not_reach_into_it() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        rewind("a\nb\nc", [Undo(2, 1, ()), Undo(1, 2, ())])


def test_long_texts_that_share_little_take_linear_effort() -> None:
    new = "\n".join(f"{number % 7} {number}" if number % 3 else "" for number in range(12_000))
    old = "\n".join(f"{number % 7} {number * 5}" if number % 2 else "" for number in range(12_000))
    begun = time.process_time()
    assert rewind(new, undo(new, old)) == old
    assert time.process_time() - begun < 5
