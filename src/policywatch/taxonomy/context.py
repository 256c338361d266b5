"""The model's second half: a clause's scores in the light of its neighbours', its section's and its document's.

Only candidates are weighed: the categories that the first half and the rules leave possible. All categories share what
is learnt about facts, so it is learnt from every clause there is. Facts count by steps and two by two: what a margin is
worth depends on how long the clause is, on what else is likely in it, on what its heading says.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import getitem, itemgetter
from typing import Any

from policywatch.taxonomy.features import REMEMBERED, Seen

FACTS = (
    "own", "before", "after", "before2", "after2", "lead", "section", "document", "rival", "none", "rule",
    "rule before", "rule after", "rule lead", "length", "guess", "other", "along", "beside", "heading",
)  # fmt: skip
POSSIBLE = -1.15  # margin from which on a category is a candidate; rules often know better than a low margin
UNIT = 1000  # what a table's whole numbers are parts of
_STEEP, _SHIFT = 5.0, 0.4  # margin -> rough probability
_LEAST = 0.05
_WORTHWHILE = -3.3  # logit at first sight; a candidate below is left alone
_CEILING = 6.0
_NOBODY = -4.0  # the logit of a neighbour that isn't there


Picked = Callable[[Sequence[int]], Sequence[int]]


@dataclass(frozen=True, slots=True)
class First:
    """What is thought of a candidate at first sight.

    ``weights`` are those of its logit, of its rules' trust, and of nothing. Where the lane of a row holds, the others
    are likelier than at large by ``along`` (a logarithm), and hold in ``beside`` of the clauses.
    """

    weights: tuple[float, float, float]
    along: Sequence[Sequence[float]]
    beside: Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Tables:
    """What each pair of steps of two facts adds to the logit, in parts of UNIT. ``first`` and ``second`` pick each
    table's two steps from those of all facts; a table's rows go by the first."""

    first: Picked
    second: Picked
    values: Sequence[Sequence[Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Context:
    """``edges`` part each fact into steps. A clause gets its likeliest category from ``first_least`` on, others from
    ``least`` on."""

    first: First
    edges: Sequence[Sequence[float]]
    tables: Tables
    offset: int
    first_least: float
    least: float

    def probability(self, facts: Sequence[float]) -> float:
        steps = [*map(bisect_left, self.edges, facts)]
        tables = self.tables
        rows = map(getitem, tables.values, tables.first(steps))
        return chance((self.offset + sum(map(getitem, rows, tables.second(steps)))) / UNIT)

    def unruled(self, facts: Sequence[float]) -> float:
        """The probability had no rule held."""
        without = list(facts)
        without[_RULE] = 0.0
        by_own, _, offset = self.first.weights
        without[_GUESS] = chance(by_own * facts[_OWN] + offset)
        return self.probability(without)


_OWN, _RULE, _GUESS = (FACTS.index(fact) for fact in ("own", "rule", "guess"))


def read(content: Mapping[str, Any]) -> Context:
    """The second half of a model file."""
    firsts, seconds, values = zip(*content["facts"], strict=True)
    tables = Tables(itemgetter(*firsts), itemgetter(*seconds), values)
    first = First(tuple(content["first"]), content["along"], content["beside"])
    return Context(first, content["edges"], tables, content["offset"], content["first_least"], content["least"])


def chance(logit: float) -> float:
    return 1 / (1 + math.exp(-logit if -30.0 < logit < 30.0 else 30.0 if logit < 0 else -30.0))


def facts(
    seen: Sequence[Seen],
    scores: Sequence[tuple[float, ...]],
    headed: Callable[[int], Sequence[float]],
    ruled: Mapping[tuple[int, int], float],
    first: First,
    places: Iterable[int],
) -> Iterator[list[tuple[int, list[float]]]]:
    """The candidates worth weighing of the clauses at these places: (lane, FACTS).

    ``headed`` tells a clause's margins by its headings alone; ``ruled`` has for (clause, lane) the trust in the rules
    that hold, 0 where none does.
    """
    none = len(scores[0]) - 1 if scores else 0
    candidates = [_candidates(row, none) for row in scores]
    sections, document = _means(seen, candidates)
    by_own, by_trust, offset = first.weights
    last = len(seen) - 1
    log = math.log
    for place in places:
        clause = seen[place]
        near = [
            scores[place - 1] if place else None,
            scores[place + 1] if place < last else None,
            scores[place - 2] if place > 1 else None,
            scores[place + 2] if place < last - 1 else None,
            scores[clause.lead] if clause.lead >= 0 else None,
        ]
        beside = ((place - 1, near[0]), (place + 1, near[1]), (clause.lead, near[4]))
        mine = candidates[place]
        *_, second, best = sorted([-_CEILING, *[own for _, own, _ in mine]])
        nothing = mine[-1][1]
        worthwhile = []
        for lane, own, likely in mine[:-1]:
            trust = ruled[place, lane]
            logit = by_own * own + by_trust * trust + offset
            if logit > _WORTHWHILE:
                worthwhile.append((lane, own, likely, trust, chance(logit)))
        section, size = sections[clause.section]
        rest, others = max(1, size - 1), max(1, last)
        length = math.log1p(len(clause.reading.stems))
        *_, second_guess, best_guess = sorted([0.0, 0.0, *[guess for *_, guess in worthwhile]])
        found = []
        heading = headed(place)
        for lane, own, likely, trust, guess in worthwhile:
            here, everywhere = section[lane] - likely, document[lane] - likely
            facts = [
                own,
                *[_NOBODY if row is None else logit_of(row[lane]) for row in near],
                log((here if here > 0.0 else 0.0) / rest + 0.01),
                log((everywhere if everywhere > 0.0 else 0.0) / others + 0.002),
                second if own == best else best,
                nothing,
                trust,
                *[0.0 if row is None or row[lane] <= POSSIBLE else ruled[other, lane] for other, row in beside],
                length,
                guess,
                second_guess if guess == best_guess else best_guess,
                sum([guessed * first.along[other][lane] for other, *_, guessed in worthwhile]),
                sum([guessed * first.beside[other][lane] for other, *_, guessed in worthwhile]),
                heading[lane],
            ]
            found.append((lane, facts))
        yield found


@lru_cache(maxsize=REMEMBERED)
def _candidates(row: tuple[float, ...], none: int) -> list[tuple[int, float, float]]:
    """The lanes of a clause that are possible, each with its logit and its rough probability; "none" is the last."""
    found = []
    for lane, score in enumerate(row):
        if score > POSSIBLE or lane == none:
            own = logit_of(score)
            found.append((lane, own, _likely(own)))
    return found


def logit_of(score: float) -> float:
    """A margin as a rough logit."""
    logit = _STEEP * (score + _SHIFT)
    return _CEILING if logit > _CEILING else -_CEILING if logit < -_CEILING else logit


def _likely(logit: float) -> float:
    """A rough probability, 0 where it is small: sums of many of them stay sparse."""
    probability = 1 / (1 + math.exp(-logit))
    return probability if probability >= _LEAST else 0.0


def _means(
    seen: Sequence[Seen], candidates: Sequence[Sequence[tuple[int, float, float]]]
) -> tuple[Mapping[int, tuple[Mapping[int, float], int]], Mapping[int, float]]:
    """Sums of likely categories by section (with the number of its clauses) and over the document."""
    sections: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    sizes: defaultdict[int, int] = defaultdict(int)
    document: defaultdict[int, float] = defaultdict(float)
    for clause, mine in zip(seen, candidates, strict=True):
        sizes[clause.section] += 1
        section = sections[clause.section]
        for lane, _, likely in mine:
            section[lane] += likely
            document[lane] += likely
    return {section: (sections[section], size) for section, size in sizes.items()}, document
