"""Rules at work: which hold for a clause, and the words that made them hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import regex

from policywatch.errors import ConfigError
from policywatch.taxonomy.categories import Rule

_REMEMBERED = 1 << 14  # questions whose answers are kept: a document's next version asks most of them again
_SECONDS = 1.0  # for one user's pattern on one clause: thousands of times what an honest one takes

Search = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that held. ``words`` is what it matched: a passage of the clause, or of its headings."""

    rule: Rule
    words: str


class Matcher:
    """The rules of a taxonomy, ready to be asked about clauses; patterns are compiled when first needed."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._built_in: dict[str, list[Rule]] = {}
        self._own: list[Rule] = []
        for rule in rules:
            if rule.trusted:
                self._built_in.setdefault(rule.category, []).append(rule)
            else:
                self._own.append(rule)
        self.hits: Callable[[str, str, str], tuple[Hit, ...]] = lru_cache(maxsize=_REMEMBERED)(self._hits)
        self._searches: dict[tuple[str, bool], Search] = {}
        self._headings: dict[tuple[str, str], re.Match[str] | None] = {}

    def _hits(self, lowered: str, heading: str, category: str) -> tuple[Hit, ...]:
        """The built-in rules of a category that hold for a clause under a heading path, both in lower case."""
        rules = self._built_in.get(category, ())
        return tuple([hit for rule in rules if (hit := self._hit(rule, lowered, heading))])

    def own_hits(self, lowered: str, heading: str) -> list[Hit]:
        """The users' rules that hold. Raises ConfigError where a pattern takes too long."""
        return [hit for rule in self._own if (hit := self._hit(rule, lowered, heading))]

    @property
    def has_own(self) -> bool:
        return bool(self._own)

    def _hit(self, rule: Rule, lowered: str, heading: str) -> Hit | None:
        if rule.needs:
            for piece in rule.needs:
                if piece in lowered:
                    break
            else:
                return None
        found = above = None
        if rule.heading is not None:  # first, for its answer is remembered
            key = (rule.heading, heading)
            if key not in self._headings:
                self._headings[key] = self._search(rule, rule.heading)(heading)
            above = self._headings[key]
            if above is None:
                return None
        if rule.text is not None:
            found = self._search(rule, rule.text)(lowered)
            if found is None:
                return None
        found = found or above
        if found is None or (rule.unless is not None and self._search(rule, rule.unless)(lowered)):
            return None
        return Hit(rule, found.group())

    def _search(self, rule: Rule, pattern: str) -> Search:
        key = (pattern, rule.trusted)
        search = self._searches.get(key)
        if search is None:
            search = self._searches[key] = _trusted(pattern) if rule.trusted else _limited(pattern, rule.origin)
        return search


def _trusted(pattern: str) -> Search:
    r"""A built-in pattern's search. A leading ``\b`` would keep ``re`` from skipping to letters that a match can begin
    with, so it is looked at afterwards: three times as fast."""
    if not pattern.startswith(r"\b(?:") or not _is_one_group_and_rest(pattern[2:]):
        return re.compile(pattern).search
    bare = re.compile(pattern[2:])
    at_word = re.compile(r"\b").match

    def search(text: str) -> re.Match[str] | None:
        found = bare.search(text)
        while found is not None and at_word(text, found.start()) is None:
            found = bare.search(text, found.start() + 1)
        return found

    return search


def _is_one_group_and_rest(pattern: str) -> bool:
    """Whether a pattern has no ``|`` outside brackets, so that its beginning is the beginning of every match."""
    depth, in_set, escaped = 0, False, False
    for character in pattern:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif in_set:
            in_set = character != "]"
        elif character == "[":
            in_set = True
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif character == "|" and depth == 0:
            return False
    return True


def _limited(pattern: str, origin: str) -> Search:
    compiled = regex.compile(pattern)

    def search(text: str) -> re.Match[str] | None:
        try:
            return compiled.search(text, timeout=_SECONDS)  # type: ignore[return-value]
        except TimeoutError:
            raise ConfigError(
                "a pattern of the taxonomy takes too long",
                (f"{origin}: over {_SECONDS:g} s on a clause of {len(text)} letters: {pattern}",),
                "avoid nested repetition such as (a+)+",
            ) from None

    return search
