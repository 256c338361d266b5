"""Rules at work: which hold for a clause, and the words that made them hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import regex

from policywatch.errors import ConfigError
from policywatch.taxonomy.categories import Rule

_SECONDS = 1.0  # for one user's pattern on one clause: thousands of times what an honest one takes

Search = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that held. ``words`` is what it matched: a passage of the clause, or of its headings."""

    rule: Rule
    words: str


@dataclass(slots=True)
class _Compiled:
    """A rule whose patterns are compiled when first needed."""

    rule: Rule
    _made: dict[str, Search] = field(default_factory=dict)

    def search(self, pattern: str, text: str) -> re.Match[str] | None:
        found = self._made.get(pattern)
        if found is None:
            found = self._made[pattern] = (
                _trusted(pattern) if self.rule.trusted else _limited(pattern, self.rule.origin)
            )
        return found(text)


class Matcher:
    """All rules of a taxonomy, ready to be asked about clauses."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._by_heading = [_Compiled(rule) for rule in rules if rule.text is None]
        self._by_text = [_Compiled(rule) for rule in rules if rule.text is not None]
        self._headings: dict[str, list[Hit]] = {}

    def hits(self, lowered: str, heading: str) -> list[Hit]:
        """The rules that hold for a clause in lower case under a heading path in lower case."""
        found = [hit for hit in self._under(heading) if not self._excused(hit.rule, lowered)]
        for compiled in self._by_text:
            rule = compiled.rule
            if rule.needs:
                for piece in rule.needs:
                    if piece in lowered:
                        break
                else:
                    continue
            assert rule.text is not None
            match = compiled.search(rule.text, lowered)
            if match is None or (rule.unless and compiled.search(rule.unless, lowered)):
                continue
            if rule.heading is None or compiled.search(rule.heading, heading):
                found.append(Hit(rule, match.group()))
        return found

    def _under(self, heading: str) -> list[Hit]:
        """Rules on headings alone; their answer is kept, for headings repeat."""
        known = self._headings.get(heading)
        if known is None:
            known = self._headings[heading] = [
                Hit(compiled.rule, match.group())
                for compiled in self._by_heading
                if (match := compiled.search(compiled.rule.heading or "", heading))
            ]
        return known

    def _excused(self, rule: Rule, lowered: str) -> bool:
        if not rule.unless and not rule.needs:
            return False
        if rule.needs and not any(piece in lowered for piece in rule.needs):
            return True
        return bool(rule.unless and _Compiled(rule).search(rule.unless, lowered))


def _trusted(pattern: str) -> Search:
    return re.compile(pattern).search


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
