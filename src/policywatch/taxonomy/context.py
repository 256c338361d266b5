"""The model's second half: a clause's scores in the light of its neighbours', its section's and its document's.

Only candidates are weighed: the categories that the first half leaves possible. All categories share one set of
weights, so it is learnt from every clause there is; a line of its own per category turns the sum into a probability.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any

from policywatch.taxonomy.features import Seen

FACTS = ("own", "before", "after", "before2", "after2", "lead", "under", "section", "document", "rival", "none", "rule")
POSSIBLE = -1.15  # margin from which on a category is a candidate; rules often know better than a low margin
_STEEP, _SHIFT = 5.0, 0.4  # margin -> rough probability
_LEAST = 0.05
_CEILING = 6.0
_NOBODY = -4.0  # the logit of a neighbour that isn't there


@dataclass(frozen=True, slots=True)
class Context:
    """``weights`` go with FACTS; ``lines`` has (slope, offset) and ``thresholds`` the least probability, per name."""

    weights: tuple[float, ...]
    lines: Mapping[str, tuple[float, float]]
    thresholds: Mapping[str, float]

    def probability(self, name: str, facts: Sequence[float]) -> float:
        slope, offset = self.lines[name]
        return chance(slope * sum(map(mul, self.weights, facts)) + offset)


def read(content: Mapping[str, Any]) -> Context:
    """The second half of a model file."""
    lines = {name: (slope, offset) for name, (slope, offset) in content["lines"].items()}
    return Context(tuple(content["context"]), lines, content["thresholds"])


def chance(logit: float) -> float:
    return 1 / (1 + math.exp(-logit if -30.0 < logit < 30.0 else 30.0 if logit < 0 else -30.0))


def facts(
    seen: Sequence[Seen],
    scores: Sequence[Sequence[float]],
    ruled: Mapping[tuple[int, int], float],
    places: Iterable[int],
) -> Iterator[list[tuple[int, list[float]]]]:
    """The candidates of the clauses at these places: (lane, FACTS). The last lane, "none", is always among them.

    ``ruled`` has the trust of the rules that held, by (clause, lane).
    """
    none = len(scores[0]) - 1 if scores else 0
    candidates = [_candidates(row, none) for row in scores]
    sections, document = _means(seen, candidates)
    last = len(seen) - 1
    log = math.log
    for place in places:
        clause = seen[place]
        before = scores[place - 1] if place else None
        after = scores[place + 1] if place < last else None
        before2 = scores[place - 2] if place > 1 else None
        after2 = scores[place + 2] if place < last - 1 else None
        lead = scores[clause.lead] if clause.lead >= 0 else None
        under = scores[clause.under] if clause.under >= 0 else None
        mine = candidates[place]
        *_, second, best = sorted([-_CEILING, *[own for _, own, _ in mine]])
        section, size = sections[clause.section]
        rest, others = max(1, size - 1), max(1, last)
        nothing = mine[-1][1]
        found = []
        for lane, own, likely in mine:
            here, everywhere = section[lane] - likely, document[lane] - likely
            facts = [
                own,
                _NOBODY if before is None else _logit(before[lane]),
                _NOBODY if after is None else _logit(after[lane]),
                _NOBODY if before2 is None else _logit(before2[lane]),
                _NOBODY if after2 is None else _logit(after2[lane]),
                _NOBODY if lead is None else _logit(lead[lane]),
                _NOBODY if under is None else _logit(under[lane]),
                log((here if here > 0.0 else 0.0) / rest + 0.01),
                log((everywhere if everywhere > 0.0 else 0.0) / others + 0.002),
                second if own == best else best,
                nothing,
                ruled.get((place, lane), 0.0),
            ]
            found.append((lane, facts))
        yield found


def _candidates(row: Sequence[float], none: int) -> list[tuple[int, float, float]]:
    """The lanes of a clause that are possible, each with its logit and its rough probability."""
    found = []
    for lane, score in enumerate(row):
        if score > POSSIBLE or lane == none:
            own = _logit(score)
            found.append((lane, own, _likely(own)))
    return found


def _logit(score: float) -> float:
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
