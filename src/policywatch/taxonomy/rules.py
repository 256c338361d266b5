"""Rules at work: which hold for a clause, and the words that made them hold.

Searching is what costs: hints tell beforehand which rules' patterns a clause's words leave possible, and in which of
its sentences.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import regex

from policywatch.errors import ConfigError
from policywatch.taxonomy.categories import Rule
from policywatch.taxonomy.features import REMEMBERED, Reading, sentences_of
from policywatch.taxonomy.hints import Hints

_HEADINGS = 1 << 10
_SECONDS = 1.0  # for one user's pattern on one clause: thousands of times what an honest one takes
_MARKS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.S)

Search = Callable[..., re.Match[str] | None]  # of a text, and of what is between two places in it


class Hit(NamedTuple):
    """A rule that held. ``words`` is what it matched: a passage of the clause, or of its headings."""

    rule: Rule
    words: str


class _Pattern:
    """A rule's pattern, compiled when it is first searched for: most runs need few of them."""

    __slots__ = ("_rule", "_written", "search")

    def __init__(self, rule: Rule, written: str) -> None:
        self._rule, self._written = rule, written
        self.search: Search = self._first

    def _first(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        rule, written = self._rule, self._written
        self.search = _trusted(written) if rule.trusted else _limited(written, rule.origin)
        return self.search(text, start, end)


@dataclass(frozen=True, slots=True, eq=False)
class _Hinted:
    """A built-in pattern with its bits in what its hints tell."""

    pattern: _Pattern
    ways: int
    within: bool  # sentences: a match never leaves one, nor looks at more

    def search(self, text: str, inside: Sequence[int], ends: Sequence[int]) -> re.Match[str] | None:
        """The first match, given the ways that each sentence leaves possible, and where sentences end."""
        search = self.pattern.search
        if not (self.within and inside):
            return search(text)
        start = 0
        for ways, end in zip(inside, ends, strict=True):
            if self.ways & ways:
                found = search(text, start, end)
                if found is not None:
                    return found
            start = end
        return None


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """A built-in rule ready to be asked about clauses. ``ways`` are the text's bits; every rule has its own."""

    rule: Rule
    ways: int
    text: _Hinted | None
    heading: _Hinted | None
    unless: tuple[_Hinted, ...]  # its alternatives


@dataclass(frozen=True, slots=True, eq=False)
class _Category:
    questions: tuple[_Question, ...]
    ways: int  # of all questions


class _Path:
    """A heading path in lower case, and what was found in it: paths come again and again."""

    __slots__ = ("_allowed", "_found", "_text", "_ways")

    def __init__(self, hints: Hints, text: str) -> None:
        self._text = text
        self._ways, _ = hints.of_text(text, [[word for part in sentences_of(text) for word in part]])
        self._found: dict[_Pattern, re.Match[str] | None] = {}
        self._allowed: dict[_Category, int] = {}

    def allowed(self, category: _Category) -> int:
        """The texts' ways of the rules whose headings this may be."""
        found = self._allowed.get(category)
        if found is None:
            found = category.ways
            for question in category.questions:
                if question.heading is not None and not question.heading.ways & self._ways:
                    found &= ~question.ways
            self._allowed[category] = found
        return found

    def search(self, pattern: _Pattern) -> re.Match[str] | None:
        if pattern not in self._found:
            self._found[pattern] = pattern.search(self._text)
        return self._found[pattern]


class Asked:
    """A clause under a heading path, and the rules that were found to hold for it."""

    __slots__ = ("_ends", "_found", "_inside", "_lowered", "_matcher", "_path", "_sentences", "_unless", "_ways")

    def __init__(self, matcher: Matcher, reading: Reading, path: _Path) -> None:
        self._matcher, self._path = matcher, path
        self._lowered, self._sentences = reading.lowered, reading.sentences
        self._ways, self._inside = matcher.texts.of_text(reading.lowered, reading.sentences)
        self._unless: tuple[int, list[int]] | None = None
        self._ends: list[int] = []
        self._found: dict[str, tuple[Hit, ...]] = {}

    def hits(self, category: str) -> tuple[Hit, ...]:
        """The built-in rules of a category that hold."""
        found = self._found.get(category)
        if found is None:
            asked = self._matcher.built_in.get(category)
            found = self._found[category] = tuple(self._holding(asked)) if asked is not None else ()
        return found

    def _holding(self, category: _Category) -> Iterator[Hit]:
        ways = self._ways & self._path.allowed(category)
        if not ways:
            return
        if self._inside and not self._ends:
            self._ends = list(accumulate([len(part) + 1 for part in self._lowered.split(".")]))
        for question in category.questions:
            if question.ways & ways:
                hit = self._hit(question)
                if hit is not None:
                    yield hit

    def _hit(self, question: _Question) -> Hit | None:
        """A rule that words leave possible, if it does hold."""
        lowered, found = self._lowered, None
        needs = question.rule.needs
        for piece in needs:
            if piece in lowered:
                break
        else:
            if needs:
                return None
        if question.heading is not None:
            found = self._path.search(question.heading.pattern)
            if found is None:
                return None
        if question.text is not None:
            found = question.text.search(lowered, self._inside, self._ends)
        if found is None or (question.unless and self._is_excepted(question)):
            return None
        return Hit(question.rule, found.group())

    def _is_excepted(self, question: _Question) -> bool:
        if self._unless is None:
            self._unless = self._matcher.exceptions.of_text(self._lowered, self._sentences)
        ways, inside = self._unless
        for exception in question.unless:
            if exception.ways & ways and exception.search(self._lowered, inside, self._ends) is not None:
                return True
        return False


class Matcher:
    """The rules of a taxonomy, ready to be asked about clauses."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        rules = tuple(rules)
        trusted = [rule for rule in rules if rule.trusted]
        self._own = [_Own(rule) for rule in rules if not rule.trusted]
        excepted = [(rule, one) for rule in trusted for one in alternatives(rule.unless)]
        self.texts = Hints([rule.text for rule in trusted])
        self.exceptions = Hints([one for _, one in excepted])
        self._headings = Hints([rule.heading for rule in trusted])
        patterns: dict[str, _Pattern] = {}  # many rules share one

        def hinted(rule: Rule, written: str | None, bits: int, hints: Hints) -> _Hinted | None:
            if written is None:
                return None
            pattern = patterns.setdefault(written, _Pattern(rule, written))
            return _Hinted(pattern, bits, not bits & hints.crossing)

        unless: dict[Rule, list[_Hinted]] = {}
        for (rule, one), bits in zip(excepted, self.exceptions.bits, strict=True):
            exception = hinted(rule, one, bits, self.exceptions)
            unless.setdefault(rule, []).extend([exception] if exception else [])
        questions: dict[str, list[_Question]] = {}
        for rule, ways, above in zip(trusted, self.texts.bits, self._headings.bits, strict=True):
            text, heading = hinted(rule, rule.text, ways, self.texts), hinted(rule, rule.heading, above, self._headings)
            question = _Question(rule, ways, text, heading, tuple(unless.get(rule, ())))
            questions.setdefault(rule.category, []).append(question)
        self.built_in: Mapping[str, _Category] = {
            name: _Category(tuple(asked), sum([question.ways for question in asked]))
            for name, asked in questions.items()
        }
        self._path: Callable[[str], _Path] = lru_cache(maxsize=_HEADINGS)(lambda path: _Path(self._headings, path))
        self.asked: Callable[[Reading, str], Asked] = lru_cache(maxsize=REMEMBERED)(self._asked)

    def _asked(self, reading: Reading, heading: str) -> Asked:
        """A clause under a heading path in lower case."""
        return Asked(self, reading, self._path(heading))

    def own_hits(self, lowered: str, heading: str) -> list[Hit]:
        """The users' rules that hold. Raises ConfigError where a pattern takes too long."""
        return [hit for own in self._own if (hit := own.hit(lowered, heading)) is not None]

    @property
    def has_own(self) -> bool:
        return bool(self._own)


class _Own:
    """A user's rule."""

    __slots__ = ("_heading", "_rule", "_text", "_unless")

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._text, self._heading, self._unless = (
            None if one is None else _Pattern(rule, one) for one in (rule.text, rule.heading, rule.unless)
        )

    def hit(self, lowered: str, heading: str) -> Hit | None:
        found, needs = None, self._rule.needs
        if needs and not any(piece in lowered for piece in needs):
            return None
        if self._heading is not None:
            found = self._heading.search(heading)
            if found is None:
                return None
        if self._text is not None:
            found = self._text.search(lowered)
        if found is None or (self._unless is not None and self._unless.search(lowered)):
            return None
        return Hit(self._rule, found.group())


def alternatives(pattern: str | None) -> list[str]:
    """What stands between the ``|`` of a pattern that are in no brackets."""
    if pattern is None:
        return []
    cuts, depth = [-1], 0
    for found in _MARKS.finditer(pattern):
        mark = found[0]
        if mark == "|":
            if not depth:
                cuts.append(found.start())
        elif mark == "(":
            depth += 1
        elif mark == ")":
            depth -= 1
    return [pattern[before + 1 : cut] for before, cut in pairwise([*cuts, len(pattern)])]


def _trusted(pattern: str) -> Search:
    r"""A built-in pattern's search. A leading ``\b`` would keep ``re`` from skipping to letters that a match can begin
    with, so it is looked at afterwards: three times as fast."""
    if not pattern.startswith(r"\b(?:") or len(alternatives(pattern)) > 1:
        return re.compile(pattern).search
    bare = re.compile(pattern[2:])
    at_word = re.compile(r"\b").match

    def search(text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        found = bare.search(text, start, end)
        while found is not None and at_word(text, found.start()) is None:
            found = bare.search(text, found.start() + 1, end)
        return found

    return search


def _limited(pattern: str, origin: str) -> Search:
    compiled = regex.compile(pattern)

    def search(text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        try:
            return compiled.search(text, start, end, timeout=_SECONDS)  # type: ignore[return-value]
        except TimeoutError:
            raise ConfigError(
                "a pattern of the taxonomy takes too long",
                (f"{origin}: over {_SECONDS:g} s on a clause of {len(text)} letters: {pattern}",),
                "avoid nested repetition such as (a+)+",
            ) from None

    return search
