"""The model's second half: a clause's scores in the light of its neighbours', its section's and its document's.

Only candidates are weighed: the categories that the first half leaves possible. All categories share one set of
weights, so it is learnt from every clause there is; a line of its own per category turns the sum into a probability.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
        return chance(slope * sum(map(float.__mul__, self.weights, facts)) + offset)


def read(content: Mapping[str, Any]) -> Context:
    """The second half of a model file."""
    lines = {name: (slope, offset) for name, (slope, offset) in content["lines"].items()}
    return Context(tuple(content["context"]), lines, content["thresholds"])


def chance(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


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
    candidates = [
        [(lane, _logit(score)) for lane, score in enumerate(row) if score > POSSIBLE or lane == none] for row in scores
    ]
    sections, document = _means(seen, candidates)
    last = len(seen) - 1
    for place in places:
        clause = seen[place]
        near = [
            scores[place - 1] if place else None,
            scores[place + 1] if place < last else None,
            scores[place - 2] if place > 1 else None,
            scores[place + 2] if place < last - 1 else None,
            scores[clause.lead] if clause.lead >= 0 else None,
            scores[clause.under] if clause.under >= 0 else None,
        ]
        mine = candidates[place]
        *_, second, best = sorted([-_CEILING, *(own for _, own in mine)])
        section, size = sections[clause.section]
        rest, others = max(1, size - 1), max(1, last)
        nothing = mine[-1][1]
        found = []
        for lane, own in mine:
            likely = _likely(own)
            found.append(
                (
                    lane,
                    [
                        own,
                        *[_NOBODY if row is None else _logit(row[lane]) for row in near],
                        math.log(max(0.0, section[lane] - likely) / rest + 0.01),
                        math.log(max(0.0, document[lane] - likely) / others + 0.002),
                        second if own == best else best,
                        nothing,
                        ruled.get((place, lane), 0.0),
                    ],
                )
            )
        yield found


def _logit(score: float) -> float:
    """A margin as a rough logit."""
    logit = _STEEP * (score + _SHIFT)
    return _CEILING if logit > _CEILING else -_CEILING if logit < -_CEILING else logit


def _likely(logit: float) -> float:
    """A rough probability, 0 where it is small: sums of many of them stay sparse."""
    probability = 1 / (1 + math.exp(-logit))
    return probability if probability >= _LEAST else 0.0


def _means(
    seen: Sequence[Seen], candidates: Sequence[Sequence[tuple[int, float]]]
) -> tuple[Mapping[int, tuple[Mapping[int, float], int]], Mapping[int, float]]:
    """Sums of likely categories by section (with the number of its clauses) and over the document."""
    sections: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    sizes: defaultdict[int, int] = defaultdict(int)
    document: defaultdict[int, float] = defaultdict(float)
    for clause, mine in zip(seen, candidates, strict=True):
        sizes[clause.section] += 1
        for lane, logit in mine:
            likely = _likely(logit)
            sections[clause.section][lane] += likely
            document[lane] += likely
    return {section: (sections[section], size) for section, size in sizes.items()}, document
