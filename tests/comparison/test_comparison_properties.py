"""What always holds, whatever the two texts are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import example, given, settings

from policywatch.comparison import apply, compare
from policywatch.comparison.keys import keys
from policywatch.comparison.words import mark
from policywatch.extraction.canonical import canonical
from policywatch.model import Change, Clause
from tests.comparison.documents import clauses, documents, edited

USE = "We use what you upload to run the studio and to fix its faults."
FIX = "We fix faults of the studio in all of its parts, for all of its members, at once."
Pair = tuple[tuple[Clause, ...], tuple[Clause, ...]]


def forms(document: Sequence[Clause]) -> list[str]:
    return [canonical(clause) for clause in document]


def kinds(changes: Sequence[Change]) -> Counter[tuple[str, bool]]:
    return Counter((change.kind, change.moved) for change in changes)


@given(documents)
def test_a_text_compared_with_itself_has_no_change(document: tuple[Clause, ...]) -> None:
    assert compare(document, document) == ()


@settings(max_examples=200, deadline=None)
@given(edited())
@example((clauses("Yes", "“Yes”"), clauses("“Yes”", "Yes")))
def test_changes_applied_to_the_old_give_the_new(pair: Pair) -> None:
    before, after = pair
    assert forms(apply(before, compare(before, after))) == forms(after)


@settings(max_examples=100, deadline=None)
@given(edited())
def test_typography_alone_is_no_change(pair: Pair) -> None:
    before, after = pair
    assert (compare(before, after) == ()) == (forms(before) == forms(after))


@settings(max_examples=80, deadline=None)
@given(edited())
def test_swapping_the_sides_swaps_the_kinds(pair: Pair) -> None:
    before, after = pair
    opposite = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}
    there = kinds(compare(before, after))
    back = kinds(compare(after, before))
    assert back == Counter({(opposite.get(kind, kind), moved): n for (kind, moved), n in there.items()})


@settings(max_examples=80, deadline=None)
@given(edited())
def test_each_side_stands_verbatim_at_its_line_and_once(pair: Pair) -> None:
    before, after = pair
    changes = compare(before, after)
    for document, sides in ((before, [c.before for c in changes]), (after, [c.after for c in changes])):
        told = [clause for side in sides for clause in side]
        assert all(document[clause.line - 1] == clause for clause in told)
        assert len({clause.line for clause in told}) == len(told)


@settings(max_examples=80, deadline=None)
@given(edited())
def test_words_are_both_texts(pair: Pair) -> None:
    for change in compare(*pair):
        before = " ".join(clause.text for clause in change.before)
        after = " ".join(clause.text for clause in change.after)
        assert "".join(text for op, text in change.words if op != "+") == before
        assert canonical("".join(text for op, text in change.words if op != "-")) == canonical(after)
        assert all(text for _, text in change.words)
        assert all(one[0] != other[0] for one, other in zip(change.words, change.words[1:], strict=False))


@settings(max_examples=80, deadline=None)
@given(edited())
def test_changes_come_in_the_new_texts_order(pair: Pair) -> None:
    lines = [change.after[0].line for change in compare(*pair) if change.after]
    assert lines == sorted(lines)


@settings(max_examples=80, deadline=None)
@given(edited())
def test_signals_quote_the_clauses(pair: Pair) -> None:
    for change in compare(*pair):
        before = " ".join(clause.plain + clause.text for clause in change.before)
        after = " ".join(clause.plain + clause.text for clause in change.after)
        for signal in change.signals:
            assert signal.before in before
            assert signal.after in after
            assert signal.before or signal.after


def test_changes_of_another_text_cannot_be_applied() -> None:
    changes = compare(clauses("We keep drafts."), clauses("We keep drafts for a year."))
    with pytest.raises(ValueError, match="does not have"):
        apply(clauses("Something else."), changes)


def test_marks_never_fall_inside_a_word() -> None:
    words = mark("We share it with partners.", "We shared it with partner firms.")
    assert words == (
        ("=", "We "),
        ("-", "share"),
        ("+", "shared"),
        ("=", " it with "),
        ("-", "partners"),
        ("+", "partner firms"),
        ("=", "."),
    )


@settings(max_examples=150, deadline=None)
@given(edited())
@example((clauses("Updated 5 days ago", "Updated 6 days ago"), clauses("Updated 5 days ago", "Updated 7 days ago")))
@example(
    (clauses("We ﬁx faults of the studio in all of its parts, for all of its members, at once.", USE), clauses(FIX))
)
@example((clauses("may", "— may"), clauses("may", "— may")))
@example((clauses("may", "— may", "— may"), clauses("may", "— may")))
@example((clauses(FIX, FIX), clauses(FIX, f"“{FIX}”".strip("“”").replace("members", "[members](https://a.example)"))))
def test_keys_tell_clauses_apart_as_canonical_forms_do(pair: Pair) -> None:
    texts = [clause.text for side in pair for clause in side]
    old, new = keys(*pair)
    every = [*zip(texts, [*old, *new], forms((*pair[0], *pair[1])), strict=True)]
    before, after = (Counter(clause.text for clause in side) for side in pair)
    for one, other in combinations(every, 2):
        if one[1] == other[1] or any(before[text] != after[text] for text in (one[0], other[0])):
            assert (one[1] == other[1]) == (one[2] == other[2])
