"""Texts made to take long: none may take the square of its length."""

from __future__ import annotations

import time

import pytest

from policywatch.comparison import compare
from policywatch.model import Clause

LONGEST = 6.0  # seconds of a slow machine; a square would take minutes


def paragraph(text: str) -> tuple[Clause, ...]:
    return (Clause("paragraph", text, line=1),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("word " * 30_000, "word " * 20_000 + "other " * 10_000),
        ("may not " * 10_000, "not may " * 10_000),
        ("a.b-c+d" * 10_000, "a.b-c+d" * 10_000 + "@"),
        ("A&" * 10_000 + " x", "A&" * 10_000 + " Inc."),
        ("Acme Corp Ltd shares it with Google. " * 1_000, "Acme Corp Ltd sells it to Google, not Meta. " * 1_000),
        ("Acme Ltd shares it with Meta. " * 6_000, "Acme Ltd sells it to Meta, not Google. " * 6_000),
        ("[a](" * 10_000 + "x", "[a](" * 10_000 + "y"),
        ("a" + " " * 50_000 + "b", "a" + " " * 50_000 + "c"),
    ],
    ids=["words", "modals", "address", "ampersands", "names", "sentences", "links", "spaces"],
)
def test_no_clause_hangs_the_comparison(before: str, after: str) -> None:
    start = time.process_time()
    compare(paragraph(before), paragraph(after))
    assert time.process_time() - start < LONGEST


def test_thousands_of_clauses_alike_do_not_hang_it() -> None:
    before = tuple(Clause("paragraph", "The same clause again and again.", line=line) for line in range(1, 4_001))
    after = (
        *before[:-500],
        *(Clause("paragraph", "Another clause is here now.", line=line) for line in range(3_501, 4_001)),
    )
    start = time.process_time()
    assert len(compare(before, after)) == 1_000
    assert time.process_time() - start < LONGEST
