"""Patterns over classes of letters. Most texts are English: for those the plain classes do, and load and run sooner."""

from __future__ import annotations

import re
from collections.abc import Callable

from policywatch.patterns import late, late_regex

_TYPOGRAPHY = dict.fromkeys(map(ord, "‘’“”–—…•·®™©§€£\xa0"))  # neither letters nor numbers
_PLAIN = {
    r"\p{Lu}": "A-Z",
    r"\p{Ll}": "a-z",
    r"\p{L}": "A-Za-z",
    r"\p{M}": "",
    r"\p{N}": "0-9",
    r"[\p{Han}\p{Hiragana}\p{Katakana}]": r"[^\s\S]",  # nothing
}


def is_english(text: str) -> bool:
    """Whether a text has nothing but typography beyond ASCII."""
    return text.isascii() or text.translate(_TYPOGRAPHY).isascii()


def spelled(pattern: str, flags: int = 0) -> Callable[[str], re.Pattern[str]]:
    """For a text, the pattern that finds in it what ``pattern`` does; classes of letters stand in brackets there."""
    plain = pattern
    for name, letters in _PLAIN.items():
        plain = plain.replace(name, letters)
    quick, full = late(plain, flags), late_regex(pattern, flags)

    def choose(text: str) -> re.Pattern[str]:
        return quick if is_english(text) else full  # type: ignore[return-value]  # it is used in the same way

    return choose
