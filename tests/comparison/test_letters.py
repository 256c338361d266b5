"""Patterns over classes of letters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policywatch.comparison.letters import spelled

WORDS = spelled(r"\b[\p{Lu}]\w*|[\p{L}\p{M}]+|[\p{N}]+")


@given(st.text(alphabet="abZY09 ,.-_’“é—Ω½ñ文"))
def test_the_quick_pattern_finds_what_the_full_one_does(text: str) -> None:
    full = WORDS("Ωé")
    assert [match.span() for match in WORDS(text).finditer(text)] == [match.span() for match in full.finditer(text)]
