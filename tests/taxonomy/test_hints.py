"""Hints never say no to a text that a pattern matches, and spare most searches."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policywatch import taxonomy
from policywatch.taxonomy import hints, rules
from policywatch.taxonomy.categories import Rule
from policywatch.taxonomy.features import reading, sentences_of
from policywatch.taxonomy.normal import straight

PATTERNS = sorted(
    {
        one
        for rule in taxonomy.load().rules
        for one in (rule.text, rule.heading, *rules.alternatives(rule.unless))
        if one is not None
    }
)
ALL = hints.Hints(PATTERNS)
BITS = dict(zip(PATTERNS, ALL.bits, strict=True))


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_text_that_a_pattern_matches_is_possible(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    match = data.draw(st.from_regex(pattern, alphabet=st.characters(codec="ascii")))
    text = straight(data.draw(st.sampled_from(("", "so. ", "we; "))) + match).lower()
    found = re.search(pattern, text)
    if found is None:  # in lower case and on one line it isn't one any more
        return
    every, inside = ALL.of_text(text, sentences_of(text))
    assert every & BITS[pattern]
    if inside and not BITS[pattern] & ALL.crossing:
        assert inside[text.count(".", 0, found.start())] & BITS[pattern]


def test_the_file_is_up_to_date() -> None:
    """After rules have changed: python -m training.hints"""
    assert {hints.key(pattern) for pattern in PATTERNS if pattern} == set(hints.shipped())


def test_the_file_is_what_the_patterns_tell() -> None:
    made = pytest.importorskip("training.hints")
    for pattern in random.Random(5).sample(PATTERNS, 40):
        assert made.ways(pattern) == hints.shipped()[hints.key(pattern)]


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        (r"\b(?:sell|rent)s?\b[^.]{0,40}\bdata\b", [["data", "rent rents sell sells"]]),
        (r"\bshar\w+", [["shar*"]]),
        (r"cooki", [["*cooki*"]]),
        (r"\bopt[- ]out\b", [["opt", "out"]]),
        (r"^.{0,20}$", [[".", "<22"]]),
        (r"no .* at all", [[".", "*no", "all*", "at"]]),
        (r"(?!we )", [["."]]),
    ],
)
def test_what_a_pattern_needs(pattern: str, ways: list[list[str]]) -> None:
    made = pytest.importorskip("training.hints")
    assert [sorted(way) for way in made.ways(pattern)] == [sorted(way) for way in ways]


def test_a_pattern_that_the_file_does_not_know_is_always_possible() -> None:
    unknown = hints.Hints([r"\bfernwood\b", None])
    assert unknown.of_text("no such word. nor here.", [["no", "such", "word"], ["nor", "here"], []])[0] == 0b11


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [("a|b", ["a", "b"]), (r"(a|b)c|[|]d|\|", ["(a|b)c", "[|]d", r"\|"]), ("[]|]|x", ["[]|]", "x"]), (None, [])],
)
def test_alternatives_are_cut_outside_brackets_only(pattern: str | None, parts: list[str]) -> None:
    assert rules.alternatives(pattern) == parts


def test_a_sentence_of_its_own_matches_where_it_stands() -> None:
    text = r"\b(?:sell|rent)\b[^.]{0,40}\bdata\b"
    rule = Rule("data-sale-ads", 0.8, text=text, unless=r"\bnever\b|^.{0,9}$", origin="categories.yaml:1")
    asked = rules.Matcher([rule]).asked
    (hit,) = asked(reading("We never lie. We rent out data. You own data."), "privacy").hits("data-sale-ads") or (None,)
    assert hit is None
    (hit,) = asked(reading("We rent. Data is safe. We sell your data."), "privacy").hits("data-sale-ads")
    assert hit.words == "sell your data"
