"""What is quoted of a finding has in sight what changed in it, or what decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policywatch.model import Check, Finding
from policywatch.reports import Options, render_check
from policywatch.reports.excerpt import excerpt, quote
from policywatch.reports.text import ELLIPSIS, Run

FORMATS = ("plain", "terminal", "markdown", "github", "sarif", "junit")
ADS = "Lanternfish shows pictures of fish in the lobby, and some of them are paid for by those who sell aquariums. "
LONG = ADS * 14
FINDING = Finding("lanternfish/privacy", 2, "change", ("advertising",), "high", "reworded clause not reviewed")


def changed(*words: Run) -> Finding:
    return replace(FINDING, text="".join(text for op, text in words if op != "-"), words=words)


@pytest.mark.parametrize("format", FORMATS)
def test_words_that_went_far_behind_the_beginning_are_seen_in_every_format(format: str) -> None:
    found = changed(("=", LONG + "We "), ("-", "do not "), ("=", "hand your catch to them. " + LONG))
    said = " ".join(render_check(format, Check((found,)), Options()).split())
    for part in ("do not", "hand your catch to them", ELLIPSIS):
        assert part in said
    assert len(said) < 2500


@pytest.mark.parametrize("format", FORMATS)
def test_of_a_clause_that_is_new_the_words_that_decided_are_seen(format: str) -> None:
    found = replace(
        FINDING, text=f"{LONG}We keep your catch for Training our Models. {LONG}", deciding=("training our",)
    )
    said = " ".join(render_check(format, Check((found,)), Options()).split())
    assert "Training our Models." in said
    assert "{+" not in said
    assert len(said) < 2500


def test_what_is_short_is_quoted_whole_and_what_decides_nothing_from_its_beginning() -> None:
    assert quote(replace(FINDING, text="We keep it."), 300) == "We keep it."
    assert quote(replace(FINDING, text="We [keep](/it) it\\_"), 300) == "We keep it_"
    begun = quote(replace(FINDING, text=LONG), 300)
    assert begun.endswith(ELLIPSIS)
    assert LONG.startswith(begun.removesuffix(ELLIPSIS).strip())
    assert quote(FINDING, 300) == ""


def test_of_too_many_marks_those_of_the_signals_stay() -> None:
    words: list[Run] = []
    for number in range(60):
        words += [("=", ADS), ("-", f"old{number} "), ("+", f"new{number} ")]
    words += [("=", ADS + "We keep it for "), ("-", "30"), ("+", "90"), ("=", " days.")]
    found = replace(changed(*words), deciding=("30 days", "90 days"))
    said = quote(found, 300)
    assert "for [-30-]{+90+} days." in said
    assert len(said) < 700
    assert "[-old0-]" in quote(replace(found, deciding=()), 300)


@given(
    st.lists(st.tuples(st.sampled_from("=-+"), st.text("ab .", min_size=1, max_size=400)), max_size=12),
    st.lists(st.text("ab", min_size=1, max_size=4), max_size=3),
    st.integers(40, 400),
)
def test_an_excerpt_invents_nothing_and_stays_short(words: list[Run], deciding: list[str], limit: int) -> None:
    found = replace(changed(*words), deciding=tuple(deciding))
    runs = excerpt(found, limit)
    both = " ".join("".join(text for _, text in words).split())
    for op, text in runs:
        for part in text.split(ELLIPSIS):
            pieces = part.split()
            assert all(piece in both for piece in pieces), (op, part)
    assert sum(len(text) for _, text in runs) <= 3 * limit + 2 * len(ELLIPSIS) + 600
