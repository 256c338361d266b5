"""Rules at work: which hold for a clause, and the words that made them hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from policywatch.errors import ConfigError
from policywatch.taxonomy.categories import Rule

_REMEMBERED = 1 << 15  # questions whose answers are kept: a document's next version asks most of them again
_HEADINGS = 1 << 10
_SECONDS = 1.0  # for one user's pattern on one clause: thousands of times what an honest one takes

Search = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that held. ``words`` is what it matched: a passage of the clause, or of its headings."""

    rule: Rule
    words: str


class _Pattern:
    """A rule's pattern, compiled when it is first searched for: most runs need few of them."""

    __slots__ = ("_rule", "_written", "search")

    def __init__(self, rule: Rule, written: str) -> None:
        self._rule, self._written = rule, written
        self.search: Search = self._first

    def _first(self, text: str) -> re.Match[str] | None:
        rule, written = self._rule, self._written
        self.search = _trusted(written) if rule.trusted else _limited(written, rule.origin)
        return self.search(text)


@dataclass(slots=True)
class _Question:
    """A rule ready to be asked about clauses. What it found in headings is kept: they come again and again."""

    rule: Rule
    needs: tuple[str, ...]
    text: _Pattern | None
    heading: _Pattern | None
    unless: _Pattern | None
    headings: dict[str, re.Match[str] | None] = field(default_factory=dict)

    def hit(self, lowered: str, heading: str) -> Hit | None:
        """What holds, for a clause that has one of the pieces that the rule needs."""
        found = None
        if self.heading is not None:
            found = self._above(self.heading, heading)
            if found is None:
                return None
        if self.text is not None:
            found = self.text.search(lowered)
        if found is None or (self.unless is not None and self.unless.search(lowered)):
            return None
        return Hit(self.rule, found.group())

    def _above(self, pattern: _Pattern, heading: str) -> re.Match[str] | None:
        if heading not in self.headings:
            if len(self.headings) >= _HEADINGS:
                self.headings.clear()
            self.headings[heading] = pattern.search(heading)
        return self.headings[heading]


class Matcher:
    """The rules of a taxonomy, ready to be asked about clauses."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._built_in: dict[str, list[_Question]] = {}
        self._own: list[_Question] = []
        self.hits: Callable[[str, str, str], tuple[Hit, ...]] = lru_cache(maxsize=_REMEMBERED)(self._hits)
        for rule in rules:
            asked = self._built_in.setdefault(rule.category, []) if rule.trusted else self._own
            text, heading, unless = (_pattern(rule, one) for one in (rule.text, rule.heading, rule.unless))
            asked.append(_Question(rule, rule.needs, text, heading, unless))

    def _hits(self, lowered: str, heading: str, category: str) -> tuple[Hit, ...]:
        """The built-in rules of a category that hold for a clause under a heading path, both in lower case."""
        return tuple(_holding(self._built_in.get(category, ()), lowered, heading))

    def own_hits(self, lowered: str, heading: str) -> list[Hit]:
        """The users' rules that hold. Raises ConfigError where a pattern takes too long."""
        return _holding(self._own, lowered, heading)

    @property
    def has_own(self) -> bool:
        return bool(self._own)


def _holding(asked: Iterable[_Question], lowered: str, heading: str) -> list[Hit]:
    """The rules that hold. Most need a piece of text that is not there, which is looked at right here for its speed."""
    hits = []
    for question in asked:
        needs = question.needs
        for piece in needs:
            if piece in lowered:
                break
        else:
            if needs:
                continue
        hit = question.hit(lowered, heading)
        if hit is not None:
            hits.append(hit)
    return hits


def _pattern(rule: Rule, written: str | None) -> _Pattern | None:
    return None if written is None else _Pattern(rule, written)


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
