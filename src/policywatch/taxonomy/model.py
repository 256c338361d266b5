"""Both halves of the model and the rules between them: clauses of a document -> probabilities by category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from policywatch.taxonomy import context, linear
from policywatch.taxonomy.categories import Taxonomy
from policywatch.taxonomy.features import Seen
from policywatch.taxonomy.rules import Hit, Matcher

_RULE = context.FACTS.index("rule")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What speaks for a category in a clause. ``alone`` is the model's probability had no rule held."""

    category: str
    probability: float
    alone: float
    threshold: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Model:
    first: linear.Linear
    second: context.Context

    def opinions(
        self, taxonomy: Taxonomy, seen: Sequence[Seen], places: Sequence[int]
    ) -> list[tuple[list[Opinion], float]]:
        """For the clauses at these places of one document: possible categories, and how likely it is to have none."""
        names = self.first.names
        scores = self.first.scores(seen)
        held = ruled(taxonomy, names, seen, scores, places)
        trusts = {at: trust for at, (trust, _) in held.items()}
        out = []
        for place, candidates in zip(places, context.facts(seen, scores, trusts, places), strict=True):
            *possible, (_, nothing) = candidates
            opinions = []
            for lane, facts in possible:
                trust, hits = held.get((place, lane), (0.0, ()))
                chance = self.second.probability(names[lane], facts)
                alone = chance
                if trust:
                    facts[_RULE] = 0.0
                    alone = self.second.probability(names[lane], facts)
                opinions.append(Opinion(names[lane], chance, alone, self.second.thresholds[names[lane]], hits))
            out.append((opinions, self.second.probability("", nothing)))
        return out


def ruled(
    taxonomy: Taxonomy,
    names: Sequence[str],
    seen: Sequence[Seen],
    scores: Sequence[Sequence[float]],
    places: Iterable[int],
) -> dict[tuple[int, int], tuple[float, tuple[Hit, ...]]]:
    """The built-in rules that hold at these places, by (clause, lane), with their joint trust.

    Only for categories that the first half leaves possible: rules cost more than the model.
    """
    hits_of = matcher_for(taxonomy).hits
    held = {}
    for place in places:
        clause, row = seen[place], scores[place]
        path = ""
        for lane, score in enumerate(row[:-1]):
            if score > context.POSSIBLE:
                path = path or clause.path
                hits = hits_of(clause.reading.lowered, path, names[lane])
                if hits:
                    held[place, lane] = (trust(hits), hits)
    return held


def trust(hits: Sequence[Hit]) -> float:
    """How far several rules together are to be trusted."""
    doubt = 1.0
    for hit in hits:
        doubt *= 1 - hit.rule.score
    return 1 - doubt


def matcher_for(taxonomy: Taxonomy) -> Matcher:
    """The matcher of a taxonomy's rules; the last few are kept, with what they have learnt."""
    found = _matchers.get(taxonomy.digest)
    if found is None:
        while len(_matchers) >= _MATCHERS:
            _matchers.pop(next(iter(_matchers)), None)
        found = _matchers[taxonomy.digest] = Matcher(taxonomy.rules)
    return found


_MATCHERS = 4
_matchers: dict[str, Matcher] = {}


def read(content: Mapping[str, Any]) -> Model:
    """A model file's content."""
    return Model(linear.read(content), context.read(content))


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that comes with policywatch."""
    return read(linear.shipped())
