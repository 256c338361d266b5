"""The model's second half: a clause's scores in the light of its neighbours', its section's and its document's.

Only candidates are weighed: the categories that the first half leaves possible. All categories share one set of
weights, so it is learnt from every clause there is; a line of its own per category turns the sum into a probability.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policywatch.taxonomy.features import Seen

FACTS = ("own", "before", "after", "before2", "after2", "lead", "under", "section", "document", "rival", "none", "rule")
POSSIBLE = -0.85  # margin from which on a category is a candidate
_STEEP, _SHIFT = 5.0, 0.4  # margin -> rough probability
_LEAST = 0.05
_CEILING = 6.0


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
    seen: Sequence[Seen], scores: Sequence[Sequence[float]], ruled: Mapping[tuple[int, int], float]
) -> Iterator[list[tuple[int, list[float]]]]:
    """Each clause's candidates: (lane, FACTS). The last lane, "none", is always among them.

    ``ruled`` has the trust of the rules that held, by (clause, lane).
    """
    logits = [[max(-_CEILING, min(_CEILING, _STEEP * (score + _SHIFT))) for score in row] for row in scores]
    sections, document = _means(seen, logits)
    last = len(seen) - 1
    for place, clause in enumerate(seen):
        row = logits[place]
        none = len(row) - 1
        best = max(row)
        second = sorted(row)[-2]
        section, others = sections[clause.section]
        around = [
            logits[place - 1] if place else None,
            logits[place + 1] if place < last else None,
            logits[place - 2] if place > 1 else None,
            logits[place + 2] if place < last - 1 else None,
            logits[clause.lead] if clause.lead >= 0 else None,
            logits[clause.under] if clause.under >= 0 else None,
        ]
        yield [
            (
                lane,
                [
                    own,
                    *((row_there[lane] if row_there else -4.0) for row_there in around),
                    math.log(max(0.0, section.get(lane, 0.0) - _likely(own)) / max(1, others - 1) + 0.01),
                    math.log(max(0.0, document.get(lane, 0.0) - _likely(own)) / max(1, last) + 0.002),
                    second if own == best else best,
                    row[none],
                    ruled.get((place, lane), 0.0),
                ],
            )
            for lane, own in enumerate(row)
            if lane == none or scores[place][lane] > POSSIBLE
        ]


def _likely(logit: float) -> float:
    """A rough probability, 0 where it is small: sums of many of them stay sparse."""
    probability = 1 / (1 + math.exp(-logit))
    return probability if probability >= _LEAST else 0.0


def _means(
    seen: Sequence[Seen], logits: Sequence[Sequence[float]]
) -> tuple[Mapping[int, tuple[Mapping[int, float], int]], Mapping[int, float]]:
    """Sums of likely categories by section (with the number of its clauses) and over the document."""
    sections: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    sizes: defaultdict[int, int] = defaultdict(int)
    document: defaultdict[int, float] = defaultdict(float)
    floor = -math.log(1 / _LEAST - 1)
    for clause, row in zip(seen, logits, strict=True):
        sizes[clause.section] += 1
        for lane, logit in enumerate(row):
            if logit >= floor:
                likely = _likely(logit)
                sections[clause.section][lane] += likely
                document[lane] += likely
    return {section: (sections[section], size) for section, size in sizes.items()}, document
